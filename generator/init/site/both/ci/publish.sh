#!/bin/sh
# Build, publish, and write down the addresses that are public now. Every pipeline
# calls this, and it runs on any machine with git and what requirements.txt names.
#
#   PLEIN_TO           where to publish; without it publish: to in site.yaml
#   PLEIN_FORMAT       github: findings as annotations at their lines
#   PLEIN_SSH_KEY      the text of a private key for a target on a server
#   PLEIN_KNOWN_HOSTS  that server's line for known_hosts
#   PLEIN_PUSH_TO      where to push the addresses; without it origin
#   PLEIN_BRANCH       the branch that is published; without it main
set -eu
cd "$(dirname "$0")/.."

if [ -n "${PLEIN_SSH_KEY:-}" ]; then
  keys=$(mktemp -d)
  trap 'rm -rf "$keys"' EXIT
  (umask 077; printf '%s\n' "$PLEIN_SSH_KEY" > "$keys/key")
  printf '%s\n' "${PLEIN_KNOWN_HOSTS:-}" > "$keys/known_hosts"
  PLEIN_SSH="ssh -i $keys/key -o UserKnownHostsFile=$keys/known_hosts"
  export PLEIN_SSH
fi

if [ -n "${CI:-}" ] && [ -z "${PLEIN_TO:-}" ] && grep -q "^  to: \.\./live" site.yaml; then
  echo "Nobody would see this: set PLEIN_TO, or publish: to in site.yaml, to the real place." >&2
  exit 2
fi

plein publish --strict --format "${PLEIN_FORMAT:-text}" ${PLEIN_TO:+--to "$PLEIN_TO"}

# Addresses are for ever: what was published once is in addresses.txt from now on.
[ -f addresses.txt ] || exit 0
git add addresses.txt
if ! git diff --cached --quiet; then
  export GIT_AUTHOR_NAME=Plein GIT_AUTHOR_EMAIL=plein@localhost
  export GIT_COMMITTER_NAME=Plein GIT_COMMITTER_EMAIL=plein@localhost
  git commit --quiet --message "Published addresses [skip ci]"
  remote=${PLEIN_PUSH_TO:-origin} branch=${PLEIN_BRANCH:-main}
  git push --quiet "$remote" "HEAD:$branch" || {
    git pull --quiet --rebase "$remote" "$branch" && git push --quiet "$remote" "HEAD:$branch"
  } || echo "The addresses could not be pushed; the next publication tries again." >&2
fi

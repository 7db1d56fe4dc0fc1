#!/bin/sh
# A preview of a change, drafts too: in the folder preview, and where PLEIN_PREVIEW_TO says.
#
#   PLEIN_PREVIEW_TO   a place for previews, such as intranet@server:/srv/previews
#   PLEIN_PREVIEW_URL  the address at which readers see that place
#   PLEIN_PREVIEW      the name of this one, such as the number of the merge request
#   PLEIN_FORMAT       github: findings as annotations at their lines
#   PLEIN_FINDINGS     a file for findings as GitLab shows them in a merge request
set -eu
cd "$(dirname "$0")/.."

set -- --strict --drafts --future --output preview
if [ -n "${PLEIN_PREVIEW_URL:-}" ]; then
  set -- "$@" --base-url "$PLEIN_PREVIEW_URL/$PLEIN_PREVIEW/current"
fi
if [ -n "${PLEIN_FINDINGS:-}" ]; then
  plein build "$@" --format gitlab > "$PLEIN_FINDINGS" || true
fi
plein build "$@" --format "${PLEIN_FORMAT:-text}"
if [ -n "${PLEIN_PREVIEW_TO:-}" ]; then
  plein publish "$@" --to "$PLEIN_PREVIEW_TO/$PLEIN_PREVIEW" --yes
fi

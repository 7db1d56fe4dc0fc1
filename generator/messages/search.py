"""Problems with the index that readers search."""

from generator.problems import Message

SEARCH: dict[str, Message] = {
    "search-missing": Message(
        level="warn",
        text="readers of this build can't search: Pagefind is not installed here",
        hint="install it with: pip install pagefind-bin; or write search: no in site.yaml",
        why="Pagefind makes the index that a browser searches. The rest of the site does without.",
    ),
    "search-trouble": Message(
        text="Pagefind did not do as it should: {reason}",
        hint="install it anew with: pip install --force-reinstall pagefind-bin; or write search: no in site.yaml to build without",
        why="A search page that finds nothing is worse than none.",
        fixed=True,
    ),
}

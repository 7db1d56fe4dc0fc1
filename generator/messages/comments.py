"""Problems with comments and the service that they come from."""

from generator.problems import Message

COMMENTS: dict[str, Message] = {
    "comments-incomplete": Message(
        text="comments from {provider} also need “{key}”",
        hint="add a line {key}: … under comments",
        why="Without it a reader would find a button that does nothing.",
        fixed=True,
    ),
    "comments-other-service": Message(
        text="“{key}” means nothing to {provider}",
        hint="take the line away, or choose the provider that it is for",
        why="A setting that does nothing makes you think that something is arranged.",
        fixed=True,
    ),
    "comments-role-unverified": Message(
        text="a role needs a name that somebody has checked",
        hint="put plein comments-gateway before Isso and write identity: verified; or take roles away",
        why="Anybody can type the director's name in a comment form, and would get the director's badge.",
        fixed=True,
    ),
    "gateway-open": Message(
        text="a gateway that others can reach needs a secret",
        hint="set {name} in its environment, and let your proxy send the same as X-Plein-Secret",
        why="Without it anybody could send the gateway any name.",
        fixed=True,
    ),
    "gateway-unused": Message(
        text="this site does not say that names are checked",
        hint="write identity: verified under comments in site.yaml",
        why="Only then comments.json is made, which says what conversations are open.",
        fixed=True,
    ),
    "gateway-no-isso-settings": Message(
        text="there is no such file with Isso's settings",
        hint="name it with --isso; the docs for operators have an example",
        why="Isso can't start without its database and the site that it is for.",
        fixed=True,
    ),
    "gateway-needs-isso": Message(
        text="Isso is not installed here",
        hint="install it with: pip install 'plein[comments]'",
        why="Most machines only build the site, so it does not come along by itself.",
        fixed=True,
    ),
    "not-a-service": Message(
        text="“{value}” is no address for comments",
        hint="write the whole address: https://comments.example.org, or mailto:editors@example.org",
        why="A browser is only allowed to meet the service that stands here.",
        fixed=True,
    ),
    "not-an-integrity": Message(
        text="“{value}” is no checksum of a script",
        hint="write it as sha384-…",
        why="A browser refuses a script whose checksum is not this one.",
        fixed=True,
    ),
}

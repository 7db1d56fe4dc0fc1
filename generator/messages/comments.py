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

"""Problems with beginning something new, and with a draft that is not complete yet."""

from generator.problems import Message

WRITING: dict[str, Message] = {
    "new-exists": Message(
        text="“{title}” is there already",
        hint="go on in this file, or choose another title",
        why="Plein never writes over what somebody wrote.",
        fixed=True,
    ),
    "new-missing": Message(
        text="the {what} is missing",
        hint='give it behind the command: plein new news "Come to the open day"',
        why="Plein can only ask on a terminal, with somebody in front of it.",
        fixed=True,
    ),
    "init-not-empty": Message(
        text="this folder is not empty",
        hint="choose a new one: plein init our-intranet",
        why="Plein never writes over what somebody wrote.",
        fixed=True,
    ),
    "draft-unfinished": Message(
        level="warn",
        text="this draft still lacks “{key}”",
        hint="fill it in before you take out the line draft",
        why="A draft may be incomplete; what is published may not.",
    ),
}

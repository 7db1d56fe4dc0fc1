"""Problems of a preview."""

from generator.problems import Message

PREVIEW: dict[str, Message] = {
    "preview-failed": Message(
        text="Plein itself failed on this version: {reason}",
        hint="undo what you did last, and send us what you see here",
        why="The preview stays on, with the last version that was good.",
        fixed=True,
    ),
}

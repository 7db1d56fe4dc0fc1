"""Problems in a body: Markdown, raw HTML, links and images."""

from generator.problems import Message

MARKDOWN: dict[str, Message] = {
    "html-removed": Message(
        level="warn",
        text="<{tag}> is not allowed in a post and was left out",
        hint="write it in Markdown, or take it out",
        why="HTML that can run code, load from elsewhere or break the page's frame is never published.",
    ),
    "html-attribute-removed": Message(
        level="warn",
        text="“{name}” is not allowed on <{tag}> and was left out",
        hint="take it out; your own class names may be used if they begin with x-",
        why="Attributes that run code, or that change the look of the page's frame, are never published.",
    ),
    "html-open": Message(
        level="warn",
        text="<{tag}> is never closed, so it was closed at the end of the paragraph",
        hint="write </{tag}> where it should end",
        why="An open tag would change the look of all that follows.",
    ),
    "comment-open": Message(
        level="warn",
        text="this comment is never closed, so readers can see it",
        hint="put --> at the end of the comment",
        why="Plein does not hide the rest of a post because of one missing mark.",
    ),
    "link-scheme": Message(
        level="warn",
        text="a link can't begin with “{scheme}:”, so only its text is shown",
        hint="use an address that begins with https:, mailto: or tel:, or the path of a file",
        why="Other kinds of address can run code, or open files that readers don't have.",
    ),
    "link-empty": Message(
        level="warn",
        text="this link goes nowhere, so only its text is shown",
        hint="write the address between the round brackets",
        why="A link without an address does nothing when a reader chooses it.",
    ),
    "link-no-text": Message(
        level="warn",
        text="this link has no text to choose",
        hint="say between the square brackets where it goes: [the new rota](rota.md)",
        why="Readers can't see it, and a screen reader can only spell out the address.",
    ),
    "footnote-missing": Message(
        level="warn",
        text="there is no note “{name}” in this post",
        hint="write the note on a line of its own: [^{name}]: the text of the note",
        why="Readers would see the mark itself, and look for a note in vain.",
    ),
    "reference-missing": Message(
        level="warn",
        text="there is no address for “{name}” in this post",
        hint="write the address on a line of its own: [{name}]: https://…",
        why="Readers would see the brackets instead of a link.",
    ),
    "anchor-missing": Message(
        text="there is no “#{anchor}” on this page",
        hint="did you mean “#{guess}”?",
        otherwise="write the heading's words in small letters, with hyphens between them",
        why="The link would not take the reader anywhere.",
    ),
    "image-remote": Message(
        text="a picture from another website is not loaded",
        hint="save the picture beside the post and write its file name here",
        why="It would tell that website who reads your intranet, and it may change or disappear.",
    ),
    "image-scheme": Message(
        text="a picture can't be shown from an address that begins with “{scheme}:”",
        hint="save the picture beside the post and write its file name here",
        why="Readers don't have the files that are on your computer.",
    ),
    "image-empty": Message(
        text="this picture has no file name",
        hint="write the file's name between the round brackets: ![what it shows](picture.jpg)",
        why="Readers would see nothing.",
    ),
    "image-no-alt": Message(
        level="warn",
        text="this picture has no description",
        hint="say between the square brackets what it shows: ![what it shows](picture.jpg)",
        why="Colleagues who can't see the picture hear or read its description instead.",
    ),
    "block-unknown": Message(
        text="there is no block “{name}”",
        hint="did you mean “{guess}”?",
        otherwise="choose decision, action or details",
        why="Plein knows the blocks decision, action and details; it can't guess what another should be.",
    ),
    "block-open": Message(
        text="the block “{name}” is never closed",
        hint="put /// on a line of its own where the block ends",
        why="Without it, all that follows would become part of the block.",
    ),
    "markdown-too-slow": Message(
        text="this text can't be converted within {seconds} seconds",
        hint="make it shorter, or look for thousands of brackets in a row",
        why="One text must not hold up the whole site.",
    ),
    "markdown-too-deep": Message(
        text="lists, quotes or marks are nested too deeply in this text",
        hint="use at most ten levels",
        why="Nobody could read it on a phone, and it can bring the converter down.",
    ),
    "markdown-failed": Message(
        text="this text can't be converted ({error})",
        hint="take parts out until it works, and report the part that does not",
        why="A text that fails must not take the site down.",
    ),
}

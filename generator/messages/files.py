"""Problems with what posts lead to: links, pictures and other files."""

from generator.problems import Message

FILES: dict[str, Message] = {
    "link-missing": Message(
        text="there is no file “{value}”",
        hint="did you mean {guess}?",
        otherwise="look at the name and the folder; the path counts from this file",
        why="A reader who clicks would find nothing.",
    ),
    "link-outside": Message(
        text="“{value}” lies outside the content folder",
        hint="put a copy of the file beside this post",
        why="Only what stands in content is meant to be published.",
        fixed=True,
    ),
    "link-unpublished": Message(
        text="“{value}” is not published (a draft, scheduled or expired)",
        hint="take the link out, or publish both together",
        why="A reader who clicks would find nothing, and the name alone can tell too much.",
        fixed=True,
    ),
    "link-left-out": Message(
        level="warn",
        text="“{path}” is left out, so this link is only text for now",
        hint="mend that file; the link comes back by itself",
        why="With --keep-going and in a preview the rest of the site goes on without a broken post.",
    ),
    "link-anchor-missing": Message(
        text="the page that this link leads to has no “#{anchor}”",
        hint="did you mean “#{guess}”?",
        otherwise="look at the headings of that page; its top is fine too, without the # part",
        why="The link would not take the reader to the right place.",
    ),
    "image-missing": Message(
        text="there is no picture “{value}”",
        hint="did you mean {guess}?",
        otherwise="look at the name and the folder; the path counts from this file",
        why="Readers would see a hole.",
    ),
    "image-kind": Message(
        text="“{value}” is no picture that can be published",
        hint="save it as .jpg, .png, .webp or .gif",
        why="Browsers on phones don't show other kinds, and some can carry a program.",
    ),
    "image-unreadable": Message(
        text="“{value}” is named as a picture, but it is none",
        hint="open it in a photo program and save it again",
        why="Readers would see a hole.",
        fixed=True,
    ),
    "image-too-large": Message(
        text="“{value}” has too many pixels",
        hint="make it smaller: 2000 pixels wide is plenty",
        why="A picture that large needs more memory than there is.",
        fixed=True,
    ),
    "file-missing": Message(
        text="there is no file “{value}”",
        hint="did you mean {guess}?",
        otherwise="look at the name and the folder; the path counts from this file",
        why="The player would have nothing to play.",
    ),
    "file-remote": Message(
        text="“{value}” is on another website",
        hint="put a copy of the file beside this post",
        why="Files of another host would tell that host who reads what.",
    ),
}

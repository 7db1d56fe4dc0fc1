"""What `plein check` finds besides: advice on texts, files and links."""

from generator.problems import Message

_ALLOWED = "An exception is only clear to the next writer when its reason stands beside it."

CHECK: dict[str, Message] = {
    "heading-jump": Message(
        level="warn",
        text="the heading “{title}” skips a level (from {above} to {level})",
        hint="take away a # from it, or put a heading in between",
        why="Who listens to a page goes from heading to heading, and thinks that one was missed.",
    ),
    "link-vague": Message(
        level="warn",
        text="“{text}” does not say where this link leads",
        hint="put the words of the goal between the square brackets: [the new rota](rota.md)",
        why="Readers skim a page for its links, and screen readers list them without the text round them.",
    ),
    "alt-file-name": Message(
        level="warn",
        text="“{alt}” is the name of a file, not a description",
        hint="say what there is to see, as you would on the phone",
        why="Colleagues who can't see the picture hear or read its description instead.",
    ),
    "alt-opening": Message(
        level="warn",
        text="a description need not begin with “{opening}”",
        hint="begin with what there is to see",
        why="A screen reader has already said that it is a picture.",
    ),
    "image-alt-missing": Message(
        level="warn",
        text="the picture of this entry has no description",
        hint='add a line alt: with what there is to see (a translation needs its own), or alt: "" if it is decoration only',
        why="Colleagues who can't see the picture hear or read its description instead.",
    ),
    "list-mark": Message(
        level="warn",
        text="“{mark}” does not make a list",
        hint="begin each item with a hyphen and a space: {rewritten}",
        why="Readers would see one paragraph in which the dots stand between the words.",
    ),
    "list-no-space": Message(
        level="warn",
        text="without a space behind the hyphen this is no list",
        hint="put a space behind it: {rewritten}",
        why="Readers would see one paragraph with hyphens in it.",
    ),
    "list-flat": Message(
        level="warn",
        text="this item is indented, but will not stand below the item above it",
        hint="put {wanted} spaces before it, so that it begins below the words of that item",
        why="Readers would see it beside the item that it belongs to.",
    ),
    "must-read-endless": Message(
        level="warn",
        text="this stays need-to-know for ever",
        hint="add a deadline: by when people have to act, or expires: when it may go",
        why="A strip of must-reads that never gets shorter is no longer read.",
    ),
    "must-read-overused": Message(
        level="warn",
        text="{count} of the {posts} posts of the last ninety days are need-to-know",
        hint="keep it for what everybody has to do something about; the rest is news",
        why="When everything is a must, nothing stands out.",
    ),
    "untranslated-important": Message(
        level="warn",
        text="everybody needs this, but there is no translation ({languages})",
        hint="add a file with the language in its name, beside this one",
        why="Pages and must-reads are for all colleagues, also those who read another language.",
    ),
    "untranslated": Message(
        level="allow",
        text="there is no translation ({languages})",
        hint="add a file with the language in its name, beside this one",
        why="Switch this on when every post of your site has to be in all its languages.",
    ),
    "translation-behind": Message(
        level="warn",
        text="the original was updated after this translation",
        hint="bring the translation up to date, and its line updated: with it",
        why="Readers of the translation would act on what is no longer so; the page warns them.",
    ),
    "file-unused": Message(
        level="warn",
        text="nothing uses this file",
        hint="use it, take it away, or put it in content/static if it has to be on the site",
        why="Files that nobody uses are not published, and make the folder slow to work in.",
    ),
    "word-file": Message(
        level="warn",
        text="this is no text that Plein can read, so it is not on the site",
        hint="put its text into a file that ends in .md; to offer it as a download, link to it from a post",
        why="A post is plain text with Markdown; files of a word processor can't become a page.",
    ),
    "nothing-leads-here": Message(
        level="warn",
        text="nothing leads to this page",
        hint="put it in the menu in site.yaml, or link to it from another page",
        why="Pages and unlisted posts are in no list, so readers could only guess the address.",
    ),
    "nobody-links": Message(
        level="allow",
        text="no other post links here",
        hint="link to it where it helps readers on",
        why="Switch this on when you want posts to lead readers to one another.",
    ),
    "terms-alike": Message(
        level="warn",
        text="“{value}” and “{other}” look like the same thing twice",
        hint="keep one of the two under {facet}, and use it in the posts of the other",
        why="With two names for one thing, readers find half of the posts.",
    ),
    "date-differs": Message(
        level="warn",
        text="the file's name says {named}, this line says {written}",
        hint="give both the same date; renaming the file changes its address, so then add the old one to aliases",
        why="People sort files by their names, and the site by the date: they would tell two stories.",
    ),
    "date-before-publish": Message(
        level="warn",
        text="this post goes live on {live}, but lists and feeds put it at its date, {date}",
        hint="write date: {live} as well; or leave publish out, for a date that is still to come waits by itself",
        why="Readers look at what is newest, and feed programs may never show what enters at an old date.",
    ),
    "link-to-preview": Message(
        level="warn",
        text="{address} is on your own computer: nobody else can open it",
        hint="link to the file of the post instead: [text](../news/file.md)",
        why="It is what a browser shows while you look at the preview, so it is easily copied.",
    ),
    "page-link-missing": Message(
        text="on {page}, “{address}” leads to nothing on this site",
        hint="link to the file of the post instead of its address; Plein keeps such links right",
        why="Addresses of your own site are checked on the finished pages, wherever they come from.",
    ),
    "page-anchor-missing": Message(
        text="on {page}, “{address}” leads to a place that its page lacks (#{anchor})",
        hint="use the words of a heading there, in small letters, with hyphens between them",
        why="Addresses of your own site are checked on the finished pages, wherever they come from.",
    ),
    "feed-invalid": Message(
        text="this feed is not valid ({reason})",
        hint="please report it, with your site.yaml",
        why="Feed readers refuse a feed that breaks the rules of its format.",
    ),
    "external-gone": Message(
        level="warn",
        text="{address} is gone ({status})",
        hint="look up where it is now, or take out the link",
        why="Readers would meet an error on somebody else's site.",
    ),
    "external-unreachable": Message(
        level="warn",
        text="{address} does not answer ({status} {reason})",
        hint="try it in your browser; if it stays away, take out the link",
        why="Readers would wait for nothing.",
    ),
    "external-moved": Message(
        level="warn",
        text="{address} has moved for good",
        hint="write its new address: {moved}",
        why="Redirects end one day, and the link with them.",
    ),
    "allow-no-reason": Message(
        level="warn",
        text="“{value}” is allowed here without a reason",
        hint="say why: plein: allow {value} because …",
        why=_ALLOWED,
    ),
    "allow-unknown": Message(
        level="warn",
        text="“{value}” can't be allowed on a line",
        hint="use the code of a warning, as it stands between the square brackets of a message",
        why="Errors can't be allowed, and a mistyped code would allow nothing.",
    ),
    "allow-unused": Message(
        level="warn",
        text="there is nothing here for which “{value}” has to be allowed",
        hint="take this remark away",
        why="A remark that outlives its reason hides the next mistake.",
    ),
}

"""Problems with site.yaml, the theme, the output folder and the machine."""

from generator.problems import Message

_TEMPLATE = "A page is only made when its template is right from end to end."

PROJECT: dict[str, Message] = {
    "no-config": Message(
        text="there is no site.yaml here",
        hint="go to the folder of your site first, or name the file with --config",
        why="site.yaml says what the site is called and where it will stand.",
        fixed=True,
    ),
    "no-content": Message(
        text="there is no folder content here",
        hint="make it, with a folder news in it; or go to the folder of your site first",
        why="A checkout that went wrong must not publish an empty site.",
        fixed=True,
    ),
    "unknown-setting": Message(
        text="there is no setting “{key}”",
        hint="did you mean “{guess}”?",
        otherwise="the page on site.yaml in the docs lists all settings",
        why="A mistyped setting would be ignored without anybody noticing.",
        fixed=True,
    ),
    "setting-missing": Message(
        text="the setting “{key}” is missing",
        hint="add a line {key}: …",
        why="The site can't do without it.",
        fixed=True,
    ),
    "not-terms": Message(
        text="a list of names should stand here",
        hint="write each on a line of its own, indented: finance: Money matters",
        why="The part before the colon is what posts refer to, the part behind it what readers see.",
        fixed=True,
    ),
    "term-twice": Message(
        text="“{value}” and “{other}” would have the same address",
        hint="keep one of the two, or give one another name",
        why="Each has a page of its own, and capitals don't count in addresses.",
        fixed=True,
    ),
    "not-a-colour": Message(
        text="“{value}” is no colour",
        hint='write it in quotes, with six digits: "#0b5d5b"',
        why="The theme works out its other colours from it.",
        fixed=True,
    ),
    "not-a-font": Message(
        text="“{value}” is no name of a font",
        hint="write names with commas between them and no quotes in them: Verdana, sans-serif",
        why="It goes into the stylesheet as it is.",
        fixed=True,
    ),
    "not-a-site-address": Message(
        text="“{value}” is no address of a site",
        hint="write the whole address: https://intranet.example.org",
        why="Feeds need addresses that work everywhere.",
        fixed=True,
    ),
    "unknown-zone": Message(
        text="there is no time zone “{value}”",
        hint="write it as Europe/Amsterdam",
        why="It decides when a post goes live.",
        fixed=True,
    ),
    "unknown-language": Message(
        text="Plein does not speak “{value}”",
        hint="choose from: {options}",
        why="The words of the theme exist in these languages.",
        fixed=True,
    ),
    "unknown-code": Message(
        text="there is no message with the code “{value}”",
        hint="did you mean “{guess}”?",
        otherwise="the page on messages in the docs lists all codes",
        why="A mistyped code would change nothing.",
        fixed=True,
    ),
    "code-fixed": Message(
        text="how strict “{value}” is can't be changed",
        hint="take this line out",
        why="With this mistake nothing sensible, or nothing safe, can be published.",
        fixed=True,
    ),
    "not-a-count": Message(
        text="“{value}” is no whole number above nought",
        hint="write a number, such as 30",
        why="Plein counts with it.",
        fixed=True,
    ),
    "not-in-menu": Message(
        text="“{value}” can't stand in the menu",
        hint="choose kinds ({options}) or pages, as pages/about",
        why="The menu leads to lists and pages.",
        fixed=True,
    ),
    "no-theme": Message(
        text="there is no theme “{name}”",
        hint="put it in the folder themes/{name} with a theme.yaml, or write theme: default",
        why="The theme makes the pages.",
        fixed=True,
    ),
    "other-contract": Message(
        text="this theme is made for contract “{value}”; this Plein has contract {contract}",
        hint="write contract: {contract} when you have adapted the theme",
        why="A theme for another contract would ask for what is not there.",
        fixed=True,
    ),
    "template-syntax": Message(
        text="this template can't be read: {reason}",
        hint="look for a tag that is not closed",
        why=_TEMPLATE,
        fixed=True,
    ),
    "template-missing": Message(
        text="there is no template “{name}”",
        hint="did you mean “{guess}”?",
        otherwise="put it in the folder templates of the theme",
        why=_TEMPLATE,
        fixed=True,
    ),
    "template-name": Message(
        text="“{name}” is not known in this template",
        hint="did you mean “{guess}”?",
        otherwise="the page on themes in the docs lists all that a template can use",
        why=_TEMPLATE,
        fixed=True,
    ),
    "translation-wrong": Message(
        text="the translation of “{text}” can't be filled in ({reason})",
        hint="use the same names between braces as in the original",
        why=_TEMPLATE,
        fixed=True,
    ),
    "template-error": Message(
        text="this template fails: {reason}",
        hint="look at the value that is used in this line",
        why=_TEMPLATE,
        fixed=True,
    ),
    "catalog-broken": Message(
        text="these translations can't be read: {reason}",
        hint='each entry is a line msgid "…" and a line msgstr "…"',
        why="A page in the wrong language is worse than no page.",
        fixed=True,
    ),
    "busy": Message(
        text="another build of this site is running",
        hint="wait until it is ready; if nothing runs, just try again",
        why="Two builds in one folder would spoil each other's work.",
        fixed=True,
    ),
    "cannot-write": Message(
        text="the disk refuses: {reason}",
        hint="make room or give this user the right to write here; what was there is unchanged",
        why="A site that is half written is never left behind.",
        fixed=True,
    ),
    "in-the-way": Message(
        text="Plein did not make this, and something else has to come in its place",
        hint="move it somewhere else; nothing was changed",
        why="Plein never deletes what it did not make.",
        fixed=True,
    ),
    "output-dangerous": Message(
        text="this folder can't be the output",
        hint="choose a folder of its own, such as public",
        why="Plein deletes what it no longer needs in the output folder.",
        fixed=True,
    ),
    "output-not-ours": Message(
        text="this folder is not empty, and Plein did not make what is in it",
        hint="choose another folder, or empty this one yourself",
        why="Plein never deletes what it did not make.",
        fixed=True,
    ),
    "verify-differs": Message(
        text="this output is not what a fresh build would make ({what})",
        hint="run plein build again; if it comes back, please report it with the output of plein why",
        why="An incremental build must give the very same bytes as a clean one.",
        fixed=True,
    ),
    "no-such-address": Message(
        text="nothing is made at “{value}”",
        hint="did you mean “{guess}”?",
        otherwise="give an address such as /news/budget/ or a file such as content/news/budget.md",
        why="Only outputs and sources of this site can be explained.",
        fixed=True,
    ),
}

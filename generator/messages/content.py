"""Problems in content: front matter, dates, names, and what posts refer to."""

from generator.problems import Message

_QUOTES = "YAML gives some characters a meaning of their own; in quotes they are just text."
_NAMES = "A name that nobody has would give a page without a title and a link to nowhere."
_DATES = "A date that can be read in two ways goes live on the wrong day."

CONTENT: dict[str, Message] = {
    # The file as a whole
    "not-utf8": Message(
        text="this file is not saved as UTF-8 but probably as {encoding} (from byte {offset})",
        hint="save it again in your editor with the encoding UTF-8",
        why="In another encoding é, ë and € come out as other characters.",
        fixed=True,
    ),
    "control-character": Message(
        text="there is an invisible control character ({codepoint}) here",
        hint="delete it and type the text again",
        why="Feeds with such a character are refused by every reader.",
        fixed=True,
    ),
    "merge-marker": Message(
        text="two versions of this file were put together and nobody chose between them",
        hint="keep the text that is right, and delete the lines with <<<<<<<, ======= and >>>>>>>",
        why="Git leaves these marks when two people changed the same lines.",
        fixed=True,
    ),
    "post-too-large": Message(
        text="this file is {size} kB; a post may have {most} kB",
        hint="divide it, or raise post_max_kb in site.yaml",
        why="A page that large does not open on a phone.",
        fixed=True,
    ),
    "not-a-plain-file": Message(
        text="this is no plain file but a link, a pipe or something with a name that can't be read",
        hint="put a copy of the file itself here",
        why="Links could lead out of the content folder, and publish what is not meant to be.",
        fixed=True,
    ),
    "not-in-a-folder": Message(
        text="this file is in none of the folders of posts",
        hint="move it to content/news, vlogs, meetings, questions, kudos, people or pages",
        why="The folder tells what kind of post it is.",
    ),
    "not-a-post-name": Message(
        text="the name of this file does not end in .md, so it would not be published",
        hint="give it the name {better}",
        why="Plein knows a post by its name. Windows often hides the last part of a name.",
    ),
    "two-files": Message(
        text="this file and {other} are the same post in the same language",
        hint="keep one of the two, or give one another name",
        why="Both would have the same address.",
    ),
    # The lines above the text
    "no-front-matter": Message(
        text="the lines with title and date are missing",
        hint="start the file with a line ---, then title: and date:, then again a line ---",
        why="Without a title and a date a post has no place in any list.",
    ),
    "fence-wrong": Message(
        text="the file should begin with a line of three hyphens (---) and nothing else",
        hint="make this line ---, and take away all that stands above it",
        why="Plein knows by it where the lines with title and date begin.",
    ),
    "front-matter-open": Message(
        text="the block of lines that starts here with --- has no end",
        hint="put a line with only --- under the last line with a key",
        why="Otherwise the whole post counts as settings, and nothing as text.",
        fixed=True,
    ),
    "yaml-quotes": Message(
        text="this value has a character that needs quotes round it",
        hint="write: {rewritten}",
        why=_QUOTES,
        fixed=True,
    ),
    "yaml-unclosed": Message(
        text="there is a {opener} here without its {closer}",
        hint="write: {rewritten}",
        why=_QUOTES,
        fixed=True,
    ),
    "yaml-no-colon": Message(
        text="this line has no colon",
        hint="write it as key: value; if it belongs to the line above, put it behind that line",
        why="Plein finds a value by its key.",
        fixed=True,
    ),
    "yaml-space": Message(
        text="a space is missing after the colon",
        hint="write: {rewritten}",
        why="Without the space YAML takes the whole line for one word.",
        fixed=True,
    ),
    "yaml-indent": Message(
        text="the spaces at the start of this line do not fit the line above",
        hint="write: {rewritten}; or put it behind the line above, if it belongs to that",
        why="Spaces at the start say that a line belongs to the one above.",
        fixed=True,
    ),
    "yaml-syntax": Message(
        text="this line can't be read",
        hint="look at its colon, quotes and indentation, and at those of the line above",
        why="Each line is `key: value`; what belongs to a key is indented by two spaces.",
        fixed=True,
    ),
    "yaml-tab": Message(
        text="this line is indented with a tab ({codepoint})",
        hint="use two spaces instead",
        why="A tab has no fixed width, so YAML refuses it.",
        fixed=True,
    ),
    "yaml-hard-space": Message(
        text="this looks like a space, but it is the character {codepoint}",
        hint="delete it and type an ordinary space",
        why="It was probably copied from Word or a web page; YAML takes it for a letter.",
        fixed=True,
    ),
    "yaml-curly-quote": Message(
        text="the quotes round this value are curly ({char}, {codepoint})",
        hint="write: {rewritten}",
        why="Curly quotes count as part of the text; Word puts them in by itself.",
        fixed=True,
    ),
    "yaml-backslash": Message(
        text="a backslash between double quotes has a meaning of its own ({char})",
        hint="write: {rewritten}",
        why="Between single quotes a backslash is just a backslash.",
        fixed=True,
    ),
    "yaml-alias": Message(
        text="a value that starts with {sign} is a reference in YAML",
        hint="write: {rewritten}",
        why="References can make a small file grow without end, so they are refused.",
        fixed=True,
    ),
    "yaml-tag": Message(
        text="a value can't start with {sign}: to YAML that is a command",
        hint="write: {rewritten}",
        why="A type can make a program run something; here everything is text.",
        fixed=True,
    ),
    "yaml-too-deep": Message(
        text="there are too many levels inside each other here",
        hint="write it flatter; two levels are enough for every key",
        why="Deep nesting is always a mistake, or an attack.",
        fixed=True,
    ),
    "yaml-no-pairs": Message(
        text="these lines are no pairs of a key and a value",
        hint="write each line as key: value, such as title: Open day",
        why="Plein finds a value by its key.",
        fixed=True,
    ),
    "yaml-key": Message(
        text="a key has to be one word",
        hint="write: key: value",
        why="Plein finds a value by its key.",
        fixed=True,
    ),
    "key-twice": Message(
        text="“{key}” stands here for the second time; the first is in line {first}",
        hint="keep one of the two",
        why="Only one of them can count, and it is not clear which.",
    ),
    "unknown-key": Message(
        text="there is no key “{key}”",
        hint="did you mean “{guess}”?",
        otherwise="take it out, or put it under extra: if your own theme uses it",
        why="A mistyped key would be ignored without anybody noticing.",
    ),
    "unknown-part": Message(
        text="there is no “{key}” here",
        hint="it can be: {options}",
        why="A mistyped key would be ignored without anybody noticing.",
    ),
    "key-missing": Message(
        text="“{key}” is missing",
        hint="add a line {key}: …",
        why="Lists, feeds and pages need it.",
    ),
    "date-missing": Message(
        text="there is no date",
        hint="add a line date: 2026-11-24, or start the file's name with the date",
        why="Posts stand in the order of their dates.",
    ),
    # Values
    "not-a-text": Message(
        text="a text should stand here, not a list or a group of keys",
        hint="write: {guess}",
        otherwise="write the text on the same line as its key",
        why=_QUOTES,
    ),
    "text-cut-off": Message(
        text="YAML would drop “{cut}”, because of the space and # before it",
        hint="write: {rewritten}",
        why="After a space and # YAML expects a remark that is not for readers.",
        fixed=True,
    ),
    "not-yes-or-no": Message(
        text="“{value}” is neither yes nor no",
        hint="write yes or no",
        why="Whether a post goes out must not be guessed.",
    ),
    "not-an-option": Message(
        text="“{value}” can't be chosen here",
        hint="choose one of: {options}",
        why="Other words have no meaning here.",
    ),
    "not-a-duration": Message(
        text="“{value}” is no duration",
        hint="write minutes and seconds: 12:30, or with hours: 1:02:30",
        why="Players and feeds show how long it takes.",
    ),
    "not-by-language": Message(
        text="each file needs its language",
        hint="write under it, indented: nl: name.nl.vtt",
        why="The reader chooses subtitles by language.",
    ),
    "decision-empty": Message(
        text="this decision has no text",
        hint="add a line decision: … to it",
        why="The register of decisions shows this text.",
    ),
    "not-an-outcome": Message(
        text="an outcome has two parts",
        hint="write under it, indented: heard: … and doing: …",
        why="Colleagues want to know what was heard and what is done with it.",
    ),
    "date-impossible": Message(
        text="the date {value} does not exist",
        hint="look at the calendar; a time goes from 00:00 to 23:59",
        why=_DATES,
    ),
    "date-unreadable": Message(
        text="“{value}” can't be read as a date",
        hint="write year-month-day: 2026-11-24, with a time if you like: 2026-11-24 09:30",
        why=_DATES,
    ),
    "date-ambiguous": Message(
        text="“{value}” can be two days",
        hint="write {one} or {other}",
        why=_DATES,
    ),
    "date-other-order": Message(
        text="“{value}” has day, month and year in another order",
        hint="write {iso}",
        why=_DATES,
    ),
    "time-skipped": Message(
        text="{value} does not exist: the clock goes forward then",
        hint="the next time that exists is {next}",
        why="In the night of the clock change one hour is left out.",
    ),
    "time-twice": Message(
        level="warn",
        text="{value} occurs twice: the clock goes back then",
        hint="the first of the two is taken; for the second write the offset behind it, as in {value} {offset}",
        why="In the night of the clock change one hour occurs twice.",
    ),
    "expires-too-early": Message(
        text="it would expire before it is published ({live})",
        hint="choose a later moment for expires",
        why="Nobody would ever see it.",
    ),
    "deadline-too-early": Message(
        text="the deadline is before the day of publication ({live})",
        hint="choose a later day for deadline",
        why="A must-read whose deadline has passed stands in no list of must-reads.",
    ),
    "closes-too-early": Message(
        text="the question would close before it is published ({live})",
        hint="choose a later day for open_until",
        why="Nobody could answer it.",
    ),
    "only-need-to-know": Message(
        level="warn",
        text="“{key}” only works together with importance: need-to-know",
        hint="add importance: need-to-know, or take {key} out",
        why="Colleagues would not see what they have to do.",
    ),
    # Addresses and names
    "slug-unsafe": Message(
        text="“{value}” can't be part of an address",
        hint="use letters, digits and hyphens, {most} at most: budget-2027",
        why="With slashes, dots or spaces a page could land on top of something else.",
        fixed=True,
    ),
    "alias-unsafe": Message(
        text="“{value}” is no address on this site",
        hint="write it with slashes: /news/old-name/",
        why="Old addresses keep working through a page at that place.",
        fixed=True,
    ),
    "address-twice": Message(
        text="{address} is taken: {other} stands there already",
        hint="give one of the two another slug or file name",
        why="Only one page can stand at an address.",
        fixed=True,
    ),
    "id-twice": Message(
        text="the id “{value}” is that of {other} too",
        hint="give one of the two another id, or none",
        why="Feed readers would show only one of the two, and their comments would be mixed.",
    ),
    "wrong-language": Message(
        text="the language “{value}” does not fit here",
        hint="the site's languages (in site.yaml) are {options}; the file's name must say the same",
        why="The language decides in which part of the site a post stands.",
    ),
    "unknown-topic": Message(
        text="there is no topic “{value}”",
        hint="did you mean “{guess}”?",
        otherwise="choose one from topics in site.yaml, or add it there",
        why=_NAMES,
    ),
    "unknown-location": Message(
        text="there is no location “{value}”",
        hint="did you mean “{guess}”?",
        otherwise="choose one from locations in site.yaml, or add it there",
        why=_NAMES,
    ),
    "unknown-value": Message(
        text="“{value}” is none of the organisation's values",
        hint="did you mean “{guess}”?",
        otherwise="choose one from values in site.yaml, or add it there",
        why=_NAMES,
    ),
    "unknown-series": Message(
        text="there is no series “{value}”",
        hint="did you mean “{guess}”?",
        otherwise="choose one from series in site.yaml, or add it there",
        why=_NAMES,
    ),
    "unknown-person": Message(
        text="there is nobody called “{value}” in content/people",
        hint="did you mean “{guess}”?",
        otherwise="use the file name of a person in content/people, or add a file for them",
        why=_NAMES,
    ),
    "not-a-delegate": Message(
        text="{author} may not publish on behalf of {person}",
        hint="put {person} under on_behalf_of in the file of {author}, if this is agreed",
        why="Words in somebody's name need that person's consent.",
    ),
}

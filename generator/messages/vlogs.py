"""Problems with vlogs: video and audio files, players on other sites, subtitles."""

from generator.problems import Message

_HEARD = "Who is deaf, or sits in a train, reads along; and search finds what is said."
_EDITOR = "An editor for subtitles (Subtitle Edit, or your video program) shows and mends it."

VLOGS: dict[str, Message] = {
    "media-kind": Message(
        text="“{value}” is no video or audio that a browser plays",
        hint="save it as .mp4 (video) or .mp3 (sound)",
        why="Readers would see a player that plays nothing.",
    ),
    "media-empty": Message(
        text="“{value}” is an empty file",
        hint="copy it again from your phone or camera",
        why="It often is what a copy that was broken off leaves.",
        fixed=True,
    ),
    "media-unreadable": Message(
        text="“{value}” is no video or audio, or it is damaged",
        hint="play it on your computer; if that works, save it again as .mp4",
        why="Readers would see a player that plays nothing.",
        fixed=True,
    ),
    "media-too-large": Message(
        level="warn",
        text="“{value}” is {size} MB; more than {most} MB is a lot for a phone in the field",
        hint="let Plein make it smaller: media: {renditions: yes} in site.yaml, then run plein media; or bring it to your own media host",
        why="A large file costs readers data, and makes every copy of the site slow.",
    ),
    "media-size-unknown": Message(
        level="warn",
        text="how large “{value}” is, is not known, so podcast apps leave it out",
        hint="write it under this line: size: 48 MB",
        why="A feed has to say how large a download is; of a file that is elsewhere Plein can't measure it.",
    ),
    "rendition-missing": Message(
        level="warn",
        text="“{value}” is published as it is, for nobody has made it fit for the web yet",
        hint="run plein media; it needs ffmpeg",
        why="Films straight from a phone are large, and do not play on every other phone.",
    ),
    "rendition-damaged": Message(
        text="the version for the web of this film is damaged",
        hint="run plein media to make it again",
        why="It is kept in the folder .plein; readers would see a film that stops.",
        fixed=True,
    ),
    "poster-missing": Message(
        level="warn",
        text="this vlog has no picture, so readers see a black box",
        hint="run plein media, which takes one from the film; or put a picture poster.jpg beside this file",
        why="A picture tells what there is to see before the film is loaded.",
    ),
    "ffmpeg-missing": Message(
        text="the program ffmpeg is not on this machine",
        hint="install it (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg), or have CI run plein media; building works without it",
        why="Plein makes films smaller with it, and takes pictures from them.",
        fixed=True,
    ),
    "ffmpeg-failed": Message(
        text="ffmpeg can't convert this film: {reason}",
        hint="play it on your computer; if that works, save it again as .mp4",
        why="Readers would see a player that plays nothing.",
        fixed=True,
    ),
    "duration-differs": Message(
        text="duration says {written}, but the video takes {real}",
        hint="take the line out: Plein reads it from the file",
        why="Lists, players and feeds show how long it takes.",
    ),
    "chapter-too-late": Message(
        text="the chapter “{title}” starts after the end ({end})",
        hint="look at its time: minutes and seconds, such as 1:20",
        why="Who chooses it would see nothing.",
    ),
    "video-not-https": Message(
        text="“{value}” is no address that starts with https://",
        hint="use its address with https://, or put the file beside this post",
        why="Without https others on the network see and can change what is watched, and browsers block it.",
        fixed=True,
    ),
    "video-private": Message(
        text="“{value}” is on a private network",
        hint="use an address that works at home and in the field too; or name it under media, hosts in site.yaml",
        why="It would play at one desk and nowhere else.",
    ),
    "embed-not-allowed": Message(
        text="players from {origin} are not allowed on this site",
        hint="add it under media, embeds in site.yaml; or put the video itself beside this post",
        why="Another site learns who watches, so the organisation decides which ones.",
    ),
    "embed-unknown": Message(
        text="there is no video to be found in “{value}”",
        hint="open the video itself and copy its address; in SharePoint choose Share, Embed code, and copy what stands behind src=",
        why="Readers would see an empty frame.",
    ),
    "not-an-origin": Message(
        text="“{value}” is no site that a video can come from",
        hint="write its address without a path, or one of these: {options}",
        why="The site's security policy lets in only what is named here.",
    ),
    "captions-missing": Message(
        text="this vlog has no subtitles",
        hint="put a .vtt or .srt file beside it and name it: captions: {nl: vlog.nl.vtt}; if they come later: captions: {pending: 2026-12-10}, with your date",
        why=_HEARD,
    ),
    "captions-pending": Message(
        level="warn",
        text="this vlog has no subtitles yet; they are promised for {date}",
        hint="put them beside it and name them here, by then",
        why=_HEARD,
    ),
    "captions-overdue": Message(
        text="the subtitles of this vlog were promised for {date}",
        hint="put them beside it and name them here; or choose a new day",
        why=_HEARD,
    ),
    "transcript-kind": Message(
        text="“{value}” would become a post of its own",
        hint="take this line out, for Plein makes the text of the subtitles; or save it as .txt or .pdf",
        why="Every .md file in the folders of posts is a post.",
    ),
    "captions-kind": Message(
        text="“{value}” is no file with subtitles",
        hint="save them as .vtt or .srt",
        why=_EDITOR,
    ),
    "captions-header": Message(
        text="a .vtt file starts with a line WEBVTT",
        hint="put it there, with an empty line under it; or call the file .srt, if it is one",
        why="Browsers show no subtitles without it.",
    ),
    "captions-empty": Message(
        text="there are no subtitles in this file",
        hint="export them again",
        why=_HEARD,
    ),
    "captions-time": Message(
        text="these times can't be read",
        hint="write them as 00:01:02.500 --> 00:01:05.000",
        why="Browsers leave out what has no times.",
    ),
    "captions-time-missing": Message(
        text="these words have no times above them",
        hint="take out the empty line above them, or add a line such as 00:01:02.500 --> 00:01:05.000",
        why="Browsers leave out what has no times.",
    ),
    "captions-backwards": Message(
        text="this ends before it starts",
        hint="look at the two times",
        why="Browsers would never show it.",
    ),
    "captions-overlap": Message(
        text="this starts at {start}, while the one before it stays until {last}",
        hint="let the one before it end earlier",
        why="Two texts on top of each other can't be read in time.",
    ),
    "not-a-size": Message(
        text="“{value}” is no size",
        hint="write 48 MB, or exactly in bytes: 48213004",
        why="Feeds tell readers how large a download is.",
    ),
    "not-chapters": Message(
        text="each chapter needs its time",
        hint="write under it, indented: 1:20: The pump",
        why="A reader who chooses a chapter jumps to that moment.",
    ),
}

"""Problems with bringing a site to its readers."""

from generator.problems import Message

PUBLISHING: dict[str, Message] = {
    "address-lost": Message(
        text="the address {value} would be lost: its post is no longer there",
        hint="put the post back, write aliases: [{value}] in the post that replaces it, or take leave of it: plein withdraw {value}",
        why="Colleagues keep links in e-mails, bookmarks and other posts; they must lead somewhere.",
    ),
    "address-unknown": Message(
        text="the address {value} was never published",
        hint="look at addresses.txt: all published addresses are in it",
        why="Only what readers have seen needs a page that says it is gone.",
        fixed=True,
    ),
    "address-in-use": Message(
        text="the post behind {value} is still there",
        hint="delete this file or write draft: yes in it; a draft's page is gone by itself",
        why="A page can't be published and gone at once.",
        fixed=True,
    ),
    "no-target": Message(
        text="there is no place to publish to",
        hint="name it in site.yaml as publish: {to: /srv/intranet}, or with --to",
        why="Plein never guesses where a site belongs.",
        fixed=True,
    ),
    "place-unknown": Message(
        text="“{value}” names no place",
        hint="write a folder, user@server:/folder, s3://bucket/folder or folder:name",
        why="Plein knows a few kinds of places, each by its own way of writing.",
        fixed=True,
    ),
    "place-dangerous": Message(
        text="this folder can't be the place: the site itself is made there",
        hint="choose a folder of its own, such as ../live",
        why="Publishing replaces and deletes files; those of your site and its sources must not be among them.",
        fixed=True,
    ),
    "no-releases-there": Message(
        text="a plain folder or an object store keeps no releases",
        hint="to go back, publish an earlier commit",
        why="Only a folder with releases, here or on a server, can go back at once.",
        fixed=True,
    ),
    "no-release": Message(
        text="there is no release “{value}” to go back to",
        hint="these are there: {options}",
        why="Only the last few releases are kept, and none with a post that was withdrawn.",
        fixed=True,
    ),
    "no-earlier-release": Message(
        text="there is no release before the one that readers see",
        hint="mend the sources, or go back to an earlier commit, and publish again",
        why="Only the last few releases are kept, and none with a post that was withdrawn.",
        fixed=True,
    ),
    "publish-smaller": Message(
        text="this would leave {after} of {before} pages",
        hint="if that is meant, publish with --yes",
        why="A site that suddenly is much smaller is mostly a mistake: an empty checkout, a lost folder.",
        fixed=True,
    ),
    "publish-unpublished": Message(
        text="drafts, scheduled and expired posts don't belong on the real site",
        hint="leave the flag out, or name another place with --to",
        why="What is not published yet must not get out by a flag that was left behind.",
        fixed=True,
    ),
    "publish-busy": Message(
        text="another publication to this place is running",
        hint="wait until it is ready; if nothing runs, just try again",
        why="Two publications at once would mix two sites.",
        fixed=True,
    ),
    "publish-refused": Message(
        text="the place refuses: {reason}",
        hint="look at its address and your rights there; readers still have what they had",
        why="Nothing is shown to readers before all of it has arrived.",
        fixed=True,
    ),
    "publish-needs-s3": Message(
        text="an object store needs a library that is not installed",
        hint="install it with: pip install 'plein[s3]'",
        why="Most sites need no object store, so it does not come along by itself.",
        fixed=True,
    ),
    "release-damaged": Message(
        text="the list of a release can't be read",
        hint="take that file and the folder of the same name away, and publish again",
        why="Only a release that is known to be whole may be shown to readers.",
        fixed=True,
    ),
}

"""`plein media`: make films fit for the web, and pictures for vlogs that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, say_here
from generator.words import size_in_words

if TYPE_CHECKING:
    from generator.filming import Done

_ = say_here


@click.command(help=_("Make films fit for the web with ffmpeg, and pictures for vlogs that have none."))  # fmt: skip
@common
@click.option("--quiet", "-q", is_flag=True, help=_("Say only what is wrong."))
def media(quiet: bool, **common: Any) -> None:
    """Make what is missing, also when some posts have errors, and say what was made."""
    with Session(common, keep_going=True) as session:
        from generator import terminal
        from generator.filming import make_all

        with terminal.progress(quiet or session.form != "text") as bars:
            done = make_all(session.work(terminal.reporter(bars, session.say)))
        if session.form == "json":
            terminal.show_json([_as_dict(one) for one in done])
        elif not quiet:
            nothing = session.say("All films and pictures are there.")
            terminal.show_lines([_line(one, session) for one in done] or [nothing])
        if not quiet and not session.config.media.renditions:
            hint = session.say("Films are published as they are. To make them fit for phones, write in site.yaml: media: {renditions: yes}")  # fmt: skip
            terminal.show_remarks([hint])


def _line(one: Done, session: Session) -> str:
    if one.poster:
        return session.say("{path}: taken from the film; look whether you like it").format(
            path=one.poster
        )
    sizes = (one.before_bytes, one.after_bytes)
    before, after = (size_in_words(size, session.config.language) for size in sizes)
    return session.say("{path}: {before} became {after}").format(
        path=one.path, before=before, after=after
    )


def _as_dict(one: Done) -> dict[str, object]:
    if one.poster:
        return {"video": one.path, "poster": one.poster}
    return {"video": one.path, "before_bytes": one.before_bytes, "after_bytes": one.after_bytes}

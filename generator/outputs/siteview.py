"""What a template can ask: `site` and a few functions, every question recorded."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache, lru_cache
from io import StringIO
from typing import Any

from babel.dates import format_date, format_time

from generator import media
from generator.contract import (
    DateStyle,
    Link,
    PersonView,
    TermView,
    WaitingView,
)
from generator.model import Card, Picture, Span
from generator.problems import BuildFailed, problem
from generator.reads import Recorder
from generator.templates import Open, text_of
from generator.theme import Theme, ThemeFile
from generator.words import size_in_words

# Europeans among themselves: the day stands before the month.
_LOCALES = {"nl": "nl", "en": "en_GB"}
_MIDNIGHT = time()
_PATTERNS: dict[str, str] = {"short": "d MMM y", "month": "LLLL y", "day": "d MMMM"}


class SiteView(Open):
    """The whole site, as one page in one language may see it."""

    def __init__(self, recorder: Recorder, theme: Theme, lang: str) -> None:
        self._ask, self._theme = recorder.ask, theme
        self._texts: dict[str, str] | None = None
        self.lang = lang

    @property
    def title(self) -> str:
        """The intranet's name."""
        return str(self.setting("title"))

    @property
    def organisation(self) -> str:
        """The organisation's name."""
        return str(self.setting("organisation"))

    @property
    def description(self) -> str:
        """What the intranet is, in one sentence."""
        return str(self.setting("description"))

    @property
    def origin(self) -> str:
        """The scheme and host of the site, which make an address of it absolute."""
        return str(self.setting("origin"))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, its own first."""
        return tuple(self.setting("languages"))

    def setting(self, name: str) -> Any:
        """A setting of site.yaml: `site.setting('branding').logo`."""
        return self._ask("setting", name, self.lang)

    def menu(self) -> tuple[Link, ...]:
        """The menu; a kind is named in the page's language."""
        pairs: Any = self._ask("menu", self.lang)
        return tuple(Link(self.t(f"kind:{title}", title), url) for title, url in pairs)

    def menu_at(self, url: str) -> str:
        """The address of the menu's item under which a page falls; empty where there is none."""
        pairs: Any = self._ask("menu", self.lang)
        home = self.url("home")
        over = [one for _, one in pairs if one == url or (one != home and url.startswith(one))]
        return max(over, key=len, default="")

    def latest(self, limit: int = 10, kind: str = "") -> tuple[Card, ...]:
        """The newest posts, of all kinds or one, pinned ones first."""
        return self.listing("kind" if kind else "all", kind, limit)

    def pinned(self) -> tuple[Card, ...]:
        """The posts that are pinned on top."""
        return self.listing("pinned")

    def must_reads(self, location: str = "") -> tuple[Card, ...]:
        """What everybody needs to know now, or everybody at one location."""
        cards = self.listing("must-read")
        return tuple(c for c in cards if not location or not c.locations or location in c.locations)

    def listing(self, facet: str, name: str = "", limit: int = 0) -> tuple[Card, ...]:
        """The cards of a kind, topic, location, value, person, thanked person or series."""
        cards: Any = self._ask("listing", self.lang, facet, name, str(limit))
        return tuple(cards)

    def waiting(self, location: str = "") -> tuple[WaitingView, ...]:
        """The questions that wait for an answer, longest first: all, or those of one location."""
        return self._ask("waiting", self.lang, location)  # type: ignore[return-value]

    def comments_day(self) -> str:
        """The day on which a build last asked for comments, as `2026-11-24`; empty: never."""
        return self._ask("talk_day")  # type: ignore[return-value]

    def terms(self, facet: str) -> tuple[TermView, ...]:
        """All topics, locations, values or series, with how many posts each has."""
        return self._ask("terms", self.lang, facet)  # type: ignore[return-value]

    def term(self, facet: str, name: str) -> TermView | None:
        """One topic, location, value or series."""
        return self._ask("term", self.lang, facet, name)  # type: ignore[return-value]

    def person(self, name: str) -> PersonView | None:
        """Someone by id; None when their page is not published."""
        return self._ask("person", self.lang, name)  # type: ignore[return-value]

    def card(self, key: str) -> Card | None:
        """Any entry's card by language and id: `nl/news/budget`."""
        return self._ask("card", key)  # type: ignore[return-value]

    def url(self, name: str = "home") -> str:
        """The address of `home`, a kind, a facet, `must-reads`, `decisions` or `archive`."""
        return self._ask("place", self.lang, name)  # type: ignore[return-value]

    def asset(self, name: str) -> str:
        """The address of a file in the theme's `assets`, which changes with its content."""
        return self._ask("asset", name)  # type: ignore[return-value]

    def integrity(self, name: str) -> str:
        """What a browser checks such a file by: the value of an attribute `integrity`."""
        return self._ask("integrity", name)  # type: ignore[return-value]

    def srcset(self, picture: Picture) -> str:
        """A picture's WebP forms with their widths: the value of an attribute `srcset`.

        Empty for what is there in its own format only, such as a moving GIF.
        """
        return media.srcset(picture.url, picture.widths)

    def t(self, text: str, fallback: str = "", /, **values: object) -> str:
        """A text of the theme in the page's language, from its `locales/*.po`."""
        if self._texts is None:
            self._ask("strings", self.lang)
            self._texts = _texts(self._theme.strings.get(self.lang, ()))
        found = self._texts.get(text) or fallback or text
        try:
            return found.format(**values) if values else found
        except (KeyError, IndexError, ValueError) as error:
            files = self._theme.strings.get(self.lang, ())
            place = Span(files[-1].shown if files else f"themes/{self._theme.name}")
            wrong = problem("translation-wrong", place, text=text, reason=error)
            raise BuildFailed(wrong) from None

    def date(self, moment: datetime | str, style: DateStyle = "long") -> str:
        """A date in words: `short`, `long`, `full`, `day`, `month`, `year`, `time` or `iso`.

        The name of a period is welcome too: `date("2026-11", "month")`.
        """
        if isinstance(moment, str):
            moment = datetime.fromisoformat(f"{moment}-01-01"[:10])
        if style == "iso":
            return (moment.date() if moment.time() == _MIDNIGHT else moment).isoformat()
        # Without a time zone: moments that are equal elsewhere in the world are not the same words.
        shown = moment.time() if style == "time" else moment.date()
        return _in_words(shown, style, self.lang)

    def duration(self, seconds: int) -> str:
        """A duration as on a player: `12:30`."""
        hours, rest = divmod(seconds, 3600)
        minutes, left = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"

    def filesize(self, size_bytes: int) -> str:
        """A size in words, for the bytes of a file: `40.7 MB`, in Dutch `40,7 MB`."""
        return size_in_words(size_bytes, self.lang)


@lru_cache(maxsize=10_000)
def _in_words(shown: date | time, style: DateStyle, lang: str) -> str:
    """A day, or a time on the wall's clock, in words; the same days stand on many pages."""
    if isinstance(shown, time):
        return format_time(shown, "HH:mm", locale=_LOCALES[lang])
    if style == "year":
        return f"{shown:%Y}"
    return format_date(shown, _PATTERNS.get(style, style), locale=_LOCALES[lang])


@cache
def _texts(files: tuple[ThemeFile, ...]) -> dict[str, str]:
    """The texts of some catalogs, a later one going before an earlier; kept for all pages."""
    return {id_: text for file in files for id_, text in _catalog(file)}


def _catalog(file: ThemeFile) -> Iterator[tuple[str, str]]:
    """The texts of one catalog. Raises BuildFailed."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalog = read_po(StringIO(text_of(file)), abort_invalid=True)
    except PoFileError as error:
        span = Span(file.shown, (error.lineno or 0) + 1)
        raise BuildFailed(problem("catalog-broken", span, reason=error)) from None
    return ((str(one.id), str(one.string)) for one in catalog if one.id and one.string)

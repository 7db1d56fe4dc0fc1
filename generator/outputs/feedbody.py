"""What a feed reader shows of an entry: all that its page says, complete, addresses absolute."""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.assembly.editions import Edition
from generator.model import Card, Decision, Meeting, Picture, Question
from generator.outputs.bench import Bench
from generator.outputs.body import body_html
from generator.outputs.siteview import SiteView

# What XML can't hold, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_PAGE = re.compile(r'(<a\b[^<>]*? href=")(?=#)')
_NO_SCHEME = re.compile(r'(<a\b[^<>]*? href=")(?=//)')
_PARAGRAPH = Markup("<p>{}</p>")
_LABELLED = Markup("<p><strong>{}</strong> {}</p>")
_HEADING = Markup("<h2>{}</h2>")
_ITEM = Markup("<li>{}</li>")
_PICTURE = Markup('<p><img src="{}" alt="{}" width="{}" height="{}"></p>')


def feed_html(card: Card, bench: Bench, site: SiteView) -> str:
    """The HTML of an entry for a feed; never empty."""
    edition: Edition = bench.ask("edition", card.key)
    body = body_html(bench, card.key, bench.absolute)
    parts = [
        *_to_do(card, site),
        *_picture(card.picture, bench),
        *_top(card, edition, site),
        _away_from_page(body, bench.absolute(card.url)),
        *_bottom(edition, site),
    ]
    html = Markup("\n").join(part for part in parts if part)
    return clean(html or _PARAGRAPH.format(card.summary or card.title))


def clean(text: str) -> str:
    """A text without the characters that no XML can hold."""
    return _NOT_XML.sub("", text)


def _away_from_page(body: str, url: str) -> Markup:
    """The body with links that rely on the page's own address written out."""
    written_out = _IN_PAGE.sub(lambda match: f"{match[1]}{Markup.escape(url)}", body)
    return Markup(_NO_SCHEME.sub(r"\1https:", written_out))  # noqa: S704 - sanitised before


def _to_do(card: Card, site: SiteView) -> Iterator[Markup]:
    """What is asked of the reader, and by when."""
    if card.action:
        yield _LABELLED.format(site.t("What to do:"), card.action)
    if card.deadline:
        day = site.date(card.deadline, "long")
        yield _PARAGRAPH.format(site.t("By {date}", date=day))


def _picture(picture: Picture | None, bench: Bench) -> Iterator[Markup]:
    if picture:
        url = bench.absolute(picture.url)
        yield _PICTURE.format(url, picture.alt, picture.width, picture.height)


def _top(card: Card, edition: Edition, site: SiteView) -> Iterator[Markup]:
    """What stands above the body on the page of a kudos, a question or a meeting."""
    people = [person.name for name in card.to if (person := site.person(name))]
    if people:
        yield _LABELLED.format(site.t("A compliment for"), ", ".join(people))
    details = edition.entry.details
    if isinstance(details, Question):
        yield _PARAGRAPH.format(details.question) if details.question else Markup()
        yield from _outcome(details, site)
    if isinstance(details, Meeting) and details.decisions:
        yield _HEADING.format(site.t("What we decided"))
        yield _listed(_decision(one, site) for one in details.decisions)


def _outcome(question: Question, site: SiteView) -> Iterator[Markup]:
    for label, text in (("What we heard", question.heard), ("What we do", question.doing)):
        if text:
            yield _HEADING.format(site.t(label)) + _PARAGRAPH.format(text)


def _decision(one: Decision, site: SiteView) -> Markup:
    labelled = ((site.t("Why"), one.why), (site.t("What it means for you"), one.means))
    more = (_LABELLED.format(f"{label}:", text) for label, text in labelled if text)
    return _PARAGRAPH.format(one.text) + Markup().join(more)


def _bottom(edition: Edition, site: SiteView) -> Iterator[Markup]:
    details = edition.entry.details
    if isinstance(details, Meeting) and details.open_questions:
        yield _HEADING.format(site.t("Still open"))
        yield _listed(details.open_questions)


def _listed(items: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup().join(_ITEM.format(item) for item in items))

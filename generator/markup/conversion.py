"""Makes a Document of a Markdown body: pure in its arguments, and it never raises."""

from generator.markup import MarkupSettings, output
from generator.markup.converter import Converter, converter_for, forget_converters
from generator.markup.limits import TooDeep, TooSlow, within
from generator.markup.locate import Locator
from generator.markup.notes import Notes, nearest
from generator.model import Document, Span
from generator.problems import Problem, problem

Result = tuple[Document, tuple[Problem, ...]]


def convert(
    body: str, *, path: str, first_line: int, lang: str, settings: MarkupSettings
) -> Result:
    """The Document of a body whose first line is `first_line` of the file, and its problems."""
    start = Span(path=path, line=first_line)
    try:
        return within(settings.seconds, lambda: _convert(body, start, lang, settings))
    except TooSlow:
        failure = problem("markdown-too-slow", start, seconds=f"{settings.seconds:g}")
    except (TooDeep, RecursionError):
        failure = problem("markdown-too-deep", start)
    except Exception as error:  # no body may take the site down, whatever the libraries make of it
        failure = problem("markdown-failed", start, error=f"{type(error).__name__}: {error}")
    forget_converters()
    return Document(parts=("",)), (failure,)


def _convert(body: str, start: Span, lang: str, settings: MarkupSettings) -> Result:
    maker = converter_for(lang, settings.raw_html, settings.smart_quotes)
    notes = maker.notes
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    html = output.sanitise(maker.html(body)) if body.strip() else _nothing(maker)
    anchors = output.anchors_of(html)
    _check_anchors(notes, anchors)
    locator = Locator(body, start.path, start.line, notes.places)
    html = output.label_boxes(output.without_more(html, notes), notes.lang)
    parts, holes = output.cut(html, notes, locator.span)
    document = Document(
        parts=parts,
        holes=holes,
        toc=maker.finish.toc,
        anchors=anchors,
        lead=maker.finish.lead,
        decisions=maker.finish.decisions,
    )
    return document, _problems(notes, locator)


def _nothing(maker: Converter) -> str:
    """Python-Markdown leaves out its steps for an empty text; ours must not keep the last one's."""
    maker.notes.begin("")
    maker.finish.forget()
    return ""


def _check_anchors(notes: Notes, anchors: tuple[str, ...]) -> None:
    for reference in notes.references:
        if reference.kind == "anchor" and reference.anchor not in anchors:
            guess = nearest(reference.anchor, list(anchors))
            notes.report("anchor-missing", reference.place, anchor=reference.anchor, guess=guess)


def _problems(notes: Notes, locator: Locator) -> tuple[Problem, ...]:
    found = []
    for item in notes.findings:
        span = locator.span(item.place)
        found.append(problem(item.code, span, locator.excerpt(span), **item.args))
    return tuple(sorted(found, key=lambda item: item.order))

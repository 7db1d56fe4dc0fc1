"""The finished pages: every address on them leads to something that is made, with its anchor."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from generator import textfile
from generator.compare import State
from generator.config import Config
from generator.making import make_all
from generator.model import Model, Span, Step
from generator.paths import html_path
from generator.problems import Problem, excerpt_of, problem

_LOOKED_INTO = frozenset({"page", "feed"})
_ADDRESSES = ("href", "src", "poster")
# Browsers know these without an element of that name.
_ALWAYS_THERE = frozenset({"top"})


class Output(Model, frozen=True):
    """A finished page or feed."""

    step: Step
    data: bytes


class Made(Model, frozen=True):
    """The pages and feeds, the paths of all outputs, and what went wrong in making them."""

    outputs: tuple[Output, ...]
    paths: frozenset[str]
    problems: tuple[Problem, ...]


class Link(Model, frozen=True):
    """An address on a page: the page's owner, the address as written, and where it leads.

    `target` is an output's path, or the whole address on another site.
    """

    owner: str
    page: str
    written: str
    target: str
    anchor: str = ""
    is_external: bool = False


def make(steps: tuple[Step, ...], state: State, progress: Callable[[int, int], None]) -> Made:
    """Every page and feed, from the output folder where it is current and else made in memory."""
    wanted = [step for step in steps if step.maker in _LOOKED_INTO]
    todo = [step for step in wanted if step.path in state.stale]
    root, outputs = Path(state.found.root), list[Output]()
    found: list[Problem] = []
    for batch in make_all(todo, state.desk):
        texts = ((one.step, one.content) for one in batch.made)
        outputs += [Output(step, text) for step, text in texts if isinstance(text, bytes)]
        found += batch.problems
        progress(len(outputs), len(todo))
    current = (step for step in wanted if step.path not in state.stale)
    outputs += [Output(step, (root / step.path).read_bytes()) for step in current]
    ordered = sorted(outputs, key=lambda one: one.step.path)
    return Made(tuple(ordered), frozenset(step.path for step in steps), tuple(dict.fromkeys(found)))


def links_of(made: Made, config: Config) -> tuple[Link, ...]:
    """Every address on every page, once per owner and page."""
    links: dict[Link, None] = {}
    for output in _pages(made):
        for address in _addresses(output.data):
            link = _link(output.step, address, config)
            if link:
                links.setdefault(link)
    return tuple(links)


def _pages(made: Made) -> Iterator[Output]:
    return (one for one in made.outputs if one.step.path.endswith(".html"))


def _addresses(data: bytes) -> Iterator[str]:
    tree = _tree(data)
    for name in _ADDRESSES:
        yield from dict.fromkeys(str(one) for one in tree.xpath(f"//@{name}"))


def _tree(data: bytes) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8")
    return html.document_fromstring(data, parser=parser)


def _link(step: Step, address: str, config: Config) -> Link | None:
    own = urlsplit(config.url)
    page = f"/{step.path.removesuffix('index.html')}"
    try:
        parts = urlsplit(urljoin(f"{config.url}{page}", address))
    except ValueError:
        return Link(step.owner, page, address, address, is_external=True)
    if parts.scheme not in ("http", "https"):
        return None
    if parts.netloc != own.netloc:
        whole = parts._replace(fragment="").geturl()
        return Link(step.owner, page, address, whole, is_external=True)
    path = unquote(parts.path)
    if not path.startswith(f"{config.base_path}/"):
        return None
    inside = path.removeprefix(config.base_path)
    target = html_path(inside) if inside.endswith("/") else inside.lstrip("/")
    return Link(step.owner, page, address, target, unquote(parts.fragment))


def problems(made: Made, links: Iterable[Link], root: Path, config: Config) -> Iterator[Problem]:
    """Addresses on this site that lead to nothing, and anchors that their page lacks."""
    pages = {one.step.path: one.data for one in _pages(made)}
    ids = _ids_of(pages)
    told: set[tuple[str, str]] = set()
    for link in links:
        code = "" if link.is_external else _wrong(link, made, pages, ids, root / config.output)
        if code and (link.owner, link.written) not in told:
            told.add((link.owner, link.written))
            span, line = place_of(link, root)
            yield problem(
                code, span, line, address=link.written, page=link.page, anchor=link.anchor
            )


def _ids_of(pages: Mapping[str, bytes]) -> Callable[[str], frozenset[str]]:
    @cache
    def ids(path: str) -> frozenset[str]:
        return frozenset(str(one) for one in _tree(pages[path]).xpath("//@id | //a/@name"))

    return ids


def _wrong(
    link: Link,
    made: Made,
    pages: Mapping[str, bytes],
    ids: Callable[[str], frozenset[str]],
    output: Path,
) -> str:
    # What stands in the output folder and is nobody's step, such as an index for search, is there.
    if link.target not in made.paths and not (output / link.target).is_file():
        return "page-link-missing"
    is_known = link.anchor.lower() in _ALWAYS_THERE or link.anchor.startswith(":~:")
    if is_known or not link.anchor or link.target not in pages:
        return ""
    if link.anchor not in ids(link.target):
        return "page-anchor-missing"
    return ""


def place_of(link: Link, root: Path) -> tuple[Span, str]:
    """Where in its source an address stands; the first line where it comes from elsewhere."""
    file = root / link.owner
    is_text = link.owner.endswith((".md", ".yaml")) and file.is_file()
    text = textfile.read_text(file.read_bytes(), link.owner)[0] if is_text else ""
    last = link.written.rstrip("/").rpartition("/")[2]
    for wanted in (link.written, unquote(link.written), link.target, last):
        at = text.find(wanted) if wanted else -1
        if at >= 0:
            span = textfile.place_of(text, at, link.owner, len(wanted))
            return span, excerpt_of(text, span.line)
    return Span(link.owner), excerpt_of(text, 1)

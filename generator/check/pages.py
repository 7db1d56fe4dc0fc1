"""The finished pages: every address on them leads to something that is made, with its anchor."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from generator import textfile
from generator.compare import State
from generator.config import Config
from generator.making import make_steps
from generator.model import Model, Span, Step
from generator.moments import is_in_film
from generator.paths import html_path
from generator.prepare import Prepared, world_of
from generator.problems import Problem, excerpt_of, problem
from generator.store import Store
from generator.work import Work

_LOOKED_INTO = frozenset({"page", "feed"})
_ADDRESSES, _NAMES = "//@href | //@src | //@poster", "//@id | //a/@name"
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


class Page(Model, frozen=True):
    """What stands on a finished page: its step, its addresses, the names to point at."""

    step: Step
    addresses: tuple[str, ...]
    names: frozenset[str]


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


def make(ready: Prepared, state: State, work: Work, store: Store) -> Made:
    """Every page and feed, from the output folder where it is current and else made in memory."""
    wanted = [step for step in ready.steps if step.maker in _LOOKED_INTO]
    todo = [step for step in wanted if step.path in state.stale]
    root, outputs = Path(state.found.root), list[Output]()
    found: list[Problem] = []
    progress = work.stage("pages")
    world, folder = partial(world_of, ready, store), work.project.cache_folder
    for batch in make_steps(todo, state.desk, world, folder, work.crew):
        texts = ((one.step, one.outputs[0].content) for one in batch.made)
        outputs += [Output(step, text) for step, text in texts if isinstance(text, bytes)]
        found += batch.problems
        progress(len(outputs), len(todo))
    current = (step for step in wanted if step.path not in state.stale)
    outputs += [Output(step, (root / step.path).read_bytes()) for step in current]
    ordered = sorted(outputs, key=lambda one: one.step.path)
    paths = frozenset(step.path for step in ready.steps)
    return Made(tuple(ordered), paths, tuple(dict.fromkeys(found)))


def read(made: Made) -> dict[str, Page]:
    """The finished pages by path; each is read once."""
    outputs = (one for one in made.outputs if one.step.path.endswith(".html"))
    return {one.step.path: _read(one) for one in outputs}


def _read(output: Output) -> Page:
    tree = _tree(output.data)
    addresses = dict.fromkeys(str(one) for one in tree.xpath(_ADDRESSES))
    names = frozenset(str(one) for one in tree.xpath(_NAMES))
    return Page(output.step, tuple(addresses), names)


def _tree(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


def links_of(pages: Mapping[str, Page], config: Config) -> tuple[Link, ...]:
    """Every address on every page, once per owner and page."""
    links: dict[Link, None] = {}
    aim = _aiming(config)
    for one in pages.values():
        page = f"/{one.step.path.removesuffix('index.html')}"
        for address in one.addresses:
            # Most addresses mean the same on every page, so they are worked out once.
            found = aim("/" if address.startswith("/") else page, address)
            if found:
                target, anchor, is_external = found
                links.setdefault(Link(one.step.owner, page, address, target, anchor, is_external))
    return tuple(links)


_Aim = tuple[str, str, bool]


def _aiming(config: Config) -> Callable[[str, str], _Aim | None]:
    """A function that tells where an address on a page leads: the output (or the whole address
    on another site), the anchor, and whether it is another site; None where it is no page."""
    own = urlsplit(config.url).netloc

    @cache
    def aim(page: str, address: str) -> _Aim | None:
        try:
            parts = urlsplit(urljoin(f"{config.url}{page}", address))
        except ValueError:
            return address, "", True
        if parts.scheme not in ("http", "https"):
            return None
        if parts.netloc != own:
            return parts._replace(fragment="").geturl(), "", True
        path = unquote(parts.path)
        if not path.startswith(f"{config.base_path}/"):
            return None
        inside = path.removeprefix(config.base_path)
        target = html_path(inside) if inside.endswith("/") else inside.lstrip("/")
        return target, unquote(parts.fragment), False

    return aim


def problems(
    made: Made, pages: Mapping[str, Page], links: Iterable[Link], root: Path, config: Config
) -> Iterator[Problem]:
    """Addresses on this site that lead to nothing, and anchors that their page lacks."""
    told: set[tuple[str, str]] = set()
    for link in links:
        code = "" if link.is_external else _wrong(link, made, pages, root / config.output)
        if code and (link.owner, link.written) not in told:
            told.add((link.owner, link.written))
            span, line = place_of(link, root)
            yield problem(
                code, span, line, address=link.written, page=link.page, anchor=link.anchor
            )


def _wrong(link: Link, made: Made, pages: Mapping[str, Page], output: Path) -> str:
    # What stands in the output folder and is nobody's step, such as an index for search, is there.
    if link.target not in made.paths and not (output / link.target).is_file():
        return "page-link-missing"
    if not link.anchor or _is_everywhere(link.anchor) or link.target not in pages:
        return ""
    if link.anchor not in pages[link.target].names:
        return "page-anchor-missing"
    return ""


def _is_everywhere(anchor: str) -> bool:
    """Whether an anchor needs no element: the top, a text to look for, a moment in a film."""
    return anchor.lower() in _ALWAYS_THERE or anchor.startswith(":~:") or is_in_film(anchor)


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

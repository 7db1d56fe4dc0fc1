"""The drawing of the house: its floors, what lives where, and how large a room may be."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator import entries

HOUSE = Path(__file__).parent.parent / "generator"

# From the ground to the door. A room relies only on rooms of lower floors.
FLOORS = [
    # ground: values and what is true of them
    ["errand", "fingerprint", "lazily", "model", "moments", "moving", "paths", "shapes", "words"],
    ["contract", "manifest", "media", "packing", "pool", "problems", "reads", "shelves"],
    ["encoding", "uses", "volumes"],
    # library: files, texts and their schema
    ["clock", "cluster", "markup", "messages", "scan", "textfile", "yamlmend"],
    ["bundles", "indexer"],
    ["allowances", "comments", "vlogs", "yamltree"],
    ["fields", "ledger", "store", "survey"],
    ["write"],
    ["schema", "theme"],
    ["frontmatter"],
    ["config", "entries", "templates"],
    ["addresses", "policy", "reading"],
    ["load"],
    # workshops: the site, its outputs, what can be asked, what has to be made
    ["assembly"],
    ["calendar", "facts", "outputs"],
    ["plan", "vlogqueries"],
    ["queries", "records"],
    ["addressbook", "doubt", "memory"],
    ["snapshot"],
    ["answers"],
    ["making"],
    ["render"],
    # hall
    ["work"],
    ["sight"],
    ["pictures", "prepare", "result"],
    ["compare", "differences", "searching"],
    ["check", "remember"],
    ["pipeline"],
    ["build"],
    # porch
    ["report"],
    ["ffmpeg"],
    [
        "cleaning",
        "conversations",
        "explain",
        "filming",
        "gateway",
        "ics",
        "init",
        "listing",
        "newentry",
        "publish",
    ],
    ["editor", "serve"],
    ["terminal"],
    # door
    ["cli"],
    ["__main__", "reference"],
]
PACKAGES = (
    "assembly", "check", "cli", "comments", "config", "editor", "init", "markup", "messages",
    "outputs", "publish", "serve", "vlogs",
)  # fmt: skip
LODGERS = {
    "brotli": {"packing"},
    "isso": {"gateway", "serve.trial"},
    "yaml": {"yamlmend", "yamltree"},
    "markdown": {"markup"},
    "pymdownx": {"markup"},
    "nh3": {"markup"},
    "jinja2": {"templates"},
    "feedgen": {"outputs.feeds"},
    "lxml": {"check", "outputs.feeds"},
    "distributed": {"cluster"},
    "sqlite3": {"store"},
    "filelock": {"store", "publish.folder"},
    "boto3": {"publish.bucket"},
    "botocore": {"publish.bucket", "publish.lease"},
    "babel": {"words", "outputs.siteview"},
    "icalendar": {"ics"},
    "PIL": {"encoding", "media"},
    "tinytag": {"vlogs.moviefile"},
    "click": {"cli", "reference"},
    "rich": {"terminal"},
    "cbor2": {"indexer"},
    "pagefind_bin": {"indexer"},
    "segno": {"terminal"},
    "watchdog": {"serve.watching"},
}
SPEECH = ("print", "click.echo", "sys.stdout.write", "sys.stderr.write")
PRINTERS = {"cli.session", "cli.complete", "terminal"}
LINES_MAX = 400


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the house by name, such as `outputs.feeds`."""
    files = {file: file.relative_to(HOUSE).with_suffix("").parts for file in HOUSE.rglob("*.py")}
    named = {".".join(parts).removesuffix(".__init__"): file for file, parts in files.items()}
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in named.items()}


def is_for_types(node: ast.stmt) -> bool:
    """Whether a statement is `if TYPE_CHECKING:`, whose imports never run."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a module but those for types only."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.stmt) and is_for_types(node)):
            yield node
            yield from running(node)


def imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """What is imported: rooms of the house as `generator.…`, others by their own name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports in the house are absolute"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                inside = name.removeprefix("generator.")
                yield name if inside in modules() else str(node.module)


def rooms_of(name: str, for_types: bool = False) -> set[str]:
    """The modules of the house that a module relies on."""
    nodes = ast.walk(modules()[name]) if for_types else running(modules()[name])
    found = {one.removeprefix("generator.") for one in imports(iter(nodes)) if "generator." in one}
    return found - {name, "generator"}


def room(name: str) -> str:
    return name.partition(".")[0]


def floor(name: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if room(name) in names)


def test_every_room_is_on_the_drawing_once() -> None:
    drawn = [name for names in FLOORS for name in names]
    assert sorted(drawn) == sorted({room(name) for name in modules()} - {"__init__"})


def test_a_room_relies_only_on_lower_floors() -> None:
    climbing = [
        f"{name} imports {other}"
        for name in modules()
        if name != "__init__"
        for other in rooms_of(name, for_types=True)
        if room(other) != room(name) and floor(other) >= floor(name)
    ]
    assert not climbing


@pytest.mark.parametrize("package", PACKAGES)
def test_inside_a_room_nothing_goes_round_in_circles(package: str) -> None:
    inside = {name: {other for other in rooms_of(name) if room(other) == package}
              for name in modules() if room(name) == package}  # fmt: skip
    settled: set[str] = set()
    while ready := {name for name, needs in inside.items() if needs <= settled} - settled:
        settled |= ready
    assert settled == set(inside)


def test_makers_know_nothing_of_each_other() -> None:
    names = ("pages", "servers", "feeds", "files", "machine")
    makers = {f"outputs.{name}" for name in names}
    for maker in makers:
        assert not rooms_of(maker) & makers


def below(name: str) -> set[str]:
    """A module with all that it relies on, however far down."""
    found: set[str] = set()
    todo = [name]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += rooms_of(one)
    return found


def test_what_a_text_gave_is_remembered_with_all_the_code_that_read_it() -> None:
    remembered = {*entries.CODE, *entries.CODE_OF_MARKUP}
    assert {room(name) for name in below("entries")} <= remembered | {"fingerprint"}


def test_every_third_party_lives_in_its_own_room() -> None:
    strays = [
        f"{name} imports {other}"
        for name, tree in modules().items()
        for other in imports(ast.walk(tree))
        if room(other) in LODGERS and not {name, room(name)} & LODGERS[room(other)]
    ]
    assert not strays


def test_only_the_terminal_and_the_door_print() -> None:
    talkers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SPEECH
    }
    assert talkers <= PRINTERS


def test_a_room_is_no_larger_than_can_be_seen_at_once() -> None:
    sizes = {file.name: len(file.read_text(encoding="utf-8").splitlines())
             for file in HOUSE.rglob("*.py")}  # fmt: skip
    assert not {name: lines for name, lines in sizes.items() if lines >= LINES_MAX}


def public(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """The public functions and classes of a module, and the public methods of the latter."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield f"{inside}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{node.name}.")


def test_everything_public_says_what_it_is() -> None:
    silent = [f"{name}.{one}" for name, tree in modules().items() for one, node in public(tree)
              if not ast.get_docstring(node)]  # fmt: skip
    silent += [name for name, tree in modules().items() if not ast.get_docstring(tree)]
    assert not silent

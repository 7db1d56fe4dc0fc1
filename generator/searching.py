"""The index for search: made after the pages, and of it only what has other words than before."""

from collections.abc import Callable, Iterator, Mapping
from itertools import compress
from operator import attrgetter, not_

import msgspec

from generator import bundles, fingerprint, packing
from generator.bundles import Bundle
from generator.indexer import Indexer, Program, find_program
from generator.model import Document, Span, Step
from generator.plan import indexes_path, is_searchable, may_search
from generator.prepare import Prepared, judge
from generator.problems import BuildFailed, Problem, disk_errors, problem
from generator.records import Shelf, key_of, records_on, shelves_of
from generator.snapshot import shelves_in
from generator.store import Changes, Damaged, Store
from generator.work import Work

_SETTINGS = "site.yaml"
# Of all that comes with an index, this is what a browser loads, and the program once per language.
_PARTS = ("pagefind-entry.json", "fragment/", "index/", "filter/")
_META = ".pf_meta"
_MAKERS = frozenset({"index", "indexes"})


def divided(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of pages, feeds and so on; and those of the index, which wait until it is made."""
    of_index = tuple(map(_MAKERS.__contains__, map(attrgetter("maker"), steps)))
    return tuple(compress(steps, map(not_, of_index))), tuple(compress(steps, of_index))


def with_search(work: Work, ready: Prepared, store: Store) -> Prepared:
    """The same with the index for search among its steps, or with a word on why there is none.

    Raises BuildFailed where that word counts as an error, and UsageError when
    Pagefind does not do as it should.
    """
    found = judge(is_missing(ready), work.config, work.options.strict)
    if any(item.level == "error" for item in found) and not work.options.keep_going:
        raise BuildFailed(*ready.problems, *found)
    if found:
        return msgspec.structs.replace(ready, remarks=found)
    program = find_program() if is_searchable(work.config, ready.theme) else None
    if program is None:
        return ready
    keys, kept = ready.site.library.keys, ready.snapshot
    shelves = shelves_in(kept, ready.bones, keys) if kept else shelves_of(ready.site)
    named = {key_of(shelf, program.version): shelf for shelf in shelves}
    known, count = _indexed(named, program, work, ready, store)
    steps = {one.path: one for one in ready.steps}
    steps |= {one.path: one for one in _steps(named, known, program, work)}
    return msgspec.structs.replace(
        ready,
        # The files of an index have other names after an edit, so they are not remembered.
        planned=ready.steps,
        steps=tuple(steps[path] for path in sorted(steps)),
        shelves=shelves,
        bundles=frozenset(named),
        indexed=count,
    )


def is_missing(ready: Prepared) -> tuple[Problem, ...]:
    """That readers can't search because Pagefind is not installed here, where they should."""
    wanted = ready.config.search == "missing" and may_search(ready.theme)
    return (problem("search-missing", Span(_SETTINGS)),) if wanted else ()


def _indexed(
    named: Mapping[str, Shelf], program: Program, work: Work, ready: Prepared, store: Store
) -> tuple[dict[str, Bundle], int]:
    """The bundle of each shelf by key, made where it is not kept; and of how many records."""
    known = store.all("bundles", Bundle)
    root, cache = work.project.root, work.project.cache
    todo = {
        key: shelf
        for key, shelf in named.items()
        if key not in known or not (root / bundles.kept_at(cache, key)).is_file()
    }
    for key, files in _made(todo, program, work, ready, store):
        with disk_errors(work.project.cache_folder):
            known[key] = bundles.keep(root / bundles.kept_at(cache, key), files)
        store.commit((Changes("bundles", {key: known[key]}),))
    return known, sum(len(shelf.keys) for shelf in todo.values())


def _made(
    todo: Mapping[str, Shelf], program: Program, work: Work, ready: Prepared, store: Store
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The files of new indexes by key, all made by one run of the program."""
    if not todo:
        return
    tell, total, done = work.stage("search"), sum(len(one.keys) for one in todo.values()), 0
    with Indexer(program) as indexer:
        for key, shelf in todo.items():
            records = records_on(shelf, ready.site, _bodies(store))
            yield key, _needed(indexer.index(shelf.lang, records), shelf)
            done += len(shelf.keys)
            tell(done, total)


def _bodies(store: Store) -> Callable[[str], Document]:
    def body(key: str) -> Document:
        found = store.one("bodies", key, Document)
        if found is None:
            raise Damaged
        return found

    return body


def _needed(files: Mapping[str, bytes], shelf: Shelf) -> dict[str, bytes]:
    """The files of an index that a browser will ask for."""
    program = (bundles.PROGRAM, bundles.engine(shelf.lang)) if shelf.leads else ()
    return {
        path: files[path]
        for path in sorted(files)
        if path.startswith(_PARTS) or path.endswith(_META) or path in program
    }


def _steps(
    named: Mapping[str, Shelf], known: Mapping[str, Bundle], program: Program, work: Work
) -> Iterator[Step]:
    """The files of every index, and for each language the file that names its indexes."""
    version = fingerprint.of_bytes(program.version.encode())[:8]
    for lang in work.config.languages:
        of_lang = {key: shelf for key, shelf in named.items() if shelf.lang == lang}
        told: list[str] = []
        for key, shelf in of_lang.items():
            folder = f"assets/search/{version}/{lang}/{shelf.name}/"
            place = bundles.kept_at(work.project.cache, key)
            told += (folder, key[:8], next(one for one in known[key].files if one.endswith(_META)))
            for path in known[key].files:
                yield _step(folder + path, "index", (place, path), work)
        leading = [bundles.kept_at(work.project.cache, key) for key in of_lang][:1]
        yield _step(indexes_path(work.config, lang), "indexes", (lang, *leading, *told), work)


def _step(path: str, maker: str, args: tuple[str, ...], work: Work) -> Step:
    """A step, with compressed forms of what is a text."""
    packed = work.config.compress and packing.can_be_packed(path)
    return Step(path, maker, args, _SETTINGS, packing.ENDINGS if packed else ())


def forget_bundles(ready: Prepared, work: Work) -> None:
    """Keep of the indexes only those that the site has now."""
    bundles.opened.cache_clear()
    bundles.clear(work.project.cache_folder, ready.bundles)

"""The ledger as it reads once a build is published: from its plan, so that nothing is assembled."""

from collections.abc import Iterable, Iterator, Mapping

from generator.assembly.cards import title_of_name
from generator.assembly.fates import Fates
from generator.entries import Loaded
from generator.ledger import Line, text_of
from generator.model import Step


def ledger_after(
    steps: Iterable[Step], keys: Mapping[str, str], facts: Mapping[str, Loaded], fates: Fates
) -> str:
    """The text of the ledger; `facts` are what files gave, by the `keys` of their paths."""
    titles = {path: _title(facts.get(key)) for path, key in keys.items()}
    return text_of([*_living(steps, titles), *(Line(address) for address in fates.gone)])


def entry_pages(steps: Iterable[Step]) -> frozenset[str]:
    """The output files that are the page of a post, person or page, as against lists."""
    return frozenset(one.path for one in steps if one.maker == "page" and one.args[1] == "entry")


def _living(steps: Iterable[Step], titles: Mapping[str, str]) -> Iterator[Line]:
    """Every address that leads to an edition, its own or an old one, with the edition's title."""
    pages = [step for step in steps if step.maker == "page"]
    owners = {step.args[3]: step.owner for step in pages if step.args[1] == "entry"}
    for step in pages:
        if step.args[1] in ("entry", "redirect"):
            key = step.args[3]
            yield Line(f"/{step.args[0].strip('/')}/", key, _named(key, owners[key], titles))


def _named(key: str, path: str, titles: Mapping[str, str]) -> str:
    """The title of an edition; a translation without one has that of its original."""
    id_ = key.partition("/")[2]
    if titles.get(path):
        return titles[path]
    others = (titles.get(f"content/{id_}{rest}.md", "") for rest in ("", ".nl", ".en", "/index"))
    return next(filter(None, others), title_of_name(id_))


def _title(loaded: Loaded | None) -> str:
    return " ".join(loaded.entry.meta.title.split()) if loaded and loaded.entry else ""

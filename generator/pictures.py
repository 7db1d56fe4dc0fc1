"""The pictures of a build, encoded before its pages are made: each once, by all workers."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from generator import encoding, media, pool
from generator.encoding import Job
from generator.load import Library
from generator.media import Variant
from generator.model import Step
from generator.paths import CACHE
from generator.problems import disk_errors
from generator.work import Work

# Encoding one picture takes as long as converting so many posts.
_POSTS_PER_PICTURE = 25


def encode_pictures(steps: Iterable[Step], work: Work) -> int:
    """See to it that the forms of pictures that some steps want are kept; how many were made."""
    cache = (work.project.root / CACHE).absolute()
    wanted: dict[tuple[str, str], set[Variant]] = defaultdict(set)
    for step in steps:
        if step.maker == "picture":
            path, print_, width, form = step.args
            wanted[path, print_].add(Variant(int(width), form == "webp"))
    jobs = [
        job
        for (path, print_), forms in wanted.items()
        if (job := _job(work.project.root / path, print_, forms, cache)).places
    ]
    executor = work.crew.for_values(len(jobs) * _POSTS_PER_PICTURE)
    tell, made = work.stage("pictures"), 0
    with disk_errors(cache):
        for done, count in enumerate(pool.run(encoding.do, jobs, executor, each=1), 1):
            made += count
            tell(done, len(jobs))
    return made


def _job(file: Path, print_: str, forms: Iterable[Variant], cache: Path) -> Job:
    """What of a picture is not kept yet."""
    places = ((one, encoding.kept_at(cache, print_, one)) for one in forms)
    missing = ((one, str(place)) for one, place in places if encoding.kept(place) is None)
    return Job(str(file.absolute()), tuple(sorted(missing, key=lambda one: one[1])))


def forget_pictures(library: Library, work: Work) -> None:
    """Keep of pictures only what some entry uses, published or not."""
    cache = work.project.root / CACHE
    needed = (
        encoding.kept_at(cache, library.sources[path].fingerprint, variant)
        for path, facts in library.images.items()
        for variant in (*media.variants_of(facts), Variant(facts.width, False))
    )
    encoding.clear(cache, needed)

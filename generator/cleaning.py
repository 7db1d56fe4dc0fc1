"""Take away what Plein made: only files that it wrote and that are still as it wrote them."""

import shutil
import time
from contextlib import suppress

from generator import encoding, manifest, write
from generator.config import Config
from generator.paths import CACHE
from generator.store import Store
from generator.survey import Remembered, survey
from generator.vlogs import renditions
from generator.volumes import Volumes
from generator.work import PREVIEW, Project, with_store


def clean(project: Project, config: Config) -> tuple[int, int]:
    """Delete the output and the cache; how many files went, and how many were not ours."""
    root = project.root / config.output
    write.check_place(root, project.root, project.cache)
    counts = with_store(project, lambda store: _clean(project, config, store))
    encoding.clear(project.root / CACHE, ())
    renditions.forget(project.root, set())
    for name in ("cache.sqlite", "cache.sqlite-journal", "lock"):
        (project.cache_folder / name).unlink(missing_ok=True)
    Volumes(project.cache_folder).forget()
    shutil.rmtree(project.root / PREVIEW, ignore_errors=True)
    for folder in (
        root,
        project.root / CACHE / encoding.FOLDER,
        project.root / renditions.FOLDER,
        project.cache_folder,
    ):
        with suppress(OSError):
            folder.rmdir()
    return counts


def _clean(project: Project, config: Config, _: Store) -> tuple[int, int]:
    root = project.root / config.output
    found = survey(root, Remembered(), time.time_ns())
    removed = write.put(root, found, (), {}).removed
    left = len(found.files) - len(removed)
    if not left:
        (root / manifest.MANIFEST).unlink(missing_ok=True)
    write.clear_stage(root)
    return len(removed), left

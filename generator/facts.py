"""What all answers come from, and the files that a site publishes."""

from collections.abc import Callable

from generator import media
from generator.assembly import Site
from generator.model import Media, Model
from generator.paths import CONTENT, resolve
from generator.templates import Closure
from generator.theme import Theme


# Whoever answers holds these facts, and these hold one of its methods: such a circle is only
# ever let go by the garbage collector, so it must look into them, unlike into other nouns.
class Facts(Model, frozen=True, gc=True):
    """What all answers come from."""

    site: Site
    theme: Theme
    closure_of: Callable[[str], Closure]


def file_at(facts: Facts, base: str, target: str) -> Media | None:
    """Another file that the source file `base` publishes, or one at an https address."""
    if target.startswith("https://"):
        return Media(target, 0, media.content_type(target))
    return published(facts, resolve(base, target, CONTENT) or "")


def published(facts: Facts, path: str) -> Media | None:
    """A file as it is published; None if it is not there, or an entry, which is no file."""
    library = facts.site.library
    source = library.sources.get(path)
    if source is None or path in library.keys:
        return None
    rendition = library.renditions.get(path)
    if rendition:
        url = f"{facts.site.config.base_path}/{media.rendition_path(path, rendition.fingerprint)}"
        return Media(url, rendition.size_bytes, "video/mp4", rendition.width, rendition.height)
    image = library.images.get(path)
    place = media.caption_path(path, source.fingerprint)
    if image:
        place = media.full_path(path, source.fingerprint, image)
    type_ = media.content_type(place)
    movie = library.movies.get(path)
    url = f"{facts.site.config.base_path}/{place}"
    if movie is None:
        return Media(url, source.size_bytes, type_)
    if type_.startswith("video/") and movie.is_sound:
        type_ = type_.replace("video/", "audio/")
    return Media(url, source.size_bytes, type_, movie.width, movie.height)

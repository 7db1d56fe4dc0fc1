"""The settings of a site as values."""

from functools import cache
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.model import Model
from generator.problems import Level

Words = dict[str, str]


class Term(Model, frozen=True):
    """A topic, location, value or series: its name and description per language."""

    id: str
    name: Words
    description: Words = {}
    colour: str = ""
    rhythm: str = ""


class Publishing(Model, frozen=True):
    """Where to publish, how many releases stay, by how many percent the site may shrink at once.

    `encoding` is the compressed form in which an object store gets texts.
    """

    to: str = ""
    keep: int = 5
    smaller: int = 20
    encoding: Literal["", "gzip", "br"] = ""


class Comments(Model, frozen=True):
    """Which service brings comments, from where, and how a reader meets it.

    `default` is what counts for a post that says nothing; `close_after_days` 0 is never;
    `otherwise` is another way to react, for who can't or won't use the service;
    `roles` are, per role, the addresses of the people who have it; `reader` is where
    a build asks how much is said, `language` that of the service's own words.
    """

    provider: str = "none"
    endpoint: str = ""
    consent: Literal["click", "visible", "always"] = "click"
    default: Literal["open", "closed", "none"] = "open"
    close_after_days: int = 0
    otherwise: str = ""
    integrity: str = ""
    identity: Literal["open", "verified"] = "open"
    roles: dict[str, tuple[str, ...]] = {}
    reader: str = ""
    language: str = ""
    options: dict[str, str] = {}

    @property
    def host(self) -> str:
        """Whom a reader's browser meets."""
        return urlsplit(self.endpoint).netloc or ("giscus.app" if self.provider == "giscus" else "")


class VlogMedia(Model, frozen=True):
    """How large a video may be, in MB, and the origins that video and players may come from.

    `hosts` are the organisation's own media hosts, `embeds` other sites with a player.
    `renditions` says that films are published as `plein media` made them fit for the web.
    """

    max_mb: int = 100
    renditions: bool = False
    hosts: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()


class Config(Model, frozen=True):
    """site.yaml, typed; every text has a version for every language."""

    title: Words
    url: str
    language: str
    languages: tuple[str, ...]
    timezone: str
    organisation: Words = {}
    description: Words = {}
    theme: str = "default"
    output: str = "public"
    branding: dict[str, str] = {}
    topics: dict[str, Term] = {}
    locations: dict[str, Term] = {}
    values: dict[str, Term] = {}
    series: dict[str, Term] = {}
    menu: tuple[str, ...] = ()
    list_items: int = 30
    feed_items: int = 20
    authority: str = ""
    raw_html: bool = True
    smart_quotes: bool = True
    post_max_kb: int = 500
    image_max_megapixels: int = 60
    # `missing`: readers should be able to search, but Pagefind is not installed.
    search: Literal["yes", "no", "missing"] = "yes"
    search_engines: bool = False
    contribute: dict[str, str] = {}
    offline: bool = True
    server: tuple[str, ...] = ("nginx", "apache", "caddy", "netlify", "iis")
    levels: dict[str, Level] = {}
    publish: Publishing = Publishing()
    compress: bool = False
    comments: Comments = Comments()
    media: VlogMedia = VlogMedia()

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone: every state is decided in it."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """What stands before every address: empty, or `/intranet` for a site in a folder."""
        return _folder_of(self.url)

    @property
    def origin(self) -> str:
        """The scheme and host, which make an address absolute: `https://intranet.example`."""
        return self.url.rstrip("/").removesuffix(self.base_path)


# Asked for each of ten thousand entries.
@cache
def _folder_of(url: str) -> str:
    return urlsplit(url).path.rstrip("/")

"""The settings of a site as values."""

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
    """Where to publish, how many releases stay, by how many percent the site may shrink at once."""

    to: str = ""
    keep: int = 5
    smaller: int = 20


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
    search_engines: bool = False
    contribute: dict[str, str] = {}
    offline: bool = True
    headers: tuple[str, ...] = ("nginx", "apache", "netlify", "iis")
    levels: dict[str, Level] = {}
    publish: Publishing = Publishing()
    redirects: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone: every state is decided in it."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """What stands before every address: empty, or `/intranet` for a site in a folder."""
        return urlsplit(self.url).path.rstrip("/")

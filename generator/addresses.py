"""Where pages stand: the words in addresses per language, which never follow a title."""

from generator.config import Config
from generator.model import Kind
from generator.paths import slugify

_SECTIONS: dict[str, dict[str, str]] = {
    "news": {"nl": "nieuws", "en": "news"},
    "vlogs": {"nl": "vlogs", "en": "vlogs"},
    "meetings": {"nl": "overleg", "en": "meetings"},
    "questions": {"nl": "vragen", "en": "questions"},
    "kudos": {"nl": "complimenten", "en": "kudos"},
    "people": {"nl": "mensen", "en": "people"},
    "pages": {"nl": "", "en": ""},
    "topic": {"nl": "onderwerpen", "en": "topics"},
    "location": {"nl": "locaties", "en": "locations"},
    "value": {"nl": "waarden", "en": "values"},
    "series": {"nl": "series", "en": "series"},
    "must-reads": {"nl": "moet-je-weten", "en": "need-to-know"},
    "waiting": {"nl": "wacht-op-antwoord", "en": "waiting-for-an-answer"},
    "decisions": {"nl": "besluiten", "en": "decisions"},
    "archive": {"nl": "archief", "en": "archive"},
    "search": {"nl": "zoeken", "en": "search"},
    "subscribe": {"nl": "abonneren", "en": "subscribe"},
}


def section(config: Config, lang: str, name: str, *segments: str) -> str:
    """The address of a kind's, facet's or special page, or of what stands under it.

    All addresses are without the site's own folder: `/en/news/`.
    """
    return _tree(config, lang, _SECTIONS[name][lang], *segments)


def of_entry(config: Config, lang: str, kind: Kind, slug: str) -> str:
    """The address of an entry."""
    return section(config, lang, kind, *slug.split("/"))


def of_page(config: Config, lang: str, type_: str, *rest: str) -> str:
    """The address of a page that is no entry, by its type and what it shows."""
    match (type_, *rest):
        case ("home",):
            return _tree(config, lang)
        case ("list", "kind", name, year):
            return section(config, lang, name, year)
        case ("list", facet, name, year):
            shown = "people" if facet == "person" else facet
            return section(config, lang, shown, slugify(name), year)
        case ("waiting", location):
            return section(config, lang, "waiting", slugify(location))
        case ("terms", facet):
            return section(config, lang, facet)
        case _:
            return section(config, lang, type_, *rest)


def language_of(config: Config, address: str) -> str:
    """In which language's tree an address lies."""
    first = address.split("/")[1]
    return first if first in config.languages else config.language


def _tree(config: Config, lang: str, *segments: str) -> str:
    prefix = () if lang == config.language else (lang,)
    parts = [part for part in (*prefix, *segments) if part]
    return f"/{'/'.join(parts)}/" if parts else "/"

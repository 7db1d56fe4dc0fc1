"""The HTML that may be on a page: elements, attributes, schemes and class names."""

import re


def names(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


BLOCKS = names(
    "address article aside blockquote caption col colgroup dd details div dl dt figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
# From a writer's raw HTML. What only Plein itself makes stands under OURS.
TAGS = (BLOCKS - {"h1"}) | names(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small "
    "span strong sub sup time u var wbr"
)
OURS = TAGS | {"input"}
# Left out with all that is in them.
SWALLOWED = frozenset({"script", "style", "svg", "math", "iframe", "noembed", "noframes"})
GENERAL = frozenset({"id", "lang", "dir", "title", "class"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "hreflang"}),
    "img": frozenset({"src", "alt"}),
    "ol": frozenset({"start", "reversed"}),
    "li": frozenset({"value"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "time": frozenset({"datetime"}),
    "del": frozenset({"datetime"}),
    "ins": frozenset({"datetime"}),
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_OTHER_TAGS = names(
    "acronym applet area audio base basefont bgsound big blink body button canvas center "
    "data datalist dialog dir embed fieldset font footer form frame frameset head header "
    "hgroup html iframe image input keygen label legend link listing main map marquee math "
    "menu menuitem meta meter nav nobr noembed noframes noscript object optgroup option "
    "output param picture plaintext progress script search select slot source strike style "
    "svg template textarea title track tt video xmp h1 rb rtc portal fencedframe isindex"
)
KNOWN_TAGS = TAGS | _OTHER_TAGS
# Class names of an organisation's own, so that no post can dress up as part of the page's frame.
OWN_CLASS = re.compile(r"x-[\w-]{1,40}")
_RESERVED_IDS = ("fn:", "fnref", "plein", "isso")
_SAFE_ID = re.compile(r"[^\s\"'<>&]{1,100}")


def may_have(tag: str, attribute: str) -> bool:
    """Whether a writer may give an element this attribute."""
    return attribute in GENERAL or attribute in ATTRIBUTES.get(tag, ())


def own_classes(value: str) -> str:
    """The class names that a writer may use, of those in `value`."""
    return " ".join(name for name in value.split() if OWN_CLASS.fullmatch(name))


def is_id(value: str) -> bool:
    """Whether a writer's id can be an anchor, and is not one of the page's own."""
    return _SAFE_ID.fullmatch(value) is not None and not value.startswith(_RESERVED_IDS)

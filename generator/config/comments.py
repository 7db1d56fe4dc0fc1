"""Comments from an external service: `comments` in site.yaml."""

import re
from typing import Any
from urllib.parse import urlsplit

from generator import fields, shapes
from generator.comments.providers import PROVIDERS
from generator.comments.readers import READERS
from generator.config.model import Comments
from generator.config.terms import pairs
from generator.fields import Context, FieldType
from generator.yamltree import Node, Scalar

_CONSENT = ("click", "visible", "always")
_STATES = ("open", "closed", "none")
_INTEGRITY = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]+=*")
_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")
_MAIL = re.compile(r"mailto:[^\s@\"<>]+@[\w.-]+(\?[^\s\"<>]*)?")
_WEB = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[^\s\"'<>;,]*)?", re.ASCII)


def read_comments(context: Context, node: Node) -> Comments:
    """The service, where it runs, and how readers meet it; with every mistake at its line."""
    found: dict[str, Any] = {}
    places: dict[str, Node] = {}
    options: dict[str, str] = {}
    for key, value in pairs(context, node):
        places[key.text] = value
        if key.text in _PARTS:
            found[key.text] = _PARTS[key.text].read(context, value)
        elif key.text in _OPTIONS:
            options[key.text] = fields.read_text(context, value) or ""
        else:
            allowed = ", ".join((*_PARTS, *_OPTIONS))
            context.fail("unknown-part", key.span, key=key.text, options=allowed)
    made = Comments(
        **{name: one for name, one in found.items() if one is not None}, options=options
    )
    _check(context, node, made, places)
    return made


def _check(context: Context, node: Node, made: Comments, places: dict[str, Node]) -> None:
    """What has to be there for a service, and what means nothing to it."""
    provider = PROVIDERS[made.provider]
    for name in (*(("endpoint",) if provider.endpoint else ()), *provider.options):
        if name not in places:
            context.fail("comments-incomplete", node.span, provider=made.provider, key=name)
    known = (*provider.options, *provider.optional)
    for name in made.options:
        if name not in known:
            context.fail(
                "comments-other-service", places[name].span, provider=made.provider, key=name
            )
    if made.reader and made.provider not in READERS:
        options = ", ".join(READERS)
        context.fail(
            "comments-no-reader", places["reader"].span, provider=made.provider, options=options
        )
    if made.roles and not (provider.gate and made.identity == "verified"):
        context.fail("comments-role-unverified", places["roles"].span)


def _read_address(context: Context, node: Node) -> str:
    text = (fields.read_text(context, node) or "").rstrip("/")
    if _MAIL.fullmatch(text) or is_web_address(text):
        return text
    context.fail("not-a-service", node.span, value=text)
    return ""


def _has_port(text: str) -> bool:
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def _read_web_address(context: Context, node: Node) -> str:
    text = (fields.read_text(context, node) or "").rstrip("/")
    if is_web_address(text):
        return text
    context.fail("not-a-service", node.span, value=text)
    return ""


def is_web_address(text: str) -> bool:
    """Whether a service can be asked something there."""
    return _WEB.fullmatch(text) is not None and _has_port(text)


def _read_language(context: Context, node: Node) -> str:
    text = fields.read_text(context, node) or ""
    if _LANGUAGE.fullmatch(text):
        return text
    context.fail("not-a-language", node.span, value=text)
    return ""


def _read_integrity(context: Context, node: Node) -> str:
    text = fields.read_text(context, node) or ""
    if _INTEGRITY.fullmatch(text):
        return text
    context.fail("not-an-integrity", node.span, value=text)
    return ""


def _read_days(context: Context, node: Node) -> int | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if re.fullmatch(r"\d{1,4}", text) and int(text) > 0:
        return int(text)
    context.fail("not-a-count", node.span, value=text)
    return None


def _read_roles(context: Context, node: Node) -> dict[str, tuple[str, ...]]:
    return {
        key.text: fields.read_names(context, value)
        for key, value in pairs(context, node)
        if _known_role(context, key)
    }


def _known_role(context: Context, key: Scalar) -> bool:
    if key.text in ROLES:
        return True
    context.fail("unknown-part", key.span, key=key.text, options=", ".join(ROLES))
    return False


ROLES = ("management", "community")
_ADDRESS = FieldType(_read_address, "an address", shapes.SCALAR)
_PARTS = {
    "provider": fields.choice(*PROVIDERS),
    "endpoint": _ADDRESS,
    "consent": fields.choice(*_CONSENT),
    "default": fields.choice(*_STATES),
    "close_after_days": FieldType(_read_days, "a whole number", shapes.COUNT),
    "otherwise": _ADDRESS,
    "integrity": FieldType(_read_integrity, "sha384-…", shapes.SCALAR),
    "identity": fields.choice("open", "verified"),
    "roles": FieldType(
        _read_roles, "per role addresses", shapes.fixed(dict.fromkeys(ROLES, shapes.names()))
    ),
    "reader": FieldType(_read_web_address, "an address", shapes.SCALAR),
    "language": FieldType(_read_language, "a language", shapes.SCALAR),
}
_OPTIONS = tuple(
    dict.fromkeys(name for one in PROVIDERS.values() for name in (*one.options, *one.optional))
)
COMMENTS_SHAPE = shapes.fixed(
    {name: one.shape for name, one in _PARTS.items()} | dict.fromkeys(_OPTIONS, shapes.SCALAR)
)

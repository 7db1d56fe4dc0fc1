"""The reference pages, made from the code: `python -m generator.reference docs/reference`.

Every function gives one page as Markdown; only `main` writes. What a page says
of a key, flag or type stands beside that key, flag or type, never here.
"""
# ruff: noqa: E501 — sentences

import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click
from markupsafe import Markup

from generator import contract, problems, schema
from generator import messages as registry
from generator.config import SETTINGS, Config
from generator.model import KINDS, Model
from generator.outputs.siteview import SiteView
from generator.problems import Message, PleinError
from generator.words import Say, words

_MARKS = re.compile(r"[<*\[\]|]|(?<!\w)_|_(?!\w)")
FUNCTIONS = ("url", "asset", "integrity", "srcset", "t", "date", "duration", "filesize")
_LANGUAGES = {"": "en", ".nl": "nl"}
_PLAIN_TYPES: dict[object, str] = {
    str: "text",
    int: "number",
    bool: "true or false",
    object: "anything",
    Any: "anything",
    dict: "mapping",
    datetime: "moment",
    Markup: "HTML",
    NoneType: "none",
}


def pages() -> dict[str, str]:
    """Every reference page, by file name."""
    made = {"commands.md": commands(), "theme-contract.md": theme_contract()}
    for suffix, lang in _LANGUAGES.items():
        say = words(lang)
        made[f"front-matter{suffix}.md"] = front_matter(say)
        made[f"settings{suffix}.md"] = settings(say)
        made[f"messages{suffix}.md"] = messages(say)
    return made


def front_matter(say: Say) -> str:
    """The page on the lines above a text: the keys of all kinds, then those of each kind."""
    fields = {kind: schema.fields_of(kind) for kind in KINDS}
    shared = [one for one in schema.COMMON if all(one.name in fields[kind] for kind in KINDS)]
    blocks = [
        f"# {say('Front matter')}",
        say("These are the lines above a text, between two lines of three hyphens."),
        say("A star marks a key that has to be there. Shared means: a translation takes the value of its original, unless it has one of its own."),
        f"## {say('For every kind')}",
        _keys(shared, say),
    ]  # fmt: skip
    for kind in KINDS:
        own = [one for one in fields[kind].values() if one not in shared]
        blocks += [f"## {say(f'kind:{kind}').capitalize()}: `content/{kind}/`", _keys(own, say)]
    return _page(blocks)


def _keys(fields: Iterable[schema.Field], say: Say) -> str:
    head = [say("Key"), say("What it takes"), say("What it means"), say("Shared")]
    return _table(
        head,
        (
            [
                _name(one.name, one.required),
                _takes(one.type.about, say),
                _plain(say(one.about)),
                say("yes") if one.inherit else say("no"),
            ]
            for one in fields
        ),
    )


def settings(say: Say) -> str:
    """The page on site.yaml."""
    head = [say("Key"), say("What it takes"), say("What it means")]
    rows = (
        [_name(one.name, one.required), _takes(one.type.about, say), _plain(say(one.about))]
        for one in SETTINGS
    )
    return _page(
        ["# site.yaml", say("A star marks a key that has to be there."), _table(head, rows)]
    )


def _name(name: str, required: bool) -> str:
    return f"`{name}`" + (" \\*" if required else "")


def _takes(about: str, say: Say) -> str:
    """What a key takes: the words to choose from, else a description."""
    if " | " in about and ":" not in about:
        return ", ".join(f"`{word}`" for word in about.split(" | "))
    return _plain(say(about))


def messages(say: Say) -> str:
    """The page on every message, by code."""
    blocks = [
        f"# {say('Messages')}",
        say("The code of a message stands between square brackets behind the word error or warn."),
        say("Under levels in site.yaml you choose how strict Plein is: error, warn or allow. That can't be done for messages that are fixed."),
    ]  # fmt: skip
    for title, group in message_groups().items():
        blocks.append(f"## {say(title)}")
        for code, one in group.items():
            blocks += [f"### {code}", *_message(one, say)]
    return _page(blocks)


def message_groups() -> dict[str, dict[str, Message]]:
    """All messages, by the first sentence of the module that they stand in."""
    groups = {}
    for module in filter(inspect.ismodule, vars(registry).values()):
        title = (module.__doc__ or "").partition("\n")[0].rstrip(".")
        found = (one for name, one in vars(module).items() if name.isupper())
        groups[title] = next(one for one in found if isinstance(one, dict))
    return groups


def _message(one: Message, say: Say) -> Iterator[str]:
    level = say(one.level) + (f", {say('fixed')}" if one.fixed else "")
    yield f"{_plain(say(one.text))} *({level})*"
    hints = " / ".join(_plain(say(hint)) for hint in (one.hint, one.otherwise) if hint)
    parts = {say("What to do"): hints, say("Why"): _plain(say(one.why))}
    yield "\n".join(f"- {name}: {text}" for name, text in parts.items() if text)


def commands() -> str:
    """The page on the commands, in the language that this process has for its command line."""
    from generator.cli import COMMANDS
    from generator.cli import main as plein

    context = click.Context(plein, info_name="plein")
    found = {name: one for name in COMMANDS if (one := plein.get_command(context, name))}
    all_ = dict(_each(found))
    on_sites = {name: one for name, one in all_.items() if _has(one, "--config")}
    first = next(iter(on_sites.values()))
    shared = [p for p in first.params if all(_has(one, p.opts[0]) for one in on_sites.values())]
    names = {param.opts[0] for param in shared}
    blocks = ["# Commands", str(plein.help), _exit_codes(), "`plein --version` tells the version, `plein --help` what is possible."]  # fmt: skip
    for name, command in all_.items():
        usage = command.get_usage(click.Context(command, context, name)).partition(": ")[2]
        blocks += [f"## plein {name}", f"`{' '.join(usage.split())}`", str(command.help)]
        blocks += _options(one for one in command.params if one.opts[0] not in names)
        if name in on_sites:
            blocks.append("And the [options of every command on a site](#options).")
    blocks += ["## Options", *_options(shared), _of_all(on_sites)]
    return _page(blocks)


def _each(found: Mapping[str, click.Command]) -> Iterator[tuple[str, click.Command]]:
    """All commands by what is typed for them; a group is its own commands."""
    for name, one in found.items():
        inside = one.commands if isinstance(one, click.Group) else {"": one}
        yield from ((f"{name} {rest}".strip(), command) for rest, command in inside.items())


def _of_all(names: Iterable[str]) -> str:
    return f"These go with {', '.join(f'`plein {name}`' for name in names)}."


def _has(command: click.Command, flag: str) -> bool:
    return any(flag in one.opts for one in command.params)


def _options(params: Iterable[click.Parameter]) -> list[str]:
    rows = [
        [" ".join(f"`{flag}`" for flag in one.opts), _value_of(one), _plain(one.help or "")]
        for one in params
        if isinstance(one, click.Option)
    ]
    return [_table(["Option", "Value", "What it does"], rows)] if rows else []


def _value_of(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return ", ".join(f"`{choice}`" for choice in option.type.choices)
    if isinstance(option.type, click.IntRange):
        return f"{option.type.min} to {option.type.max}"
    return option.metavar or option.type.name


def _exit_codes() -> str:
    classes = [one for one in vars(problems).values() if inspect.isclass(one)]
    errors = [one for one in classes if issubclass(one, PleinError) and one is not PleinError]
    rows = [["0", "All is well."], *([str(one.exit_code), str(one.__doc__)] for one in errors)]
    return _table(["Exit code", "What it means"], rows)


def theme_contract() -> str:
    """The page on what a template sees: pages, values, `site` and the functions."""
    blocks = [
        f"# The theme contract, version {contract.VERSION}",
        "A template sees `page`, `site` and the functions below, and nothing else. All values are immutable. A name that is not here stops the build, with a guess at what was meant.",
        "The template of a page is `templates/` with the name of its type: `home.html`, `list.html`. For an entry, `entry-<kind>.html` goes before `entry.html`; the kinds are " + ", ".join(f"`{kind}`" for kind in KINDS) + ".",
        "## Pages",
        f"{_doc(contract.Page)} Every page has these fields, and those of its type.",
        _fields(contract.Page),
    ]  # fmt: skip
    for page in contract.PAGES:
        blocks += [f"### {page.type}", _doc(page), *_own_fields(page)]
    blocks.append("## Values")
    for value in _values():
        blocks += [f"### {value.__name__}", _doc(value), _fields(value)]
    blocks += ["## site", _doc(SiteView), *_members(), "## Functions"]
    blocks.append(f"{', '.join(f'`{name}`' for name in FUNCTIONS)} are those of `site`. `partial(template, …)` is what another template makes of the values that you give it, without `page`: the menu and the foot are partials, made once for all pages that give the same. Jinja's own `range` and `dict` are there too.")  # fmt: skip
    names = ", ".join(f"`{name}`" for name in (*Config.__struct_fields__, "base_path", "origin"))
    blocks += [
        "## Settings",
        f"`site.setting(name)` knows {names}. They are described under [site.yaml](settings.md); `title`, `organisation` and `description` come in the page's language.",
    ]
    return _page(blocks)


def _own_fields(page: type[contract.Page]) -> list[str]:
    own = [name for name in page.__struct_fields__ if name not in contract.Page.__struct_fields__]
    return [_fields(page, own)] if own else []


def _fields(model: type[Model], names: Iterable[str] = ()) -> str:
    hints = get_type_hints(model)
    rows = ([f"`{name}`", _type(hints[name])] for name in names or model.__struct_fields__)
    return _table(["Field", "Type"], rows)


def _values() -> list[type[Model]]:
    """Every kind of value that a page, another value or an answer of `site` can hold."""
    found: dict[type[Model], None] = {}
    members = [member for _, member in _public(SiteView)]
    hints = [get_type_hints(one) for one in contract.PAGES]
    hints += [{"return": get_type_hints(_function(one)).get("return")} for one in members]
    todo = [model for one in hints for hint in one.values() for model in _models_in(hint)]
    while todo:
        model = todo.pop(0)
        if model not in found:
            found[model] = None
            todo += [one for hint in get_type_hints(model).values() for one in _models_in(hint)]
    return sorted(found, key=lambda one: one.__name__)


def _models_in(hint: object) -> list[type[Model]]:
    if inspect.isclass(hint) and issubclass(hint, Model):
        return [hint]
    return [model for one in get_args(hint) for model in _models_in(one)]


def _members() -> Iterator[str]:
    for name, member in _public(SiteView):
        function = _function(member)
        hints = get_type_hints(function)
        result = _type(hints.pop("return"))
        if isinstance(member, property):
            yield f"### site.{name}"
        else:
            yield f"### site.{name}({', '.join(_arguments(function))})"
        choices = [f"`{arg}`: {_type(hint)}" for arg, hint in hints.items() if get_origin(hint)]
        yield "\n\n".join([_doc(function), *choices, f"Gives {result}."])


def _public(class_: type) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in vars(class_).items() if not name.startswith("_")]


def _function(member: Any) -> Any:
    return member.fget if isinstance(member, property) else member


def _arguments(function: Any) -> Iterator[str]:
    """The arguments as one writes them: with their defaults, without their types."""
    for name, one in list(inspect.signature(function).parameters.items())[1:]:
        stars = "**" if one.kind is one.VAR_KEYWORD else ""
        yield f"{stars}{name}" + ("" if one.default is one.empty else f"={one.default!r}")


def _type(hint: Any) -> str:
    """A type in words, with links to the values of the contract."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " or ".join(_type(one) for one in args)
    if origin is Literal:
        return ", ".join(f"`{one}`" if one else "empty" for one in args)
    if origin is tuple:
        inner = args[:1] if args[-1] is ... else args
        return ("list of " if args[-1] is ... else "") + " and ".join(_type(one) for one in inner)
    if origin is dict:
        return f"{_type(args[1])} by name"
    if inspect.isclass(hint) and issubclass(hint, Model):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return _PLAIN_TYPES.get(hint) or str(getattr(hint, "__name__", hint))


def _doc(documented: Any) -> str:
    return _plain(inspect.getdoc(documented) or "")


def _plain(text: str) -> str:
    """A text in which Markdown finds no marks of its own; what is between backticks stays."""
    parts = re.split(r"(`[^`\n]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(_MARKS, r"\\\g<0>", part) for part in parts
    )


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace(chr(10), ' ') for cell in line)} |" for line in lines
    )


def _page(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def main(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C"  # the commands' help in English, whatever the machine speaks
    main(Path(sys.argv[1]))

"""Jinja, kept on a short leash: sandboxed, autoescaped, strict about names."""

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from types import MethodType
from typing import Any, NoReturn

import jinja2
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from generator import fingerprint, textfile
from generator.frontmatter import did_you_mean
from generator.model import Model, Span
from generator.problems import BuildFailed, PleinError, excerpt_of, problem
from generator.store import Damaged
from generator.theme import Theme, ThemeFile

_GLOBALS = (
    "page", "site", "url", "asset", "integrity", "srcset", "date", "t", "duration", "filesize",
    "partial", "range", "dict",
)  # fmt: skip


class UnknownNameError(jinja2.UndefinedError):
    """A name that a template uses and nobody gave it."""

    def __init__(self, name: str, guess: str) -> None:
        super().__init__(name)
        self.name, self.guess = name, guess


class _Strict(jinja2.StrictUndefined):
    """Says which name is missing and which was probably meant."""

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> NoReturn:
        name = str(self._undefined_name)
        owner = self._undefined_obj
        options = getattr(owner, "__struct_fields__", None) or dir(owner)
        if owner is jinja2.utils.missing:
            options = _GLOBALS
        raise UnknownNameError(name, did_you_mean(name, dict.fromkeys(options)))

    __str__ = __iter__ = __len__ = __bool__ = __hash__ = _fail_with_undefined_error
    __eq__ = __ne__ = __call__ = __getitem__ = __add__ = _fail_with_undefined_error


class Open:
    """What templates may use freely: every attribute that does not begin with `_`."""

    __slots__ = ()


# Values, what gives them, and what Jinja itself makes: loops, namespaces, imported templates.
_OURS = (Model, Open, LoopContext, TemplateModule, Namespace)


@cache
def _are_ours(kind: type) -> bool:
    """Whether the values of a class are; a page asks it sixty times, of a few classes."""
    return issubclass(kind, _OURS)


class Environment(ImmutableSandboxedEnvironment):
    """The sandbox, with a short way for what is known to be safe: only `_` names are refused."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute as a template may see it, or an undefined name."""
        if attribute[:1] == "_" or not _are_ours(obj.__class__):
            return super().getattr(obj, attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)

    def call(
        self,
        context: Context,
        obj: Any,
        /,
        *args: Any,
        _block_vars: Any = None,
        _loop_vars: Any = None,
        **kwargs: Any,
    ) -> Any:
        """A call in a template; what Jinja wants to know first is known of methods and macros."""
        if isinstance(obj, MethodType) and isinstance(obj.__self__, Open):
            return obj(*args, **kwargs)
        if isinstance(obj, Macro):
            return obj(context.eval_ctx, *args, **kwargs)
        known = {"_block_vars": _block_vars, "_loop_vars": _loop_vars}
        return super().call(context, obj, *args, **known, **kwargs)


class Closure(Model, frozen=True):
    """What one template text refers to by name; `dynamic` when a name is computed."""

    names: tuple[str, ...]
    dynamic: bool = False


@cache
def text_of(file: ThemeFile) -> str:
    """The text of a theme's file. Raises BuildFailed when it is no text."""
    text, found = textfile.read_text(Path(file.file).read_bytes(), file.shown)
    if found:
        raise BuildFailed(*found)
    return text


def environment(theme: Theme) -> Environment:
    """The environment in which a theme's templates run.

    It is kept for the next build of the same templates: a preview makes one
    page again and again, and compiling takes longer than that page.
    """
    return _environment(tuple(theme.templates.items()))


@lru_cache(maxsize=2)
def _environment(files: tuple[tuple[str, ThemeFile], ...]) -> Environment:
    known = dict(files)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = known.get(name)
        if found is None:
            return None
        return text_of(found), found.shown, lambda: True

    return Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=_Strict,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_compiled(),
    )


class _Compiled(jinja2.FileSystemBytecodeCache):
    """What Jinja compiled, for this user's next build; what is wrong there is compiled anew."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Bring the code of a template, if it is there whole."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # a torn file can be anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


@cache
def _compiled() -> _Compiled | None:
    """The place for compiled templates; None where Python itself keeps nothing, or none is safe.

    It is this user's own, outside of the project: what a pipeline brings along is never run.
    """
    code = fingerprint.of_code("templates", "jinja2", "markupsafe")
    try:
        return None if sys.dont_write_bytecode else _Compiled(pattern=f"plein-{code}-%s.cache")
    except (OSError, RuntimeError):
        return None


def references(source: str) -> Closure:
    """The templates that a template text extends, includes, imports or takes a partial from."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(source)
    except jinja2.TemplateSyntaxError:
        return Closure(())
    names = [*meta.find_referenced_templates(tree), *_partials(tree)]
    return Closure(tuple(sorted({name for name in names if name})), None in names)


class Blocks(Model, frozen=True):
    """What a template extends (empty: nothing, or a computed name), its blocks by name, and
    those of them that stand in no other block, with their lines."""

    extends: str
    names: frozenset[str]
    outer: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1_000)
def blocks_of(source: str) -> Blocks:
    """The blocks of a template text."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(source)
    except jinja2.TemplateSyntaxError:
        return Blocks("", frozenset(), ())
    parent = tree.find(nodes.Extends)
    name = parent.template.value if parent and isinstance(parent.template, nodes.Const) else ""
    outer = ((one.name, one.lineno) for one in tree.body if isinstance(one, nodes.Block))
    names = frozenset(one.name for one in tree.find_all(nodes.Block))
    return Blocks(str(name), names, tuple(outer))


def _partials(tree: nodes.Template) -> Iterator[str | None]:
    """The templates of the partials in a text; None for a name that is computed, and where the
    function is not called but handed on."""
    made = {id(call.node): call for call in tree.find_all(nodes.Call)}
    for name in tree.find_all(nodes.Name):
        if name.name == "partial":
            call = made.get(id(name))
            first = call.args[0] if call and call.args else None
            yield first.value if isinstance(first, nodes.Const) else None


def print_of_template(name: str, theme: Theme, closure_of: Callable[[str], Closure]) -> str:
    """The fingerprint of a template with all that it relies on; empty when it is not there.

    Recording what gets loaded at render time would not do: Jinja keeps
    imported modules, so a second rendering loads less than it uses.
    """
    seen: dict[str, str] = {}
    todo = [name]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        found = theme.templates.get(one)
        seen[one] = found.fingerprint if found else ""
        closure = closure_of(one) if found else Closure(())
        todo += theme.templates if closure.dynamic else closure.names
    parts = (part for item in sorted(seen.items()) for part in item)
    return fingerprint.of_parts(parts) if seen[name] else ""


def want(name: str, theme: Theme) -> None:
    """Complain, in the template that asks for another, that it is not there."""
    if name not in theme.templates:
        raise jinja2.TemplateNotFound(name)


def render(env: jinja2.Environment, theme: Theme, name: str, values: Mapping[str, object]) -> str:
    """The text that a template makes. Raises BuildFailed with the template's line."""
    try:
        return env.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        shown = error.filename or error.name or name
        _fail("template-syntax", shown, error.lineno, theme, reason=error.message or "")
    except jinja2.TemplateNotFound as error:
        guess = did_you_mean(str(error.name), theme.templates)
        shown, line = _place(error, theme, name)
        _fail("template-missing", shown, line, theme, name=error.name, guess=guess)
    except UnknownNameError as error:
        shown, line = _place(error, theme, name)
        code = "template-no-page" if error.name == "page" else "template-name"
        _fail(code, shown, line, theme, name=error.name, guess=error.guess)
    except (PleinError, Damaged, KeyboardInterrupt):
        raise
    except Exception as error:
        shown, line = _place(error, theme, name)
        _fail("template-error", shown, line, theme, reason=f"{type(error).__name__}: {error}")


def _place(error: Exception, theme: Theme, name: str) -> tuple[str, int]:
    """The last place in a template that an error went through."""
    shown = {file.shown for file in theme.templates.values()}
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in shown]
    if frames:
        return frames[-1].filename, frames[-1].lineno or 1
    found = theme.templates.get(name)
    return (found.shown if found else f"themes/{theme.name}/templates/{name}"), 1


def _fail(code: str, shown: str, line: int, theme: Theme, **args: object) -> NoReturn:
    file = next((one for one in theme.templates.values() if one.shown == shown), None)
    text = text_of(file) if file else ""
    excerpt, name = excerpt_of(text, line), str(args.get("name", ""))
    at = max(0, excerpt.find(name)) if name else 0
    span = Span(shown, line, at + 1, max(1, len(name)) if at else 1)
    raise BuildFailed(problem(code, span, excerpt, **args)) from None

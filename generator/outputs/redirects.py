"""Old addresses as a web server reads them, so that a reader is sent on before a page loads."""

from collections.abc import Callable, Iterable

from generator.model import Step
from generator.outputs.bench import Bench

_Pairs = Iterable[tuple[str, str]]


def make_redirects(step: Step, bench: Bench) -> bytes:
    """The old addresses in a server's own form; args: the server."""
    return _FORMS[step.args[0]](bench.ask("old_addresses")).encode()


def _nginx(pairs: _Pairs) -> str:
    """For `map $uri $moved { include …; }`; what is gone leads to 410."""
    return "".join(f"{old} {new or '410'};\n" for old, new in pairs)


def _apache(pairs: _Pairs) -> str:
    """For `RewriteMap moved txt:…`; what is gone leads to `-`."""
    return "".join(f"{old} {new or '-'}\n" for old, new in pairs)


def _netlify(pairs: _Pairs) -> str:
    """`_redirects`, which Netlify, Cloudflare Pages and others read by themselves."""
    return "".join(f"{old} {new or old} {301 if new else 410}\n" for old, new in pairs)


_FORMS: dict[str, Callable[[_Pairs], str]] = {
    "nginx": _nginx,
    "apache": _apache,
    "netlify": _netlify,
}

"""Addresses on other sites, asked whether they are still there: politely, bounded, remembered.

One question at a time per host, with a pause; an answer counts for a week, a
failure for a day. Only when somebody asks for it: a build never does.
"""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from generator import __version__, fingerprint
from generator.check.pages import Link, place_of
from generator.model import Model
from generator.problems import Problem, problem

_AGENT = f"plein-check/{__version__}"
_ACCEPT = "text/html,*/*;q=0.8"
_GONE = (404, 410)
_MOVED = (301, 308)
# Not for a program, or only for who is logged in: that says nothing about the link.
_NOT_FOR_US = (401, 403, 405, 406, 429, 451, 999)
_KEEP_S, _KEEP_FAILURE_S = 7 * 86400, 86400


class Visit(Model, frozen=True):
    """How addresses are asked: where answers are kept, and the bounds."""

    cache: Path
    most: int = 500
    timeout_s: float = 10.0
    pause_s: float = 1.0
    hosts_at_once: int = 6
    total_s: float = 300.0


class Answer(Model, frozen=True):
    """What an address answered: `status` 0 is no answer at all; `moved` where it is now."""

    status: int
    when_s: float
    moved: str = ""
    reason: str = ""

    def is_fresh(self, now_s: float) -> bool:
        """Whether it need not be asked again."""
        is_good = 200 <= self.status < 400 or self.status in _NOT_FOR_US
        return 0 <= now_s - self.when_s < (_KEEP_S if is_good else _KEEP_FAILURE_S)


def problems(links: Iterable[Link], visit: Visit, root: Path) -> Iterator[Problem]:
    """The addresses that are gone, moved or don't answer, at the lines where they stand."""
    asked = [link for link in links if link.is_external and link.owner.endswith((".md", ".yaml"))]
    answers = ask({link.target for link in asked}, visit)
    told: set[tuple[str, str]] = set()
    for link in asked:
        answer = answers.get(link.target)
        code = _code(answer) if answer else ""
        if answer and code and (link.owner, link.target) not in told:
            told.add((link.owner, link.target))
            span, line = place_of(link, root)
            args = {"address": link.target, "moved": answer.moved, "status": answer.status}
            yield problem(code, span, line, reason=answer.reason, **args)


def _code(answer: Answer) -> str:
    if answer.status in _GONE:
        return "external-gone"
    if answer.status in _NOT_FOR_US:
        return ""
    if answer.status == 0 or answer.status >= 400:
        return "external-unreachable"
    return "external-moved" if answer.moved else ""


def ask(addresses: Iterable[str], visit: Visit) -> dict[str, Answer]:
    """The answers by address, remembered ones first; those beyond the bounds have none."""
    wanted, now_s = sorted(addresses), time.time()
    remembered = _remembered(visit.cache).items()
    known = {address: one for address, one in remembered if one.is_fresh(now_s)}
    todo = [address for address in wanted if address not in known][: visit.most]
    by_host: dict[str, list[str]] = {}
    for address in todo:
        by_host.setdefault(_host(address), []).append(address)
    until_s = time.monotonic() + visit.total_s
    with ThreadPoolExecutor(visit.hosts_at_once) as pool:
        for found in pool.map(lambda some: _ask_host(some, visit, until_s), by_host.values()):
            known |= found
    _remember(visit.cache, known)
    return {address: known[address] for address in wanted if address in known}


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _remembered(cache: Path) -> dict[str, Answer]:
    try:
        return fingerprint.decode(cache.read_bytes(), dict[str, Answer])
    except (OSError, msgspec.MsgspecError):
        return {}


def _remember(cache: Path, answers: dict[str, Answer]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    aside = cache.with_name(f"{cache.name}.new")
    aside.write_bytes(fingerprint.encode(dict(sorted(answers.items()))))
    aside.replace(cache)


def _ask_host(addresses: list[str], visit: Visit, until_s: float) -> dict[str, Answer]:
    """The answers of one host, one after the other."""
    answers: dict[str, Answer] = {}
    for number, address in enumerate(addresses):
        if time.monotonic() > until_s:
            break
        if number:
            time.sleep(visit.pause_s)
        answers[address] = _ask(address, visit.timeout_s)
    return answers


def _ask(address: str, timeout_s: float) -> Answer:
    """Only the head, and the whole where a host can't do that."""
    answer = _request(address, "HEAD", timeout_s)
    if answer.status in (400, 403, 404, 405, 501):
        answer = _request(address, "GET", timeout_s)
    return answer


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, and remembers whether all of them are for good."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """The request that follows a redirect."""
        self.codes.append(int(args[2]))
        return super().redirect_request(*args)


def _request(address: str, method: str, timeout_s: float) -> Answer:
    redirects = _Redirects()
    headers = {"User-Agent": _AGENT, "Accept": _ACCEPT}
    try:
        request = urllib.request.Request(address, method=method, headers=headers)
        with urllib.request.build_opener(redirects).open(request, timeout=timeout_s) as reply:
            for_good = bool(redirects.codes) and all(code in _MOVED for code in redirects.codes)
            return Answer(reply.status, time.time(), reply.url if for_good else "")
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code, time.time(), reason=str(error.reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Answer(0, time.time(), reason=str(reason) or type(error).__name__)

"""What a template is given; and partials: parts that are the same on many pages, made once."""

from typing import Any

from markupsafe import Markup

from generator import templates
from generator.outputs.bench import Bench, Partial
from generator.outputs.siteview import SiteView
from generator.reads import Recorder


def values_for(bench: Bench, site: SiteView) -> dict[str, object]:
    """All that every template can use, a page's or not."""
    return {
        "site": site,
        "url": site.url,
        "asset": site.asset,
        "integrity": site.integrity,
        "srcset": site.srcset,
        "t": site.t,
        "date": site.date,
        "duration": site.duration,
        "filesize": site.filesize,
        "partial": _Partials(bench, site.lang).partial,
    }


class _Partials(templates.Open):
    """The partials of one page."""

    def __init__(self, bench: Bench, lang: str) -> None:
        self._bench, self._lang = bench, lang

    def partial(self, template: str, /, **values: Any) -> Markup:
        """The `partial(template, …)` of templates: a part that other pages may have too."""
        bench = self._bench
        templates.want(template, bench.theme)
        # Equal values need not look the same: True is 1, and a moment that of another clock.
        shown = ((name, value, repr(value)) for name, value in sorted(values.items()))
        key = (template, self._lang, *shown)
        found = bench.partials.get(key)
        if found is None:
            found = bench.partials[key] = _make(bench, self._lang, template, values)
        bench.recorder.also(found.asked)
        return found.html


def _make(bench: Bench, lang: str, template: str, values: dict[str, Any]) -> Partial:
    """A partial with all that it asked, so that each page that has it has asked that too."""
    aside = Recorder(bench.recorder.answers)
    site = SiteView(aside, bench.theme, lang)
    given = {**values_for(bench.on_behalf_of(aside), site), **values}
    html = templates.render(bench.env, bench.theme, template, given)
    return Partial(Markup(html), tuple(aside.asked))  # noqa: S704 - escaped by its template

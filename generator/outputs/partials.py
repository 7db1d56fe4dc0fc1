"""What a template is given; and partials: parts that are the same on many pages, made once."""

from typing import Any

from markupsafe import Markup

from generator import templates
from generator.outputs.bench import Bench
from generator.outputs.siteview import SiteView


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
        return bench.share(
            "partials", key, lambda aside: _rendered(template, aside, self._lang, values)
        )


def _rendered(template: str, bench: Bench, lang: str, values: dict[str, Any]) -> Markup:
    given = {**values_for(bench, SiteView(bench.recorder, bench.theme, lang)), **values}
    html = templates.render(bench.env, bench.theme, template, given)
    return Markup(html)  # noqa: S704 - escaped by its template

"""Every service's embed against what that service documents, and in a browser with a stand-in.

The stand-ins do what the documented client does with the page: read the settings where they
are documented to stand, ask the service, and put their frame or element where it belongs.

- Remark42: https://remark42.com/docs/configuration/frontend/
- Comentario: https://docs.comentario.app/en/configuration/embedding/
- Giscus: https://giscus.app, and its ADVANCED-USAGE.md
- Discourse: "Embed Discourse comments on another website via JavaScript", meta.discourse.org
- Waline: https://waline.js.org/en/reference/client/props.html
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect

from generator import policy
from generator.config.model import Comments
from tests.browsing import served
from tests.comments.test_settings import SERVICES
from tests.conftest import SITE, Site

HOST = "https://reacties.voorbeeld.example"
AT = f"{HOST}/dienst"
TITLE = "Soep <b> & 'brood'"
# The script that brings the service: its address, and every other attribute that it has.
SCRIPTS: dict[str, dict[str, str]] = {
    "remark42": {"type": "module", "src": f"{AT}/web/embed.mjs"},
    "comentario": {"src": f"{AT}/comentario.js"},
    "discourse": {"src": f"{AT}/javascripts/embed.js"},
    "giscus": {
        "src": "https://giscus.app/client.js",
        "data-repo": "waarde-repo",
        "data-repo-id": "waarde-repo_id",
        "data-category": "waarde-category",
        "data-category-id": "waarde-category_id",
        "data-mapping": "specific",
        "data-term": "/news/soep",
        "data-strict": "1",
        "data-reactions-enabled": "1",
        "data-emit-metadata": "0",
        "data-input-position": "top",
        "data-theme": "preferred_color_scheme",
        "data-lang": "nl",
        "crossorigin": "anonymous",
    },
}
# The element that the service fills, with all its attributes.
PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "remark42": ("div", {"id": "remark42"}),
    "comentario": (
        "comentario-comments",
        {
            "page-id": "/news/soep",
            "lang": "nl",
            "auto-init": "true",
            "live-update": "false",
            "no-fonts": "true",
        },
    ),
    "discourse": ("div", {"id": "discourse-comments"}),
    "giscus": ("div", {"class": "giscus"}),
    "waline": ("div", {"id": "waline"}),
}
# The settings that it looks for in one global name, or as the argument of a call.
OPTIONS: dict[str, dict[str, Any]] = {
    "remark42": {
        "host": AT,
        "site_id": "waarde-site_id",
        "components": ["embed"],
        "url": "https://plein.voorbeeld.example/news/soep",
        "page_title": TITLE,
        "locale": "nl",
    },
    "discourse": {
        "discourseUrl": f"{AT}/",
        "discourseEmbedUrl": "https://plein.voorbeeld.example/nieuws/soep/",
    },
    "waline": {
        "el": "#waline",
        "serverURL": AT,
        "path": "/news/soep",
        "lang": "nl",
        "dark": "auto",
        "search": False,
        "emoji": False,
    },
}
# What a browser may do there on top of what any page may.
ALLOWED: dict[str, dict[str, str]] = {
    "remark42": dict.fromkeys(("script-src", "frame-src", "connect-src"), HOST),
    "comentario": dict.fromkeys(("script-src", "style-src", "connect-src", "img-src"), HOST),
    "discourse": dict.fromkeys(("script-src", "frame-src"), HOST),
    "giscus": dict.fromkeys(("script-src", "style-src", "frame-src"), "https://giscus.app"),
    "waline": {"connect-src": HOST},
}
STAND_INS = {
    "remark42": """
        const { host, site_id, url, theme } = window.remark_config;
        const frame = document.createElement("iframe");
        frame.src = `${host}/web/iframe.html?site_id=${site_id}&url=${url}&theme=${theme}`;
        document.getElementById("remark42").append(frame);""",
    "comentario": """
        customElements.define("comentario-comments", class extends HTMLElement {
          async connectedCallback() {
            const at = "https://reacties.voorbeeld.example/dienst";
            const path = this.getAttribute("page-id");
            const style = document.createElement("link");
            Object.assign(style, { rel: "stylesheet", href: `${at}/comentario.css` });
            document.head.append(style);
            const asked = `?path=${path}&theme=${this.getAttribute("theme")}`;
            await fetch(`${at}/api/embed/comments${asked}`, { method: "POST" });
            this.innerHTML = `<div class="comentario-root"><div class="comentario-comments">
              <img alt="" src="${at}/api/users/1/avatar"></div></div>`;
          }
        });""",
    "discourse": """
        const { discourseUrl, discourseEmbedUrl } = window.DiscourseEmbed;
        const frame = document.createElement("iframe"), at = encodeURIComponent(discourseEmbedUrl);
        frame.src = `${discourseUrl}embed/comments?embed_url=${at}`;
        document.getElementById("discourse-comments").append(frame);""",
    "giscus": """
        const { repo, term, lang, theme } = document.currentScript.dataset;
        const style = document.createElement("link");
        Object.assign(style, { rel: "stylesheet", href: "https://giscus.app/default.css" });
        document.head.prepend(style);
        const frame = document.createElement("iframe");
        frame.src = `https://giscus.app/${lang}/widget?repo=${repo}&term=${term}&theme=${theme}`;
        document.querySelector(".giscus").append(frame);""",
    "waline": """
        export async function init({ el, serverURL, path, dark }) {
          await fetch(`${serverURL}/api/comment?path=${path}&dark=${dark}`);
          document.querySelector(el).innerHTML = '<div class="wl-panel"></div>';
        }""",
}
# What has then been asked of others than the site, in alphabetical order.
MET = {
    "remark42": [
        f"{AT}/web/embed.mjs",
        f"{AT}/web/iframe.html?site_id=waarde-site_id"
        "&url=https://plein.voorbeeld.example/news/soep&theme=dark",
    ],
    "comentario": [
        f"{AT}/api/embed/comments?path=/news/soep&theme=dark",
        f"{AT}/api/users/1/avatar",
        f"{AT}/comentario.css",
        f"{AT}/comentario.js",
    ],
    "discourse": [
        f"{AT}/embed/comments?embed_url=https%3A%2F%2Fplein.voorbeeld.example%2Fnieuws%2Fsoep%2F",
        f"{AT}/javascripts/embed.js",
    ],
    "giscus": [
        "https://giscus.app/client.js",
        "https://giscus.app/default.css",
        "https://giscus.app/nl/widget?repo=waarde-repo&term=/news/soep&theme=preferred_color_scheme",
    ],
    "waline": [f"{AT}/api/comment?path=/news/soep&dark=auto"],
}


def with_service(site: Site, name: str) -> Site:
    site.write("site.yaml", SITE + SERVICES[name] + "theme: eigen\n")
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    if name == "waline":
        site.write("themes/eigen/assets/waline.js", STAND_INS[name])
    site.post("news/soep", title=f'"{TITLE}"')
    return site


@pytest.mark.parametrize("name", PLACES)
def test_the_embed_has_the_documented_shape(site: Site, name: str) -> None:
    site = with_service(site, name)
    site.build()
    config = site.config
    page = html.fromstring(site.read("nieuws/soep/index.html"))
    (embed,) = page.xpath("//template[@data-comments-embed]/div")
    scripts = [dict(one.attrib) for one in embed.iter("script")]
    assert scripts == ([SCRIPTS[name]] if name in SCRIPTS else [])
    tag, attributes = PLACES[name]
    assert attributes in [dict(one.attrib) for one in embed.iter(tag)]
    assert json.loads(embed.get("data-comments-options", "{}")) == OPTIONS.get(name, {})
    bare = policy.directives(msgspec.structs.replace(config, comments=Comments()))
    found = policy.directives(config)
    more = {one: " ".join(sorted(set(found[one]) - set(bare[one]))) for one in found}
    assert {one: sources for one, sources in more.items() if sources} == ALLOWED[name]
    # Where one signs in in a window of its own, that window may tell the page.
    opener = "same-origin-allow-popups" if name in ("remark42", "comentario") else "same-origin"
    assert f'Cross-Origin-Opener-Policy "{opener}"' in site.read("headers.nginx.conf")


@contextmanager
def reader(browser: Browser, name: str, met: list[str]) -> Iterator[Page]:
    """A browser in the dark, where a stand-in answers for the service."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, locale="nl-NL", color_scheme="dark"
    )

    def answer(route: Route) -> None:
        met.append(route.request.url)
        is_script = route.request.resource_type == "script"
        is_style = route.request.resource_type == "stylesheet"
        kind = "text/javascript" if is_script else "text/css" if is_style else "text/html"
        route.fulfill(
            body=STAND_INS[name] if is_script else "",
            headers={"Content-Type": kind, "Access-Control-Allow-Origin": "*"},
        )

    context.route(lambda url: not url.startswith("http://127.0.0.1"), answer)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", STAND_INS)
def test_a_reader_meets_the_service_and_nobody_else(
    site: Site, browser: Browser, name: str
) -> None:
    config = with_service(site, name).config
    site.build()
    met: list[str] = []
    complaints: list[str] = []
    with (
        served(site.root / "public", policy.header(config)) as address,
        reader(browser, name, met) as page,
    ):
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}/nieuws/soep/")
        button = page.get_by_role("button", name="Toon de reacties")
        button.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        assert met == []
        button.click()
        page.get_by_role("button", name="Toon reacties niet meer vanzelf").wait_for()
        expect(page.get_by_role("alert")).to_be_hidden()
        page.wait_for_timeout(300)
    assert sorted(met) == MET[name]
    assert [text for text in complaints if "Content Security Policy" in text] == []

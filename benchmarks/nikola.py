"""Nikola, which remembers what each of its tasks depends on, with a minimal theme in Jinja."""
# ruff: noqa: E501 - templates stand here as their authors would write them

from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.peer import Peer, install_python, kinds_of, linked, version, write, write_all

_SETTINGS = """\
BLOG_TITLE = BLOG_DESCRIPTION = BLOG_AUTHOR = "Archief"
BLOG_EMAIL = "archief@voorbeeld.example"
SITE_URL = "https://archief.voorbeeld.example/"
DEFAULT_LANG = "nl"
TRANSLATIONS = {"nl": ""}
TIMEZONE = "Europe/Amsterdam"
THEME = "minimal"
OUTPUT_FOLDER = "public"
URL_TYPE = "full_path"
POSTS = [(f"content/{kind}/*.md", kind, "post.tmpl") for kind in ("news", "vlogs")]
PAGES = []
COMPILERS = {"markdown": [".md"]}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.toc",
                       "markdown.extensions.admonition"]
PRETTY_URLS = True
CATEGORY_PATH, CATEGORY_PREFIX, CATEGORIES_INDEX_PATH = "", "", "sections/index.html"
CATEGORY_PAGES_ARE_INDEXES = True
TAG_PATH, TAG_PAGES_ARE_INDEXES = "topics", True
ENABLE_AUTHOR_PAGES, AUTHOR_PATH, AUTHOR_PAGES_ARE_INDEXES = True, "people", True
INDEX_DISPLAY_POST_COUNT = 30
INDEXES_PRETTY_PAGE_URL = ["page", "{number}", "{index_file}"]
GENERATE_RSS, GENERATE_ATOM = True, False
RSS_FILENAME_BASE, RSS_EXTENSION = "feed", ".xml"
FEED_LENGTH, FEED_TEASERS = 20, False
COPY_SOURCES = USE_BUNDLES = False
DISABLED_PLUGINS = [
    "classify_archive", "copy_assets", "copy_files", "create_bundles", "gzip", "redirect",
    "render_galleries", "render_listings", "robots", "scale_images", "sitemap",
]
"""
_BASE = """\
<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ title|e }}</title>
<meta name="viewport" content="width=device-width">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
</head><body><header><a href="/">{{ blog_title|e }}</a>
<nav><a href="/news/">Nieuws</a> <a href="/vlogs/">Vlogs</a> <a href="/topics/">Onderwerpen</a> <a href="/people/">Mensen</a></nav></header>
<main>{% block main %}{% endblock %}</main>
<footer>{{ blog_title|e }}</footer></body></html>
"""
_POST = """\
{% extends "base.tmpl" %}
{% block main %}<article><h1>{{ post.title()|e }}</h1>
<p><time datetime="{{ post.formatted_date('webiso') }}">{{ post.formatted_date(date_format)|e }}</time>
<a href="{{ _link('author', post.author()) }}">{{ post.author()|e }}</a>
{% for one in post.tags %}<a href="{{ _link('tag', one) }}">{{ one|e }}</a> {% endfor %}</p>
{{ post.text() }}
<nav>{% if post.prev_post %}<a href="{{ post.prev_post.permalink() }}">{{ post.prev_post.title()|e }}</a>{% endif %}
{% if post.next_post %}<a href="{{ post.next_post.permalink() }}">{{ post.next_post.title()|e }}</a>{% endif %}</nav></article>{% endblock %}
"""
_LIST = """\
{% extends "base.tmpl" %}
{% block main %}<h1>{{ title|e }}</h1><ul>
{% for post in posts %}<li><a href="{{ post.permalink() }}">{{ post.title()|e }}</a>
<time>{{ post.formatted_date(date_format)|e }}</time><p>{{ post.text(strip_html=True)[:280]|e }}</p></li>{% endfor %}
</ul>{% for url in page_links or [] %}<a href="{{ url }}">{{ loop.index }}</a> {% endfor %}{% endblock %}
"""
_TERMS = """\
{% extends "base.tmpl" %}
{% block main %}<h1>{{ title|e }}</h1><ul>
{% for name, url in items or cat_items or [] %}<li><a href="{{ url }}">{{ name|e }}</a></li>{% endfor %}
</ul>{% endblock %}
"""
_THEME = "themes/minimal"


def write_nikola(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site for Nikola with a minimal theme."""
    kinds = kinds_of(posts)
    for post in posts:
        body = linked(post.body, lambda slug: f"/{kinds[slug]}/{slug}/")
        write(folder / _path(post), _front(post) + body)
    lists = dict.fromkeys(("index", "tagindex", "authorindex"), _LIST)
    pages = {"base": _BASE, "post": _POST, **lists, "tags": _TERMS, "authors": _TERMS}
    write_all(folder / _THEME, {f"templates/{name}.tmpl": text for name, text in pages.items()})
    write(folder / _THEME / "minimal.theme", "[Theme]\nengine = jinja\n")
    write(folder / "conf.py", _SETTINGS)


def _path(post: Post) -> str:
    return f"content/{post.kind}/{post.slug}.md"


def _front(post: Post) -> str:
    return (
        f"<!--\n.. title: {post.title}\n.. slug: {post.slug}\n.. date: {post.day} 00:00:00\n"
        f".. author: {post.author}\n.. category: {post.kind}\n.. tags: {', '.join(post.topics)}\n-->\n\n"
    )


def _install(folder: Path) -> str:
    return version(str(install_python(folder, "nikola", "jinja2") / "nikola"), "--version")


NIKOLA = Peer(
    key="nikola",
    name="Nikola",
    install=_install,
    lay_out=write_nikola,
    command=lambda tools: [str(tools / "bin/nikola"), "build", "--verbosity=0"],
    forget=("public", "cache", ".doit.db.bak", ".doit.db.dat", ".doit.db.dir"),
    body=_path,
    added=lambda post: _front(post) + post.body,
    layout=f"{_THEME}/templates/base.tmpl",
)

"""Pelican, with its cache of read files on and a minimal theme."""
# ruff: noqa: E501 - templates stand here as their authors would write them

from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.peer import Peer, install_python, kinds_of, linked, version, write, write_all

_SETTINGS = """\
from pelican import signals

SITENAME = "Archief"
SITEURL = "https://archief.voorbeeld.example"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = "theme"
TIMEZONE = "Europe/Amsterdam"
DEFAULT_LANG = "nl"
DEFAULT_PAGINATION = 30
DIRECT_TEMPLATES = ["index", "tags", "authors"]
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "{slug}/", "{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "topics/{slug}/", "topics/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "people/{slug}/", "people/{slug}/index.html"
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
FEED_RSS, FEED_ALL_ATOM = "feed.xml", None
CATEGORY_FEED_RSS, CATEGORY_FEED_ATOM = "{slug}/feed.xml", None
TAG_FEED_RSS, TAG_FEED_ATOM = "topics/{slug}/feed.xml", None
AUTHOR_FEED_RSS = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.toc": {},
                          "markdown.extensions.admonition": {}},
    "output_format": "html5",
}


class Neighbours:
    # What the plugin of that name does: the older and newer article of the same category.
    __name__ = "neighbours"

    @staticmethod
    def register():
        signals.article_generator_finalized.connect(Neighbours.link)

    @staticmethod
    def link(generator):
        for _, articles in generator.categories:
            for newer, older in zip(articles, articles[1:]):
                newer.older, older.newer = older, newer


PLUGINS = [Neighbours]
"""
_BASE = """\
<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{% block title %}{{ SITENAME }}{% endblock %}</title>
<meta name="viewport" content="width=device-width">
<link rel="alternate" type="application/rss+xml" href="{{ SITEURL }}/feed.xml">
</head><body><header><a href="{{ SITEURL }}/">{{ SITENAME }}</a>
<nav><a href="{{ SITEURL }}/news/">Nieuws</a> <a href="{{ SITEURL }}/vlogs/">Vlogs</a></nav></header>
<main>{% block content %}{% endblock %}</main>
<footer>Archief</footer></body></html>
"""
_ARTICLE = """\
{% extends "base.html" %}
{% block content %}<article><h1>{{ article.title }}</h1>
<p><time datetime="{{ article.date.isoformat() }}">{{ article.locale_date }}</time>
{% for one in article.authors %}<a href="{{ SITEURL }}/{{ one.url }}">{{ one }}</a> {% endfor %}
{% for one in article.tags %}<a href="{{ SITEURL }}/{{ one.url }}">{{ one }}</a> {% endfor %}</p>
{{ article.content }}
<nav>{% if article.older %}<a href="{{ SITEURL }}/{{ article.older.url }}">{{ article.older.title }}</a>{% endif %}
{% if article.newer %}<a href="{{ SITEURL }}/{{ article.newer.url }}">{{ article.newer.title }}</a>{% endif %}</nav></article>{% endblock %}
"""
_LIST = """\
{% extends "base.html" %}
{% block content %}<h1>{{ page_name }}</h1><ul>
{% for article in articles_page.object_list %}<li><a href="{{ SITEURL }}/{{ article.url }}">{{ article.title }}</a>
<time>{{ article.locale_date }}</time><p>{{ article.summary|striptags|truncate(280) }}</p></li>{% endfor %}
</ul>{% if articles_page.has_next() %}<a href="{{ SITEURL }}/{{ articles_next_page.url }}">Ouder</a>{% endif %}
{% if articles_page.has_previous() %}<a href="{{ SITEURL }}/{{ articles_previous_page.url }}">Nieuwer</a>{% endif %}{% endblock %}
"""
_INDEX = """\
{% extends "base.html" %}
{% block content %}<ul>{% for one, articles in (tags if page_name == 'tags' else authors) %}
<li><a href="{{ SITEURL }}/{{ one.url }}">{{ one }}</a> {{ articles|count }}</li>{% endfor %}</ul>{% endblock %}
"""


def write_pelican(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site for Pelican with a minimal theme."""
    kinds = kinds_of(posts)
    for post in posts:
        body = linked(post.body, lambda slug: f"/{kinds[slug]}/{slug}/")
        write(folder / _path(post), _front(post) + body)
    lists = dict.fromkeys(("index", "category", "tag", "author"), _LIST)
    indexes = dict.fromkeys(("tags", "authors"), _INDEX)
    pages = {"base": _BASE, "article": _ARTICLE, **lists, **indexes}
    write_all(folder, {f"theme/templates/{name}.html": text for name, text in pages.items()})
    write(folder / "pelicanconf.py", _SETTINGS)
    (folder / "theme/static").mkdir(exist_ok=True)


def _path(post: Post) -> str:
    return f"content/{post.kind}/{post.slug}.md"


def _front(post: Post) -> str:
    return (
        f"Title: {post.title}\nDate: {post.day}\nCategory: {post.kind}\nSlug: {post.slug}\n"
        f"Authors: {post.author}\nTags: {', '.join(post.topics)}\n\n"
    )


def _install(folder: Path) -> str:
    return version(str(install_python(folder, "pelican[markdown]") / "pelican"), "--version")


PELICAN = Peer(
    key="pelican",
    name="Pelican",
    install=_install,
    lay_out=write_pelican,
    command=lambda tools: [str(tools / "bin/pelican"), "-q", "-s", "pelicanconf.py"],
    forget=("public", "cache"),
    body=_path,
    added=lambda post: _front(post) + post.body,
    layout="theme/templates/base.html",
)

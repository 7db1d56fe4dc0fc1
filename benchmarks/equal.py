"""A theme for Plein that makes what the minimal themes of the peers make, and stands by itself."""
# ruff: noqa: E501 - templates stand here as their authors would write them

_BASE = """\
<!doctype html>
<html lang="{{ page.lang }}"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="viewport" content="width=device-width">
<link rel="alternate" type="application/rss+xml" href="{{ page.feed.rss if page.feed else url('home') ~ 'feed.xml' }}">
</head><body>{{ partial("header.html") }}
<main>{% block main %}{% endblock %}</main>
<footer>{{ site.title }}</footer></body></html>
"""
_HEADER = """\
<header><a href="{{ url('home') }}">{{ site.title }}</a>
<nav><a href="{{ url('news') }}">Nieuws</a> <a href="{{ url('vlogs') }}">Vlogs</a> <a href="{{ url('topic') }}">Onderwerpen</a> <a href="{{ url('people') }}">Mensen</a></nav></header>
"""
_ENTRY = """\
{% extends "base.html" %}
{% set card = page.entry.card %}
{% block main %}<article><h1>{{ card.title }}</h1>
<p><time datetime="{{ date(card.date, 'iso') }}">{{ date(card.date) }}</time>
{% for id in card.authors %}{% set one = site.person(id) %}<a href="{{ one.card.url }}">{{ one.name }}</a> {% endfor %}
{% for id in card.topics %}{% set one = site.term("topic", id) %}<a href="{{ one.url }}">{{ one.name }}</a> {% endfor %}</p>
{{ page.entry.body }}
<nav>{% if page.older %}<a href="{{ page.older.url }}">{{ page.older.title }}</a>{% endif %}
{% if page.newer %}<a href="{{ page.newer.url }}">{{ page.newer.title }}</a>{% endif %}</nav></article>{% endblock %}
"""
_PARTS = """\
{% macro cards(all) %}{% if all %}<ul>
{% for card in all %}<li><a href="{{ card.url }}">{{ card.title }}</a>
{% if card.date %}<time>{{ date(card.date) }}</time>{% endif %}<p>{{ card.summary }}</p></li>{% endfor %}
</ul>{% endif %}{% endmacro %}
{% macro links(all) %}{% for one in all %}<a href="{{ one.url }}">{{ one.name }}</a> {% if one.count %}{{ one.count }} {% endif %}{% endfor %}{% endmacro %}
"""
_TOP = """\
{% extends "base.html" %}
{% import "parts.html" as parts with context %}
{% block main %}<h1>{{ page.title }}</h1>"""
_PAGES = {
    "home": '{{ parts.cards(site.latest(30)) }}<a href="{{ url("archive") }}">Ouder</a>',
    "list": "{{ parts.cards(page.cards) }}{{ parts.links(page.years) }}",
    "entry-people": """{{ page.entry.body }}
{{ parts.cards(site.listing("person", page.entry.card.id.removeprefix("people/"), site.setting("list_items"))) }}
{{ parts.links(page.years) }}""",
    "terms": "{{ parts.links(page.terms) }}",
    "people": "{{ parts.cards(page.cards) }}",
    "must-reads": "{{ parts.cards(page.cards) }}",
    "archive": "{{ parts.links(page.periods) }}{{ parts.cards(page.cards) }}",
    "decisions": "",
    "not-found": "",
    "gone": "",
    "redirect": '<a href="{{ page.target }}">{{ page.title }}</a>',
}

EQUAL_THEME = {
    "theme.yaml": "contract: 1\n",
    "templates/base.html": _BASE,
    "templates/header.html": _HEADER,
    "templates/entry.html": _ENTRY,
    "templates/parts.html": _PARTS,
    **{
        f"templates/{name}.html": f"{_TOP}{main}{{% endblock %}}\n" for name, main in _PAGES.items()
    },
}

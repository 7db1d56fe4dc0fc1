"""What somebody may write: file names, texts, keys, settings and templates to choose from."""

FILES = ["people/jan.png", "news/b.png", "news/b.pdf", "vlogs/film.mp4", "news/a/x.png"]
FILES += ["vlogs/film.nl.vtt", "vlogs/film.nl.vtt"]
FILES += ["static/CNAME", "static/assets/x.txt", "static/nieuws/a"]
NAMES = ["a", "b", "c", "nieuw", "Nog één", "a/diep"]
KINDS = ["news", "vlogs", "meetings", "questions", "kudos", "people", "pages"]
DATES = ["2026-11-01", "2026-11-20 08:00", "2025-03-05", "2026-12-01 09:00", "2024-02-29"]
BODIES = [
    "Eerste alinea.\n\nTweede.",
    "# Kop\n\nTekst met een [kop](#kop).",
    "Andere woorden, *schuin*.\n\n<!-- more -->\n\nRest.",
    "",
    "Een beeld: ![Uitzicht](/people/jan.png)\n\n[pdf](/news/b.pdf)",
    "Onvindbaar: [x](verdwenen.md) ![](weg.png)",
]
KEYS = [
    ("title", "Een andere titel"), ("title", "Zoals 'n ander: \"ja\""), ("title", ""),
    ("topics", "geld"), ("topics", "[geld, mensen]"), ("topics", "onbekend"), ("topics", ""),
    ("locations", "noord"), ("values", "moed"), ("series", "rondje"), ("series", ""),
    ("importance", "need-to-know"), ("importance", ""), ("deadline", "2026-11-25"),
    ("pinned", "yes"), ("pinned", ""), ("unlisted", "yes"), ("unlisted", ""),
    ("draft", "yes"), ("draft", ""), ("publish", "2026-11-30 08:00"), ("publish", ""),
    ("expires", "2026-12-10"), ("expires", ""), ("updated", "2026-11-23"), ("updated", ""),
    ("aliases", "/oud/"), ("aliases", "[/oud/, /ouder/]"), ("aliases", ""),
    ("slug", "kort"), ("slug", ""), ("id", "vast"), ("id", ""), ("summary", "Kort gezegd."),
    ("authors", "jan"), ("authors", "[jan, els]"), ("authors", ""), ("to", "els"),
    ("image", "/people/jan.png"), ("image", ""), ("toc", "yes"), ("lang", "en"), ("lang", ""),
    ("extra", "{kleur: [rood, {diep: ja}]}"), ("extra", ""), ("on_behalf_of", "els"),
    ("open_until", "2026-11-25 10:00 +02:00"), ("decisions", "[Zo, {decision: Stop, why: X}]"),
    ("duration", "12:30"), ("captions", "{nl: /news/b.pdf}"), ("photo", "/news/b.png"),
    ("comments", "closed"), ("comments", "none"), ("comments", ""),
]  # fmt: skip
SETTING_LINES = [
    ("title: {nl: Ons Plein, en: Our Square}", "title: Het Plein"),
    ("url: https://plein.voorbeeld.example", "url: https://elders.example/map/intranet"),
    ("languages: [nl, en]", "languages: [nl]"),
    ("language: nl", "language: en"),
    ("timezone: Europe/Amsterdam", "timezone: America/New_York"),
    ("list_items: 2", "list_items: 1"),
    ("theme: own", "theme: own\nmedia: {renditions: yes}"),
    ("feed_items: 3", "feed_items: 1"),
    ('branding: {colour: "#0b5d5b"}', 'branding: {accent: "#aa0000", colour: "#0b5d5b"}'),
    ("geld: {nl: Geld, en: Money}, mensen", "mensen: Mensen, geld: Poen, mensjes"),
    ("{nl: Geld, en: Money}", "{name: Centen, description: Alles, colour: '#112233'}"),
    ("series: {rondje: Rondje langs de velden}", "series: {rondje: Rondje, extra: Extra}"),
    ("organisation: Gemeente Voorbeeld", "menu: [kudos, news, pages/over]"),
    ("locations: {noord: Noord}", "locations: {noord: Noord}\nsmart_quotes: no"),
    ("values: {moed: Moed}", "values: {moed: Moed}\nsearch_engines: yes\ndescription: Wat het is"),
    ("theme: own", "theme: lean"),
    ("theme: own", "theme: own\nsearch: no"),
    ("theme: own", "theme: own\ncomments: {provider: isso, endpoint: https://r.example}"),
    ("theme: own", "theme: own\ncomments: {provider: link, otherwise: mailto:a@b.example}"),
    ("theme: own", "theme: own\ncontribute: {write: https://git.example/new}\noffline: no"),
    ("theme: own", "theme: own\nserver: [nginx, netlify]\ncompress: yes"),
]
THEME_FILES = [
    ("templates/entry-news.html", '{% extends "entry.html" %}{% block top %}NIEUWS{% endblock %}'),
    ("templates/entry-pages.html", "{% set name = '_note' ~ '.html' %}{% include name %}"),
    ("templates/entry.html", "{{ partial('_note.html') }}{{ partial('_who.html', who='x') }}"),
    ("templates/_who.html", "{{ who }} {{ site.listing('kind', 'news') | length }}"),
    ("templates/entry.html", "{% set p = partial %}{{ p('_who.html', who=page.older is none) }}"),
    ("templates/_note.html", "<p>Tot gauw {{ site.organisation }}</p>"),
    ("templates/_more.html", "{{ site.listing('topic', 'geld') }}{{ site.card('nl/news/a') }}"),
    ("templates/_parts.html", "{% macro card(one) %}<b>{{ one.title }}</b>{% endmacro %}"),
    ("templates/list.html", '{% extends "base.html" %}{% block content %}LIJST{% endblock %}'),
    ("templates/home.html", "{{ site.terms('topic') }}{{ site.url('archive') }}{{ site.title }}"),
    ("templates/home.html", "{% for one in site.latest() %}{{ one.titel }}{% endfor %}"),
    ("templates/base.html", "{{ page.title }}{% block content %}{{ page }}{% endblock %}"),
    ("templates/base.html", "{{ page.title }}{% block content %}"),
    ("assets/style.css", "a{color:red}"),
    ("assets/feed.css", "item{color:red}"),
    ("assets/logo.svg", "<svg/>"),
    ("assets/search.js", "// Whoever has this can search."),
    ("locales/nl.po", 'msgid ""\nmsgstr ""\n\nmsgid "Archive"\nmsgstr "Vroeger"\n'),
    ("locales/en.po", 'msgid ""\nmsgstr ""\n\nmsgid "kind:news"\nmsgstr "Novelties"\n'),
]  # fmt: skip

"""A folder of posts as it comes out of Jekyll, Hugo or a wiki: many hands, many habits."""

import random
from dataclasses import dataclass

from tests.markup.posts import WORDS, Writer

DATES = (
    "date: {day}",
    "date: '{day}'",
    "date: {day} 09:30",
    "date: {day} 9:05:07",
    "date: {day}T09:30:00Z",
    "date: {day}T09:30:00+02:00",
    "date: {day}T09:30:00.123456-05:00",
    "date: {day} 09:30:00 +0100",
    'date: "{day} 23:59:59 UTC"',
    "",
    "",
)
TAGS = (
    "tags: geld",
    "tags: geld, mensen, Nog Iets",
    "tags: [geld, mensen]",
    "tags:\n  - Open Source\n  - 'c++'",
    "tags:\n- één\n- twee",
    "topics: [geld, gebouwen]",
    "topics: Verhuizing, IT",
    "categories: [blog, nieuws]",
    "category: Algemeen",
    "",
)
AUTHORS = (
    "author: Jan Jansen",
    "authors: jan",
    "authors: [jan, Wil de Vries]",
    "authors:\n  - name: Jan Jansen\n    email: jan@example.org\n    twitter: '@jan'",
    "author:\n  name: Wil\n  links: [{rel: me, href: 'https://example.org'}]",
    "",
)
HABITS = (
    "layout: post",
    "layout: single\nclasses: [wide, no-sidebar]",
    "permalink: /blog/:year/:title.html",
    "published: true",
    "draft: false",
    "weight: 10",
    "comments: true",
    "toc: true",
    "image: {path: /assets/img/kop.png, thumbnail: /assets/img/klein.png}",
    "header:\n  overlay_image: /assets/kop.jpg\n  overlay_filter: 0.5",
    "description: >-\n  Een tekst over\n  meer regels.",
    "summary: |\n  Eerste regel.\n  Tweede: regel.",
    "excerpt_separator: <!--more-->",
    "lang: de",
    "locale: fr_FR",
    "redirect_from:\n  - /oud/\n  - /ouder.html",
    "aliases: [/2019/{name}/]",
    "menu: {main: {weight: 5, parent: over}}",
    "params:\n  math: true\n  mermaid: false",
    "slug: {name}",
    "lastmod: 2024-01-02T03:04:05Z",
    "updated: 2024-01-02",
    "extra: los",
    "extra: {kleur: rood}",
    "series: [Reeks een, Reeks twee]",
    "locations: Amsterdam",
    "# een opmerking\nsitemap: {priority: 0.7}",
    "custom_excerpt: 'met ''aanhaling'' en: dubbele punt'",
)
TITLES = (
    "title: {title}",
    'title: "{title}: deel 2"',
    "title: '{title} #5'",
    "title: >\n  {title}\n  en meer",
    "Title: {title}",
    "title: {title} – “citaat”",
    "",
)
MARKS = (
    "{{% include figuur.html file='x' %}}",
    "{{{{ site.baseurl }}}}/pad",
    '{{{{< figure src="x.jpg" title="t" >}}}}',
    "{{{{% notice tip %}}}}\n{text}\n{{{{% /notice %}}}}",
    "<!--more-->",
    "{{% raw %}}{text}{{% endraw %}}",
    "[TOC]",
    "<center>{text}</center>",
    '<font color="red" size=2>{text}</font>',
    "<figure>\n<img src='foto.jpg' alt='{text}' width='300'>\n"
    "<figcaption>{text}</figcaption>\n</figure>",
    '<div align="center"><a href="https://example.org/knop">{text}</a></div>',
    '<a name="oud-anker"></a>\n\n{text}',
    "![{text}](https://example.org/ver.png)",
    "<table>\n<thead><tr><th>{text}</th></tr></thead>\n<tbody><tr><td>1</td></tr></tbody>\n</table>",
)
SITE = """\
title: Oud blog
url: https://blog.example
language: nl
languages: [nl, en]
theme: default
levels:
  no-front-matter: allow
  key-missing: allow
  date-missing: allow
  date-impossible: allow
  date-unreadable: allow
  date-ambiguous: allow
  unknown-key: allow
  unknown-topic: allow
  unknown-location: allow
  unknown-series: allow
  unknown-person: allow
  not-a-text: allow
  not-an-option: allow
  wrong-language: allow
  image-remote: allow
  image-missing: allow
  link-missing: allow
  anchor-missing: allow
"""


@dataclass(frozen=True)
class Post:
    """One file: its name below `content`, its bytes, and the Markdown in it."""

    name: str
    data: bytes
    body: str

    @property
    def path(self) -> str:
        """Where it lies in the site."""
        return f"content/{self.name}"

    @property
    def page(self) -> str:
        """The page that has to come of it."""
        folder, _, name = self.name.removesuffix(".md").partition("/")
        return f"{'nieuws/' if folder == 'news' else ''}{name}/index.html"


def posts(count: int) -> list[Post]:
    """The posts of such a folder; the same ones every time."""
    return [_post(number) for number in range(count)]


def _post(seed: int) -> Post:
    chance = random.Random(seed)
    day = f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    name = f"{day}-bericht-{seed}"
    folder = "pages" if chance.random() < 0.1 else f"news/{chance.choice(('2019', 'blog', ''))}"
    body = _body(chance, seed)
    front = "" if chance.random() < 0.05 else f"---\n{_front(chance, day, name)}---\n"
    end = chance.choice(("\n", "\n", "\r\n"))
    text = (front + chance.choice(("", "\n")) + body).replace("\n", end)
    start = b"\xef\xbb\xbf" if chance.random() < 0.1 else b""
    return Post(f"{folder}/{name}.md".replace("//", "/"), start + text.encode(), body)


def _front(chance: random.Random, day: str, name: str) -> str:
    title = " ".join(chance.choices(WORDS[chance.choice(list(WORDS))], k=4))
    title = title.replace(";", "").replace("'", "").capitalize()
    lines = [chance.choice(TITLES).format(title=title), chance.choice(DATES).format(day=day)]
    lines += [chance.choice(TAGS), chance.choice(AUTHORS)]
    lines += [habit.replace("{name}", name) for habit in chance.sample(HABITS, 4)]
    chance.shuffle(lines)
    keys = [line.lstrip("# ").split(":")[0].split("\n")[-1] for line in lines]
    once = [line for at, line in enumerate(lines) if line and keys[at] not in keys[:at]]
    return "".join(f"{line}\n" for line in once)


def _body(chance: random.Random, seed: int) -> str:
    body = Writer(seed).post()
    if chance.random() < 0.4:
        mark = chance.choice(MARKS).format(text="tekst eromheen")
        body = f"{mark}\n\n{body}" if chance.random() < 0.5 else f"{body}\n{mark}\n"
    return (
        body.replace("](../people/", "](/people/")
        .replace("](foto.jpg)", "](/news/foto.jpg)")
        .replace("src='foto.jpg'", "src='/news/foto.jpg'")
    )

"""A deterministic archive: posts over ten years in Dutch and English, with all that writers use.

The same number gives the same bytes on every machine. Posts are values here;
`layouts` writes them down as each generator wants them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2016, 1, 4)
DAYS = 3650
AUTHORS = tuple(f"collega-{number:02}" for number in range(1, 31))
TOPICS = tuple(f"onderwerp-{number:02}" for number in range(1, 61))
LOCATIONS = ("noord", "midden", "zuid")
_NL = """
de gemeente werkt samen met bewoners aan een nieuw plan voor het plein en iedereen mag meedenken
over groen water verkeer wonen omdat we elkaar daar elke week tegenkomen na de vergadering volgt
een verslag met besluiten vragen en antwoorden van collega's uit alle teams die buiten lopen of
binnen zitten terwijl het regent op de dijk staat een bankje waar je even kunt rusten voordat de
volgende bus komt met gereedschap koffie broodjes en goede zin voor het werk van morgen
"""
_EN = """
the council works with residents on a new plan for the square and everybody may think along
about green water traffic and houses because we meet there every week after the meeting comes
a summary with decisions questions and answers of colleagues from all teams who walk outside or
sit inside while it rains on the dike there is a bench where you can rest before the next van
arrives with tools coffee sandwiches and a good mood for the work of tomorrow
"""
_WORDS = {"nl": _NL.split(), "en": _EN.split()}


@dataclass(frozen=True)
class Post:
    """One post: its slug, what the front matter says, and the Markdown body."""

    slug: str
    title: str
    day: date
    lang: str
    author: str
    topics: tuple[str, ...]
    location: str
    kind: str
    body: str


def posts(count: int, seed: int = 1) -> Iterator[Post]:
    """So many posts, oldest first; 15 in 100 are vlogs, 30 in 100 are in English."""
    slugs: list[str] = []
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        post = _post(number, count, chance, slugs[-400:])
        slugs.append(post.slug)
        yield post


def _post(number: int, count: int, chance: random.Random, earlier: list[str]) -> Post:
    day = FIRST_DAY + timedelta(days=number * DAYS // count)
    lang = "en" if chance.random() < 0.3 else "nl"
    words = _WORDS[lang]
    kind = "vlogs" if chance.random() < 0.15 else "news"
    slug = f"{day:%Y-%m-%d}-{'-'.join(chance.choices(_ascii(words), k=3))}-{number}"
    return Post(
        slug=slug,
        title=_sentence(words, chance, 6).rstrip(".") + f" {number}",
        day=day,
        lang=lang,
        author=chance.choice(AUTHORS),
        topics=tuple(sorted(set(chance.choices(TOPICS, k=2)))),
        location=chance.choice(LOCATIONS),
        kind=kind,
        body=_body(words, chance, [one for one in earlier if chance.random() < 0.01][:3]),
    )


def _ascii(words: list[str]) -> list[str]:
    return [word for word in words if word.isalpha()]


def _sentence(words: list[str], chance: random.Random, length: int) -> str:
    text = " ".join(chance.choices(words, k=length))
    return text[0].upper() + text[1:] + "."


def _paragraph(words: list[str], chance: random.Random) -> str:
    count = chance.randint(3, 6)
    sentences = [_sentence(words, chance, chance.randint(6, 16)) for _ in range(count)]
    if chance.random() < 0.4:
        first, _, rest = sentences[0].partition(" ")
        sentences[0] = f"**{first}** {rest}"
    if chance.random() < 0.3:
        sentences.append(f"*{words[0]}* `code {words[1]}`.")
    return " ".join(sentences)


def _body(words: list[str], chance: random.Random, links: list[str]) -> str:
    """150 to 900 words in paragraphs, headings, lists, tables, footnotes and links."""
    target, total = chance.randint(150, 900), 0
    parts: list[str] = []
    while total < target:
        part = _part(words, chance, len(parts))
        parts.append(part)
        total += len(part.split())
    parts += [f"Lees ook [{slug}]({{{slug}}})." for slug in links]
    if chance.random() < 0.2:
        parts[0] += "[^1]"
        parts.append(f"[^1]: {_sentence(words, chance, 8)}")
    return "\n\n".join(parts) + "\n"


def _part(words: list[str], chance: random.Random, at: int) -> str:
    dice = chance.random()
    if at and dice < 0.18:
        return f"## {_sentence(words, chance, 4).rstrip('.')}"
    if at and dice < 0.30:
        return "\n".join(f"- {_sentence(words, chance, 7)}" for _ in range(chance.randint(3, 6)))
    if at and dice < 0.34:
        rows = [f"| {words[n]} | {chance.randint(1, 99)} |" for n in range(4)]
        return "\n".join(["| Wat | Aantal |", "| --- | --- |", *rows])
    if at and dice < 0.36:
        return f"> {_sentence(words, chance, 12)}"
    return _paragraph(words, chance)

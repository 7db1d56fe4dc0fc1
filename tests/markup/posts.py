"""Writes posts as people type them: seeded, in four languages, as messy as GitHub takes."""

import random
from collections.abc import Callable


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


WORDS = {
    "nl": words(
        "de directie besluit maandag over het nieuwe rooster voor alle collega's op kantoor "
        "en in de wijk; wij horen graag wat je vindt van deze keuze vóór vrijdag één"
    ),
    "en": words(
        "the board decides on Monday about the new rota for all colleagues in the office and "
        "out on the road; please tell us what you don't like before Friday"
    ),
    "de": words(
        "die Leitung entscheidet am Montag über den neuen Dienstplan für alle Kolleginnen im "
        "Büro und draußen; schreibt uns bitte bis Freitag was euch stört"
    ),
    "fr": words(
        "la direction décide lundi du nouvel horaire pour tous les collègues au bureau et sur "
        "la route; dites-nous ce que vous en pensez avant vendredi à l'école"
    ),
}
INLINE = (
    "**{}**",
    "*{}*",
    "_{}_",
    "`{}`",
    "[{}](../people/jan.md)",
    "[{}](https://example.org/a_b?x=1&y=2)",
    "![{}](foto.jpg)",
    "~~{}~~",
    "<b>{}</b>",
    "{}<br>",
    "`<div> {}`",
    "[{}][ref]",
    "<https://example.org/{}>",
    "{} & co",
    "5 * 3 * {}",
    "snake_case_{}",
    "\\*{}\\*",
    "{} < 5",
)


class Writer:
    """One writer with one way of indenting, on one day."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lang = self.random.choice(list(WORDS))
        self.nest = self.random.choice((2, 2, 3, 4))
        self.bullet = self.random.choice("-*+")

    def post(self) -> str:
        """A whole body."""
        blocks = [self.block() for _ in range(self.random.randint(3, 9))]
        out = blocks[0]
        for block in blocks[1:]:
            out += self.random.choice(("\n\n", "\n\n", "\n\n", "\n\n\n", "\n")) + block
        return out + "\n\n[ref]: https://example.org/ref\n"

    def block(self) -> str:
        """One block of any kind."""
        kinds: tuple[Callable[[], str], ...] = (
            self.paragraph,
            self.paragraph,
            self.heading,
            self.items,
            self.items,
            self.introduced_list,
            self.table,
            self.fence,
            self.quote,
            self.html,
            self.rule,
            self.indented,
        )
        return self.random.choice(kinds)()

    def text(self, least: int = 2, most: int = 9) -> str:
        """A few words, some of them marked up."""
        words = self.random.choices(WORDS[self.lang], k=self.random.randint(least, most))
        if self.random.random() < 0.4:
            at = self.random.randrange(len(words))
            words[at] = self.random.choice(INLINE).format(words[at].strip(";"))
        return " ".join(words)

    def paragraph(self) -> str:
        """One to three lines of text."""
        end = self.random.choice(("\n", "\n", "  \n"))
        return end.join(self.text(4, 12) for _ in range(self.random.randint(1, 3)))

    def heading(self) -> str:
        """A heading in one of the ways of writing one."""
        level = self.random.randint(1, 4)
        return self.random.choice(
            (
                f"{'#' * level} {self.text(1, 4)}",
                f"{'#' * level} {self.text(1, 4)} {'#' * level}",
                f"{self.text(1, 4)}\n{'=' * self.random.randint(3, 9)}",
                f"{self.text(1, 4)}\n{'-' * self.random.randint(3, 9)}",
                f"#{self.random.choice(WORDS[self.lang])} {self.text(1, 3)}",
            )
        )

    def items(self, depth: int = 0) -> str:
        """A list, perhaps nested, perhaps with other blocks in it."""
        ordered = self.random.random() < 0.35
        start = self.random.choice((1, 1, 1, 3, 7))
        between = self.random.choice(("\n", "\n", "\n", "\n\n"))
        count = self.random.randint(1, 4)
        rows = []
        for number in range(count):
            bullet = self.random.choice("-*+") if self.random.random() < 0.03 else self.bullet
            mark = f"{start + number}. " if ordered else f"{bullet} "
            rows.append(mark + self.item(len(mark), depth))
        return between.join(rows)

    def item(self, width: int, depth: int) -> str:
        """The content of an item, with what follows indented as this writer does."""
        text = self.text()
        if depth < 3 and self.random.random() < 0.3:
            indent = max(self.nest, width) if self.random.random() < 0.9 else self.nest
            text += self.random.choice(("\n", "\n", "\n\n")) + shift(self.items(depth + 1), indent)
        elif self.random.random() < 0.15:
            inner = self.random.choice((self.fence, self.paragraph, self.quote, self.table))()
            text += self.random.choice(("\n", "\n\n")) + shift(inner, width)
        elif self.random.random() < 0.1:
            text += "\n" + self.random.choice(("", "  ")) + self.text()
        elif self.random.random() < 0.05:
            return shift(self.fence(), width).lstrip()
        return text

    def introduced_list(self) -> str:
        """A list right under a line of text."""
        return f"{self.text()}:\n{self.items()}"

    def table(self) -> str:
        """A table, with or without pipes at the sides."""
        columns = self.random.randint(2, 4)
        side = self.random.random() < 0.8
        rows = [[self.cell() for _ in range(columns)] for _ in range(self.random.randint(1, 4))]
        rows.insert(1, [self.random.choice(("---", ":--", "--:", ":-:")) for _ in range(columns)])
        lines = [" | ".join(row) for row in rows]
        return "\n".join(f"| {line} |" if side else line for line in lines)

    def cell(self) -> str:
        """A table's cell."""
        return self.text(1, 3).replace("|", "\\|")

    def fence(self) -> str:
        """A block of code between fences."""
        mark = self.random.choice(("```", "```", "~~~", "````"))
        code = self.random.choice(
            (
                "print('<b>')\n\nx = [a](b)\n- no list",
                "# geen kop\n| geen | tabel |",
                "   ingesprongen\n\tmet tab",
                "<script>alert(1)</script>",
            )
        )
        inner = f"```\n{code}\n```" if mark == "````" else code
        return f"{mark}{self.random.choice(('', 'python', ' yaml', 'c++'))}\n{inner}\n{mark}"

    def quote(self) -> str:
        """A quotation, with other blocks in it at times."""
        inner = self.random.choice(
            (self.paragraph, self.paragraph, self.items, self.heading, self.fence)
        )()
        quoted = "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))
        return quoted + ("\n" + self.text() if self.random.random() < 0.15 else "")

    def html(self) -> str:
        """A piece of raw HTML on lines of its own."""
        return self.random.choice(
            (
                "<div>\n<p>ruwe tekst</p>\n</div>",
                "<details>\n<summary>Meer</summary>\n\nTekst met **nadruk**\n\n</details>",
                "<!-- een opmerking -->",
                "<p>een alinea</p>\nmet *sterretjes*",
                "<table><tr><td>cel</td></tr></table>",
            )
        )

    def rule(self) -> str:
        """A line across."""
        return self.random.choice(("---", "***", "* * *", "___"))

    def indented(self) -> str:
        """A block of code by its indent."""
        return f"    {self.text()}\n\n    - {self.random.choice(WORDS[self.lang])}"


def shift(text: str, columns: int) -> str:
    """The text moved to the right, blank lines left blank."""
    pad = " " * columns
    return "\n".join(pad + line if line else "" for line in text.split("\n"))

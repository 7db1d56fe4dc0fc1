"""Editor support: the schemas know what Plein knows, and the repository carries the settings."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.model import KINDS
from generator.newentry import NAMES_OF_KINDS
from tests.conftest import NOW, Site

HOUSE = Path(__file__).parents[2]
EDITOR = HOUSE / ".vscode"


class AsEditorsDo(yaml.SafeLoader):
    """YAML as an editor reads it: numbers and yes or no are such, dates are text."""


# YAML 1.2 has no dates, and no numbers with colons in them.
AsEditorsDo.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":int"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsDo.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?\d+$"), list("-+0123456789")
)


class Plain(yaml.BaseLoader):
    """YAML as Plein reads it: every value as typed."""


LOADERS = [AsEditorsDo, Plain]


def schema_of(folder: Path, name: str) -> Draft7Validator:
    schema = json.loads((folder / f"plein/{name}.json").read_text())
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def front_matter(file: Path) -> str:
    return file.read_text().split("\n---")[0].removeprefix("---")


@pytest.fixture
def demo(tmp_path: Path) -> Site:
    shutil.copytree(HOUSE / "content", tmp_path / "content")
    shutil.copy(HOUSE / "site.yaml", tmp_path)
    made = Site(tmp_path)
    made.run("schema")
    return made


def test_the_repository_carries_what_plein_makes(demo: Site) -> None:
    for path, data in demo.tree(".vscode").items():
        told = f".vscode/{path} is behind: run `make reference`"
        assert (EDITOR / path).read_bytes() == data, told


@pytest.mark.parametrize("loader", LOADERS)
def test_all_of_the_demo_is_right_in_the_eyes_of_an_editor(loader: Any) -> None:
    settings = yaml.load((HOUSE / "site.yaml").read_text(), loader)
    assert not list(schema_of(EDITOR, "site").iter_errors(settings))
    seen = 0
    for kind in KINDS:
        schema = schema_of(EDITOR, kind)
        for file in (HOUSE / "content" / kind).rglob("*.md"):
            found = list(schema.iter_errors(yaml.load(front_matter(file), loader)))
            assert not found, f"{file}: {found[0].message}"
            seen += 1
    assert seen > 80


POST = "title: x\n"
SITE = "title: x\nurl: https://a.example\n"
WRONG = [
    ("news", "titel: x"),
    ("news", f"{POST}topics: watter"),
    ("news", f"{POST}date: gisteren"),
    ("news", f"{POST}draft: misschien"),
    ("news", f"{POST}date: 1/2/2026"),
    ("news", f"{POST}importance: must"),
    ("news", f"{POST}to: henk-tolsma"),
    ("news", f"{POST}slug: a/b"),
    ("news", f"{POST}aliases: nieuws/oud"),
    ("news", "date: 2026-11-24"),
    ("news", "title: [x]"),
    ("news", f"{POST}authors: [niemand]"),
    ("vlogs", f"{POST}duration: lang"),
    ("vlogs", f"{POST}captions: vlog.vtt"),
    ("meetings", f"{POST}decisions: [{{besluit: y}}]"),
    ("questions", "title: x"),
    ("questions", f"{POST}question: y\noutcome: {{gehoord: z}}"),
    ("people", "name: x\nlocation: mars"),
    ("site", "title: x"),
    ("site", f"{POST}url: intranet.example"),
    ("site", f"{SITE}taal: nl"),
    ("site", f"{SITE}list_items: veel"),
    ("site", f"{SITE}branding: {{colour: rood}}"),
    ("site", f"{SITE}levels: {{unknown-topic: streng}}"),
    ("site", f"{SITE}levels: {{unknown-topik: warn}}"),
    ("site", f"{SITE}menu: [nieuws]"),
    ("site", f"{SITE}languages: [fr]"),
    ("site", f"{SITE}topics: {{geld: {{naam: Geld}}}}"),
]


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_an_editor_sees_a_mistake(name: str, text: str) -> None:
    schema = schema_of(EDITOR, name)
    assert all(not schema.is_valid(yaml.load(text, loader)) for loader in LOADERS)


RIGHT = [
    ("news", "title: 2026\ntopics: water, natuur\ndraft: Ja\nsummary:"),
    ("news", "title: nee\ntopics: [water]"),
    ("news", f"{POST}date: 2026-11-24 09:30 +01:00\nexpires: 2026-12-01"),
    ("news", f"{POST}extra: {{wat: [je, maar, wilt]}}"),
    ("vlogs", f"{POST}duration: 12:30"),
    ("vlogs", f"{POST}duration: 90"),
    ("meetings", f"{POST}decisions: Wij doen het."),
    ("kudos", f"{POST}to: [henk-tolsma, wil-beumer]"),
    (
        "site",
        "title: {nl: x, en: y}\nurl: https://a.example/intranet\nlist_items: 30\n"
        "topics: {geld: , werk: Werk}\nmenu: [news, pages/over]",
    ),
    ("site", f"{SITE}languages: nl, en\nraw_html: nee\nlevels: {{image-no-alt: error}}"),
]


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_an_editor_accepts_what_plein_accepts(name: str, text: str) -> None:
    schema = schema_of(EDITOR, name)
    for loader in LOADERS:
        found = list(schema.iter_errors(yaml.load(text, loader)))
        assert not found, found[0].message


def test_what_plein_new_writes_is_right_too(demo: Site) -> None:
    for name, kind in {"news": "news", "vlog": "vlogs", "person": "people"}.items():
        path = demo.run("new", name, "Nieuw ding", "--clock", NOW).stdout.splitlines()[0]
        written = yaml.load(front_matter(demo.root / path), AsEditorsDo)
        assert schema_of(demo.root / ".vscode", kind).is_valid(written)


def test_it_explains_in_the_language_of_the_site_and_knows_its_names() -> None:
    news = json.loads((EDITOR / "plein/news.json").read_text())["properties"]
    assert news["topics"]["description"] == "Waar het over gaat: namen uit topics in site.yaml."
    assert "henk-tolsma" in json.dumps(news["authors"])
    assert "Elzenvliet" in (EDITOR / "plein/words.txt").read_text().split()


def test_what_somebody_has_set_stays(demo: Site) -> None:
    demo.write(".vscode/settings.json", "{}")
    demo.run("schema")
    assert (demo.root / ".vscode/settings.json").read_text() == "{}"


def test_writing_again_changes_nothing(demo: Site) -> None:
    assert "waarvan veranderd: 0" in demo.run("schema").stdout
    demo.write("content/people/nieuweling.md", "---\nname: Nieuweling\n---\n")
    assert "waarvan veranderd: 0" not in demo.run("schema").stdout
    assert "nieuweling" in (demo.root / ".vscode/plein/news.json").read_text()


PLACE = re.compile(r"\$\{\d+\|((?:\\.|[^|])*)\|\}|\$\{?(CURRENT_\w+|\d+)\}?")
TYPED = {
    "title": "Nieuw", "name": "Nieuw", "video": "https://media.elzenvliet.example/film.mp4",
    "question": "Wat vind je ervan?", "to": "henk-tolsma",
}  # fmt: skip
TODAY = {"CURRENT_YEAR": "2026", "CURRENT_MONTH": "11", "CURRENT_DATE": "24"}


def filled_in(line: str) -> str:
    """A line of a snippet as it stands there once somebody went through its places."""
    key = line.partition(":")[0]

    def typed(found: re.Match[str]) -> str:
        if found[1]:
            first = re.split(r"(?<!\\),", found[1])[0]
            return re.sub(r"\\(.)", r"\1", first)
        return TODAY.get(found[2]) or TYPED.get(key, "Meer daarover volgt.")

    return PLACE.sub(typed, line)


@pytest.mark.parametrize(("name", "kind"), NAMES_OF_KINDS.items())
def test_a_snippet_that_is_filled_in_is_a_post_without_mistakes(
    name: str, kind: str, demo: Site
) -> None:
    snippet = json.loads((EDITOR / "plein.code-snippets").read_text())[f"plein {name}"]
    assert snippet["scope"] == "markdown"
    text = "\n".join(filled_in(line) for line in snippet["body"])
    assert "$" not in text
    file = f"content/{kind}/nieuw.md"
    demo.write(file, text)
    told = json.loads(demo.run("check", "--format", "json", "--clock", NOW, code=None).stdout)
    # Subtitles are made after the film.
    found = {one["code"] for one in told if one["file"] == file}
    assert found == ({"captions-missing"} if kind == "vlogs" else set())
    written = yaml.load(front_matter(demo.root / file), AsEditorsDo)
    assert not list(schema_of(demo.root / ".vscode", kind).iter_errors(written))


def test_every_key_has_a_snippet_that_its_schema_accepts(demo: Site) -> None:
    snippets = json.loads((EDITOR / "plein.code-snippets").read_text())
    keys = {one["prefix"]: one["body"] for one in snippets.values()}
    for kind in KINDS:
        schema = schema_of(EDITOR, kind)
        for key, part in schema.schema["properties"].items():
            (line,) = keys[key]
            value = yaml.load(filled_in(line), AsEditorsDo)[key]
            listed = "enum" in json.dumps(part) or part.get("type") == "boolean"
            assert not listed or Draft7Validator(part).is_valid(value), (kind, line)


def test_the_settings_name_files_that_are_there() -> None:
    settings = json.loads((EDITOR / "settings.json").read_text())
    assert set(settings["yaml.schemas"]) == {
        f".vscode/plein/{name}.json" for name in ("site", *KINDS)
    }
    assert all((HOUSE / path).is_file() for path in settings["yaml.schemas"])
    words = settings["cSpell.customDictionaries"]["plein"]["path"]
    assert Path(words.replace("${workspaceFolder}", str(HOUSE))).is_file()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_editor_s_task_finds_the_lines_of_a_check(language: str, site: Site) -> None:
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", settings.replace("language: nl", f"language: {language}"))
    site.post("news/a", "[hier](https://a.example) en [weg](weg.md)", summary="Kort.")
    said = site.run("check", "--clock", NOW, code=1).stderr
    (task,) = json.loads((EDITOR / "tasks.json").read_text())["tasks"]
    found = {one["severity"]: re.findall(one["pattern"][0]["regexp"], said, re.M)
             for one in task["problemMatcher"]}  # fmt: skip
    assert [(file, line, code) for file, line, _, code, _ in found["error"]] == [
        ("content/news/a.md", "7", "link-missing")
    ]
    assert [code for _, _, _, code, _ in found["warning"]] == ["link-vague"]

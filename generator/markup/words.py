"""The few words that Markdown itself puts on a page, per language; English where one is missing."""

_ENGLISH = {
    "decision": "Decision",
    "action": "To do",
    "details": "More",
    "ticked": "Done",
    "unticked": "To do",
    "note": "Note",
    "table": "Table",
    "backlink": "Back to the text at note {}",
}
_WORDS = {
    "nl": {
        "decision": "Besluit",
        "action": "Te doen",
        "details": "Meer",
        "ticked": "Klaar",
        "unticked": "Nog te doen",
        "note": "Let op",
        "info": "Informatie",
        "table": "Tabel",
        "tip": "Tip",
        "hint": "Tip",
        "important": "Belangrijk",
        "warning": "Waarschuwing",
        "caution": "Pas op",
        "danger": "Gevaar",
        "question": "Vraag",
        "backlink": "Terug naar de tekst bij noot {}",
    },
}


def words(lang: str) -> dict[str, str]:
    """The words of a language (`nl`, `en-GB` …)."""
    return {**_ENGLISH, **_WORDS.get(lang.split("-", maxsplit=1)[0].lower(), {})}

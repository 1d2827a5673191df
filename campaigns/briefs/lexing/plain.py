"""The same text in plain letters, character for character, so that positions stay those of the original."""

import unicodedata

SAME_SIZE = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "×": "x",
        "≧": "≥",
        "≦": "≤",
        "⩾": "≥",
        "⩽": "≤",
    }
)


def plain(*, text: str) -> str:
    """Lower case, plain quotes, dashes, digits and spaces; of the same length as ``text``."""
    return "".join(_plain_character(character) for character in text.translate(SAME_SIZE))


def _plain_character(character: str) -> str:
    simple = unicodedata.normalize("NFKC", character).lower()
    if len(simple) != 1:
        simple = character
    return " " if simple.isspace() or unicodedata.category(simple) in {"Cf", "Cc"} else simple

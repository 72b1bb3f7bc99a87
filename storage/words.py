"""How names and titles are compared and sorted: the same on both databases, which know no Norwegian."""

from __future__ import annotations

MAX_WORDS = 8
MIN_GRAM = 3

_NORWEGIAN = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
"""After z, in the order of the Norwegian alphabet."""


def fold(text: str) -> str:
    """Lower case, single spaces."""
    return " ".join(text.casefold().split())


def name_key(name: str) -> str:
    """Sorts, by code point, as Norwegian names do; also what names are searched by."""
    return fold(name).translate(_NORWEGIAN)


def search_text(title: str, project_ref: str, *numbers: str) -> str:
    """What a case is searched by. «12-2026» is a part of «012-2026», so leading zeros may be left out."""
    return "\n".join((fold(title), fold(project_ref), *(fold(number) for number in numbers if number)))


def words_of(text: str) -> list[str]:
    """The words to search for, the longest first, at most eight."""
    return sorted(set(fold(text).split()), key=lambda w: (-len(w), w))[:MAX_WORDS]


def grams(text: str) -> list[str]:
    """Every run of three characters, once."""
    return sorted({text[n : n + MIN_GRAM] for n in range(len(text) - MIN_GRAM + 1)})

"""File names in the ZIP: the same on every machine, and never a way out of the folder they are unpacked in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
"""Characters of a whole path in the ZIP: unpacked deep in a Windows folder it still is below the limit of 260."""
LONGEST_SUFFIX: Final = 10
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "AE", "Ø": "OE", "Å": "AA", "ß": "ss"})
_OTHER: Final = re.compile(r"[^A-Za-z0-9]+")
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def plain_name(text: str, longest: int = LONGEST, otherwise: str = "fil") -> str:
    """``text`` in ASCII letters, digits and single hyphens; ``otherwise`` where nothing is left of it.

    Not a name that Windows keeps for itself, and not longer than ``longest``.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_LETTERS))
    unaccented = "".join(c for c in folded if not unicodedata.combining(c))
    name = _OTHER.sub("-", unaccented).strip("-")[:longest].strip("-") or otherwise
    return f"x-{name}"[:longest] if name.lower() in _RESERVED else name


def plain_suffix(suffix: str) -> str:
    """«.pdf», or nothing where it is no ending."""
    ending = suffix.rpartition(".")[2].lower()
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) < LONGEST_SUFFIX else ""


class Names:
    """Gives each file its path, no two alike also where capitals do not count."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, folder: tuple[str, ...], label: str, suffix: str) -> str:
        """``folder/label.suffix``, with a number where that is taken. Errors: ``ValueError`` for too deep a folder."""
        path = "/".join(plain_name(part, 24, "mappe") for part in folder)
        ending = plain_suffix(suffix)
        room = LONGEST - len(path) - 1 - len(ending) - 7  # «-100000» at the end of the one that is taken
        if room < 1:
            raise ValueError(f"the folder {path} leaves no room for a name of {LONGEST} characters")
        stem = plain_name(label, room)
        for number in range(1, 1_000_000):
            name = f"{path}/{stem}{ending}" if number == 1 else f"{path}/{stem}-{number}{ending}"
            if name.lower() not in self._given:
                self._given.add(name.lower())
                return name
        raise ValueError(f"there are a million files called {stem} in {path}")

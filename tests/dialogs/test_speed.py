"""No text makes a reader slow: the worst are measured against a harmless text of the same length, in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from cards.message import Option
from dialogs.amounts import read_minutes, read_money, read_yearly
from dialogs.answers import is_done, is_no_to_all, read_choice, read_yes_no, squeeze
from dialogs.dates import read_date
from dialogs.documents_talk import links_in
from dialogs.understand import understand

LONGEST = 4000
MONDAY = date(2026, 3, 2)
OPTIONS = tuple(Option(f"o{n}", f"BP{n} – overgang til fase nummer {n}") for n in range(60))
READERS: dict[str, Callable[[str], object]] = {
    "money": read_money,
    "yearly": read_yearly,
    "minutes": read_minutes,
    "date": lambda text: read_date(text, MONDAY),
    "yes or no": read_yes_no,
    "no to all": is_no_to_all,
    "done": is_done,
    "choice": lambda text: read_choice(text, OPTIONS),
    "squeeze": squeeze,
    "command": understand,
    "links": links_in,
}
HOSTILE = [
    *("1/1/", "(", "9 ", "9", "9.", "9,", "9 9", "kr ", "kr kr ", "ca ", "- ", "den ", "om ", "neste ", "torsdag "),
    *("a", "ab ", " ", "\t\n", "1.1.", "mill ", "dagdag", "https://", "https://a ", "nei til al ", "hvor er ", "æøå"),
]
HARMLESS = "Styret godkjenner overgang til planlegging. "
TIMES_SLOWER = 40
"""A quadratic reader is hundreds of times slower at this length."""


def _seconds(read: Callable[[str], object], text: str) -> float:
    """The best of three: what the reader needs, not what else the machine is doing."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        read(text)
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize("name", READERS)
def test_no_text_freezes_a_reader(name: str) -> None:
    read = READERS[name]
    harmless = (HARMLESS * LONGEST)[:LONGEST]
    usual = max(_seconds(read, harmless), _seconds(read, "16. april"), 100e-6)
    for part in HOSTILE:
        text = (part * LONGEST)[:LONGEST]
        for whole in (text, f"{text}x", f"x{text}"):
            assert _seconds(read, whole) < TIMES_SLOWER * usual, (part, _seconds(read, whole), usual)

"""Reading a time of day and a length as people write them: «kl 9», «9.30», «0900», «halv ti», «9–11», «3 timer»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

GAP: Final = " ¦ "
"""Stands where words were taken out, so that those on either side of it are not read together."""

_NUMBERS: Final = {
    **dict(
        zip(
            ["ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
            range(1, 13),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
            range(1, 13),
            strict=True,
        )
    ),
    **dict.fromkeys(["en", "ein", "ei", "eitt", "et", "eit", "a", "an"], 1),
    "syv": 7,
}
_WORD: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_CLOCK: Final = r"\b(?:kl\.?|klokka|klokken|clock|at)\s*(?:kl\.?\s*)?"
_HOUR: Final = r"(?P<hour>\d{1,2})"
_AM: Final = r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
_END: Final = (
    r"(?:\s*(?:-|–|—|\btil\b|\bto\b|\buntil\b)\s*(?:kl\.?\s*)?"
    r"(?P<end>\d{1,2})(?:[:.]?(?P<end_minute>[0-5]\d))?(?:\s*(?P<end_half>[ap])\.?m\b\.?)?(?![\w:/-]|\.\s?[\wæøå]))?"
)
_MINUTE: Final = r"(?P<minute>[0-5]\d)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PLAIN: Final = (
    _pattern(rf"{_CLOCK}{_HOUR}(?:[:.]?{_MINUTE})?{_AM}(?![\d/]){_END}"),
    _pattern(rf"(?<![\d.:/-]){_HOUR}:{_MINUTE}(?::\d\d)?{_AM}{_END}"),
    _pattern(rf"(?<![\d.:/-]){_HOUR}(?:[:.]{_MINUTE})?\s*(?P<half>[ap])\.?m\b\.?{_END}"),
)
"""What can be nothing but a time."""

_SPOKEN: Final = _pattern(
    rf"(?:{_CLOCK})?\b(?P<part>halv|kvart over|kvart på|half past|quarter past|quarter to)\s+"
    rf"(?P<hour>\d{{1,2}}|{_WORD})\b"
)
_COUNTED: Final = _pattern(rf"{_CLOCK}(?P<hour>{_WORD})\b")
_FOUR: Final = _pattern(rf"(?<![\d.:/-])(?P<hour>[01]\d|2[0-3]){_MINUTE}(?![\d.:/-]){_END}")
_FOUR_NO_YEAR: Final = _pattern(
    rf"(?<![\d.:/-])(?P<hour>[01]\d|2[1-3]|20(?=[01])){_MINUTE}(?![\d.:/-]){_END}"  # 2026 is a year, 2000 a time
)
_BESIDE_A_DAY: Final = (
    _FOUR,
    _pattern(rf"(?<![\d.:/-]){_HOUR}[.]{_MINUTE}(?![\d.]){_END}"),
    _pattern(rf"(?<![\w.:/-]){_HOUR}(?![\w.:/]){_END}"),
)
"""What is a time where the day is known already: «24. september 9.30»."""

_PARTS: Final = {"halv": -30, "kvart over": 15, "kvart på": -15, "half past": 30, "quarter past": 15, "quarter to": -15}
_LENGTH: Final = _pattern(
    r"(?:\b(?:i|for|på|varer|varar|varighet|lengde|duration)\s+)?(?<![\w.,])"
    r"(?:(?P<digits>\d+(?:[.,]\d+)?)\s*(?P<short>t|h)?"
    rf"|(?P<count>halvannen|halvanna|(?:en|ein|one)\s+(?:og|and)\s+(?:en|ein|a)\s+halv|half(?:\s+an)?|{_WORD})\s)"
    r"(?(short)|\s*(?P<unit>timer|timar|time|hours|hour|hrs|hr|minutter|minuttar|minutt|minutes|minute|min))\b\.?"
)
_HALVES: Final = {"halvannen": 1.5, "halvanna": 1.5, "half": 0.5}


@dataclass(frozen=True, slots=True)
class Found:
    """``rest``: the text without what was read. ``minutes``: the length, where an end was given."""

    at: time
    rest: str
    minutes: int | None = None


def find_time(text: str, *, day_known: bool) -> Found | None:
    """A time in a longer text. Without a known day only what can be nothing else is taken for one."""
    for pattern in (_SPOKEN, *_PLAIN, _COUNTED, *(_BESIDE_A_DAY if day_known else (_FOUR_NO_YEAR,))):
        for match in pattern.finditer(text):
            if found := _found(match, text):
                return found
    return None


def read_time(text: str) -> time | None:
    """The whole text as a time of day."""
    found = find_time(text.strip(), day_known=True)
    return found.at if found and not found.rest.replace("¦", "").strip(" .") else None


def find_length(text: str) -> tuple[int, str] | None:
    """A length in minutes, and the text without it."""
    for match in _LENGTH.finditer(text):
        per = 60 if (match["unit"] or "t").lower()[0] in "th" else 1
        minutes = (float(match["digits"].replace(",", ".")) if match["digits"] else _counted(match["count"])) * per
        if minutes == int(minutes) and 0 < minutes < 10_000:
            return int(minutes), _without(match, text)
    return None


def _counted(words: str) -> float:
    """«To», «halvannen», «en og en halv»."""
    words = words.lower()
    return _NUMBERS.get(words) or _HALVES.get(words.split()[0], 1.5)


def _found(match: re.Match[str], text: str) -> Found | None:
    groups = match.groupdict()
    hour = _number(groups["hour"])
    if part := groups.get("part"):
        total = hour * 60 + _PARTS[" ".join(part.lower().split())]
        at = _time(total // 60 % 24, total % 60, None)
    else:
        at = _time(hour, int(groups.get("minute") or 0), groups.get("half"))
    if at is None:
        return None
    return Found(at, _without(match, text), _length(at, groups))


def _length(at: time, groups: dict[str, str | None]) -> int | None:
    if not groups.get("end"):
        return None
    end = _time(int(groups["end"] or 0), int(groups.get("end_minute") or 0), groups.get("end_half"))
    if end is None or end <= at:
        return None
    return (end.hour - at.hour) * 60 + end.minute - at.minute


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return time(hour, minute) if hour < 24 else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS[text.lower()]


def _without(match: re.Match[str], text: str) -> str:
    return text[: match.start()] + GAP + text[match.end() :]

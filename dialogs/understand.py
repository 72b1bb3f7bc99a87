"""What was meant. Small spelling mistakes and word order are forgiven; where it is doubtful, the person is asked."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from board.joining import read_code
from dialogs.answers import POSSIBLE, squeeze
from dialogs.commands import ANSWERS, LANGUAGE_NAMES, OPTIONS, PHRASES, Command, Phrase

SURE = 85.0
"""Percent; two letters swapped in «meld sak» make 87."""
MAX_COMMAND = 60
"""A longer text is an answer or prose; likeness to a command is then chance."""


_WITH_OPTION: Final = frozenset({Command.CHANNEL, Command.CALENDAR, Command.YEAR_WHEEL})
"""Commands of one word; what follows is one of a few words, or a year."""
_LOOKS_UP: Final = frozenset({Command.DECISIONS, Command.MINUTES, Command.LOG})
"""Commands of one word that show what follows it: to be wrong about one costs nothing."""


@dataclass(frozen=True, slots=True)
class Meant:
    """``exact``: word for word, so it counts as a command also inside a question. ``rest`` is what followed it."""

    command: Command
    rest: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Not sure: these are offered with buttons, the likeliest first."""

    commands: tuple[Command, ...]


_BODY = {"styre": "styret", "au-": "AU", "au": "AU", "kontor": "kontoret", "board ": "board"}
_MEETING = {"møte": "møte", "møtet": "møte", "mote": "møte", "meeting": "meeting"}
_BODY_IN_WORD = re.compile(
    r"^\s*(nytt|lag|opprett|flytt|avlys|new|move|cancel)\s+(?:the )?"
    r"(styre|au-|au|kontor|board )(møtet|møte|mote|meeting)\b",
    re.IGNORECASE,
)
"""«nytt styremøte» is «nytt møte styret»."""


def understand(text: str) -> Meant | Perhaps | None:
    """The command in a text, the commands it might be, or None."""
    text = _BODY_IN_WORD.sub(lambda found: f"{found[1]} {_MEETING[found[3]]} {_BODY[found[2].lower()]}", text)
    words = squeeze(text) or text.strip()
    if exact := _exact(words, text):
        return exact
    if words in ANSWERS:
        return Meant(Command.TASKS, exact=False)
    return _near(words) if len(words) <= MAX_COMMAND else None


@lru_cache(maxsize=1)
def _by_words() -> dict[str, Phrase]:
    return {phrase.words: phrase for phrase in PHRASES}


@lru_cache(maxsize=1)
def _taking_more() -> tuple[Phrase, ...]:
    return tuple(sorted((p for p in PHRASES if p.takes_more), key=lambda p: -len(p.words)))


def _exact(words: str, text: str) -> Meant | None:
    if phrase := _by_words().get(words):
        return Meant(phrase.command)
    for phrase in _taking_more():
        if words.startswith(phrase.words + " "):
            return _with_rest(phrase, _after(text, len(phrase.words.split())), len(words))
    return None


def _with_rest(phrase: Phrase, rest: str, length: int) -> Meant | None:
    """«Mål for prosjektet er …», «Status quo er vurdert», «Tid spart per lege» begin answers too.

    What follows must fit the command, and inside a question a single word is not enough to begin one.
    """
    last = rest.rpartition(" ")[2].lower()
    match phrase.command:
        case Command.CLOCK:
            return Meant(phrase.command, rest) if rest[:1].isdigit() else None
        case command if command in _WITH_OPTION:
            return Meant(phrase.command, rest) if _is_option(phrase.command, rest) else None
        case Command.JOIN_CODE | Command.JOIN:
            return Meant(phrase.command, rest, exact=phrase.command is Command.JOIN and bool(read_code(rest)))
        case Command.LANGUAGE if last in LANGUAGE_NAMES and rest.count(" ") < 2:
            return Meant(phrase.command, last)
        case Command.LANGUAGE:
            return Meant(phrase.command, rest, exact=False) if " " not in rest else None
        case _:
            return Meant(phrase.command, rest, exact=" " in phrase.words and length <= MAX_COMMAND)


def _is_option(command: Command, rest: str) -> bool:
    """«Kanal av», «kalender ny», «årshjul 2027»; «kalenderen er full» is prose."""
    if command is Command.YEAR_WHEEL:
        return rest.isdigit() and len(rest) == 4
    return rest.lower() in OPTIONS


def _after(text: str, words: int) -> str:
    """What stands behind the first ``words`` words, as it was written."""
    return " ".join(text.split()[words:]).strip(" ?!.…«»“”‘’\"'")


def _near(words: str) -> Meant | Perhaps | None:
    whole = list(_by_words())
    found = process.extract(words, whole, scorer=_likeness, limit=8, score_cutoff=POSSIBLE)
    best: dict[Command, float] = {}
    for phrase, score, _ in found:
        command = _by_words()[phrase].command
        best[command] = max(best.get(command, 0.0), score)
    if head := _near_head(words):
        best[head.command] = max(best.get(head.command, 0.0), SURE)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked:
        return None
    (command, top), *rest = ranked
    if top >= SURE and (not rest or top - rest[0][1] >= 4):
        return Meant(command, head.rest if head and head.command is command else "", exact=False)
    return Perhaps(tuple(command for command, _ in ranked[:3]))


def _near_head(words: str) -> Meant | None:
    """«hvr er saken helselogg», «arshjul 2027»: the command is misspelt, what follows is the person's own."""
    for phrase in _taking_more():
        count = len(phrase.words.split())
        parts = words.split()
        rest = " ".join(parts[count:])
        option = phrase.command in _WITH_OPTION and _is_option(phrase.command, rest)
        coded = phrase.command is Command.JOIN and bool(read_code(rest))
        fits = count > 1 or option or coded or phrase.command in _LOOKS_UP
        if rest and fits and fuzz.ratio(" ".join(parts[:count]), phrase.words) >= SURE:
            return Meant(phrase.command, rest, exact=False)
    return None


def _likeness(one: Sequence[Hashable], other: Sequence[Hashable], /, *, score_cutoff: float | None = None) -> float:
    """Percent; word order does not count, and a short word must be nearly right."""
    if min(len(one), len(other)) <= 3:
        return 100.0 if one == other else 0.0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))

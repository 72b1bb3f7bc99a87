"""What a decision is found by, and what is looked up of what was asked: both as terms of one index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from board.decision import Outcome
from board.register import Number, RegisterEntry, RegisterQuery, Sees, Status
from storage.register_words import fold_word, is_empty, stem, stems, terms_of, tokens, words_asked

EVERY: Final = "*"
"""Every decision has this one."""
MAX_ASKED: Final = 6
"""Words of a question that are looked for: the longest tell the most."""
_OUTCOMES: Final = frozenset(str(outcome) for outcome in Outcome)
_YEAR: Final = range(1900, 2100)
_DIGITS: Final = re.compile(r"\d+")
_SIGNS: Final = re.compile(r"[\W_]+")
SHORTEST_SPELT: Final = 4
LONGEST_SPELT: Final = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One word or sign that must be there: any of the ``terms`` will do."""

    terms: tuple[str, ...]
    word: str = ""


def terms_by_reading(entry: RegisterEntry) -> dict[Sees, list[str]]:
    """The terms of each reading. What is public holds nothing of the case's own title, nor of the project."""
    both = {EVERY, *(f"s:{status}" for status in entry.statuses), *_number_terms(entry.number, group=False)}
    both |= terms_of(entry.text, joins=False) | terms_of(entry.conditions, joins=False)
    public = terms_of(entry.public_title, joins=True)
    own = terms_of(entry.title, joins=True) | _project_terms(entry.project_ref)
    found = {Sees.ALL: sorted(both | public | own | _number_terms(entry.wg_number, group=True))}
    if entry.is_open:
        found[Sees.OPEN] = sorted(both | public)
    return found


def words_of_entry(entry: RegisterEntry) -> set[str]:
    """The words as they are written, for those that are misspelt; none that only an exempt number would show."""
    texts = (entry.title, entry.public_title, entry.text, entry.conditions, entry.project_ref)
    found = {word for text in texts for word in tokens(text)}
    return {w for w in found if SHORTEST_SPELT <= len(w) <= LONGEST_SPELT and w.isalpha() and not is_empty(w)}


def asked_of(query: RegisterQuery, words: list[str]) -> list[Asked]:
    """What must be there, for these words of the query (:func:`storage.register_words.words_asked`)."""
    asked = [Asked((_number_term(query.number),))] if query.number else []
    asked += [Asked((f"p:{squashed(query.project)}",))] if query.project else []
    asked += _statuses_asked(query.statuses)
    asked += [Asked(stems(word), word) for word in words]
    return asked or [Asked((EVERY,))]


def _statuses_asked(statuses: Sequence[Status]) -> list[Asked]:
    """A decision has one outcome: of several that are asked for, any will do."""
    outcomes = tuple(f"s:{status}" for status in statuses if status in _OUTCOMES)
    others = [Asked((f"s:{status}",)) for status in statuses if status not in _OUTCOMES]
    return [*([Asked(outcomes)] if outcomes else []), *others]


def words_in(query: RegisterQuery) -> list[str]:
    words = words_asked(query.words)
    longest = sorted(words, key=lambda word: -len(word))[:MAX_ASKED]
    return [word for word in words if word in longest]


def squashed(ref: str) -> str:
    """A project's reference without signs and leading zeros: «P-0123» as «p123»."""
    return _DIGITS.sub(lambda digits: stem(digits[0]), _SIGNS.sub("", fold_word(ref)))


def _project_terms(ref: str) -> set[str]:
    pieces = {ref, *_SIGNS.split(ref), *_DIGITS.findall(ref)}
    named = {f"p:{squashed(piece)}" for piece in pieces if squashed(piece)}
    return named | terms_of(ref, joins=True) | ({squashed(ref)} if squashed(ref) else set())


def _number_term(number: Number) -> str:
    series = "au" if number.of_group else "n"
    return f"{series}:{number.seq}" if number.year is None else f"{series}:{number.seq}-{number.year}"


def _number_terms(number: str, *, group: bool) -> set[str]:
    """«065-2014» is found as 65-2014 and as 65, whatever the template of the mandate file puts between."""
    found = [int(digits) for digits in _DIGITS.findall(number)]
    year = next((n for n in reversed(found) if n in _YEAR), None)
    seq = next((n for n in found if n != year), None)
    if seq is None:
        return set()
    known = [Number(seq, None, group), *([Number(seq, year, group)] if year else [])]
    return {_number_term(one) for one in known}

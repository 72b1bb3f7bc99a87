"""The index of the decision register: writing one decision's row, and what it is found by."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, TypeAlias

from sqlalchemy import Select, Text, bindparam, delete, insert, select

from board.register import RegisterEntry
from storage import register_records as r
from storage.register_mapping import entry_values
from storage.register_terms import terms_by_reading, words_of_entry
from storage.register_words import spellings
from storage.statements import binds, listed, one_of, size_for
from storage.transaction import Tx
from storage.upsert import insert_once, upsert

e, t, s = r.register_entries.c, r.register_terms.c, r.register_spellings.c
_STORED: Final = (
    select(e.decided_on, e.case_no, e.published, e.terms, e.title, e.public_title, e.project_ref)
    .where(e.no == bindparam("entry_no"))
    .with_for_update()
)
_PUT: Final = upsert(r.register_entries)
_ADD_TERM: Final = insert(r.register_terms).values(binds(r.register_terms))
_DROP_TERM: Final = delete(r.register_terms).where(
    t.reading == bindparam("reading"),
    t.term == bindparam("term", type_=Text()),
    t.day == bindparam("day", type_=t.day.type),
    t.entry_no == bindparam("entry_no"),
)
_ADD_SPELLING: Final = insert_once(r.register_spellings)

_Kept: TypeAlias = "tuple[int, str, Any, int, int]"
"""A row of the index without its entry: reading, term, day, case, published."""


@lru_cache
def _known(size: int) -> Select[Any]:
    return select(s.word).where(one_of(s.spelling, "spelling", size))


def index(tx: Tx, number: int, case_no: int, entry: RegisterEntry) -> None:
    """Only what has changed is written: on the day minutes are approved, a few words of each decision.

    A published decision goes on being called what its case was called then: whoever works on a case that was sent back
    changes no decision by it, and tells nobody of it.
    """
    stored = tx.first(_STORED, {"entry_no": number})
    before = _kept(stored[3], stored[0], stored[1], stored[2]) if stored else set()
    if stored and stored[2]:
        title, public_title, project_ref = stored[4:]
        entry = replace(entry, title=title, public_title=public_title, project_ref=project_ref)
    terms = {str(int(reading)): found for reading, found in terms_by_reading(entry).items()}
    after = _kept(terms, entry.decided_on, case_no, int(entry.published))
    tx.run(_PUT, {**entry_values(entry), "no": number, "case_no": case_no, "terms": terms})
    _remove(tx, number, before - after)
    _add(tx, number, after - before)
    _spell(tx, words_of_entry(entry))


def _kept(terms: dict[str, list[str]], day: Any, case_no: int, published: int) -> set[_Kept]:
    return {(int(reading), term, day, case_no, published) for reading, found in terms.items() for term in found}


def _remove(tx: Tx, number: int, rows: set[_Kept]) -> None:
    keys = [{"reading": n, "term": term, "day": day, "entry_no": number} for n, term, day, *_ in sorted(rows)]
    if keys:
        tx.run(_DROP_TERM, keys)


def _add(tx: Tx, number: int, rows: set[_Kept]) -> None:
    names = ("reading", "term", "day", "case_no", "published")
    if rows:
        tx.run(_ADD_TERM, [{**dict(zip(names, row, strict=True)), "entry_no": number} for row in sorted(rows)])


def _spell(tx: Tx, words: set[str]) -> None:
    """Words that are new to the register, under their spellings. A word once there stays."""
    if not words:
        return
    keys = {spellings(word)[0] for word in words}
    size = size_for(len(keys))
    known = {row[0] for row in tx.all(_known(size), listed("spelling", sorted(keys), size))}
    rows = [{"spelling": key, "word": word} for word in sorted(words - known) for key in spellings(word)]
    if rows:
        tx.run(_ADD_SPELLING, rows)

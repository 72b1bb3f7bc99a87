"""Cases: one row each, with columns for what is looked for and the rest as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    insert,
    literal_column,
    or_,
    select,
    text,
    union,
    update,
)

from board.case import Case
from board.ids import CaseId, MeetingId, PersonId
from board.people import HANDLERS, Actor
from board.ports import CaseLine, WantingCase
from board.states import CASE_TRANSITIONS
from storage import records as r
from storage.errors import StaleRevision
from storage.mapping import CASE_COLUMNS, LINE_COLUMNS, case_from, case_values, line_from, wanting_from
from storage.search import holding, holding_params, index_case, number_and_text
from storage.statements import LIMIT, binds, like, listed, one_of, size_for
from storage.transaction import Row, Tx
from storage.unit import Unit
from storage.words import words_of

RECENT = 200
"""A word that many cases hold is found among the latest ones; one that few hold is looked up in the index."""

HANDLED_STATES = tuple(sorted({t.source for t in CASE_TRANSITIONS if t.by & HANDLERS}))
"""The states that wait for the office or its lead."""

c = r.cases.c
_ORDER = (c.alive.desc(), c.updated_at.desc(), c.no.desc())
_ME = bindparam("me", type_=r.cases.c.submitter.type)

_GET = select(*CASE_COLUMNS).where(c.id == bindparam("case"))
_GET_LOCKED = _GET.with_for_update()
_ADD = insert(r.cases).values(binds(r.cases, leave_out=("no",)))
_SAVE = (
    update(r.cases)
    .where(c.id == bindparam("case"), c.rev == bindparam("rev_before"))
    .values(binds(r.cases, leave_out=("no", "id")))
)
# Spelled as the index has it: with parameters in place of the words it would not be used.
_FILLED_IN: ColumnElement[bool] = literal_column("state IN ('draft', 'incomplete')")
_DRAFTS = (
    select(*LINE_COLUMNS).where(c.submitter == _ME, _FILLED_IN).order_by(c.updated_at.desc(), c.no.desc()).limit(LIMIT)
)


def _branch(*where: ColumnElement[bool]) -> Select[Any]:
    """One reason to see a case, read along its own index and no further than the limit."""
    rows = select(c.alive, c.updated_at, c.no).where(*where).order_by(*_ORDER).limit(LIMIT).subquery()
    return select(*rows.c)


def _lines(branches: Sequence[Select[Any]]) -> Select[Any]:
    """The latest of all branches; only those are then read from the table."""
    rows = union(*branches).subquery().c
    chosen = select(rows.no).order_by(rows.alive.desc(), rows.updated_at.desc(), rows.no.desc()).limit(LIMIT)
    return select(*LINE_COLUMNS).where(c.no.in_(chosen)).order_by(*_ORDER)


_REASONS: tuple[tuple[ColumnElement[bool], ...], ...] = (
    (c.submitter == _ME,),
    (c.owner == _ME, c.submitted_at.is_not(None)),
    (c.owner_deputy == _ME,),
    (c.submitter_deputy == _ME,),
)
"""Why a case is a person's own. Each has an index; that a deputy's is partial follows from the comparison."""
_MINE = [_branch(*reason) for reason in _REASONS]
_TO_HANDLE = [_branch(c.state == state.value, c.received_at.is_not(None)) for state in HANDLED_STATES]
_LINES = {False: _lines(_MINE), True: _lines([*_MINE, *_TO_HANDLE])}


def _holds(column: ColumnElement[str], words: int) -> list[ColumnElement[bool]]:
    return [column.like(bindparam(f"word_{n}"), escape="\\") for n in range(words)]


def _recent(words: int, *where: ColumnElement[bool]) -> Select[Any]:
    """The latest along one index, of which those are chosen that hold the words."""
    rows = select(c.alive, c.updated_at, c.no, c.search).where(*where).order_by(*_ORDER).limit(RECENT).subquery().c
    return select(rows.alive, rows.updated_at, rows.no).where(*_holds(rows.search, words))


@lru_cache
def _find_near(words: int, handler: bool) -> Select[Any]:
    """Among the latest of a person's own and, for the office and its lead, of those that reached them."""
    near = [_recent(words, *reason) for reason in _REASONS]
    if handler:
        near.append(_recent(words, c.received_at.is_not(None)))
    return _lines(near)


@lru_cache
def _find_indexed(words: int, handler: bool, many_processes: bool) -> Select[Any]:
    """Among all that a person may see."""
    seen = or_(*(and_(*reason) for reason in _REASONS))
    if handler:
        seen = or_(c.received_at.is_not(None), seen)
    found = c.no.in_(holding(many_processes))
    return select(*LINE_COLUMNS).where(found, seen, *_holds(c.search, words)).order_by(*_ORDER).limit(LIMIT)


@lru_cache
def _titles(size: int, handler: bool) -> Select[Any]:
    """As :meth:`board.case.Case.may_be_seen_by` has it."""
    seen = or_(*(and_(*reason) for reason in _REASONS))
    if handler:
        seen = or_(c.received_at.is_not(None), seen)
    return select(c.id, c.title).where(one_of(c.id, "case", size), seen)


@lru_cache
def _wanting(size: int) -> Select[Any]:
    """Spelled as the index has it."""
    alive = text("wanted_meeting IS NOT NULL AND alive = 1")
    rows = select(c.id, c.wanted_meeting, c.state, c.submitter, c.owner)
    return rows.where(one_of(c.wanted_meeting, "meeting", size), alive).order_by(c.id)


class Cases:
    """Implements ``board.ports.CaseRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def get(self, case: CaseId) -> Case | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"case": case}))
        return case_from(row) if row else None

    async def add(self, case: Case) -> None:
        values = case_values(case)

        def step(tx: Tx) -> None:
            tx.run(_ADD, values)
            if found := number_and_text(tx, case.id):
                index_case(tx, found[0], values["search"])

        self._unit.later(step)

    async def save(self, case: Case) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits."""
        values = {**case_values(case), "case": case.id, "rev_before": case.rev - 1}
        del values["id"]
        self._unit.later(lambda tx: _save(tx, case, values))

    async def lines_for(self, actor: Actor, limit: int) -> Sequence[CaseLine]:
        statement = _LINES[actor.is_handler]
        return await self._listed(statement, {"me": actor.id, "limit": limit})

    async def drafts_of(self, person: PersonId, limit: int) -> Sequence[CaseLine]:
        return await self._listed(_DRAFTS, {"me": person, "limit": limit})

    async def wanting(self, meetings: Sequence[MeetingId]) -> Sequence[WantingCase]:
        wanted = sorted(set(meetings))
        if not wanted:
            return ()
        size = size_for(len(wanted))
        params = listed("meeting", wanted, size)
        rows = await self._unit.ask(lambda tx: tx.all(_wanting(size), params))
        return [wanting_from(row) for row in rows]

    async def titles(self, actor: Actor, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        wanted = sorted(set(cases))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params: dict[str, Any] = {**listed("case", wanted, size), "me": actor.id}
        rows = await self._unit.ask(lambda tx: tx.all(_titles(size, actor.is_handler), params))
        return {CaseId(row[0]): row[1] for row in rows}

    async def find(self, actor: Actor, words: str, limit: int) -> Sequence[CaseLine]:
        """No words find nothing. Words shorter than three letters are looked for among the latest cases only."""
        wanted = words_of(words)
        if not wanted:
            return ()
        rows = await self._unit.ask(lambda tx: _find(tx, actor, wanted, limit))
        return [line_from(row) for row in rows]

    async def _listed(self, statement: Select[Any], params: dict[str, Any]) -> Sequence[CaseLine]:
        rows = await self._unit.ask(lambda tx: tx.all(statement, params))
        return [line_from(row) for row in rows]


def _save(tx: Tx, case: Case, values: dict[str, Any]) -> None:
    stored = number_and_text(tx, case.id)
    if stored is None or tx.run(_SAVE, values) != 1:
        raise StaleRevision(f"case {case.id} is not at revision {case.rev - 1}: it cannot become {case.rev}")
    if stored[1] != values["search"]:
        index_case(tx, stored[0], values["search"])


def _find(tx: Tx, actor: Actor, words: list[str], limit: int) -> Sequence[Row]:
    params: dict[str, Any] = {"me": actor.id, "limit": limit}
    params |= {f"word_{n}": like(word) for n, word in enumerate(words)}
    near = tx.all(_find_near(len(words), actor.is_handler), params)
    looked_up = holding_params(tx.many_processes, words)
    if len(near) >= limit or looked_up is None:
        return near
    return tx.all(_find_indexed(len(words), actor.is_handler, tx.many_processes), params | looked_up)

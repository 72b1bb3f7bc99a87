"""Cases: one row each, with columns for what is looked for and the rest as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    delete,
    insert,
    literal_column,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy import case as either
from sqlalchemy.dialects.postgresql import insert as insert_or

from board.case import Case
from board.case_ports import CaseLine, WantingCase
from board.ids import CaseId, MeetingId, PersonId
from board.people import Actor
from board.states import AFTER_BOARD, AWAITING_OFFICE, CaseState
from storage import case_records as r
from storage.case_mapping import CASE_COLUMNS, LINE_COLUMNS, case_from, case_values, line_from, wanting_from
from storage.errors import StaleRevision
from storage.register_keeping import Keeping
from storage.search import holding, holding_params, index_case
from storage.sight import ABLE, ME, OWN, Sight, by_role, seen, sight_of
from storage.sitting_records import decisions
from storage.statements import LIMIT, binds, like, listed, one_of, size_for
from storage.transaction import Row, Tx
from storage.unit import Unit
from storage.words import words_of

RECENT = 200
"""A word that many cases hold is found among the latest ones; one that few hold is looked up in the index."""

c, x, t, d = r.cases.c, r.exclusions.c, r.treatments.c, decisions.c
_ORDER = (c.alive.desc(), c.updated_at.desc(), c.no.desc())

_GET = select(*CASE_COLUMNS).where(c.id == bindparam("case"))
_GET_LOCKED = _GET.with_for_update()
_STORED = select(c.no, c.search, c.excluded).where(c.id == bindparam("case"))
_ADD = insert(r.cases).values(**binds(r.cases, leave_out=("no", "state_since")), state_since=bindparam("last_at"))
_SINCE = either((c.state == bindparam("state"), c.state_since), else_=bindparam("last_at", type_=c.last_at.type))
_SAVE = (
    update(r.cases)
    .where(c.id == bindparam("case"), c.rev == bindparam("rev_before"))
    .values(**binds(r.cases, leave_out=("no", "id", "state_since")), state_since=_SINCE)
)
_EXCLUDE = insert_or(r.exclusions).values(binds(r.exclusions)).on_conflict_do_nothing()
_INCLUDE = delete(r.exclusions).where(x.person_id == bindparam("person_id"), x.case_no == bindparam("case_no"))
# Spelled as the index has it: with parameters in place of the words it would not be used.
_FILLED_IN: ColumnElement[bool] = literal_column("state IN ('draft', 'incomplete')")
_DRAFTS = (
    select(*LINE_COLUMNS)
    .where(c.submitter == ME, _FILLED_IN, ABLE)
    .order_by(c.updated_at.desc(), c.no.desc())
    .limit(LIMIT)
)


def _branch(*where: ColumnElement[bool]) -> Select[Any]:
    """One reason to see a case, read along its own index and no further than the limit."""
    rows = select(c.alive, c.updated_at, c.no).where(*where, ABLE).order_by(*_ORDER).limit(LIMIT).subquery()
    return select(*rows.c)


def _lines(branches: Sequence[Select[Any]]) -> Select[Any]:
    """The latest of all branches; only those are then read from the table."""
    rows = union(*branches).subquery().c
    chosen = select(rows.no).order_by(rows.alive.desc(), rows.updated_at.desc(), rows.no.desc()).limit(LIMIT)
    return select(*LINE_COLUMNS).where(c.no.in_(chosen)).order_by(*_ORDER)


_MINE = [_branch(*reason) for reason in OWN]
_TO_HANDLE = [_branch(c.state == state.value, c.received_at.is_not(None)) for state in AWAITING_OFFICE]
_LINES = {False: _lines(_MINE), True: _lines([*_MINE, *_TO_HANDLE])}


def _holds(column: ColumnElement[str], words: int) -> list[ColumnElement[bool]]:
    return [column.like(bindparam(f"word_{n}"), escape="\\") for n in range(words)]


def _recent(words: int, *where: ColumnElement[bool]) -> Select[Any]:
    """The latest along one index, of which those are chosen that hold the words."""
    rows = (
        select(c.alive, c.updated_at, c.no, c.search).where(*where, ABLE).order_by(*_ORDER).limit(RECENT).subquery().c
    )
    return select(rows.alive, rows.updated_at, rows.no).where(*_holds(rows.search, words))


@lru_cache
def _find_near(words: int, sight: Sight) -> Select[Any]:
    """Among the latest of a person's own and of those that each role lets one see."""
    near = [*(_recent(words, *reason) for reason in OWN), *(_recent(words, seen_by) for seen_by in by_role(sight))]
    return _lines(near)


@lru_cache
def _find_indexed(words: int, sight: Sight, many_processes: bool) -> Select[Any]:
    """Among all that a person may see."""
    found = c.no.in_(holding(many_processes))
    return select(*LINE_COLUMNS).where(found, seen(sight), *_holds(c.search, words)).order_by(*_ORDER).limit(LIMIT)


@lru_cache
def _titles(size: int, sight: Sight) -> Select[Any]:
    return select(c.id, c.title).where(one_of(c.id, "case", size), seen(sight))


_TREATED = select(t.case_id).where(t.meeting_id == bindparam("meeting"))
_DECIDED = select(d.case_id).where(d.meeting_id == bindparam("meeting"), d.case_id.is_not(None))
_ON_AGENDA = (
    select(*CASE_COLUMNS)
    .where(
        or_(
            c.wg_meeting == bindparam("meeting"),
            c.board_meeting == bindparam("meeting"),
            c.id.in_(_TREATED),
            c.id.in_(_DECIDED),
        )
    )
    .order_by(c.id)
)
_ON_AGENDA_LOCKED = _ON_AGENDA.with_for_update()


@lru_cache
def _in_state(state: CaseState) -> Select[Any]:
    """Along an index for those that wait for a meeting; whoever asks for others reads the table."""
    spelled = [text(r.UNDERWAY)] if f"'{state}'" in r.UNDERWAY else []
    return select(*CASE_COLUMNS).where(c.state == state.value, *spelled).order_by(c.state_since, c.no).limit(LIMIT)


_SUBMITTED_BY = select(*CASE_COLUMNS).where(c.submitter == ME).order_by(c.id)
_SUBMITTED_BY_LOCKED = _SUBMITTED_BY.with_for_update()
_NOT_DECIDED = text(f"state NOT IN ({', '.join(repr(state.value) for state in AFTER_BOARD)})")


@lru_cache
def _wanting(size: int) -> Select[Any]:
    """Spelled as the index has it."""
    alive = text("wanted_meeting IS NOT NULL AND alive = 1")
    rows = select(c.id, c.wanted_meeting, c.state, c.submitter, c.owner)
    return rows.where(one_of(c.wanted_meeting, "meeting", size), alive, _NOT_DECIDED).order_by(c.id)


class Cases:
    """Implements ``board.case_ports.CaseRepository``."""

    def __init__(self, unit: Unit, register: Keeping) -> None:
        self._unit, self._register = unit, register

    async def get(self, case: CaseId) -> Case | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"case": case}))
        return case_from(row) if row else None

    async def add(self, case: Case) -> None:
        values = case_values(case)

        self._unit.later(lambda tx: _add(tx, case, values))

    async def save(self, case: Case) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits."""
        values = {**case_values(case), "case": case.id, "rev_before": case.rev - 1}
        del values["id"]
        self._unit.later(lambda tx: _save(tx, case, values))
        if case.agenda_at is not None:  # before that nothing can have been decided
            self._register.case(case.id)

    async def lines_for(self, actor: Actor, limit: int) -> Sequence[CaseLine]:
        statement = _LINES[actor.is_handler]
        return await self._listed(statement, {"me": actor.id, "limit": limit}, actor)

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

    async def on_agenda(self, meeting: MeetingId) -> Sequence[Case]:
        statement = _ON_AGENDA_LOCKED if self._unit.writable else _ON_AGENDA
        rows = await self._unit.ask(lambda tx: tx.all(statement, {"meeting": meeting}))
        return [case_from(row) for row in rows]

    async def submitted_by(self, person: PersonId) -> Sequence[Case]:
        statement = _SUBMITTED_BY_LOCKED if self._unit.writable else _SUBMITTED_BY
        rows = await self._unit.ask(lambda tx: tx.all(statement, {"me": person}))
        return [case_from(row) for row in rows]

    async def in_state(self, state: CaseState, limit: int) -> Sequence[Case]:
        rows = await self._unit.ask(lambda tx: tx.all(_in_state(state), {"limit": limit}))
        return [case_from(row) for row in rows]

    async def titles(self, actor: Actor, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        wanted = sorted(set(cases))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params: dict[str, Any] = {**listed("case", wanted, size), "me": actor.id}
        statement = _titles(size, sight_of(actor))
        rows = await self._unit.ask(lambda tx: tx.all(statement, params))
        return {CaseId(row[0]): row[1] for row in rows}

    async def find(self, actor: Actor, words: str, limit: int) -> Sequence[CaseLine]:
        """No words find nothing. Words shorter than three letters are looked for among the latest cases only."""
        wanted = words_of(words)
        if not wanted:
            return ()
        rows = await self._unit.ask(lambda tx: _find(tx, actor, wanted, limit))
        return [line_from(row, actor) for row in rows]

    async def _listed(
        self, statement: Select[Any], params: dict[str, Any], actor: Actor | None = None
    ) -> Sequence[CaseLine]:
        rows = await self._unit.ask(lambda tx: tx.all(statement, params))
        return [line_from(row, actor) for row in rows]


def _add(tx: Tx, case: Case, values: dict[str, Any]) -> None:
    tx.run(_ADD, values)
    if stored := tx.first(_STORED, {"case": case.id}):
        index_case(tx, stored[0], values["search"])
        _exclude(tx, stored[0], case.excluded, frozenset())


def _save(tx: Tx, case: Case, values: dict[str, Any]) -> None:
    stored = tx.first(_STORED, {"case": case.id})
    if stored is None or tx.run(_SAVE, values) != 1:
        raise StaleRevision(f"case {case.id} is not at revision {case.rev - 1}: it cannot become {case.rev}")
    number, search, excluded = stored
    if search != values["search"]:
        index_case(tx, number, values["search"])
    _exclude(tx, number, case.excluded, frozenset(excluded))


def _exclude(tx: Tx, case_no: int, now: frozenset[PersonId], before: frozenset[PersonId]) -> None:
    """Keeps what every list and search leaves out equal to what the case says."""
    for statement, people in ((_EXCLUDE, now - before), (_INCLUDE, before - now)):
        if people:
            tx.run(statement, [{"person_id": person, "case_no": case_no} for person in sorted(people)])


def _find(tx: Tx, actor: Actor, words: list[str], limit: int) -> Sequence[Row]:
    params: dict[str, Any] = {"me": actor.id, "limit": limit}
    params |= {f"word_{n}": like(word) for n, word in enumerate(words)}
    sight = sight_of(actor)
    near = tx.all(_find_near(len(words), sight), params)
    looked_up = holding_params(tx.many_processes, words)
    if len(near) >= limit or looked_up is None:
        return near
    return tx.all(_find_indexed(len(words), sight, tx.many_processes), params | looked_up)

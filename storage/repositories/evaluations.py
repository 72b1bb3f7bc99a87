"""The rounds of the yearly evaluation, who has answered, and apart from that the sealed urn with what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update

from board.evaluation import Ballot, Outcome, Round, RoundState
from board.evaluation_plan import Question
from board.ids import CaseId, EvaluationId, PersonId
from storage import after_records as r
from storage.statements import binds
from storage.transaction import Row, Tx
from storage.unit import Unit
from storage.upsert import insert_once, insert_unless_there, upsert
from storage.urn import UrnKeys, seal, unseal

e, v, u = r.evaluations.c, r.evaluation_voters.c, r.evaluation_urns.c
_COLUMNS: Final = tuple(r.evaluations.columns)
_ROUND = bindparam("round", type_=e.id.type)
_GET = select(*_COLUMNS).where(e.id == _ROUND)
_GET_LOCKED = _GET.with_for_update()
_LATEST = select(*_COLUMNS).order_by(e.year.desc()).limit(1)
_OF_YEAR = select(*_COLUMNS).where(e.year == bindparam("of_year"))
_ADD = insert_unless_there(r.evaluations)
_SAVE = update(r.evaluations).where(e.id == _ROUND).values(binds(r.evaluations, leave_out=("year", "id")))
_VOTED = select(v.person_id).where(v.round_id == _ROUND, v.person_id == bindparam("person"))
_VOTES = insert_once(r.evaluation_voters)
_URN = select(u.sealed).where(u.round_id == _ROUND)
_FILL = upsert(r.evaluation_urns)
_EMPTY = delete(r.evaluation_urns).where(u.round_id == _ROUND)


class Evaluations:
    """Implements ``board.evaluation_ports.EvaluationRepository``."""

    def __init__(self, unit: Unit, keys: UrnKeys) -> None:
        self._unit, self._keys = unit, keys

    async def get(self, evaluation: EvaluationId) -> Round | None:
        return await self._one(_GET_LOCKED if self._unit.writable else _GET, {"round": evaluation})

    async def latest(self) -> Round | None:
        return await self._one(_LATEST, {})

    async def of_year(self, year: int) -> Round | None:
        return await self._one(_OF_YEAR, {"of_year": year})

    async def add(self, round_: Round) -> bool:
        values = {"year": round_.year, "id": round_.id, **_values(round_)}
        return bool(await self._unit.write(lambda tx: tx.run(_ADD, values)))

    async def save(self, round_: Round) -> None:
        self._unit.put(_SAVE, {"round": round_.id, **_values(round_)})

    async def has_answered(self, evaluation: EvaluationId, person: PersonId) -> bool:
        params = {"round": evaluation, "person": person}
        return await self._unit.ask(lambda tx: tx.first(_VOTED, params)) is not None

    async def answered(self, evaluation: EvaluationId, person: PersonId) -> None:
        self._unit.put(_VOTES, {"round_id": evaluation, "person_id": person})

    async def urn(self, evaluation: EvaluationId) -> Sequence[Ballot]:
        def step(tx: Tx) -> Sequence[Ballot]:
            row = tx.first(_URN, {"round": evaluation})
            return unseal(evaluation, row[0], self._keys.find(evaluation)) if row else ()

        return await self._unit.ask(step)

    async def fill(self, evaluation: EvaluationId, urn: Sequence[Ballot]) -> None:
        def step(tx: Tx) -> None:
            begun = tx.first(_URN, {"round": evaluation}) is not None
            key = self._keys.find(evaluation) if begun else self._keys.find_or_make(evaluation)
            tx.run(_FILL, {"round_id": evaluation, "sealed": seal(evaluation, urn, key)})

        await self._unit.write(step)

    async def destroy(self, evaluation: EvaluationId) -> None:
        self._unit.put(_EMPTY, {"round": evaluation})
        self._unit.after(lambda: self._keys.destroy(evaluation))

    async def _one(self, statement: Any, params: dict[str, Any]) -> Round | None:
        row = await self._unit.ask(lambda tx: tx.first(statement, params))
        return _round_from(row) if row else None


_CLOSED = select(e.id).where(e.state == RoundState.CLOSED.value)


def destroy_old_keys(tx: Tx, keys: UrnKeys) -> None:
    """Of rounds that are closed: a process that ended between commit and destruction left its key behind."""
    for row in tx.all(_CLOSED):
        keys.destroy(row[0])


def _values(round_: Round) -> dict[str, Any]:
    outcome = round_.outcome
    return {
        "rev": round_.rev,
        "opened_at": round_.opened_at,
        "due": round_.due,
        "closes_at": round_.closes_at,
        "questions": [[question.id, dict(question.label)] for question in round_.questions],
        "fewest": round_.fewest,
        "asked": round_.asked,
        "answered": round_.answered,
        "state": round_.state.value,
        "closed_at": round_.closed_at,
        "outcome": outcome and [outcome.answered, outcome.counts, outcome.comments],
        "case_id": round_.case,
    }


def _round_from(row: Row) -> Round:
    year, id_, rev, opened, due, closes, questions, fewest, asked, answered, state, closed, outcome, case = row
    return Round(
        EvaluationId(id_),
        year,
        rev,
        opened,
        due,
        closes,
        tuple(Question(question, label) for question, label in questions),
        fewest,
        asked,
        answered,
        RoundState(state),
        closed,
        Outcome(outcome[0], tuple(tuple(counts) for counts in outcome[1]), tuple(outcome[2])) if outcome else None,
        CaseId(case) if case else None,
    )

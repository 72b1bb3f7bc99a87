"""What each meeting decided, a row an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from board.decision import Decision
from board.ids import CaseId, ItemId, MeetingId
from storage import sitting_records as r
from storage.errors import StaleRevision
from storage.register_keeping import Keeping
from storage.sitting_mapping import DECISION_COLUMNS, decision_from, decision_values
from storage.statements import binds, listed, one_of, size_for
from storage.transaction import Tx
from storage.unit import Unit

d = r.decisions.c
_OF_MEETING = select(*DECISION_COLUMNS).where(d.meeting_id == bindparam("meeting")).order_by(d.no)
_OF_MEETING_LOCKED = _OF_MEETING.with_for_update()
_GET = select(*DECISION_COLUMNS).where(d.meeting_id == bindparam("meeting"), d.item_id == bindparam("item"))
_GET_LOCKED = _GET.with_for_update()
_ADD = insert(r.decisions).values(binds(r.decisions, leave_out=("no",)))
_CHANGE = (
    update(r.decisions)
    .where(d.meeting_id == bindparam("meeting"), d.item_id == bindparam("item"), d.rev == bindparam("rev_before"))
    .values(binds(r.decisions, leave_out=("no", "meeting_id", "item_id")))
)


@lru_cache
def _of_cases(size: int) -> Select[Any]:
    return select(*DECISION_COLUMNS).where(one_of(d.case_id, "case", size)).order_by(d.no)


class Decisions:
    """Implements ``board.sitting_ports.DecisionRepository``."""

    def __init__(self, unit: Unit, register: Keeping) -> None:
        self._unit, self._register = unit, register

    async def get(self, meeting: MeetingId, item: ItemId) -> Decision | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"meeting": meeting, "item": item}))
        return decision_from(row) if row else None

    async def put(self, decision: Decision) -> None:
        """Raises when the unit of work next reads or commits: :class:`StaleRevision` for a wrong revision, the
        database's own ``IntegrityError`` for one that is there already and for a second one on the same case."""
        values = decision_values(decision)
        if decision.case is not None:
            self._register.case(decision.case)
        if decision.rev == 1:
            self._unit.put(_ADD, {"meeting_id": decision.meeting, "item_id": decision.item, **values})
            return
        values |= {"meeting": decision.meeting, "item": decision.item, "rev_before": decision.rev - 1}
        self._unit.later(lambda tx: _change(tx, decision, values))

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Decision]:
        statement = _OF_MEETING_LOCKED if self._unit.writable else _OF_MEETING
        rows = await self._unit.ask(lambda tx: tx.all(statement, {"meeting": meeting}))
        return [decision_from(row) for row in rows]

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Decision]]:
        wanted = sorted(set(cases))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        params = listed("case", wanted, size)
        found: dict[CaseId, list[Decision]] = {}
        for decision in map(decision_from, await self._unit.ask(lambda tx: tx.all(_of_cases(size), params))):
            if decision.case is not None:
                found.setdefault(decision.case, []).append(decision)
        return found


def _change(tx: Tx, decision: Decision, values: dict[str, Any]) -> None:
    if tx.run(_CHANGE, values) != 1:
        where = f"item {decision.item} of {decision.meeting}"
        raise StaleRevision(f"the decision on {where} is not at revision {decision.rev - 1}")

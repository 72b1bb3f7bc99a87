"""What was asked for with decisions, until it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert

from board.follow_up import FollowUp
from board.ids import CaseId, FollowUpId, PersonId
from storage import sitting_records as r
from storage.errors import StaleRevision
from storage.register_keeping import Keeping
from storage.sitting_mapping import FOLLOW_UP_COLUMNS, follow_up_from, follow_up_values
from storage.statements import LIMIT, binds, listed, one_of, size_for
from storage.transaction import Params, Tx
from storage.unit import Unit

f = r.follow_ups.c
_GET = select(*FOLLOW_UP_COLUMNS).where(f.id == bindparam("follow_up"))
_GET_LOCKED = _GET.with_for_update()
_ADD = (
    insert(r.follow_ups)
    .values(binds(r.follow_ups, leave_out=("no",)))
    .on_conflict_do_nothing(index_elements=["id"])
)  # fmt: skip
_SAVE = (
    update(r.follow_ups)
    .where(f.id == bindparam("follow_up"), f.rev == bindparam("rev_before"))
    .values(binds(r.follow_ups, leave_out=("no", "id")))
)
# Spelled as the indexes have it: as a parameter they would not be used.
_OPEN = select(*FOLLOW_UP_COLUMNS).where(text(r.OPEN)).order_by(f.due, f.no).limit(LIMIT)
_OF_OWNER = _OPEN.where(f.owner == bindparam("owner"))


@lru_cache
def _of_cases(size: int) -> Select[Any]:
    return select(*FOLLOW_UP_COLUMNS).where(one_of(f.case_id, "case", size)).order_by(f.no)


class FollowUps:
    """Implements ``board.sitting_ports.FollowUpRepository``."""

    def __init__(self, unit: Unit, register: Keeping) -> None:
        self._unit, self._register = unit, register

    async def get(self, follow_up: FollowUpId) -> FollowUp | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"follow_up": follow_up}))
        return follow_up_from(row) if row else None

    async def add(self, follow_ups: Sequence[FollowUp]) -> None:
        if follow_ups:
            self._unit.put(_ADD, [{"id": one.id, **follow_up_values(one)} for one in follow_ups])
        for one in follow_ups:
            self._register.case(one.case)

    async def save(self, follow_up: FollowUp) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits."""
        values = {**follow_up_values(follow_up), "follow_up": follow_up.id, "rev_before": follow_up.rev - 1}
        self._unit.later(lambda tx: _save(tx, follow_up, values))
        self._register.case(follow_up.case)

    async def open(self, limit: int) -> Sequence[FollowUp]:
        return await self._all(_OPEN, {"limit": limit})

    async def of_owner(self, owner: PersonId, limit: int) -> Sequence[FollowUp]:
        return await self._all(_OF_OWNER, {"owner": owner, "limit": limit})

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[FollowUp]]:
        wanted = sorted(set(cases))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        found: dict[CaseId, list[FollowUp]] = {}
        for one in await self._all(_of_cases(size), listed("case", wanted, size)):
            found.setdefault(one.case, []).append(one)
        return found

    async def _all(self, statement: Select[Any], params: Params) -> Sequence[FollowUp]:
        return [follow_up_from(row) for row in await self._unit.ask(lambda tx: tx.all(statement, params))]


def _save(tx: Tx, follow_up: FollowUp, values: dict[str, Any]) -> None:
    if tx.run(_SAVE, values) != 1:
        raise StaleRevision(f"follow-up {follow_up.id} is not at revision {follow_up.rev - 1}")

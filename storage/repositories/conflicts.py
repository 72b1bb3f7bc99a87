"""What each recipient said of each case's habilitet, and what the chair ruled.

Who is excluded is kept with the case itself (``cases.excluded``, ``exclusions``): that is what lists go by.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from board.conflicts import Conflict, Declared, Ruling
from board.ids import CaseId, PersonId
from storage import case_records as r
from storage.statements import listed, one_of, size_for
from storage.transaction import Row
from storage.unit import Unit
from storage.upsert import upsert

k = r.conflicts.c
_COLUMNS = tuple(r.conflicts.columns)
_GET = select(*_COLUMNS).where(k.case_id == bindparam("case"), k.person_id == bindparam("person"))
_GET_LOCKED = _GET.with_for_update()
_PUT = upsert(r.conflicts)


@lru_cache
def _of_cases(size: int) -> Select[Any]:
    return select(*_COLUMNS).where(one_of(k.case_id, "case", size)).order_by(k.case_id, k.person_id)


class Conflicts:
    """Implements ``board.agenda_ports.ConflictRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def get(self, case: CaseId, person: PersonId) -> Conflict | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"case": case, "person": person}))
        return _conflict_from(row) if row else None

    async def put(self, conflict: Conflict) -> None:
        values = {
            "case_id": conflict.case,
            "person_id": conflict.person,
            "rev": conflict.rev,
            "answer": conflict.answer.value,
            "note": conflict.note,
            "at": conflict.at,
            "ruling": conflict.ruling.value if conflict.ruling else None,
            "ruled_by": conflict.ruled_by,
            "ruled_at": conflict.ruled_at,
            "reason": conflict.reason,
        }
        self._unit.put(_PUT, values)

    async def of_cases(self, cases: Sequence[CaseId]) -> Sequence[Conflict]:
        """In the order of the cases' ids, then the people's."""
        wanted = sorted(set(cases))
        if not wanted:
            return ()
        size = size_for(len(wanted))
        params = listed("case", wanted, size)
        return [_conflict_from(row) for row in await self._unit.ask(lambda tx: tx.all(_of_cases(size), params))]


def _conflict_from(row: Row) -> Conflict:
    case, person, rev, answer, note, at, ruling, ruled_by, ruled_at, reason = row
    return Conflict(
        CaseId(case),
        PersonId(person),
        rev,
        Declared(answer),
        note,
        at,
        Ruling(ruling) if ruling else None,
        PersonId(ruled_by) if ruled_by else None,
        ruled_at,
        reason,
    )

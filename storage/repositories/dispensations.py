"""The chair's dispensations, asked for and ruled on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from board.dispensation import Dispensation, DispensationState, GateId
from board.ids import CaseId, DispensationId, MeetingId, PersonId
from storage import case_records as r
from storage.errors import StaleRevision
from storage.statements import binds
from storage.transaction import Row, Tx
from storage.unit import Unit

d = r.dispensations.c
_COLUMNS = tuple(column for column in r.dispensations.columns if column.name != "no")
_GET = select(*_COLUMNS).where(d.id == bindparam("dispensation"))
_GET_LOCKED = _GET.with_for_update()
_OF_MEETING = select(*_COLUMNS).where(d.meeting_id == bindparam("meeting")).order_by(d.no)
_ADD = insert(r.dispensations).values(binds(r.dispensations, leave_out=("no",)))
_SAVE = (
    update(r.dispensations)
    .where(d.id == bindparam("dispensation"), d.rev == bindparam("rev_before"))
    .values(binds(r.dispensations, leave_out=("no", "id")))
)


class Dispensations:
    """Implements ``board.agenda_ports.DispensationRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def get(self, dispensation: DispensationId) -> Dispensation | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"dispensation": dispensation}))
        return _dispensation_from(row) if row else None

    async def add(self, dispensation: Dispensation) -> None:
        self._unit.put(_ADD, {"id": dispensation.id, **_values(dispensation)})

    async def save(self, dispensation: Dispensation) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits."""
        values = {**_values(dispensation), "dispensation": dispensation.id, "rev_before": dispensation.rev - 1}
        self._unit.later(lambda tx: _save(tx, dispensation, values))

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Dispensation]:
        rows = await self._unit.ask(lambda tx: tx.all(_OF_MEETING, {"meeting": meeting}))
        return [_dispensation_from(row) for row in rows]


def _save(tx: Tx, dispensation: Dispensation, values: dict[str, Any]) -> None:
    if tx.run(_SAVE, values) != 1:
        raise StaleRevision(f"dispensation {dispensation.id} is not at revision {dispensation.rev - 1}")


def _dispensation_from(row: Row) -> Dispensation:
    id_, rev, gate, meeting, case, reason, by, at, state, ruling, ruled_by, ruled_at = row
    return Dispensation(
        DispensationId(id_),
        rev,
        GateId(gate),
        MeetingId(meeting),
        CaseId(case) if case else None,
        reason,
        PersonId(by),
        at,
        DispensationState(state),
        ruling,
        PersonId(ruled_by) if ruled_by else None,
        ruled_at,
    )


def _values(dispensation: Dispensation) -> dict[str, Any]:
    return {
        "rev": dispensation.rev,
        "gate": dispensation.gate.value,
        "meeting_id": dispensation.meeting,
        "case_id": dispensation.case,
        "reason": dispensation.reason,
        "by": dispensation.by,
        "at": dispensation.at,
        "state": dispensation.state.value,
        "ruling": dispensation.ruling,
        "ruled_by": dispensation.ruled_by,
        "ruled_at": dispensation.ruled_at,
    }

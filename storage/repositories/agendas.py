"""The agenda of each meeting, one row with its items as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from board.agenda import Agenda, AgendaState, Item, ItemKind
from board.events import Happened
from board.ids import CaseId, ItemId, MeetingId, PersonId
from storage import case_records as r
from storage.errors import StaleRevision
from storage.statements import binds
from storage.transaction import Row, Tx
from storage.unit import Unit
from storage.upsert import insert_once

a = r.agendas.c
_GET = select(*r.agendas.columns).where(a.meeting_id == bindparam("meeting"))
_GET_LOCKED = _GET.with_for_update()
_ADD = insert_once(r.agendas)
_SAVE = (
    update(r.agendas)
    .where(a.meeting_id == bindparam("meeting"), a.rev == bindparam("rev_before"))
    .values(binds(r.agendas, leave_out=("meeting_id",)))
)


class Agendas:
    """Implements ``board.agenda_ports.AgendaRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def get(self, meeting: MeetingId) -> Agenda | None:
        statement = _GET_LOCKED if self._unit.writable else _GET
        row = await self._unit.ask(lambda tx: tx.first(statement, {"meeting": meeting}))
        return _agenda_from(row) if row else None

    async def add(self, agenda: Agenda) -> bool:
        """On PostgreSQL a second adder waits for the first to commit or give up."""
        values = {"meeting_id": agenda.meeting, **_values(agenda)}
        return await self._unit.write(lambda tx: tx.run(_ADD, values)) == 1

    async def save(self, agenda: Agenda) -> None:
        """A wrong revision raises :class:`StaleRevision` when the unit of work next reads or commits."""
        values = {**_values(agenda), "meeting": agenda.meeting, "rev_before": agenda.rev - 1}
        self._unit.later(lambda tx: _save(tx, agenda, values))


def _save(tx: Tx, agenda: Agenda, values: dict[str, Any]) -> None:
    if tx.run(_SAVE, values) != 1:
        raise StaleRevision(f"the agenda of {agenda.meeting} is not at revision {agenda.rev - 1}")


def _agenda_from(row: Row) -> Agenda:
    meeting, rev, state, built_at, built_by, approved_at, approved_by, changed_at, changed_by, last, items = row
    return Agenda(
        MeetingId(meeting),
        rev,
        tuple(_item_from(item) for item in items),
        built_at,
        PersonId(built_by),
        AgendaState(state),
        approved_at,
        PersonId(approved_by) if approved_by else None,
        changed_at,
        PersonId(changed_by) if changed_by else None,
        Happened(last),
    )


def _values(agenda: Agenda) -> dict[str, Any]:
    return {
        "rev": agenda.rev,
        "state": agenda.state.value,
        "built_at": agenda.built_at,
        "built_by": agenda.built_by,
        "approved_at": agenda.approved_at,
        "approved_by": agenda.approved_by,
        "changed_at": agenda.changed_at,
        "changed_by": agenda.changed_by,
        "last_what": agenda.last.value,
        "items": [_item_values(item) for item in agenda.items],
    }


def _item_from(values: Mapping[str, Any]) -> Item:
    case = CaseId(values["case"]) if values["case"] else None
    what = (ItemId(values["id"]), ItemKind(values["kind"]), values["minutes"])
    return Item(*what, values["presenter"], case, values["number"])


def _item_values(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "minutes": item.minutes,
        "presenter": item.presenter,
        "case": item.case,
        "number": item.number,
    }

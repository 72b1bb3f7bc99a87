"""The log of what happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from board.events import Event
from storage import records as r
from storage.audit import append
from storage.mapping import event_from
from storage.unit import Unit

y = r.history.c
_OF = (
    select(y.at, y.by, y.what, y.object_id, y.rev, y.from_state, y.to_state, y.reason, y.details)
    .where(y.object_id == bindparam("object"))
    .order_by(y.seq)
)


class History:
    """Implements ``board.ports.History``. Rows are added as the last thing before the commit (``Unit.last``)."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def append(self, events: Sequence[Event]) -> None:
        if events:
            self._unit.last(lambda tx: append(tx, events))

    async def of(self, object_id: str) -> Sequence[Event]:
        rows = await self._unit.ask(lambda tx: tx.all(_OF, {"object": object_id}), after_last=True)
        return [event_from(row) for row in rows]

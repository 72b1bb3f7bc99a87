"""The log of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from board.delivery import NEWEST
from board.events import Event, Happened
from board.log_page import LogRow
from storage import records as r
from storage.audit import append
from storage.mapping import event_from
from storage.statements import LIMIT, listed, one_of, size_for
from storage.unit import Unit

y = r.history.c
_COLUMNS = (y.at, y.by, y.what, y.object_id, y.rev, y.from_state, y.to_state, y.reason, y.details)
_OF = select(*_COLUMNS).where(y.object_id == bindparam("object")).order_by(y.seq)


@lru_cache
def _page(objects: int, kinds: int) -> Select[Any]:
    where = [one_of(y.object_id, "object", objects), y.seq < bindparam("before")]
    where += [one_of(y.what, "what", kinds)] if kinds else []
    return select(y.seq, *_COLUMNS).where(*where).order_by(y.seq.desc()).limit(LIMIT)


class History:
    """Implements ``board.ports.History``. Rows are added as the last thing before the commit (``Unit.last``)."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def append(self, events: Sequence[Event]) -> None:
        if events:
            self._unit.last(lambda tx: append(tx, events))

    async def page(
        self, objects: Sequence[str], limit: int, before: int = NEWEST, only: Sequence[Happened] = ()
    ) -> Sequence[LogRow]:
        about, kinds = sorted(set(objects)), sorted({what.value for what in only})
        if not about:
            return ()
        sizes = size_for(len(about)), size_for(len(kinds)) if kinds else 0
        params = {**listed("object", about, sizes[0]), "before": before, "limit": limit}
        params |= listed("what", kinds, sizes[1]) if kinds else {}
        rows = await self._unit.ask(lambda tx: tx.all(_page(*sizes), params), after_last=True)
        return [LogRow(row[0], event_from(row[1:])) for row in rows]

    async def of(self, object_id: str) -> Sequence[Event]:
        rows = await self._unit.ask(lambda tx: tx.all(_OF, {"object": object_id}), after_last=True)
        return [event_from(row) for row in rows]

"""Activities that were seen: each has its effect once, also when it comes twice at the same instant."""

from __future__ import annotations

from datetime import datetime

from storage import records as r
from storage.unit import Unit
from storage.upsert import insert_once

_TAKE = insert_once(r.inbox)


class Inbox:
    """Implements ``board.ports.Inbox``.

    On PostgreSQL a second taker waits for the first to commit or give up: the primary key is the guard.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def take(self, channel: str, activity_id: str, now: datetime) -> bool:
        values = {"channel": channel, "activity_id": activity_id, "at": now}
        return await self._unit.write(lambda tx: tx.run(_TAKE, values)) == 1

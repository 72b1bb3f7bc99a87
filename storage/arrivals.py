"""What a channel has acknowledged and not done yet. Each call is one short transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, and_, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert

from storage import channel_records as r
from storage.statements import LIMIT, NOW, binds
from storage.transaction import Database, Tx
from storage.types import Instant

a = r.arrivals.c
_CHANNEL: BindParameter[str] = bindparam("of_channel", type_=a.channel.type)
_KEY: BindParameter[str] = bindparam("of_key", type_=a.key.type)
_UNTIL = bindparam("lease_until", type_=Instant())
_HERE = (a.channel == _CHANNEL, a.key == _KEY)
_new = insert(r.arrivals).values(binds(r.arrivals, leave_out=("done_at",)))
_TAKE = _new.on_conflict_do_update(
    index_elements=["channel", "key"],
    set_={"until": _new.excluded.until},
    where=and_(a.done_at.is_(None), a.until <= _new.excluded.at),
)
"""Also what came before, where its taker had its time and did not do it."""
_DONE = update(r.arrivals).where(*_HERE).values(done_at=NOW, body="")
_LEFT = (
    select(a.key, a.body)
    .where(a.channel == _CHANNEL, text("done_at IS NULL"), a.until <= NOW)
    .order_by(a.until, a.at)
    .limit(LIMIT)
    .with_for_update(skip_locked=True)
)
_LEASE = update(r.arrivals).where(*_HERE).values(until=_UNTIL)


class Arrivals:
    """Implements ``bot.channels.slack.arrivals.Arrivals`` for one channel."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database, self._channel = database, channel

    async def take(self, key: str, body: str, now: datetime, lease: timedelta) -> bool:
        """On PostgreSQL a second taker waits for the first to commit: the primary key is the guard."""
        values = {"channel": self._channel, "key": key, "body": body, "at": now, "until": now + lease}
        return await self._database.once(lambda tx: tx.run(_TAKE, values)) == 1

    async def done(self, key: str, now: datetime) -> None:
        await self._database.once(lambda tx: tx.run(_DONE, {**self._at(key), "now": now}))

    async def left(self, now: datetime, limit: int, lease: timedelta) -> Sequence[tuple[str, str]]:
        find = {"of_channel": self._channel, "now": now, "limit": limit}

        def step(tx: Tx) -> Sequence[tuple[str, str]]:
            rows = tx.all(_LEFT, find)
            if rows:
                tx.run(_LEASE, [{**self._at(row[0]), "lease_until": now + lease} for row in rows])
            return [(row[0], row[1]) for row in rows]

        return await self._database.once(step)

    def _at(self, key: str) -> dict[str, str]:
        return {"of_channel": self._channel, "of_key": key}

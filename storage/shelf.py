"""What stands behind forms that are out: kept under the digest of its own words. Implements the Slack edge's shelf."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, select

from storage.channel_records import shelf
from storage.transaction import Database
from storage.upsert import upsert

_KEEP = upsert(shelf, keep=("body",))
_GET = select(shelf.c.body).where(shelf.c.id == bindparam("shelf_id", type_=shelf.c.id.type))


class Shelf:
    """Each call is a short transaction of its own. Of no authority: what is found there is read again by the rules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, body: str, now: datetime) -> str:
        """Its id, the SHA-256 of the body: the same body is kept once, and lives on from ``now``."""
        id_ = sha256(body.encode()).hexdigest()
        row = {"id": id_, "body": body, "at": now}
        await self._database.once(lambda tx: tx.run(_KEEP, row))
        return id_

    async def get(self, id_: str) -> str | None:
        """None where it is unknown, or was kept so long ago that it is gone."""
        async with self._database.read() as session:
            row = await session.run(lambda tx: tx.first(_GET, {"shelf_id": id_}))
        return None if row is None else str(row[0])

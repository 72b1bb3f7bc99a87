"""Minutes that were locked: what the log says of each file, and what the book of minutes says of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from board.events import Happened
from board.minutes import meeting_of_minutes
from board.minutes_ports import Locked
from storage import minutes_records as m
from storage import records as r
from storage.transaction import Database

y, f = r.history.c, m.minutes_files.c
_LOGGED = select(y.object_id, y.details).where(y.what == bindparam("what")).order_by(y.seq)
_KEPT = select(f.meeting_id, f.version, f.sha256)


async def locked_files(database: Database) -> Sequence[Locked]:
    """Every file that either of them names, in the order of the log."""
    async with database.read() as session:
        rows = await session.run(lambda tx: tx.all(_LOGGED, {"what": Happened.MINUTES_LOCKED.value}))
        files = await session.run(lambda tx: tx.all(_KEPT, {}))
    kept = {(meeting, version): sha256 for meeting, version, sha256 in files}
    found = []
    for about, details in rows:
        key = (str(meeting_of_minutes(about)), int(details["version"]))
        found.append(Locked(*key, details["sha256"], kept.pop(key, "")))
    return [*found, *(Locked(*key, "", sha256) for key, sha256 in kept.items())]

"""The log's chain: each row carries the hash of itself and of the row before it, a head row the last one's.

Changed, removed, swapped, inserted and cut-off rows are found. Whoever can write to the database past its triggers and
rewrites the whole chain with its head is not: compare the head (``Verdict.head``) with one that was written down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, select, update

from board.events import Event
from storage import records as r
from storage.statements import LIMIT, binds
from storage.transaction import Database, Row, Tx

GENESIS = "0" * 64
BATCH = 10_000

y = r.history.c
_HEAD = select(r.history_head.c.seq, r.history_head.c.hash).where(r.history_head.c.id == 1)
_HEAD_LOCKED = _HEAD.with_for_update()
_MOVE = (
    update(r.history_head).where(r.history_head.c.id == 1).values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)
_ADD = insert(r.history).values(binds(r.history))
_SIGNED = (y.seq, y.at, y.by, y.what, y.object_id, y.rev, y.from_state, y.to_state, y.reason, y.details)
_ROWS = select(*_SIGNED, y.prev_hash, y.hash).where(y.seq > bindparam("after")).order_by(y.seq).limit(LIMIT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``rows`` were read, the last with hash ``head``. ``seq`` is the first broken row, None where all is whole."""

    rows: int
    head: str
    seq: int | None = None
    what: str = ""


def row_hash(prev_hash: str, signed: Sequence[Any]) -> str:
    """SHA-256 over the hash before it and the row as JSON: sorted keys, UTF-8, times in UTC to the microsecond."""
    seq, at, *rest = signed
    body = orjson.dumps(
        [seq, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest], option=orjson.OPT_SORT_KEYS
    )
    return hashlib.sha256(prev_hash.encode() + body).hexdigest()


def append(tx: Tx, events: Sequence[Event]) -> None:
    """Adds rows to the chain. The head row's lock makes writers of several processes take turns."""
    head = tx.first(_HEAD_LOCKED)
    if head is None:
        raise RuntimeError("the log has lost its head row: run `saksgang audit verify`")
    seq, last = head
    rows: list[Mapping[str, Any]] = []
    for event in events:
        seq += 1
        row = _values(seq, event)
        row["prev_hash"] = last
        row["hash"] = last = row_hash(last, [row[c.name] for c in _SIGNED])
        rows.append(row)
    tx.run(_ADD, rows)
    tx.run(_MOVE, {"new_seq": seq, "new_hash": last})


async def verify(database: Database) -> Verdict:
    """Reads the whole log, in one view of it, a batch at a time."""
    async with database.read() as session:
        head = await session.run(lambda tx: tx.first(_HEAD))
        reading = _Reading()
        while await session.run(reading.batch):
            pass
    return reading.verdict(head)


class _Reading:
    """How far the log was read and found whole."""

    def __init__(self) -> None:
        self.seq, self.last, self.fault = 0, GENESIS, ""

    def batch(self, tx: Tx) -> bool:
        """False at the end of the log or at a fault."""
        rows = tx.all(_ROWS, {"after": self.seq, "limit": BATCH})
        for row in rows:
            if fault := _fault(self.seq, self.last, row):
                self.fault = fault
                return False
            self.seq, self.last = row[0], row[-1]
        return bool(rows)

    def verdict(self, head: Row | None) -> Verdict:
        seq, last = self.seq, self.last
        if self.fault:
            return Verdict(seq, last, seq + 1, self.fault)
        if head is None:
            return Verdict(seq, last, seq + 1, "the head row is not there")
        if head[0] > seq:
            return Verdict(seq, last, seq + 1, f"the log ends at row {seq}; its head says {head[0]}")
        if (head[0], head[1]) != (seq, last):
            return Verdict(seq, last, seq, f"the head (row {head[0]}) is not that of the last row ({seq})")
        return Verdict(seq, last)


def _fault(seq: int, last: str, row: Row) -> str:
    if row[0] != seq + 1:
        return f"row {seq + 1} is not there; the next one is {row[0]}"
    if row[-2] != last:
        return f"row {row[0]} does not follow on the row before it"
    if row_hash(last, row[:-2]) != row[-1]:
        return f"row {row[0]} is not what was written"
    return ""


def _values(seq: int, event: Event) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": event.at,
        "by": event.by,
        "what": event.what.value,
        "object_id": event.object_id,
        "rev": event.rev,
        "from_state": str(event.from_state),
        "to_state": str(event.to_state),
        "reason": event.reason,
        "details": dict(event.details),
    }

"""Removing what has been kept long enough: a few rows at a time, so that nobody waits long for the writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Delete, bindparam, delete, or_, select, text, tuple_

from board.answer_link import KEPT_AFTER
from board.notices import NoticeKind
from storage import records as r
from storage.channel_records import answer_links, arrivals, shelf
from storage.pack_records import links
from storage.statements import LIMIT
from storage.transaction import Database
from storage.types import Instant

BATCH = 1000
_BEFORE = bindparam("before", type_=Instant())
i, o = r.inbox.c, r.outbox.c
_OLD_INBOX = select(i.channel, i.activity_id).where(i.at < _BEFORE).limit(LIMIT)
_INBOX = delete(r.inbox).where(tuple_(i.channel, i.activity_id).in_(_OLD_INBOX))
_OLD_ARRIVALS = select(arrivals.c.channel, arrivals.c.key).where(arrivals.c.at < _BEFORE).limit(LIMIT)
_ARRIVALS = delete(arrivals).where(tuple_(arrivals.c.channel, arrivals.c.key).in_(_OLD_ARRIVALS))
"""Also what nobody managed to do all that time: it holds what a person wrote."""
_OVER = text("done_at IS NOT NULL AND state IN ('sent', 'told', 'expired', 'dropped')")
_PROVES_NOTHING = or_(o.copy_id.is_not(None), o.kind == NoticeKind.DIGEST.value)
"""Redrawings and reminders: that a notice itself was sent is kept longer (mandatet § 7)."""
_OLD_OUTBOX = select(o.id).where(_OVER, o.done_at < _BEFORE, _PROVES_NOTHING).limit(LIMIT)
_OUTBOX = delete(r.outbox).where(o.id.in_(_OLD_OUTBOX))
_OLD_PROOF = select(o.id).where(_OVER, o.done_at < _BEFORE).limit(LIMIT)
_PROOF = delete(r.outbox).where(o.id.in_(_OLD_PROOF))
_OLD_LINKS = select(links.c.secret_hash).where(links.c.expires_at < _BEFORE).limit(LIMIT)
_LINKS = delete(links).where(links.c.secret_hash.in_(_OLD_LINKS))
_OLD_ANSWERS = select(answer_links.c.id).where(answer_links.c.expires_at < _BEFORE).limit(LIMIT)
_ANSWERS = delete(answer_links).where(answer_links.c.id.in_(_OLD_ANSWERS))
_OLD_FORMS = select(shelf.c.id).where(shelf.c.at < _BEFORE).limit(LIMIT)
_FORMS = delete(shelf).where(shelf.c.id.in_(_OLD_FORMS))
SHELF_KEPT: Final = timedelta(days=400)
"""What stands behind a form, from the last time it went out: longer than the year in which a case comes back."""


@dataclass(frozen=True, slots=True)
class Retention:
    """What is older than these goes: what came in, redrawings and reminders that went out, proof of what was sent.

    What failed or waits stays. ``links_before``: secret links that had expired by then. ``shelf_before``: what stands
    behind forms that went out before; None leaves it (``SHELF_KEPT`` says for how long).
    """

    inbox_before: datetime
    outbox_before: datetime
    proof_before: datetime
    links_before: datetime
    shelf_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went."""

    inbox: int
    outbox: int
    links: int
    shelf: int = 0
    arrivals: int = 0


async def purge(database: Database, keep: Retention) -> Purged:
    return Purged(
        inbox=await _all_of(database, _INBOX, keep.inbox_before),
        outbox=await _all_of(database, _OUTBOX, keep.outbox_before)
        + await _all_of(database, _PROOF, keep.proof_before),
        links=await _all_of(database, _LINKS, keep.links_before)
        + await _all_of(database, _ANSWERS, keep.links_before - KEPT_AFTER),
        arrivals=await _all_of(database, _ARRIVALS, keep.inbox_before),
        shelf=await _all_of(database, _FORMS, keep.shelf_before) if keep.shelf_before else 0,
    )


async def _all_of(database: Database, statement: Delete, before: datetime) -> int:
    params = {"before": before, "limit": BATCH}
    total = 0
    while removed := await database.once(lambda tx: tx.run(statement, params)):
        total += removed
    return total

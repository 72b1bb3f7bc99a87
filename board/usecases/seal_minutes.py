"""The approved version's file is made and kept: its SHA-256 is in the log, and those who got the text are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from board.ids import PersonId
from board.minutes import Minutes, minutes_object
from board.minutes_ports import LockedFile, Sealing
from board.notices import Notice, NoticeKind
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import Kept, round_people

LEASE: Final = timedelta(minutes=3)
"""How long after a process was lost another one begins anew."""


async def claim_sealing(work: UnitOfWork, rules: Rules) -> Sealing | None:
    return await work.minutes_book.claim(rules.clock.now(), LEASE)


async def minutes_sealed(made: Sealing, sha256: str, pages: int, size: int, work: UnitOfWork, rules: Rules) -> bool:
    """False where another process was first, or the text is not the approved one any more: nothing is changed."""
    now, meeting = rules.clock.now(), made.minutes.meeting
    minutes = await work.minutes_book.get(meeting)
    if minutes is None or minutes.sha256 or minutes.approved_version != made.version.version:
        return False
    if not await work.minutes_book.put_file(LockedFile(meeting, made.version.version, sha256, pages, size, now)):
        return False
    by = made.version.by if made.version.corrects else minutes.approved_by or minutes.by
    result = minutes.locked(sha256, pages, by, now)
    await work.minutes_book.save(result.minutes)
    await work.history.append(result.events)
    about, rev = minutes_object(meeting), result.minutes.rev
    kind = NoticeKind.MINUTES_CORRECTED if made.version.corrects else NoticeKind.MINUTES_LOCKED
    people = await got_it(result.minutes, work, rules)
    await work.outbox.tell([Notice(kind, about, rev, person) for person in people], now)
    await work.outbox.redraw(about, rev, now)
    return True


async def got_it(minutes: Minutes, work: UnitOfWork, rules: Rules) -> tuple[PersonId, ...]:
    """Everybody who got the text: those who are asked for remarks (mandatet § 5, § 7), also in another's place."""
    meeting = (await work.meetings.named([minutes.meeting]))[minutes.meeting]
    sitting = (await work.sittings.named([minutes.meeting])).get(minutes.meeting)
    return await round_people(Kept(meeting, sitting, minutes), work, rules)

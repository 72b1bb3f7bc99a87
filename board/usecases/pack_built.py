"""A version has been made into files, or could not be: now it is out, and people are told; or the office learns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from board.clock import local_day
from board.events import Event, Happened
from board.notices import Notice, NoticeKind
from board.pack import Pack, PackFile, PackState
from board.people import HANDLERS
from board.ports import Rules, UnitOfWork
from board.usecases._pack_told import tell_version
from board.usecases.pack_readers import redraw_pack


async def pack_built(
    pack: Pack, files: Sequence[PackFile], reading_minutes: int, work: UnitOfWork, rules: Rules
) -> bool:
    """``files``: the whole, and a variant for each set of cases somebody gets it without. False where another process
    was first: nothing is changed then."""
    meeting = await work.meetings.get(pack.meeting)
    stored = await _waiting(pack, work)
    if stored is None or meeting is None:
        return False
    now = rules.clock.now()
    pages = next((file.pages for file in files if file.case is None and not file.left_out), 0)
    ready = replace(stored, state=PackState.READY, pages=pages, reading_minutes=reading_minutes, ready_at=now)
    for file in files:
        await work.packs.put_file(file)
    await work.packs.made(ready)
    details = {"version": str(pack.version), "pages": str(pages)}
    await work.history.append([Event(Happened.PACK_BUILT, pack.meeting, now, pack.by, pack.version, details=details)])
    if meeting.is_planned:
        await tell_version(ready, meeting, work, rules)
    await redraw_pack(pack.meeting, work, now)
    return True


async def pack_failed(pack: Pack, incident: str, work: UnitOfWork, rules: Rules) -> bool:
    """``incident`` is what operators find the log line by. The office may send again."""
    meeting = await work.meetings.get(pack.meeting)
    stored = await _waiting(pack, work)
    if stored is None or meeting is None:
        return False
    now = rules.clock.now()
    await work.packs.made(replace(stored, state=PackState.FAILED))
    holders = await work.people.holders(sorted(HANDLERS), local_day(now))
    office = dict.fromkeys(person for people in holders.values() for person in people)
    kind = NoticeKind.PACK_FAILED
    await work.outbox.tell([Notice(kind, pack.meeting, pack.version, to, incident) for to in office], now)
    await redraw_pack(pack.meeting, work, now)
    return True


async def _waiting(pack: Pack, work: UnitOfWork) -> Pack | None:
    """The version as it is stored now, locked, where it still waits."""
    latest = await work.packs.latest(pack.meeting)
    same = latest is not None and latest.id == pack.id and latest.state is PackState.WAITING
    return latest if same else None

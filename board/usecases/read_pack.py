"""A recipient opens the papers: who may, without which cases, the mark that they were read, an address that opens them.

The address is a secret that is kept as a digest; whose it is and what that person may see is judged when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from board.agenda_ports import Link
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, MeetingId
from board.meeting import Meeting
from board.meeting_commands import ReadPack
from board.pack import Pack, PackRead, PackState
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases.open_calendar import secret_hash
from board.usecases.pack_readers import asked_deputies, conflicts_in, left_out, may_read, recipients


@dataclass(frozen=True, slots=True)
class Source:
    """What is printed for a reader: a version, whole or one ``case`` of it, ``without`` some cases; or, with no
    ``pack``, the paper of a case that is not sent yet, as the case is now."""

    meeting: MeetingId
    pack: Pack | None
    case: CaseId | None = None
    without: tuple[CaseId, ...] = ()


async def read_pack(
    command: ReadPack, link_hours: int, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[Source, str] | Refusal:
    """What may be read, and the secret of its address for ``link_hours``. The version is marked as read."""
    source = await source_for(command.meeting, command.case, actor, work)
    if isinstance(source, Refusal):
        await refuse(source, actor, command.case or command.meeting, work, rules)
        return source
    secret, until = rules.ids.secret(), rules.clock.now() + timedelta(hours=link_hours)
    await work.links.add(secret_hash(secret), Link(actor.id, source.meeting, source.case, until))
    await mark_read(source, actor, work, rules)
    return source, secret


async def source_for(meeting_id: MeetingId, case: CaseId | None, actor: Actor, work: UnitOfWork) -> Source | Refusal:
    """What this person may read of it now."""
    return await _of_case(case, actor, work) if case else await _of_meeting(meeting_id, actor, work)


async def mark_read(source: Source, actor: Actor, work: UnitOfWork, rules: Rules) -> bool:
    """Keeps that a recipient has opened this version, in the log once a person and version. False where it was."""
    pack = source.pack
    meeting = await work.meetings.get(pack.meeting) if pack else None
    if pack is None or meeting is None or actor.id not in (await recipients(meeting, work, rules)).people:
        return False
    before = next((mark for mark in await work.packs.reads(meeting.id) if mark.person == actor.id), None)
    if before is not None and before.version >= pack.version:
        return False
    now = rules.clock.now()
    await work.packs.read(PackRead(meeting.id, actor.id, pack.version, now, now))
    details = {"version": str(pack.version)}
    await work.history.append([Event(Happened.PACK_READ, meeting.id, now, actor.id, pack.version, details=details)])
    return True


async def _of_meeting(meeting_id: MeetingId, actor: Actor, work: UnitOfWork) -> Source | Refusal:
    meeting = await work.meetings.get(meeting_id)
    if meeting is None or not await may_read(actor, meeting, work):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "read_pack"})
    pack = await work.packs.ready(meeting.id)
    if pack is None:
        return await _not_there(meeting, work)
    return Source(meeting.id, pack, None, left_out(await conflicts_in(pack, work)).get(actor.id, ()))


async def _not_there(meeting: Meeting, work: UnitOfWork) -> Refusal:
    latest = await work.packs.latest(meeting.id)
    if latest is not None and latest.state is PackState.WAITING:
        return Refusal(RefusalCode.NOT_READY)
    return Refusal(RefusalCode.NOT_SENT)


async def _of_case(case_id: CaseId, actor: Actor, work: UnitOfWork) -> Source | Refusal:
    case = await work.cases.get(case_id)
    refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "read_paper"})
    if case is None or actor.id in case.excluded:
        return refusal
    pack = await work.packs.ready(case.board_meeting) if case.board_meeting and case.dispatched_at else None
    if pack is not None and pack.item_of(case.id) is not None:
        if case.may_be_seen_by(actor) or await _stands_in(pack, actor, work):
            return Source(pack.meeting, pack, case.id)
        return refusal
    if not case.may_be_seen_by(actor):
        return refusal
    return Source(case.board_meeting or case.wg_meeting or MeetingId(""), None, case.id)


async def _stands_in(pack: Pack, actor: Actor, work: UnitOfWork) -> bool:
    meeting = await work.meetings.get(pack.meeting)
    return meeting is not None and actor.id in await asked_deputies(meeting, work)

"""The papers of a meeting are sent: every gate holds, the cases are dispatched, and what is sent is frozen.

The files are made afterwards (``pack_built``); nobody is told before they are there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from board.case_course import dispatch
from board.deadlines import EndsBy
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.gates import Basis, changes, items_of, minutes_of, refusals
from board.ids import MeetingId, PackId
from board.meeting import Meeting
from board.meeting_commands import SendPack
from board.pack import Pack, PackState, agenda_digest
from board.people import HANDLERS, Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._record import record, refuse
from board.usecases._sitting import unless_started
from board.usecases._task import task_done
from board.usecases.pack_basis import pack_basis
from board.usecases.pack_readers import redraw_pack

Freeze: TypeAlias = Callable[[Basis, Pack], Awaitable[Mapping[str, Any]]]
"""What a version says, in words, as JSON: the dialogs know the words."""


async def send_pack(command: SendPack, freeze: Freeze, actor: Actor, work: UnitOfWork, rules: Rules) -> Pack | Refusal:
    """The version that was decided, which waits to be made into files."""
    meeting = await may_send(command.meeting, actor, work, rules)
    if isinstance(meeting, Refusal):
        return meeting
    latest = await work.packs.latest(meeting.id)
    if latest is not None and latest.state is PackState.WAITING:
        return Refusal(RefusalCode.NOT_READY)
    basis = await pack_basis(meeting, work, rules)
    if refusal := _refusal(basis, actor, rules):
        return refusal
    pack = _version(basis, latest.version + 1 if latest else 1, actor, rules)
    frozen = await freeze(basis, pack)
    if refusal := await _dispatched(basis, actor, work, rules):
        return refusal
    await work.packs.add(pack, frozen)
    await work.history.append([_sent(pack, basis)])
    await _end_tasks(meeting, actor, work, rules)
    await redraw_pack(meeting.id, work, pack.sent_at)
    return pack


async def may_send(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Meeting | Refusal:
    """The meeting whose papers this person may send; a refusal of the right is in the log."""
    if refusal := await may_send_any(actor, work, rules, meeting_id):
        return refusal
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "send_pack"})
    elif started := await unless_started(meeting.id, work):
        return started
    elif meeting.body is Body.OFFICE or not meeting.is_planned or meeting.starts_at <= rules.clock.now():
        return Refusal(RefusalCode.MEETING_UNFIT)
    else:
        return meeting
    await refuse(refusal, actor, meeting_id, work, rules)
    return refusal


async def may_send_any(actor: Actor, work: UnitOfWork, rules: Rules, about: str = "pack") -> Refusal | None:
    """Why this person may send no papers at all; None where that is allowed (mandatet § 7)."""
    if actor.is_handler:
        return None
    refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": "send_pack", "roles": tuple(sorted(HANDLERS))})
    await refuse(refusal, actor, about, work, rules)
    return refusal


def _refusal(basis: Basis, actor: Actor, rules: Rules) -> Refusal | None:
    """The first thing that stands in the way. What is out already comes before the gates: they held then."""
    if basis.sent is not None and basis.agenda is not None and not changes(basis.sent, basis):
        return Refusal(RefusalCode.NOTHING_NEW)
    if found := refusals(basis, rules.mandate, rules.clock.now()):
        return found[0]
    if any(actor.id in case.excluded for case in basis.on_agenda):
        return Refusal(RefusalCode.CONFLICTED)
    return None


def _version(basis: Basis, version: int, actor: Actor, rules: Rules) -> Pack:
    digest = agenda_digest(basis.agenda, basis.meeting.starts_at) if basis.agenda else ""
    now, meeting = rules.clock.now(), basis.meeting.id
    return Pack(PackId(rules.ids.new()), meeting, version, now, actor.id, items_of(basis), digest, minutes_of(basis))


async def _dispatched(basis: Basis, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """Each case of the board's agenda goes out; those of an earlier version are out already."""
    if basis.meeting.body is not Body.BOARD:
        return None
    waiting = sorted((c for c in basis.on_agenda if c.state is CaseState.ON_BOARD_AGENDA), key=lambda case: case.id)
    results = [dispatch(case, actor, rules.clock.now()) for case in waiting]
    if refusal := next((result for result in results if isinstance(result, Refusal)), None):
        return refusal
    for case, result in zip(waiting, results, strict=True):
        await record(result, actor, case.id, work, rules)
    return None


def _sent(pack: Pack, basis: Basis) -> Event:
    granted = ",".join(d.id for d in basis.dispensations if d.is_granted)
    cases = ",".join(item.case for item in pack.items)
    details = {"version": str(pack.version), "pack": pack.id, "cases": cases, "dispensations": granted}
    return Event(Happened.PACK_SENT, pack.meeting, pack.sent_at, pack.by, pack.version, details=details)


async def _end_tasks(meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The office's task of the back-plan is done; the working group's papers are a task before the board's meeting."""
    board = meeting.body is Body.BOARD
    about: MeetingId | None
    ends_by: EndsBy
    about, ends_by = (meeting.id, "pack") if board else (meeting.serves, "wg_papers")
    if about is not None:
        await task_done(ends_by, about, actor, work, rules)

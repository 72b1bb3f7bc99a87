"""A remark is not taken in, and why. A substantive one is refused by the meeting alone, while it has the minutes."""

from __future__ import annotations

from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.minutes import MinutesState, not_for
from board.minutes_commands import RefuseRemark
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.remarks import RemarkClass, RemarkState, remark_refusal
from board.usecases._minutes import answered
from board.usecases._record import refuse
from board.usecases.accept_remark import Ruled, SeenRemark, ruled_already, seen_remark, tell_ruled

_OPEN = frozenset({RemarkState.OPEN, RemarkState.STAGED})


async def refuse_remark(command: RefuseRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Ruled | Refusal:
    result = await _refused(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.remark, work, rules)
    return result


async def _refused(command: RefuseRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Ruled | Refusal:
    if Role.CHAIR not in actor.roles and (refusal := not_for(actor)):
        return refusal
    seen = await seen_remark(command.remark, actor, work)
    if isinstance(seen, Refusal):
        return seen
    if refusal := _why_not(seen, actor) or _note(command.note):
        return refusal
    now = rules.clock.now()
    remark = seen.remark.ruled(RemarkState.REFUSED, actor.id, now, note=command.note.strip())
    await work.minutes_book.put_remark(remark)
    minutes = await answered(seen.found, remark.person, work, rules)
    if minutes.is_called:  # it stood in every seat's question
        await work.outbox.redraw(seen.found.object_id, minutes.rev, now)
    details = {"remark": remark.id}
    event = Event(Happened.REMARK_REFUSED, seen.found.object_id, now, actor.id, minutes.rev, details=details)
    await work.history.append([event])
    await tell_ruled(minutes, remark, actor, work, rules)
    return Ruled(minutes, remark, seen.text, seen.text)


def _why_not(seen: SeenRemark, actor: Actor) -> Refusal | None:
    minutes, remark = seen.found.minutes, seen.remark
    if minutes.is_called:
        return None if remark.state in _OPEN else ruled_already(remark)
    if refusal := not_for(actor):
        return refusal
    if not remark.is_open:
        return ruled_already(remark)
    if minutes.state is not MinutesState.CIRCULATED:
        return minutes.closed_to_remarks()
    return Refusal(RefusalCode.SUBSTANTIVE) if remark.cls is RemarkClass.SUBSTANTIVE else None


def _note(note: str) -> Refusal | None:
    refusal = remark_refusal(note)
    return Refusal(refusal.code, {"fields": ("reason",)}) if refusal else None

"""At the meeting: a remark that the room takes in. It comes into the text with *approved with corrections*."""

from __future__ import annotations

from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.minutes import Minutes, minutes_object
from board.minutes_commands import AcceptRemark
from board.minutes_text import edited
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.remarks import RemarkState
from board.sitting import not_for
from board.usecases._minutes import sight_of
from board.usecases._record import refuse
from board.usecases.approval_basis import before_meeting


async def stage_remark(command: AcceptRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    """By who runs the meeting, or the chair; also one that was answered otherwise before. Staged anew: the new text."""
    result = await _staged(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.remark, work, rules)
    return result


async def _staged(command: AcceptRemark, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    if Role.CHAIR not in actor.roles and (refusal := not_for(actor)):
        return refusal
    known = await work.minutes_book.remark(command.remark)
    if known is None:
        return Refusal(RefusalCode.NOT_FOUND)
    before = await before_meeting(known.meeting, work)
    if isinstance(before, Refusal):
        return before
    remark = await work.minutes_book.remark(command.remark)
    version = await work.minutes_book.version(known.meeting, before.minutes.version)
    if remark is None or version is None:
        raise LookupError(f"{known.meeting} has lost a remark or a version under its lock")
    if remark.state is RemarkState.ACCEPTED:
        told = {"what": Happened.REMARK_ACCEPTED, "by": remark.ruled_by, "at": remark.ruled_at}
        return Refusal(RefusalCode.ALREADY, told)
    sight = await sight_of(known.meeting, version.sections, actor, work)
    if not (sight.shows(remark.section) and sight.shows(command.section)):
        return Refusal(RefusalCode.NOT_FOUND)
    if version.section(command.section) is None:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("section",)})
    checked = edited(version.opened(command.section), {command.section: command.new_text})
    if isinstance(checked, Refusal):
        return checked
    now = rules.clock.now()
    staged = remark.ruled(
        RemarkState.STAGED, actor.id, now, section=command.section, new_text=command.new_text.strip("\n")
    )
    await work.minutes_book.put_remark(staged)
    after = before.minutes.answered()
    await work.minutes_book.save(after)
    about = minutes_object(known.meeting)
    details = {"remark": remark.id, "section": command.section}
    await work.history.append([Event(Happened.REMARK_STAGED, about, now, actor.id, after.rev, details=details)])
    await work.outbox.redraw(about, after.rev, now)
    return after

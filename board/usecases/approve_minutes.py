"""A seat's answer when the minutes of the previous meeting are before the room (mandatet § 7).

Kept with person, time and the digest of the text. Those absent from the earlier meeting may take part.
"""

from __future__ import annotations

from dataclasses import dataclass

from board.approval import Approval, Said
from board.case_content import MAX_TEXT
from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import RemarkId
from board.minutes import Minutes, minutes_object
from board.minutes_commands import ApproveMinutes
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RemarkClass
from board.usecases._minutes import handlers, redraw_for_some
from board.usecases._record import refuse
from board.usecases.approval_basis import Before, before_meeting


@dataclass(frozen=True, slots=True)
class Answered:
    minutes: Minutes
    approval: Approval


async def approve_minutes(command: ApproveMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Answered | Refusal:
    result = await _answered(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def _answered(command: ApproveMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Answered | Refusal:
    before = await before_meeting(command.meeting, work)
    if isinstance(before, Refusal):
        return before
    seat = before.sitting.seat_of(actor.id)
    if seat is None:
        return Refusal(RefusalCode.NOT_PRESENT, {"act": "approve_minutes"})
    if command.digest != before.minutes.called_digest:
        return Refusal(RefusalCode.OTHER_VERSION)
    note = command.note.strip()
    if command.said is Said.REMARK and not note:
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("remark",)})
    if len(note) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"note": MAX_TEXT}})
    now, minutes = rules.clock.now(), before.minutes
    held = before.sitting.meeting
    answer = Approval(
        minutes.meeting, held, minutes.version, command.digest, seat.member, actor.id, command.said, now, note
    )
    if not await work.minutes_book.approve(answer):
        return await _already(answer, work)
    await _kept(answer, before, work, rules)
    return Answered(minutes, answer)


async def _already(answer: Approval, work: UnitOfWork) -> Refusal:
    """One answer a seat: what stands there, by whom and when."""
    given = await work.minutes_book.approvals(answer.meeting, answer.held)
    first = next(one for one in given if one.member == answer.member and one.digest == answer.digest)
    return Refusal(RefusalCode.ALREADY, {"what": Happened.MINUTES_APPROVAL, "by": first.person, "at": first.at})


async def _kept(answer: Approval, before: Before, work: UnitOfWork, rules: Rules) -> None:
    about = minutes_object(answer.meeting)
    details = {
        "answer": str(answer.said), "digest": answer.digest, "held": answer.held, "seat": answer.member,
        "version": str(answer.version),
    }  # fmt: skip
    event = Event(Happened.MINUTES_APPROVAL, about, answer.at, answer.person, before.minutes.rev, details=details)
    await work.history.append([event])
    if answer.said is Said.REMARK:
        remark = Remark(
            RemarkId(rules.ids.new()), answer.meeting, answer.version, answer.person, RemarkClass.SUBSTANTIVE,
            answer.note, answer.at,
        )  # fmt: skip
        await work.minutes_book.put_remark(remark)
        told = {"remark": remark.id, "class": str(remark.cls)}
        await work.history.append([Event(Happened.REMARK_GIVEN, about, answer.at, answer.person, details=told)])
    after = before.minutes.answered()
    await work.minutes_book.save(after)
    if answer.said is Said.REMARK:  # it comes into every seat's question
        await work.outbox.redraw(about, after.rev, answer.at)
        return
    chairs = await work.people.holders([Role.CHAIR], local_day(answer.at))
    follow = (answer.person, *chairs.get(Role.CHAIR, ()), *await handlers(work, rules))
    await redraw_for_some(after, follow, work, rules)

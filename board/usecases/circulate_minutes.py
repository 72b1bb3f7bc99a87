"""*Send referat*: to those entitled, for remarks. Silence closes the round; it approves nothing (mandatet § 7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from board.clock import local_day
from board.deadlines import back_plan, working_day_after
from board.duty import Duty, DutyKind, ask
from board.errors import Refusal, RefusalCode
from board.ids import DutyId
from board.meeting import Meeting
from board.minutes import Minutes, minutes_object, not_for
from board.minutes_commands import CirculateMinutes
from board.notices import NoticeKind
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import OWES, Kept, kept, round_people, stored, tell
from board.usecases._record import refuse
from board.usecases._task import task_done

ROUND: Final = "remarks_close"
"""The deadline of the back-plan by which the round closes, where that leaves time enough."""


async def circulate_minutes(
    command: CirculateMinutes, actor: Actor, work: UnitOfWork, rules: Rules
) -> Minutes | Refusal:
    """``rev``: that of the minutes, as the button showed it."""
    result = not_for(actor) or await _circulated(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, minutes_object(command.meeting), work, rules)
    return result


async def _circulated(command: CirculateMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Minutes | Refusal:
    found = await kept(command.meeting, actor, work)
    if isinstance(found, Refusal):
        return found
    now = rules.clock.now()
    result = found.minutes.circulate(actor, remarks_due(found.meeting, rules), now)
    if isinstance(result, Refusal):
        return result
    if command.rev is not None and command.rev != found.minutes.rev:
        told = {"version": found.minutes.version, "by": found.minutes.by, "at": found.minutes.at}
        return Refusal(RefusalCode.OTHER_VERSION, told)
    await stored(result, work)
    asked = [person for person in await round_people(found, work, rules) if person != actor.id]
    await tell(NoticeKind.MINUTES_CIRCULATED, result.minutes, asked, work, rules)
    await _owed(found, result.minutes, actor, work, rules)
    if found.meeting.body is Body.WORKING_GROUP and found.meeting.serves:
        await task_done("wg_minutes", found.meeting.serves, actor, work, rules)
    return result.minutes


def remarks_due(meeting: Meeting, rules: Rules) -> date:
    """The plan's day, or so many days from today as everybody is promised, whichever is later; a working day."""
    plan = back_plan(meeting.day, rules.mandate.offsets_of(meeting.body), rules.calendar)
    planned = next((step.planned for step in plan if step.offset.id == ROUND), meeting.day)
    promised = local_day(rules.clock.now()) + timedelta(days=rules.mandate.remarks_days)
    return working_day_after(max(planned, promised) - timedelta(days=1), 1, rules.calendar)


async def _owed(found: Kept, minutes: Minutes, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    now, due = rules.clock.now(), minutes.remarks_due
    if due is None:
        raise TypeError(f"the minutes of {minutes.meeting} were circulated without a last day")
    roles = sorted(OWES[found.meeting.body])
    holders = await work.people.holders(roles, local_day(now))
    people = dict.fromkeys(person for role in roles for person in holders.get(role, ()) if person != actor.id)
    about = found.object_id
    duties = [
        Duty(DutyId(f"{DutyKind.REMARK}:{about}:{minutes.rev}:{person}"), DutyKind.REMARK, about, person, now, due)
        for person in people
    ]
    await work.duties.add([ask(duty, rules.hours) for duty in duties], now)

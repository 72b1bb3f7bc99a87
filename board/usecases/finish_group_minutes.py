"""The working group's minutes, drafted and circulated at once: what its meeting did with each case (mandatet § 5).

They enter the board's pack from here on, and are approved at the group's own next meeting.
"""

from __future__ import annotations

from board.case_content import MAX_TEXT
from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import PersonId
from board.meeting import Meeting
from board.meeting_commands import FinishGroupMinutes
from board.minutes import Minutes, MinutesChanged, drafted
from board.notices import Notice, NoticeKind
from board.people import HANDLERS, WORKING_GROUP, Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._record import refuse
from board.usecases._task import task_done
from board.usecases.circulate_minutes import remarks_due

FIRST = 1


async def finish_group_minutes(
    command: FinishGroupMinutes, actor: Actor, work: UnitOfWork, rules: Rules
) -> Minutes | Refusal:
    now = rules.clock.now()
    if refusal := await why_not(command, actor, work, rules):
        await refuse(refusal, actor, command.meeting, work, rules)
        return refusal
    meeting = (await work.meetings.named([command.meeting]))[command.meeting]
    minutes = await _circulated(command, meeting, actor, work, rules)
    details = {"version": str(FIRST)}
    event = Event(Happened.WG_MINUTES_FINISHED, meeting.id, now, actor.id, meeting.rev, details=details)
    await work.history.append([event])
    if meeting.serves:
        await task_done("wg_minutes", meeting.serves, actor, work, rules)
    await _tell(meeting, actor, work, rules)
    return minutes


async def _circulated(
    command: FinishGroupMinutes, meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules
) -> Minutes:
    now = rules.clock.now()
    made = drafted(meeting.id, meeting.body, command.sections, actor, now)
    if isinstance(made, Refusal):
        raise TypeError(f"the right was judged before, and is refused now: {made.code}")
    draft, version = made
    result = draft.minutes.circulate(actor, remarks_due(meeting, rules), now)
    if not isinstance(result, MinutesChanged):
        raise TypeError(f"a new draft could not be circulated: {result.code}")
    await work.minutes_book.add(draft.minutes, version)
    await work.minutes_book.save(result.minutes)
    await work.history.append([*draft.events, *result.events])
    return result.minutes


async def why_not(command: FinishGroupMinutes, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """What stands in the way, the right first; None where the minutes can be finished now."""
    if not actor.is_handler:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "wg_minutes", "roles": tuple(sorted(HANDLERS))})
    meeting = await work.meetings.get(command.meeting)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "wg_minutes"})
    return _of_meeting(meeting, rules) or await _of_cases(meeting, work) or await _of_words(command, work)


def _of_meeting(meeting: Meeting, rules: Rules) -> Refusal | None:
    if meeting.body is not Body.WORKING_GROUP or not meeting.is_planned:
        return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)})
    if rules.clock.now() < meeting.starts_at:
        return Refusal(RefusalCode.NOT_BEGUN, {"at": meeting.starts_at})
    return None


async def _of_cases(meeting: Meeting, work: UnitOfWork) -> Refusal | None:
    if known := await work.minutes_book.get(meeting.id):
        return Refusal(RefusalCode.ALREADY, {"what": Happened.WG_MINUTES_FINISHED, "by": known.by, "at": known.at})
    open_ = tuple(c.id for c in await work.cases.on_agenda(meeting.id) if c.state is CaseState.ON_WG_AGENDA)
    return Refusal(RefusalCode.UNTREATED, {"cases": open_}) if open_ else None


async def _of_words(command: FinishGroupMinutes, work: UnitOfWork) -> Refusal | None:
    if len(command.remarks.strip()) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"remarks": MAX_TEXT}})
    known = await work.people.get(sorted(set(command.present))) if command.present else {}
    if len(known) < len(set(command.present)):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("present",)})
    return None


async def _tell(meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The working group and the office; not the one who finished them."""
    now = rules.clock.now()
    roles = sorted({*WORKING_GROUP, Role.OFFICE})
    holders = await work.people.holders(roles, local_day(now))
    people: dict[PersonId, None] = dict.fromkeys(person for role in roles for person in holders.get(role, ()))
    because = str(NoticeKind.WG_MINUTES)
    told = [
        Notice(NoticeKind.WG_MINUTES, meeting.id, meeting.rev, person, because=because)
        for person in people
        if person != actor.id
    ]
    await work.outbox.tell(told, now)

"""A case on the agenda of a working-group meeting, with a number of its own (mandatet § 5)."""

from __future__ import annotations

from datetime import date
from typing import Final

from board.case import Case, Changed, Result
from board.case_course import schedule_wg
from board.clock import local_day
from board.commands import ScheduleForGroup
from board.errors import Refusal, RefusalCode
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import CaseAct
from board.treatment import statements_close
from board.usecases._case import seen_case, unless_stale
from board.usecases._record import record
from board.usecases._sitting import unless_started

SERIES: Final = "wg"


async def schedule_for_group(command: ScheduleForGroup, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    meeting = await work.meetings.get(command.meeting)
    if meeting is not None and await unless_started(meeting.id, work):
        meeting = None  # what it treats is settled
    case = await seen_case(command.case, actor, work)
    if isinstance(case, Refusal):
        return await record(case, actor, command.case, work, rules)
    result = unless_stale(_put(case, meeting, "", actor, rules), case, command.rev)
    if isinstance(result, Changed) and meeting is not None:  # every refusal was before: none of them takes a number
        result = _put(case, meeting, await _number(meeting, work, rules), actor, rules)
    return await record(result, actor, command.case, work, rules)


def _put(case: Case, meeting: Meeting | None, number: str, actor: Actor, rules: Rules) -> Result:
    """What the case itself refuses comes before what is wrong with the meeting."""
    now = rules.clock.now()
    if meeting is None or not takes_cases(meeting, rules):
        gate = case.gate(CaseAct.WG_SCHEDULE, actor)
        return gate if isinstance(gate, Refusal) else Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)})
    return schedule_wg(case, actor, meeting.id, number, last_day_for_statements(meeting, rules), now)


def last_day_for_statements(meeting: Meeting, rules: Rules) -> date:
    """Never before today, whatever the mandate file says."""
    closes = statements_close(meeting.day, rules.mandate.statement_days, rules.calendar)
    return max(closes, local_day(rules.clock.now()))


def takes_cases(meeting: Meeting, rules: Rules) -> bool:
    """A meeting of the working group that lies ahead."""
    return meeting.body is Body.WORKING_GROUP and meeting.is_planned and meeting.starts_at > rules.clock.now()


async def _number(meeting: Meeting, work: UnitOfWork, rules: Rules) -> str:
    """The next one of the meeting's year."""
    year = meeting.day.year
    return rules.mandate.working_group_number.format(seq=await work.numbers.take(SERIES, year, 1), year=year)

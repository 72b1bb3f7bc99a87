"""What anchoring shares: a meeting's decisions and their cases, and who is asked about which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board.anchoring import to_anchor
from board.case import Case
from board.clock import local_day
from board.decision import Decision
from board.ids import CaseId, MeetingId
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork


@dataclass(frozen=True, slots=True)
class Held:
    """A board meeting with what it decided. The meeting is locked in a writing unit of work, the cases too."""

    meeting: Meeting
    decisions: Sequence[Decision]
    cases: Mapping[CaseId, Case]


async def held(meeting_id: MeetingId, work: UnitOfWork) -> Held | None:
    """None where there is no such meeting of the board."""
    meeting = await work.meetings.get(meeting_id)
    if meeting is None or meeting.body is not Body.BOARD:
        return None
    decisions = await work.decisions.of_meeting(meeting_id)
    cases = {}
    for case_id in sorted(decision.case for decision in decisions if decision.case):
        if case := await work.cases.get(case_id):
            cases[case_id] = case
    return Held(meeting, decisions, cases)


async def members_asked(found: Held, work: UnitOfWork, rules: Rules) -> list[Actor]:
    """Those who have a decision of the meeting to anchor."""
    plan = rules.mandate.anchoring
    if plan is None:
        return []
    day = local_day(rules.clock.now())
    holders = await work.people.holders(plan.asks, day)
    people = sorted({person for held_by in holders.values() for person in held_by})
    actors = [actor for person in people if (actor := await work.people.actor_of(person, day))]
    return [actor for actor in actors if to_anchor(found.decisions, found.cases, actor)]

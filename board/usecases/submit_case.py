"""Hands a draft on: to its owner, or past the owner to the office. The answers are kept whatever comes of it."""

from __future__ import annotations

from board import case_intake
from board.case import Case, Result
from board.clock import local_day
from board.commands import SubmitCase
from board.deadlines import back_plan
from board.errors import Refusal
from board.ids import MeetingId
from board.late import intake_closed
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case
from board.usecases.save_case import save_case


async def submit_case(command: SubmitCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    if command.values or command.unread:
        saved = await save_case(command, actor, work, rules)
        if isinstance(saved, Refusal):
            return saved
    now = rules.clock.now()
    case = await work.cases.get(command.case)
    owner = await _owner(case, work, rules)
    late = await late_for(case, work, rules) if case else None
    return await on_case(
        command.case,
        None,
        actor,
        work,
        rules,
        lambda case: case_intake.submit(case, actor, owner, rules.mandate, now, late),
    )


async def _owner(case: Case | None, work: UnitOfWork, rules: Rules) -> Actor | None:
    """The person the form names as project owner, with the roles held today."""
    named = case.content.project_owner if case else None
    return await work.people.actor_of(named, local_day(rules.clock.now())) if named else None


async def late_for(case: Case, work: UnitOfWork, rules: Rules) -> MeetingId | None:
    """The meeting the case wants, where its intake has closed and nobody has asked for it yet.

    A case that was in time and comes back after a return is still in time.
    """
    wanted, now = case.content.wanted_meeting, rules.clock.now()
    if wanted is None or (case.late and case.late.meeting == wanted):
        return None
    meeting = (await work.meetings.named([wanted])).get(wanted)
    if meeting is None or not meeting.is_planned or meeting.starts_at <= now:
        return None
    plan = back_plan(meeting.day, rules.mandate.offsets_of(Body.BOARD), rules.calendar)
    return wanted if intake_closed(plan, case.submitted_at or now) else None

"""The chair approves what the board is called to (``process.md``, back-plan M−12). Who prepares the pack learns it."""

from __future__ import annotations

from board.agenda import AgendaResult, agenda_object
from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting_commands import ApproveAgenda
from board.notices import Notice, NoticeKind
from board.people import HANDLERS, Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.usecases._agenda import arrangeable, recorded, stale
from board.usecases._record import refuse
from board.usecases._task import task_done


async def approve_agenda(command: ApproveAgenda, actor: Actor, work: UnitOfWork, rules: Rules) -> AgendaResult:
    result = await _approved(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
        return result
    await recorded(result, work)
    await task_done("agenda", command.meeting, actor, work, rules)
    await _tell(result.agenda.rev, command.meeting, actor, work, rules)
    return result


def not_chair(actor: Actor) -> Refusal | None:
    """Why this person may not approve an agenda; None for the chair."""
    if Role.CHAIR in actor.roles:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "approve_agenda", "roles": (Role.CHAIR,)})


async def _approved(command: ApproveAgenda, actor: Actor, work: UnitOfWork, rules: Rules) -> AgendaResult:
    if refusal := not_chair(actor):
        return refusal
    found = await arrangeable(command.meeting, work, rules, late=True)  # without it the meeting cannot be opened
    if isinstance(found, Refusal):
        return found
    meeting, agenda = found
    if meeting.body is not Body.BOARD:  # the working group approves its own at its meeting
        return Refusal(RefusalCode.MEETING_UNFIT)
    return stale(agenda, command.rev) or agenda.approve(actor, rules.clock.now())


async def _tell(rev: int, meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    holders = await work.people.holders(sorted(HANDLERS), local_day(now))
    people = dict.fromkeys(person for role in sorted(HANDLERS) for person in holders[role] if person != actor.id)
    await work.outbox.tell(
        [Notice(NoticeKind.AGENDA_APPROVED, agenda_object(meeting), rev, person) for person in people], now
    )

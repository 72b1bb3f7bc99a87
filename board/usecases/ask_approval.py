"""The office sends the agenda to the chair: once when it is first built, and by hand after each change."""

from __future__ import annotations

from dataclasses import replace

from board.agenda import Agenda, AgendaChanged, AgendaResult, agenda_object, not_for
from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.meeting_commands import AskApproval
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.usecases._agenda import arrangeable, stale
from board.usecases._record import refuse


async def ask_approval(command: AskApproval, actor: Actor, work: UnitOfWork, rules: Rules) -> AgendaResult:
    """The same revision is sent once, however often it is pressed."""
    found = await _askable(command, actor, work, rules)
    if isinstance(found, Refusal):
        await refuse(found, actor, command.meeting, work, rules)
        return found
    notices = await approval_asked(found, actor, work, rules)
    known = await work.outbox.knows([notice.key for notice in notices])
    if len(known) == len(notices):
        return AgendaChanged(found, ())
    now = rules.clock.now()
    event = Event(Happened.AGENDA_ASKED, found.meeting, now, actor.id, found.rev, found.state, found.state)
    await work.history.append([event])
    await work.outbox.tell(notices, now)
    await _owed_again(found, work, rules)
    return AgendaChanged(found, (event,))


async def approval_asked(agenda: Agenda, actor: Actor, work: UnitOfWork, rules: Rules) -> list[Notice]:
    """The request to the chair; none to the one who sends it."""
    holders = await work.people.holders([Role.CHAIR], local_day(rules.clock.now()))
    about = agenda_object(agenda.meeting)
    chairs = [person for person in holders[Role.CHAIR] if person != actor.id]
    return [Notice(NoticeKind.AGENDA_READY, about, agenda.rev, person) for person in chairs]


async def _askable(command: AskApproval, actor: Actor, work: UnitOfWork, rules: Rules) -> Agenda | Refusal:
    if refusal := not_for(actor):
        return refusal
    found = await arrangeable(command.meeting, work, rules, late=True)
    if isinstance(found, Refusal):
        return found
    meeting, agenda = found
    if meeting.body is not Body.BOARD:
        return Refusal(RefusalCode.MEETING_UNFIT)
    if refusal := stale(agenda, command.rev):
        return refusal
    if agenda.is_approved:
        told = {"what": Happened.AGENDA_APPROVED, "by": agenda.approved_by, "at": agenda.approved_at}
        return Refusal(RefusalCode.ALREADY, told)
    return agenda


async def _owed_again(agenda: Agenda, work: UnitOfWork, rules: Rules) -> None:
    """An approval that a change took away is owed anew, as long as its day has not passed."""
    now, today = rules.clock.now(), local_day(rules.clock.now())
    parts = {offset.id for offset in rules.mandate.offsets if offset.ends_by == "agenda"}
    asked = [duty for duty in await work.duties.of_object(agenda.meeting) if duty.part in parts and duty.due >= today]
    over = [replace(duty, deputy=None).reopened(now, rules.hours) for duty in asked if not duty.is_open]
    if over:
        await work.duties.save(over, now)

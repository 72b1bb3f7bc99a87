"""The submitter takes the case back, from any state before it is decided. It goes off the agenda it stood on."""

from __future__ import annotations

from board import case_intake
from board.agenda import Agenda
from board.case import Changed, Result
from board.commands import WithdrawCase
from board.events import Happened
from board.ids import CaseId, MeetingId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._agenda import recorded
from board.usecases._case import on_case
from board.usecases._sitting import redraw_beside

_PUTS_ON = frozenset({Happened.CASE_SCHEDULED_WG, Happened.CASE_SCHEDULED, Happened.CASE_MOVED})


async def withdraw_case(command: WithdrawCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    agendas = await _agendas(command.case, work)
    result = await on_case(
        command.case,
        command.rev,
        actor,
        work,
        rules,
        lambda case: case_intake.withdraw(case, actor, command.reason, now),
    )
    if isinstance(result, Changed) and result.events:
        stood_on = _stood_on(result)
        if stood_on and await work.sittings.named([stood_on]):  # an opened meeting's agenda is as it was opened
            await redraw_beside(stood_on, f"withdrawn:{result.case.id}:{result.case.rev}", work, rules)
        elif stood_on and (agenda := agendas.get(stood_on) or await work.agendas.get(stood_on)):
            await recorded(agenda.without(actor, result.case.id, now), work)
    return result


async def _agendas(case: CaseId, work: UnitOfWork) -> dict[MeetingId, Agenda]:
    """Those it was put on, as its history has it: an agenda is locked before its cases (``board.agenda_ports``)."""
    known = {e.details["meeting"] for e in await work.history.of(case) if e.what in _PUTS_ON and "meeting" in e.details}
    found = [await work.agendas.get(MeetingId(meeting)) for meeting in sorted(known)]
    return {agenda.meeting: agenda for agenda in found if agenda}


def _stood_on(change: Changed) -> MeetingId | None:
    """What the working group has treated stays on the agenda of that meeting: it was there."""
    before, case = change.events[0].from_state, change.case
    if before == CaseState.ON_WG_AGENDA:
        return case.wg_meeting
    return case.board_meeting if before in (CaseState.ON_BOARD_AGENDA, CaseState.DISPATCHED) else None

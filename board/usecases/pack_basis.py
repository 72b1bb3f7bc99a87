"""Reads all that a pack's gates look at: the same few queries however many cases the agenda has."""

from __future__ import annotations

from dataclasses import replace

from board.deadlines import back_plan
from board.gates import Basis
from board.meeting import Meeting
from board.people import Body
from board.ports import Rules, UnitOfWork
from board.states import ENDED


async def pack_basis(meeting: Meeting, work: UnitOfWork, rules: Rules) -> Basis:
    """In a writing unit of work the meeting is locked already; then its agenda, then its cases."""
    previous = await _awaiting_approval(meeting, work)
    agenda = await work.agendas.get(meeting.id)
    cases = {case.id: case for case in await work.cases.on_agenda(meeting.id) if case.state not in ENDED}
    basis = Basis(
        meeting,
        agenda,
        cases,
        plan=back_plan(meeting.day, rules.mandate.offsets_of(meeting.body), rules.calendar),
        statements=await work.treatments.statements(sorted(cases)),
        previous=previous,
        dispensations=tuple(await work.dispensations.of_meeting(meeting.id)),
        sent=await work.packs.ready(meeting.id),
    )
    wanted = [*basis.wg_meetings, *([previous.id] if previous else [])]
    return replace(basis, finished=await work.minutes_book.finished(wanted)) if wanted else basis


async def earlier_meeting(meeting: Meeting, work: UnitOfWork) -> Meeting | None:
    """The board's meeting before this one, whoever keeps its minutes."""
    if meeting.body is not Body.BOARD:
        return None
    return await work.meetings.previous(Body.BOARD, meeting.starts_at)


async def _awaiting_approval(meeting: Meeting, work: UnitOfWork) -> Meeting | None:
    """The meeting before, where its minutes are Saksgang's to find: it has an agenda here, or they are in the book."""
    earlier = await earlier_meeting(meeting, work)
    if earlier is None:
        return None
    known = await work.agendas.get(earlier.id) or (await work.minutes_book.finished([earlier.id])).get(earlier.id)
    return earlier if known else None

"""A case to another board meeting: off this agenda, onto the other one where it is built; its number stays."""

from __future__ import annotations

from dataclasses import dataclass

from board import case_course
from board.agenda import Agenda, AgendaChanged, Item, not_for
from board.case import Case, Changed
from board.deadlines import back_plan
from board.dispensation import GateId
from board.errors import Refusal, RefusalCode
from board.gates import needs_late
from board.ids import MeetingId
from board.meeting import Meeting
from board.meeting_commands import MoveItem
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._agenda import ahead, recorded, stale
from board.usecases._record import record, refuse


@dataclass(frozen=True, slots=True)
class Moved:
    """``agenda`` is the one it was on, ``to`` the meeting it is for now, ``waits`` that this has no agenda yet."""

    agenda: Agenda
    case: Case
    to: Meeting
    waits: bool


@dataclass(frozen=True, slots=True)
class _Place:
    meeting: Meeting
    agenda: Agenda | None


async def move_item(command: MoveItem, actor: Actor, work: UnitOfWork, rules: Rules) -> Moved | Refusal:
    result = await _move(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
    return result


async def _move(command: MoveItem, actor: Actor, work: UnitOfWork, rules: Rules) -> Moved | Refusal:
    if refusal := not_for(actor):
        return refusal
    places = await _places(command, work, rules)
    if isinstance(places, Refusal):
        return places
    here, there = places[command.meeting], places[command.to]
    if here.agenda is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "agenda"})
    found = await _the_case(command, here.agenda, actor, work)
    if isinstance(found, Refusal):
        return found
    item, case = found
    if refusal := stale(here.agenda, command.rev) or _late(case, there.meeting, rules):
        return refusal
    change = case_course.move(case, actor, there.meeting.id, rules.clock.now())
    if isinstance(change, Refusal):
        return change
    await record(change, actor, case.id, work, rules)
    return await _stored(here.agenda, there, item, change, actor, work, rules)


async def _places(command: MoveItem, work: UnitOfWork, rules: Rules) -> dict[MeetingId, _Place] | Refusal:
    """Both meetings and their agendas, locked in the order of their ids."""
    if command.to == command.meeting:
        return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)})
    meetings = {}
    for meeting_id in sorted((command.meeting, command.to)):
        meeting = await ahead(meeting_id, work, rules)
        if isinstance(meeting, Refusal):
            unknown = meeting_id == command.to
            return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)}) if unknown else meeting
        if meeting.body is not Body.BOARD:
            return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)})
        meetings[meeting_id] = meeting
    return {name: _Place(meeting, await work.agendas.get(name)) for name, meeting in meetings.items()}


async def _the_case(
    command: MoveItem, agenda: Agenda, actor: Actor, work: UnitOfWork
) -> tuple[Item, Case] | Refusal:  # fmt: skip
    item = next((one for one in agenda.items if one.id == command.item), None)
    case = await work.cases.get(item.case) if item and item.case else None
    if item is None or case is None or not case.may_be_seen_by(actor):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "agenda"})
    return item, case


def _late(case: Case, meeting: Meeting, rules: Rules) -> Refusal | None:
    """Moved forward, it may be late for the earlier meeting."""
    plan = back_plan(meeting.day, rules.mandate.offsets_of(Body.BOARD), rules.calendar)
    if GateId.LATE not in rules.mandate.gates or not needs_late(case, meeting.id, plan):
        return None
    return Refusal(RefusalCode.LATE, {"case": case.id}, rules.mandate.gates[GateId.LATE])


async def _stored(
    here: Agenda, there: _Place, item: Item, change: Changed, actor: Actor, work: UnitOfWork, rules: Rules
) -> Moved:
    now = rules.clock.now()
    left = here.without(actor, change.case.id, now)
    await recorded(left, work)
    if there.agenda is not None:
        await recorded(there.agenda.put(actor, [item], now), work)
    agenda = left.agenda if isinstance(left, AgendaChanged) else here
    return Moved(agenda, change.case, there.meeting, waits=there.agenda is None)

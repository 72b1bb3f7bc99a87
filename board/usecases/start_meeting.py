"""«Start møte»: the run-sheet begins with the first item, and everybody in the room gets the card that follows it.

The board's agenda must be approved and its papers sent (mandatet § 7). The working group approves its own at the
meeting: what was put on it since its agenda was made is taken in now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from board import agenda as agendas
from board.agenda import Agenda, AgendaChanged, ItemKind
from board.attendance import Coming
from board.clock import local_day
from board.dispensation import GateId
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.people import Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.sitting import Seat, Sitting, SittingChanged, not_for, open_sitting
from board.sitting_commands import StartMeeting
from board.usecases._agenda import recorded
from board.usecases._ready_cases import item_for, standing_item, standing_of_group
from board.usecases._record import refuse
from board.usecases._sitting import awaits_treatment, item_in, members, tell_started
from board.usecases.call_minutes import call_minutes


@dataclass(frozen=True, slots=True)
class Started:
    """``is_new``: it was opened now; otherwise it is under way already."""

    meeting: Meeting
    sitting: Sitting
    is_new: bool


async def start_meeting(command: StartMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> Started | Refusal:
    result = not_for(actor) or await _started(command.meeting, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
    return result


async def _started(meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Started | Refusal:
    meeting = await work.meetings.get(meeting_id)
    if meeting is None or meeting.body is Body.OFFICE:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "run_meeting"})
    if running := await work.sittings.get(meeting_id):
        return Started(meeting, running, is_new=False) if running.is_open else _over(running)
    agenda = await work.agendas.get(meeting_id)
    if meeting.body is Body.WORKING_GROUP:
        agenda = await _with_all_cases(meeting, agenda, actor, work, rules)
    if agenda is None:
        return Refusal(RefusalCode.AGENDA_APPROVAL, {"missing": True}, _paragraph(rules))
    result = open_sitting(meeting, agenda, await _seats(meeting, work, rules), actor, rules.clock.now())
    if isinstance(result, Refusal):
        return result
    if refusal := await _of_papers(meeting, agenda, work, rules):
        return refusal
    return Started(meeting, await _opened(result, agenda, actor, work, rules), is_new=True)


def _over(sitting: Sitting) -> Refusal:
    told = {"what": Happened.MEETING_CLOSED, "by": sitting.closed_by, "at": sitting.closed_at}
    return Refusal(RefusalCode.ALREADY, told)


async def _of_papers(meeting: Meeting, agenda: Agenda, work: UnitOfWork, rules: Rules) -> Refusal | None:
    if meeting.body is not Body.BOARD:
        return None
    if not agenda.is_approved:
        return Refusal(RefusalCode.AGENDA_APPROVAL, {"missing": False}, _paragraph(rules))
    return None if await work.packs.ready(meeting.id) else Refusal(RefusalCode.NOT_SENT)


def _paragraph(rules: Rules) -> str:
    return rules.mandate.gates.get(GateId.AGENDA_APPROVAL, "")


async def _opened(result: SittingChanged, agenda: Agenda, actor: Actor, work: UnitOfWork, rules: Rules) -> Sitting:
    sitting = result.sitting
    if not await work.sittings.add(sitting):
        raise RuntimeError(f"{sitting.meeting} was opened already, though its lock was held")
    await work.history.append(result.events)
    await tell_started(sitting.meeting, await _told(sitting, actor, work, rules), work, rules)
    first = item_in(agenda, sitting.current)
    if first is None or first.kind is not ItemKind.MINUTES:
        return sitting
    await call_minutes(sitting, actor, work, rules)
    return await work.sittings.get(sitting.meeting) or sitting


async def _told(sitting: Sitting, actor: Actor, work: UnitOfWork, rules: Rules) -> list[PersonId]:
    """Who sits in it and who leads it; not the one who opened it, who has the run-sheet."""
    roles = (Role.CHAIR, Role.PORTFOLIO_LEAD) if sitting.body is Body.BOARD else (Role.PORTFOLIO_LEAD,)
    holders = await work.people.holders(roles, local_day(rules.clock.now()))
    people = [*sitting.present, *(person for role in roles for person in holders.get(role, ()))]
    return [person for person in people if person != actor.id]


# -- who is there ------------------------------------------------------------------------------------------------------


async def _seats(meeting: Meeting, work: UnitOfWork, rules: Rules) -> tuple[Seat, ...]:
    """The board's: who said yes, and who comes for another. The working group is not asked: all of it is expected."""
    invited = await members(meeting.body, work, rules)
    if meeting.body is Body.WORKING_GROUP:
        return tuple(Seat(person) for person in invited)
    answers = {given.person: given for given in await work.attendance.of_meeting(meeting.id)}
    coming = [Seat(member) for member in invited if (a := answers.get(member)) and a.answer is Coming.YES]
    for member in invited:
        given = answers.get(member)
        if given and given.answer is Coming.DEPUTY and given.deputy:
            coming.append(Seat(given.deputy, member))
    return tuple(_once(coming))


def _once(seats: Iterable[Seat]) -> Sequence[Seat]:
    """Nobody sits on two seats: one's own comes before another's."""
    found: dict[PersonId, Seat] = {}
    for seat in seats:
        found.setdefault(seat.person, seat)
    return tuple(found.values())


# -- the working group's agenda ----------------------------------------------------------------------------------------


async def _with_all_cases(
    meeting: Meeting, agenda: Agenda | None, actor: Actor, work: UnitOfWork, rules: Rules
) -> Agenda:
    """Also cases that the one who opens it is inhabil for: they are treated, by others."""
    now = rules.clock.now()
    waiting = [case for case in await work.cases.on_agenda(meeting.id) if awaits_treatment(case, meeting.id)]
    new = sorted((case for case in waiting if agenda is None or not agenda.item_of(case.id)), key=lambda c: c.wg_number)
    there = {item.kind for item in agenda.items} if agenda else set()
    standing = [standing_item(kind, rules) for kind in await standing_of_group(meeting, work) if kind not in there]
    items = [*standing, *(item_for(case, case.wg_number, rules) for case in new)]
    result = agenda.put(actor, items, now) if agenda else agendas.build(meeting.id, actor, items, now)
    if not isinstance(result, AgendaChanged):
        raise TypeError(f"the right was judged before, and is refused now: {result.code}")
    await recorded(result, work)
    return result.agenda

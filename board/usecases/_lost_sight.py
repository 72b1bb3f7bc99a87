"""What follows at once when somebody may no longer see a case, or may again: duties end, cards lose every trace."""

from __future__ import annotations

from board.case import Case
from board.conflicts import Conflict
from board.ids import MeetingId, PersonId
from board.notices import tasks_of
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._conflict import ask_rulers, conflicts_of


async def lost_sight(case: Case, conflict: Conflict, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """``case`` as it is after the ruling. The copies of its own cards are in line already, for everybody."""
    person, now = conflict.person, rules.clock.now()
    if conflict.is_excluded:
        await _duties_end(case, person, actor, work, rules)
        await _others_rule(case, person, actor, work, rules)
    once = f"seen:{case.id}:{case.rev}"
    await work.outbox.redraw_for(person, await _showing(case, person, work), once, now)


async def _duties_end(case: Case, person: PersonId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The person's own end. What was handed to the person is with the one asked again."""
    now = rules.clock.now()
    theirs = [d for d in await work.duties.of_object(case.id) if d.is_open and d.concerns(person)]
    own = [duty.ended(actor.id, now) for duty in theirs if duty.person == person]
    back = [duty.delegated(None).reopened(now, rules.hours) for duty in theirs if duty.person != person]
    await work.duties.save([*own, *back], now)


async def _others_rule(case: Case, person: PersonId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """What waited for somebody who is inhabil now waits for whoever rules instead."""
    for other in await work.conflicts.of_cases([case.id]):
        if other.awaits_ruling and other.person != person:
            await ask_rulers(case, other, actor.id, work, rules)


async def _showing(case: Case, person: PersonId, work: UnitOfWork) -> list[str]:
    """Every object whose cards can name the case: its meetings' pack, agenda and questions, and the person's tasks."""
    meetings = await _meetings(case, work)
    found = [name for m in meetings for name in (m, f"pack:{m}", f"agenda:{m}", f"sitting:{m}", conflicts_of(m))]
    for meeting in meetings:
        found += [f"dispensation:{d.id}" for d in await work.dispensations.of_meeting(meeting) if d.case == case.id]
    return [*found, tasks_of(person)]


async def _meetings(case: Case, work: UnitOfWork) -> list[MeetingId]:
    """Those it is, was, or wants to be treated at."""
    named = [case.content.wanted_meeting, case.wg_meeting, case.board_meeting]
    for event in await work.history.of(case.id):
        named += [MeetingId(event.details.get(key, "")) for key in ("meeting", "from")]
    return [meeting for meeting in dict.fromkeys(named) if meeting]

"""Somebody has come to the meeting, or has left it. Who comes late gets the card that follows it."""

from __future__ import annotations

from board.clock import local_day
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.ids import PersonId
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.sitting import Seat, Sitting, SittingResult, not_for
from board.sitting_commands import SeatPerson
from board.usecases._record import refuse
from board.usecases._sitting import held, members, stored, tell_started
from board.usecases.call_minutes import ask_newcomer


async def seat_person(command: SeatPerson, actor: Actor, work: UnitOfWork, rules: Rules) -> SittingResult:
    result = await _seated(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
        return result
    await stored(result, work)
    if result.events and command.present and command.person != actor.id:
        await tell_started(command.meeting, [command.person], work, rules)
    seat = result.sitting.seat_of(command.person)
    if result.events and seat:
        await ask_newcomer(result.sitting, seat, work, rules)
    return result


async def _seated(command: SeatPerson, actor: Actor, work: UnitOfWork, rules: Rules) -> SittingResult:
    found = not_for(actor) or await held(command.meeting, work)
    if isinstance(found, Refusal):
        return found
    sitting, now = found[1], rules.clock.now()
    seat = sitting.seat_of(command.person) or await seat_for(command.person, sitting, work, rules)
    if seat is None:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("person",)})
    return sitting.seat(actor, seat, now, present=command.present)


async def seat_for(person: PersonId, sitting: Sitting, work: UnitOfWork, rules: Rules) -> Seat | None:
    """The seat that somebody takes who comes: one's own, or that of the member one stands in for."""
    if person in await members(sitting.body, work, rules):
        return Seat(person)
    stood_for = await stands_for(sitting, work, rules) if sitting.body is Body.BOARD else {}
    mine = [member for member in stood_for if person in stood_for[member]]
    taken = {seat.member for seat in sitting.seats}
    free = [member for member in mine if member not in taken]
    return Seat(person, (free or mine)[0]) if mine else None


async def stands_for(sitting: Sitting, work: UnitOfWork, rules: Rules) -> dict[PersonId, tuple[PersonId, ...]]:
    """Who may sit for whom, by member: those who said that they come, those who were asked, those registered."""
    found: dict[PersonId, list[PersonId]] = {}
    for given in await work.attendance.of_meeting(sitting.meeting):
        if given.deputy:
            found.setdefault(given.person, []).append(given.deputy)
    for duty in await work.duties.of_object(sitting.meeting):
        if duty.kind is DutyKind.ATTEND and duty.deputy:
            found.setdefault(duty.person, []).append(duty.deputy)
    for member, deputies in (await work.people.deputies(local_day(rules.clock.now()))).items():
        found.setdefault(member, []).extend(deputies)
    own = await members(sitting.body, work, rules)
    return {member: tuple(dict.fromkeys(found[member])) for member in own if member in found}

"""Who gets a meeting's papers, who may open them, and which cases are left out for whom (mandatet § 5, § 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from board.attendance import INVITED
from board.clock import local_day
from board.conflicts import Conflict
from board.duty import DutyKind
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting
from board.pack import Pack, pack_object
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Body, Role
from board.ports import Rules, UnitOfWork

READERS: Final = {
    Body.BOARD: BOARD | HANDLERS,
    Body.WORKING_GROUP: WORKING_GROUP | HANDLERS,
    Body.OFFICE: frozenset[Role](),
}
"""The roles whose holders may open the papers of a body's meeting."""

_TOLD: Final = {
    Body.BOARD: (Role.CHAIR, Role.MEMBER, Role.OBSERVER),
    Body.WORKING_GROUP: (Role.PORTFOLIO_LEAD, Role.WG_MEMBER, Role.EMPLOYEE_REP, Role.OFFICE),
    Body.OFFICE: (),
}


@dataclass(frozen=True, slots=True)
class Recipients:
    """``people`` get the papers, ``voting`` of them say of each case whether they are habil, ``office`` follows it."""

    people: tuple[PersonId, ...]
    voting: tuple[PersonId, ...]
    office: tuple[PersonId, ...]


async def recipients(meeting: Meeting, work: UnitOfWork, rules: Rules) -> Recipients:
    """As the register and the answers about attendance are today."""
    roles = {*_TOLD[meeting.body], *HANDLERS, *INVITED}
    holders = await work.people.holders(sorted(roles), local_day(rules.clock.now()))
    deputies = await asked_deputies(meeting, work)
    people = [person for role in _TOLD[meeting.body] for person in holders.get(role, ())]
    voting = [person for role in sorted(INVITED) for person in holders.get(role, ())]
    office = [person for role in sorted(HANDLERS) for person in holders.get(role, ())]
    return Recipients(
        tuple(dict.fromkeys([*people, *deputies])),
        tuple(dict.fromkeys([*voting, *deputies])) if meeting.body is Body.BOARD else (),
        tuple(dict.fromkeys(office)),
    )


async def asked_deputies(meeting: Meeting, work: UnitOfWork) -> tuple[PersonId, ...]:
    """Those who were asked to come in a member's place, or have said that they do."""
    if meeting.body is not Body.BOARD:
        return ()
    duties = await work.duties.of_object(meeting.id)
    asked = [duty.deputy for duty in duties if duty.kind is DutyKind.ATTEND and duty.deputy]
    coming = [given.deputy for given in await work.attendance.of_meeting(meeting.id) if given.deputy]
    return tuple(dict.fromkeys([*asked, *coming]))


async def may_read(actor: Actor, meeting: Meeting, work: UnitOfWork) -> bool:
    """By role today, or because one was asked to come in somebody's place."""
    return bool(actor.roles & READERS[meeting.body]) or actor.id in await asked_deputies(meeting, work)


async def cases_in(pack: Pack, work: UnitOfWork) -> tuple[CaseId, ...]:
    """The cases that a pack names: those on its agenda, and those that the minutes in it tell of."""
    meetings = [MeetingId(entry.rpartition(":")[0]) for entry in pack.minutes]
    treated = await work.treatments.of_meetings(meetings) if meetings else ()
    decided = [one.case for meeting in meetings for one in await work.decisions.of_meeting(meeting) if one.case]
    return tuple(sorted({*(item.case for item in pack.items), *(one.case for one in treated), *decided}))


async def conflicts_in(pack: Pack, work: UnitOfWork) -> Sequence[Conflict]:
    return await work.conflicts.of_cases(await cases_in(pack, work))


def left_out(conflicts: Sequence[Conflict]) -> Mapping[PersonId, tuple[CaseId, ...]]:
    """The cases of a pack that each inhabil person gets it without."""
    found: dict[PersonId, list[CaseId]] = {}
    for conflict in conflicts:
        if conflict.is_excluded:
            found.setdefault(conflict.person, []).append(conflict.case)
    return {person: tuple(sorted(cases)) for person, cases in found.items()}


async def redraw_pack(meeting: MeetingId, work: UnitOfWork, now: datetime) -> None:
    """All copies of the pack's card are drawn anew: there is a version, or it is out."""
    latest = await work.packs.latest(meeting)
    await work.outbox.redraw(pack_object(meeting), latest.card_rev if latest else 0, now)

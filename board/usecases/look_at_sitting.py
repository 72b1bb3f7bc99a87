"""A meeting under way, as much of it as a person may see. That somebody else asked for it is in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from board.agenda import Agenda, Item
from board.attendance import Quorum
from board.case import Case
from board.decision import Decision
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting, in_room
from board.treatment import Treatment
from board.usecases._record import refuse
from board.usecases._sitting import agenda_of, decided_items, members, quorum_with
from board.usecases.pack_readers import READERS


@dataclass(frozen=True, slots=True)
class SeenSitting:
    """``cases``, ``decisions`` and ``treatments`` are of cases that the person may know of; ``decided`` counts all.

    ``invited``: whose seats there are. ``quorum`` is as it is in the room.
    """

    meeting: Meeting
    sitting: Sitting
    agenda: Agenda
    cases: Mapping[CaseId, Case]
    decisions: Mapping[ItemId, Decision]
    treatments: Mapping[CaseId, Treatment]
    decided: frozenset[ItemId]
    invited: tuple[PersonId, ...]
    quorum: Quorum
    excluded: Mapping[ItemId, frozenset[PersonId]] = field(default_factory=dict)
    """Who is inhabil in the cases that the person may know of."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, in the order they are treated in."""
        by_id = {item.id: item for item in self.agenda.items}
        return tuple(by_id[item] for item in self.sitting.items if item in by_id)

    @property
    def undecided(self) -> tuple[ItemId, ...]:
        return self.sitting.undecided(self.decided)

    def knows(self, item: Item) -> bool:
        return item.case is None or item.case in self.cases


async def look_at_sitting(
    meeting_id: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules
) -> SeenSitting | Refusal:  # fmt: skip
    meeting = await work.meetings.get(meeting_id)
    sitting = await work.sittings.get(meeting_id) if meeting else None
    if meeting is None or meeting.body is Body.OFFICE or not may_follow(meeting, sitting, actor):
        refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "look"})
        await refuse(refusal, actor, meeting_id, work, rules)
        return refusal
    return await seen_sitting(meeting, sitting, actor, work, rules) if sitting else Refusal(RefusalCode.NOT_STARTED)


def may_follow(meeting: Meeting, sitting: Sitting | None, actor: Actor) -> bool:
    """Those who get the meeting's papers, and whoever sits in it (mandatet § 5, § 7)."""
    return bool(actor.roles & READERS[meeting.body]) or (sitting is not None and sitting.seat_of(actor.id) is not None)


async def seen_sitting(
    meeting: Meeting, sitting: Sitting, actor: Actor, work: UnitOfWork, rules: Rules
) -> SeenSitting:  # fmt: skip
    agenda = await agenda_of(sitting, work)
    on_it = {item.case for item in agenda.items if item.case}
    cases = {c.id: c for c in await _cases(meeting, agenda, work) if c.id in on_it and actor.id not in c.excluded}
    decisions = await work.decisions.of_meeting(meeting.id)
    treatments = await work.treatments.of_meetings([meeting.id]) if meeting.body is Body.WORKING_GROUP else ()
    invited = await members(meeting.body, work, rules)
    return SeenSitting(
        meeting=meeting,
        sitting=sitting,
        agenda=agenda,
        cases=cases,
        decisions={d.item: d for d in decisions if d.case is None or d.case in cases},
        treatments={t.case: t for t in treatments if t.case in cases},
        decided=await decided_items(sitting, agenda, work),
        invited=invited,
        quorum=in_room(sitting, len(invited), await quorum_with(0, sitting, work, rules)),
        excluded={item.id: cases[item.case].excluded for item in agenda.items if item.case in cases},
    )


async def _cases(meeting: Meeting, agenda: Agenda, work: UnitOfWork) -> list[Case]:
    """Also those that have left it since: postponed, sent back, withdrawn."""
    found = {case.id: case for case in await work.cases.on_agenda(meeting.id)}
    for case_id in sorted({item.case for item in agenda.items if item.case} - set(found)):
        if case := await work.cases.get(case_id):
            found[case.id] = case
    return list(found.values())

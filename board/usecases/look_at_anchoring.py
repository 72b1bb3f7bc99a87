"""How a meeting's decisions are anchored in each organisation, as far as the reader may know (mandatet § 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from board.anchoring import Anchor, may_read, to_anchor, told, unit_of
from board.case import Case
from board.clock import local_day
from board.decision import Decision
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, ItemId, MeetingId
from board.meeting import Meeting
from board.people import Actor, Body, Person
from board.ports import Rules, UnitOfWork
from board.usecases._anchoring import held
from board.usecases._record import refuse

_BACK = 4
"""Meetings that are looked through for the latest one that decided something."""


@dataclass(frozen=True, slots=True)
class SeenAnchoring:
    """``decisions``: all that was told; ``asked``: those to be anchored, that the reader may see.

    ``units``: the name of each organisation by its id, in the order of names. ``answers`` by item and unit. ``unit``:
    the reader's own, where the reader answers. ``approved``: the minutes are.
    """

    meeting: Meeting
    decisions: Sequence[Decision]
    asked: Sequence[Decision]
    cases: Mapping[CaseId, Case]
    answers: Mapping[tuple[ItemId, str], Anchor] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    approved: bool = False
    may_read: bool = False


async def look_at_anchoring(
    meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules
) -> SeenAnchoring | Refusal:
    plan, found = rules.mandate.anchoring, await held(meeting, work)
    decided = told(found.decisions, found.cases, actor) if found else ()
    reads = may_read(actor)
    answers_too = plan is not None and bool(actor.roles & set(plan.asks))
    if found is None or not (reads or answers_too or decided):
        refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "anchor"})
        await refuse(refusal, actor, meeting, work, rules)
        return refusal
    minutes = (await work.minutes_book.named([meeting])).get(meeting)
    anchors = await work.anchors.of_meeting(meeting) if reads or answers_too else ()
    asked = to_anchor(found.decisions, found.cases, actor) if plan else ()
    units = await _units(anchors, work, rules) if reads else {}
    return SeenAnchoring(
        found.meeting,
        decided,
        asked,
        found.cases,
        {(anchor.item, anchor.unit): anchor for anchor in anchors if reads or anchor.unit == unit_of(actor.person)},
        units,
        unit_of(actor.person) if answers_too else "",
        approved=minutes is not None and minutes.is_approved,
        may_read=reads,
    )


async def _units(anchors: Sequence[Anchor], work: UnitOfWork, rules: Rules) -> dict[str, str]:
    """Those of the members of today, and of whoever has answered."""
    plan = rules.mandate.anchoring
    holders = await work.people.holders(plan.asks if plan else (), local_day(rules.clock.now()))
    members = {person for held_by in holders.values() for person in held_by}
    people = await work.people.get(sorted(members | {anchor.person for anchor in anchors}))
    units = {unit_of(person): person for key, person in people.items() if key in members}
    units |= {a.unit: people[a.person] for a in anchors if a.unit not in units and a.person in people}
    names = await work.people.organisations(sorted(units))
    named = {unit: names[unit].name if unit in names else _own(person) for unit, person in units.items()}
    return dict(sorted(named.items(), key=lambda one: one[1].casefold()))


def _own(person: Person) -> str:
    return person.name


async def latest_decided(actor: Actor, work: UnitOfWork, rules: Rules) -> MeetingId | None:
    """The board's latest meeting with a decision that is told and that the person may see."""
    before = rules.clock.now()
    for _ in range(_BACK):
        meeting = await work.meetings.previous(Body.BOARD, before)
        if meeting is None:
            return None
        found = await held(meeting.id, work)
        if found and told(found.decisions, found.cases, actor):
            return meeting.id
        before = meeting.starts_at
    return None

"""Anchoring receipts (mandatet § 4): for each decision, what a member says of it in the own organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from board.after_plan import AnchoringPlan
from board.case import Case
from board.case_content import MAX_TEXT
from board.decision import SETTLES, Decision
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.people import BOARD, HANDLERS, Actor, Person, Role

READERS: Final = HANDLERS | BOARD
"""Who sees how far each organisation has come."""
_OBJECT: Final = "anchor:"


class Anchored(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    """Not yet."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What ``unit``, an organisation (or a person that belongs to none), says of one decision; the latest counts."""

    meeting: MeetingId
    item: ItemId
    unit: str
    person: PersonId
    answer: Anchored
    at: datetime
    note: str = ""


def unit_of(person: Person) -> str:
    return str(person.organisation or person.id)


def anchor_object(meeting: MeetingId) -> str:
    """The object that the cards about a meeting's anchoring are about."""
    return f"{_OBJECT}{meeting}"


def meeting_of_anchor(object_id: str) -> MeetingId | None:
    return MeetingId(object_id.removeprefix(_OBJECT)) if object_id.startswith(_OBJECT) else None


def to_anchor(decisions: Iterable[Decision], cases: Mapping[CaseId, Case], actor: Actor) -> tuple[Decision, ...]:
    """Those that settled a case, are published, and that the person may see; one who is inhabil is not asked."""
    return tuple(d for d in told(decisions, cases, actor) if d.outcome in SETTLES)


def told(decisions: Iterable[Decision], cases: Mapping[CaseId, Case], actor: Actor) -> tuple[Decision, ...]:
    """What the meeting decided of cases, as far as the person may know."""
    return tuple(
        decision
        for decision in decisions
        if decision.is_published
        and decision.case is not None
        and decision.case in cases
        and cases[decision.case].may_be_seen_by(actor)
    )


def may_anchor(actor: Actor, plan: AnchoringPlan) -> Refusal | None:
    if actor.roles & set(plan.asks):
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "anchor", "roles": tuple(sorted(plan.asks))}, "§ 4")


def may_read(actor: Actor) -> bool:
    return bool(actor.roles & READERS) and Role.OBSERVER not in actor.roles


def chosen(mine: Sequence[Decision], items: Sequence[ItemId] | None, answered: frozenset[ItemId]) -> tuple[ItemId, ...]:
    """The decisions that an answer is for; ``items`` None: all that are left."""
    known = [decision.item for decision in mine]
    if items is None:
        return tuple(item for item in known if item not in answered)
    return tuple(item for item in known if item in items)


def note_refusal(note: str) -> Refusal | None:
    return Refusal(RefusalCode.TOO_LONG, {"fields": {"note": MAX_TEXT}}) if len(note) > MAX_TEXT else None

"""What the first draft of minutes is worded from: all that was recorded of a meeting, with names for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from board.agenda import ItemKind
from board.attendance import Quorum
from board.decision import Decision
from board.ids import CaseId, ItemId, PersonId
from board.meeting import Meeting
from board.people import Person, Role
from board.sitting import Sitting
from board.treatment import Statement, Treatment


@dataclass(frozen=True, slots=True)
class Attendee:
    """``stands_for``: the member whose seat it was. ``missed``: the items the person was not in the room for."""

    person: PersonId
    role: Role | None
    organisation: str = ""
    stands_for: PersonId | None = None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A follow-up that came back to the board. ``said`` is the latest report, "" for none."""

    text: str
    owner: PersonId
    due: date
    said: str = ""


@dataclass(frozen=True, slots=True)
class CaseFollowUps:
    case: CaseId
    number: str
    title: str
    follow_ups: tuple[FollowedUp, ...]


@dataclass(frozen=True, slots=True)
class RecordedItem:
    """One item as it was treated. ``notes``: late, dispensed, as the papers print it. ``exempt``: the legal basis."""

    id: ItemId
    position: int
    kind: ItemKind
    number: str = ""
    title: str = ""
    presenter: str = ""
    is_case: bool = False
    exempt: str = ""
    notes: tuple[str, ...] = ()
    decision: Decision | None = None
    treatment: Treatment | None = None
    statements: tuple[Statement, ...] = ()
    excluded: tuple[PersonId, ...] = ()
    follow_ups: tuple[CaseFollowUps, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """``notes`` are about the meeting as a whole. ``late`` and ``withdrawn`` are the numbers of such cases."""

    meeting: Meeting
    body_name: str
    sitting: Sitting
    items: tuple[RecordedItem, ...]
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]
    quorum: Quorum
    people: Mapping[PersonId, Person]
    following: Meeting | None = None
    notes: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    def names(self, people: Sequence[PersonId]) -> list[str]:
        return [known.name for person in people if (known := self.people.get(person))]

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else ""

"""What the templates of duties and of delivery are given: read for this reader, in a few queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from board.delivery import About, Missed, Proof
from board.duty import Duty, Rung
from board.ids import DutyId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Person
from board.planned import PlannedStep
from cards.i18n import _


@dataclass(frozen=True, slots=True)
class Names:
    """``titles`` hold only the cases that the reader may know of, by id; another is «en sak» and no more."""

    titles: Mapping[str, str] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    people: Mapping[PersonId, Person] = field(default_factory=dict)

    def person(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")

    def case(self, case_id: str) -> str:
        if case_id not in self.titles:
            return _("en sak")
        return self.titles[case_id] or _("Sak uten tittel")


@dataclass(frozen=True, slots=True)
class OfficeNews:
    """What the office must know besides its own duties: past their day elsewhere, not reached, never sent."""

    overdue: tuple[Duty, ...] = ()
    unreached: tuple[Missed, ...] = ()
    lapsed: tuple[Missed, ...] = ()
    steps: tuple[PlannedStep, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.unreached or self.lapsed or self.steps)


@dataclass(frozen=True, slots=True)
class TaskList:
    """``mine``: to be done by the reader, earliest day first; ``handed_on``: asked of the reader, with a deputy now;
    ``done``: ended since this morning. ``can_wait``: those of ``mine`` that can be put off. ``deputies``: who may be
    asked instead. ``rev`` is the list's."""

    object_id: str
    rev: int
    reader: Actor
    today: date
    mandate: Mandate
    names: Names
    mine: tuple[Duty, ...] = ()
    handed_on: tuple[Duty, ...] = ()
    done: tuple[Duty, ...] = ()
    can_wait: frozenset[DutyId] = frozenset()
    deputies: tuple[Person, ...] = ()
    office: OfficeNews = field(default_factory=OfficeNews)


@dataclass(frozen=True, slots=True)
class TaskView:
    """One duty as one reader sees it. ``ladder`` holds the reminders after the asking, with their times."""

    duty: Duty
    reader: Actor
    now: datetime
    today: date
    mandate: Mandate
    names: Names
    can_wait: bool = False
    deputies: tuple[Person, ...] = ()
    ladder: tuple[tuple[Rung, datetime], ...] = ()
    asked_by: PersonId | None = None
    """Whose act the duty began with; None where a meeting's plan asked."""


@dataclass(frozen=True, slots=True)
class Told:
    """A group of notices and what became of each, those first whom nothing reached."""

    about: About
    proofs: tuple[Proof, ...]
    names: Names

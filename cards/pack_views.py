"""What the templates of packs and dispensations are given: facts that were read for this reader, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from board.agenda import ItemKind
from board.dispensation import Dispensation, GateId
from board.errors import Refusal
from board.ids import CaseId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.pack import Change, Pack, PackRead
from board.people import Actor, Person
from cards.i18n import _


@dataclass(frozen=True, slots=True)
class PackLine:
    """A case of the pack, as the reader may see it."""

    case: CaseId
    number: str
    title: str
    kind: ItemKind


@dataclass(frozen=True, slots=True)
class OfficeView:
    """What those who send it follow: ``reads`` by recipient, ``refusals`` that stand in the way of the next version,
    ``new``: what that one would have. ``earlier``: the meeting before, where nobody has its minutes here."""

    recipients: tuple[PersonId, ...] = ()
    reads: Mapping[PersonId, PackRead] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    new: tuple[Change, ...] = ()
    dispensations: tuple[Dispensation, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    earlier: Meeting | None = None
    has_agenda: bool = False
    last_day: date | None = None
    """For sending (mandatet § 7)."""

    def asked(self, gate: GateId, case: CaseId | None = None) -> Dispensation | None:
        """A dispensation that the chair has not ruled on yet."""
        return next((d for d in self.dispensations if (d.gate, d.case) == (gate, case) and d.is_open), None)


@dataclass(frozen=True, slots=True)
class PackView:
    """A meeting's papers as one reader sees them. ``pack``: the newest version that is out, ``latest`` the newest.

    ``pages`` and ``reading_minutes`` are of what this reader gets; ``changes`` what came since the reader opened an
    earlier version. ``office`` is None for who only reads. ``rev`` is the card's.
    """

    meeting: Meeting
    viewer: Actor
    mandate: Mandate
    now: datetime
    rev: int
    pack: Pack | None = None
    latest: Pack | None = None
    lines: tuple[PackLine, ...] = ()
    pages: int = 0
    reading_minutes: int = 0
    read: PackRead | None = None
    changes: tuple[Change, ...] = ()
    is_recipient: bool = False
    declares: bool = False
    office: OfficeView | None = None
    people: Mapping[PersonId, Person] = field(default_factory=dict)

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")


@dataclass(frozen=True, slots=True)
class DispensationView:
    """``case``: number and title of the case it is about, "" for none; ``may_rule``: the reader is the chair."""

    dispensation: Dispensation
    meeting: Meeting
    viewer: Actor
    mandate: Mandate
    people: Mapping[PersonId, Person]
    case: str = ""
    may_rule: bool = False

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")

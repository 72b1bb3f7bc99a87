"""What the templates of the working group's minutes are given: read for this reader, in a few queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.minutes import Minutes
from board.minutes_text import Version
from board.people import Actor, Person
from board.treatment import Statement, Treatment
from cards.i18n import _


@dataclass(frozen=True, slots=True)
class Treated:
    """A case as the minutes have it: what was said of it, and who stated what."""

    title: str
    treatment: Treatment
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupMinutesView:
    """The minutes of ``meeting`` as they are (``minutes``), or as they would be. ``treated`` and ``untreated`` hold
    only what the reader may know of; ``hidden`` counts the others. ``text``: what finished ones
    say. ``invited``: whom the group has, by name.
    """

    meeting: Meeting
    viewer: Actor
    mandate: Mandate
    treated: tuple[Treated, ...] = ()
    untreated: tuple[tuple[str, str], ...] = ()
    """(number, title)"""
    hidden: int = 0
    minutes: Minutes | None = None
    text: Version | None = None
    invited: tuple[Person, ...] = ()
    people: Mapping[PersonId, Person] = field(default_factory=dict)

    def said(self, section: str) -> str:
        """What a section of the finished minutes says; "" where there is none."""
        found = self.text.section(section) if self.text else None
        return found.text if found else ""

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")

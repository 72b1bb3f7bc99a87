"""What a template is given: facts that were read for this reader, in one go. Templates ask nobody anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from board.case import Case
from board.events import Event
from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Person, Role
from board.states import CaseAct
from cards.forms import Choices
from cards.i18n import _


@dataclass(frozen=True)
class CaseView:
    """A case as one reader may see it. ``people`` holds everyone the card may name.

    What follows from these is worked out once a card: a card asks for it several times.
    """

    case: Case
    viewer: Actor
    mandate: Mandate
    people: Mapping[PersonId, Person]
    choices: Choices = field(default_factory=Choices)
    meeting: Meeting | None = None
    history: tuple[Event, ...] = ()

    @cached_property
    def roles(self) -> frozenset[Role]:
        return self.case.roles_of(self.viewer)

    @cached_property
    def acts(self) -> tuple[CaseAct, ...]:
        return self.case.allowed_acts(self.viewer)

    @property
    def title(self) -> str:
        return self.case.content.title or _("Sak uten tittel")

    def name(self, person: PersonId | None) -> str:
        """The person's name; «du» is left to the sentence, as a name reads the same in every copy."""
        if person is None:
            return _("ikke valgt")
        known = self.people.get(person)
        return known.name if known else _("en tidligere bruker")


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One line of ``frister``: ``mine`` marks what the reader owes."""

    day: date
    name: str
    mine: bool = False

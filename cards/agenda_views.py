"""What the templates of an agenda are given: facts that were read for this reader, in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from board.agenda import Agenda, Item, ItemKind, Sight
from board.case import Case
from board.dispensation import Dispensation
from board.errors import Refusal
from board.ids import CaseId, ItemId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Body, Person, Role
from cards.follow_up_views import FollowUpList
from cards.i18n import _
from cards.message import Option


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item at its place: ``position`` and ``starts_at`` count every item, also those that the reader does not see.

    So all who are in the room speak of the same item, and one who must leave for another's knows when to be back.
    """

    position: int
    item: Item
    starts_at: datetime
    case: Case | None = None


@dataclass(frozen=True)
class AgendaView:
    """``cases`` are those that the reader may know of: an item whose case is not among them is left out altogether.

    ``dispensations`` are the granted ones. ``sent``: its pack is out. ``elsewhere``: meetings an item can move to.
    """

    meeting: Meeting
    agenda: Agenda
    sight: Sight
    viewer: Actor
    mandate: Mandate
    cases: Mapping[CaseId, Case]
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    dispensations: Sequence[Dispensation] = ()
    sent: bool = False
    elsewhere: tuple[Option, ...] = ()
    follow_ups: FollowUpList | None = None
    """The open ones of earlier meetings, as far as the reader may see them."""

    @property
    def is_open(self) -> bool:
        """Whether it is the open agenda, with public titles only."""
        return self.sight is Sight.OPEN

    @property
    def is_board(self) -> bool:
        return self.meeting.body is Body.BOARD

    @property
    def may_arrange(self) -> bool:
        return self.viewer.is_handler and self.sight is Sight.DRAFT and self.meeting.is_planned

    @property
    def may_approve(self) -> bool:
        return self.is_board and Role.CHAIR in self.viewer.roles and not self.agenda.is_approved

    @cached_property
    def lines(self) -> tuple[AgendaLine, ...]:
        return tuple(self._lines())

    def _lines(self) -> Iterator[AgendaLine]:
        at = self.meeting.starts_at
        for position, item in enumerate(self.agenda.items, 1):
            case = self.cases.get(item.case) if item.case else None
            if case is not None or item.case is None:
                yield AgendaLine(position, item, at, case)
            at += timedelta(minutes=item.minutes)

    def line(self, item: ItemId) -> AgendaLine | None:
        return next((line for line in self.lines if line.item.id == item), None)

    def neighbour(self, item: ItemId, step: int) -> bool:
        """Whether it can go one up (-1) or down (1)."""
        return self.agenda.neighbour(item, step) is not None

    @property
    def late(self) -> tuple[Case, ...]:
        """The late cases that were accepted for this meeting, in the agenda's order."""
        shown = (line.case for line in self.lines if line.case and line.item.kind is not ItemKind.AGENDA)
        return tuple(c for c in shown if c.late and c.late.meeting == self.meeting.id and c.late.is_accepted)

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that could not come on the agenda, and why. ``waits``: the chair is asked for a dispensation already."""

    case: Case
    refusal: Refusal
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of building an agenda: the numbers that came on it, and what was left out."""

    is_new: bool = False
    numbers: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

"""What the templates of a meeting under way are given: facts that were read for this reader, in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from board.agenda import Agenda, Item, ItemKind
from board.attendance import Quorum
from board.case import Case
from board.decision import Decision
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Body, Person, Role
from board.sitting import Seat, Sitting
from board.states import CaseState
from board.treatment import Treatment
from cards.i18n import _
from cards.message import Option


@dataclass(frozen=True, slots=True)
class SittingLine:
    """An item at its place, counted with those that the reader may not know of.

    ``is_hidden``: it is about a case that is not there for this reader. ``is_decided`` counts those too.
    """

    position: int
    item: Item
    case: Case | None = None
    decision: Decision | None = None
    treatment: Treatment | None = None
    is_hidden: bool = False
    is_decided: bool = False

    @property
    def was_taken_back(self) -> bool:
        """By its submitter, after the meeting was opened."""
        return self.case is not None and self.case.state is CaseState.WITHDRAWN and self.decision is None


@dataclass(frozen=True)
class SittingView:
    """``cases``, ``decisions`` and ``treatments`` are those that the reader may know of; ``decided`` counts all.

    ``invited``: whose seats there are; ``coming``: everybody who can be marked as come or gone. ``previous`` is the
    meeting whose minutes are approved. ``owners``: whom a condition is likely to be given to.
    """

    meeting: Meeting
    sitting: Sitting
    agenda: Agenda
    viewer: Actor
    mandate: Mandate
    quorum: Quorum
    cases: Mapping[CaseId, Case] = field(default_factory=dict)
    decisions: Mapping[ItemId, Decision] = field(default_factory=dict)
    treatments: Mapping[CaseId, Treatment] = field(default_factory=dict)
    decided: frozenset[ItemId] = frozenset()
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    invited: tuple[PersonId, ...] = ()
    coming: tuple[Seat, ...] = ()
    owners: tuple[Option, ...] = ()
    previous: MeetingId | None = None

    @property
    def is_board(self) -> bool:
        return self.meeting.body is Body.BOARD

    @property
    def runs(self) -> bool:
        return self.viewer.is_handler

    @property
    def may_go_on(self) -> bool:
        """The chair's word is what the meeting waits for."""
        too_few = self.is_board and not self.quorum.is_reached and not self.sitting.without_quorum
        return too_few and self.sitting.is_open and Role.CHAIR in self.viewer.roles

    @property
    def own_seat(self) -> Seat | None:
        return self.sitting.seat_of(self.viewer.id)

    @cached_property
    def lines(self) -> tuple[SittingLine, ...]:
        return tuple(self._lines())

    def _lines(self) -> Iterator[SittingLine]:
        items = {item.id: item for item in self.agenda.items}
        for position, item_id in enumerate(self.sitting.items, 1):
            if (item := items.get(item_id)) is None:
                continue
            case = self.cases.get(item.case) if item.case else None
            yield SittingLine(
                position, item, case, self.decisions.get(item.id), self.treatments.get(case.id) if case else None,
                is_hidden=item.case is not None and case is None, is_decided=item.id in self.decided,
            )  # fmt: skip

    def line(self, item: ItemId) -> SittingLine | None:
        return next((line for line in self.lines if line.item.id == item), None)

    @property
    def current(self) -> SittingLine | None:
        return self.line(self.sitting.current)

    @property
    def undecided(self) -> tuple[SittingLine, ...]:
        return tuple(line for line in self.lines if not line.is_decided)

    def following(self, line: SittingLine) -> SittingLine | None:
        """The next one that is not decided, after this and round to the beginning."""
        ahead = [one for one in self.undecided if one.position > line.position]
        behind = [one for one in self.undecided if one.position < line.position]
        return next(iter([*ahead, *behind]), None)

    def before(self, line: SittingLine) -> SittingLine | None:
        return next((one for one in reversed(self.lines) if one.position < line.position), None)

    def room_for(self, line: SittingLine) -> tuple[PersonId, ...]:
        """Who can have gone out, or voted against: those who were there for it, without those inhabil in it."""
        inhabil = line.case.excluded if line.case else frozenset[PersonId]()
        done = line.decision
        was = [*done.present, *done.left] if done else []
        return tuple(dict.fromkeys(p for p in (*was, *self.sitting.present) if p not in inhabil))

    def by_hand(self, line: SittingLine) -> bool:
        """Whether what was decided is recorded here: a case in the working group is treated, minutes are concluded."""
        treated = line.item.case is not None and not self.is_board
        return not line.is_hidden and not treated and line.item.kind is not ItemKind.MINUTES

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")

"""What a template is given: facts that were read for this reader, in one go. Templates ask nobody anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from board.case import Case
from board.clock import local_day
from board.decision import Decision
from board.events import Event
from board.follow_up import FollowUp
from board.ids import MeetingId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Person, Role
from board.states import CaseAct
from board.treatment import Statement
from cards.after_views import BenefitCourse
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
    now: datetime | None = None
    meetings: Mapping[MeetingId, Meeting] = field(default_factory=dict)
    """Those the case names: wanted, in the working group, at the board, late for."""
    statements: tuple[Statement, ...] = ()
    benefits: BenefitCourse = field(default_factory=lambda: BenefitCourse((), {}))
    group_meetings: tuple[Meeting, ...] = ()
    """Working-group meetings ahead, for whoever may put the case on one; the likeliest first."""
    decisions: tuple[Decision, ...] = ()
    """The board's, earliest first, as far as the reader may know them."""
    follow_ups: tuple[FollowUp, ...] = ()
    minuted: frozenset[MeetingId] = frozenset()
    """The meetings of ``decisions`` whose minutes are approved."""
    late_meetings: tuple[Meeting, ...] = ()
    """Board meetings that the case came too late for, for whoever may ask that it is taken in."""

    @cached_property
    def roles(self) -> frozenset[Role]:
        return self.case.roles_of(self.viewer)

    @cached_property
    def acts(self) -> tuple[CaseAct, ...]:
        return self.case.allowed_acts(self.viewer)

    @property
    def group_meeting(self) -> Meeting | None:
        """Of the working group: the one that is to treat it, or did so last."""
        return self.meetings.get(self.case.wg_meeting) if self.case.wg_meeting else None

    @property
    def board_meeting(self) -> Meeting | None:
        return self.meetings.get(self.case.board_meeting) if self.case.board_meeting else None

    @property
    def own_statement(self) -> Statement | None:
        return next((one for one in self.statements if one.person == self.viewer.id), None)

    @property
    def may_state(self) -> bool:
        """Whether the reader can give a statement today."""
        due, now = self.case.statements_due, self.now
        return CaseAct.STATEMENT in self.acts and due is not None and now is not None and local_day(now) <= due

    @property
    def may_treat(self) -> bool:
        """The working group's meeting has begun."""
        held, now = self.group_meeting, self.now
        return CaseAct.TREAT in self.acts and held is not None and now is not None and held.starts_at <= now

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

"""What the templates of meetings are given: facts that were read for this reader, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from board.attendance import INVITED, Attendance, Coming, Quorum, quorum
from board.case_ports import CaseLine
from board.clock import local_day
from board.deadlines import Deadline
from board.duty import Duty
from board.events import Event
from board.ids import PersonId, is_channel
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Body, Person, Role
from cards.i18n import _
from cards.message import Option


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting as one reader may see it.

    ``answers`` are those the reader may see, the reader's own at least; ``invited`` whose coming is counted, empty for
    whom that is no business of. ``duty`` is the reader's own to say whether one comes; ``stands_in_for`` those who
    asked the reader to come instead. ``change`` is the event that last changed the meeting. ``cases`` are the reader's
    own that want this meeting. ``preparing`` is the working group's meeting for it, ``serves`` the one it prepares.
    """

    meeting: Meeting
    viewer: Actor
    mandate: Mandate
    now: datetime
    plan: tuple[Deadline, ...] = ()
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    change: Event | None = None
    answers: tuple[Attendance, ...] = ()
    invited: tuple[PersonId, ...] = ()
    duty: Duty | None = None
    stands_in_for: tuple[PersonId, ...] = ()
    deputies: tuple[Option, ...] = ()
    preparing: Meeting | None = None
    serves: Meeting | None = None
    cases: tuple[CaseLine, ...] = ()

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def is_public(self) -> bool:
        """Whether a whole channel reads it: then no names, and nothing that acts."""
        return is_channel(self.viewer.id)

    @property
    def is_ahead(self) -> bool:
        return self.meeting.is_planned and self.meeting.starts_at > self.now

    @property
    def may_arrange(self) -> bool:
        return self.viewer.is_handler and self.is_ahead

    @property
    def has_group_minutes(self) -> bool:
        """Minutes of the working group: begun, so that there is something to say in them."""
        meeting = self.meeting
        return meeting.body is Body.WORKING_GROUP and meeting.is_planned and meeting.starts_at <= self.now

    @property
    def counts(self) -> bool:
        """Whether it is asked who comes to such a meeting."""
        return self.meeting.body is Body.BOARD and self.meeting.is_planned and self.meeting.ends_at > self.now

    @property
    def may_answer(self) -> bool:
        return self.counts and bool(self.viewer.roles & INVITED)

    @property
    def own(self) -> Attendance | None:
        return self.answer_of(self.viewer.id)

    @property
    def is_asked(self) -> bool:
        """Whether the reader's own answer is still wanted."""
        waits = self.duty is not None and self.duty.is_open and self.duty.deputy is None
        return self.may_answer and self.own is None and waits

    @property
    def deputy_asked(self) -> PersonId | None:
        """Whom the reader has asked to come instead, while that one has not answered."""
        return self.duty.deputy if self.duty and self.duty.is_open else None

    def answer_of(self, person: PersonId) -> Attendance | None:
        return next((answer for answer in self.answers if answer.person == person), None)

    def who(self, answer: Coming | None) -> tuple[PersonId, ...]:
        """Those of the invited who gave this answer; None: none yet."""
        given = {found.person: found.answer for found in self.answers}
        return tuple(person for person in self.invited if given.get(person) is answer)

    @property
    def quorum(self) -> Quorum | None:
        """How many come, themselves or by a deputy, of those needed; None for whom that is no business of."""
        if not (self.invited and self.counts):
            return None
        coming = len(self.who(Coming.YES)) + len(self.who(Coming.DEPUTY))
        return quorum(len(self.invited), coming, self.mandate.quorum)

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting that is not there yet, or not at that time: what must be known before somebody says yes.

    ``same_day``: the body's other meetings on the day. ``wg_due``: when the working group should meet at the latest.
    """

    meeting: Meeting
    plan: tuple[Deadline, ...]
    now: datetime
    day_off: bool = False
    same_day: tuple[Meeting, ...] = ()
    serves: Meeting | None = None
    wg_due: date | None = None

    @property
    def today(self) -> date:
        return local_day(self.now)


@dataclass(frozen=True, slots=True)
class Told:
    """How many people get word, and how many of each role."""

    people: int
    roles: Mapping[Role, int]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in a form about a meeting, and what is wrong with it, by input id."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

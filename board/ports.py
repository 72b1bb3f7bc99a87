"""What the rules need from outside. Owned here, implemented by ``storage`` and, in tests, by ``tests/fakes``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from board.after_ports import AnchorRepository, BenefitRepository, LaterRepository
from board.agenda_ports import (
    AgendaRepository,
    ConflictRepository,
    DispensationRepository,
    LinkRepository,
    NumberSeries,
    PackRepository,
    TreatmentRepository,
)
from board.answer_ports import AnswerLinks
from board.case_ports import CaseRepository
from board.clock import Clock
from board.deadlines import WorkingCalendar
from board.delivery import NEWEST, AddressBook, ProofOfDelivery
from board.evaluation_ports import EvaluationRepository
from board.events import Event, Happened
from board.hours import Hours
from board.ids import CaseId, IdSource, MeetingId, PersonId
from board.joining_ports import Belongings, JoinCodes
from board.log_page import LogRow
from board.mandate import Mandate
from board.meeting import Meeting
from board.minutes_ports import MinutesBook
from board.notices import Notice
from board.people import Account as Account  # noqa: PLC0414  # those who need the ports know it from here
from board.people import Body
from board.people_ports import PeopleRepository
from board.planning_ports import (
    AttendanceRepository,
    CalendarFeeds,
    ChannelRepository,
    DutyRepository,
    PlannedRepository,
)
from board.register_ports import DecisionRegister
from board.sitting_ports import DecisionRepository, FollowUpRepository, SittingRepository


@dataclass(frozen=True, slots=True)
class Rules:
    """What every use case has at hand besides the unit of work."""

    mandate: Mandate
    clock: Clock
    ids: IdSource
    calendar: WorkingCalendar

    @property
    def hours(self) -> Hours:
        """When this board's people may be reminded."""
        reminders = self.mandate.reminders
        return Hours(reminders.opens, reminders.closes, self.calendar)


class MeetingRepository(Protocol):
    async def upcoming(self, body: Body, since: datetime, limit: int) -> Sequence[Meeting]:
        """Planned meetings of a body that start at or after ``since``, earliest first."""
        ...

    async def between(self, since: datetime, until: datetime, limit: int) -> Sequence[Meeting]:
        """Meetings of all bodies and states that start in the period (``until`` not included), earliest first."""
        ...

    async def get(self, meeting: MeetingId) -> Meeting | None:
        """The meeting, or None. In a writing unit of work it is locked: a second writer waits and sees the result."""
        ...

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Meeting]:
        """Those of the meetings that exist, in one query; not locked."""
        ...

    async def previous(self, body: Body, before: datetime) -> Meeting | None:
        """The body's last planned meeting that starts before ``before``."""
        ...

    async def serving(self, meetings: Sequence[MeetingId]) -> Sequence[Meeting]:
        """Planned working-group meetings that prepare one of these board meetings."""
        ...

    async def add(self, meeting: Meeting) -> bool:
        """False, and nothing is changed, where its id is known or the body has a planned meeting at that time."""
        ...

    async def save(self, meeting: Meeting) -> None:
        """Stores a changed meeting. Its ``rev`` is one above the stored one; anything else is a bug and raises.

        So does a time at which the body has another planned meeting: look (``upcoming``) before, and refuse.
        """
        ...


class History(Protocol):
    async def append(self, events: Sequence[Event]) -> None:
        """Adds rows to the log that nobody can rewrite, chained by hash."""
        ...

    async def of(self, object_id: str) -> Sequence[Event]:
        """All that happened to one object, in order."""
        ...

    async def page(
        self, objects: Sequence[str], limit: int, before: int = NEWEST, only: Sequence[Happened] = ()
    ) -> Sequence[LogRow]:
        """The newest ``limit`` rows about these objects below row ``before``, newest first; one query.

        ``only``: of these kinds; all where none is named.
        """
        ...


class Outbox(Protocol):
    async def tell(self, notices: Sequence[Notice], now: datetime) -> None:
        """Puts notices in line. One already there (same key) is not added again."""
        ...

    async def knows(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys that were put in line before, whatever became of them; one query."""
        ...

    async def redraw(self, object_id: str, rev: int, now: datetime) -> None:
        """Puts a redrawing of every copy of the object's cards in line, once per copy and revision."""
        ...

    async def redraw_for(self, person: PersonId, objects: Sequence[str], once: str, now: datetime) -> None:
        """Puts a redrawing of the copies that one person has of these objects in line, whatever their revision.

        As when what this very person may see has changed. ``once``: what it happened with; twice is once.
        """
        ...


class Inbox(Protocol):
    async def take(self, channel: str, activity_id: str, now: datetime) -> bool:
        """True the first time an activity is seen. In the same transaction as its effect, also across processes."""
        ...


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a person stands in a conversation of questions: the one place that says so, kept after every answer.

    ``form`` is ``start`` or ``case``; ``question`` the field that stands open; ``answers`` the choices made before a
    case exists; ``case`` the draft that is being filled in.
    """

    person: PersonId
    form: str
    question: str
    answers: Mapping[str, str] = field(default_factory=dict)
    case: CaseId | None = None
    at: datetime | None = None


class Talks(Protocol):
    async def get(self, person: PersonId) -> Talk | None: ...

    async def put(self, talk: Talk) -> None: ...

    async def drop(self, person: PersonId) -> None: ...


class Clashed(Exception):
    """Two units of work waited for each other's locks, and this one was taken back whole: do it again."""


class UnitOfWork(Protocol):
    """State, history and outbox, committed together or not at all. Nobody but its opener commits."""

    @property
    def cases(self) -> CaseRepository: ...
    @property
    def people(self) -> PeopleRepository: ...
    @property
    def meetings(self) -> MeetingRepository: ...
    @property
    def duties(self) -> DutyRepository: ...
    @property
    def planned(self) -> PlannedRepository: ...
    @property
    def attendance(self) -> AttendanceRepository: ...
    @property
    def agendas(self) -> AgendaRepository: ...
    @property
    def numbers(self) -> NumberSeries: ...
    @property
    def treatments(self) -> TreatmentRepository: ...
    @property
    def conflicts(self) -> ConflictRepository: ...
    @property
    def dispensations(self) -> DispensationRepository: ...
    @property
    def sittings(self) -> SittingRepository: ...
    @property
    def decisions(self) -> DecisionRepository: ...
    @property
    def follow_ups(self) -> FollowUpRepository: ...
    @property
    def minutes_book(self) -> MinutesBook: ...
    @property
    def packs(self) -> PackRepository: ...
    @property
    def evaluations(self) -> EvaluationRepository: ...
    @property
    def later(self) -> LaterRepository: ...
    @property
    def anchors(self) -> AnchorRepository: ...
    @property
    def benefits(self) -> BenefitRepository: ...
    @property
    def links(self) -> LinkRepository: ...
    @property
    def answer_links(self) -> AnswerLinks: ...
    @property
    def register(self) -> DecisionRegister: ...
    @property
    def channels(self) -> ChannelRepository: ...
    @property
    def calendars(self) -> CalendarFeeds: ...
    @property
    def proof(self) -> ProofOfDelivery: ...
    @property
    def history(self) -> History: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def talks(self) -> Talks: ...
    @property
    def addresses(self) -> AddressBook: ...
    @property
    def join_codes(self) -> JoinCodes: ...
    @property
    def belongings(self) -> Belongings: ...

    async def commit(self) -> None:
        """Makes it so. Leaving without it takes everything back."""
        ...


class Work(Protocol):
    """Opens units of work."""

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]: ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """One consistent view; writing through it raises."""
        ...

"""What the rules need from outside. Owned here, implemented by ``storage`` and, in tests, by ``tests/fakes``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from board.agenda_ports import (
    AgendaRepository,
    ConflictRepository,
    DispensationRepository,
    LinkRepository,
    MinutesRepository,
    NumberSeries,
    PackRepository,
    TreatmentRepository,
)
from board.case import Case
from board.clock import Clock
from board.deadlines import WorkingCalendar
from board.delivery import AddressBook, ProofOfDelivery
from board.events import Event
from board.hours import Hours
from board.ids import CaseId, IdSource, MeetingId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.notices import Notice
from board.people import Actor, Body, Holding, Organisation, Person, Role
from board.planning_ports import (
    AttendanceRepository,
    CalendarFeeds,
    ChannelRepository,
    DutyRepository,
    PlannedRepository,
)
from board.states import CaseState


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


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account in a channel, from the authenticated envelope: the only thing that says who acts."""

    channel: str
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a line of a list."""

    id: CaseId
    rev: int
    title: str
    state: str
    case_type: str
    submitter: PersonId
    owner: PersonId | None
    updated_at: datetime
    deadline: date | None
    number: str = ""
    """The board's, else the working group's."""


@dataclass(frozen=True, slots=True)
class WantingCase:
    """A case as far as the planning of a meeting goes."""

    id: CaseId
    meeting: MeetingId
    state: CaseState
    submitter: PersonId
    owner: PersonId | None


class CaseRepository(Protocol):
    async def get(self, case: CaseId) -> Case | None:
        """The case, or None. In a writing unit of work it is locked: a second writer waits and sees the result."""
        ...

    async def add(self, case: Case) -> None: ...

    async def save(self, case: Case) -> None:
        """Stores a changed case. Its ``rev`` is one above the stored one; anything else is a bug and raises."""
        ...

    async def lines_for(self, actor: Actor, limit: int) -> Sequence[CaseLine]:
        """Cases the person submitted, owns or must act on as office or lead; latest change first.

        Never a draft of somebody else's, never an owner's before it was handed on, ended ones last.
        """
        ...

    async def drafts_of(self, person: PersonId, limit: int) -> Sequence[CaseLine]:
        """The person's own cases that can be filled in (draft, incomplete), latest change first."""
        ...

    async def wanting(self, meetings: Sequence[MeetingId]) -> Sequence[WantingCase]:
        """The cases that want to be treated in one of the meetings and have not ended; their order is by id."""
        ...

    async def on_agenda(self, meeting: MeetingId) -> Sequence[Case]:
        """The cases that are, or were treated, on this meeting's agenda, by id; one query. Locked in a writing unit."""
        ...

    async def in_state(self, state: CaseState, limit: int) -> Sequence[Case]:
        """Those in a state, the one that came into it first in front; one query. Not locked."""
        ...

    async def titles(self, actor: Actor, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        """The titles of those of the cases that the person may see, in one query."""
        ...

    async def find(self, actor: Actor, words: str, limit: int) -> Sequence[CaseLine]:
        """Cases the person may see whose title, project reference or numbers hold the words (case-insensitive).

        A number is found without its leading zeros too.
        """
        ...


class PeopleRepository(Protocol):
    async def actor(self, account: Account, day: date) -> Actor | None:
        """Who the account belongs to, with the roles held on ``day``; one query."""
        ...

    async def actor_of(self, person: PersonId, day: date) -> Actor | None: ...

    async def get(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        """Those of the people that exist, in one query."""
        ...

    async def add(self, person: Person, account: Account | None = None) -> None: ...

    async def add_organisation(self, organisation: Organisation) -> None: ...

    async def hold(self, holding: Holding) -> None: ...

    async def set_language(self, person: PersonId, language: str) -> None: ...

    async def holders(self, roles: Sequence[Role], day: date) -> Mapping[Role, Sequence[PersonId]]: ...

    async def deputies(self, day: date) -> Mapping[PersonId, Sequence[PersonId]]:
        """Who is registered as whose deputy on ``day``: the deputies by whom they stand in for."""
        ...

    async def holdings(self) -> Sequence[Holding]:
        """The whole register, for a rehearsal."""
        ...

    async def owners(self, day: date, limit: int) -> Sequence[Person]:
        """Those registered as project owners on ``day``, by name."""
        ...

    async def named(self, words: str, limit: int) -> Sequence[Person]:
        """People whose id, account, e-mail or name is these words, or whose name holds all of them."""
        ...


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
    def minutes(self) -> MinutesRepository: ...
    @property
    def packs(self) -> PackRepository: ...
    @property
    def links(self) -> LinkRepository: ...
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

    async def commit(self) -> None:
        """Makes it so. Leaving without it takes everything back."""
        ...


class Work(Protocol):
    """Opens units of work."""

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]: ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """One consistent view; writing through it raises."""
        ...

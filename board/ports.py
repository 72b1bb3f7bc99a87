"""What the rules need from outside. Owned here, implemented by ``storage`` and, in tests, by ``tests/fakes``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from board.case import Case
from board.clock import Clock
from board.delivery import AddressBook
from board.events import Event
from board.ids import CaseId, IdSource, MeetingId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.notices import Notice
from board.people import Actor, Body, Holding, Organisation, Person, Role


@dataclass(frozen=True, slots=True)
class Rules:
    """What every use case has at hand besides the unit of work."""

    mandate: Mandate
    clock: Clock
    ids: IdSource


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

    async def find(self, actor: Actor, words: str, limit: int) -> Sequence[CaseLine]:
        """Cases the person may see whose title or project reference holds the words (case-insensitive)."""
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

    async def owners(self, day: date, limit: int) -> Sequence[Person]:
        """Those registered as project owners on ``day``, by name."""
        ...

    async def named(self, words: str, limit: int) -> Sequence[Person]:
        """People whose id, account, e-mail or name is these words, or whose name holds all of them."""
        ...


class MeetingRepository(Protocol):
    async def upcoming(self, body: Body, since: datetime, limit: int) -> Sequence[Meeting]:
        """Meetings that start at or after ``since``, earliest first."""
        ...

    async def get(self, meeting: MeetingId) -> Meeting | None: ...

    async def add(self, meeting: Meeting) -> None: ...


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

    async def redraw(self, object_id: str, rev: int, now: datetime) -> None:
        """Puts a redrawing of every copy of the object's cards in line, once per copy and revision."""
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


class UnitOfWork(Protocol):
    """State, history and outbox, committed together or not at all. Nobody but its opener commits."""

    @property
    def cases(self) -> CaseRepository: ...
    @property
    def people(self) -> PeopleRepository: ...
    @property
    def meetings(self) -> MeetingRepository: ...
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

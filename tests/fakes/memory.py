"""A double of the store behind the same ports, for the rules' own tests. The contract tests hold it to the real one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime

from board.delivery import NEWEST, DeliveryQueue
from board.events import Event, Happened
from board.ids import PersonId
from board.joining import Claim
from board.log_page import LogRow
from board.notices import Notice
from board.people import Actor, Holding, Organisation, Person, Role
from board.ports import Account, Talk, UnitOfWork, Work
from tests.fakes.memory_after import MemoryAnchors, MemoryBenefits, MemoryLater
from tests.fakes.memory_agenda import (
    MemoryAgendas,
    MemoryConflicts,
    MemoryDispensations,
    MemoryNumbers,
    MemoryTreatments,
)
from tests.fakes.memory_answers import MemoryAnswerLinks
from tests.fakes.memory_cases import MemoryCases
from tests.fakes.memory_delivery import MemoryAddresses, redraw, redraw_for, tell
from tests.fakes.memory_evaluation import MemoryEvaluations
from tests.fakes.memory_joining import MemoryBelongings, MemoryJoinCodes
from tests.fakes.memory_minutes import MemoryMinutesBook
from tests.fakes.memory_packs import MemoryLinks, MemoryPacks
from tests.fakes.memory_planning import (
    MemoryAttendance,
    MemoryCalendars,
    MemoryChannels,
    MemoryDuties,
    MemoryMeetings,
    MemoryPlanned,
)
from tests.fakes.memory_proof import MemoryProof
from tests.fakes.memory_queue import MemoryQueue
from tests.fakes.memory_register import MemoryRegister
from tests.fakes.memory_sitting import MemoryDecisions, MemoryFollowUps, MemorySittings
from tests.fakes.memory_state import State


class Memory:
    """``state`` is what is committed: tests look at it."""

    def __init__(self) -> None:
        self.state = State()
        self.on_due: Callable[[], None] | None = None
        self.work: Work = MemoryWork(self)
        self.queue: DeliveryQueue = MemoryQueue(self)


class MemoryWork:
    """Writers take turns; each works on a copy, which its commit puts in place."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        async with self._turn:
            yield MemoryUnit(self._memory, writable=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        yield MemoryUnit(self._memory, writable=False)


class MemoryUnit:
    def __init__(self, memory: Memory, *, writable: bool) -> None:
        self._memory, self._writable = memory, writable
        self._state = memory.state.snapshot()
        self.cases = MemoryCases(self._state)
        self.people = MemoryPeople(self._state)
        self.meetings = MemoryMeetings(self._state)
        self.duties = MemoryDuties(self._state)
        self.planned = MemoryPlanned(self._state)
        self.attendance = MemoryAttendance(self._state)
        self.agendas = MemoryAgendas(self._state)
        self.numbers = MemoryNumbers(self._state)
        self.treatments = MemoryTreatments(self._state)
        self.conflicts = MemoryConflicts(self._state)
        self.dispensations = MemoryDispensations(self._state)
        self.sittings = MemorySittings(self._state)
        self.decisions = MemoryDecisions(self._state)
        self.follow_ups = MemoryFollowUps(self._state)
        self.minutes_book = MemoryMinutesBook(self._state)
        self.packs = MemoryPacks(self._state)
        self.links = MemoryLinks(self._state)
        self.answer_links = MemoryAnswerLinks(self._state)
        self.register = MemoryRegister(self._state)
        self.evaluations = MemoryEvaluations(self._state)
        self.later = MemoryLater(self._state)
        self.anchors = MemoryAnchors(self._state)
        self.benefits = MemoryBenefits(self._state)
        self.channels = MemoryChannels(self._state)
        self.calendars = MemoryCalendars(self._state)
        self.history = MemoryHistory(self._state)
        self.proof = MemoryProof(self._state)
        self.outbox = MemoryOutbox(self._state)
        self.inbox = MemoryInbox(self._state)
        self.talks = MemoryTalks(self._state)
        self.addresses = MemoryAddresses(self._state)
        self.join_codes = MemoryJoinCodes(self._state)
        self.belongings = MemoryBelongings(self._state)

    async def commit(self) -> None:
        if not self._writable:
            raise RuntimeError("this unit of work was opened for reading")
        self.duties.settle()
        self.register.settle()
        due = len(self._state.outbox) > len(self._memory.state.outbox)
        self._memory.state = self._state.snapshot()
        if due and self._memory.on_due:
            self._memory.on_due()


class MemoryPeople:
    def __init__(self, state: State) -> None:
        self._state = state

    async def actor(self, account: Account, day: date) -> Actor | None:
        person = self._state.accounts.get(account)
        return await self.actor_of(PersonId(person), day) if person is not None else None

    async def actor_of(self, person: PersonId, day: date) -> Actor | None:
        if person not in self._state.people:
            return None
        held = (h for h in self._state.holdings.values() if h.person == person and h.holds_on(day))
        return Actor(self._state.people[person], frozenset(h.role for h in held))

    async def get(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        return {p: self._state.people[p] for p in people if p in self._state.people}

    async def lock(self, people: Sequence[PersonId]) -> None:
        """Writers take turns anyway."""

    async def is_registered(self, person: PersonId) -> bool:
        return any(held.person == person for held in self._state.holdings.values())

    async def by_email(self, emails: Sequence[str], day: date) -> Sequence[Claim]:
        wanted = {email.lower() for email in emails if email}
        found = [p for _, p in sorted(self._state.people.items()) if p.email.lower() in wanted]
        return [
            Claim(p, account, await self._holds(p.id, day), await self.is_registered(p.id))
            for p in found
            for account in await self.accounts_of(p.id) or (None,)
        ]

    async def _holds(self, person: PersonId, day: date) -> bool:
        return any(held.person == person and held.holds_on(day) for held in self._state.holdings.values())

    async def owners_of(self, accounts: Sequence[Account]) -> Mapping[Account, PersonId]:
        known = self._state.accounts
        return {account: PersonId(known[account]) for account in accounts if account in known}

    async def accounts_of(self, person: PersonId) -> Sequence[Account]:
        mine = [account for account, owner in self._state.accounts.items() if owner == person]
        return sorted(mine, key=lambda one: (one.channel, one.tenant, one.user))

    async def join(self, account: Account, person: PersonId) -> None:
        self._state.accounts[account] = person

    async def add(self, person: Person, account: Account | None = None) -> None:
        known = self._state.people.get(person.id)
        language = known.language if known else person.language
        self._state.people[person.id] = Person(person.id, person.name, person.email, person.organisation, language)
        if account is not None:
            self._state.accounts[account] = person.id

    async def add_organisation(self, organisation: Organisation) -> None:
        self._state.organisations[organisation.id] = organisation

    async def organisations(self, organisations: Sequence[str]) -> Mapping[str, Organisation]:
        return {name: self._state.organisations[name] for name in organisations if name in self._state.organisations}

    async def hold(self, holding: Holding) -> None:
        self._state.holdings[(holding.person, holding.role, holding.body, holding.since)] = holding

    async def set_language(self, person: PersonId, language: str) -> None:
        if p := self._state.people.get(person):
            self._state.people[person] = Person(p.id, p.name, p.email, p.organisation, language)

    async def holders(self, roles: Sequence[Role], day: date) -> Mapping[Role, Sequence[PersonId]]:
        held = [h for h in self._state.holdings.values() if h.holds_on(day)]
        return {role: sorted({h.person for h in held if h.role is role}) for role in roles}

    async def deputies(self, day: date) -> Mapping[PersonId, Sequence[PersonId]]:
        held = [h for h in self._state.holdings.values() if h.deputy_for is not None and h.holds_on(day)]
        pairs = sorted({(h.deputy_for, h.person) for h in held if h.deputy_for is not None})
        return {whom: [deputy for for_, deputy in pairs if for_ == whom] for whom, _ in pairs}

    async def holdings(self) -> Sequence[Holding]:
        return sorted(self._state.holdings.values(), key=lambda h: (h.person, h.role, h.body, h.since))

    async def owners(self, day: date, limit: int) -> Sequence[Person]:
        owners = (await self.holders([Role.PROJECT_OWNER], day))[Role.PROJECT_OWNER]
        return sorted((self._state.people[p] for p in owners), key=_by_name)[:limit]

    async def named(self, words: str, limit: int) -> Sequence[Person]:
        typed, folded = words.strip(), " ".join(words.casefold().split())
        if not folded:
            return ()
        users = {person for account, person in self._state.accounts.items() if account.user == typed}

        def exact(p: Person) -> bool:
            return p.id == typed or p.id in users or folded in (p.email.casefold(), p.name.casefold())

        found = [
            p for p in self._state.people.values() if exact(p) or all(w in p.name.casefold() for w in folded.split())
        ]
        return sorted(found, key=lambda p: (not exact(p), _by_name(p)))[:limit]


class MemoryHistory:
    def __init__(self, state: State) -> None:
        self._rows = state.history

    async def append(self, events: Sequence[Event]) -> None:
        self._rows.extend(events)

    async def of(self, object_id: str) -> Sequence[Event]:
        return [event for event in self._rows if event.object_id == object_id]

    async def page(
        self, objects: Sequence[str], limit: int, before: int = NEWEST, only: Sequence[Happened] = ()
    ) -> Sequence[LogRow]:
        rows = [LogRow(seq, event) for seq, event in enumerate(self._rows, 1) if event.object_id in objects]
        found = [one for one in rows if one.seq < before and (not only or one.event.what in only)]
        return found[::-1][:limit]


class MemoryOutbox:
    def __init__(self, state: State) -> None:
        self._state = state

    async def knows(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset(row.key for row in self._state.outbox.values()) & frozenset(keys)

    async def tell(self, notices: Sequence[Notice], now: datetime) -> None:
        tell(self._state, notices, now)

    async def redraw(self, object_id: str, rev: int, now: datetime) -> None:
        redraw(self._state, object_id, rev, now)

    async def redraw_for(self, person: PersonId, objects: Sequence[str], once: str, now: datetime) -> None:
        redraw_for(self._state, person, objects, once, now)


class MemoryInbox:
    def __init__(self, state: State) -> None:
        self._seen = state.inbox

    async def take(self, channel: str, activity_id: str, now: datetime) -> bool:
        first = (channel, activity_id) not in self._seen
        self._seen.setdefault((channel, activity_id), now)
        return first


class MemoryTalks:
    def __init__(self, state: State) -> None:
        self._talks = state.talks

    async def get(self, person: PersonId) -> Talk | None:
        return self._talks.get(person)

    async def put(self, talk: Talk) -> None:
        self._talks[talk.person] = talk

    async def drop(self, person: PersonId) -> None:
        self._talks.pop(person, None)


def _by_name(person: Person) -> tuple[str, str]:
    return person.name.casefold().translate(str.maketrans("æøå", "{|}")), person.id

"""The unit of work: repositories over one transaction, which its opener commits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from storage.outbox import Outbox
from storage.register_keeping import Keeping
from storage.repositories.addresses import Addresses
from storage.repositories.after import Anchors, Benefits, Later
from storage.repositories.agendas import Agendas
from storage.repositories.answer_links import AnswerLinks
from storage.repositories.attendance import AttendanceList
from storage.repositories.belongings import PersonalThings
from storage.repositories.calendars import Calendars
from storage.repositories.cases import Cases
from storage.repositories.channels import Channels
from storage.repositories.conflicts import Conflicts
from storage.repositories.decisions import Decisions
from storage.repositories.dispensations import Dispensations
from storage.repositories.duties import Duties
from storage.repositories.evaluations import Evaluations
from storage.repositories.follow_ups import FollowUps
from storage.repositories.history import History
from storage.repositories.inbox import Inbox
from storage.repositories.join_codes import Codes
from storage.repositories.links import Links
from storage.repositories.meetings import Meetings
from storage.repositories.minutes_book import MinutesRegister
from storage.repositories.numbers import Numbers
from storage.repositories.packs import Packs
from storage.repositories.people import People
from storage.repositories.planned import Planned
from storage.repositories.proof import Proofs
from storage.repositories.register import Register
from storage.repositories.sittings import Sittings
from storage.repositories.talks import Talks
from storage.repositories.treatments import Treatments
from storage.transaction import Database
from storage.unit import Unit
from storage.urn import UrnKeys


class SqlUnitOfWork:
    """Implements ``board.ports.UnitOfWork``.

    What is written goes to the database with the next read or with the commit, and is seen by reads of this unit.
    """

    def __init__(self, unit: Unit, keys: UrnKeys) -> None:
        self._unit = unit
        register = Keeping(unit)
        self.cases = Cases(unit, register)
        self.people = People(unit)
        self.meetings = Meetings(unit)
        self.duties = Duties(unit)
        self.planned = Planned(unit)
        self.attendance = AttendanceList(unit)
        self.agendas = Agendas(unit)
        self.numbers = Numbers(unit)
        self.treatments = Treatments(unit)
        self.conflicts = Conflicts(unit)
        self.dispensations = Dispensations(unit)
        self.sittings = Sittings(unit)
        self.decisions = Decisions(unit, register)
        self.follow_ups = FollowUps(unit, register)
        self.minutes_book = MinutesRegister(unit, register)
        self.packs = Packs(unit)
        self.links = Links(unit)
        self.answer_links = AnswerLinks(unit)
        self.register = Register(unit)
        self.evaluations = Evaluations(unit, keys)
        self.later = Later(unit)
        self.anchors = Anchors(unit)
        self.benefits = Benefits(unit)
        self.channels = Channels(unit)
        self.calendars = Calendars(unit)
        self.history = History(unit)
        self.proof = Proofs(unit)
        self.outbox = Outbox(unit)
        self.inbox = Inbox(unit)
        self.talks = Talks(unit)
        self.addresses = Addresses(unit)
        self.join_codes = Codes(unit)
        self.belongings = PersonalThings(unit)

    async def commit(self) -> None:
        await self._unit.commit()


class SqlWork:
    """Implements ``board.ports.Work``. ``on_due`` is called after a commit that put something in line."""

    def __init__(self, database: Database, on_due: Callable[[], None], keys: UrnKeys) -> None:
        self._database, self._on_due, self._keys = database, on_due, keys

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlUnitOfWork]:
        async with self._database.write() as session:
            yield SqlUnitOfWork(Unit(session, writable=True, on_due=self._on_due), self._keys)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        async with self._database.read() as session:
            yield SqlUnitOfWork(Unit(session, writable=False, on_due=self._on_due), self._keys)

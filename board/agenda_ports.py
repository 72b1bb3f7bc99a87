"""What agenda, pack, working group and habilitet need from outside; part of every unit of work.

In a writing unit of work a ``get`` locks: a second writer waits and sees the result. Take a meeting's lock before its
agenda's, that before its cases', and cases in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from board.agenda import Agenda
from board.conflicts import Conflict
from board.dispensation import Dispensation
from board.ids import CaseId, DispensationId, MeetingId, PackId, PersonId
from board.pack import Pack, PackFile, PackRead
from board.treatment import Statement, Treatment


class AgendaRepository(Protocol):
    async def get(self, meeting: MeetingId) -> Agenda | None: ...

    async def add(self, agenda: Agenda) -> bool:
        """False, and nothing is changed, where the meeting has one."""
        ...

    async def save(self, agenda: Agenda) -> None:
        """Its ``rev`` is one above the stored one; anything else is a bug and raises."""
        ...


class NumberSeries(Protocol):
    async def take(self, series: str, year: int, count: int) -> int:
        """The first of ``count`` consecutive numbers that nobody had before; they begin at 1 each year.

        Gap-free under concurrent use: whoever comes second waits until the first has committed or given up.
        """
        ...


class TreatmentRepository(Protocol):
    async def add(self, treatment: Treatment) -> None: ...

    async def of_meetings(self, meetings: Sequence[MeetingId]) -> Sequence[Treatment]:
        """In the order they were made; one query."""
        ...

    async def state(self, statement: Statement) -> None:
        """Keeps a statement; an earlier one of the same person on the case is replaced (the log has it)."""
        ...

    async def statements(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Statement]]:
        """In the order they came; one query."""
        ...


class ConflictRepository(Protocol):
    """Lists and searches go by ``Case.excluded``: save the case with every ``put`` that changes who is excluded."""

    async def get(self, case: CaseId, person: PersonId) -> Conflict | None: ...

    async def put(self, conflict: Conflict) -> None: ...

    async def of_cases(self, cases: Sequence[CaseId]) -> Sequence[Conflict]: ...


class DispensationRepository(Protocol):
    async def get(self, dispensation: DispensationId) -> Dispensation | None: ...

    async def add(self, dispensation: Dispensation) -> None: ...

    async def save(self, dispensation: Dispensation) -> None:
        """Its ``rev`` is one above the stored one; anything else is a bug and raises."""
        ...

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Dispensation]:
        """In the order they were asked."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A version that waits to be made into files, with what was frozen at dispatch."""

    pack: Pack
    frozen: Mapping[str, Any]


class PackRepository(Protocol):
    async def latest(self, meeting: MeetingId) -> Pack | None:
        """The newest version, whatever its state; locked in a writing unit of work."""
        ...

    async def ready(self, meeting: MeetingId) -> Pack | None:
        """The newest version that is out."""
        ...

    async def version(self, meeting: MeetingId, version: int) -> Pack | None: ...

    async def add(self, pack: Pack, frozen: Mapping[str, Any]) -> None:
        """``frozen``: the document in words, as it was at dispatch (JSON). It never changes."""
        ...

    async def frozen(self, pack: PackId) -> Mapping[str, Any]: ...

    async def made(self, pack: Pack) -> None:
        """Stores state, pages, reading time and when it was ready."""
        ...

    async def waits(self, now: datetime) -> bool:
        """Whether :meth:`claim` would find a version; locks nothing."""
        ...

    async def claim(self, now: datetime, lease: timedelta) -> Made | None:
        """In a writing unit: a version that waits and that nobody else is making, taken until ``lease`` is over."""
        ...

    async def file(self, pack: PackId, case: CaseId | None, left_out: Sequence[CaseId]) -> PackFile | None: ...

    async def put_file(self, file: PackFile) -> None:
        """One that is there stays."""
        ...

    async def reads(self, meeting: MeetingId) -> Sequence[PackRead]: ...

    async def read(self, read: PackRead) -> None:
        """Adds, or moves version and ``at`` of the person's mark forward; ``first_at`` stays."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """What a secret address opens, for whom: the pack of ``meeting``, or in it one ``case``'s paper."""

    person: PersonId
    meeting: MeetingId
    case: CaseId | None
    expires_at: datetime


class LinkRepository(Protocol):
    """Only a digest of each secret is kept: a copy of the database opens nothing."""

    async def add(self, secret_hash: str, link: Link) -> None: ...

    async def whose(self, secret_hash: str, now: datetime) -> Link | None:
        """None where it is unknown or has expired."""
        ...

    async def purge(self, now: datetime) -> None:
        """Takes the expired ones away."""
        ...

"""What minutes need from outside: the book of minutes (møtebok), with every version, remark and answer.

A ``get`` in a writing unit of work locks the meeting's minutes; remarks, answers and approvals are written under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from board.approval import Approval
from board.ids import MeetingId, RemarkId
from board.minutes import Minutes
from board.minutes_text import Version
from board.remarks import Remark, RoundAnswer


@dataclass(frozen=True, slots=True)
class Sealing:
    """Approved minutes whose file waits to be made: :attr:`version` is the approved text."""

    minutes: Minutes
    version: Version


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A locked version's file, for ever: the log has the same ``sha256``."""

    meeting: MeetingId
    version: int
    sha256: str
    pages: int
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """A version of a meeting's minutes. ``logged`` and ``kept``: the SHA-256 that the log and the book have, or ""."""

    meeting: str
    version: int
    logged: str
    kept: str


class MinutesBook(Protocol):
    async def get(self, meeting: MeetingId) -> Minutes | None: ...

    async def add(self, minutes: Minutes, version: Version | None) -> bool:
        """False, and nothing is changed, where the meeting has minutes. ``version``: None for a filed PDF."""
        ...

    async def save(self, minutes: Minutes, version: Version | None = None) -> None:
        """With the new ``version``'s text where it got one. ``rev`` is one above the stored one, else a bug: raises."""
        ...

    async def version(self, meeting: MeetingId, version: int) -> Version | None: ...

    async def versions(self, meeting: MeetingId) -> Sequence[Version]:
        """All of them, oldest first; one query."""
        ...

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        """Those of the meetings that have minutes, in one query; not locked."""
        ...

    async def finished(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        """As :meth:`named`, those that are fit for a pack: circulated, approved or filed."""
        ...

    async def rounds_over(self, today: date, limit: int) -> Sequence[Minutes]:
        """Circulated ones whose last day for remarks is before ``today`` and whose round nobody has closed yet."""
        ...

    async def answers(self, meeting: MeetingId) -> Sequence[RoundAnswer]:
        """Each person's latest, in the order they came."""
        ...

    async def answer(self, answer: RoundAnswer) -> None:
        """Replaces the person's earlier one."""
        ...

    async def remarks(self, meeting: MeetingId) -> Sequence[Remark]:
        """In the order they came."""
        ...

    async def remark(self, remark: RemarkId) -> Remark | None: ...

    async def put_remark(self, remark: Remark) -> None: ...

    async def approvals(self, meeting: MeetingId, held: MeetingId) -> Sequence[Approval]:
        """What was answered at that meeting, in the order it came."""
        ...

    async def approve(self, approval: Approval) -> bool:
        """False, and nothing is changed, where that seat has answered for this very text at this meeting."""
        ...

    async def unsealed(self, now: datetime) -> bool:
        """Whether :meth:`claim` would find one; locks nothing."""
        ...

    async def claim(self, now: datetime, lease: timedelta) -> Sealing | None:
        """In a writing unit: approved minutes without a file, taken until ``lease`` is over."""
        ...

    async def file(self, meeting: MeetingId, version: int) -> LockedFile | None: ...

    async def put_file(self, file: LockedFile) -> bool:
        """False, and nothing is changed, where that version has its file."""
        ...

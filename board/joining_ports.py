"""What joining accounts to people needs from outside; part of every unit of work."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from board.ids import PersonId
from board.joining import JoinCode


class JoinCodes(Protocol):
    """Only a digest of each code is kept: a copy of the database gives nobody a code to type."""

    async def give(self, digest: str, code: JoinCode) -> None:
        """The person's one code from now on: those given before and not used are gone."""
        ...

    async def get(self, digest: str) -> JoinCode | None:
        """The code, also one that was used or has expired. In a writing unit it is locked: a second one waits."""
        ...

    async def use(self, digest: str, now: datetime) -> None:
        """It was used: from now on it does nothing."""
        ...


class Belongings(Protocol):
    """What stands in a person's name beside cases, duties and the talk."""

    async def hand_over(self, guest: PersonId, person: PersonId, now: datetime) -> None:
        """The guest's chats, copies of cards, what is in line, calendar and links are the person's from now on.

        The guest's latest chat becomes the person's latest: what waited for the person is due there at once. Cards of
        the guest's list of duties are let go. Nothing is left, so that a second time changes nothing.
        """
        ...

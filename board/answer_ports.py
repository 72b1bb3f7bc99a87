"""What the one-time links of e-mails need from outside; part of every unit of work."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from board.answer_link import AnswerLink


class AnswerLinks(Protocol):
    """Links are known by their id; what makes one ours is the signature, with a key that the first process makes."""

    async def key(self) -> str:
        """What links are signed with, in hex; empty until :meth:`keep_key` was committed."""
        ...

    async def keep_key(self, key: str) -> None:
        """The first that is kept stays: ask for :meth:`key` again afterwards."""
        ...

    async def add(self, link: AnswerLink) -> None:
        """One whose id is known is left as it is."""
        ...

    async def get(self, link: str) -> AnswerLink | None:
        """The link, or None. In a writing unit of work it is locked: a second writer waits and sees the result."""
        ...

    async def use(self, link: str, verb: str, now: datetime) -> bool:
        """Marks it as used; False, and nothing is changed, where it was, or is not there."""
        ...

    async def forget(self, link: str) -> bool:
        """Takes it away without a trace; False where it was not there."""
        ...

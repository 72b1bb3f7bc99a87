"""What the yearly evaluation needs from outside; part of every unit of work.

Two things are kept that must never meet: who has answered, and what was answered. The second is unreadable without a
key that is not in the database, and that is destroyed when the round closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from board.evaluation import Ballot, Round
from board.ids import EvaluationId, PersonId


class UrnLost(Exception):
    """The urn's key is not to be had (lost, or kept on another machine): nothing can be put in or read."""


class EvaluationRepository(Protocol):
    async def get(self, evaluation: EvaluationId) -> Round | None:
        """The round, or None. In a writing unit of work it is locked: a second writer waits and sees the result."""
        ...

    async def latest(self) -> Round | None:
        """The newest year's; not locked."""
        ...

    async def of_year(self, year: int) -> Round | None:
        """Not locked."""
        ...

    async def add(self, round_: Round) -> bool:
        """False, and nothing is changed, where the year has one."""
        ...

    async def save(self, round_: Round) -> None:
        """Stores a changed round, whose lock is held."""
        ...

    async def has_answered(self, evaluation: EvaluationId, person: PersonId) -> bool: ...

    async def answered(self, evaluation: EvaluationId, person: PersonId) -> None:
        """Remembers that this person has answered: not when, and not what."""
        ...

    async def urn(self, evaluation: EvaluationId) -> Sequence[Ballot]:
        """What is in it, in no order that means anything. Errors: :class:`UrnLost`."""
        ...

    async def fill(self, evaluation: EvaluationId, urn: Sequence[Ballot]) -> None:
        """Puts all of this in the place of what was there. Errors: :class:`UrnLost`."""
        ...

    async def destroy(self, evaluation: EvaluationId) -> None:
        """Empties the urn, and with the commit its key is gone: no copy of the database can be read any more."""
        ...

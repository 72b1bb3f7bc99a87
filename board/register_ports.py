"""What the decision register needs from outside; part of every unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from board.people import Actor
from board.register import Place, RegisterPage, RegisterQuery


class DecisionRegister(Protocol):
    """Gives everybody what :func:`board.register.sees` lets them see, and of the rest not so much as a count.

    Nobody writes to it. What is stored of decisions, cases, minutes and follow-ups is in it from the commit on, in the
    same transaction: a case that is classified, or a decision that is published, is so for the next search.
    """

    async def find(self, actor: Actor, query: RegisterQuery, limit: int, before: Place | None = None) -> RegisterPage:
        """The newest ``limit`` decisions that fit and that the person may see, from behind ``before`` on."""
        ...

    async def similar(self, actor: Actor, word: str, limit: int) -> Sequence[str]:
        """Words of the register that are spelt nearly so or begin so, and by which this person finds something."""
        ...

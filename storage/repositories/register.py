"""The decision register: who may find what of it. ``storage.register_keeping`` writes it."""

from __future__ import annotations

from collections.abc import Sequence

from board.people import Actor
from board.register import Place, RegisterPage, RegisterQuery
from storage.register_search import found, similar_words
from storage.unit import Unit


class Register:
    """Implements ``board.register_ports.DecisionRegister``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def find(self, actor: Actor, query: RegisterQuery, limit: int, before: Place | None = None) -> RegisterPage:
        return await self._unit.ask(lambda tx: found(tx, actor, query, limit, before))

    async def similar(self, actor: Actor, word: str, limit: int) -> Sequence[str]:
        return await self._unit.ask(lambda tx: similar_words(tx, actor, word, limit))

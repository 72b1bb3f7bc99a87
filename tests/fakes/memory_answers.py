"""The double of the one-time links."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from board.answer_link import AnswerLink
from tests.fakes.memory_state import State


class MemoryAnswerLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    async def key(self) -> str:
        return self._state.signing_keys.get("answer_links", "")

    async def keep_key(self, key: str) -> None:
        self._state.signing_keys.setdefault("answer_links", key)

    async def add(self, link: AnswerLink) -> None:
        self._state.answer_links.setdefault(link.id, link)

    async def get(self, link: str) -> AnswerLink | None:
        return self._state.answer_links.get(link)

    async def use(self, link: str, verb: str, now: datetime) -> bool:
        known = self._state.answer_links.get(link)
        if known is None or known.used_at is not None:
            return False
        self._state.answer_links[link] = replace(known, used_at=now, used_for=verb)
        return True

    async def forget(self, link: str) -> bool:
        known = self._state.answer_links.get(link)
        if known is None or known.used_at is not None:
            return False
        del self._state.answer_links[link]
        return True

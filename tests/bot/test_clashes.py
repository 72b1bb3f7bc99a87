"""An act that clashed with somebody else's was taken back whole: it is done again, with one effect, not for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from board.case import Case
from board.delivery import Address
from board.ports import Clashed, Work
from board.states import CaseState
from bot.channels.base import Pressed, Sender
from bot.known import KnownAddresses
from bot.receiver import MOST_CLASHES, Conversations
from tests.board.support import OWNER, case_in, desk


@dataclass
class Clashing:
    """The double of the store, whose first units of work are taken back at the commit."""

    work: Work
    clashes: int

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Any]:
        async with self.work.write() as unit:
            yield unit if self.clashes == 0 else _TakenBack(unit, self)

    def read(self) -> Any:
        return self.work.read()


class _TakenBack:
    def __init__(self, unit: Any, clashing: Clashing) -> None:
        self._unit, self._clashing = unit, clashing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    async def commit(self) -> None:
        self._clashing.clashes -= 1
        raise Clashed


async def _file(_file: object) -> Any:
    raise AssertionError("nothing was sent")


def _press(case: Case) -> Pressed:
    address = Address("teams", "tenant", "https://example.org/", "chat-ola", "personal", "bot")
    sender = Sender("tenant", f"aad-{OWNER.id}", "29:ola", "Ola", "nb-NO")
    return Pressed("act-1", sender, address, "case.confirm", {"id": case.id, "rev": case.rev}, "m1")


@pytest.mark.parametrize("clashes", [0, 1, MOST_CLASHES])
async def test_it_is_done_again_with_one_effect(clashes: int) -> None:
    board = await desk()
    waiting = case_in(CaseState.AWAITING_OWNER)
    await board.keep(waiting)
    work = Clashing(board.memory.work, clashes)
    bot = Conversations(work, board.rules, KnownAddresses(board.clock), _file)
    answer = await bot.pressed(_press(waiting))
    assert answer.card
    assert board.case().state is CaseState.SUBMITTED
    assert [what for what, *_ in board.log if what == "case.confirmed"] == ["case.confirmed"]


async def test_not_for_ever() -> None:
    board = await desk()
    waiting = case_in(CaseState.AWAITING_OWNER)
    await board.keep(waiting)
    bot = Conversations(Clashing(board.memory.work, 99), board.rules, KnownAddresses(board.clock), _file)
    with pytest.raises(Clashed):
        await bot.pressed(_press(waiting))
    assert board.case() == waiting

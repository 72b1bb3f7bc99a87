"""`saksgang audit verify` on a database that somebody changed behind the store's back: the first broken row is named.

The real command in a process of its own, on a real file and a real server, over the log of acts that were really done.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import pytest

from board.decision import Outcome
from board.ports import Rules
from bot.calendar import NorwegianCalendar
from storage.engine import open_store
from tests.board.published_support import Held, condition, fill, sent_out
from tests.board.support import REGISTER, mandate
from tests.fakes.clock import CountedIds, SetClock
from tests.storage.test_audit import past_the_store

SWAP = (
    "UPDATE history SET seq = 99 WHERE seq = 3",
    "UPDATE history SET seq = 3 WHERE seq = 4",
    "UPDATE history SET seq = 4 WHERE seq = 99",
)
TAMPERED = [
    pytest.param(["UPDATE history SET by = 'liv' WHERE seq = 3"], 3, "not what was written", id="changed"),
    pytest.param(["DELETE FROM history WHERE seq = 4"], 4, "not there", id="removed"),
    pytest.param(SWAP, 3, "does not follow", id="swapped"),
]


async def acts(url: str) -> int:
    """A meeting that decides and tells: the log has what such a meeting leaves."""
    async with await open_store(url) as store:
        rules = Rules(mandate(), SetClock(), CountedIds(), NorwegianCalendar())
        async with store.work.write() as work:
            for one in REGISTER:
                await work.people.add(one.person)
            await fill(work, sent_out("a", "001-2026"))
            await work.commit()
        at = Held(store.work, rules)
        await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition())
        await at.told()
        await at.report((await at.follow_ups("a"))[0].id)
        return (await store.verify_history()).rows


async def verified(url: str) -> tuple[int, str]:
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "audit", "verify", "--database", url), stdout=asyncio.subprocess.PIPE
    )
    told, _nothing = await command.communicate()
    return command.returncode or 0, told.decode()


async def test_what_nobody_touched_is_whole(url: str) -> None:
    rows = await acts(url)
    code, told = await verified(url)
    assert (code, f"the log is whole: {rows} rows" in told) == (0, True), told


@pytest.mark.parametrize(("statements", "row", "said"), TAMPERED)
async def test_the_first_broken_row_is_named(url: str, statements: Sequence[str], row: int, said: str) -> None:
    assert await acts(url) >= 6
    await past_the_store(url, statements, unguarded=True)
    code, told = await verified(url)
    assert code == 1
    assert f"the log is broken at row {row}: " in told
    assert said in told

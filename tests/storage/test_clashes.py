"""Two transactions that wait for each other on PostgreSQL: one goes on, the other is told to do it again."""

from __future__ import annotations

import asyncio

import pytest

from board.ids import CaseId
from storage.engine import Store, open_store
from storage.errors import StoreClashed
from tests.contracts.samples import KARI, case, fill


async def _lock_two(store: Store, first: str, second: str, both: asyncio.Barrier) -> str:
    async with store.work.write() as unit:
        await unit.cases.get(CaseId(first))
        await both.wait()
        try:
            await unit.cases.get(CaseId(second))
        except StoreClashed:
            return "clashed"
        await unit.commit()
        return "through"


@pytest.mark.postgres
async def test_of_two_that_lock_each_other_out_one_goes_on_and_one_is_told_so(postgres_url: str) -> None:
    async with await open_store(postgres_url) as store:
        await fill(store.work, [case("c1"), case("c2")], reached=[KARI])
        both = asyncio.Barrier(2)
        ends = await asyncio.gather(_lock_two(store, "c1", "c2", both), _lock_two(store, "c2", "c1", both))
    assert sorted(ends) == ["clashed", "through"]

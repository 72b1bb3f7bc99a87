"""A series of numbers has no gap and no double, whoever takes at once, gives up or is refused, on both databases."""

from __future__ import annotations

import asyncio

import pytest

from storage.engine import Store, open_store

TAKERS = 20


async def _take(store: Store, count: int = 1, *, keep: bool = True) -> int:
    async with store.work.write() as unit:
        first = await unit.numbers.take("board", 2026, count)
        if keep:
            await unit.commit()
    return first


async def test_twenty_at_once_take_twenty_consecutive_numbers(store: Store) -> None:
    taken = await asyncio.gather(*(_take(store) for _ in range(TAKERS)))
    assert sorted(taken) == list(range(1, TAKERS + 1))


async def test_several_at_once_are_consecutive_for_each(store: Store) -> None:
    firsts = await asyncio.gather(*(_take(store, 3) for _ in range(TAKERS)))
    assert sorted(firsts) == list(range(1, 3 * TAKERS, 3))


async def test_those_that_give_up_in_between_leave_no_gap(store: Store) -> None:
    keeps = [n % 3 != 0 for n in range(TAKERS)]
    taken = await asyncio.gather(*(_take(store, keep=keep) for keep in keeps))
    kept = sorted(number for number, keep in zip(taken, keeps, strict=True) if keep)
    assert kept == list(range(1, sum(keeps) + 1))
    assert await _take(store) == sum(keeps) + 1


async def test_the_series_goes_on_after_a_restart(url: str) -> None:
    for expected in (1, 2, 3):
        async with await open_store(url) as store:
            assert await _take(store) == expected


@pytest.mark.postgres
async def test_two_processes_take_in_turns(postgres_url: str) -> None:
    """Two stores on one database, as two replicas have it."""
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as other:
        taken = await asyncio.gather(*(_take(store) for store in (one, other) * (TAKERS // 2)))
    assert sorted(taken) == list(range(1, TAKERS + 1))

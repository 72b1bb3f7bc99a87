"""What was acknowledged and is not done yet, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import text

from storage.engine import Store, open_store
from storage.retention import Retention
from tests.contracts.samples import NOW

LEASE = timedelta(seconds=30)
OVER = NOW + LEASE


async def test_the_same_is_taken_once_however_often_it_comes(store: Store) -> None:
    taken = await asyncio.gather(*(store.arrivals.take("event:Ev1", "{}", NOW, LEASE) for _ in range(10)))
    assert sorted(taken) == [False] * 9 + [True]
    assert await store.arrivals.take("event:Ev2", "{}", NOW, LEASE)


async def test_also_by_several_replicas_at_once(postgres_url: str) -> None:
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as other:
        stores = [one, other] * 10
        taken = await asyncio.gather(*(each.arrivals.take("event:Ev1", "{}", NOW, LEASE) for each in stores))
        assert sum(taken) == 1
        left = await asyncio.gather(*(each.arrivals.left(OVER, 10, LEASE) for each in stores))
        assert [row for rows in left for row in rows] == [("event:Ev1", "{}")]


async def test_what_is_done_is_known_and_its_words_are_gone(store: Store) -> None:
    await store.arrivals.take("event:Ev1", '{"text": "hemmelig"}', NOW, LEASE)
    await store.arrivals.done("event:Ev1", NOW)
    assert not await store.arrivals.take("event:Ev1", '{"text": "hemmelig"}', OVER, LEASE)
    assert await store.arrivals.left(OVER, 10, LEASE) == []
    async with store._database.read() as session:  # no port shows what was dropped
        assert await session.run(lambda tx: tx.first(text("SELECT body FROM arrivals"))) == ("",)


async def test_what_was_left_is_taken_up_when_its_taker_had_its_time_the_oldest_first(store: Store) -> None:
    for number in range(4):
        at = NOW + timedelta(seconds=number)
        await store.arrivals.take(f"event:Ev{number}", f"{number}", at, LEASE)
    await store.arrivals.done("event:Ev1", NOW)
    assert await store.arrivals.left(OVER - timedelta(seconds=1), 10, LEASE) == []
    assert await store.arrivals.left(OVER + timedelta(seconds=9), 2, LEASE) == [("event:Ev0", "0"), ("event:Ev2", "2")]
    assert await store.arrivals.left(OVER + timedelta(seconds=9), 2, LEASE) == [("event:Ev3", "3")]
    assert await store.arrivals.left(OVER + timedelta(seconds=9), 2, LEASE) == []
    assert len(await store.arrivals.left(OVER + LEASE + timedelta(seconds=9), 10, LEASE)) == 3


async def test_a_delivery_after_the_taker_had_its_time_takes_it_over(store: Store) -> None:
    await store.arrivals.take("event:Ev1", "{}", NOW, LEASE)
    assert not await store.arrivals.take("event:Ev1", "{}", OVER - timedelta(seconds=1), LEASE)
    assert await store.arrivals.take("event:Ev1", "{}", OVER, LEASE)
    assert await store.arrivals.left(OVER, 10, LEASE) == []


async def test_what_came_long_ago_is_forgotten(store: Store) -> None:
    for key in ("event:done", "event:never done"):
        await store.arrivals.take(key, "{}", NOW, LEASE)
    await store.arrivals.done("event:done", NOW)
    await store.arrivals.take("event:new", "{}", NOW + timedelta(days=1), LEASE)
    purged = await store.purge(Retention(NOW + timedelta(hours=1), NOW, NOW, NOW))
    assert purged.arrivals == 2
    assert not await store.arrivals.take("event:new", "{}", NOW + timedelta(days=1), LEASE)

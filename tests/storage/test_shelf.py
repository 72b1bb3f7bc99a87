"""The shelf of forms, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from storage.engine import Store
from storage.retention import SHELF_KEPT, Retention
from tests.contracts.samples import NOW

KEEP_ALL = Retention(NOW, NOW, NOW, NOW)


async def test_what_is_kept_is_found_under_the_digest_of_its_words(store: Store) -> None:
    body = '{"title": "Blåbærsyltetøy – «ærlig»", "n": 1}'
    id_ = await store.shelf.keep(body, NOW)
    assert id_ == sha256(body.encode()).hexdigest()
    assert await store.shelf.get(id_) == body


async def test_the_same_is_kept_once_also_by_many_at_the_same_time(store: Store) -> None:
    ids = await asyncio.gather(*(store.shelf.keep("one and the same", NOW) for _ in range(10)))
    assert len(set(ids)) == 1
    assert (await store.purge(replace(KEEP_ALL, shelf_before=NOW + timedelta(seconds=1)))).shelf == 1


async def test_what_is_unknown_is_none(store: Store) -> None:
    await store.shelf.keep("something else", NOW)
    assert await store.shelf.get("") is None
    assert await store.shelf.get("0" * 64) is None
    assert await store.shelf.get("' OR 1=1 --") is None


async def test_it_lives_on_from_the_last_time_it_went_out_and_goes_400_days_later(store: Store) -> None:
    once, often = await store.shelf.keep("once", NOW), await store.shelf.keep("often", NOW)
    await store.shelf.keep("often", NOW + timedelta(days=30))
    after = NOW + timedelta(days=401)
    purged = await store.purge(replace(KEEP_ALL, shelf_before=after - SHELF_KEPT))
    assert purged.shelf == 1
    assert (await store.shelf.get(once), await store.shelf.get(often)) == (None, "often")


async def test_a_purge_that_names_no_day_leaves_it(store: Store) -> None:
    id_ = await store.shelf.keep("stays", NOW - timedelta(days=4000))
    assert (await store.purge(KEEP_ALL)).shelf == 0
    assert await store.shelf.get(id_) == "stays"

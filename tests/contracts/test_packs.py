"""``board.agenda_ports.PackRepository`` and ``LinkRepository``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from board.agenda_ports import Link
from board.ids import CaseId
from board.pack import Pack, PackFile, PackRead, PackState
from board.ports import Work
from tests.contracts.agenda_samples import C1, C2, M1, M2, made, pack
from tests.contracts.samples import KARI, NOW, OLA, later

FROZEN = {"title": "Sak å", "cases": [{"number": "012-2026", "minutes": 20}], "empty": None}
LEASE = timedelta(minutes=5)


async def _add(work: Work, *packs: Pack) -> None:
    async with work.write() as unit:
        for one in packs:
            await unit.packs.add(one, {**FROZEN, "of": one.id})
        await unit.commit()


async def _claim(work: Work, now: datetime = NOW) -> Pack | None:
    async with work.write() as unit:
        claimed = await unit.packs.claim(now, LEASE)
        await unit.commit()
    return claimed.pack if claimed else None


async def test_the_newest_version_and_the_newest_that_is_out(work: Work) -> None:
    first, second, third = pack(1), made(pack(2)), pack(3)
    await _add(work, third, first, second, pack(1, M2))
    async with work.read() as unit:
        assert await unit.packs.latest(M1) == third
        assert await unit.packs.ready(M1) == second
        assert await unit.packs.ready(M2) is None
        assert await unit.packs.version(M1, 1) == first
        assert await unit.packs.version(M1, 4) is None
        assert await unit.packs.frozen(second.id) == {**FROZEN, "of": second.id}


async def test_there_is_one_pack_of_each_version(work: Work) -> None:
    await _add(work, pack(1))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await _add(work, replace(pack(1), id=pack(9).id))
    async with work.read() as unit:
        assert await unit.packs.latest(M1) == pack(1)


async def test_a_made_pack_keeps_what_was_frozen(work: Work) -> None:
    await _add(work, pack(1))
    async with work.write() as unit:
        await unit.packs.made(replace(made(pack(1)), agenda="another", items=()))
        assert await unit.packs.latest(M1) == made(pack(1))
        await unit.commit()
    async with work.read() as unit:
        assert await unit.packs.ready(M1) == made(pack(1))
        assert await unit.packs.frozen(pack(1).id) == {**FROZEN, "of": pack(1).id}


async def test_what_waits_is_made_by_one_at_a_time_the_oldest_first(work: Work) -> None:
    await _add(work, pack(2, minute=2), pack(1, M2, minute=1), made(pack(1)), replace(pack(3), state=PackState.FAILED))
    async with work.read() as unit:
        assert await unit.packs.waits(NOW)
    claimed = await asyncio.gather(*(_claim(work) for _ in range(6)))
    async with work.read() as unit:
        assert not await unit.packs.waits(later(4))
        assert await unit.packs.waits(later(5))
    assert sorted((c.id for c in claimed if c), key=str) == [pack(2).id, pack(1, M2).id]
    assert await _claim(work, later(4)) is None
    assert await _claim(work, later(5)) == pack(1, M2, minute=1)
    async with work.write() as unit:
        again = await unit.packs.claim(later(5), LEASE)
        assert again is not None
        assert (again.pack, again.frozen) == (pack(2, minute=2), {**FROZEN, "of": pack(2).id})


async def test_what_is_made_waits_no_more(work: Work) -> None:
    await _add(work, pack(1))
    assert await _claim(work) == pack(1)
    async with work.write() as unit:
        await unit.packs.made(made(pack(1)))
        await unit.commit()
    assert await _claim(work, later(60)) is None


async def test_a_file_is_kept_once_for_what_it_leaves_out(work: Work) -> None:
    many = tuple(CaseId(f"{n:036d}") for n in range(120))
    whole = PackFile(pack().id, None, (), "ab" * 32, 412, 2**33)
    less, long = replace(whole, left_out=(C1, C2), pages=300), replace(whole, left_out=many)
    paper = replace(whole, case=C1, pages=12)
    async with work.write() as unit:
        for one in (whole, less, paper, long, replace(less, pages=1, left_out=(C2, C1))):
            await unit.packs.put_file(one)
        await unit.commit()
    async with work.read() as unit:
        assert await unit.packs.file(whole.pack, None, ()) == whole
        assert await unit.packs.file(whole.pack, None, (C2, C1)) == less
        assert await unit.packs.file(whole.pack, None, (C2,)) is None
        assert await unit.packs.file(whole.pack, None, tuple(reversed(many))) == long
        assert await unit.packs.file(whole.pack, C1, ()) == paper
        assert await unit.packs.file(pack(2).id, None, ()) is None


async def test_a_mark_of_reading_moves_forward_only(work: Work) -> None:
    second = PackRead(M1, KARI, 2, later(1), later(1))
    older = PackRead(M1, KARI, 1, later(3), later(3))
    third = PackRead(M1, KARI, 3, later(2), later(2))
    others = (PackRead(M1, OLA, 1, NOW, NOW), PackRead(M2, KARI, 1, NOW, NOW))
    async with work.write() as unit:
        for one in (second, older, *others):
            await unit.packs.read(one)
        assert list(await unit.packs.reads(M1)) == [PackRead(M1, KARI, 2, later(1), later(3)), others[0]]
        await unit.packs.read(third)
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.packs.reads(M1)) == [PackRead(M1, KARI, 3, later(1), later(3)), others[0]]
        assert list(await unit.packs.reads(M2)) == [others[1]]


async def test_a_link_opens_until_it_has_expired(work: Work) -> None:
    whole, paper = Link(KARI, M1, None, later(10)), Link(OLA, M1, C1, later(20))
    async with work.write() as unit:
        await unit.links.add("digest-1", whole)
        await unit.links.add("digest-2", paper)
        await unit.commit()
    async with work.read() as unit:
        assert await unit.links.whose("digest-1", later(9)) == whole
        assert await unit.links.whose("digest-1", later(10)) is None
        assert await unit.links.whose("digest-2", later(10)) == paper
        assert await unit.links.whose("nothing", NOW) is None


async def test_expired_links_are_taken_away(work: Work) -> None:
    async with work.write() as unit:
        for minute in (1, 2, 3):
            await unit.links.add(f"digest-{minute}", Link(KARI, M1, None, later(minute)))
        await unit.links.purge(later(2))
        await unit.commit()
    async with work.read() as unit:
        left = [await unit.links.whose(f"digest-{minute}", NOW) for minute in (1, 2, 3)]
    assert left == [None, None, Link(KARI, M1, None, later(3))]

"""``board.answer_ports.AnswerLinks``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from board.answer_link import AnswerLink
from board.ports import Work
from tests.contracts.samples import KARI, NOW, later

LINK = AnswerLink("a" * 32, KARI, "duty.asked", "m1", "attendance", 3, NOW, NOW + timedelta(days=7))


async def keep(work: Work, *links: AnswerLink) -> None:
    async with work.write() as unit:
        for link in links:
            await unit.answer_links.add(link)
        await unit.commit()


async def stored(work: Work, link: str = LINK.id) -> AnswerLink | None:
    async with work.read() as unit:
        return await unit.answer_links.get(link)


async def test_a_link_is_kept_whole_and_the_first_of_an_id_stays(work: Work) -> None:
    await keep(work, LINK, replace(LINK, object_id="other"))
    await keep(work, replace(LINK, expires_at=later(1)))
    assert await stored(work) == LINK
    assert await stored(work, "b" * 32) is None


async def test_it_is_used_once(work: Work) -> None:
    await keep(work, LINK)
    async with work.write() as unit:
        assert await unit.answer_links.use(LINK.id, "meeting.attend", later(5))
        assert not await unit.answer_links.use(LINK.id, "meeting.attend", later(6))
        await unit.commit()
    assert await stored(work) == replace(LINK, used_at=later(5), used_for="meeting.attend")


async def test_what_is_not_committed_is_not_used(work: Work) -> None:
    await keep(work, LINK)
    async with work.write() as unit:
        assert await unit.answer_links.use(LINK.id, "meeting.attend", later(5))
    assert await stored(work) == LINK


async def test_of_many_at_once_one_uses_it(work: Work) -> None:
    await keep(work, LINK)

    async def use(minute: int) -> bool:
        async with work.write() as unit:
            found = await unit.answer_links.get(LINK.id)
            done = found is not None and found.used_at is None
            if done:
                done = await unit.answer_links.use(LINK.id, "meeting.attend", later(minute))
            await unit.commit()
        return done

    assert sum(await asyncio.gather(*(use(n) for n in range(8)))) == 1


async def test_it_can_be_forgotten_but_not_once_it_is_used(work: Work) -> None:
    await keep(work, LINK, replace(LINK, id="b" * 32, used_at=NOW, used_for="x"))
    async with work.write() as unit:
        assert await unit.answer_links.forget(LINK.id)
        assert not await unit.answer_links.forget(LINK.id)
        assert not await unit.answer_links.forget("b" * 32)
        await unit.commit()
    assert await stored(work) is None
    assert await stored(work, "b" * 32) is not None


async def test_the_first_key_stays_also_when_several_make_one_at_once(work: Work) -> None:
    async with work.read() as unit:
        assert await unit.answer_links.key() == ""

    async def make(key: str) -> None:
        async with work.write() as unit:
            await unit.answer_links.keep_key(key)
            await unit.commit()

    await asyncio.gather(*(make(f"{n}" * 64) for n in range(5)))
    async with work.read() as unit:
        kept = await unit.answer_links.key()
    await make("9" * 64)
    async with work.read() as unit:
        assert await unit.answer_links.key() == kept
    assert kept in {f"{n}" * 64 for n in range(5)}

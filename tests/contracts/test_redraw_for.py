"""What one person may see has changed: that person's copies are redrawn, whatever their revision; nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from board.delivery import Copy, DeliveryQueue
from board.ports import Work
from tests.contracts.delivery_steps import change, claim, keep
from tests.contracts.samples import KARI, NOW, OLA, case, copy, fill

SHOWN = ("c1", "pack:m1", "agenda:m1", "never shown")


async def again(work: Work, once: str, objects: Sequence[str] = SHOWN) -> None:
    async with work.write() as unit:
        await unit.outbox.redraw_for(KARI, objects, once, NOW)
        await unit.commit()


def copies() -> list[Copy]:
    return [copy(KARI), copy(KARI, "m2", "pack:m1"), copy(KARI, "m3", "agenda:m1"), copy(KARI, "m4", "c2"), copy(OLA)]


async def redrawn(queue: DeliveryQueue) -> list[Copy]:
    """One at a time, as one conversation takes them."""
    found = []
    while due := await claim(queue):
        for one in due:
            assert one.copy
            found.append(one.copy)
            await queue.sent(one, replace(one.copy), NOW)
    return found


async def test_the_persons_copies_of_these_objects_and_no_others(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1"), case("c2")], reached=[KARI, OLA])
    await keep(work, *copies())
    await again(work, "ruling-1")
    assert await redrawn(queue) == copies()[:3]
    await again(work, "ruling-1")
    assert await redrawn(queue) == [], "the same act once more"
    await again(work, "ruling-2", [])
    assert await redrawn(queue) == []
    await again(work, "ruling-2", ["pack:m1"])
    assert await redrawn(queue) == copies()[1:2]


async def test_what_waits_already_is_drawn_late_enough(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI, OLA])
    await keep(work, copy(KARI))
    await change(work)
    await again(work, "ruling-1")
    (due,) = await claim(queue)
    assert due.rev == 2
    await again(work, "ruling-2")
    await queue.sent(due, replace(copy(KARI), rev=2), NOW)
    (late,) = await claim(queue)
    assert late.copy == copy(KARI, rev=2), "what was drawn before is drawn anew"


async def test_a_change_after_it_is_not_lost(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")], reached=[KARI])
    await keep(work, copy(KARI))
    await again(work, "ruling-1")
    (due,) = await claim(queue)
    await change(work)
    await queue.sent(due, copy(KARI), NOW)
    (following,) = await claim(queue)
    assert following.rev == 2

"""A card that was drawn before its object changed and sent after is drawn anew, whatever object it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.delivery import DeliveryQueue
from board.minutes import minutes_object
from board.ports import UnitOfWork, Work
from board.sitting import sitting_object
from tests.contracts.agenda_samples import ASKED, GRANTED, M1, agenda, made, pack
from tests.contracts.delivery_steps import claim, keep
from tests.contracts.samples import KARI, copy, fill
from tests.contracts.sitting_samples import CLOSED, WHOLE, follow_up, minutes, reported, sitting, version


async def _agenda(unit: UnitOfWork) -> None:
    await unit.agendas.add(agenda())
    await unit.agendas.save(replace(agenda(), rev=2))


async def _pack(unit: UnitOfWork) -> None:
    await unit.packs.add(pack(), {"words": "frosset"})
    await unit.packs.made(made(pack()))


async def _dispensation(unit: UnitOfWork) -> None:
    await unit.dispensations.add(ASKED)
    await unit.dispensations.save(GRANTED)


async def _sitting(unit: UnitOfWork) -> None:
    await unit.sittings.add(sitting())
    await unit.sittings.save(CLOSED)


async def _minutes(unit: UnitOfWork) -> None:
    await unit.minutes_book.add(minutes(), version())
    await unit.minutes_book.save(WHOLE)


async def _follow_up(unit: UnitOfWork) -> None:
    await unit.follow_ups.add([follow_up("f1")])
    await unit.follow_ups.save(reported(follow_up("f1")))


CHANGED = {
    f"agenda:{M1}": (_agenda, 2),
    f"pack:{M1}": (_pack, 3),
    f"dispensation:{ASKED.id}": (_dispensation, 2),
    sitting_object(M1): (_sitting, 2),
    minutes_object(M1): (_minutes, 2),
    "f1": (_follow_up, 2),
}


@pytest.mark.parametrize("shown", CHANGED)
async def test_a_copy_older_than_its_object_is_redrawn_and_one_as_new_is_not(
    shown: str, work: Work, queue: DeliveryQueue
) -> None:
    change, newest = CHANGED[shown]
    await fill(work, [], reached=[KARI])
    async with work.write() as unit:
        await change(unit)
        await unit.commit()
    await keep(work, copy(KARI, "m1", shown, rev=newest))
    assert await claim(queue) == []
    await keep(work, copy(KARI, "m2", shown, rev=newest - 1))
    (due,) = await claim(queue)
    assert due.copy
    assert due.copy.message_id == "m2"
    assert due.rev == newest

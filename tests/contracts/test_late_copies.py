"""A card that was drawn before its object changed and sent after is drawn anew, whatever object it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.delivery import DeliveryQueue
from board.ports import UnitOfWork, Work
from tests.contracts.agenda_samples import ASKED, GRANTED, M1, agenda, made, pack
from tests.contracts.delivery_steps import claim, keep
from tests.contracts.samples import KARI, copy, fill


async def _agenda(unit: UnitOfWork) -> None:
    await unit.agendas.add(agenda())
    await unit.agendas.save(replace(agenda(), rev=2))


async def _pack(unit: UnitOfWork) -> None:
    await unit.packs.add(pack(), {"words": "frosset"})
    await unit.packs.made(made(pack()))


async def _dispensation(unit: UnitOfWork) -> None:
    await unit.dispensations.add(ASKED)
    await unit.dispensations.save(GRANTED)


CHANGED = {
    f"agenda:{M1}": (_agenda, 2),
    f"pack:{M1}": (_pack, 3),
    f"dispensation:{ASKED.id}": (_dispensation, 2),
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

"""What the tests of delivery do again and again, each in a unit of work of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from board.delivery import Address, Copy, DeliveryQueue, Due
from board.ids import CaseId, PersonId
from board.notices import Notice
from board.ports import Work
from tests.contracts.samples import NOW, changed

LEASE = timedelta(minutes=1)
PATIENCE = 20.0
"""Seconds after which a test that waits for something that never comes fails."""


async def tell(work: Work, *notices: Notice, now: datetime = NOW) -> None:
    async with work.write() as unit:
        await unit.outbox.tell(notices, now)
        await unit.commit()


async def remember(work: Work, person: PersonId | None, address: Address, now: datetime = NOW) -> bool:
    async with work.write() as unit:
        told = await unit.addresses.remember(person, address, now)
        await unit.commit()
        return told


async def forget(work: Work, address: Address) -> None:
    async with work.write() as unit:
        await unit.addresses.forget(address, NOW)
        await unit.commit()


async def keep(work: Work, *copies: Copy) -> None:
    async with work.write() as unit:
        for one in copies:
            await unit.addresses.keep_copy(one, NOW)
        await unit.commit()


async def change(work: Work, times: int = 1, name: str = "c1") -> None:
    """Changes the case and puts the redrawing of its copies in line, as a use case does."""
    for _ in range(times):
        async with work.write() as unit:
            stored = await unit.cases.get(CaseId(name))
            assert stored is not None
            await unit.cases.save(changed(stored))
            await unit.outbox.redraw(stored.id, stored.rev + 1, NOW)
            await unit.commit()


async def claim(queue: DeliveryQueue, now: datetime = NOW, limit: int = 20) -> Sequence[Due]:
    return await queue.claim(now, limit, LEASE)


def who(due: Sequence[Due]) -> list[str]:
    return [d.person for d in due]

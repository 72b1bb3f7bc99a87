"""``board.agenda_ports.ConflictRepository`` and ``DispensationRepository``, kept by every implementation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.dispensation import Dispensation, GateId
from board.ids import DispensationId
from board.ports import Work
from tests.contracts.agenda_samples import ASKED, C1, C2, CONFLICT, GRANTED, M1, M2, RULED
from tests.contracts.samples import KARI, NOW, OLA


async def _ask(work: Work, *dispensations: Dispensation) -> None:
    async with work.write() as unit:
        for one in dispensations:
            await unit.dispensations.add(one)
        await unit.commit()


async def _rule(work: Work, ruled: Dispensation) -> None:
    async with work.write() as unit:
        await unit.dispensations.save(ruled)
        await unit.commit()


async def test_what_somebody_said_of_a_case_is_replaced_by_what_came_later(work: Work) -> None:
    async with work.write() as unit:
        await unit.conflicts.put(CONFLICT)
        assert await unit.conflicts.get(C1, KARI) == CONFLICT
        await unit.conflicts.put(RULED)
        await unit.commit()
    async with work.read() as unit:
        assert await unit.conflicts.get(C1, KARI) == RULED
        assert await unit.conflicts.get(C1, OLA) is None
        assert await unit.conflicts.get(C2, KARI) is None


async def test_conflicts_of_cases_come_by_case_and_person(work: Work) -> None:
    others = [replace(CONFLICT, case=C2), replace(CONFLICT, person=OLA), RULED]
    async with work.write() as unit:
        for one in others:
            await unit.conflicts.put(one)
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.conflicts.of_cases([C2, C1, C1])) == [RULED, others[1], others[0]]
        assert list(await unit.conflicts.of_cases([C2])) == [others[0]]
        assert list(await unit.conflicts.of_cases([])) == []


async def test_a_dispensation_comes_back_as_it_was(work: Work) -> None:
    of_meeting = Dispensation(DispensationId("d0"), 1, GateId.TEN_DAYS, M1, None, "Ferie", OLA, NOW)
    await _ask(work, ASKED, of_meeting, replace(ASKED, id=DispensationId("d2"), meeting=M2))
    async with work.read() as unit:
        assert await unit.dispensations.get(ASKED.id) == ASKED
        assert await unit.dispensations.get(DispensationId("nothing")) is None
        assert list(await unit.dispensations.of_meeting(M1)) == [ASKED, of_meeting]


async def test_a_ruled_dispensation_replaces_the_asked_one(work: Work) -> None:
    await _ask(work, ASKED)
    async with work.write() as unit:
        await unit.dispensations.save(GRANTED)
        assert list(await unit.dispensations.of_meeting(M1)) == [GRANTED]
        await unit.commit()
    async with work.read() as unit:
        assert await unit.dispensations.get(ASKED.id) == GRANTED


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_of_a_dispensation_raises(work: Work, rev: int) -> None:
    await _ask(work, ASKED)
    with pytest.raises(Exception, match="revision"):
        await _rule(work, replace(GRANTED, rev=rev))
    async with work.read() as unit:
        assert await unit.dispensations.get(ASKED.id) == ASKED


async def test_a_dispensation_is_asked_once(work: Work) -> None:
    await _ask(work, ASKED)
    with pytest.raises(Exception, match=r"(?i)already|unique"):
        await _ask(work, replace(ASKED, reason="Igjen"))
    async with work.read() as unit:
        assert await unit.dispensations.get(ASKED.id) == ASKED

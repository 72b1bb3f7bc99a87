"""``SittingRepository`` and ``DecisionRepository`` of ``board.sitting_ports``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from board.agenda import ItemKind
from board.decision import Decision, Outcome
from board.ids import CaseId
from board.ports import Work
from board.sitting import Sitting
from tests.contracts.agenda_samples import C1, C2, M1, M2
from tests.contracts.samples import later
from tests.contracts.sitting_samples import CLOSED, I1, I2, I3, RECORDED, decision, sitting


async def _add(work: Work, one: Sitting) -> bool:
    async with work.write() as unit:
        new = await unit.sittings.add(one)
        await unit.commit()
    return new


async def _save(work: Work, one: Sitting) -> None:
    async with work.write() as unit:
        await unit.sittings.save(one)
        await unit.commit()


async def _put(work: Work, *decisions: Decision) -> None:
    async with work.write() as unit:
        for one in decisions:
            await unit.decisions.put(one)
        await unit.commit()


async def test_a_sitting_comes_back_as_it_was(work: Work) -> None:
    await _add(work, sitting())
    await _add(work, sitting(M2))
    async with work.write() as unit:
        await unit.sittings.save(CLOSED)
        assert await unit.sittings.get(M1) == CLOSED
        await unit.commit()
    async with work.read() as unit:
        assert await unit.sittings.get(M1) == CLOSED
        assert await unit.sittings.named([M2, M1, M1]) == {M1: CLOSED, M2: sitting(M2)}
        assert await unit.sittings.named([M2]) == {M2: sitting(M2)}
        assert await unit.sittings.named([]) == {}


async def test_a_meeting_is_opened_once(work: Work) -> None:
    added = await asyncio.gather(*(_add(work, replace(sitting(), started_at=later(n))) for n in range(6)))
    assert sorted(added) == [False] * 5 + [True]
    async with work.read() as unit:
        assert await unit.sittings.get(M1) == replace(sitting(), started_at=later(added.index(True)))
        assert await unit.sittings.get(M2) is None


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_of_a_sitting_raises(work: Work, rev: int) -> None:
    await _add(work, sitting())
    with pytest.raises(Exception, match="revision"):
        await _save(work, replace(CLOSED, rev=rev))
    async with work.read() as unit:
        assert await unit.sittings.get(M1) == sitting()


async def test_a_meeting_that_was_not_opened_is_not_saved(work: Work) -> None:
    with pytest.raises(Exception, match="revision"):
        await _save(work, CLOSED)
    async with work.read() as unit:
        assert await unit.sittings.get(M1) is None


async def test_of_those_that_change_a_sitting_at_once_each_sees_what_the_one_before_did(work: Work) -> None:
    await _add(work, sitting())

    async def change() -> int:
        async with work.write() as unit:
            stored = await unit.sittings.get(M1)
            assert stored is not None
            await unit.sittings.save(stored.recorded())
            await unit.commit()
            return stored.rev

    assert sorted(await asyncio.gather(*(change() for _ in range(6)))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("kind", list(ItemKind))
async def test_a_decision_comes_back_as_it_was(work: Work, kind: ItemKind, outcome: Outcome) -> None:
    plain = replace(decision(I2, None), kind=kind)
    whole = replace(RECORDED, outcome=outcome)
    await _put(work, decision(), plain)
    await _put(work, whole)
    async with work.read() as unit:
        assert [await unit.decisions.get(M1, item) for item in (I1, I2, I3)] == [whole, plain, None]
        assert await unit.decisions.get(M2, I1) is None


async def test_decisions_stand_in_the_order_they_were_first_recorded(work: Work) -> None:
    second, first, elsewhere = decision(I2, C2, minute=9), decision(I1, C1), decision(I1, C2, M2)
    other = decision(I3, None, minute=1)
    await _put(work, second, elsewhere, first, other)
    again = replace(second, rev=2, recorded_at=later(20))
    await _put(work, again)
    async with work.write() as unit:
        assert list(await unit.decisions.of_meeting(M1)) == [again, first, other]
    async with work.read() as unit:
        assert list(await unit.decisions.of_meeting(M1)) == [again, first, other]
        found = await unit.decisions.of_cases([C2, C1, C2, CaseId("nothing")])
        assert {case: list(those) for case, those in found.items()} == {C1: [first], C2: [again, elsewhere]}
        assert await unit.decisions.of_cases([]) == {}


@pytest.mark.parametrize("rev", [1, 2, 4])
async def test_any_other_revision_of_a_decision_raises(work: Work, rev: int) -> None:
    await _put(work, decision())
    await _put(work, RECORDED)
    with pytest.raises(Exception, match=r"(?i)revision|unique"):
        await _put(work, replace(decision(), rev=rev))
    async with work.read() as unit:
        assert list(await unit.decisions.of_meeting(M1)) == [RECORDED]


async def test_a_changed_decision_that_was_never_recorded_raises(work: Work) -> None:
    with pytest.raises(Exception, match="revision"):
        await _put(work, RECORDED)


async def test_a_case_is_decided_once_a_meeting(work: Work) -> None:
    await _put(work, decision(I1, C1), decision(I2, C2), decision(I1, C1, M2), decision(I3, None))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await _put(work, replace(decision(I2, C1), rev=2))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await _put(work, replace(decision(I3, C2), rev=2))
    async with work.read() as unit:
        assert [one.case for one in await unit.decisions.of_meeting(M1)] == [C1, C2, None]


async def test_items_without_a_case_are_many(work: Work) -> None:
    await _put(work, decision(I1, None), decision(I2, None), decision(I3, None))
    async with work.read() as unit:
        assert len(await unit.decisions.of_meeting(M1)) == 3

"""Agendas, numbers, treatments and minutes of ``board.agenda_ports``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from board.agenda import Agenda
from board.ports import Work
from board.treatment import Statement, WgOutcome
from tests.contracts.agenda_samples import AGENDA, C1, C2, M1, M2, STATEMENT, TREATMENT, agenda
from tests.contracts.samples import OLA, later


async def _add(work: Work, one: Agenda) -> bool:
    async with work.write() as unit:
        new = await unit.agendas.add(one)
        await unit.commit()
    return new


async def _save(work: Work, one: Agenda) -> None:
    async with work.write() as unit:
        await unit.agendas.save(one)
        await unit.commit()


async def test_an_agenda_comes_back_as_it_was(work: Work) -> None:
    assert await _add(work, AGENDA)
    assert await _add(work, agenda(M2))
    async with work.read() as unit:
        assert await unit.agendas.get(M1) == AGENDA
        assert await unit.agendas.get(M2) == agenda(M2)


async def test_a_meeting_has_one_agenda(work: Work) -> None:
    added = await asyncio.gather(*(_add(work, replace(agenda(), built_at=later(n))) for n in range(6)))
    assert sorted(added) == [False] * 5 + [True]
    async with work.read() as unit:
        kept = await unit.agendas.get(M1)
        assert kept is not None
        assert kept.built_at == later(added.index(True))
        assert await unit.agendas.get(M2) is None


async def test_a_changed_agenda_replaces_the_stored_one(work: Work) -> None:
    await _add(work, agenda())
    after = replace(AGENDA, rev=2, items=AGENDA.items[1:])
    async with work.write() as unit:
        await unit.agendas.save(after)
        assert await unit.agendas.get(M1) == after
        await unit.commit()
    async with work.read() as unit:
        assert await unit.agendas.get(M1) == after


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_of_an_agenda_raises(work: Work, rev: int) -> None:
    await _add(work, agenda())
    with pytest.raises(Exception, match="revision"):
        await _save(work, replace(agenda(), rev=rev, items=()))
    async with work.read() as unit:
        assert await unit.agendas.get(M1) == agenda()


async def test_of_those_that_change_an_agenda_at_once_each_sees_what_the_one_before_did(work: Work) -> None:
    await _add(work, agenda())

    async def change() -> int:
        async with work.write() as unit:
            stored = await unit.agendas.get(M1)
            assert stored is not None
            await unit.agendas.save(replace(stored, rev=stored.rev + 1))
            await unit.commit()
            return stored.rev

    assert sorted(await asyncio.gather(*(change() for _ in range(6)))) == [1, 2, 3, 4, 5, 6]


async def test_numbers_follow_each_other_in_each_series_and_year(work: Work) -> None:
    async with work.write() as unit:
        taken = [await unit.numbers.take(*asked) for asked in (("board", 2026, 1), ("board", 2026, 3), ("wg", 2026, 2))]
        assert taken == [1, 2, 1]
        await unit.commit()
    async with work.write() as unit:
        taken = [await unit.numbers.take(*asked) for asked in (("board", 2026, 1), ("board", 2027, 1), ("wg", 2026, 1))]
        assert taken == [5, 1, 3]
        await unit.commit()


async def test_numbers_of_a_unit_that_was_given_up_are_given_again(work: Work) -> None:
    async with work.write() as unit:
        assert await unit.numbers.take("board", 2026, 2) == 1
    async with work.write() as unit:
        assert await unit.numbers.take("board", 2026, 1) == 1
        await unit.commit()


async def test_treatments_come_in_the_order_they_were_made(work: Work) -> None:
    second = replace(TREATMENT, case=C2, outcome=WgOutcome.RECOMMENDED, remarks="")
    elsewhere = replace(TREATMENT, meeting=M2, outcome=WgOutcome.SENT_BACK)
    async with work.write() as unit:
        for one in (second, elsewhere, TREATMENT):
            await unit.treatments.add(one)
        assert list(await unit.treatments.of_meetings([M1])) == [second, TREATMENT]
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.treatments.of_meetings([M2, M1, M1])) == [second, elsewhere, TREATMENT]
        assert list(await unit.treatments.of_meetings([])) == []


async def test_the_latest_statement_of_each_person_stands(work: Work) -> None:
    other = Statement(C1, OLA, "Støttes", later(1))
    changed, elsewhere = replace(STATEMENT, text="Vi støtter det.", at=later(2)), replace(STATEMENT, case=C2)
    async with work.write() as unit:
        for one in (STATEMENT, other, elsewhere):
            await unit.treatments.state(one)
        assert {k: list(v) for k, v in (await unit.treatments.statements([C1])).items()} == {C1: [STATEMENT, other]}
        await unit.treatments.state(changed)
        await unit.commit()
    async with work.read() as unit:
        found = await unit.treatments.statements([C2, C1, C1])
        assert {k: list(v) for k, v in found.items()} == {C1: [other, changed], C2: [elsewhere]}
        assert await unit.treatments.statements([]) == {}

"""``board.evaluation_ports.EvaluationRepository``, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from board.evaluation import Ballot, Outcome, Round, RoundState, round_id
from board.evaluation_plan import Question
from board.ids import CaseId
from board.ports import Work
from tests.contracts.samples import KARI, NOW, OLA

QUESTIONS = tuple(Question(f"s{n}", {"nb": f"Påstand {n}", "nn": f"Påstand {n}", "en": f"No {n}"}) for n in (1, 2))
ROUND = Round(round_id(2026), 2026, 1, NOW, date(2026, 3, 20), NOW + timedelta(days=20), QUESTIONS, 5, 12)
OLDER = replace(ROUND, id=round_id(2025), year=2025)
BALLOTS = (Ballot((1, 5), "Åtte – «ni»\nti"), Ballot((5, 1)), Ballot((3, 3), "\0x"))


async def _add(work: Work, *rounds: Round) -> None:
    async with work.write() as unit:
        for one in rounds:
            assert await unit.evaluations.add(one)
        await unit.commit()


async def test_a_round_comes_back_as_it_was(work: Work) -> None:
    await _add(work, ROUND, OLDER)
    async with work.read() as unit:
        assert await unit.evaluations.get(ROUND.id) == ROUND
        assert await unit.evaluations.latest() == ROUND
        assert await unit.evaluations.of_year(2025) == OLDER
        assert await unit.evaluations.get(round_id(1999)) is None
        assert await unit.evaluations.of_year(1999) is None


async def test_there_is_none_at_first(work: Work) -> None:
    async with work.read() as unit:
        assert await unit.evaluations.latest() is None


async def test_a_year_has_one_round(work: Work) -> None:
    await _add(work, ROUND)
    async with work.write() as unit:
        assert not await unit.evaluations.add(replace(ROUND, asked=99))
        await unit.commit()
    async with work.read() as unit:
        assert await unit.evaluations.latest() == ROUND


async def test_a_closed_round_comes_back_with_its_outcome(work: Work) -> None:
    await _add(work, ROUND)
    outcome = Outcome(5, ((0, 1, 2, 1, 1), (5, 0, 0, 0, 0)), ("Én", "To"))
    closed = replace(ROUND, rev=2, state=RoundState.CLOSED, closed_at=NOW, outcome=outcome, case=CaseId("c"))
    async with work.write() as unit:
        await unit.evaluations.save(closed)
        assert await unit.evaluations.get(ROUND.id) == closed
        await unit.commit()
    async with work.read() as unit:
        assert await unit.evaluations.latest() == closed


async def test_who_has_answered_is_known_by_person_and_round(work: Work) -> None:
    await _add(work, ROUND, OLDER)
    async with work.write() as unit:
        await unit.evaluations.answered(ROUND.id, KARI)
        await unit.evaluations.answered(ROUND.id, KARI)
        assert await unit.evaluations.has_answered(ROUND.id, KARI)
        await unit.commit()
    async with work.read() as unit:
        assert await unit.evaluations.has_answered(ROUND.id, KARI)
        assert not await unit.evaluations.has_answered(ROUND.id, OLA)
        assert not await unit.evaluations.has_answered(OLDER.id, KARI)


async def test_the_urn_holds_what_was_put_in_until_it_is_destroyed(work: Work) -> None:
    await _add(work, ROUND, OLDER)
    async with work.write() as unit:
        assert not await unit.evaluations.urn(ROUND.id)
        await unit.evaluations.fill(ROUND.id, BALLOTS[:1])
        await unit.commit()
    async with work.write() as unit:
        assert tuple(await unit.evaluations.urn(ROUND.id)) == BALLOTS[:1]
        await unit.evaluations.fill(ROUND.id, BALLOTS)
        await unit.commit()
    async with work.read() as unit:
        assert tuple(await unit.evaluations.urn(ROUND.id)) == BALLOTS
        assert not await unit.evaluations.urn(OLDER.id)
    async with work.write() as unit:
        await unit.evaluations.destroy(ROUND.id)
        await unit.commit()
    async with work.read() as unit:
        assert not await unit.evaluations.urn(ROUND.id)


async def test_what_is_not_committed_is_not_in_the_urn(work: Work) -> None:
    await _add(work, ROUND)
    async with work.write() as unit:
        await unit.evaluations.fill(ROUND.id, BALLOTS)
    async with work.write() as unit:
        await unit.evaluations.destroy(ROUND.id)
    async with work.write() as unit:
        assert not await unit.evaluations.urn(ROUND.id)
        await unit.evaluations.fill(ROUND.id, BALLOTS)
        await unit.commit()
    async with work.read() as unit:
        assert tuple(await unit.evaluations.urn(ROUND.id)) == BALLOTS


async def test_eleven_at_the_same_instant_are_eleven_ballots(work: Work) -> None:
    await _add(work, ROUND)

    async def put(mark: int) -> None:
        async with work.write() as unit:
            round_ = await unit.evaluations.get(ROUND.id)
            assert round_ is not None
            urn = await unit.evaluations.urn(ROUND.id)
            await unit.evaluations.fill(ROUND.id, (*urn, Ballot((mark, 1))))
            await unit.evaluations.save(replace(round_, answered=round_.answered + 1))
            await unit.commit()

    await asyncio.gather(*(put(mark) for mark in range(11)))
    async with work.read() as unit:
        assert sorted(ballot.answers[0] for ballot in await unit.evaluations.urn(ROUND.id)) == list(range(11))
        latest = await unit.evaluations.latest()
        assert latest is not None
        assert latest.answered == 11

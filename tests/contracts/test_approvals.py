"""Approvals and locked files in ``board.minutes_ports.MinutesBook``, kept by every implementation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from board.approval import Approval, Conclusion, Said
from board.ids import MeetingId, PersonId
from board.minutes import Minutes
from board.minutes_ports import Sealing
from board.ports import UnitOfWork, Work
from tests.contracts.agenda_samples import M1, M2
from tests.contracts.samples import KARI, NOW, ODD, OLA, later
from tests.contracts.sitting_samples import (
    LEASE,
    approval,
    approved,
    circulated,
    decision,
    follow_up,
    locked,
    minutes,
    sitting,
    version,
)

MEMBERS = tuple(PersonId(f"member-{n}") for n in range(11))


async def _approve(work: Work, one: Approval) -> bool:
    async with work.write() as unit:
        first = await unit.minutes_book.approve(one)
        await unit.commit()
    return first


async def _fill(work: Work, *those: Minutes) -> None:
    async with work.write() as unit:
        for one in those:
            await unit.minutes_book.add(one, version(1, one.meeting))
        await unit.commit()


async def _claim(work: Work, now: datetime = NOW) -> Sealing | None:
    async with work.write() as unit:
        claimed = await unit.minutes_book.claim(now, LEASE)
        await unit.commit()
    return claimed


async def test_eleven_who_press_at_once_are_eleven_answers(work: Work) -> None:
    pressed = [approval(member) for member in MEMBERS]
    assert await asyncio.gather(*(_approve(work, one) for one in pressed)) == [True] * 11
    async with work.read() as unit:
        kept = list(await unit.minutes_book.approvals(M1, M2))
    assert sorted(kept, key=lambda one: one.member) == sorted(pressed, key=lambda one: one.member)


async def test_a_seat_answers_once_also_when_member_and_deputy_press_together(work: Work) -> None:
    pressed = [approval(KARI, by=by) for by in (KARI, OLA, KARI, OLA)]
    pressed[1] = replace(pressed[1], said=Said.REMARK, note="Nei")
    answered = await asyncio.gather(*(_approve(work, one) for one in pressed))
    assert sorted(answered) == [False, False, False, True]
    async with work.read() as unit:
        assert list(await unit.minutes_book.approvals(M1, M2)) == [pressed[answered.index(True)]]


async def test_an_answer_is_for_one_text_and_one_meeting(work: Work) -> None:
    first, other_text = approval(), replace(approval(), digest="e" * 64, version=2)
    other_meeting, other_minutes = approval(held=MeetingId("m3")), replace(approval(), meeting=M2)
    for one in (first, other_text, other_meeting, other_minutes):
        assert await _approve(work, one)
    assert not await _approve(work, replace(first, version=2, at=later(1)))
    async with work.read() as unit:
        assert list(await unit.minutes_book.approvals(M1, M2)) == [first, other_text]
        assert list(await unit.minutes_book.approvals(M1, MeetingId("m3"))) == [other_meeting]
        assert list(await unit.minutes_book.approvals(M2, M2)) == [other_minutes]


async def test_answers_come_in_the_order_they_came(work: Work) -> None:
    said = [replace(approval(who), said=how, note=note) for who, how, note in _ANSWERS]
    for one in said:
        await _approve(work, one)
    async with work.read() as unit:
        assert list(await unit.minutes_book.approvals(M1, M2)) == said


_ANSWERS = ((ODD, Said.APPROVE, ""), (KARI, Said.REMARK, "Punkt 4 er «feil»"), (OLA, Said.APPROVE, "ok"))


async def test_an_answer_that_is_given_up_was_not_given(work: Work) -> None:
    async with work.write() as unit:
        assert await unit.minutes_book.approve(approval())
    assert await _approve(work, approval())


async def test_approved_minutes_without_a_file_are_sealed_by_one_at_a_time_the_oldest_first(work: Work) -> None:
    done = replace(approved(MeetingId("m4")), sha256="ab" * 32)
    others = (minutes(MeetingId("m5")), circulated(MeetingId("m6")))
    await _fill(work, approved(M2, minute=2), approved(M1, minute=1), done, *others)
    async with work.read() as unit:
        assert await unit.minutes_book.unsealed(NOW)
    claimed = await asyncio.gather(*(_claim(work) for _ in range(6)))
    assert sorted(one.minutes.meeting for one in claimed if one) == [M1, M2]
    async with work.read() as unit:
        assert not await unit.minutes_book.unsealed(later(4))
        assert await unit.minutes_book.unsealed(later(5))
    assert await _claim(work, later(4)) is None
    assert await _claim(work, later(5)) == Sealing(approved(M1, minute=1), version(1, M1))
    assert await _claim(work, later(5)) == Sealing(approved(M2, minute=2), version(1, M2))


async def test_a_claim_that_is_given_up_leaves_it_free(work: Work) -> None:
    await _fill(work, approved())
    async with work.write() as unit:
        assert await unit.minutes_book.claim(NOW, LEASE)
    assert await _claim(work) == Sealing(approved(), version())


async def test_what_is_sealed_waits_no_more_until_it_is_corrected(work: Work) -> None:
    await _fill(work, approved())
    assert await _claim(work)
    sealed = replace(approved(), rev=2, sha256="ab" * 32, pages=12)
    corrected = replace(sealed, rev=3, sha256="", pages=0, version=2, approved_version=2)
    async with work.write() as unit:
        await unit.minutes_book.save(sealed)
        await unit.commit()
    assert await _claim(work, NOW + timedelta(days=1)) is None
    async with work.write() as unit:
        await unit.minutes_book.save(corrected, version(2))
        await unit.commit()
    assert await _claim(work, later(1)) == Sealing(corrected, version(2))


async def test_the_text_that_is_sealed_is_the_one_that_was_approved(work: Work) -> None:
    await _fill(work, circulated())
    after = replace(approved(), rev=2, version=2, approved_version=2, conclusion=Conclusion.WITH_CORRECTIONS)
    async with work.write() as unit:
        await unit.minutes_book.save(after, version(2))
        await unit.commit()
    assert await _claim(work) == Sealing(after, version(2))


async def test_a_version_has_one_file_for_ever(work: Work) -> None:
    async def put(sha256: str) -> bool:
        async with work.write() as unit:
            new = await unit.minutes_book.put_file(replace(locked(), sha256=sha256))
            await unit.commit()
        return new

    digests = [f"{n:064x}" for n in range(6)]
    added = await asyncio.gather(*(put(one) for one in digests))
    assert sorted(added) == [False] * 5 + [True]
    async with work.write() as unit:
        assert await unit.minutes_book.put_file(locked(2))
        await unit.commit()
    async with work.read() as unit:
        assert await unit.minutes_book.file(M1, 1) == replace(locked(), sha256=digests[added.index(True)])
        assert await unit.minutes_book.file(M1, 2) == locked(2)
        assert await unit.minutes_book.file(M1, 3) is None
        assert await unit.minutes_book.file(M2, 1) is None


ACTS: dict[str, Callable[[UnitOfWork], Awaitable[object]]] = {
    "sitting": lambda unit: unit.sittings.add(sitting()),
    "decision": lambda unit: unit.decisions.put(decision()),
    "follow_up": lambda unit: unit.follow_ups.add([follow_up("f1")]),
    "minutes": lambda unit: unit.minutes_book.add(minutes(), version()),
    "approval": lambda unit: unit.minutes_book.approve(approval()),
    "file": lambda unit: unit.minutes_book.put_file(locked()),
}


@pytest.mark.parametrize("act", ACTS)
async def test_a_reading_unit_writes_nothing(work: Work, act: str) -> None:
    """The double says so at its commit, the store at once."""

    async def write() -> None:
        async with work.read() as unit:
            await ACTS[act](unit)
            await unit.commit()

    with pytest.raises(Exception, match="reading"):
        await write()

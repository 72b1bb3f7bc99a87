"""``board.minutes_ports.MinutesBook`` up to the approval, kept by every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from board.ids import MeetingId, RemarkId
from board.minutes import Minutes, MinutesState
from board.minutes_text import Source, Version
from board.ports import Work
from board.remarks import RemarkState
from tests.contracts.agenda_samples import M1, M2
from tests.contracts.samples import KARI, ODD, OLA, TODAY, later
from tests.contracts.sitting_samples import (
    ANSWER,
    CORRECTED,
    FILED,
    REMARK,
    RULED_REMARK,
    WHOLE,
    approved,
    circulated,
    minutes,
    version,
)

M3 = MeetingId("m3")


async def _add(work: Work, one: Minutes, text: Version | None = None) -> bool:
    async with work.write() as unit:
        new = await unit.minutes_book.add(one, text)
        await unit.commit()
    return new


async def _save(work: Work, one: Minutes, text: Version | None = None) -> None:
    async with work.write() as unit:
        await unit.minutes_book.save(one, text)
        await unit.commit()


async def test_minutes_come_back_as_they_were(work: Work) -> None:
    assert await _add(work, minutes(), version())
    assert await _add(work, FILED)
    async with work.write() as unit:
        await unit.minutes_book.save(WHOLE, version(4))
        assert await unit.minutes_book.get(M1) == WHOLE
        await unit.commit()
    async with work.read() as unit:
        assert [await unit.minutes_book.get(meeting) for meeting in (M1, M2, M3)] == [WHOLE, FILED, None]
        assert await unit.minutes_book.named([M2, M3, M1, M1]) == {M1: WHOLE, M2: FILED}
        assert await unit.minutes_book.named([]) == {}
        assert list(await unit.minutes_book.versions(M2)) == []


async def test_a_meeting_has_minutes_once(work: Work) -> None:
    texts = [replace(version(), at=later(n)) for n in range(6)]
    added = await asyncio.gather(*(_add(work, replace(minutes(), at=text.at), text) for text in texts))
    assert sorted(added) == [False] * 5 + [True]
    first = texts[added.index(True)]
    async with work.read() as unit:
        assert await unit.minutes_book.get(M1) == replace(minutes(), at=first.at)
        assert list(await unit.minutes_book.versions(M1)) == [first]


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_of_minutes_raises_and_leaves_no_text(work: Work, rev: int) -> None:
    await _add(work, minutes(), version())
    with pytest.raises(Exception, match="revision"):
        await _save(work, replace(minutes(), rev=rev, version=2), version(2))
    async with work.read() as unit:
        assert await unit.minutes_book.get(M1) == minutes()
        assert list(await unit.minutes_book.versions(M1)) == [version()]


async def test_versions_are_kept_and_never_written_over(work: Work) -> None:
    await _add(work, minutes(), version())
    await _add(work, minutes(M2), version(1, M2))
    second = replace(version(2), source=Source.WORD)
    await _save(work, replace(minutes(), rev=2, version=2), second)
    await _save(work, replace(minutes(), rev=3, version=3), CORRECTED)
    await _save(work, replace(minutes(), rev=4, version=3, state=MinutesState.CIRCULATED))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await _save(work, replace(minutes(), rev=5), replace(second, by=KARI))
    async with work.read() as unit:
        stored = list(await unit.minutes_book.versions(M1))
        assert stored == [version(), second, CORRECTED]
        assert [one.digest for one in stored] == [version().digest, second.digest, CORRECTED.digest]
        assert await unit.minutes_book.version(M1, 2) == second
        assert await unit.minutes_book.version(M1, 4) is None
        latest = replace(minutes(), rev=4, version=3, state=MinutesState.CIRCULATED)
        assert await unit.minutes_book.get(M1) == latest


async def test_what_is_fit_for_a_pack_is_all_but_drafts(work: Work) -> None:
    kept = [minutes(M1), circulated(M2), replace(FILED, meeting=M3), approved(MeetingId("m4"))]
    for one in kept:
        await _add(work, one, version(1, one.meeting))
    async with work.read() as unit:
        meetings = [one.meeting for one in kept]
        assert await unit.minutes_book.finished(meetings) == {one.meeting: one for one in kept[1:]}
        assert await unit.minutes_book.finished([M1]) == {}
        assert await unit.minutes_book.finished([]) == {}


async def test_a_round_is_over_the_day_after_its_last_until_somebody_closes_it(work: Work) -> None:
    day = timedelta(days=1)
    over = [circulated(M2, due=TODAY - day), circulated(M1, due=TODAY - 2 * day), circulated(M3, due=TODAY - day)]
    others = [
        circulated(MeetingId("today"), due=TODAY),
        replace(circulated(MeetingId("closed"), due=TODAY - day), round_closed_at=later(1)),
        replace(circulated(MeetingId("never")), remarks_due=None),
        replace(circulated(MeetingId("draft"), due=TODAY - day), state=MinutesState.DRAFT),
        replace(approved(MeetingId("approved")), remarks_due=TODAY - day, round_closed_at=None),
    ]
    for one in (*others, *over):
        await _add(work, one)
    async with work.read() as unit:
        assert list(await unit.minutes_book.rounds_over(TODAY, 9)) == [over[1], over[0], over[2]]
        assert list(await unit.minutes_book.rounds_over(TODAY, 1)) == [over[1]]
        assert list(await unit.minutes_book.rounds_over(TODAY - 2 * day, 9)) == []
        assert len(await unit.minutes_book.rounds_over(TODAY + day, 9)) == 4
    await _save(work, replace(over[1], rev=2, round_closed_at=later(5)))
    async with work.read() as unit:
        assert list(await unit.minutes_book.rounds_over(TODAY, 9)) == [over[0], over[2]]


async def test_a_persons_latest_answer_in_the_round_counts(work: Work) -> None:
    ola = replace(ANSWER, person=OLA, at=later(1), remarked=True)
    changed, elsewhere = replace(ANSWER, version=2, remarked=True, at=later(2)), replace(ANSWER, meeting=M2)
    async with work.write() as unit:
        for one in (ANSWER, ola, elsewhere):
            await unit.minutes_book.answer(one)
        assert list(await unit.minutes_book.answers(M1)) == [ANSWER, ola]
        await unit.minutes_book.answer(changed)
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.minutes_book.answers(M1)) == [ola, changed]
        assert list(await unit.minutes_book.answers(M2)) == [elsewhere]


async def test_a_remark_keeps_its_place_when_it_is_ruled(work: Work) -> None:
    second = replace(REMARK, id=RemarkId("r0"), person=ODD, section="", at=later(1))
    elsewhere = replace(REMARK, id=RemarkId("r9"), meeting=M2)
    async with work.write() as unit:
        for one in (REMARK, second, elsewhere, RULED_REMARK):
            await unit.minutes_book.put_remark(one)
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.minutes_book.remarks(M1)) == [RULED_REMARK, second]
        assert await unit.minutes_book.remark(REMARK.id) == RULED_REMARK
        assert await unit.minutes_book.remark(RemarkId("nothing")) is None
        assert (RULED_REMARK.state, second.state) == (RemarkState.ACCEPTED, RemarkState.OPEN)

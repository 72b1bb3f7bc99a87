"""Replicas that make the files of approved minutes: each takes what no other has."""

from __future__ import annotations

import pytest

from board.ports import Work
from storage.engine import open_store
from tests.contracts.agenda_samples import M1, M2
from tests.contracts.samples import NOW, later
from tests.contracts.sitting_samples import LEASE, approved, version


async def _taken(work: Work, minute: float) -> str | None:
    async with work.write() as unit:
        found = await unit.minutes_book.claim(later(minute), LEASE)
        await unit.commit()
    return found.minutes.meeting if found else None


@pytest.mark.postgres
async def test_two_replicas_never_have_the_same_minutes_and_a_dead_ones_are_taken_over(postgres_url: str) -> None:
    async with await open_store(postgres_url) as one, await open_store(postgres_url) as other:
        async with one.work.write() as unit:
            for n, meeting in enumerate((M1, M2)):
                await unit.minutes_book.add(approved(meeting, n), version(1, meeting))
            await unit.commit()
        async with one.work.write() as first, other.work.write() as second:
            taken = [await unit.minutes_book.claim(NOW, LEASE) for unit in (first, second)]
            assert [found and found.minutes.meeting for found in taken] == [M1, M2]
            async with other.work.write() as third:  # both are locked, and nobody is waited for
                assert await third.minutes_book.claim(NOW, LEASE) is None
            await first.commit()  # the second one dies before it commits
        assert await _taken(one.work, 1) == M2
        assert await _taken(other.work, 1) is None
        assert await _taken(other.work, 5) == M1
        assert await _taken(one.work, 5) is None
        assert await _taken(one.work, 6) == M2

"""Nothing that is kept joins an answer to a person: no row, no order, no transaction, no copy of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from board.evaluation import Ballot, RoundState
from board.evaluation_ports import UrnLost
from board.ids import PersonId
from board.ports import Rules
from board.usecases.keep_evaluation import keep_evaluation
from bot.calendar import NorwegianCalendar
from storage.engine import Store, open_store
from storage.retention import Retention
from storage.urn import UrnKeys, seal, unseal
from tests.board.support import mandate
from tests.contracts.samples import NOW
from tests.contracts.test_evaluations import BALLOTS, QUESTIONS, ROUND
from tests.fakes.clock import CountedIds, SetClock

SAID = "Kortere møter, takk"
PEOPLE = tuple(PersonId(f"p{n}") for n in (3, 1, 2))


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
async def kept(sqlite_url: str, keys: Path) -> AsyncIterator[Store]:
    async with await open_store(sqlite_url, urn_keys=keys) as store:
        async with store.work.write() as unit:
            await unit.evaluations.add(ROUND)
            await unit.commit()
        yield store


async def _answer(store: Store, who: PersonId, ballot: Ballot) -> None:
    async with store.work.write() as unit:
        urn = await unit.evaluations.urn(ROUND.id)
        await unit.evaluations.fill(ROUND.id, (ballot, *urn))
        await unit.evaluations.answered(ROUND.id, who)
        await unit.commit()


async def _close(store: Store) -> None:
    async with store.work.write() as unit:
        await unit.evaluations.save(replace(ROUND, state=RoundState.CLOSED))
        await unit.evaluations.destroy(ROUND.id)
        await unit.commit()


def _bytes(url: str) -> bytes:
    """All of the database: with its log of writes, and what was deleted."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in (path, path.with_name(f"{path.name}-wal")) if file.exists())


async def test_the_database_cannot_be_read_without_the_key(kept: Store, sqlite_url: str) -> None:
    await _answer(kept, PEOPLE[0], Ballot((1, 5), SAID))
    everything = _bytes(sqlite_url)
    assert PEOPLE[0].encode() in everything, "that this person answered is there"
    assert b"evaluation:2026" in everything
    assert SAID.encode() not in everything
    assert b"Kortere" not in everything


async def test_there_is_one_row_however_many_answered(kept: Store, sqlite_url: str) -> None:
    for who in PEOPLE:
        await _answer(kept, who, Ballot((1, 5), SAID))
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        assert database.execute("SELECT count(*) FROM evaluation_urns").fetchall() == [(1,)]
        voters = [row[0] for row in database.execute("SELECT person_id FROM evaluation_voters")]
        columns = [row[1] for row in database.execute("PRAGMA table_info(evaluation_voters)")]
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            database.execute("SELECT rowid FROM evaluation_voters")
    database.close()
    assert voters == sorted(voters), "sorted by person, not by when they answered"
    assert columns == ["round_id", "person_id"], "no time, no mark"


async def test_a_long_comment_makes_the_urn_no_larger(kept: Store, sqlite_url: str) -> None:
    sizes = []
    for who, comment in zip(PEOPLE, ("", SAID, "x" * 1000), strict=True):
        await _answer(kept, who, Ballot((1, 5), comment))
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
            sizes += [row[0] for row in database.execute("SELECT length(sealed) FROM evaluation_urns")]
        database.close()
    assert len(set(sizes)) == 1


async def test_closing_destroys_the_key_with_the_commit(kept: Store, sqlite_url: str, keys: Path) -> None:
    await _answer(kept, PEOPLE[0], BALLOTS[0])
    (key,) = keys.iterdir()
    assert key.stat().st_mode & 0o077 == 0, "for the bot's own user alone"
    async with kept.work.write() as unit:
        await unit.evaluations.destroy(ROUND.id)
    assert list(keys.iterdir()) == [key], "not before the commit"
    await _close(kept)
    assert list(keys.iterdir()) == []


async def test_an_old_copy_cannot_be_opened_after_the_close(kept: Store, keys: Path) -> None:
    await _answer(kept, PEOPLE[0], BALLOTS[0])
    copy = seal(ROUND.id, BALLOTS, UrnKeys(keys).find(ROUND.id))
    await _close(kept)
    with pytest.raises(UrnLost, match="no key"):
        UrnKeys(keys).find(ROUND.id)
    with pytest.raises(UrnLost, match="does not open"):
        unseal(ROUND.id, copy, UrnKeys(keys).find_or_make(ROUND.id))


async def test_a_key_left_behind_is_destroyed_by_the_tidying(kept: Store, keys: Path) -> None:
    await _answer(kept, PEOPLE[0], BALLOTS[0])
    (key,) = keys.iterdir()
    left = key.read_bytes()
    await _close(kept)
    key.write_bytes(left)
    before = NOW - timedelta(days=1)
    await kept.purge(Retention(before, before, before, before))
    assert list(keys.iterdir()) == []


async def test_a_lost_key_takes_nothing_in_and_loses_nothing_of_the_rest(kept: Store, keys: Path) -> None:
    await _answer(kept, PEOPLE[0], BALLOTS[0])
    (key,) = keys.iterdir()
    whole = key.read_bytes()
    key.unlink()
    async with kept.work.write() as unit:
        with pytest.raises(UrnLost):
            await unit.evaluations.fill(ROUND.id, BALLOTS)
    key.write_bytes(whole[:7])
    async with kept.work.read() as unit:
        with pytest.raises(UrnLost, match="not whole"):
            await unit.evaluations.urn(ROUND.id)
    key.write_bytes(whole)
    async with kept.work.read() as unit:
        assert tuple(await unit.evaluations.urn(ROUND.id)) == BALLOTS[:1]


async def test_another_rounds_urn_does_not_open(keys: Path) -> None:
    key = UrnKeys(keys).find_or_make(ROUND.id)
    assert UrnKeys(keys).find_or_make(ROUND.id) == key
    with pytest.raises(UrnLost):
        unseal("evaluation:2027", seal(ROUND.id, BALLOTS, key), key)
    assert len(QUESTIONS) == len(BALLOTS[0].answers)


async def test_a_round_without_its_key_closes_by_hand_only(kept: Store, keys: Path) -> None:
    await _answer(kept, PEOPLE[0], BALLOTS[0])
    (key,) = keys.iterdir()
    whole = key.read_bytes()
    key.unlink()
    rules = Rules(mandate(), SetClock(ROUND.closes_at), CountedIds(), NorwegianCalendar())
    await _kept(kept, rules)
    async with kept.work.read() as unit:
        latest = await unit.evaluations.latest()
    assert latest is not None
    assert latest.is_open, "another process may have the key"
    key.write_bytes(whole)
    await _kept(kept, rules)
    async with kept.work.read() as unit:
        latest = await unit.evaluations.latest()
    assert latest is not None
    assert not latest.is_open


async def _kept(store: Store, rules: Rules) -> None:
    async with store.work.write() as unit:
        await keep_evaluation(lambda _: {}, unit, rules)
        await unit.commit()

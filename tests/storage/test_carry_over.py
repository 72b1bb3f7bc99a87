"""A database of the third revision: its finished and filed minutes go into the book, and its cases stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import create_async_engine

from board.case_content import Content
from board.editable import Section
from board.ids import CaseId, MeetingId
from board.minutes import Minutes, MinutesState
from board.minutes_text import Source, Version
from board.people import Body
from board.states import CaseState
from storage import migrate
from storage.engine import Store, driver_url, open_store
from tests.contracts.samples import KARI, LISE

_ROWS = Path(__file__).with_name("revision_0003.sql").read_text(encoding="utf-8")
_AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
_LATER = _AT + timedelta(hours=1)
_G1, _G2, _G3, _B0 = (MeetingId(name) for name in ("group-1", "group-2", "group-3", "board-0"))
_FIRST = Minutes(_G1, Body.WORKING_GROUP, 1, MinutesState.CIRCULATED, 1, LISE, _AT, circulated_at=_AT)
_EXPECTED = {
    _G1: _FIRST,
    _G2: replace(_FIRST, meeting=_G2, at=_LATER, circulated_at=_LATER),
    _G3: replace(_FIRST, meeting=_G3, version=2, by=KARI, at=_LATER, circulated_at=_LATER),
    _B0: Minutes(_B0, Body.BOARD, 1, MinutesState.FILED, 1, LISE, _AT, sha256="ab" * 32, name="Referat 2025.pdf"),
}
_PRESENT = Section("present", "", "Ola Åsen\nKari Østby\ngone", editable=False)
_TEXT = Section("remarks", "", "Første linje\nAndre linje «æøå»")


async def test_a_database_of_the_third_revision_keeps_everything(empty_url: str) -> None:
    await migrate.upgrade(empty_url, "0003")
    engine = create_async_engine(driver_url(empty_url))
    async with engine.begin() as connection:
        for statement in _ROWS.split(";\n"):
            await connection.exec_driver_sql(statement)
    await engine.dispose()
    await migrate.upgrade(empty_url)
    async with await open_store(empty_url) as store:
        assert await store.schema_problem() is None
        await _minutes_are_in_the_book(store)
        await _they_go_on_from_there(store)
        async with store.work.read() as unit:
            case = await unit.cases.get(CaseId("c1"))
            assert case is not None
            assert (case.state, case.rev, case.content) == (CaseState.DISPATCHED, 9, Content(title="Sak å"))
            assert (case.board_outcome, case.decided_at, case.published_at) == (None, None, None)


async def _minutes_are_in_the_book(store: Store) -> None:
    async with store.work.read() as unit:
        assert await unit.minutes_book.finished(list(_EXPECTED)) == _EXPECTED
        written = Version(_G1, 1, (_PRESENT, _TEXT), LISE, _AT, Source.RECORD)
        assert list(await unit.minutes_book.versions(_G1)) == [written]
        (second,) = await unit.minutes_book.versions(_G2)
        assert second.sections == (Section("remarks", "", ""),)
        (third,) = await unit.minutes_book.versions(_G3)
        assert (third.version, [section.text for section in third.sections]) == (2, ["Ola Åsen", "Rettet"])
        assert list(await unit.minutes_book.versions(_B0)) == []
        assert await unit.minutes_book.rounds_over(_AT.date() + timedelta(days=999), 9) == []
        assert not await unit.minutes_book.unsealed(_AT)


async def _they_go_on_from_there(store: Store) -> None:
    """The book is written on, as with minutes that began there."""
    after = replace(_FIRST, rev=2, version=2)
    text = Version(_G1, 2, (_TEXT,), KARI, _LATER, Source.REMARK)
    async with store.work.write() as unit:
        assert await unit.minutes_book.get(_G1) == _FIRST
        await unit.minutes_book.save(after, text)
        await unit.commit()
    async with store.work.read() as unit:
        assert await unit.minutes_book.get(_G1) == after
        assert await unit.minutes_book.version(_G1, 2) == text

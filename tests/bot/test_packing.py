"""Versions made into files: once whoever tries, one variant a set of inhabil people, and what is lost is made anew."""

from __future__ import annotations

import asyncio
from pathlib import Path

from board.ids import CaseId, PersonId
from board.pack import PackState
from bot.documents.press import Built, Press
from bot.packing import LEASE, Packing
from cards.documents.content import Printed
from tests.board.pack_support import CHAIR, MEMBER, OTHER_CASE, SECOND, board_case, exclude
from tests.board.support import BOARD_MEETING, COLLEAGUE, OFFICE
from tests.dialogs.pack_support import PaperPress, Papers, papers


async def _sent(room: Papers) -> None:
    await room.chat(OFFICE).press("pack.send", {"id": BOARD_MEETING})


class Held(PaperPress):
    """A press that waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go = asyncio.Event(), asyncio.Event()

    async def build(self, printed: Printed) -> Built:
        self.began.set()
        await self.go.wait()
        return await super().build(printed)


async def test_nothing_waits_nothing_is_made() -> None:
    room = await papers()
    assert not await room.packing.round()
    assert not room.press.printed


async def test_a_version_that_waits_is_made_and_told() -> None:
    room = await papers()
    await _sent(room)
    assert await room.packing.round()
    (pack,) = room.desk.memory.state.packs.values()
    assert (pack.state, pack.pages) == (PackState.READY, 81)
    assert pack.reading_minutes == 21, "twenty enclosed pages, and a few words"
    assert CHAIR.id in room.told("pack.sent")
    assert not await room.packing.round()


async def test_one_variant_for_each_set_of_cases_that_somebody_gets_it_without() -> None:
    room = await papers(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    for person in (MEMBER.id, SECOND.id):
        await exclude(room.desk, OTHER_CASE, person)
    await exclude(room.desk, CaseId("case-1"), CHAIR.id)
    await exclude(room.desk, CaseId("case-1"), PersonId("somebody-else"))
    await _sent(room)
    await room.packing.round()
    files = {file.left_out for file in room.desk.memory.state.pack_files.values()}
    assert files == {(), (OTHER_CASE,), ("case-1",)}
    assert len(room.press.printed) == 3


async def test_a_process_that_is_lost_leaves_it_to_another_after_the_lease() -> None:
    room = await papers()
    await _sent(room)
    held = Held()
    lost = Packing(room.desk.memory.work, room.desk.rules, held)
    task = asyncio.create_task(lost.round())
    await held.began.wait()
    task.cancel()
    assert not await room.packing.round(), "it is still the other's"
    room.desk.clock.move(seconds=LEASE.total_seconds())
    assert await room.packing.round()
    assert room.desk.memory.state.packs["id-1"].state is PackState.READY


async def test_two_that_made_it_tell_of_it_once() -> None:
    room = await papers()
    await _sent(room)
    slow = Held()
    other = Packing(room.desk.memory.work, room.desk.rules, slow)
    task = asyncio.create_task(other.round())
    await slow.began.wait()
    room.desk.clock.move(seconds=LEASE.total_seconds() + 1)
    assert await room.packing.round()
    told = len(room.desk.memory.state.outbox)
    slow.go.set()
    await task
    assert len(room.desk.memory.state.outbox) == told
    assert room.desk.log.count(("pack.built", BOARD_MEETING, OFFICE.id)) == 1


async def test_a_press_that_fails_is_told_once_with_the_incident_of_the_log() -> None:
    room = await papers()
    room.press.fails = True
    await _sent(room)
    assert await room.packing.round()
    assert room.told("pack.failed") == {OFFICE.id, COLLEAGUE.id, "per"}
    assert not await room.packing.round()


async def test_closing_while_it_is_made_leaves_it_to_the_next_start() -> None:
    room = await papers()
    await _sent(room)
    room.press.fails = True
    room.packing.stop()
    await room.packing.round()
    assert not room.told("pack.failed")
    room.desk.clock.move(seconds=LEASE.total_seconds())
    room.press.fails = False
    again = Packing(room.desk.memory.work, room.desk.rules, room.press)
    assert await again.round()


async def test_the_loop_makes_what_comes_and_ends_when_told() -> None:
    room = await papers()
    running = asyncio.create_task(room.packing.run())
    told = asyncio.Event()

    def on_due() -> None:
        room.packing.wake()
        if room.told("pack.sent"):
            told.set()

    room.desk.memory.on_due = on_due
    await _sent(room)
    async with asyncio.timeout(5):
        await told.wait()
    room.packing.stop()
    async with asyncio.timeout(5):
        await running


async def test_what_nobody_has_asked_for_is_made_for_a_reader_once_however_many_ask() -> None:
    room = await papers()
    await _sent(room)
    await room.packing.round()
    (pack,) = room.desk.memory.state.packs.values()
    held = Held()
    packing = Packing(room.desk.memory.work, room.desk.rules, held)
    first = await packing.file(pack, CaseId("case-1"), (), 0)
    assert first is None, "it takes longer than the reader waits"
    asked = [asyncio.create_task(packing.file(pack, CaseId("case-1"), (), 5)) for _n in range(5)]
    await held.began.wait()
    held.go.set()
    files = await asyncio.gather(*asked)
    assert len({file.sha256 for file in files if file}) == 1
    assert len(held.printed) == 1
    assert await packing.file(pack, CaseId("nowhere"), (), 5) is None


async def test_the_real_press_makes_the_whole_and_a_variant(tmp_path: Path) -> None:
    room = await papers(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    await exclude(room.desk, OTHER_CASE, MEMBER.id)
    await _sent(room)
    press = Press(tmp_path)
    packing = Packing(room.desk.memory.work, room.desk.rules, press)
    assert await packing.round()
    files = {file.left_out: file for file in room.desk.memory.state.pack_files.values()}
    assert files[()].pages > files[OTHER_CASE,].pages > 0
    for file in files.values():
        assert press.path(file.sha256).read_bytes().startswith(b"%PDF-")
    await press.close()

"""A meeting with seven deadlines is moved: the preview, one message to each person concerned, the calendar feed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from bot.settings import SHIPPED_MANDATE
from tests.scenarios.slack_town import a_town
from tests.scenarios.steps import opened
from tests.scenarios.world import CHAIR, FIELDS, LEAD, MEMBER, OFFICE, OWNER, SUBMITTER, Chat, World, words

SEVEN = ("call", "intake_closes", "wg_papers", "wg_minutes", "pack", "attendance", "practical")
NOW = datetime.fromisoformat("2026-04-15T10:00:00+02:00")
EVERYBODY = (*range(1, 8), *range(11, 22), 31, 41)
ANOTHER = 8
"""A guest whose case wants another meeting."""


@dataclass
class Hall:
    world: World
    chats: dict[int, Chat]

    async def planned(self, start: str) -> None:
        preview = await self.chats[LEAD].say(f"nytt møte styret {start}")
        await self.chats[LEAD].press(preview, "meeting.create")
        await self.world.quiet()

    async def wants(self, digits: int, meeting: str, title: str) -> None:
        """A case on its way that wants to be treated in that meeting."""
        form = await opened(self.chats[digits])
        wish = {"title": title, "wanted_meeting": meeting, "reason_incomplete": "De kommer."}
        await self.chats[digits].press(form, "case.submit", **{**FIELDS, **wish})
        await self.world.quiet()

    def counts(self) -> dict[int, int]:
        """How many notices each has got so far."""
        return {n: len(chat.notices) for n, chat in self.chats.items()}

    def new(self, digits: int, before: dict[int, int]) -> list[Any]:
        return self.chats[digits].notices[before[digits] :]


def _mandate(folder: Path) -> Path:
    """The shipped file with seven of its deadlines."""
    head, *deadlines = SHIPPED_MANDATE.read_text(encoding="utf-8").split("[[deadline]]")
    kept = [part for part in deadlines if re.search(r'id = "(\w+)"', part)[1] in SEVEN]  # type: ignore[index]  # each has an id
    assert len(kept) == 7
    path = folder / "mandat.toml"
    path.write_text("[[deadline]]".join([head, *kept]), encoding="utf-8")
    return path


@pytest.fixture
async def hall(url: str, chat: str, tmp_path: Path) -> AsyncIterator[Hall]:
    options = {"public_url": "http://127.0.0.1:1"}
    async with a_town(chat, url, tmp_path, now=NOW, mandate=_mandate(tmp_path), **options) as world:
        chats = {n: world.person(n, f"Person {n}") for n in (*EVERYBODY, ANOTHER)}
        for one in chats.values():
            await one.join()
        yield Hall(world, chats)


async def test_the_preview_names_every_deadline_and_nobody_is_told_before_it_is_confirmed(hall: Hall) -> None:
    await hall.planned("2026-05-28 09:00")
    before = hall.counts()
    preview = await hall.chats[OFFICE].say("flytt møte styret 2026-05-28 til 2026-05-21 09:00")
    said = words(preview)
    assert "torsdag 28. mai 2026" in said
    assert "torsdag 21. mai 2026" in said
    assert said.count("passert") >= 2, "the call and the end of the intake"
    for day in ("mandag 27. april", "onsdag 6. mai", "mandag 11. mai", "fredag 15. mai"):
        assert day in said, day
    await hall.world.quiet()
    assert [n for n in hall.chats if hall.new(n, before)] == []


async def test_one_message_to_each_concerned_and_none_to_others(hall: Hall) -> None:
    await hall.planned("2026-05-28 09:00")
    await hall.planned("2026-08-27 09:00")
    await hall.wants(SUBMITTER, "28. mai 2026", "Regional radiologiløsning")
    await hall.wants(ANOTHER, "27. august 2026", "En annen sak")
    await hall.world.in_channel(hall.chats[LEAD], "kanal")
    await hall.world.quiet()
    before = hall.counts()
    posts = len(hall.world.channel_posts())
    preview = await hall.chats[OFFICE].say("flytt møte styret 2026-05-28 til 2026-05-21 09:00")
    await hall.chats[OFFICE].press(preview, "meeting.move")
    await hall.world.quiet()
    told = {n: len(hall.new(n, before)) for n in hall.chats}
    concerned = {SUBMITTER, OWNER, LEAD, CHAIR, *range(11, 22)}
    assert {n for n, count in told.items() if count} == concerned
    assert set(told.values()) == {0, 1}
    moved = await hall.chats[MEMBER].sees("flyttet")
    assert "torsdag 21. mai 2026" in words(moved)
    theirs = await hall.chats[SUBMITTER].sees("flyttet")
    assert "Regional radiologiløsning" in words(theirs)
    public = hall.world.channel_posts()[posts:]
    assert len(public) == 1
    assert "Person" not in words(public[0])


async def test_pressed_ten_times_it_is_moved_once(hall: Hall) -> None:
    await hall.planned("2026-05-28 09:00")
    preview = await hall.chats[OFFICE].say("flytt møte styret 2026-05-28 til 2026-05-21 09:00")
    before = hall.counts()
    for _ in range(10):
        answer = await hall.chats[OFFICE].press(preview, "meeting.move")
        assert "torsdag 21. mai 2026" in words(answer)
    await hall.world.quiet()
    assert len(hall.new(MEMBER, before)) == 1


async def test_the_calendar_follows(hall: Hall) -> None:
    await hall.planned("2026-05-28 09:00")
    path = await _subscribed(hall, MEMBER)
    meeting, attendance = _events(await _fetched(hall, path))
    assert (meeting["DTSTART"].dt.isoformat(), meeting["SEQUENCE"]) == ("2026-05-28T09:00:00+02:00", 0)
    assert attendance["DTSTART"].dt == date(2026, 5, 22)
    preview = await hall.chats[OFFICE].say("flytt møte styret 2026-05-28 til 2026-05-21 09:00")
    await hall.chats[OFFICE].press(preview, "meeting.move")
    after, attendance_after = _events(await _fetched(hall, path))
    assert (after["DTSTART"].dt.isoformat(), after["SEQUENCE"]) == ("2026-05-21T09:00:00+02:00", 1)
    assert after["UID"] == meeting["UID"]
    assert (attendance_after["UID"], attendance_after["SEQUENCE"]) == (attendance["UID"], 1)
    assert attendance_after["DTSTART"].dt == date(2026, 5, 15)
    preview = await hall.chats[OFFICE].say("avlys møte styret 2026-05-21")
    await hall.chats[OFFICE].press(preview, "meeting.cancel", reason="For få saker.")
    cancelled, _ = _events(await _fetched(hall, path))
    assert (str(cancelled["STATUS"]), cancelled["SEQUENCE"]) == ("CANCELLED", 2)


async def test_a_calendar_address_can_be_replaced_and_opens_nothing_then(hall: Hall) -> None:
    first = await _subscribed(hall, MEMBER)
    second = await _subscribed(hall, MEMBER)
    assert (await _status(hall, first), await _status(hall, second)) == (404, 200)
    await hall.chats[MEMBER].say("kalender av")
    assert await _status(hall, second) == 404
    assert await _status(hall, "/calendar/" + "x" * 43 + ".ics") == 404
    assert await _status(hall, "/calendar/" + "x" * 5000 + ".ics") == 404


async def _subscribed(hall: Hall, digits: int) -> str:
    card = await hall.chats[digits].say("kalender ny")
    found = re.search(r"http://127\.0\.0\.1:1(/calendar/[\w-]+\.ics)", str(card))
    assert found, words(card)
    return found[1]


async def _fetched(hall: Hall, path: str) -> Calendar:
    async with hall.world.session.get(hall.world.url + path) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/calendar"
        calendar = Calendar.from_ical(await answer.read())
        assert isinstance(calendar, Calendar)
        return calendar


async def _status(hall: Hall, path: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(hall.world.url + path) as answer:
        return answer.status


def _events(calendar: Calendar) -> tuple[Any, Any]:
    """The meeting, and the deadline to say whether one comes."""
    events: list[Any] = list(calendar.walk("VEVENT"))
    (meeting,) = (e for e in events if isinstance(e["DTSTART"].dt, datetime))
    (attendance,) = (e for e in events if ".attendance@" in e["UID"])
    return meeting, attendance

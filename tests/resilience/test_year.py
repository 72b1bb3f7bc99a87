"""The demo board, August 2026 to March 2028, in a real process: every notice once, at its time, as rehearsed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from board.clock import OSLO
from bot.calendar import NorwegianCalendar
from tests.fakes.connector import FakeConnector
from tests.fakes.ledger import Call
from tests.fakes.teams import Persona
from tests.scenarios.world import LEAD, button
from tests.security.process import Server, run

START = "2026-08-03T07:00"
FIRST, LAST = "2026-08-03", "2028-03-31"
EVERYBODY = (*range(1, 8), *range(11, 22), 31, 41)
MEETINGS = (
    *("2026-11-05 09:00", "2026-12-17 09:00", "2027-02-11 09:00", "2027-04-15 09:00", "2027-06-10 09:00"),
    *("2027-09-16 09:00", "2027-11-11 09:00", "2028-01-13 09:00", "2028-03-16 09:00"),
)
"""So that deadlines lie around 25 October 2026, 28 March 2027, 31 October 2027 and 29 February 2028."""
GROUPS = ("2026-10-16 12:00", "2028-02-24 12:00")
QUIET = ("2026-10-25 02:30", "2027-03-28 03:30", "2027-10-31 02:30", "2028-02-29 03:00", "2027-05-17 09:00")
"""Instants at which nothing may go out: nights of a change of the clock, and a holiday in office hours."""


@dataclass
class Board:
    """The process, the platform, and those who act."""

    server: Server
    platform: FakeConnector
    session: aiohttp.ClientSession

    def persona(self, digits: int) -> Persona:
        return Persona(digits, service_url=self.platform.url)

    async def post(self, payload: dict[str, Any]) -> Any:
        async with self.session.post(f"{self.server.url}/api/messages", json=payload) as answer:
            text = await answer.text()
            assert answer.status in (200, 202), text
            return json.loads(text) if text.startswith("{") else None

    async def say(self, digits: int, text: str) -> dict[str, Any]:
        """Says it, and gives the newest card afterwards."""
        persona = self.persona(digits)
        before = len(self.platform.ledger.of(persona.chat))
        await self.post(persona.says(text))
        await self.platform.wait_for(lambda ledger: len(ledger.of(persona.chat)) > before)
        return self.platform.ledger.latest_card(persona.chat)

    async def plan(self, words: str) -> None:
        """A meeting, from its words to its confirmation."""
        preview = await self.say(LEAD, words)
        answer = await self.post(
            self.persona(LEAD).presses("meeting.create", button(preview, "meeting.create")["data"])
        )
        assert answer["statusCode"] == 200, answer

    async def move_clock(self, to: str) -> None:
        """With a person of no role, so that the answer is no notice."""
        await self.post(self.persona(99).says(f"tid {to}"))

    async def rehearsed(self) -> list[dict[str, str]]:
        done = run(self.server.folder, "rehearse", "--from", FIRST, "--to", LAST, "--json")
        assert done.returncode == 0, done.stderr
        found: list[dict[str, str]] = json.loads(done.stdout)
        return found

    async def come(self, count: int) -> None:
        """Waits until so many notices have come."""
        if len(self.notices()) < count:
            try:
                await self.platform.wait_for(lambda _: len(self.notices()) >= count)
            except TimeoutError:
                raise AssertionError(f"{count - len(self.notices())} notices never came") from None

    def notices(self) -> list[Call]:
        """New messages to the demo board's people that nobody asked for."""
        theirs = {self.persona(digits).chat for digits in EVERYBODY}
        return [call for call in self.platform.ledger.messages if call.kind == "send" and call.conversation in theirs]


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[Board]:
    for command in (("migrate",), ("seed-demo", "--empty", "--now", START)):
        assert run(tmp_path, *command).returncode == 0
    settings = {"SAKSGANG_ACTS_PER_MINUTE": "0"}
    async with (
        FakeConnector() as platform,
        aiohttp.ClientSession() as session,
        Server(tmp_path, ("--local", "--now", START), settings) as server,
    ):
        found = Board(server, platform, session)
        for digits in EVERYBODY:
            await found.post(found.persona(digits).installs())
        await platform.wait_for(lambda ledger: len(ledger.messages) == len(EVERYBODY))
        yield found


async def test_a_year_and_a_half_goes_as_it_was_rehearsed(board: Board) -> None:
    for start in MEETINGS:
        await board.plan(f"nytt møte styret {start}")
    for start in GROUPS:
        await board.plan(f"nytt møte AU {start}")
    rehearsed = await board.rehearsed()
    assert len(rehearsed) > 500
    by_time: dict[str, Counter[str]] = {}
    for entry in rehearsed:
        by_time.setdefault(entry["local"], Counter())[entry["to"]] += 1
    asked_for = len(board.notices())
    total = 0
    for local, to in _instants(by_time):
        await board.move_clock(local[:16])
        total += sum(to.values())
        await board.come(asked_for + total)
        came = board.notices()[asked_for + total - sum(to.values()) :]
        assert Counter(call.conversation.removeprefix("a:") for call in came) == to, local
    await board.move_clock("2028-04-03 12:00")
    assert _told(board) == total + _after(rehearsed)
    _at_the_right_time(rehearsed)
    _written_as_sent(board, total)


def _instants(by_time: dict[str, Counter[str]]) -> list[tuple[str, Counter[str]]]:
    """Eight o'clock of every day, and times at which nothing may go out, in order."""
    first, last = date.fromisoformat(FIRST), date.fromisoformat(LAST)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    times = [datetime.combine(day, time(8), OSLO) for day in days]
    times += [datetime.fromisoformat(at).replace(tzinfo=OSLO) for at in QUIET]
    found = [(at.isoformat(), by_time.pop(at.isoformat(), Counter[str]())) for at in sorted(times)]
    assert not by_time, "nothing at another time of day"
    return found


def _told(board: Board) -> int:
    rows = board.server.query("SELECT count(*) FROM outbox WHERE copy_id IS NULL AND created_at < '2028-04-01'")
    return int(str(rows[0][0]))


def _after(rehearsed: list[dict[str, str]]) -> int:
    return sum(datetime.fromisoformat(entry["at"]) > datetime(2028, 4, 1, tzinfo=UTC) for entry in rehearsed)


def _at_the_right_time(rehearsed: list[dict[str, str]]) -> None:
    calendar = NorwegianCalendar()
    for entry in rehearsed:
        local = datetime.fromisoformat(entry["local"])
        assert (local.hour, local.minute) == (8, 0), entry
        assert calendar.is_working_day(local.date()), entry
    days = {datetime.fromisoformat(entry["local"]).date() for entry in rehearsed}
    for change in (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)):
        near = [day for day in days if abs(day - change) <= timedelta(days=9)]
        assert near, f"the year says nothing of {change}"
    digests = [(e["to"], e["local"][:10]) for e in rehearsed if e["kind"] == "tasks.digest"]
    assert len(digests) == len(set(digests)), "one digest a person and day"


def _written_as_sent(board: Board, total: int) -> None:
    """The proof in the database: as many rows, each sent once, none given up."""
    states = board.server.query("SELECT state, count(*) FROM outbox WHERE copy_id IS NULL GROUP BY state")
    assert states == [("sent", total)]

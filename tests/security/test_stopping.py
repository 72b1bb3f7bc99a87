"""SIGTERM under load: intake stops, what is under way ends, the exit code is 0, and nothing is half-written."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.connector import FakeConnector
from tests.fakes.teams import Persona
from tests.scenarios.world import BP2, FIELDS
from tests.security.process import Server, run

WORKERS = 12
ENOUGH = 60


async def test_stopped_under_load_it_ends_well(local: Path) -> None:
    """Many people submit cases when the signal comes; afterwards every case has its whole story, and no more."""
    settings = {"SAKSGANG_ACTS_PER_MINUTE": "0"}
    async with FakeConnector() as platform, Server(local, settings=settings) as server:
        acknowledged: list[str] = []
        enough = asyncio.Event()
        load = [asyncio.create_task(_submit_on(server, platform, n, acknowledged, enough)) for n in range(WORKERS)]
        async with asyncio.timeout(60):
            await enough.wait()
        server.ask_to_end()
        assert await server.ended(25) == 0
        await asyncio.gather(*load)
        assert "Traceback" not in server.words, server.words[-3000:]
        stored = {str(row[0]): row for row in server.query("SELECT id, rev, state FROM cases")}
        assert set(acknowledged) <= set(stored), "what was answered is stored"
        for case, rev, state in stored.values():
            log = server.query(f"SELECT rev, to_state FROM history WHERE object_id = '{case}' ORDER BY seq")  # noqa: S608  # our own id
            assert [row[0] for row in log] == list(range(1, int(str(rev)) + 1))
            assert log[-1][1] == state
            told = server.query(f"SELECT count(*) FROM outbox WHERE object_id = '{case}' AND copy_id IS NULL")  # noqa: S608  # our own id
            assert told == [(1 if state == "awaiting_owner" else 0,)]
        assert {state for _, _, state in stored.values()} <= {"draft", "awaiting_owner"}
        assert all(stored[case][2] == "awaiting_owner" for case in acknowledged)
    verdict = run(local, "audit", "verify")
    assert (verdict.returncode, "the log is whole" in verdict.stdout) == (0, True), verdict.stdout + verdict.stderr


async def _submit_on(
    server: Server, platform: FakeConnector, number: int, acknowledged: list[str], enough: asyncio.Event
) -> None:
    """One person, one case after the other, until the bot is gone."""
    persona = Persona(300 + number, f"Gjest {number}", platform.url)
    async with aiohttp.ClientSession() as session:

        async def post(payload: dict[str, Any]) -> Any:
            async with session.post(f"{server.url}/api/messages", json=payload) as answer:
                return json.loads(await answer.read() or b"{}")

        try:
            while True:
                await post(persona.says("start ny"))
                form = await post(persona.presses("case.start", {"id": "", "rev": 0, **BP2}))
                case = next(a["data"]["id"] for a in form["value"]["actions"] if a.get("verb") == "case.submit")
                answers = {**FIELDS, "reason_incomplete": "Kommer."}
                sent = await post(persona.presses("case.submit", {"id": case, "rev": 1, **answers}))
                if "Sendt til prosjekteier" in json.dumps(sent, ensure_ascii=False):
                    acknowledged.append(case)
                if len(acknowledged) >= ENOUGH:
                    enough.set()
        except (aiohttp.ClientError, KeyError):
            return

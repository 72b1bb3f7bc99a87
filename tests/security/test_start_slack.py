"""What the process says of Slack before it starts, and that none of it is a secret."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from tests.security.process import Server, run

BOT = "xoxb-2404-hemmelig7c1"
SECRET = "8f742231b10e8888abcd99eee85a5c1d"
NOBODY = "https://127.0.0.1:9/api/"
"""Where no Slack is: nothing may leave the machine."""
OVER_HTTP = {
    "SAKSGANG_SLACK_TEAM": "T0HSO",
    "SAKSGANG_SLACK_BOT_TOKEN": BOT,
    "SAKSGANG_SLACK_SIGNING_SECRET": SECRET,
    "SAKSGANG_SLACK_API_URL": NOBODY,
}
BY_SOCKET = {name: value for name, value in OVER_HTTP.items() if not name.endswith("SECRET")} | {
    "SAKSGANG_SLACK_APP_TOKEN": "xapp-1-hemmelig7c1"
}


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("doctor",)])
def test_half_of_slack_refuses_and_names_the_rest(installed: Path, command: tuple[str, ...]) -> None:
    ended = run(installed, *command, SAKSGANG_SLACK_BOT_TOKEN=BOT)
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    assert "SAKSGANG_SLACK_TEAM is missing" in said
    assert "SAKSGANG_SLACK_SIGNING_SECRET is missing" in said
    assert "SAKSGANG_APP_ID" not in said, "a board in Slack alone needs nothing of Teams"
    assert "hemmelig7c1" not in said
    assert "Traceback" not in said


def test_slack_alone_is_a_whole_installation(installed: Path) -> None:
    ended = run(installed, "doctor", seconds=60, **OVER_HTTP)
    assert "all is well" in ended.stdout, ended.stdout
    assert ended.returncode == 0


def test_local_mode_refuses_the_real_slack(local: Path) -> None:
    ended = run(
        local, "serve", "--local", "--port", "0", seconds=60,
        **{name: value for name, value in OVER_HTTP.items() if name != "SAKSGANG_SLACK_API_URL"},
    )  # fmt: skip
    assert ended.returncode == 2
    assert "SAKSGANG_SLACK_API_URL" in ended.stderr
    assert "hemmelig7c1" not in ended.stderr
    assert SECRET not in ended.stderr


async def _status(session: aiohttp.ClientSession, url: str) -> int:
    async with session.post(url, data=b"{}", headers={"Content-Type": "application/json"}) as answer:
        return answer.status


@pytest.mark.parametrize(
    ("settings", "slack"), [(OVER_HTTP, 401), (BY_SOCKET, 404), (OVER_HTTP | BY_SOCKET, 401)], ids=str
)
async def test_only_the_doors_that_are_set_are_there(installed: Path, settings: dict[str, str], slack: int) -> None:
    """Without a signing secret nobody could be told from Slack; without Teams no Bot Framework request is read."""
    async with Server(installed, (), settings) as server, aiohttp.ClientSession() as session:
        assert await _status(session, f"{server.url}/slack/events") == slack
        assert await _status(session, f"{server.url}/api/messages") == 404
    assert "hemmelig7c1" not in server.words

"""Answers that are not Slack's: a call gives an outcome all the same, and nothing goes where it should not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channels.base import Halted, Retry
from bot.channels.slack.outcomes import Ok
from tests.bot.channels.slack.outgoing import outgoing
from tests.bot.channels.slack.strange import Strange
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [
        (200, b"<html>sign in to the network</html>", "text/html"),
        (200, b"ok", "text/plain"),
        (200, b"{", "application/json"),
        (200, b"", "application/json"),
        (200, b"[]", "application/json"),
        (200, b'["ok"]', "application/json"),
        (200, b"null", "application/json"),
        (200, b"\xff\xfe", "application/json"),
        (200, b"\x1f\x8b", "application/gzip"),
        (503, b"{", "application/json"),
        (500, b'{"ok": true}', "application/json"),
        (502, b"upstream", "text/plain"),
        (404, b"\x1f\x8b", "application/gzip"),
    ],
)
async def test_whatever_is_answered_a_call_does_not_throw(
    slack: FakeSlack, status: int, body: bytes, content_type: str
) -> None:
    async with Strange(status, body, content_type) as strange, outgoing(slack, api_url=f"{strange.url}/api/") as out:
        called = await out.web.call("chat.postMessage", channel="D1", text="x")
        assert isinstance(called, Retry)
        assert called.after is None
        assert not called.throttled


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_the_token_and_what_people_wrote_follow_no_redirect(slack: FakeSlack, status: int) -> None:
    async with Strange(200, b'{"ok": true}', "application/json") as other:
        target = f"{other.url}/api/chat.postMessage"
        async with Strange(status, b"", "text/html", target) as first:
            async with outgoing(slack, api_url=f"{first.url}/api/") as out:
                called = await out.web.call("chat.postMessage", channel="D1", text="x")
            assert called == Retry(None, throttled=False, detail=f"http {status}")
            assert first.came == [("/api/chat.postMessage", f"Bearer {BOT_TOKEN}")]
        assert other.came == []


async def test_no_proxy_of_the_machine_is_used_in_local_mode(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Strange(200, b"", "text/plain") as proxy:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            monkeypatch.setenv(name, proxy.url)
        async with outgoing(slack) as out:
            assert isinstance(await out.web.call("auth.test"), Ok)
        assert proxy.came == []


async def test_what_slack_did_not_take_is_told_by_its_place(slack: FakeSlack) -> None:
    body = (
        b'{"ok": false, "error": "invalid_blocks", "response_metadata": {"messages": '
        b'["[ERROR] must be less than 3001 characters: Kanari [json-pointer:/blocks/0/text/text]", 3, "x"]}}'
    )
    async with Strange(200, body, "application/json") as strange, outgoing(slack, api_url=f"{strange.url}/api/") as out:
        with capture_logs() as logs:
            called = await out.web.call("chat.postMessage", channel="D1", text="x")
    assert called == Halted("refused", "invalid_blocks")
    (log,) = logs
    assert log["at"] == ["/blocks/0/text/text"]
    assert "Kanari" not in str(log)


async def test_the_token_of_another_workspace_is_said_to_the_operators(slack: FakeSlack) -> None:
    answer = b'{"ok": true, "team_id": "T0OTHER", "user_id": "U0OTHER"}'
    async with (
        Strange(200, answer, "application/json") as strange,
        outgoing(slack, api_url=f"{strange.url}/api/") as out,
    ):
        with capture_logs() as logs:
            assert await out.web.me() == Retry(None, throttled=False, detail="wrong_team")
    assert [log["event"] for log in logs] == ["slack_not_set_up"]

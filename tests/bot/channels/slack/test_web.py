"""The Web API over real HTTP: one try or a few, faults of every kind, and nothing in the logs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.base import Halted, Retry
from bot.channels.slack.outcomes import Ok
from bot.channels.slack.web import Me
from tests.bot.channels.slack.outgoing import Monotonic, Outgoing, outgoing
from tests.fakes.faults import Fault
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, BOT_USER, TEAM

CANARY = "Kanarifugl kari.nordmann@example.org"


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running


@pytest.fixture
async def out(slack: FakeSlack) -> AsyncIterator[Outgoing]:
    async with outgoing(slack, Monotonic().tempo) as running:
        yield running


async def test_json_and_forms_arrive_as_they_are_meant(out: Outgoing) -> None:
    address = out.dm("kari", email="kari@example.org")
    posted = await out.web.call("chat.postMessage", channel=address.conversation, text="hei æøå", blocks=None)
    assert isinstance(posted, Ok)
    (call,) = out.slack.ledger.of("chat.postMessage")
    assert call.arguments == {"channel": address.conversation, "text": "hei æøå"}
    known = await out.web.call("users.info", user="U0KARI", include_locale=True)
    assert isinstance(known, Ok)
    assert known.data["user"]["locale"] == "nb-NO"


async def test_a_delivery_gets_one_try(out: Outgoing) -> None:
    address = out.dm("kari")
    out.slack.faults.add(Fault(status=429, retry_after="3"), Fault(status=429), Fault(error="internal_error"))
    arguments: dict[str, Any] = {"channel": address.conversation, "text": "x"}
    outcomes = [await out.web.call("chat.postMessage", **arguments) for _ in range(4)]
    assert outcomes[0] == Retry(3.0, throttled=True, detail="ratelimited")
    assert outcomes[1] == Retry(None, throttled=True, detail="ratelimited")
    assert outcomes[2] == Retry(None, throttled=False, detail="internal_error")
    assert isinstance(outcomes[3], Ok)
    assert len(out.slack.ledger.calls) == 1


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(status=429, retry_after="4"), 4.0),
        (Fault(status=429), 1.0),
        (Fault(status=503), 1.0),
        (Fault(error="fatal_error"), 1.0),
        (Fault(reset="before"), 1.0),
    ],
)
async def test_an_answer_is_patient_as_long_as_the_platform_says(
    slack: FakeSlack, fault: Fault, seconds: float
) -> None:
    at = Monotonic()
    async with outgoing(slack, at.tempo) as out:
        address, began = out.dm("kari"), at()
        slack.faults.add(fault)
        posted = await out.web.call("chat.postMessage", urgent=True, channel=address.conversation, text="x")
        assert isinstance(posted, Ok)
        assert at() - began == seconds
        assert len(slack.ledger.messages(address.conversation)) == 1


async def test_an_answer_is_given_up_within_seconds(slack: FakeSlack) -> None:
    at = Monotonic()
    async with outgoing(slack, at.tempo) as out:
        began = at()
        slack.faults.add(*[Fault(status=503)] * 9)
        gone = await out.web.call("chat.postMessage", urgent=True, channel=out.dm("kari").conversation, text="x")
        assert gone == Retry(None, throttled=False, detail="http 503")
        assert slack.faults.played == 4
        assert at() - began == 7.0  # 1 + 2 + 4
        slack.faults.clear()
        slack.faults.add(Fault(status=429, retry_after="30"))
        long = await out.web.call("chat.postMessage", urgent=True, channel=out.dm("ola").conversation, text="x")
        assert long == Retry(30.0, throttled=True, detail="ratelimited")
        assert at() - began == 7.0


async def test_what_the_operators_must_mend_is_not_tried_again(out: Outgoing) -> None:
    out.slack.bot_token = "xoxb-another"
    with capture_logs() as logs:
        refused = await out.web.call("chat.postMessage", urgent=True, channel="D1", text=CANARY)
    assert refused == Retry(None, throttled=False, detail="invalid_auth")
    assert [(log["event"], log["problem"]) for log in logs] == [("slack_not_set_up", "invalid_auth")]


async def test_a_missing_scope_is_named(out: Outgoing) -> None:
    out.slack.workspace.scopes = frozenset({"im:write"})
    with capture_logs() as logs:
        refused = await out.web.call("users.info", user="U1")
    assert refused == Retry(None, throttled=False, detail="missing_scope")
    (log,) = logs
    assert (log["method"], log["problem"], log["needed"]) == ("users.info", "missing_scope", "users:read")


async def test_a_trigger_is_used_at_once_or_not_at_all(out: Outgoing) -> None:
    out.slack.faults.add(Fault(status=503), conversation="views.open")
    called = await out.web.call("views.open", urgent=True, trigger_id="1.2.3", view={"type": "modal"})
    assert called == Retry(None, throttled=False, detail="http 503")
    assert out.slack.faults.played == 1
    again = await out.web.call("views.open", urgent=True, trigger_id="1.2.3", view={"type": "modal"})
    assert isinstance(again, Halted)


@pytest.mark.parametrize("reset", ["before", "after"])
async def test_a_broken_connection_loses_nothing_and_doubles_at_most_once(out: Outgoing, reset: str) -> None:
    address = out.dm("kari")
    out.slack.faults.add(Fault(reset="before" if reset == "before" else "after"))
    arguments: dict[str, Any] = {"channel": address.conversation, "text": "x"}
    broken = await out.web.call("chat.postMessage", **arguments)
    assert isinstance(broken, Retry)
    assert not broken.throttled
    assert isinstance(await out.web.call("chat.postMessage", **arguments), Ok)
    assert len(out.slack.ledger.messages(address.conversation)) == (1 if reset == "before" else 2)


async def test_a_server_that_hangs_is_left_in_time(slack: FakeSlack) -> None:
    async with outgoing(slack, timeout=0.3) as out:
        slack.faults.add(Fault(delay=30))
        began = monotonic()
        called = await out.web.call("chat.postMessage", channel=out.dm("kari").conversation, text="x")
        assert called == Retry(None, throttled=False, detail="timeout")
        assert monotonic() - began < 5


async def test_a_server_that_is_not_there(slack: FakeSlack) -> None:
    async with outgoing(slack, api_url="http://127.0.0.1:1/api/") as out:
        called = await out.web.call("chat.postMessage", channel="D1", text="x")
        assert isinstance(called, Retry)
        assert not called.throttled


async def test_no_log_holds_a_token_or_what_people_wrote(
    out: Outgoing, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("", "slack_sdk", "slack_sdk.web.async_base_client", "slack", "aiohttp"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    address = out.dm("kari", email="kari.nordmann@example.org")
    too_long = [{"type": "section", "text": {"type": "plain_text", "text": CANARY * 200}}]
    faults = [Fault(), Fault(status=500), Fault(reset="before"), Fault(error="invalid_blocks"), Fault(status=429)]
    out.slack.faults.add(*faults)
    with capture_logs() as logs:
        for _ in range(6):
            await out.web.call("chat.postMessage", channel=address.conversation, text=CANARY, blocks=[])
        await out.web.call("chat.postMessage", channel=address.conversation, text=CANARY, blocks=too_long)
        await out.web.call("users.info", user="U0KARI")
        out.slack.bot_token = "xoxb-another"
        await out.web.call("chat.postMessage", channel=address.conversation, text=CANARY)
    printed = capfd.readouterr()
    everything = f"{logs} {caplog.text} {printed.out} {printed.err}"
    assert [log["event"] for log in logs] == ["slack_refused", "slack_refused", "slack_not_set_up"]
    for secret in ("Kanari", "nordmann", BOT_TOKEN, "xoxb"):
        assert secret not in everything


async def test_the_bot_knows_itself_and_asks_once(out: Outgoing) -> None:
    assert await out.web.me() == Me(TEAM, BOT_USER)
    assert await out.web.me() == Me(TEAM, BOT_USER)
    assert len(out.slack.ledger.of("auth.test")) == 1


async def test_a_call_that_is_broken_off_gives_its_room_back(slack: FakeSlack) -> None:
    at = Monotonic()
    async with outgoing(slack, at.tempo, rate_share=0.75) as out:
        address = out.dm("kari")
        slack.faults.add(*[Fault(delay=30)] * 3)
        arguments: dict[str, Any] = {"conversation": address.conversation, "channel": address.conversation, "text": "x"}
        calls = [asyncio.create_task(out.web.call("chat.postMessage", **arguments)) for _ in range(3)]
        await slack.wait_for(lambda _: slack.faults.played == 3)
        at.at += 60
        assert await out.web.call("chat.postMessage", **arguments) == Retry(5.0, throttled=True, detail="pace")
        for call in calls:
            call.cancel()
        await asyncio.wait(calls)
        at.at += 5
        assert isinstance(await out.web.call("chat.postMessage", **arguments), Ok)

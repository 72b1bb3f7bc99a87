"""The published rates, as the local Slack holds them."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.fakes.slack.conftest import client_of
from tests.fakes.slack.rates import SPECIAL, SlackRates
from tests.fakes.slack.server import FakeSlack


def test_a_channel_takes_a_burst_of_five_and_then_one_a_second() -> None:
    rates = SlackRates()
    post = "chat.postMessage"
    assert [rates.exceeded(post, SPECIAL, "D1", 100.0) for _ in range(5)] == [None] * 5
    assert rates.exceeded(post, SPECIAL, "D1", 102.0) == 3.0
    assert rates.exceeded(post, SPECIAL, "D2", 102.0) is None
    assert rates.exceeded(post, SPECIAL, "D1", 105.0) is None
    assert rates.violations == ["chat.postMessage in D1: more than 5 in 5 s"]


@pytest.mark.parametrize(("method", "tier", "most"), [("chat.update", 3, 50), ("views.open", 4, 100)])
def test_a_method_takes_its_tier_a_minute_over_all_channels(method: str, tier: int, most: int) -> None:
    rates = SlackRates()
    assert [rates.exceeded(method, tier, f"D{number}", 10.0) for number in range(most)] == [None] * most
    assert rates.exceeded(method, tier, "D1", 40.0) == 30.0
    assert rates.exceeded("another", tier, "D1", 40.0) is None
    assert rates.exceeded(method, tier, "D1", 70.0) is None


async def test_too_much_is_429_with_a_time_and_a_violation(session: aiohttp.ClientSession) -> None:
    moment = [0.0]
    async with FakeSlack(enforce_rates=True, speed=10.0, now=lambda: moment[0]) as slack:
        client, kari = client_of(slack, session), slack.persona("kari")
        slack.workspace.open_dm(kari.id)
        for _ in range(5):
            await client.chat_postMessage(channel=kari.dm, text="Hei")
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel=kari.dm, text="Hei")
        response = refused.value.response
        assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "5")
        assert slack.violations == [f"chat.postMessage in {kari.dm}: more than 5 in 5 s"]
        moment[0] += 0.5
        await client.chat_postMessage(channel=kari.dm, text="Hei")
        assert len(kari.messages) == 6

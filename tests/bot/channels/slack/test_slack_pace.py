"""The pacing over real HTTP, before a Slack that holds the published rates against the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from time import monotonic

import pytest

from bot.channels.base import Outcome, Retry, Sent
from bot.channels.rates import Tempo, windows
from bot.channels.slack.limits import POSTING, SLACK, TIER_2, TIER_3
from cards.message import Message
from tests.bot.channels.slack.outgoing import Monotonic, Outgoing, outgoing
from tests.fakes.faults import Fault
from tests.fakes.slack.methods import METHODS
from tests.fakes.slack.rates import TIERS
from tests.fakes.slack.server import FakeSlack

NOTICE = Message("notice")


@asynccontextmanager
async def paced(at: Monotonic, share: float = 0.75) -> AsyncIterator[Outgoing]:
    """A Slack that is strict and a bot that is paced, both by the same time."""
    async with FakeSlack(enforce_rates=True, now=at) as slack, outgoing(slack, at.tempo, rate_share=share) as out:
        yield out
        assert slack.violations == []


@pytest.fixture
def at() -> Monotonic:
    return Monotonic()


def test_three_quarters_of_what_is_published() -> None:
    assert windows(POSTING.per_conversation, 0.75, 1) == ((3, 5.0), (45, 60.0))
    assert windows(TIER_3.per_app, 0.75, 1) == ((37, 60.0),)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_is_held_to_its_published_tier(method: str) -> None:
    tier, ours = METHODS[method].tier, SLACK[method]
    if tier in TIERS:
        assert ours.per_app == ((TIERS[tier], 60.0),)
    assert ours is not TIER_2  # what a method gets that nobody has looked up


async def test_a_hundred_notices_to_one_conversation(at: Monotonic) -> None:
    async with paced(at) as out:
        address, began = out.dm("kari"), at()
        while len(out.slack.ledger.messages(address.conversation)) < 100:
            outcome = await out.channel.send(address, NOTICE)
            if isinstance(outcome, Retry):
                assert outcome.detail == "pace"
                assert outcome.throttled
                at.at += outcome.after or 0.0
        assert 120 <= at() - began < 170  # 45 a minute, and nothing is wasted


async def test_one_busy_conversation_does_not_delay_the_others(at: Monotonic) -> None:
    async with paced(at) as out:
        busy, began = out.dm("busy"), at()
        outcomes = [await out.channel.send(busy, NOTICE) for _ in range(4)]
        assert [type(outcome) for outcome in outcomes] == [Sent, Sent, Sent, Retry]
        for number in range(200):
            assert isinstance(await out.channel.send(out.dm(f"p{number}"), NOTICE), Sent)
        assert at() == began


async def test_an_answer_waits_for_room_where_a_notice_comes_back(at: Monotonic) -> None:
    async with paced(at) as out:
        address, began = out.dm("kari"), at()
        for _ in range(5):
            assert isinstance(await out.channel.send(address, NOTICE, urgent=True), Sent)
        assert at() == began
        assert await out.channel.send(address, NOTICE) == Retry(5.0, throttled=True, detail="pace")
        assert at() == began
        assert isinstance(await out.channel.send(address, NOTICE, urgent=True), Sent)
        assert at() == began + 5.0


async def test_a_trigger_does_not_wait(at: Monotonic) -> None:
    async with paced(at) as out:
        began = at()
        for _ in range(100):
            await out.web.call("views.open", urgent=True, trigger_id="none", view={})
        at.at += 55
        held = await out.web.call("views.open", urgent=True, trigger_id="none", view={})
        assert held == Retry(5.0, throttled=True, detail="pace")
        assert at() == began + 55
        out.slack.violations.clear()  # of the empty views, which no rate is about


async def test_redrawings_leave_room_for_people(at: Monotonic) -> None:
    async with paced(at) as out:
        address, began = out.dm("kari"), at()
        sent = await out.channel.send(address, NOTICE)
        assert isinstance(sent, Sent)
        done = [await out.channel.update(address, sent.message_id, NOTICE) for _ in range(38)]
        assert [type(outcome) for outcome in done] == [Sent] * 37 + [Retry]
        for _ in range(13):
            assert isinstance(await out.channel.update(address, sent.message_id, NOTICE, urgent=True), Sent)
        assert at() == began


async def test_ten_minutes_of_refusals_cost_one_call_each_time_the_platform_said(at: Monotonic) -> None:
    async with paced(at) as out:
        busy, person, until = out.dm("busy"), out.dm("person"), at() + 600
        out.slack.faults.add(*[Fault(status=429, retry_after="30")] * 20, conversation=busy.conversation)
        while at() < until:
            assert isinstance(await out.channel.send(busy, NOTICE), Retry)
            assert isinstance(await out.channel.send(out.dm(f"c{at():.0f}"), NOTICE), Sent)
            assert isinstance(await out.channel.send(person, NOTICE, urgent=True), Sent)
            at.at += 3
        assert out.slack.faults.played == 20
        assert isinstance(await out.channel.send(busy, NOTICE), Sent)
        assert len(out.slack.ledger.calls) == 401


async def test_a_refusal_that_names_no_time_rests_longer_and_longer(at: Monotonic) -> None:
    async with paced(at) as out:
        busy, tries = out.dm("busy"), list[float]()
        out.slack.faults.add(*[Fault(status=429)] * 5, conversation=busy.conversation)
        while True:
            played = out.slack.faults.played
            outcome: Outcome = await out.channel.send(busy, NOTICE)
            if isinstance(outcome, Sent):
                break
            if out.slack.faults.played > played:
                tries.append(at())
            at.at += 1
        assert [later - early for early, later in pairwise(tries)] == [2.0, 4.0, 8.0, 16.0]


async def test_a_refused_method_rests_for_all_conversations_and_no_other_method(at: Monotonic) -> None:
    async with paced(at) as out:
        one, other = out.dm("one"), out.dm("other")
        first, second = await out.channel.send(one, NOTICE), await out.channel.send(other, NOTICE)
        assert isinstance(first, Sent)
        assert isinstance(second, Sent)
        out.slack.faults.add(Fault(status=429, retry_after="30"), conversation="chat.update")
        assert await out.channel.update(one, first.message_id, NOTICE) == Retry(30.0, True, "ratelimited")
        assert await out.channel.update(other, second.message_id, NOTICE) == Retry(30.0, True, "pace")
        assert isinstance(await out.channel.send(one, NOTICE), Sent)
        at.at += 30
        assert isinstance(await out.channel.update(other, second.message_id, NOTICE), Sent)


async def test_tests_may_run_the_time_of_rates_faster() -> None:
    async with FakeSlack(enforce_rates=True, speed=100.0) as slack:
        async with outgoing(slack, _hundredfold(), rate_share=0.75) as out:
            address, began = out.dm("kari"), monotonic()
            for _ in range(15):
                assert isinstance(await out.channel.send(address, NOTICE, urgent=True), Sent)
            assert monotonic() - began < 5
        assert slack.violations == []


def _hundredfold() -> Tempo:
    return Tempo(lambda: monotonic() * 100, lambda seconds: asyncio.sleep(seconds / 100))


async def test_without_a_share_nothing_is_held(at: Monotonic) -> None:
    async with FakeSlack(now=at) as slack, outgoing(slack, at.tempo, rate_share=0.0) as out:
        address = out.dm("kari")
        outcomes = [await out.channel.send(address, NOTICE) for _ in range(20)]
        assert all(isinstance(outcome, Sent) for outcome in outcomes)


async def test_a_method_that_nobody_looked_up_is_held_to_the_second_tier(at: Monotonic) -> None:
    async with FakeSlack(now=at) as slack, outgoing(slack, at.tempo, rate_share=0.75) as out:
        outcomes = [await out.web.call("bookmarks.list") for _ in range(16)]
        assert outcomes[14] == Retry(None, throttled=False, detail="unknown_method")
        assert outcomes[15] == Retry(60.0, throttled=True, detail="pace")

"""The pacing over real HTTP, before a platform that holds the published rates against the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from bot.channels.base import Outcome, Retry, Sent
from bot.channels.rates import Gate, OutgoingRates
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.connector import Connector, Opened, Response, open_session
from bot.channels.teams.limits import TEAMS
from tests.bot.channels.teams.support import Monotonic, MovableClock, local_edge
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import APP_ID, TENANT
from tests.fakes.faults import Fault

MESSAGE = {"type": "message", "summary": "x"}
IN_FLIGHT = 8


@asynccontextmanager
async def paced(now: Callable[[], float], share: float = 0.75) -> AsyncIterator[tuple[FakeConnector, Connector]]:
    """A platform that is strict and a connector that is paced, both by the same time."""
    config = TeamsConfig(APP_ID, TENANT, local=True)
    gate = Gate(OutgoingRates(TEAMS, share, 1, now), sleep=now.sleep if isinstance(now, Monotonic) else asyncio.sleep)
    async with FakeConnector(enforce_rates=True, now=now) as platform, open_session(config) as session:
        yield platform, Connector(session, config, MovableClock(), None, gate)
        assert platform.rates.violations == []


@pytest.fixture
async def at() -> Monotonic:
    return Monotonic()


async def deliver(connector: Connector, url: str, conversations: Sequence[str]) -> list[tuple[str, float]]:
    """As the pump does: eight at a time, one a conversation, later where told. Who got one, after how many seconds."""
    began, done = monotonic(), list[tuple[str, float]]()
    line = [(began, conversation) for conversation in conversations]

    async def one(conversation: str) -> None:
        outcome = await connector.send(url, conversation, MESSAGE)
        if isinstance(outcome, Sent):
            done.append((conversation, monotonic() - began))
        else:
            assert isinstance(outcome, Retry)
            assert outcome.throttled
            line.append((monotonic() + (2.0 if outcome.after is None else outcome.after), conversation))

    while line:
        claimed: dict[str, tuple[float, str]] = {}
        for row in line:
            if row[0] <= monotonic() and len(claimed) < IN_FLIGHT:
                claimed.setdefault(row[1], row)
        for row in claimed.values():
            line.remove(row)
        await asyncio.gather(*map(one, claimed))
        if not claimed:
            await asyncio.sleep(max(0.0, min(line)[0] - monotonic()))
    return done


async def test_three_hundred_notices_to_one_conversation(at: Monotonic) -> None:
    began = at()
    async with paced(at) as (platform, connector):
        while len(platform.ledger.calls) < 300:
            outcome = await connector.send(platform.url, "c", MESSAGE)
            if isinstance(outcome, Retry):
                assert outcome.detail == "pace"
                at.at += outcome.after or 0.0
        assert 180 <= at() - began < 200  # 45 in 30 s, and nothing is wasted


@pytest.mark.slow
async def test_one_busy_conversation_among_many_in_real_time() -> None:
    async with paced(monotonic) as (platform, connector):
        many = [f"c{number}" for number in range(60)]
        done = await deliver(connector, platform.url, ["busy"] * 20 + many)
        assert sorted(name for name, _ in done) == sorted(["busy"] * 20 + many)
        busy = [seconds for name, seconds in done if name == "busy"]
        others = [seconds for name, seconds in done if name != "busy"]
        assert max(busy) > 6.0  # six in two seconds
        assert max(others) < max(busy) / 2  # 37 a second would be two; they do not wait for the busy one


async def test_a_conversation_that_is_refused_does_not_delay_the_others() -> None:
    async with paced(monotonic) as (platform, connector):
        platform.faults.add(*[Fault(status=429, retry_after="0.6")] * 3, conversation="busy")
        many = [f"c{number}" for number in range(30)]
        done = await deliver(connector, platform.url, ["busy"] * 4 + many)
        assert sorted(name for name, _ in done) == sorted(["busy"] * 4 + many)
        assert max(seconds for name, seconds in done if name != "busy") < 1.0
        assert min(seconds for name, seconds in done if name == "busy") >= 1.8
        assert platform.faults.played == 3


async def test_ten_minutes_of_refusals_cost_one_call_each_time_the_platform_said(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        until = at() + 600
        platform.faults.add(*[Fault(status=429, retry_after="30")] * 20, conversation="busy")
        while at() < until:
            assert isinstance(await connector.send(platform.url, "busy", MESSAGE), Retry)
            assert isinstance(await connector.send(platform.url, f"c{at():.0f}", MESSAGE), Sent)
            assert isinstance(await connector.for_answers().send(platform.url, "person", MESSAGE), Sent)
            at.at += 3
        assert platform.faults.played == 20
        assert isinstance(await connector.send(platform.url, "busy", MESSAGE), Sent)
        assert len(platform.ledger.calls) == 401


async def test_answers_go_before_deliveries(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        began, answers = at(), connector.for_answers()
        for number in range(37):
            await connector.send(platform.url, f"c{number}", MESSAGE)
        for number in range(13):
            assert isinstance(await answers.reply(platform.url, f"p{number}", "m", MESSAGE), Sent)
        assert at() == began
        assert isinstance(await connector.send(platform.url, "late", MESSAGE), Sent)
        assert at() == began + 1.0
        assert len(platform.ledger.calls) == 51


async def test_people_are_answered_while_hundreds_of_notices_go_out() -> None:
    async with paced(monotonic) as (platform, connector):
        fan_out = asyncio.create_task(deliver(connector, platform.url, [f"c{number}" for number in range(90)]))
        await platform.wait_for(lambda ledger: len(ledger.calls) >= 37)
        began = monotonic()
        asking = [connector.for_answers().send(platform.url, f"p{number}", MESSAGE) for number in range(10)]
        outcomes: list[Outcome] = await asyncio.gather(*asking)
        took = monotonic() - began
        assert not fan_out.done()
        assert all(isinstance(outcome, Sent) for outcome in outcomes)
        notices = await fan_out
        assert took < notices[-1][1] / 2


async def test_an_answer_waits_for_room_where_a_notice_comes_back(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        began, answers = at(), connector.for_answers()
        for _ in range(7):
            assert isinstance(await answers.send(platform.url, "c", MESSAGE), Sent)
        assert await connector.update(platform.url, "c", "m1", MESSAGE) == Retry(2.0, throttled=True, detail="pace")
        assert at() == began
        assert isinstance(await answers.send(platform.url, "c", MESSAGE), Sent)
        assert at() == began + 1.0


async def test_an_answer_does_not_wait_for_a_rest_that_is_too_long(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        began, answers = at(), connector.for_answers()
        platform.faults.add(Fault(status=429, retry_after="25"))
        assert await answers.send(platform.url, "c", MESSAGE) == Retry(25.0, throttled=True, detail="http 429")
        assert await answers.send(platform.url, "c", MESSAGE) == Retry(25.0, throttled=True, detail="pace")
        assert at() == began
        assert platform.ledger.calls == []


async def test_a_sign_of_typing_is_dropped_where_there_is_no_room(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        for number in range(37):
            assert isinstance(await connector.typing(platform.url, f"c{number}", "28:bot"), Sent)
        assert await connector.typing(platform.url, "late", "28:bot") == Retry(1.0, throttled=True, detail="pace")
        assert len(platform.ledger.calls) == 37


async def test_opening_and_reading_count_as_well(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        opening = {"members": [{"id": "u"}]}
        opened = [await connector.create(platform.url, opening) for _ in range(6)]
        assert [type(outcome) for outcome in opened] == [Opened] * 5 + [Retry]
        posting = {"channelData": {"channel": {"id": "19:x"}}}
        posted = [await connector.create(platform.url, posting) for _ in range(4)]
        assert [type(outcome) for outcome in posted] == [Opened] * 4
        assert isinstance(await connector.members(platform.url, "19:x;messageid=1"), Response)
        assert isinstance(await connector.members(platform.url, "19:x;messageid=2"), Retry)
        for number in range(27):
            assert isinstance(await connector.members(platform.url, f"c{number}"), Response)
        began = at()
        assert isinstance(await connector.members(platform.url, "c99"), Response)
        assert at() == began + 1.0


async def test_a_call_that_was_broken_off_gives_its_room_back(at: Monotonic) -> None:
    async with paced(at) as (platform, connector):
        platform.faults.add(*[Fault(delay=30)] * 5)
        calls = [asyncio.create_task(connector.send(platform.url, "c", MESSAGE)) for _ in range(5)]
        await platform.wait_for(lambda _: platform.faults.played == 5)
        at.at += 60
        assert isinstance(await connector.send(platform.url, "c", MESSAGE), Retry)
        for call in calls:
            call.cancel()
        await asyncio.wait(calls)
        at.at += 30
        assert isinstance(await connector.send(platform.url, "c", MESSAGE), Sent)


@pytest.mark.slow
async def test_a_person_faster_than_the_rates_still_gets_every_answer() -> None:
    async with FakeConnector(enforce_rates=True) as platform, local_edge(platform, rate_share=0.75) as edge:
        person = edge.persona()
        answers = await asyncio.gather(*[edge.post(person.says(f"hei {number}")) for number in range(12)])
        await edge.settled()
        assert [status for status, _ in answers] == [200] * 12
        assert len(platform.ledger.messages) == 12
        assert platform.rates.violations == []

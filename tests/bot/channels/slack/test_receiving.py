"""Acknowledged at once, worked on after, once, also after a restart: the way from a request to the handler."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.base import Pressed, Said, Turn
from bot.channels.slack import intake
from bot.channels.slack.turns import Closed, Submitted
from tests.bot.channels.slack.receiving import Receiving, receiving
from tests.fakes.memory_arrivals import MemoryArrivals
from tests.fakes.slack.persona import seen
from tests.fakes.slack.requests import Retry, SlackRequest
from tests.fakes.slack.server import FakeSlack

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Meld sak"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "private_metadata": "0f" * 32,
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": {"type": "plain_text", "text": "Tittel"},
            "element": {"type": "plain_text_input", "action_id": "title"},
        }
    ],
}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
async def edge(slack: FakeSlack) -> AsyncIterator[Receiving]:
    async with receiving(slack) as running:
        yield running


def submission(edge: Receiving, title: str = "Ny løsning") -> SlackRequest:
    kari = edge.slack.persona("kari")
    return kari.submits(seen(MODAL, kari.id), {"title": title})


async def send(edge: Receiving, request: SlackRequest, retry: Retry | None = None) -> tuple[int, bytes]:
    return await edge.post(request.body(), request.headers(retry=retry))


def until(go_on: asyncio.Event) -> Callable[[Turn], Awaitable[None]]:
    async def wait(_: Turn) -> None:
        await go_on.wait()

    return wait


async def test_the_acknowledgement_does_not_wait_for_the_work(edge: Receiving) -> None:
    go_on = asyncio.Event()
    edge.handler.meanwhile = until(go_on)
    assert await send(edge, edge.slack.persona("kari").says("frister")) == (200, b"")
    assert edge.inbound.turns_under_way() == 1
    assert [row.is_done for row in edge.arrivals.rows.values()] == [False]
    go_on.set()
    await edge.settled()
    assert [(row.is_done, row.body) for row in edge.arrivals.rows.values()] == [(True, "")]
    assert edge.inbound.turns_under_way() == 0


async def test_it_is_kept_before_it_is_acknowledged(edge: Receiving) -> None:
    go_on = asyncio.Event()
    edge.handler.meanwhile = until(go_on)
    request = edge.slack.persona("kari").says("frister")
    await send(edge, request)
    (key, row), *_ = edge.arrivals.rows.items()
    assert key == f"event:{request.payload['event_id']}"
    assert '"frister"' in row.body
    assert "local-verification-token" not in row.body
    go_on.set()


@pytest.mark.parametrize("kind", ["event", "press", "command", "shortcut"])
async def test_ten_deliveries_at_once_have_one_effect(edge: Receiving, kind: str) -> None:
    request = requests(edge)[kind]
    answers = await asyncio.gather(*(send(edge, request, Retry(number)) for number in range(10)))
    assert set(answers) == {(200, b"")}
    await edge.settled()
    assert await send(edge, request, Retry(3)) == (200, b"")
    await edge.settled()
    assert len(edge.handler.turns) == 1


def requests(edge: Receiving) -> dict[str, SlackRequest]:
    kari = edge.slack.persona("kari")
    home = {"type": "home", "blocks": [button("case.withdraw", '{"id":"c1","rev":3}')]}
    return {
        "event": kari.says("frister"),
        "press": kari.presses_in_view(seen(home, kari.id), "case.withdraw"),
        "command": kari.command("frister"),
        "shortcut": kari.shortcut("en sak"),
    }


def button(action_id: str, value: str) -> dict[str, Any]:
    element = {"type": "button", "action_id": action_id, "value": value, "text": {"type": "plain_text", "text": "Ok"}}
    return {"type": "actions", "block_id": "b", "elements": [element]}


@pytest.mark.parametrize("kind", ["event", "press", "command", "shortcut"])
async def test_also_at_two_replicas(slack: FakeSlack, kind: str) -> None:
    kept = MemoryArrivals()
    async with receiving(slack, kept) as one, receiving(slack, kept) as other:
        request = requests(one)[kind]
        answers = await asyncio.gather(*(send(edge, request) for edge in [one, other] * 5))
        assert set(answers) == {(200, b"")}
        await one.settled()
        await other.settled()
        assert len(one.handler.turns) + len(other.handler.turns) == 1


async def test_one_replica_does_not_put_away_what_another_works_on(slack: FakeSlack) -> None:
    kept, go_on = MemoryArrivals(), asyncio.Event()
    async with receiving(slack, kept) as one, receiving(slack, kept) as other:
        one.handler.meanwhile = until(go_on)
        request = requests(one)["event"]
        await send(one, request)
        await send(other, request)
        await other.settled()
        assert [row.is_done for row in kept.rows.values()] == [False]
        go_on.set()


async def test_a_modal_is_answered_in_its_request_and_every_delivery_gets_the_same(edge: Receiving) -> None:
    edge.handler.answer = {"response_action": "errors", "errors": {"title": "Skriv en tittel"}}
    answers = await asyncio.gather(*(send(edge, request) for request in [submission(edge)] * 5))
    assert answers == [(200, b'{"response_action":"errors","errors":{"title":"Skriv en tittel"}}')] * 5
    assert len(edge.handler.turns) == 1
    assert edge.handler.triggers[0]
    turn = edge.handler.turns[0]
    assert isinstance(turn, Submitted)
    assert turn.view.private_metadata == "0f" * 32
    assert turn.view.values["title"]["title"]["value"] == "Ny løsning"


async def test_a_modal_corrected_and_sent_again_is_another(edge: Receiving) -> None:
    edge.handler.answer = {"response_action": "errors", "errors": {"title": "For langt"}}
    kari = edge.slack.persona("kari")
    view = seen(MODAL, kari.id)
    await send(edge, kari.submits(view, {"title": "en for lang tittel"}))
    await send(edge, kari.submits(view, {"title": "kortere"}))
    ids = [turn.activity_id for turn in edge.handler.turns]
    assert len(set(ids)) == 2


async def test_a_modal_that_takes_long_says_so_and_is_told_the_end_afterwards(edge: Receiving) -> None:
    go_on = asyncio.Event()
    edge.handler.meanwhile, edge.handler.answer = until(go_on), {"response_action": "clear"}
    edge.inbound.intake._answer_within = 0.05
    status, body = await send(edge, submission(edge))
    assert (status, b'"response_action":"update"' in body) == (200, True)
    assert edge.handler.told_late == []
    go_on.set()
    await edge.settled()
    assert edge.handler.told_late == [{"response_action": "clear"}]
    assert [row.is_done for row in edge.arrivals.rows.values()] == [True]


async def test_a_modal_in_time_is_not_told_again(edge: Receiving) -> None:
    assert await send(edge, submission(edge)) == (200, b"")
    await edge.settled()
    assert edge.handler.told_late == []


async def test_a_modal_whose_answer_broke_stays_open(edge: Receiving) -> None:
    async def broken(_: Turn) -> None:
        raise RuntimeError("hemmelig")

    edge.handler.meanwhile = broken
    with capture_logs() as logs:
        assert (await send(edge, submission(edge, "hemmelig")))[0] == 503
        await edge.settled()
    assert "hemmelig" not in repr(logs)
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"][:1] == ["slack_turn_failed"]


async def test_a_bug_in_the_handler_is_an_incident_and_not_tried_for_ever(edge: Receiving) -> None:
    async def broken(_: Turn) -> None:
        raise RuntimeError("hemmelig")

    edge.handler.meanwhile = broken
    with capture_logs() as logs:
        assert await send(edge, edge.slack.persona("kari").says("hemmelig")) == (200, b"")
        await edge.settled()
    assert "hemmelig" not in repr(logs)
    assert [row.is_done for row in edge.arrivals.rows.values()] == [True]


async def test_where_nothing_can_be_kept_the_person_is_answered_all_the_same(edge: Receiving) -> None:
    edge.arrivals.broken = RuntimeError("disk full")
    assert (await send(edge, edge.slack.persona("kari").says("frister")))[0] == 200
    await edge.settled()
    assert len(edge.handler.turns) == 1


async def test_a_database_that_does_not_answer_in_time_makes_slack_come_again(
    edge: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "KEPT_WITHIN", 0.05)
    there = asyncio.Event()
    take = edge.arrivals.take

    async def slow(*given: Any) -> bool:
        await there.wait()
        return await take(*given)

    monkeypatch.setattr(edge.arrivals, "take", slow)
    request = edge.slack.persona("kari").says("frister")
    assert (await send(edge, request))[0] == 503
    there.set()
    await edge.settled()
    assert await send(edge, request, Retry(1)) == (200, b"")
    assert len(edge.handler.turns) == 1


async def test_what_a_process_left_undone_is_taken_up_by_the_next(slack: FakeSlack) -> None:
    kept = MemoryArrivals()
    async with receiving(slack, kept) as dying:
        request = dying.slack.persona("kari").command("frister")
        dying.handler.meanwhile = until(asyncio.Event())
        await send(dying, request)
        for task in dying.inbound.intake._tasks:
            task.cancel()
        await dying.settled()
    async with receiving(slack, kept) as next_one:
        assert next_one.handler.turns == []
        next_one.wall.forward(seconds=intake.LEASE.total_seconds())
        await next_one.inbound.take_up_left()
        await next_one.settled()
        (turn,) = next_one.handler.turns
        assert isinstance(turn, Said)
        assert turn.text == "frister"
        assert next_one.handler.triggers == [""]
        assert [row.is_done for row in kept.rows.values()] == [True]
        next_one.wall.forward(hours=1)
        await next_one.inbound.take_up_left()
        await next_one.settled()
        assert len(next_one.handler.turns) == 1


async def test_a_modal_left_undone_is_told_its_end_in_the_view(slack: FakeSlack) -> None:
    kept = MemoryArrivals()
    async with receiving(slack, kept) as edge:
        request = submission(edge)
        key = f"submission:{request.payload['view']['id']}:{request.trigger}"
        await kept.take(key, json.dumps(request.payload), edge.wall.now(), timedelta(0))
        edge.handler.answer = {"response_action": "clear"}
        await edge.inbound.take_up_left()
        await edge.settled()
        assert edge.handler.told_late == [{"response_action": "clear"}]


async def test_what_is_under_way_here_is_not_taken_up_once_more(edge: Receiving) -> None:
    go_on = asyncio.Event()
    edge.handler.meanwhile = until(go_on)
    await send(edge, edge.slack.persona("kari").says("frister"))
    edge.wall.forward(minutes=2)
    await edge.inbound.take_up_left()
    assert edge.inbound.turns_under_way() == 1
    go_on.set()
    await edge.settled()
    assert len(edge.handler.turns) == 1


async def test_a_database_that_is_away_does_not_end_the_tick(edge: Receiving) -> None:
    edge.arrivals.broken = RuntimeError("gone")
    await edge.inbound.take_up_left()
    assert edge.handler.turns == []


async def test_a_stop_waits_for_what_is_under_way_and_takes_up_nothing_more(edge: Receiving) -> None:
    go_on = asyncio.Event()
    edge.handler.meanwhile = until(go_on)
    await send(edge, edge.slack.persona("kari").says("frister"))
    assert not await edge.inbound.close(0.05)
    closing = asyncio.create_task(edge.inbound.close(10))
    go_on.set()
    assert await closing
    await edge.arrivals.take(
        "event:Ev1", edge.slack.persona("kari").says("hei").body().decode(), edge.wall.now(), -intake.LEASE
    )
    await edge.inbound.take_up_left()
    assert edge.inbound.turns_under_way() == 0


async def test_bolt_asks_slack_nothing_and_logs_nothing(edge: Receiving, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for request in requests(edge).values():
        await send(edge, request)
    await send(edge, submission(edge, "hemmelig"))
    await edge.settled()
    assert edge.slack.ledger.calls == []
    assert "frister" not in caplog.text
    assert "hemmelig" not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("slack")]


async def test_a_closed_modal_and_a_press_in_one_reach_the_handler_with_the_view(edge: Receiving) -> None:
    kari = edge.slack.persona("kari")
    body = MODAL | {"blocks": [*MODAL["blocks"], button("case.save", '{"id":"c1","rev":3}')]}
    view = seen(body, kari.id)
    await send(edge, kari.presses_in_view(view, "case.save", {"title": "halv"}))
    closes = kari.closes(view)
    assert closes is not None
    await send(edge, closes)
    await edge.settled()
    pressed, closed = edge.handler.turns
    assert isinstance(pressed, Pressed)
    assert (pressed.verb, pressed.data, pressed.message_id) == ("case.save", {"id": "c1", "rev": 3}, "")
    assert pressed.address.conversation == ""
    shown = edge.handler.views[0]
    assert shown is not None
    assert (shown.id, shown.kind, shown.hash) == (view.id, "modal", view.hash)
    assert shown.values["title"]["title"]["value"] == "halv"
    assert isinstance(closed, Closed)
    assert closed.view.id == view.id

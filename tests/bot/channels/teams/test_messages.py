"""The route and the conversation behind it: statuses, cards, incidents, pace, and one effect for ten deliveries."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.base import Answer, Installed, Pressed, Removed, Said, Turn
from bot.channels.teams.routes import PATH
from cards.message import Message
from tests.bot.channels.teams.support import Edge, local_edge, title_of
from tests.fakes.connector import FakeConnector
from tests.fakes.faults import Fault


async def test_a_message_is_answered_with_a_card_alone(edge: Edge) -> None:
    assert await edge.post(edge.persona().says("frister")) == (200, None)
    (turn,) = edge.receiver.turns
    assert isinstance(turn, Said)
    assert (turn.text, turn.sender.user, turn.address.scope) == ("frister", edge.persona().user, "personal")
    (call,) = edge.platform.ledger.calls
    assert call.kind == "reply"
    assert call.payload["summary"] == "answered"
    assert "text" not in call.payload
    assert call.payload["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert edge.receiver.copies == [("answered", call.message_id)]


async def test_a_press_is_answered_with_the_card_that_replaces_it(edge: Edge) -> None:
    data = {"id": "c1", "rev": 2, "amount": 12.5, "whole": 3.0, "far": 2**60}
    status, body = await edge.post(edge.persona().presses("case.accept", data, message_id="m9"))
    assert status == 200
    assert body["statusCode"] == 200
    assert body["type"] == "application/vnd.microsoft.card.adaptive"
    assert title_of(body["value"]) == "pressed case.accept"
    (turn,) = edge.receiver.turns
    assert isinstance(turn, Pressed)
    assert turn.message_id == "m9"
    assert turn.data == {"id": "c1", "rev": 2, "amount": "12.5", "whole": 3, "far": str(2**60)}
    assert edge.platform.ledger.calls == []


async def test_messages_of_a_press_follow_its_answer(edge: Edge) -> None:
    async def both(_: Turn) -> Answer:
        return Answer(card=Message("new state"), messages=(Message("and this"),))

    edge.receiver.answer = both
    edge.platform.faults.add(Fault(delay=0.2))
    status, body = await edge.post(edge.persona().presses("a.b", {}))
    assert (status, title_of(body["value"])) == (200, "new state")
    await edge.settled()
    assert [call.payload["summary"] for call in edge.platform.ledger.messages] == ["and this"]


async def test_a_press_without_a_card_leaves_the_card(edge: Edge) -> None:
    async def words(_: Turn) -> Answer:
        return Answer(messages=(Message("only words"),))

    edge.receiver.answer = words
    _, body = await edge.post(edge.persona().presses("a.b", {}))
    assert (body["type"], body["value"]) == ("application/vnd.microsoft.activity.message", "only words")


async def test_a_submit_redraws_the_pressed_card_or_sends_it_anew(edge: Edge) -> None:
    await edge.post(edge.persona().says("x"))
    message_id = edge.platform.ledger.calls[0].message_id
    await edge.post(edge.persona().submits({"verb": "case.save", "id": "c"}, message_id=message_id))
    await edge.post(edge.persona().submits({"verb": "case.save", "id": "c"}, message_id="gone"))
    assert [call.kind for call in edge.platform.ledger.calls] == ["reply", "update", "reply"]
    turn = edge.receiver.turns[1]
    assert isinstance(turn, Pressed)
    assert (turn.verb, turn.data) == ("case.save", {"id": "c"})


async def test_ten_deliveries_at_once_are_one_act_with_one_answer(edge: Edge) -> None:
    gate, started = asyncio.Event(), asyncio.Event()

    async def slowly(turn: Turn) -> Answer:
        started.set()
        await gate.wait()
        return Answer(card=Message(f"answer {len(edge.receiver.turns)}"))

    edge.receiver.answer = slowly
    press = edge.persona().presses("case.submit", {"id": "c"})
    deliveries = [asyncio.create_task(edge.post(press)) for _ in range(10)]
    await started.wait()
    gate.set()
    answers = await asyncio.gather(*deliveries)
    answers.append(await edge.post(press))
    assert len(edge.receiver.turns) == 1
    assert all(answer == answers[0] for answer in answers)
    assert title_of(answers[0][1]["value"]) == "answer 1"
    edge.clock.forward(minutes=6)
    await edge.post(press)
    assert len(edge.receiver.turns) == 2


async def test_two_people_with_one_activity_id_are_two(edge: Edge) -> None:
    await edge.post(edge.persona(1).says("a", id="1"))
    await edge.post(edge.persona(2).says("a", id="1"))
    assert len(edge.receiver.turns) == 2


async def test_an_installation_told_twice_is_greeted_once_until_removed(edge: Edge) -> None:
    person = edge.persona()
    await asyncio.gather(edge.post(person.installs()), edge.post(person.joins()))
    assert len(edge.receiver.turns) == 1
    await edge.post(person.installs("remove"))
    await edge.post(person.installs())
    assert [type(turn) for turn in edge.receiver.turns] == [Installed, Removed, Installed]
    assert len(edge.platform.ledger.messages) == 2


async def test_in_a_channel_it_answers_when_mentioned(edge: Edge) -> None:
    assert (await edge.post(edge.persona().in_channel("frister", mention=False)))[0] == 200
    assert edge.receiver.turns == []
    await edge.post(edge.persona().in_channel("frister"))
    (turn,) = edge.receiver.turns
    assert isinstance(turn, Said)
    assert (turn.text, turn.mentioned, turn.address.scope) == ("frister", True, "channel")
    assert turn.address.team == "19:team@thread.tacv2"
    await edge.post(edge.persona().presses("a.b", {}, conversation=edge.persona().in_channel("x")["conversation"]))
    assert len(edge.receiver.turns) == 2


@pytest.mark.parametrize("invoke", [False, True])
async def test_what_breaks_becomes_an_incident(invoke: bool, edge: Edge) -> None:
    async def broken(_: Turn) -> Answer:
        raise RuntimeError("Kari Nordmann wrote this")

    edge.receiver.answer = broken
    person = edge.persona()
    with capture_logs() as lines:
        status, body = await edge.post(person.presses("a.b", {}) if invoke else person.says("hemmelig"))
    assert status == 200
    card: dict[str, Any] = body["value"] if invoke else edge.platform.ledger.latest_card(person.chat)
    assert title_of(card) == "it broke"
    (line,) = [line for line in lines if line["event"] == "turn_failed"]
    assert card["body"][1]["text"] == line["incident"]
    assert line["error"] == "RuntimeError"
    assert not {"Kari", "hemmelig", person.name, person.user} & set(str(lines).replace("'", " ").split())


async def test_an_answer_waits_for_a_busy_platform(edge: Edge) -> None:
    edge.platform.faults.add(Fault(status=429, retry_after="0"), Fault(status=502), Fault(reset="before"))
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    edge.inbound.messages.adapter._pause = pause
    await edge.post(edge.persona().says("x"))
    assert pauses == [0.0, 2.0, 4.0]
    assert len(edge.platform.ledger.messages) == 1


async def test_an_answer_that_cannot_be_delivered_is_no_error(edge: Edge) -> None:
    edge.platform.faults.add(Fault(status=403))
    assert await edge.post(edge.persona().says("x")) == (200, None)
    assert edge.receiver.copies == []


async def test_a_slow_turn_is_acknowledged_before_it_is_delivered_again(platform: FakeConnector) -> None:
    gate = asyncio.Event()

    async def slowly(_: Turn) -> Answer:
        await gate.wait()
        return Answer(messages=(Message("at last"),))

    async with local_edge(platform, answer_within=0.02, typing_after=0.0) as edge:
        edge.receiver.answer = slowly
        message = edge.persona().says("x")
        assert (await edge.post(message))[0] == 202
        assert (await edge.post(message))[0] == 202
        await platform.wait_for(lambda ledger: any(call.is_typing for call in ledger.calls))
        gate.set()
        await edge.settled()
        assert (await edge.post(message))[0] == 200
    assert [call.payload["summary"] for call in platform.ledger.messages] == ["at last"]


async def test_typing_stops_with_a_turn_that_breaks(platform: FakeConnector) -> None:
    gate = asyncio.Event()

    async def broken(_: Turn) -> Answer:
        await gate.wait()
        raise RuntimeError

    async with local_edge(platform, answer_within=0.02, typing_after=0.0) as edge:
        platform.faults.add(Fault(delay=30))  # the typing call itself hangs
        edge.receiver.answer = broken
        await edge.post(edge.persona().says("x"))
        assert [task for task in asyncio.all_tasks() if task.get_name() == "teams-typing"]
        gate.set()
        await platform.wait_for(lambda ledger: bool(ledger.messages))
        await edge.settled()
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "teams-typing"]


async def test_who_acts_too_fast_is_told_once(platform: FakeConnector) -> None:
    async with local_edge(platform, acts_per_minute=2) as edge:
        for _ in range(5):
            assert (await edge.post(edge.persona().says("x")))[0] == 200
        assert len(edge.receiver.turns) == 2
        told = [call.payload["summary"] for call in platform.ledger.messages]
        assert told == ["answered", "answered", "one moment"]
        _, body = await edge.post(edge.persona().presses("a.b", {}))
        assert (body["type"], body["value"]) == ("application/vnd.microsoft.activity.message", "one moment")
        await edge.post(edge.persona(2).says("x"))
        edge.clock.forward(seconds=31)
        await edge.post(edge.persona().says("x"))
        assert len(edge.receiver.turns) == 4


BAD: list[Any] = [None, "", 1, [], {}, "x" * 600]
WHOLE: dict[str, Any] = {
    "type": "message",
    "channelId": "msteams",
    "serviceUrl": "http://127.0.0.1:1/",
    "from": {"id": "x"},
    "conversation": {"id": "c"},
}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"x"', 400),
        (b"\xff\xfe{}", 400),
        (b"[" * 100_000, 400),
        (json.dumps(WHOLE | {"value": json.loads("[" * 31 + "]" * 31)}).encode(), 200),
        (json.dumps(WHOLE | {"value": json.loads("[" * 32 + "]" * 32)}).encode(), 400),
        *((json.dumps(WHOLE | {name: bad}).encode(), 400) for name in WHOLE for bad in BAD),
        (json.dumps(WHOLE | {"serviceUrl": "https://evil.example/"}).encode(), 403),
        (json.dumps(WHOLE | {"text": "x" * 200_000}).encode(), 200),
        (b" " * (256 * 1024) + b"{}", 413),
    ],
)  # fmt: skip
async def test_the_status_a_body_deserves(body: bytes, status: int, edge: Edge) -> None:
    headers = {"Content-Type": "application/json"}
    if b"127.0.0.1:1/" in body:
        body = body.replace(b"http://127.0.0.1:1/", edge.platform.url.encode())
    async with edge.session.post(edge.url + PATH, data=body, headers=headers) as response:
        assert response.status == status
    assert bool(edge.receiver.turns) == (status == 200)


async def test_other_content_types_and_encodings(edge: Edge) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    url = edge.url + PATH
    async with edge.session.post(url, data=b"{}", headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 415
    async with edge.session.post(url, data=gzip.compress(b" " * 10**7), headers=headers) as response:
        assert response.status in (400, 413)
    async with edge.session.post(url, data=b"not gzip", headers=headers) as response:
        assert response.status == 400
    assert edge.receiver.turns == []


async def test_a_chunked_body_is_limited_too(edge: Edge) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 10_000

    headers = {"Content-Type": "application/json"}
    async with edge.session.post(edge.url + PATH, data=endless(), headers=headers) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    "channel_data",
    [None, 1, "x", [], [1], {"team": None}, {"team": "x"}, {"tenant": None}, {"tenant": []}, {"channel": 5}],
)
@pytest.mark.parametrize("kind", ["says", "joins", "installs", "presses"])
async def test_odd_channel_data_is_no_error(kind: str, channel_data: Any, edge: Edge) -> None:
    person = edge.persona()
    activity = {
        "says": person.says("x", channelData=channel_data, entities=[]),
        "joins": person.joins(channelData=channel_data),
        "installs": person.installs(channelData=channel_data),
        "presses": person.presses("a.b", {}, channelData=channel_data),
    }[kind]
    assert (await edge.post(activity))[0] == 200


async def test_invokes_that_are_not_ours(edge: Edge) -> None:
    person = edge.persona()
    assert (await edge.post(person.presses("a.b", {}, name="task/fetch")))[0] == 400
    status, body = await edge.post(person.presses("a.b", {}, value={"action": None}))
    assert (status, body["statusCode"], body["type"]) == (200, 400, "application/vnd.microsoft.error")
    assert edge.receiver.turns == []


async def test_a_person_without_a_directory_id(edge: Edge) -> None:
    sender = {"id": "29:abc", "name": "x"}
    await edge.post(edge.persona().says("x", **{"from": sender}))
    assert edge.receiver.turns[0].sender.user == "29:abc"

"""What only Slack does: the same request more than once, a way in at either replica."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.requests import Retry, SlackRequest
from tests.scenarios.slack_reading import message_card
from tests.scenarios.slack_town import SlackTown
from tests.scenarios.world import words

TIMES = 10


async def sent(door: SlackTown, request: SlackRequest, number: int = 0) -> str:
    """Posts it once, ``number`` as Slack counts its retries, and gives the body of the acknowledgement."""
    retry = Retry(number) if number else None
    headers = request.headers(retry=retry)
    url = f"{door.url}/slack/events"
    async with door.session.post(url, data=request.body(), headers=headers) as response:
        body = await response.text()
        assert response.status == 200, body
        return body


async def again_and_again(doors: Sequence[SlackTown], request: SlackRequest, times: int = TIMES) -> list[str]:
    """The same delivery, none waiting for another, each at the next door."""
    bodies = await asyncio.gather(*(sent(doors[n % len(doors)], request, n) for n in range(times)))
    await settled(doors)
    return list(bodies)


async def each_at_once(doors: Sequence[SlackTown], requests: Sequence[SlackRequest]) -> None:
    await asyncio.gather(*(sent(doors[n % len(doors)], request) for n, request in enumerate(requests)))
    await settled(doors)


async def settled(doors: Sequence[SlackTown]) -> None:
    for door in doors:
        await door.settled()
    for door in doors:
        await door.quiet()


def told(messages: Sequence[Posted], text: str) -> int:
    """How many of them say it."""
    return sum(text in words(message_card(message.body)) for message in messages)


def button(message: Posted, verb: str) -> dict[str, object]:
    """The data of a button, as it stands in the blocks."""
    elements = [e for block in message.blocks for e in block.get("elements", ()) if e.get("action_id") == verb]
    return dict(json.loads(elements[0]["value"]))

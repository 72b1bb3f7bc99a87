"""Posts to an app as Slack does: three seconds for the answer, and an event again where it did not come."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import aiohttp

from tests.fakes.slack.acks import Ack, judge
from tests.fakes.slack.requests import Retry, SlackRequest
from tests.fakes.slack.state import State
from tests.fakes.slack.workspace import SIGNING_SECRET

PATIENCE: Final = 3.0
"""Seconds that Slack waits for an acknowledgement."""
MOST_RETRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """One attempt: a status and a body, or ``failure`` in Slack's word for it."""

    status: int = 0
    body: bytes = b""
    failure: str = ""
    no_retry: bool = False


Send = Callable[[Retry | None], Awaitable[Answered]]


async def deliver(state: State, request: SlackRequest, send: Send) -> Ack:
    """Every attempt, judged; an event again up to three times. What was wrong is a violation each time."""
    if request.trigger:
        state.triggers.renew(request.trigger, request.user)
    ack = Ack()
    retry: Retry | None = None
    while True:
        started = time.monotonic()
        answered = await send(retry)
        ack.attempts += 1
        ack.seconds = max(ack.seconds, time.monotonic() - started)
        ack.status, ack.body = answered.status, answered.body
        problems = _problems(state, request, answered)
        ack.problems += problems
        for problem in problems:
            state.violated(f"acknowledgement of {request.type}: {problem}")
        if not problems or request.kind != "event" or answered.no_retry or ack.attempts > MOST_RETRIES:
            return ack
        retry = Retry(ack.attempts, answered.failure or "http_error")


def _problems(state: State, request: SlackRequest, answered: Answered) -> list[str]:
    if answered.failure:
        return [answered.failure]
    if answered.status != 200:
        return [f"status {answered.status}"]
    return judge(state, request, answered.body)


def over_http(
    session: aiohttp.ClientSession,
    url: str,
    request: SlackRequest,
    *,
    secret: str = SIGNING_SECRET,
    patience: float,
    wall: Callable[[], float] = time.time,
) -> Send:
    """Signed anew each time, at the time that ``wall`` tells."""

    async def send(retry: Retry | None) -> Answered:
        headers = request.headers(secret, str(int(wall())), retry)
        timeout = aiohttp.ClientTimeout(total=patience)
        try:
            async with session.post(
                url, data=request.body(), headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                body = await response.read()
                return Answered(response.status, body, no_retry=response.headers.get("X-Slack-No-Retry") == "1")
        except TimeoutError:
            return Answered(failure="http_timeout")
        except aiohttp.ClientError:
            return Answered(failure="connection_failed")

    return send

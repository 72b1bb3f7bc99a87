"""slack-bolt's dispatch, with one thin listener a kind: what a payload is, Bolt decides; what it asks, the handler.

Signature, acknowledgement and de-duplication are ours and over before Bolt is called, so its own are switched off. It
runs a listener to its end before it answers (``process_before_response``): the work then lies in the task that counts
it, where Bolt's other way starts one that nobody waits for at a stop, and looks every 10 ms whether it is done.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import orjson
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import Installed, Pressed, Removed, Said
from bot.channels.incidents import report_incident
from bot.channels.slack.interactions import COMMAND, REPORT
from bot.channels.slack.turns import Arrived, Closed, Handler, Homed, Submitted
from cards.message import Json

Dispatch: TypeAlias = Callable[[dict[str, Any], Arrived], Awaitable[dict[str, Json] | None]]
"""Works a payload off, to its end; the acknowledgement's body where it has one."""

ARRIVED: Final = "saksgang.arrived"
"""Where the turn lies in Bolt's context."""
_ANY: Final = re.compile("")


class NotDispatched(Exception):
    """Bolt could do nothing with the payload: its shape is not Slack's."""


def build_dispatch(client: AsyncWebClient, handler: Handler) -> Dispatch:
    """The Bolt app of this workspace. ``client`` is what Bolt asks for; nothing is called by it."""
    app = _app(client)
    _listen(app, handler)

    async def dispatch(payload: dict[str, Any], arrived: Arrived) -> dict[str, Json] | None:
        # "socket_mode" is Bolt's word for a payload that was checked and parsed already
        request = AsyncBoltRequest(body=payload, context={ARRIVED: arrived}, mode="socket_mode")
        response = await app.async_dispatch(request)
        if response.status != 200:
            raise NotDispatched(f"status {response.status}")
        return orjson.loads(response.body) if response.body else None

    return dispatch


def _app(client: AsyncWebClient) -> AsyncApp:
    """Without Bolt's own checks, its store of installations, and its log, which quotes what people wrote."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        """The token is one and known; Bolt would ask ``auth.test`` whose it is."""
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)

    app = AsyncApp(
        name="saksgang",
        logger=logging.Logger("slack", logging.CRITICAL + 1),  # noqa: LOG001  # known to nobody: no setting wakes it
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def failed(error: Exception) -> None:
        report_incident("slack_turn_failed", error)

    app.error(failed)
    return app


def _listen(app: AsyncApp, handler: Handler) -> None:
    async def act(context: dict[str, Any], ack: Callable[[], Awaitable[Any]]) -> None:
        await _act(handler, context[ARRIVED])
        await ack()

    async def submit(context: dict[str, Any], ack: Callable[[Any], Awaitable[Any]]) -> None:
        arrived: Arrived = context[ARRIVED]
        if isinstance(arrived.turn, Submitted):
            await ack(await handler.submitted(arrived.turn, arrived.trigger) or "")

    app.event(_ANY)(act)
    app.command(COMMAND)(act)
    app.block_action(_ANY)(act)
    app.message_shortcut(REPORT)(act)
    app.view_submission(_ANY)(submit)
    app.view_closed(_ANY)(act)


async def _act(handler: Handler, arrived: Arrived) -> None:
    turn = arrived.turn
    if isinstance(turn, Said):
        await handler.said(turn, arrived.trigger)
    elif isinstance(turn, Pressed):
        await handler.pressed(turn, arrived.trigger, arrived.view)
    elif isinstance(turn, Homed):
        await handler.home(turn)
    elif isinstance(turn, Closed):
        await handler.closed(turn)
    elif isinstance(turn, Installed):
        await handler.installed(turn)
    elif isinstance(turn, Removed):
        await handler.removed(turn)

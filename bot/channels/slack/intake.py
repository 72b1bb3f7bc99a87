"""From an arrival to its acknowledgement at once, and to its end after it: kept before it is acknowledged.

The same, delivered ten times at once, is worked on once here, by its key; between processes the database decides. What
a process leaves undone, another one takes up when the first has had its time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import orjson
import structlog

from board.clock import Clock
from bot.channels.base import Pressed
from bot.channels.incidents import report_incident
from bot.channels.slack.arrivals import Arrivals
from bot.channels.slack.bolt import Dispatch
from bot.channels.slack.reading import read_turn
from bot.channels.slack.turns import Arrived, Closed, Handler, Submitted
from cards.actions import UNKEPT
from cards.message import Json

LEASE: Final = timedelta(seconds=30)
"""What a turn may take before another process takes it up."""
KEPT_WITHIN: Final = 2.5
"""Seconds. Slack waits three, and then shows an error or delivers again."""
ANSWERED_WITHIN: Final = 2.0
"""Seconds after which a modal says that it takes a moment."""
REMEMBERED: Final = timedelta(minutes=5)
_MOST_REMEMBERED: Final = 5_000
_AT_A_TIME: Final = 20

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ack:
    """The answer to Slack's request; ``body`` only where a modal is told what to do."""

    status: int = 200
    body: dict[str, Json] | None = None


DONE: Final = Ack()
LATER: Final = Ack(503)
"""Nothing is kept: Slack delivers an event again, and tells a person to try again."""

_Waiting: TypeAlias = asyncio.Future[Ack]


class Intake:
    """The turns under way. ``answer_within``: as ``ANSWERED_WITHIN``."""

    def __init__(
        self,
        team: str,
        handler: Handler,
        dispatch: Dispatch,
        arrivals: Arrivals,
        clock: Clock,
        answer_within: float = ANSWERED_WITHIN,
    ) -> None:
        self._team, self._handler, self._dispatch = team, handler, dispatch
        self._arrivals, self._clock, self._answer_within = arrivals, clock, answer_within
        self._known: OrderedDict[str, tuple[_Waiting, datetime]] = OrderedDict()
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._closing = False

    async def receive(self, arrived: Arrived, payload: dict[str, Any]) -> Ack:
        """The acknowledgement, once the arrival is kept; the work goes on after it."""
        waiting = self._join(arrived, payload)
        await asyncio.wait([waiting], timeout=KEPT_WITHIN)
        return waiting.result() if waiting.done() else LATER

    @property
    def under_way(self) -> int:
        """How many turns are being worked on now."""
        return len(self._tasks)

    async def take_up_left(self) -> None:
        """What was acknowledged and not done, here before a restart or by another process. To be called now and
        then; where the database is away, the next time does it."""
        if self._closing:
            return
        try:
            left = await self._arrivals.left(self._clock.now(), _AT_A_TIME, LEASE)
        except Exception as error:
            _log.warning("arrivals_not_taken_up", error=type(error).__name__)
            return
        mine = set(self._tasks.values())
        for key, body in left:
            if key not in mine:
                _log.warning("arrival_taken_up", kind=key.partition(":")[0])
                self._start(key, self._finish(key, orjson.loads(body)))

    async def drain(self, seconds: float) -> bool:
        """Take up nothing more and wait for the turns under way; whether all ended in time. The others are left."""
        self._closing = True
        if not self._tasks:
            return True
        _, pending = await asyncio.wait(set(self._tasks), timeout=seconds)
        return not pending

    # -- one arrival ---------------------------------------------------------------------------------------------------

    def _join(self, arrived: Arrived, payload: dict[str, Any]) -> _Waiting:
        """The acknowledgement of this arrival: of the work under way or lately done, else of work started now."""
        now = self._clock.now()
        known = self._known.get(arrived.key)
        if known is not None and timedelta(0) <= now - known[1] < REMEMBERED:
            return known[0]
        waiting: _Waiting = asyncio.get_running_loop().create_future()
        self._known[arrived.key] = (waiting, now)
        self._known.move_to_end(arrived.key)
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        self._start(arrived.key, self._work(arrived, payload, waiting))
        return waiting

    def _start(self, key: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="slack-turn")
        self._tasks[task] = key
        task.add_done_callback(self._tasks.pop)

    async def _work(self, arrived: Arrived, payload: dict[str, Any], waiting: _Waiting) -> None:
        is_new = False
        try:
            late_at = asyncio.get_running_loop().time() + self._answer_within
            is_new = await self._take(arrived, payload)
            if isinstance(arrived.turn, Submitted):
                await self._submit(arrived.turn, arrived, payload, waiting, late_at)
            else:
                _give(waiting, DONE)
                if is_new:
                    await self._dispatch(payload, arrived)
        except Exception as error:  # the handler answers for everything; this is the last net
            report_incident("slack_turn_failed", error)
        finally:
            # a modal whose answer failed stays open with what was typed in it
            _give(waiting, LATER if isinstance(arrived.turn, Submitted) else DONE)
        if is_new:
            await self._put_away(arrived.key)

    async def _take(self, arrived: Arrived, payload: dict[str, Any]) -> bool:
        """False: it came before. Where nothing can be kept it goes on all the same: the person is told what failed.

        Of a secret answer it is only kept that it came: if this process dies now, it must be given once more.
        """
        kept = {} if _verb(arrived) in UNKEPT else {name: part for name, part in payload.items() if name != "token"}
        body = orjson.dumps(kept).decode()
        try:
            return await self._arrivals.take(arrived.key, body, self._clock.now(), LEASE)
        except Exception as error:
            _log.error("arrival_not_kept", error=type(error).__name__)
            return True

    async def _submit(
        self, turn: Submitted, arrived: Arrived, payload: dict[str, Any], waiting: _Waiting, late_at: float
    ) -> None:
        """The modal is answered in the request itself, also when it comes again: it waits for an answer then."""
        answer = asyncio.ensure_future(self._dispatch(payload, arrived))
        await asyncio.wait([answer], timeout=max(0.0, late_at - asyncio.get_running_loop().time()))
        if answer.done():
            _give(waiting, Ack(body=answer.result()))
            return
        _give(waiting, Ack(body=self._handler.one_moment(turn)))
        await self._handler.late(turn, await answer)

    async def _finish(self, key: str, payload: dict[str, Any]) -> None:
        """An arrival that was left: nobody waits for its acknowledgement, and its trigger is long dead."""
        read = read_turn(payload, self._team)
        try:
            if isinstance(read, Arrived):
                body = await self._dispatch(payload, replace(read, trigger=""))
                if isinstance(read.turn, Submitted):
                    await self._handler.late(read.turn, body)
        except Exception as error:  # as in _work
            report_incident("slack_turn_failed", error)
        await self._put_away(key)

    async def _put_away(self, key: str) -> None:
        try:
            await self._arrivals.done(key, self._clock.now())
        except Exception as error:  # it is taken up once more, and has its effect once: the inbox knows it
            _log.warning("arrival_not_put_away", error=type(error).__name__)


def _verb(arrived: Arrived) -> str:
    """What it asks for: of anything in a window, what that window is sent in for."""
    turn = arrived.turn
    view = turn.view if isinstance(turn, Submitted | Closed) else arrived.view
    if view is not None and view.kind == "modal":
        return view.callback_id
    return turn.verb if isinstance(turn, Pressed) else ""


def _give(waiting: _Waiting, ack: Ack) -> None:
    if not waiting.done():
        waiting.set_result(ack)

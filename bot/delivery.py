"""The pump: takes what is due out of the outbox, draws it for its reader as things are now, and sends it.

A row is claimed under a lease, sent, and its outcome committed, one by one: a process killed in between loses nothing
and doubles at most what was in flight.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from board.clock import local_day
from board.deadlines import WorkingCalendar
from board.delivery import Address, Copy, DeliveryQueue, Due
from board.ports import Rules, Work
from bot.channels.base import Channel, Halted, Outcome, Retry, Sent
from bot.known import KnownAddresses
from bot.metrics import Metrics
from cards.i18n import Language, use
from cards.message import Message
from dialogs.present import drawn
from dialogs.room import Room

IN_FLIGHT: Final = 8
IN_FLIGHT_BESIDE_TURNS: Final = 2
"""While people wait for answers, notices go out fewer at a time: the answers come first."""
LEASE: Final = timedelta(seconds=60)
MOST_ATTEMPTS: Final = 12
FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(minutes=30)

_log = structlog.get_logger()


@dataclass(slots=True)
class Pump:
    """One a process; several processes share the outbox. ``wake`` after a commit that put something in line.

    ``turns_under_way`` says how many people wait for an answer just now.
    """

    queue: DeliveryQueue
    work: Work
    rules: Rules
    calendar: WorkingCalendar
    channels: Mapping[str, Channel]
    known: KnownAddresses
    metrics: Metrics
    turns_under_way: Callable[[], int] = lambda: 0
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    def wake(self) -> None:
        self._awake.set()

    def stop(self) -> None:
        """Takes nothing more; :meth:`run` returns when what is in flight has ended."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                sent = await self._round()
            except Exception as error:  # the database is away: it is asked again at the next tick
                _log.error("delivery_paused", error=type(error).__name__)
                sent = 0
            if not sent and not self._stopping:
                await self._sleep()

    async def _round(self) -> int:
        limit = IN_FLIGHT_BESIDE_TURNS if self.turns_under_way() else IN_FLIGHT
        due = await self.queue.claim(self.rules.clock.now(), limit, LEASE)
        await asyncio.gather(*(self._deliver(one) for one in due))
        return len(due)

    async def _sleep(self) -> None:
        """Until woken, or until the next row falls due; the scheduler's tick wakes it in any case."""
        try:
            following = await self.queue.next_due(self.rules.clock.now())
        except Exception:  # said above, and the tick asks again
            following = None
        wait = None if following is None else max(0.05, (following - self.rules.clock.now()).total_seconds())
        try:
            await asyncio.wait_for(self._awake.wait(), wait)
        except TimeoutError:
            return

    async def _deliver(self, due: Due) -> None:
        try:
            await self._settle(due, await self._send(due))
        except Exception as error:  # a bug in one card must not stop the others
            _log.error("delivery_failed", row=due.id, kind=due.kind, error=type(error).__name__)
            await self._retry(due, Retry(None, throttled=False, detail=type(error).__name__))

    async def _send(self, due: Due) -> tuple[Outcome | None, Copy | None]:
        """What came of it; None where there is nothing to show to this reader any more."""
        address = due.copy.address if due.copy else due.address
        channel = self.channels.get(address.channel) if address else None
        if address is None or channel is None:
            return Halted("refused", "no such channel here"), None
        message, rev = await self._draw(due)
        if message is None:
            return None, None
        if due.copy:
            return await channel.update(address, due.copy.message_id, message), replace(due.copy, rev=rev)
        outcome = await channel.send(address, message)
        return outcome, _copy(due, address, outcome, rev)

    async def _draw(self, due: Due) -> tuple[Message | None, int]:
        async with self.work.read() as work:
            actor = await work.people.actor_of(due.person, local_day(self.rules.clock.now()))
            if actor is None:
                return None, due.rev
            language: Language = actor.person.language  # type: ignore[assignment]  # stored from our own table
            with use(language):
                room = Room(actor, work, self.rules, self.calendar)
                kind = due.copy.kind if due.copy else due.kind
                message = await drawn(room, due.object_id, kind, copy=due.copy is not None)
        if message is None:
            return None, due.rev
        return replace(message, language=language), message.about.rev if message.about else due.rev

    async def _settle(self, due: Due, result: tuple[Outcome | None, Copy | None]) -> None:
        outcome, copy = result
        now = self.rules.clock.now()
        match outcome:
            case None:
                await self.queue.sent(due, None, now)
            case Sent():
                await self.queue.sent(due, copy, now)
                self.metrics.delivered(due.kind or "redraw")
            case Retry():
                await self._retry(due, outcome)
            case Halted(reason="gone") if due.copy:
                await self.queue.gone(due, now)
            case Halted(reason="refused"):
                await self._give_up(due, outcome.detail, now)
            case Halted():
                await self._unreachable(due, outcome, now)

    async def _unreachable(self, due: Due, outcome: Halted, now: datetime) -> None:
        address = due.copy.address if due.copy else due.address
        if address:
            self.known.forget(address)
        _log.warning("person_unreachable", row=due.id, person=due.person, reason=outcome.reason)
        await self.queue.unreachable(due, outcome.reason, now)

    async def _retry(self, due: Due, outcome: Retry) -> None:
        now = self.rules.clock.now()
        if not outcome.throttled and due.attempts + 1 >= MOST_ATTEMPTS:
            await self._give_up(due, outcome.detail, now)
            return
        wait = timedelta(seconds=outcome.after) if outcome.after is not None else backoff(due.attempts)
        await self.queue.later(due, now + wait, spend_attempt=not outcome.throttled, error=outcome.detail)

    async def _give_up(self, due: Due, detail: str, now: datetime) -> None:
        _log.error("delivery_given_up", row=due.id, kind=due.kind, person=due.person, detail=detail)
        await self.queue.failed(due, detail, now)


def backoff(attempts: int) -> timedelta:
    """2 s, 4 s, 8 s … half an hour at most."""
    return min(FIRST_WAIT * (1 << min(attempts, 16)), LONGEST_WAIT)


def _copy(due: Due, address: Address, outcome: Outcome, rev: int) -> Copy | None:
    if not isinstance(outcome, Sent) or not outcome.message_id:
        return None
    return Copy(address, outcome.message_id, due.person, due.kind, due.object_id, rev)

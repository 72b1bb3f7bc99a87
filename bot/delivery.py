"""The pump: takes what is due out of the outbox, draws it for its reader as things are now, and sends it.

A row is claimed under a lease, sent, and its outcome committed, one by one: a process killed in between loses nothing
and doubles at most what was in flight. Where the chat fails a person the ladder goes on: e-mail, then the deputy and
the office (``storage.queue``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from board.clock import local_day
from board.delivery import Address, Copy, DeliveryQueue, Due
from board.ids import is_channel
from board.people import Actor, Person
from board.ports import Rules, UnitOfWork, Work
from bot.answering import Answers, Offer
from bot.channels.base import Channel, Halted, Outcome, Retry, Sent
from bot.known import KnownAddresses
from bot.metrics import Metrics
from bot.rounds import Rounds
from cards.i18n import Language, use
from cards.message import Message
from dialogs.drawing import drawn
from dialogs.room import Room, Wanted

IN_FLIGHT: Final = 8
IN_FLIGHT_BESIDE_TURNS: Final = 2
"""While people wait for answers, notices go out fewer at a time: the answers come first."""
LEASE: Final = timedelta(seconds=120)
"""A process that was stopped for a minute and goes on has still the right to say that its messages went out."""
WRITTEN_AFTER: Final = (0.1, 1.0, 3.0)
"""Seconds between the tries to write down what came of a message."""
MOST_ATTEMPTS: Final = 12
FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(minutes=30)
EMAIL: Final = "email"
NOWHERE: Final = Halted("forbidden", "no address")

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Drawing:
    """``message`` None: nothing to show to this reader any more. ``rev``: what of the object it shows."""

    message: Message | None
    rev: int
    email: str = ""
    offer: Offer | None = None


@dataclass(slots=True, eq=False)
class Pump(Rounds):
    """One a process; several processes share the outbox. ``wake`` after a commit that put something in line.

    ``turns_under_way`` says how many people wait for an answer just now. ``site`` is the bot's own public address.
    """

    PAUSED = "delivery_paused"

    queue: DeliveryQueue
    work: Work
    rules: Rules
    channels: Mapping[str, Channel]
    known: KnownAddresses
    metrics: Metrics
    site: str = ""
    turns_under_way: Callable[[], int] = lambda: 0

    async def round(self) -> bool:
        limit = IN_FLIGHT_BESIDE_TURNS if self.turns_under_way() else IN_FLIGHT
        due = await self.queue.claim(self.rules.clock.now(), limit, LEASE)
        await asyncio.gather(*(self._deliver(one) for one in due))
        return bool(due)

    async def _rest(self) -> None:
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
            done = await self._send(due)
        except Exception as error:  # a bug in one card must not stop the others
            await self._broke(due, error)
        else:
            await self._written(due, *done)

    async def _written(self, due: Due, outcome: Outcome | None, copy: Copy | None, drawing: _Drawing) -> None:
        """What went out is written down, tried anew where the database breaks off: else it would go out once more."""
        for pause in (*WRITTEN_AFTER, None):
            try:
                await self._settle(due, outcome, copy, drawing)
                return
            except Exception as error:
                if pause is None:
                    await self._broke(due, error)
                    return
                _log.warning("delivery_not_written", row=due.id, kind=due.kind, error=type(error).__name__)
                await asyncio.sleep(pause)

    async def _broke(self, due: Due, error: Exception) -> None:
        _log.error("delivery_failed", row=due.id, kind=due.kind, error=type(error).__name__)
        retry = Retry(None, throttled=False, detail=type(error).__name__)
        await self._retry(due, retry, _Drawing(None, due.rev))

    async def _send(self, due: Due) -> tuple[Outcome | None, Copy | None, _Drawing]:
        """What came of it; None where there is nothing to show to this reader any more."""
        drawing = await self._draw(due)
        if drawing.message is None:
            return None, None, drawing
        address = due.copy.address if due.copy else self._address(due, drawing)
        if address is None:
            return NOWHERE, None, drawing
        channel = self.channels.get(address.channel)
        if channel is None:
            return Halted("refused", "no such channel here"), None, drawing
        if due.copy:
            outcome = await channel.update(address, due.copy.message_id, drawing.message)
            return outcome, replace(due.copy, rev=drawing.rev), drawing
        outcome = await channel.send(address, await self._to_answer(due, drawing.message, drawing))
        return outcome, _copy(due, address, outcome, drawing.rev), drawing

    async def _to_answer(self, due: Due, message: Message, drawing: _Drawing) -> Message:
        """A mail says how it is answered; the same when it is sent again."""
        if drawing.offer is None:
            return message
        return await self._answers.with_link(message, drawing.offer, f"{due.id}|{due.person}")

    @property
    def _answers(self) -> Answers:
        return Answers(self.work, self.rules, self.site)

    def _address(self, due: Due, drawing: _Drawing) -> Address | None:
        if due.way == "chat":
            return due.address
        if not drawing.email or EMAIL not in self.channels:
            return None
        return Address(EMAIL, "", "", drawing.email, "personal", "")

    async def _draw(self, due: Due) -> _Drawing:
        async with self.work.read() as work:
            actor = await self._reader(due, work)
            if actor is None:
                return _Drawing(None, due.rev)
            language: Language = actor.person.language  # type: ignore[assignment]  # stored from our own table
            with use(language):
                room = Room(actor, work, self.rules, site=self.site)
                kind = due.copy.kind if due.copy else due.kind
                part = due.copy.part if due.copy else due.part
                wanted = Wanted(due.object_id, kind, due.rev, part, due.copy is not None)
                message = await drawn(room, wanted)
                by_mail = due.way == EMAIL and due.copy is None
                offer = await self._answers.offer(room, wanted, message) if message and by_mail else None
        if message is None:
            return _Drawing(None, due.rev)
        rev = message.about.rev if message.about else due.rev
        return _Drawing(replace(message, language=language), rev, actor.person.email, offer)

    async def _reader(self, due: Due, work: UnitOfWork) -> Actor | None:
        """A person with today's roles; or a channel, which has none."""
        if not is_channel(due.person):
            return await work.people.actor_of(due.person, local_day(self.rules.clock.now()))
        channel = await work.channels.get(due.person)
        return Actor(Person(due.person, "", language=channel.language)) if channel else None

    async def _settle(self, due: Due, outcome: Outcome | None, copy: Copy | None, drawing: _Drawing) -> None:
        now = self.rules.clock.now()
        match outcome:
            case None:
                await self.queue.dropped(due, now)
            case Sent():
                await self.queue.sent(due, copy, now)
                self.metrics.delivered(due.kind or "redraw")
            case Retry():
                await self._retry(due, outcome, drawing)
            case Halted(reason="gone") if due.copy:
                await self.queue.gone(due, now)
            case Halted() if due.copy and outcome.reason == "refused":
                await self._give_up(due, outcome.detail, now)
            case Halted():
                await self._next_way(due, outcome, drawing, now)

    async def _next_way(self, due: Due, outcome: Halted, drawing: _Drawing, now: datetime) -> None:
        """One rung down: a chat that is closed → e-mail → whoever stands in, and the office's list."""
        detail = outcome.detail or outcome.reason
        address = due.copy.address if due.copy else due.address
        if due.way == "chat" and address is not None and outcome.reason != "refused":
            self.known.forget(address)
            _log.warning("person_unreachable", row=due.id, person=due.person, reason=outcome.reason)
            await self.queue.unreachable(due, detail, now)
        elif due.way == "chat" and drawing.email and EMAIL in self.channels:
            await self.queue.reroute(due, EMAIL, detail, now)
        elif is_channel(due.person):
            await self._give_up(due, detail, now)
        else:
            await self.queue.unreached(due, detail, now)

    async def _retry(self, due: Due, outcome: Retry, drawing: _Drawing) -> None:
        now = self.rules.clock.now()
        if outcome.throttled or due.attempts + 1 < MOST_ATTEMPTS:
            wait = timedelta(seconds=outcome.after) if outcome.after is not None else backoff(due.attempts)
            spend = not outcome.throttled
            await self.queue.later(due, now + wait, spend_attempt=spend, error=outcome.detail)
        elif due.copy or drawing.message is None:
            await self._give_up(due, outcome.detail, now)
        else:
            await self._next_way(due, Halted("refused", outcome.detail), drawing, now)

    async def _give_up(self, due: Due, detail: str, now: datetime) -> None:
        _log.error("delivery_given_up", row=due.id, kind=due.kind, person=due.person, detail=detail)
        await self.queue.failed(due, detail, now)


def backoff(attempts: int) -> timedelta:
    """2 s, 4 s, 8 s … half an hour at most."""
    return min(FIRST_WAIT * (1 << min(attempts, 16)), LONGEST_WAIT)


def _copy(due: Due, address: Address, outcome: Outcome, rev: int) -> Copy | None:
    """What can be redrawn later: a message in a chat, never a mail."""
    if not isinstance(outcome, Sent) or not outcome.message_id or address.channel == EMAIL:
        return None
    return Copy(address, outcome.message_id, due.person, due.kind, due.object_id, rev, due.part)

"""The composition root: the only place that knows every part. Nothing here happens on import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog
from aiohttp import web

from board.clock import Clock
from board.ports import Rules
from bot.answer_desk import Desk
from bot.answer_links import AnswerPages
from bot.archive.archiving import Archiver
from bot.archive_links import ArchiveLinks
from bot.calendar_feed import CalendarFeed
from bot.channels.rates import REAL_TIME, Tempo
from bot.chats import Chats, open_chats
from bot.clocks import MovableClock, SystemClock
from bot.delivery import Pump
from bot.documents.press import Press
from bot.files import FileStore, PublicOnly
from bot.known import KnownAddresses
from bot.local_clock import ClockFromChat
from bot.metrics import Metrics
from bot.minutes_pdf import MinutesPdf
from bot.minutes_word import MinutesWord, WordFiles
from bot.packing import Packing
from bot.paper_links import PaperLinks
from bot.planning import Planning
from bot.receiver import Conversations
from bot.rounds import Rounds
from bot.routes import add_health, timed
from bot.rules import load_languages, rules_for
from bot.scheduler import Ticks
from bot.sealing import Locking
from bot.settings import Problems, Settings, words
from storage.engine import Store, open_store
from storage.retention import SHELF_KEPT, Retention

if TYPE_CHECKING:
    from bot.channels.email.channel import EmailChannel


_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that answers. ``clock`` is movable in local mode; ``turns_under_way``: how many people wait just now."""

    web_app: web.Application
    store: Store
    clock: Clock
    pump: Pump
    turns_under_way: Callable[[], int]


@asynccontextmanager
async def running(
    settings: Settings, *, local: bool, now: datetime | None = None, site: str = "", tempo: Tempo = REAL_TIME
) -> AsyncIterator[Running]:
    """The whole bot, without a listening socket. Ends by stopping intake, draining, and closing what was opened.

    ``site``: the address people reach it at, where the settings name none. ``tempo``: the time that a platform's rates
    are held in.
    """
    clock: Clock = MovableClock(now) if now else SystemClock()
    rules = rules_for(settings, clock)
    load_languages()
    store = await open_store(settings.database_url, urn_keys=settings.urn_keys)
    try:
        if problem := await store.schema_problem():
            raise Problems((problem,))
        async with (
            open_chats(settings, store, clock, local=local, tempo=tempo) as chats,
            _file_session(local=local) as session,
        ):
            files = FileStore(settings.files, session, words(settings.file_hosts), local, chats.file_access)
            where = (settings.public_url or site).rstrip("/")
            async with _assembled(settings, rules, store, chats, files, where) as bot:
                yield bot
    finally:
        await store.close()


def _file_session(*, local: bool) -> aiohttp.ClientSession:
    resolver = None if local else PublicOnly()
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=resolver, limit=8), cookie_jar=aiohttp.DummyCookieJar()
    )


@asynccontextmanager
async def _assembled(
    settings: Settings, rules: Rules, store: Store, chats: Chats, files: FileStore, site: str
) -> AsyncIterator[Running]:
    clock, metrics = rules.clock, Metrics()
    known = KnownAddresses(clock)
    mail = _mail(settings, rules)
    channels = chats.channels
    if mail is not None:
        channels[mail.name] = mail
    pump = Pump(store.queue, store.work, rules, channels, known, metrics, site)
    press = Press(settings.files)
    packing = Packing(store.work, rules, press)
    locking = Locking(store.work, rules, press)
    beside: tuple[Rounds, ...] = (pump, packing, locking)
    store.on_due = wake = _together([one.wake for one in beside])
    planning = Planning(store.work, store.queue, rules, wake)
    await planning.settle()
    move = ClockFromChat(clock, planning.tick) if isinstance(clock, MovableClock) else None
    words = WordFiles(settings.files)
    receiver = Conversations(
        store.work, rules, known, files.fetch, move, site, settings.link_hours, words.read, chats.introduce
    )
    pump.turns_under_way = chats.turns_under_way
    ticks = Ticks(
        _in_turn(chats.take_up_left, planning.tick), _tidying(store, settings, clock), store.end_stopped, metrics.lag
    )
    app = web.Application(middlewares=[timed(metrics)])
    chats.receive(receiver, app)
    _add_links(app, store, rules, packing, press)
    AnswerPages(Desk(store.work, rules, site, settings.link_hours, words.read)).add_to(app)
    add_health(app, _readiness(store, ticks), metrics)
    working = [asyncio.create_task(one.run()) for one in beside]
    ticks.start()
    await chats.start()
    try:
        yield Running(app, store, clock, pump, chats.turns_under_way)
    finally:
        ticks.stop()
        await chats.close()
        await _ended(beside, working, press)
        if mail is not None:
            await mail.close()


def _add_links(app: web.Application, store: Store, rules: Rules, packing: Packing, press: Press) -> None:
    """What a secret address of somebody's own opens."""
    CalendarFeed(store.work, rules).add_to(app)
    PaperLinks(store.work, rules, packing, press).add_to(app)
    MinutesWord(store.work, rules).add_to(app)
    MinutesPdf(store.work, rules, press, press).add_to(app)
    ArchiveLinks(store.work, rules, Archiver(store.work, rules, press)).add_to(app)


async def _ended(beside: Sequence[Rounds], working: Sequence[asyncio.Task[None]], press: Press) -> None:
    """Each takes nothing more, and ends with what it has under way."""
    for one in beside:
        one.stop()
    await press.close()
    await asyncio.gather(*working)


def _together(wakes: Sequence[Callable[[], None]]) -> Callable[[], None]:
    def all_of_them() -> None:
        for wake in wakes:
            wake()

    return all_of_them


def _in_turn(*acts: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    async def all_of_them() -> None:
        for act in acts:
            await act()

    return all_of_them


def _mail(settings: Settings, rules: Rules) -> EmailChannel | None:
    if not settings.smtp_host:
        return None
    from bot.channels.email.build import build_email  # noqa: PLC0415  # a tenth of the start-up, for those who use it

    return build_email(settings, rules.mandate, rules.clock)


def _readiness(store: Store, ticks: Ticks) -> Callable[[], Any]:
    async def ready() -> str | None:
        if not ticks.ticking:
            return "the scheduler is not ticking"
        try:
            await store.ping()
            return await store.schema_problem()
        except Exception as error:  # whatever the database driver says: not ready
            return f"the database does not answer ({type(error).__name__})"

    return ready


def _tidying(store: Store, settings: Settings, clock: Clock) -> Callable[[], Any]:
    async def tidy() -> None:
        now = clock.now()
        keep = Retention(
            inbox_before=now - timedelta(days=settings.inbox_days),
            outbox_before=now - timedelta(days=settings.outbox_days),
            proof_before=now - timedelta(days=settings.proof_days),
            links_before=now,
            shelf_before=now - SHELF_KEPT,
        )
        await store.purge(keep)

    return tidy

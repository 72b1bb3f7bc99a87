"""The composition root: the only place that knows every part. Nothing here happens on import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog
from aiohttp import web

from board.clock import Clock
from board.mandate import Mandate
from board.mandate_file import MandateProblems, read_mandate
from board.ports import Rules
from bot.archive.archiving import Archiver
from bot.archive_links import ArchiveLinks
from bot.calendar import NorwegianCalendar
from bot.calendar_feed import CalendarFeed
from bot.channels.base import Channel
from bot.channels.teams.config import PUBLIC_HOSTS, Certificate, Credential, ManagedIdentity, Secret, TeamsConfig
from bot.channels.teams.connector import open_session
from bot.channels.teams.edge import Inbound, build_inbound, build_outbound
from bot.channels.teams.render import Renderer
from bot.clocks import MovableClock, SystemClock
from bot.delivery import Pump
from bot.documents.press import Press
from bot.files import FileStore, PublicOnly
from bot.ids import RandomIds
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
from bot.scheduler import Ticks
from bot.sealing import Locking
from bot.settings import Problems, Settings, words
from cards.adaptive import fitted_card, to_picture_card
from cards.i18n import IncompleteCatalogues, install, load, use
from cards.message import Message, Picture
from cards.plain import to_summary
from storage.engine import Store, open_store
from storage.retention import Retention

if TYPE_CHECKING:
    from bot.channels.email.channel import EmailChannel

LOCAL_TENANT = "local"
DRAIN_SECONDS = 20.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that answers. ``clock`` is movable in local mode."""

    web_app: web.Application
    store: Store
    clock: Clock
    inbound: Inbound
    pump: Pump


def load_mandate(path: Path) -> Mandate:
    """Errors: :class:`Problems`, each naming the file and the line."""
    try:
        return read_mandate(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problems((f"SAKSGANG_MANDATE: {path} cannot be read ({error.strerror})",)) from error
    except MandateProblems as error:
        raise Problems(tuple(f"{path.name}, {problem}" for problem in error.problems)) from error


def load_languages() -> None:
    """Errors: :class:`Problems` where a language lacks a text or was not compiled."""
    try:
        install(load())
    except IncompleteCatalogues as error:
        raise Problems((f"the texts are not complete: {error}",)) from error


def rules_for(settings: Settings, clock: Clock) -> Rules:
    return Rules(load_mandate(settings.mandate), clock, RandomIds(), NorwegianCalendar())


def renderer(*, local: bool = False) -> Renderer:
    """Draws in the reader's language, which the message carries.

    The Playground ignores buttons that write for the person (``msteams`` imBack): in local mode they are plain ones.
    """

    def card(message: Message) -> dict[str, Any]:
        with use(message.language):
            drawn = fitted_card(message)
        if local:
            for action in drawn.get("actions", ()):
                if action["type"] == "Action.Submit":
                    action["data"].pop("msteams", None)
        return drawn

    def summary(message: Message) -> str:
        with use(message.language):
            return to_summary(message)

    @lru_cache(maxsize=16)
    def drawing(source: str) -> bytes:
        from bot.pictures import draw_wheel  # noqa: PLC0415  # a quarter of the start-up, for a picture now and then

        return draw_wheel(source)

    async def picture(wanted: Picture) -> bytes:
        return await asyncio.to_thread(drawing, wanted.source)

    def pictured(message: Message, png: bytes) -> dict[str, Any]:
        with use(message.language):
            return to_picture_card(message, png)

    return Renderer(card, summary, picture, pictured)


@asynccontextmanager
async def running(
    settings: Settings, *, local: bool, now: datetime | None = None, site: str = ""
) -> AsyncIterator[Running]:
    """The whole bot, without a listening socket. Ends by stopping intake, draining, and closing what was opened.

    ``site``: the address people reach it at, where the settings name none.
    """
    clock: Clock = MovableClock(now) if now else SystemClock()
    rules = rules_for(settings, clock)
    load_languages()
    config = teams_config(settings, local=local)
    store = await open_store(settings.database_url, urn_keys=settings.urn_keys)
    try:
        if problem := await store.schema_problem():
            raise Problems((problem,))
        async with open_session(config) as session, _file_session(local=local) as file_session:
            files = FileStore(settings.files, file_session, words(settings.file_hosts), local=local)
            where = (settings.public_url or site).rstrip("/")
            async with _assembled(settings, config, rules, store, session, files, where) as bot:
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
    settings: Settings,
    config: TeamsConfig,
    rules: Rules,
    store: Store,
    session: aiohttp.ClientSession,
    files: FileStore,
    site: str,
) -> AsyncIterator[Running]:
    clock, draw, metrics = rules.clock, renderer(local=config.local), Metrics()
    known = KnownAddresses(clock)
    outbound = build_outbound(config, session, draw, clock)
    mail = _mail(settings, rules)
    channels: dict[str, Channel] = {outbound.channel.name: outbound.channel}
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
    receiver = Conversations(store.work, rules, known, files.fetch, move, site, settings.link_hours, words.read)
    inbound = build_inbound(config, session, outbound, receiver, draw, clock)
    pump.turns_under_way = inbound.turns_under_way
    ticks = Ticks(planning.tick, _tidying(store, settings, clock), store.end_stopped, metrics.lag)
    app = web.Application(middlewares=[timed(metrics)])
    inbound.add_to(app)
    _add_links(app, store, rules, packing, press)
    add_health(app, _readiness(store, ticks), metrics)
    working = [asyncio.create_task(one.run()) for one in beside]
    ticks.start()
    try:
        yield Running(app, store, clock, inbound, pump)
    finally:
        ticks.stop()
        await inbound.close(DRAIN_SECONDS)
        await _ended(beside, working, press)
        if mail is not None:
            await mail.close()
        if outbound.tokens is not None:
            await outbound.tokens.close()


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
        )
        await store.purge(keep)

    return tidy


def teams_config(settings: Settings, *, local: bool) -> TeamsConfig:
    return TeamsConfig(
        app_id=settings.app_id or ("local" if local else ""),
        tenant_id=settings.tenant_id or (LOCAL_TENANT if local else ""),
        credential=None if local else _credential(settings),
        allowed_tenants=settings.tenants,
        allowed_hosts=PUBLIC_HOSTS | words(settings.connector_hosts),
        openid_metadata_url=settings.openid_metadata_url,
        issuer=settings.token_issuer,
        authority_host=settings.authority_host,
        local=local,
        acts_per_minute=settings.acts_per_minute,
        rate_share=_rate_share(settings, local=local),
        replicas=settings.replicas,
    )


def _rate_share(settings: Settings, *, local: bool) -> float:
    """Local mode speaks to no Microsoft service: nothing to keep below, unless somebody asks for it."""
    asked = not local or "outgoing_share" in settings.model_fields_set
    return settings.outgoing_share if asked else 0.0


def _credential(settings: Settings) -> Credential | None:
    if settings.managed_identity:
        return ManagedIdentity()
    if settings.app_certificate:
        return Certificate(settings.app_certificate, settings.app_certificate_thumbprint)
    return Secret(settings.app_secret) if settings.app_secret else None

"""The whole bot in one process, driven as Teams drives it: real payloads in, real HTTP out of a local Connector."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from board.case import Case
from board.events import Event, Happened
from board.ids import CaseId
from bot.app import Running, running
from bot.channels.rates import REAL_TIME, Tempo
from bot.channels.teams.routes import SERVER_OPTIONS
from bot.clocks import MovableClock
from bot.demo import demo_id, seed
from bot.rules import rules_for
from bot.settings import Settings
from bot.teams_settings import LOCAL_TENANT
from storage.engine import open_store
from tests.fakes.connector import FakeConnector
from tests.fakes.serving import Served
from tests.fakes.teams import Persona
from tests.scenarios.drive import Drive
from tests.scenarios.looks import button, elements, inputs, shown, verbs, words
from tests.scenarios.teams_chat import Chat

__all__ = [
    "BP2",
    "CHAIR",
    "FIELDS",
    "LEAD",
    "MEMBER",
    "MONDAY",
    "NO_SCOPE",
    "OFFICE",
    "OWNER",
    "SUBMITTER",
    "Chat",
    "World",
    "a_world",
    "button",
    "elements",
    "inputs",
    "shown",
    "verbs",
    "words",
]

MONDAY = datetime.fromisoformat("2026-03-02T08:00:00+01:00")
SUBMITTER, OWNER, OFFICE, LEAD, CHAIR, MEMBER = 1, 2, 3, 4, 5, 11
CHANNEL = "19:channel@thread.tacv2"


@dataclass(repr=False)  # a test that fails would write all that there is
class World:
    """``restart`` stops the bot and starts it anew on the same database, as an operator would."""

    settings: Settings
    platform: FakeConnector
    session: aiohttp.ClientSession
    now: datetime = MONDAY
    drive: Drive = field(default_factory=Drive)
    tempo: Tempo = REAL_TIME
    bot: Running | None = None
    _served: Served | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        self._stack = AsyncExitStack()
        self.bot = await self._stack.enter_async_context(
            running(self.settings, local=True, now=self.now, tempo=self.tempo)
        )
        self._served = Served(self.bot.web_app, **SERVER_OPTIONS)
        await self._served.start()
        self._stack.push_async_callback(self._served.stop)

    async def stop(self) -> None:
        await self._stack.aclose()

    async def restart(self) -> None:
        assert self.bot is not None
        self.now = self.bot.clock.now()
        await self.stop()
        await self.start()

    @property
    def url(self) -> str:
        assert self._served is not None
        return self._served.url

    def person(self, digits: int, name: str = "Prosjektleder Demo") -> Chat:
        return Chat(self, Persona(digits, name, self.platform.url))

    def registered(self, digits: int, email: str) -> None:
        """Somebody more is in the register."""

    async def post(self, payload: dict[str, Any]) -> tuple[int, Any]:
        async with self.session.post(f"{self.url}/api/messages", json=payload) as response:
            text = await response.text()
            body = await response.json() if text.startswith("{") else text
            return response.status, body

    def messages(self) -> list[tuple[str, str]]:
        """Every new message so far: in which conversation, and what its notification says."""
        return [(call.conversation, str(call.payload.get("summary"))) for call in self.platform.ledger.messages]

    def doubled(self) -> list[str]:
        """Bodies that a conversation received as more than one new message."""
        return self.platform.ledger.doubled()

    def wire(self) -> list[tuple[str, Any]]:
        """All that went out so far, in order: to which conversation, and what."""
        return [(call.conversation, call.payload) for call in self.platform.ledger.calls]

    async def in_channel(self, chat: Chat, text: str) -> None:
        """Says something to the bot in the channel."""
        status, _ = await self.post(chat.persona.in_channel(text))
        assert status in (200, 202)
        await self.settled()

    def channel_posts(self) -> list[dict[str, Any]]:
        """What was posted in the channel, in whichever thread, in order."""
        calls = self.platform.ledger.messages
        return [call.card for call in calls if call.conversation.startswith(CHANNEL) and call.card]

    def channel_cards(self) -> list[dict[str, Any]]:
        """What stands in the channel now."""
        cards = self.platform.ledger.cards
        return [card for chat, held in cards.items() if chat.startswith(CHANNEL) for card in held.values()]

    def heal(self) -> None:
        """Nobody is blocked any more."""
        self.platform.faults.clear()

    async def history(self, object_id: str) -> list[Event]:
        """All that is in the log about one object, in order."""
        assert self.bot is not None
        async with self.bot.store.work.read() as work:
            return list(await work.history.of(object_id))

    async def way(self, case: str) -> list[tuple[str, str, str, str]]:
        """The steps of a case in the log, without answers that were saved: (what, by, from, to)."""
        steps = [e for e in await self.history(case) if e.what not in (Happened.CASE_SAVED, Happened.DOCUMENT_ATTACHED)]
        return [(e.what.value, e.by[-2:].lstrip("0"), e.from_state, e.to_state) for e in steps]

    async def case(self, case: str) -> Case:
        assert self.bot is not None
        async with self.bot.store.work.read() as work:
            found = await work.cases.get(CaseId(case))
        assert found is not None
        return found

    async def settled(self) -> None:
        """Waits until no turn is under way."""
        assert self.bot is not None
        async with asyncio.timeout(10):
            while True:
                if not self.bot.turns_under_way():
                    return
                await asyncio.sleep(0.002)  # between two questions, not instead of them

    async def rows(self) -> int:
        """How many rows the log has."""
        assert self.bot is not None
        return (await self.bot.store.verify_history()).rows

    async def quiet(self) -> None:
        """Waits until everything that is due has gone out."""
        assert self.bot is not None
        store, clock = self.bot.store, self.bot.clock
        async with asyncio.timeout(20):
            while True:
                if await store.queue.next_due(clock.now()) is None:
                    return
                await asyncio.sleep(0.01)  # between two questions, not instead of them

    @asynccontextmanager
    async def second(self) -> AsyncIterator[World]:
        """Another bot on the same database (PostgreSQL): a replica behind the same address."""
        assert self.bot is not None
        other = self._twin(self.bot.clock.now())
        await other.start()
        try:
            yield other
        finally:
            await other.stop()

    def _twin(self, now: datetime) -> World:
        return World(self.settings, self.platform, self.session, now, self.drive, self.tempo)


@asynccontextmanager
async def a_world(
    url: str,
    folder: Path,
    *,
    now: datetime = MONDAY,
    empty: bool = True,
    enforce_rates: bool = False,
    kind: Callable[..., World] = World,
    after_seed: Callable[[str], Awaitable[None]] | None = None,
    **settings: Any,
) -> AsyncIterator[World]:
    """A migrated database at ``url``, the demo board, the Connector and the bot, all on loopback."""
    given = Settings(
        database_url=url,
        files=folder / "files",
        acts_per_minute=0,
        _env_file=None,
        **settings,
    )
    async with await open_store(url) as store:
        rules = rules_for(given, MovableClock(now))
        await seed(store.work, rules, LOCAL_TENANT, empty=empty)
    if after_seed is not None:
        await after_seed(url)
    async with (
        FakeConnector(enforce_rates=enforce_rates) as platform,
        aiohttp.ClientSession() as session,
        Drive().served() as drive,
    ):
        world = kind(given, platform, session, now, drive)
        await world.start()
        try:
            yield world
        finally:
            await world.stop()


NO_SCOPE = {f"scope_{n}": "false" for n in range(1, 8)}
BP2 = {"delivery_form": "project", "case_type": "bp2", "sub_portfolio": "clinical", **NO_SCOPE}
FIELDS = {
    "title": "Regional radiologiløsning",
    "project_ref": "P-1042",
    "project_owner": demo_id(OWNER),
    "proposed_decision": "Styret godkjenner overgang til planleggingsfasen.",
    "summary": "Saken gjelder ny radiologiløsning.",
    "background": "Dagens løsning er utdatert.",
    "assessment": "Tre alternativer er vurdert.",
    "cost_investment": "12,5 mill",
    "cost_operation": "800 000",
    "benefits": "Raskere svar til pasientene.",
    "risks": "Leveransekapasitet.",
    "dependencies": "Felles bildearkiv.",
}

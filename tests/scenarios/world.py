"""The whole bot in one process, driven as Teams drives it: real payloads in, real HTTP out of a local Connector."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from board.case import Case
from board.events import Event, Happened
from board.ids import CaseId
from bot.app import LOCAL_TENANT, Running, rules_for, running
from bot.channels.teams.routes import SERVER_OPTIONS
from bot.clocks import MovableClock
from bot.demo import demo_id, seed
from bot.settings import Settings
from storage.engine import open_store
from tests.fakes.connector import FakeConnector
from tests.fakes.serving import Served
from tests.fakes.teams import Persona

MONDAY = datetime.fromisoformat("2026-03-02T08:00:00+01:00")
SUBMITTER, OWNER, OFFICE, LEAD, CHAIR, MEMBER = 1, 2, 3, 4, 5, 11


@dataclass
class World:
    """``restart`` stops the bot and starts it anew on the same database, as an operator would."""

    settings: Settings
    platform: FakeConnector
    session: aiohttp.ClientSession
    now: datetime = MONDAY
    bot: Running | None = None
    _served: Served | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        self._stack = AsyncExitStack()
        self.bot = await self._stack.enter_async_context(running(self.settings, local=True, now=self.now))
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

    async def post(self, payload: dict[str, Any]) -> tuple[int, Any]:
        async with self.session.post(f"{self.url}/api/messages", json=payload) as response:
            text = await response.text()
            body = await response.json() if text.startswith("{") else text
            return response.status, body

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
        assert await self.bot.inbound.messages.flights.drain(10)

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
        other = World(self.settings, self.platform, self.session, self.bot.clock.now())
        await other.start()
        try:
            yield other
        finally:
            await other.stop()


@dataclass
class Chat:
    """One person's personal chat with the bot."""

    world: World
    persona: Persona

    @property
    def id(self) -> str:
        return self.persona.user

    @property
    def cards(self) -> dict[str, dict[str, Any]]:
        """Every card in the chat as it looks now, by message id, oldest first."""
        return self.world.platform.ledger.cards.get(self.persona.chat, {})

    @property
    def last(self) -> dict[str, Any]:
        return self.world.platform.ledger.latest_card(self.persona.chat)

    async def join(self) -> None:
        await self.world.post(self.persona.installs())

    async def say(self, text: str) -> dict[str, Any]:
        """Says something and gives the newest card that answers it; of a turn without an answer, the chat's newest."""
        said = self.persona.says(text)
        status, body = await self.world.post(said)
        assert status in (200, 202), (status, body)
        answers = self._answers(said)
        return self.cards[answers[-1]] if answers else self.last

    def _answers(self, payload: dict[str, Any]) -> list[str]:
        """The messages that answer this turn, so that a notice that came meanwhile is not taken for its answer."""
        calls = self.world.platform.ledger.of(self.persona.chat)
        told = [call for call in calls if call.kind == "reply" and call.payload.get("replyToId") == payload["id"]]
        return [call.message_id for call in told if call.message_id in self.cards]

    async def say_all(self, *texts: str) -> dict[str, Any]:
        """Says one after the other and gives the newest card after the last."""
        for text in texts:
            await self.say(text)
        return self.last

    async def press(self, card: dict[str, Any], verb: str, **inputs: Any) -> dict[str, Any]:
        """Presses the button with this verb on a card, and gives the card that answers."""
        message_id = next((key for key, value in self.cards.items() if value is card), "unknown")
        return await self.press_raw(verb, {**button(card, verb)["data"], **inputs}, message_id)

    def message_of(self, text: str) -> str:
        """The id of the newest message whose card holds the text now."""
        found = [message for message, card in self.cards.items() if text in words(card)]
        assert found, f"no card holds «{text}»"
        return found[-1]

    async def press_raw(self, verb: str, data: dict[str, Any], message_id: str = "unknown") -> dict[str, Any]:
        pressed = self.persona.presses(verb, data, message_id)
        status, body = await self.world.post(pressed)
        assert status == 200, (status, body)
        assert body["statusCode"] == 200, body
        card = body["value"]
        if card == "":  # there was nothing to answer
            return self.last
        if isinstance(card, str):  # the answer comes as a message of its own
            await self.world.platform.wait_for(lambda _: bool(self._answers(pressed)))
            return self.cards[self._answers(pressed)[-1]]
        assert isinstance(card, dict), body
        return card

    async def sees(self, text: str, seconds: float = 10.0) -> dict[str, Any]:
        """Waits until some card in the chat holds the text, and gives the newest such card."""

        def there(_: Any) -> bool:
            return any(text in words(card) for card in self.cards.values())

        try:
            await self.world.platform.wait_for(there, seconds)
        except TimeoutError:
            shown = "\n---\n".join(words(card) for card in self.cards.values())
            raise AssertionError(f"«{text}» never came; the chat shows:\n{shown}") from None
        return [card for card in self.cards.values() if text in words(card)][-1]


@asynccontextmanager
async def a_world(
    url: str,
    folder: Path,
    *,
    now: datetime = MONDAY,
    empty: bool = True,
    enforce_rates: bool = False,
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
    async with FakeConnector(enforce_rates=enforce_rates) as platform, aiohttp.ClientSession() as session:
        world = World(given, platform, session, now)
        await world.start()
        try:
            yield world
        finally:
            await world.stop()


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card, depth first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from elements(value)
    elif isinstance(node, list):
        for value in node:
            yield from elements(value)


def words(card: dict[str, Any]) -> str:
    """Everything a person reads on a card, also titles of buttons, labels and values of inputs."""
    keys = ("text", "title", "label", "value", "placeholder", "errorMessage")
    found = []
    for element in elements(card):
        found += [str(element[k]) for k in keys if isinstance(element.get(k), str)]
        found += [run for run in element.get("inlines", ()) if isinstance(run, str)]
    return " ".join(found)


def shown(chat: Chat) -> str:
    """Everything that stands in a chat now."""
    return "\n".join(words(card) for card in chat.cards.values())


def button(card: dict[str, Any], verb: str) -> dict[str, Any]:
    found = [e for e in elements(card) if e.get("type") == "Action.Execute" and e.get("verb") == verb]
    assert found, f"no button {verb}; there are {verbs(card)}"
    return found[0]


def verbs(card: dict[str, Any]) -> list[str]:
    return [e["verb"] for e in elements(card) if e.get("type") == "Action.Execute"]


def inputs(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in elements(card) if str(e.get("type", "")).startswith("Input.")}


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

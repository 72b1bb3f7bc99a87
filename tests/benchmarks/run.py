"""One run: sets the servers up on their databases, has them measured, and ends what it started."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import aiohttp

from board.ports import Rules
from bot.calendar import NorwegianCalendar
from bot.clocks import SystemClock
from bot.ids import RandomIds
from bot.rules import load_mandate
from bot.settings import SHIPPED_MANDATE
from storage.engine import open_store
from tests.benchmarks import crowd, documents, measures, planning
from tests.benchmarks.board import Waiting, fill
from tests.benchmarks.load import CALLERS, Load
from tests.benchmarks.programs import Program, agents_echo, bot, botbuilder_echo, command, sink
from tests.benchmarks.register import search_rows
from tests.benchmarks.register_board import FEW, fill_register
from tests.benchmarks.report import Row
from tests.storage.server import postgres

PARTS: Final = ("start", "throughput", "memory", "scale", "planning", "search", "documents")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. Turns and presses are those of one round."""

    rounds: int
    echo_turns: int
    agents_turns: int
    turns: int
    presses: int
    starts: int
    memory_turns: int
    cases: int
    history: int
    scale_rounds: int
    planned: int
    decisions: int

    @property
    def waiting(self) -> int:
        """How many cases are to be prepared for each database."""
        return (self.rounds + self.scale_rounds) * (self.presses + CALLERS)

    def settings(self) -> dict[str, Any]:
        return asdict(self) | {"callers": CALLERS}


FULL: Final = Size(5, 300, 1200, 2000, 400, 5, 10_000, 100_000, 1_000_000, 5, 1_000_000, 100_000)
QUICK: Final = Size(2, 100, 400, 600, 120, 2, 600, 10_000, 100_000, 2, 100_000, 10_000)


class Run:
    """``all`` gives the rows of the table."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._stack = AsyncExitStack()
        self._lags: list[float] = []

    async def all(self, parts: Sequence[str]) -> list[Row]:
        async with AsyncExitStack() as self._stack:
            self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="saksgang-bench-")))
            self._session = await self._stack.enter_async_context(
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None)
                )
            )
            self._load = Load(self._session, await self._stack.enter_async_context(_started(sink())))
            return await self._measure(parts)

    async def _measure(self, parts: Sequence[str]) -> list[Row]:
        rows: list[Row] = []
        self._small = f"sqlite:///{self._folder / 'small.db'}"
        waiting = await self._told("the board", self._board(self._small))
        copy = self._copied("small.db", "copy.db")
        if "start" in parts:
            rows += await self._told("start-up", self._start())
        if "throughput" in parts:
            rows += await self._told("throughput", self._throughput(waiting))
        if "memory" in parts:
            rows += await self._told("memory", self._memory(copy))
        if "scale" in parts:
            rows += await self._told("scale", self._scale(waiting))
        if "planning" in parts:
            rows += await self._told("planning", self._planning())
        if "search" in parts:
            rows += await self._told("search", self._search())
        if "documents" in parts:
            rows += await self._told("documents", documents.pack_rows(self._folder / "files", self._size.rounds))
        return [*rows, measures.lag_row(self._lags)] if self._lags else rows

    async def _start(self) -> list[Row]:
        programs = {"bot": lambda: bot(self._small), "echo": botbuilder_echo}
        return await measures.start_rows(programs, self._size.starts)

    async def _throughput(self, waiting: list[Waiting]) -> list[Row]:
        size, load = self._size, self._load
        with postgres() as server:
            await server.execute("CREATE DATABASE bench")
            waiting_pg = await self._board(server.url("bench"))
            async with (
                _started(botbuilder_echo()) as echo,
                _started(agents_echo()) as agents,
                _started(bot(self._small)) as ours,
                _started(bot(server.url("bench"))) as ours_pg,
            ):
                found = await measures.in_rounds(
                    size.rounds,
                    {
                        "echo": measures.saying(load, echo, measures.FRISTER, size.echo_turns),
                        "agents": measures.saying(load, agents, measures.FRISTER, size.agents_turns),
                        "frister": measures.saying(load, ours, measures.FRISTER, size.turns),
                        "mine": measures.saying(load, ours, measures.MINE, size.turns),
                        "press": measures.pressing(load, ours, iter(waiting), size.presses),
                        "press_pg": measures.pressing(load, ours_pg, iter(waiting_pg), size.presses),
                    },
                    self._noting_lag(ours, ours_pg),
                )
        return measures.throughput_rows(found)

    async def _memory(self, database: str) -> list[Row]:
        return await measures.memory_rows(self._load, bot(database), botbuilder_echo(), self._size.memory_turns)

    async def _scale(self, waiting: list[Waiting]) -> list[Row]:
        size, load = self._size, self._load
        small, large = self._copied("copy.db", "few.db"), self._copied("copy.db", "many.db")
        cases, history = await asyncio.to_thread(crowd.grow, self._folder / "many.db", size.cases, size.history)
        seconds = await command("audit", "verify", "--database", large)
        few, many = iter(waiting), iter(waiting)
        async with _started(bot(small)) as ours, _started(bot(large)) as crowded:
            found = await measures.in_rounds(
                size.scale_rounds,
                {
                    "frister": measures.saying(load, ours, measures.FRISTER, size.turns),
                    "frister_many": measures.saying(load, crowded, measures.FRISTER, size.turns),
                    "mine": measures.saying(load, ours, measures.MINE, size.turns),
                    "mine_many": measures.saying(load, crowded, measures.MINE, size.turns),
                    "press": measures.pressing(load, ours, few, size.presses),
                    "press_many": measures.pressing(load, crowded, many, size.presses),
                },
                self._noting_lag(ours, crowded),
            )
        return [*measures.scale_rows(found, cases, history), measures.verify_row(history, seconds)]

    async def _planning(self) -> list[Row]:
        for name, count in (("planned-few.db", planning.FEW), ("planned-many.db", self._size.planned)):
            self._copied("copy.db", name)
            await asyncio.to_thread(planning.fill_duties, self._folder / name, count)
        rules = Rules(load_mandate(SHIPPED_MANDATE), SystemClock(), RandomIds(), NorwegianCalendar())
        few, many = self._folder / "planned-few.db", self._folder / "planned-many.db"
        return await planning.planning_rows(few, many, rules, self._size.planned, 5 * self._size.rounds)

    async def _search(self) -> list[Row]:
        """On SQLite, where a search is quickest and so what grows shows most, and on PostgreSQL."""
        rows = await self._searched(
            self._copied("copy.db", "decided-few.db"), self._copied("copy.db", "decided-many.db")
        )
        with postgres() as server:
            for name in ("few", "many"):
                await server.execute(f"CREATE DATABASE {name}")
                await command("migrate", "--database", server.url(name))

            async def vacuumed() -> None:
                for name in ("few", "many"):  # what its own housekeeping would do, which is off here
                    await server.execute("VACUUM ANALYZE", database=name)

            return rows + await self._searched(server.url("few"), server.url("many"), vacuumed)

    async def _searched(self, few: str, many: str, settled: Callable[[], Awaitable[None]] | None = None) -> list[Row]:
        """Filled, closed, so that SQLite has its log folded in, and opened anew."""
        count, where = self._size.decisions, "SQLite" if few.startswith("sqlite") else "PostgreSQL"
        for url, decisions in ((few, FEW), (many, count)):
            async with await open_store(url) as store:
                await store._database.once(partial(fill_register, count=decisions))
        if settled:
            await settled()
        async with await open_store(few) as small, await open_store(many) as large:
            return await search_rows(small, large, 2 * self._size.rounds, count, where)

    # -- what is measured ----------------------------------------------------------------------------------------------

    async def _board(self, database: str) -> list[Waiting]:
        """A database with the board in it. Returns the cases that wait for a press."""
        await command("migrate", "--database", database)
        await command("seed-demo", "--database", database)
        async with await open_store(database) as store:
            mandate = load_mandate(SHIPPED_MANDATE)
            return await fill(store.work, mandate, self._load.service_url, self._size.waiting)

    def _copied(self, name: str, to: str) -> str:
        """A copy of a database that no process has open."""
        shutil.copy(self._folder / name, self._folder / to)
        return f"sqlite:///{self._folder / to}"

    def _noting_lag(self, *bots: Program) -> Callable[[], Awaitable[None]]:
        async def note() -> None:
            self._lags += [await measures.lag_of(self._session, program) for program in bots]

        return note

    async def _told(self, what: str, doing: Any) -> Any:
        """Says on the way how long a part took."""
        began = perf_counter()
        done = await doing
        print(f"{what}: {perf_counter() - began:.0f} s", flush=True)
        return done


@asynccontextmanager
async def _started(program: Program) -> AsyncIterator[Program]:
    try:
        await program.start()
        yield program
    finally:
        program.stop()

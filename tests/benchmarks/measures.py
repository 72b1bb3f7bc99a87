"""What is measured, one function a group of rows. Every comparison is made in rounds: A B C, A B C, A B C."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from itertools import islice
from statistics import median
from typing import TypeAlias

import aiohttp

from tests.benchmarks.board import Waiting
from tests.benchmarks.load import CALLERS, Load, Timed
from tests.benchmarks.programs import Program
from tests.benchmarks.report import Row, rate_row, ratio_row

Measure: TypeAlias = Callable[[], Awaitable[Timed]]
Rounds: TypeAlias = Mapping[str, list[Timed]]

FRISTER, MINE = ("frister",), ("mine saker",)
BOTH = ("frister", "mine saker")
WARM_UP = 100
MB = 2**20


async def in_rounds(rounds: int, measures: Mapping[str, Measure], after: Callable[[], Awaitable[None]]) -> Rounds:
    """Each measure once a round, in the same order; ``after`` each round, what is to be looked at in between."""
    found: dict[str, list[Timed]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            found[name].append(await measure())
        await after()
    return found


def saying(load: Load, bot: Program, texts: Sequence[str], turns: int) -> Measure:
    """Messages, after a few that are not counted."""

    async def measure() -> Timed:
        await load.say(bot, texts, WARM_UP)
        return await load.say(bot, texts, turns)

    return measure


def pressing(load: Load, bot: Program, waiting: Iterator[Waiting], turns: int) -> Measure:
    """Presses, each on a case of its own, after one a caller that is not counted."""

    async def measure() -> Timed:
        await load.press(bot, list(islice(waiting, CALLERS)))
        return await load.press(bot, list(islice(waiting, turns)))

    return measure


def ratios(of: Sequence[Timed], to: Sequence[Timed]) -> list[float]:
    """How many times the throughput of the other, round by round."""
    return [one.rate / other.rate for one, other in zip(of, to, strict=True)]


def throughput_rows(found: Rounds) -> list[Row]:
    """Rates of all, then the ratios that have a goal."""
    words = {
        "echo": "echo, botbuilder CloudAdapter",
        "agents": "echo, microsoft-agents",
        "frister": "Saksgang, «frister»",
        "mine": "Saksgang, «mine saker»",
        "press": "Saksgang, case.confirm, SQLite",
        "press_pg": "Saksgang, case.confirm, PostgreSQL (fsync off)",
    }
    rows = []
    for name, measure in words.items():
        rows.append(rate_row(measure, [one.rate for one in found[name]]))
        if name.startswith("press"):
            delivered = [one.turns / one.delivered for one in found[name]]
            rows.append(rate_row(f"{measure}, all delivered", delivered, "clicks/s"))
    return [
        *rows,
        ratio_row("reading turn «frister» / botbuilder echo", ratios(found["frister"], found["echo"]), 6),
        ratio_row("reading turn «mine saker» / botbuilder echo", ratios(found["mine"], found["echo"]), 6),
        ratio_row("committing turn / botbuilder echo", ratios(found["press"], found["echo"]), 4),
        ratio_row("reading turn «frister» / microsoft-agents echo", ratios(found["frister"], found["agents"]), 1),
    ]


def scale_rows(found: Rounds, cases: int, history: int) -> list[Row]:
    """The time of a turn among many cases against the time among a hundred."""
    among = f"{cases:,} cases, {history:,} rows / 100 cases"
    names = {"frister": "«frister»", "mine": "«mine saker»", "press": "case.confirm"}
    return [
        ratio_row(f"time of {words}, {among}", ratios(found[name], found[f"{name}_many"]), 1.2, at_most=True)
        for name, words in names.items()
    ]


async def start_rows(programs: Mapping[str, Callable[[], Program]], rounds: int) -> list[Row]:
    """From the start of the process to the first ready answer: ``bot`` against ``echo``."""
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, make in programs.items():
            program = make()
            seconds[name].append(await program.start())
            program.stop()
    found = [one / other for one, other in zip(seconds["bot"], seconds["echo"], strict=True)]
    times = f" · {median(seconds['bot']):.2f} s / {median(seconds['echo']):.2f} s"
    return [ratio_row("start to ready / botbuilder echo", found, 2, at_most=True, of=times)]


async def memory_rows(load: Load, bot: Program, echo: Program, turns: int) -> list[Row]:
    """Both at the same time, as memory does not depend on the pace; each by itself from its start."""
    await asyncio.gather(bot.start(), echo.start())
    try:
        await load.together(((bot, BOTH), (echo, FRISTER)), turns)
        ours, theirs = bot.rss(), echo.rss()
    finally:
        bot.stop()
        echo.stop()
    words = f" · {ours / MB:.0f} MB / {theirs / MB:.0f} MB"
    return [ratio_row(f"memory after {turns:,} turns / botbuilder echo", [ours / theirs], 1.5, at_most=True, of=words)]


_LAG = re.compile(r"^saksgang_loop_lag_seconds (\S+)$", re.MULTILINE)


async def lag_of(session: aiohttp.ClientSession, bot: Program) -> float:
    """The longest lag of the bot's event loop lately, in seconds, as it measures it itself."""
    async with session.get(f"{bot.url}/metrics") as answer:
        found = _LAG.search(await answer.text())
    return float(found[1]) if found else float("nan")


def lag_row(lags: Sequence[float]) -> Row:
    longest = max(lags)
    return Row(
        "event loop lag, longest under all this load",
        f"{longest * 1000:.0f} ms",
        "≤ 100 ms",
        longest <= 0.1,
        {"lags": list(lags)},
    )


def verify_row(rows: int, seconds: float) -> Row:
    goal = 60.0 * rows / 1_000_000
    return Row(
        f"audit verify, {rows:,} rows", f"{seconds:.1f} s", f"≤ {goal:.0f} s", seconds <= goal, {"seconds": seconds}
    )

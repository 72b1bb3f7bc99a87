"""The planner's tick: a hundred reminders due among a thousand planned ones, and among a million."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from board.deadlines import working_day_after
from board.ports import Rules
from board.usecases.plan_due import plan_due
from storage.engine import Store, open_store
from tests.benchmarks.report import Row, ratio_row
from tests.fakes.clock import SetClock

FEW: Final = 1_000
DUE: Final = 100
_ADD: Final = (
    "INSERT INTO duties (id, kind, object_id, person_id, asked_at, due, part, next_at, rung) "
    "VALUES (?, 'case.confirm', ?, ?, ?, ?, '', ?, 0)"
)
_FAR: Final = "2060-01-05T07:00:00.000000+00:00"


def fill_duties(database: Path, count: int) -> None:
    """This many open duties of as many cases, the first :data:`DUE` of them of a hundred people."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript("PRAGMA synchronous = OFF; BEGIN;")
    connection.executemany(_ADD, _rows(count))
    connection.execute("COMMIT")
    connection.close()


def _rows(count: int) -> Iterator[tuple[str, str, str, str, str, str]]:
    asked = "2026-03-02T07:00:00.000000+00:00"
    for n in range(count):
        yield (f"planned-{n}", f"case-{n}", f"crowd-{n % DUE}", asked, "2060-12-31", _FAR)


@dataclass(slots=True)
class Planner:
    """One database, planned day after day."""

    store: Store
    rules: Rules
    clock: SetClock
    path: Path
    day: date = date(2026, 3, 2)

    async def tick(self) -> float:
        """Seconds of planning the hundred that fall due on the next working day."""
        self.day = working_day_after(self.day, 1, self.rules.calendar)
        self.clock.set(self.rules.hours.opening(self.day) + timedelta(minutes=5))
        await asyncio.to_thread(self._make_due)
        began = perf_counter()
        async with self.store.work.write() as unit:
            await plan_due(unit, self.rules)
            await unit.commit()
        return perf_counter() - began

    def _make_due(self) -> None:
        connection = sqlite3.connect(self.path)
        due = self.rules.hours.opening(self.day).astimezone(UTC).isoformat(timespec="microseconds")
        connection.execute("UPDATE duties SET next_at = ?, rung = 0 WHERE no <= ?", (due, DUE))
        connection.commit()
        connection.close()


async def planning_rows(few: Path, many: Path, rules: Rules, count: int, rounds: int) -> list[Row]:
    """Both filled before; tick for tick in turns."""
    seconds: dict[Path, list[float]] = {few: [], many: []}
    planners = {}
    for path in (few, many):
        clock = SetClock(datetime.now(UTC))
        planners[path] = Planner(await open_store(f"sqlite:///{path}"), replace(rules, clock=clock), clock, path)
    try:
        for planner in planners.values():
            await planner.tick()  # not counted: what is compiled once
        for _ in range(rounds):
            for path, planner in planners.items():
                seconds[path].append(await planner.tick())
    finally:
        for planner in planners.values():
            await planner.store.close()
    ratios = [one / other for one, other in zip(seconds[many], seconds[few], strict=True)]
    middle = sorted(seconds[few])[len(ratios) // 2] * 1000
    words = f"planning tick, {DUE} due of {count:,} planned / of {FEW:,}"
    return [ratio_row(words, ratios, 1.2, at_most=True, of=f" · {middle:.1f} ms")]

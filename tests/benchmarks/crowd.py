"""A board of many years: straight into a copy of the SQLite file, with a chain of hashes that holds.

The cases are those of ``board`` again, of 2,000 other people; each has ten rows of history.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from storage.audit import row_hash

PEOPLE: Final = 2_000
A_BATCH: Final = 20_000
_STEPS: Final = ("case.started", "case.saved", "case.submitted", "case.confirmed", "case.accepted")
_HISTORY: Final = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def grow(database: Path, cases: int, rows: int) -> tuple[int, int]:
    """Fills up to this many cases and rows of history. Returns how many there are then."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN;")
        _add_people(connection)
        _add_cases(connection, cases)
        _add_history(connection, cases, rows)
        connection.execute("COMMIT")
        return _count(connection, "cases"), _count(connection, "history")
    finally:
        connection.close()


def _count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # our own two tables
    return found


def _add_people(connection: sqlite3.Connection) -> None:
    people = ((f"crowd-{n}", f"Innmelder {n}", "", None, "nb", f"innmelder {n}") for n in range(PEOPLE))
    connection.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)", people)


def _add_cases(connection: sqlite3.Connection, cases: int) -> None:
    names = [row[1] for row in connection.execute("PRAGMA table_info(cases)")]
    models = connection.execute("SELECT * FROM cases WHERE id LIKE 'bench-%'").fetchall()
    last = connection.execute("SELECT max(no) FROM cases").fetchone()[0]
    numbers = range(last + 1, last + 1 + cases - _count(connection, "cases"))
    places = {name: names.index(name) for name in ("no", "id", "title", "submitter", "owner", "updated_at", "search")}
    made = (_case(list(models[n % len(models)]), places, n) for n in numbers)
    connection.executemany(f"INSERT INTO cases VALUES ({', '.join('?' * len(names))})", made)  # noqa: S608  # marks
    found = "SELECT no, search FROM cases WHERE no > ?"
    connection.execute(f"INSERT INTO case_search (rowid, search) {found}", (last,))


def _case(row: list[Any], places: dict[str, int], number: int) -> list[Any]:
    """The case of the hundred again, as somebody else's and some years ago."""
    at = datetime(2023, 1, 2, tzinfo=UTC) + timedelta(minutes=number)
    row[places["no"]], row[places["id"]] = number, f"crowd-{number}"
    row[places["title"]] = f"Anskaffelse nummer {number}"
    row[places["search"]] = f"anskaffelse nummer {number}\np-{number}"
    row[places["submitter"]], row[places["owner"]] = f"crowd-{number % PEOPLE}", f"crowd-{(number + 7) % PEOPLE}"
    row[places["updated_at"]] = at.isoformat(timespec="microseconds")
    return row


def _add_history(connection: sqlite3.Connection, cases: int, rows: int) -> None:
    seq, last = connection.execute("SELECT seq, hash FROM history_head").fetchone()
    made = _chain(seq, last, cases, rows)
    while some := list(islice(made, A_BATCH)):
        connection.executemany(_HISTORY, some)
        seq, last = some[-1][0], some[-1][-1]
    connection.execute("UPDATE history_head SET seq = ?, hash = ?", (seq, last))


def _chain(seq: int, last: str, cases: int, rows: int) -> Iterator[tuple[Any, ...]]:
    began, details = datetime(2023, 1, 2, tzinfo=UTC), {"fields": "summary,background"}
    written = json.dumps(details, separators=(",", ":"))
    for number in range(seq + 1, rows + 1):
        at, step = began + timedelta(seconds=number), number // cases
        about, by = f"crowd-{number % cases}", f"crowd-{number % PEOPLE}"
        fixed = (by, _STEPS[step % len(_STEPS)], about, step + 1, "draft", "draft", "")
        digest = row_hash(last, [number, at, *fixed, details])
        yield (number, at.isoformat(timespec="microseconds"), *fixed, written, last, digest)
        last = digest

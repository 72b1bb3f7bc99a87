"""A connection to SQLite, and SQLAlchemy's statements as SQLite takes them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite

from storage.transaction import Params, Row

T = TypeVar("T")
SHORT_READ = 0.002
"""Seconds that a read may take on the event loop."""
LOOK_EVERY = 2_000
"""Steps of SQLite's machine, some 0.1 ms, between two looks at the time."""
BUSY_MS = 5000
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -32768",
    "PRAGMA mmap_size = 1073741824",
)


class TookLong(Exception):
    """A read was broken off: it is not one for the event loop."""


class Prepared:
    """A SQLAlchemy statement as SQLite takes it: compiled once, with the conversions of its values."""

    def __init__(self, statement: Executable) -> None:
        dialect = sqlite.dialect(paramstyle="named")
        compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # every Core statement compiles
        fixed: dict[str, Any] = {k: v for k, v in compiled.params.items() if v is not None}
        self.sql = _spelled_out(str(compiled), fixed)
        free = [b for b in compiled.binds.values() if b.key not in fixed]
        binds = {b.key: b.type.dialect_impl(dialect).bind_processor(dialect) for b in free}
        self._into = [(name, convert) for name, convert in binds.items() if convert]
        columns = getattr(statement, "exported_columns", ())
        out = [c.type.dialect_impl(dialect).result_processor(dialect, None) for c in columns]
        self._out = [(n, convert) for n, convert in enumerate(out) if convert]

    def bind(self, params: Params) -> Params:
        if not self._into:
            return params
        bound = dict(params)
        for name, convert in self._into:
            bound[name] = convert(bound.get(name))
        return bound

    def row(self, raw: tuple[Any, ...]) -> Row:
        if not self._out:
            return raw
        row = list(raw)
        for n, convert in self._out:
            row[n] = convert(row[n])
        return row


class SqliteTx:
    """A connection, used by one at a time: its thread, or the event loop while its thread has nothing to do."""

    many_processes = False

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            self.connection.execute(pragma)
        if readonly:
            self.connection.execute("PRAGMA query_only = ON")

    def all(self, statement: Executable, params: Params | None = None) -> Sequence[Row]:
        prepared = _prepared(statement)
        rows = self.connection.execute(prepared.sql, prepared.bind(params or {})).fetchall()
        return [prepared.row(row) for row in rows]

    def first(self, statement: Executable, params: Params | None = None) -> Row | None:
        rows = self.all(statement, params)
        return rows[0] if rows else None

    def run(self, statement: Executable, params: Params | Sequence[Params]) -> int:
        prepared = _prepared(statement)
        if isinstance(params, Sequence):
            return self.connection.executemany(prepared.sql, [prepared.bind(p) for p in params]).rowcount
        return self.connection.execute(prepared.sql, prepared.bind(params)).rowcount

    def briefly(self, job: Callable[[], T]) -> T:
        """Does ``job``, which only reads. Raises :class:`TookLong` where that takes more than ``SHORT_READ``."""
        until = perf_counter() + SHORT_READ
        self.connection.set_progress_handler(lambda: perf_counter() > until, LOOK_EVERY)
        try:
            return job()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise TookLong from error
            raise
        finally:
            self.connection.set_progress_handler(None, 0)

    def begin(self, mode: str) -> None:
        if not self.connection.in_transaction:
            self.connection.execute(mode)

    def end(self, how: str) -> None:
        if self.connection.in_transaction:
            self.connection.execute(how)


@lru_cache(maxsize=1024)
def _prepared(statement: Executable) -> Prepared:
    """Compiled once for all connections: a new one costs 3 ms, some of it on the event loop."""
    return Prepared(statement)


def _spelled_out(sql: str, fixed: Mapping[str, Any]) -> str:
    """The values that never change, written into the statement.

    As parameters they would make SQLite plan it anew at each use, where a partial index depends on them (0.1 ms).
    """

    def spelled(found: re.Match[str]) -> str:
        value = fixed.get(found[1])
        if value is None:
            return found[0]
        return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"

    return re.sub(r":(\w+)", spelled, sql)

"""The TOML of a mandate file, read key by key; every problem is kept, with the line it stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from board.mandate import Label

LANGUAGES = ("nb", "nn", "en")
_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?")
AT_LINE = re.compile(r"at line (\d+)")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")


class MandateProblems(Exception):
    """The file cannot be used. ``problems`` are sentences that begin with the line number."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _line_index(text: str) -> dict[tuple[str, int, str], int]:
    """Where each ``key`` of each n-th ``[[table]]`` stands: (table, n, key) → line; key "" is the header itself."""
    lines: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    table, nth = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header.group(1)
            nth = counts.get(table, 0)
            counts[table] = nth + 1
            lines[table, nth, ""] = number
        elif key := _KEY.match(line):
            lines.setdefault((table, nth, key.group(1)), number)
    return lines


@dataclass
class Row:
    """One table of the file, read key by key; a key nobody asked for is a spelling mistake and is named."""

    table: str
    nth: int
    data: dict[str, Any]
    reader: Reader
    asked: set[str] = field(default_factory=set)

    def _get(self, key: str, kind: type, default: Any) -> Any:
        self.asked.add(key)
        if key not in self.data:
            if default is None:
                self.problem("", f"«{key}» is missing")
                return kind()
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problem(key, f"«{key}» must be {kind.__name__}, not {type(value).__name__}")
            return kind()
        if default is None and value in ("", [], {}):
            self.problem(key, f"«{key}» is empty")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._get(key, str, default))

    def number(self, key: str) -> int:
        return int(self._get(key, int, None))

    def optional_number(self, key: str) -> int | None:
        self.asked.add(key)
        return self.number(key) if key in self.data else None

    def count(self, key: str, default: int, most: int) -> int:
        """A whole number from 0 to ``most``."""
        value = int(self._get(key, int, default))
        if not 0 <= value <= most:
            self.problem(key, f"«{key}» must be from 0 to {most}")
        return value

    def share(self, key: str, default: float) -> float:
        """A part of the whole, from 0 to 1."""
        self.asked.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            self.problem(key, f"«{key}» must be a number from 0 to 1")
            return default
        return float(value)

    def numbers(self, key: str, default: list[int]) -> tuple[int, ...]:
        values = self._get(key, list, default)
        if wrong := [v for v in values if not isinstance(v, int) or isinstance(v, bool)]:
            self.problem(key, f"«{key}» must hold whole numbers only, not {wrong!r}")
            return ()
        return tuple(values)

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._get(key, bool, default))

    def day(self, key: str) -> date:
        self.asked.add(key)
        value = self.data.get(key)
        if type(value) is date:
            return value
        self.problem(key if key in self.data else "", f"«{key}» must be a date, like 2022-01-01")
        return date.min

    def clock(self, key: str) -> time:
        """A time of day, written 08:00:00."""
        self.asked.add(key)
        value = self.data.get(key)
        if isinstance(value, time):
            return value
        self.problem(key if key in self.data else "", f"«{key}» must be a time of day, like 08:00:00")
        return time.min

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = self._get(key, list, default)
        if wrong := [v for v in values if not isinstance(v, str)]:
            self.problem(key, f"«{key}» must hold texts only, not {wrong!r}")
            return ()
        if doubled := sorted({v for v in values if values.count(v) > 1}):
            self.problem(key, f"«{key}» names {doubled} twice")
        return tuple(values)

    def label(self, key: str = "label") -> Label:
        value = self._get(key, dict, None)
        lacking = [language for language in LANGUAGES if not str(value.get(language, "")).strip()]
        if lacking and value:
            self.problem(key, f"«{key}» lacks {', '.join(lacking)}")
        return {language: str(value.get(language, "")) for language in LANGUAGES}

    def choices(self, key: str, known: Iterable[str], values: tuple[str, ...]) -> tuple[str, ...]:
        allowed = list(known)
        if unknown := [v for v in values if v not in allowed]:
            self.problem(key, f"«{key}» names {unknown}; the file knows {allowed}")
        return values

    def problem(self, key: str, words: str) -> None:
        self.reader.problem(self.table, self.nth, key, words)

    def done(self) -> None:
        for key in sorted(set(self.data) - self.asked):
            self.problem(key, f"«{key}» is not a key of [{self.table}]")


class Reader:
    def __init__(self, text: str) -> None:
        self.lines = _line_index(text)
        self.problems: list[tuple[int, str]] = []
        self.data: dict[str, Any] = tomllib.loads(text)
        self.asked: set[str] = set()

    def problem(self, table: str, nth: int, key: str, words: str) -> None:
        top = ("", 0, table)  # a key that stands before the first table
        line = self.lines.get((table, nth, key)) or self.lines.get((table, nth, "")) or self.lines.get(top) or 1
        self.problems.append((line, f"line {line}: [{table}] {words}"))

    def done(self) -> None:
        for table in sorted(set(self.data) - self.asked):
            self.problem(table, 0, "", "no table of a mandate file has this name")

    def one(self, table: str) -> Row:
        self.asked.add(table)
        data = self.data.get(table)
        if not isinstance(data, dict):
            self.problem(table, 0, "", "this table is missing")
            data = {}
        return Row(table, 0, data, self)

    def perhaps(self, table: str) -> Row:
        """A table that may be left out: then every key of it has its default."""
        self.asked.add(table)
        data = self.data.get(table, {})
        if not isinstance(data, dict):
            self.problem(table, 0, "", f"«{table}» must be one table, headed [{table}]")
            data = {}
        return Row(table, 0, data, self)

    def rows(self, table: str, *, needed: bool = True) -> list[Row]:
        self.asked.add(table)
        data = self.data.get(table, [])
        if not needed and table not in self.data:
            return []
        if not isinstance(data, list) or not data:
            self.problem(table, 0, "", f"at least one [[{table}]] is needed")
            return []
        if not all(isinstance(row, dict) for row in data):
            self.problem(table, 0, "", f"«{table}» must be tables, each headed [[{table}]]")
            return []
        rows = [Row(table, nth, row, self) for nth, row in enumerate(data)]
        seen: set[str] = set()
        for row in rows:
            if (name := str(row.data.get("id", ""))) and name in seen:
                row.problem("id", f"«{name}» is there twice")
            seen.add(name)
        return rows

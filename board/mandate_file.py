"""Reads a mandate file (TOML) and checks it; every problem is reported at once, with the line it stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar, get_args

from board.case_content import FIELD_IDS
from board.deadlines import EndsBy, Offset
from board.mandate import Authority, CaseType, DocumentType, Exclusion, Label, Mandate, Named, Reminders
from board.people import Body, Role

LANGUAGES = ("nb", "nn", "en")
_T = TypeVar("_T")
BOARD = "board"
_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_AT_LINE = re.compile(r"at line (\d+)")
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
class _Row:
    """One table of the file, read key by key; a key nobody asked for is a spelling mistake and is named."""

    table: str
    nth: int
    data: dict[str, Any]
    reader: _Reader
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


class _Reader:
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

    def one(self, table: str) -> _Row:
        self.asked.add(table)
        data = self.data.get(table)
        if not isinstance(data, dict):
            self.problem(table, 0, "", "this table is missing")
            data = {}
        return _Row(table, 0, data, self)

    def rows(self, table: str) -> list[_Row]:
        self.asked.add(table)
        data = self.data.get(table, [])
        if not isinstance(data, list) or not data:
            self.problem(table, 0, "", f"at least one [[{table}]] is needed")
            return []
        if not all(isinstance(row, dict) for row in data):
            self.problem(table, 0, "", f"«{table}» must be tables, each headed [[{table}]]")
            return []
        rows = [_Row(table, nth, row, self) for nth, row in enumerate(data)]
        seen: set[str] = set()
        for row in rows:
            if (name := str(row.data.get("id", ""))) and name in seen:
                row.problem("id", f"«{name}» is there twice")
            seen.add(name)
        return rows


def read_mandate(text: str) -> Mandate:
    """The mandate in a file's text. Raises :class:`MandateProblems` naming every line that is wrong."""
    try:
        reader = _Reader(text)
    except tomllib.TOMLDecodeError as error:
        raise MandateProblems([_not_toml(error, text)]) from error
    mandate = _read(reader)
    if reader.problems:
        raise MandateProblems([words for _, words in sorted(reader.problems)])
    return mandate


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> str:
    found = _AT_LINE.search(str(error))  # the parser tells it in its words only
    return f"line {found[1] if found else len(text.splitlines())}: not TOML: {error}"


def _read(reader: _Reader) -> Mandate:
    board, intake, numbers = reader.one("board"), reader.one("intake"), reader.one("numbers")
    forms = _each(reader, "delivery_form", lambda r: Named(r.text("id"), r.label()))
    subs = _each(reader, "sub_portfolio", lambda r: Named(r.text("id"), r.label(), r.text("paragraph", "")))
    documents = _each(
        reader,
        "document",
        lambda r: DocumentType(
            r.text("id"), r.label(), r.texts("aliases", []), r.flag("signed_by_owner", default=False)
        ),
    )
    everywhere = intake.choices("optional_everywhere", FIELD_IDS, intake.texts("optional_everywhere", []))
    names = {
        "delivery_forms": [f.id for f in forms],
        "sub_portfolios": [*(s.id for s in subs), "none"],
        "documents": [d.id for d in documents],
    }
    types = _each(reader, "case_type", lambda r: _case_type(r, names, everywhere))
    known_types = [t.id for t in types]
    mandate = Mandate(
        board=board.label("name"),
        office=board.label("office"),
        office_email=board.text("office_email"),
        anyone_may_submit=intake.flag("anyone_may_submit", default=True),
        board_number=_template(numbers, "board"),
        working_group_number=_template(numbers, "working_group"),
        delivery_forms=forms,
        sub_portfolios=subs,
        exclusions=_each(
            reader,
            "exclusion",
            lambda r: Exclusion(r.text("id"), r.label(), r.label("question"), r.text("paragraph")),
        ),
        document_types=documents,
        case_types=types,
        authorities=_each(reader, "authority", lambda r: _authority(r, known_types)),
        offsets=_each(
            reader,
            "deadline",
            _offset,
        ),
        reminders=_reminders(reader),
    )
    for row in (board, intake, numbers):
        row.done()
    reader.done()
    return mandate


def _offset(row: _Row) -> Offset:
    body, ends_by = row.text("body", Body.BOARD.value), row.text("ends_by", "hand")
    row.choices("body", list(Body), (body,))
    row.choices("ends_by", get_args(EndsBy), (ends_by,))
    days, asks = row.number("days"), row.optional_number("asks")
    if asks is not None and asks > days:
        row.problem("asks", f"«asks» must not come after «days» ({days})")
    return Offset(
        id=row.text("id"),
        days=days,
        owed_by=_roles(row, "owed_by", None),
        hard=row.flag("hard", default=False),
        paragraph=row.text("paragraph", ""),
        body=Body(body) if body in list(Body) else Body.BOARD,
        asks=asks,
        ends_by=next((known for known in get_args(EndsBy) if known == ends_by), "hand"),
        tells=_roles(row, "tells", []),
        posts=row.flag("posts", default=False),
    )


def _roles(row: _Row, key: str, default: list[str] | None) -> tuple[Role, ...]:
    named = row.choices(key, list(Role), row.texts(key, default))
    return tuple(Role(name) for name in named if name in list(Role))


def _reminders(reader: _Reader) -> Reminders:
    row = reader.one("reminders")
    opens, closes = row.clock("opens"), row.clock("closes")
    if opens >= closes:
        row.problem("closes", "«closes» must be later than «opens»")
    found = Reminders(
        opens=opens,
        closes=closes,
        confirm_days=row.number("confirm_days"),
        review_days=row.number("review_days"),
        complete_days=row.number("complete_days"),
    )
    row.done()
    return found


def _each(reader: _Reader, table: str, read: Callable[[_Row], _T]) -> tuple[_T, ...]:
    found = []
    for row in reader.rows(table):
        found.append(read(row))
        row.done()
    return tuple(found)


def _case_type(row: _Row, names: Mapping[str, list[str]], everywhere: tuple[str, ...]) -> CaseType:
    treated = row.text("treated_as")
    if treated not in ("decision", "orientation"):
        row.problem("treated_as", f"«treated_as» must be decision or orientation, not «{treated}»")
    required = row.choices("required", FIELD_IDS, row.texts("required"))
    optional = row.choices("optional", FIELD_IDS, row.texts("optional", []))
    if both := sorted(set(required) & set(optional)):
        row.problem("optional", f"«optional» names {both}, which «required» names too")
    for field_id in ("title", "project_owner"):
        if field_id not in required:
            row.problem("required", f"«required» must name «{field_id}»: a case has a title and an owner")
    return CaseType(
        id=row.text("id"),
        label=row.label(),
        treated_as="orientation" if treated == "orientation" else "decision",
        delivery_forms=row.choices("delivery_forms", names["delivery_forms"], row.texts("delivery_forms")),
        sub_portfolios=row.choices("sub_portfolios", names["sub_portfolios"], row.texts("sub_portfolios")),
        required=required,
        optional=optional + tuple(f for f in everywhere if f not in required and f not in optional),
        documents=row.choices("documents", names["documents"], row.texts("documents", [])),
        paragraph=row.text("paragraph"),
    )


def _authority(row: _Row, known_types: list[str]) -> Authority:
    case_type = row.text("case_type")
    row.choices("case_type", known_types, (case_type,))
    decides = row.text("decides")
    named = "label" in row.data or decides != BOARD  # the board's own name stands in [board]
    words = row.label() if named else None
    return Authority(case_type, decides, row.day("since"), row.optional_number("above_nok"), words)


def _template(row: _Row, key: str) -> str:
    template = row.text(key)
    try:
        if template and template.format(seq=1, year=2026) == template.format(seq=2, year=2026):
            row.problem(key, f"«{key}» must use {{seq}}, or every number would be the same")
    except (LookupError, ValueError, AttributeError, TypeError):
        row.problem(key, f"«{key}» may use {{seq}} and {{year}} only")
    return template

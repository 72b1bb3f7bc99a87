"""Small helpers to write statements once and bind them often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Table, Text, bindparam

from storage.types import Instant

NOW: BindParameter[Any] = bindparam("now", type_=Instant())
LIMIT: BindParameter[int] = bindparam("limit", type_=None)


def binds(table: Table, *, leave_out: Sequence[str] = ()) -> dict[str, Any]:
    """A parameter for each column of the table, called like the column."""
    return {c.name: bindparam(c.name, type_=c.type) for c in table.c if c.name not in leave_out}


def one_of(column: ColumnElement[str], name: str, count: int) -> ColumnElement[bool]:
    """``column IN (name_0, name_1, …)``, for statements that are prepared once per size."""
    return column.in_([bindparam(f"{name}_{n}", type_=Text()) for n in range(count)])


def listed(name: str, values: Sequence[str], size: int) -> dict[str, str]:
    """The parameters of :func:`one_of`; the last value fills what is left over."""
    filled = [*values, *[values[-1]] * (size - len(values))]
    return {f"{name}_{n}": value for n, value in enumerate(filled)}


def size_for(count: int) -> int:
    """The next power of two, so that few statements of different size are prepared."""
    return 1 << (count - 1).bit_length()


def like(word: str) -> str:
    """A LIKE pattern for "holds this word"; the escape character is a backslash."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

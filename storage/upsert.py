"""INSERT … ON CONFLICT. Both databases read the same words, so one SQLAlchemy construct serves both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, CompoundSelect, Integer, Select, Table, bindparam, literal, select, union_all
from sqlalchemy.dialects.postgresql import Insert, insert

from storage.statements import binds


def upsert(table: Table, *, leave_out: Sequence[str] = (), keep: Sequence[str] = (), on: Sequence[str] = ()) -> Insert:
    """Adds a row, or changes the one with the same key (``on``, else the primary key) but for what it is to keep."""
    key = list(on) or [c.name for c in table.primary_key]
    new = insert(table).values(binds(table, leave_out=leave_out))
    changed = [c.name for c in table.c if c.name not in (*key, *keep, *leave_out)]
    if not changed:
        return new.on_conflict_do_nothing(index_elements=key)
    return new.on_conflict_do_update(index_elements=key, set_={name: new.excluded[name] for name in changed})


def add_once(table: Table, columns: Sequence[str], rows: Select[Any], key: str) -> Insert:
    """Adds what a query gives, but for rows whose ``key`` is there already."""
    return insert(table).from_select(list(columns), rows).on_conflict_do_nothing(index_elements=[key])


def insert_once(table: Table) -> Insert:
    """Adds a row unless its primary key is there already."""
    key = [c.name for c in table.primary_key]
    return insert(table).values(binds(table)).on_conflict_do_nothing(index_elements=key)


def insert_unless_there(table: Table) -> Insert:
    """Adds a row unless one that any key or unique index forbids beside it is there already."""
    return insert(table).values(binds(table)).on_conflict_do_nothing()


def several(columns: Sequence[Column[Any]], count: int) -> CompoundSelect[Any]:
    """``count`` rows of parameters, called like the column with the row's number: ``id_0``, …, ``id_1``, …"""
    # Without a WHERE SQLite takes ON CONFLICT for the ON of a join.
    always = literal(1, Integer()) == 1
    rows = [select(*(bindparam(f"{c.name}_{n}", type_=c.type) for c in columns)).where(always) for n in range(count)]
    return union_all(*rows)

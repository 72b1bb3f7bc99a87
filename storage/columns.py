"""How the tables are described: the kinds of columns and indexes that they share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, SmallInteger, Text, text

from storage.types import Instant

metadata = MetaData()

# Sorted by code point on both, so that a key made for sorting sorts the same everywhere.
SortKey = Text().with_variant(Text(collation="C"), "postgresql")
RowId = BigInteger().with_variant(Integer(), "sqlite")


def a_text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def added_text(name: str, default: str) -> Column[str]:
    """A column that came later: the rows that were there already got ``default``."""
    return Column(name, Text, nullable=False, server_default=default)


def a_number(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=False, **options)


def a_flag(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def an_instant(name: str) -> Column[Any]:
    return Column(name, Instant, nullable=False)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))

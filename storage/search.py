"""Finding cases by any part of a word (Norwegian compounds!), as fast among 100,000 cases as among 100.

SQLite: an FTS5 table of trigrams. PostgreSQL: an array of trigrams under a GIN index, which needs no extension.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from storage.transaction import Tx
from storage.words import MIN_GRAM, grams

_tables = MetaData()  # apart: the two databases keep this one in different ways
_postgres = Table(
    "case_search", _tables, Column("no", BigInteger, primary_key=True), Column("grams", ARRAY(Text), nullable=False)
)
_sqlite = Table(
    "case_search", MetaData(), Column("rowid", Integer, primary_key=True), Column("search", Text, nullable=False)
)

_DROP = {
    True: delete(_postgres).where(_postgres.c.no == bindparam("case_no")),
    False: delete(_sqlite).where(_sqlite.c.rowid == bindparam("case_no")),
}
_ADD = {
    True: insert(_postgres).values(no=bindparam("case_no"), grams=bindparam("grams", type_=ARRAY(Text))),
    False: insert(_sqlite).values(rowid=bindparam("case_no"), search=bindparam("search")),
}


def index_case(tx: Tx, case_no: int, search: str) -> None:
    """Puts a case's text into the index, in place of what stood there."""
    tx.run(_DROP[tx.many_processes], {"case_no": case_no})
    value: dict[str, Any] = {"grams": grams(search)} if tx.many_processes else {"search": search}
    tx.run(_ADD[tx.many_processes], {"case_no": case_no, **value})


@lru_cache
def holding(many_processes: bool) -> Any:
    """A subquery of the numbers of the cases that hold ``:grams`` (PostgreSQL) or ``:match`` (SQLite)."""
    if many_processes:
        wanted = bindparam("grams", type_=ARRAY(Text))
        return select(_postgres.c.no).where(_postgres.c.grams.contains(wanted))
    return select(_sqlite.c.rowid).where(text("case_search MATCH :match"))


def holding_params(many_processes: bool, words: list[str]) -> dict[str, Any] | None:
    """The parameters of :func:`holding`, or None where no word is long enough to be looked up."""
    long = [w for w in words if len(w) >= MIN_GRAM]
    if not long:
        return None
    if many_processes:
        return {"grams": sorted({gram for word in long for gram in grams(word)})}
    return {"match": " AND ".join('"' + word.replace('"', '""') + '"' for word in long)}

"""The tables of the decision register. The migrations build them, as those of ``storage.records``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, SmallInteger, Table

from storage.columns import RowId, SortKey, a_flag, a_text, metadata
from storage.types import Day, Json

register_entries = Table(
    "register_entries",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=False),
    Column("case_no", BigInteger, nullable=False),
    a_text("case_id"),
    a_text("meeting_id"),
    Column("decided_on", Day, nullable=False),
    a_text("outcome"),
    a_text("number"),
    a_text("wg_number"),
    a_text("title"),
    a_text("public_title"),
    a_text("project_ref"),
    a_text("case_type"),
    a_flag("published"),
    a_flag("minutes_approved"),
    a_flag("exempt"),
    a_flag("open_follow_ups"),
    # Long texts last: SQLite reads the columns before them without touching their overflow pages.
    a_text("text"),
    a_text("conditions"),
    Column("terms", Json, nullable=False),
    Index("register_by_case", "case_no", "decided_on", "no"),
)
"""A decision as it is shown; ``no`` is that of its row among the decisions.

``terms``: what it is found by, for each reading; to be taken away again.
"""

register_terms = Table(
    "register_terms",
    metadata,
    Column("reading", SmallInteger, primary_key=True, autoincrement=False),
    Column("term", SortKey, primary_key=True),
    Column("day", Day, primary_key=True),
    Column("entry_no", BigInteger, primary_key=True, autoincrement=False),
    Column("case_no", BigInteger, nullable=False),
    a_flag("published"),
    sqlite_with_rowid=False,
)
"""An inverted index whose key is the order of the answers: the newest that hold a term are its last rows.

So the ten newest cost ten steps, whether ten decisions hold the term or a hundred thousand. ``reading`` is
:class:`board.register.Sees`: all of a decision, or what is public of it. ``case_no`` and ``published`` are here so
that nobody's right is looked up outside this table and that of exclusions.
"""

register_spellings = Table(
    "register_spellings",
    metadata,
    Column("spelling", SortKey, primary_key=True),
    Column("word", SortKey, primary_key=True),
    sqlite_with_rowid=False,
)
"""Each word of the register under the keys that words one slip apart share. Nothing is offered before it is known
that the one who asks finds something by it."""

"""The tables of the book of minutes. The migrations build them, as those of ``storage.records``.

Versions, approvals and files are evidence: the database refuses to change or remove a row.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from storage.columns import RowId, a_flag, a_number, a_text, an_instant, metadata, partial_index
from storage.types import Day, Instant, Json

IN_ROUND: Final = "state = 'circulated' AND round_closed_at IS NULL"
"""Minutes whose remarks round nobody has closed, as the index of them has it."""
UNSEALED: Final = "state = 'approved' AND sha256 = ''"
"""Approved minutes without a file, as the index of them has it."""

minutes_book = Table(
    "minutes_book",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_text("body"),
    a_number("rev"),
    a_text("state"),
    a_number("version"),
    a_text("by"),
    an_instant("at"),
    Column("circulated_at", Instant),
    Column("remarks_due", Day),
    Column("round_closed_at", Instant),
    Column("called_in", Text),
    a_text("called_digest"),
    Column("concluded_in", Text),
    Column("conclusion", Text),
    Column("approved_version", Integer),
    Column("approved_at", Instant),
    Column("approved_by", Text),
    a_text("sha256"),
    a_text("name"),
    a_number("pages"),
    Column("leased_until", Instant),
    partial_index("minutes_in_round", "remarks_due", "meeting_id", where=IN_ROUND),
    partial_index("minutes_unsealed", "approved_at", "meeting_id", where=UNSEALED),
)
"""``leased_until``: somebody is making the file of the approved version until then."""

minutes_versions = Table(
    "minutes_versions",
    metadata,
    a_text("meeting_id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    a_text("by"),
    an_instant("at"),
    a_text("source"),
    a_text("reason"),
    Column("corrects", Integer),
    Column("sections", Json, nullable=False),
)

minutes_remarks = Table(
    "minutes_remarks",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("id", unique=True),
    a_text("meeting_id"),
    a_number("version"),
    a_text("person_id"),
    a_text("cls"),
    a_text("text"),
    an_instant("at"),
    a_text("section"),
    a_text("state"),
    a_text("new_text"),
    Column("ruled_by", Text),
    Column("ruled_at", Instant),
    a_text("note"),
    Column("taken_in", Integer),
    Index("minutes_remarks_by_meeting", "meeting_id", "no"),
)

minutes_answers = Table(
    "minutes_answers",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_text("person_id", primary_key=True),
    a_number("version"),
    a_flag("remarked"),
    an_instant("at"),
)

minutes_approvals = Table(
    "minutes_approvals",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("meeting_id"),
    a_text("held"),
    a_number("version"),
    a_text("digest"),
    a_text("member"),
    a_text("person_id"),
    a_text("said"),
    an_instant("at"),
    a_text("note"),
    Index("minutes_approvals_by_seat", "meeting_id", "held", "digest", "member", unique=True),
)
"""One answer a seat (``member``), meeting it was given at (``held``) and text (``digest``)."""

minutes_files = Table(
    "minutes_files",
    metadata,
    a_text("meeting_id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    a_text("sha256"),
    a_number("pages"),
    Column("size", BigInteger, nullable=False),
    an_instant("at"),
)

"""The tables of meetings under way, decisions and follow-ups. The migrations build them, as ``storage.records``'s."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Table, Text

from storage.columns import RowId, a_number, a_text, an_instant, metadata, partial_index
from storage.types import Day, Instant, Json

OPEN: Final = "state = 'open'"
"""Follow-ups that are not done, as the indexes of them have it."""

sittings = Table(
    "sittings",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_text("body"),
    a_number("rev"),
    a_text("state"),
    an_instant("started_at"),
    a_text("started_by"),
    a_text("current_item"),
    a_text("without_quorum"),
    Column("quorum_by", Text),
    Column("closed_at", Instant),
    Column("closed_by", Text),
    Column("items", Json, nullable=False),
    Column("seats", Json, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("meeting_id"),
    a_text("item_id"),
    a_number("rev"),
    a_text("kind"),
    a_text("outcome"),
    a_text("recorded_by"),
    an_instant("recorded_at"),
    Column("case_id", Text),
    a_text("number"),
    Column("published_at", Instant),
    Column("published_by", Text),
    # Long texts last: SQLite reads the columns before them without touching their overflow pages.
    Column("conditions", Json, nullable=False),
    Column("present", Json, nullable=False),
    Column("left_room", Json, nullable=False),
    Column("dissent", Json, nullable=False),
    a_text("proposal"),
    a_text("text"),
    a_text("statement"),
    Index("decisions_by_item", "meeting_id", "item_id", unique=True),
    Index("decisions_by_case", "case_id", "meeting_id", unique=True),
)
"""``no``: the order in which they were first recorded. A case has one decision a meeting, an item one at all."""

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("id", unique=True),
    a_number("rev"),
    a_text("case_id"),
    a_text("meeting_id"),
    a_text("number"),
    a_text("owner"),
    Column("due", Day, nullable=False),
    an_instant("opened_at"),
    a_text("state"),
    Column("done_at", Instant),
    Column("done_by", Text),
    a_text("text"),
    Column("reports", Json, nullable=False),
    Index("follow_ups_by_case", "case_id", "no"),
    partial_index("follow_ups_open", "due", "no", where=OPEN),
    partial_index("follow_ups_of_owner", "owner", "due", "no", where=OPEN),
)

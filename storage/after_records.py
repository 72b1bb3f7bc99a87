"""The tables of what follows the meetings: evaluation, anchoring, benefits. The migrations build them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from storage.columns import a_number, a_text, an_instant, metadata, partial_index
from storage.types import Day, Instant, Json

evaluations = Table(
    "evaluations",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    a_text("id", unique=True),
    a_number("rev"),
    an_instant("opened_at"),
    Column("due", Day, nullable=False),
    an_instant("closes_at"),
    Column("questions", Json, nullable=False),
    a_number("fewest"),
    a_number("asked"),
    a_number("answered"),
    a_text("state"),
    Column("closed_at", Instant),
    Column("outcome", Json, nullable=False),
    Column("case_id", Text),
)

evaluation_voters = Table(
    "evaluation_voters",
    metadata,
    a_text("round_id", primary_key=True),
    a_text("person_id", primary_key=True),
    # Sorted by person: the order in which they answered is not kept.
    sqlite_with_rowid=False,
)

evaluation_urns = Table("evaluation_urns", metadata, a_text("round_id", primary_key=True), a_text("sealed"))
"""One row a round, sealed as a whole: neither row numbers nor transactions tell one answer from another."""

later_steps = Table(
    "later_steps",
    metadata,
    a_text("key", primary_key=True),
    a_text("kind"),
    a_text("object_id"),
    an_instant("at"),
    Column("due", Day, nullable=False),
    a_text("part"),
    Column("done_at", Instant),
    Index("later_steps_by_object", "object_id"),
    partial_index("later_steps_due", "at", "key", where="done_at IS NULL"),
)
"""What is asked long after: anchoring receipts, benefit checkpoints."""

anchors = Table(
    "anchors",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_text("item_id", primary_key=True),
    a_text("unit", primary_key=True),
    a_text("person_id"),
    a_text("answer"),
    an_instant("at"),
    a_text("note"),
)
"""``unit``: the organisation, or the person where there is none."""

benefit_reports = Table(
    "benefit_reports",
    metadata,
    a_text("case_id", primary_key=True),
    Column("months", Integer, primary_key=True, autoincrement=False),
    a_text("person_id"),
    an_instant("at"),
    a_text("status"),
    a_text("text"),
    Column("expected", BigInteger),
    Column("realised", BigInteger),
    Column("made", Text),
)

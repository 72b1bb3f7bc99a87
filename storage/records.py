"""The tables of people, meetings, duties, the log and delivery; those of cases are in ``storage.case_records``.

The migrations build them; ``tests/storage/test_schema.py`` holds the two equal.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, SmallInteger, Table, Text

from storage.columns import (
    RowId,
    SortKey,
    a_flag,
    a_number,
    a_text,
    added_text,
    an_instant,
    metadata,
    partial_index,
)
from storage.types import Day, Instant, Json

organisations = Table("organisations", metadata, a_text("id", primary_key=True), a_text("name"))

people = Table(
    "people",
    metadata,
    a_text("id", primary_key=True),
    a_text("name"),
    a_text("email"),
    Column("organisation", Text, ForeignKey("organisations.id")),
    a_text("language"),
    Column("name_key", SortKey, nullable=False),
    Index("people_by_name", "name_key"),
)

accounts = Table(
    "accounts",
    metadata,
    a_text("channel", primary_key=True),
    a_text("tenant", primary_key=True),
    a_text("user_id", primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Index("accounts_by_person", "person_id"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    a_text("role", primary_key=True),
    a_text("body", primary_key=True),
    Column("since", Day, primary_key=True),
    Column("until", Day),
    Column("deputy_for", Text),
    Index("holdings_by_role", "role", "since"),
)

meetings = Table(
    "meetings",
    metadata,
    a_text("id", primary_key=True),
    a_text("body"),
    an_instant("starts_at"),
    a_number("minutes"),
    a_text("place"),
    Column("serves", Text),
    a_number("rev"),
    added_text("state", "planned"),
    Column("changed_at", Instant),
    Column("changed_by", Text),
    added_text("last_what", "meeting.planned"),
    Index("meetings_by_start", "body", "starts_at"),
    Index("meetings_by_time", "starts_at", "id"),
    partial_index("meetings_one_at_a_time", "body", "starts_at", where="state = 'planned'", unique=True),
    partial_index("meetings_serving", "serves", where="serves IS NOT NULL"),
)

duties = Table(
    "duties",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("id", unique=True),
    a_text("kind"),
    a_text("object_id"),
    a_text("person_id"),
    an_instant("asked_at"),
    Column("due", Day, nullable=False),
    a_text("part"),
    Column("next_at", Instant),
    a_number("rung"),
    Column("deputy", Text),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Index("duties_by_object", "object_id", "no"),
    partial_index("duties_next", "next_at", "no", where="next_at IS NOT NULL"),
    partial_index("duties_of_person", "person_id", "due", "no", where="ended_at IS NULL"),
    partial_index("duties_of_deputy", "deputy", "due", "no", where="ended_at IS NULL AND deputy IS NOT NULL"),
    partial_index("duties_open", "due", "no", where="ended_at IS NULL"),
    partial_index("duties_ended", "person_id", "ended_at", "no", where="ended_at IS NOT NULL"),
    partial_index(
        "duties_ended_deputy", "deputy", "ended_at", "no", where="ended_at IS NOT NULL AND deputy IS NOT NULL"
    ),
)
"""``next_at`` is set for open duties only."""

task_lists = Table("task_lists", metadata, a_text("person_id", primary_key=True), a_number("rev"))
"""How often a person's list of duties has changed: what its cards out there were drawn from."""

planned = Table(
    "planned",
    metadata,
    a_text("key", primary_key=True),
    a_text("meeting_id"),
    a_text("deadline"),
    a_text("does"),
    Column("due", Day, nullable=False),
    an_instant("at"),
    an_instant("expires_at"),
    a_text("state"),
    Column("done_at", Instant),
    Index("planned_by_meeting", "meeting_id"),
    partial_index("planned_next", "at", "key", where="state = 'open'"),
    partial_index("planned_expired", "done_at", where="state = 'expired'"),
)

attendance = Table(
    "attendance",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_text("person_id", primary_key=True),
    a_text("answer"),
    a_text("by"),
    an_instant("at"),
    Column("deputy", Text),
)

channels = Table(
    "channels",
    metadata,
    a_text("recipient", primary_key=True),
    a_text("language"),
    a_text("by"),
    an_instant("since"),
    added_text("body", "board"),
)

calendars = Table(
    "calendars",
    metadata,
    a_text("person_id", primary_key=True),
    a_text("secret_hash", unique=True),
    an_instant("since"),
)

history = Table(
    "history",
    metadata,
    Column("seq", RowId, primary_key=True, autoincrement=False),
    an_instant("at"),
    a_text("by"),
    a_text("what"),
    a_text("object_id"),
    a_number("rev"),
    a_text("from_state"),
    a_text("to_state"),
    a_text("reason"),
    Column("details", Json, nullable=False),
    a_text("prev_hash"),
    a_text("hash"),
    Index("history_by_object", "object_id", "seq"),
)

history_head = Table(
    "history_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    a_text("hash"),
)

addresses = Table(
    "addresses",
    metadata,
    a_text("channel", primary_key=True),
    a_text("conversation", primary_key=True),
    a_text("tenant"),
    a_text("service_url"),
    a_text("scope"),
    a_text("bot"),
    a_text("team"),
    Column("person_id", Text),
    a_flag("in_use"),
    a_flag("latest"),
    an_instant("at"),
    partial_index("addresses_latest", "person_id", where="latest = 1", unique=True),
)

copies = Table(
    "copies",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    a_text("channel"),
    a_text("tenant"),
    a_text("service_url"),
    a_text("conversation"),
    a_text("scope"),
    a_text("bot"),
    a_text("team"),
    a_text("message_id"),
    a_text("person_id"),
    a_text("kind"),
    a_text("object_id"),
    a_number("rev"),
    a_text("lane"),
    an_instant("at"),
    added_text("part", ""),
    Index("copies_by_message", "channel", "conversation", "message_id", unique=True),
    Index("copies_by_object", "object_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    a_text("key", unique=True),
    a_text("kind"),
    a_text("object_id"),
    a_number("rev"),
    a_text("person_id"),
    Column("copy_id", RowId, ForeignKey("copies.id", ondelete="CASCADE")),
    a_text("lane"),
    a_text("state"),
    a_flag("open"),
    an_instant("due_at"),
    a_number("attempts"),
    a_text("last_error"),
    a_text("message_id"),
    an_instant("created_at"),
    Column("done_at", Instant),
    added_text("part", ""),
    added_text("way", "chat"),
    Column("expires_at", Instant),
    Column("listed_at", Instant),
    Column("told_by", Text),
    Index("outbox_by_object", "object_id"),
    partial_index(
        "outbox_unlisted",
        "created_at",
        where="listed_at IS NULL AND copy_id IS NULL AND state IN ('waiting', 'failed', 'expired')",
    ),
    partial_index("outbox_missed", "created_at", where="copy_id IS NULL AND state IN ('waiting', 'failed', 'expired')"),
    partial_index("outbox_expiring", "expires_at", where="expires_at IS NOT NULL AND state IN ('queued', 'waiting')"),
    partial_index("outbox_open", "id", "due_at", where="open = 1"),
    partial_index("outbox_due", "due_at", "id", where="open = 1"),
    partial_index("outbox_lanes", "lane", "id", where="open = 1"),
    partial_index("outbox_leased", "lane", where="state = 'leased'", unique=True),
    partial_index("outbox_waiting", "person_id", where="state = 'waiting'"),
    partial_index("outbox_redraws", "copy_id", where="copy_id IS NOT NULL"),
    partial_index("outbox_done", "done_at", where="done_at IS NOT NULL"),
)
"""``state``: queued, leased, waiting (no way to the person), sent, failed, expired (of no use any more), told, dropped.
``open`` is 1 while queued or leased. ``listed_at``: when the office was told that it did not arrive.

``due_at`` is when it may be claimed: the earliest time to send, or the end of the lease. A ``lane`` is one
conversation: at most one of its rows is leased, which an index guarantees.
"""

inbox = Table(
    "inbox",
    metadata,
    a_text("channel", primary_key=True),
    a_text("activity_id", primary_key=True),
    an_instant("at"),
    Index("inbox_by_time", "at"),
    sqlite_with_rowid=False,
)

talks = Table(
    "talks",
    metadata,
    a_text("person_id", primary_key=True),
    a_text("form"),
    a_text("question"),
    Column("answers", Json, nullable=False),
    Column("case_id", Text),
    Column("at", Instant),
)

"""The tables. The migrations build them; ``tests/storage/test_schema.py`` holds the two equal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)

from storage.types import Day, Instant, Json

metadata = MetaData()

# Sorted by code point on both, so that a key made for sorting sorts the same everywhere.
SortKey = Text().with_variant(Text(collation="C"), "postgresql")
RowId = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def _added(name: str, default: str) -> Column[str]:
    """A column that came later: the rows that were there already got ``default``."""
    return Column(name, Text, nullable=False, server_default=default)


def _number(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=False, **options)


def _flag(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def _at(name: str) -> Column[Any]:
    return Column(name, Instant, nullable=False)


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


organisations = Table("organisations", metadata, _text("id", primary_key=True), _text("name"))

people = Table(
    "people",
    metadata,
    _text("id", primary_key=True),
    _text("name"),
    _text("email"),
    Column("organisation", Text, ForeignKey("organisations.id")),
    _text("language"),
    Column("name_key", SortKey, nullable=False),
    Index("people_by_name", "name_key"),
)

accounts = Table(
    "accounts",
    metadata,
    _text("channel", primary_key=True),
    _text("tenant", primary_key=True),
    _text("user_id", primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Index("accounts_by_person", "person_id"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    _text("role", primary_key=True),
    _text("body", primary_key=True),
    Column("since", Day, primary_key=True),
    Column("until", Day),
    Column("deputy_for", Text),
    Index("holdings_by_role", "role", "since"),
)

meetings = Table(
    "meetings",
    metadata,
    _text("id", primary_key=True),
    _text("body"),
    _at("starts_at"),
    _number("minutes"),
    _text("place"),
    Column("serves", Text),
    _number("rev"),
    _added("state", "planned"),
    Column("changed_at", Instant),
    Column("changed_by", Text),
    _added("last_what", "meeting.planned"),
    Index("meetings_by_start", "body", "starts_at"),
    Index("meetings_by_time", "starts_at", "id"),
    _partial("meetings_one_at_a_time", "body", "starts_at", where="state = 'planned'", unique=True),
    _partial("meetings_serving", "serves", where="serves IS NOT NULL"),
)

duties = Table(
    "duties",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    _text("id", unique=True),
    _text("kind"),
    _text("object_id"),
    _text("person_id"),
    _at("asked_at"),
    Column("due", Day, nullable=False),
    _text("part"),
    Column("next_at", Instant),
    _number("rung"),
    Column("deputy", Text),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Index("duties_by_object", "object_id", "no"),
    _partial("duties_next", "next_at", "no", where="next_at IS NOT NULL"),
    _partial("duties_of_person", "person_id", "due", "no", where="ended_at IS NULL"),
    _partial("duties_of_deputy", "deputy", "due", "no", where="ended_at IS NULL AND deputy IS NOT NULL"),
    _partial("duties_open", "due", "no", where="ended_at IS NULL"),
    _partial("duties_ended", "person_id", "ended_at", "no", where="ended_at IS NOT NULL"),
    _partial("duties_ended_deputy", "deputy", "ended_at", "no", where="ended_at IS NOT NULL AND deputy IS NOT NULL"),
)
"""``next_at`` is set for open duties only."""

task_lists = Table("task_lists", metadata, _text("person_id", primary_key=True), _number("rev"))
"""How often a person's list of duties has changed: what its cards out there were drawn from."""

planned = Table(
    "planned",
    metadata,
    _text("key", primary_key=True),
    _text("meeting_id"),
    _text("deadline"),
    _text("does"),
    Column("due", Day, nullable=False),
    _at("at"),
    _at("expires_at"),
    _text("state"),
    Column("done_at", Instant),
    Index("planned_by_meeting", "meeting_id"),
    _partial("planned_next", "at", "key", where="state = 'open'"),
    _partial("planned_expired", "done_at", where="state = 'expired'"),
)

attendance = Table(
    "attendance",
    metadata,
    _text("meeting_id", primary_key=True),
    _text("person_id", primary_key=True),
    _text("answer"),
    _text("by"),
    _at("at"),
    Column("deputy", Text),
)

channels = Table(
    "channels",
    metadata,
    _text("recipient", primary_key=True),
    _text("language"),
    _text("by"),
    _at("since"),
)

calendars = Table(
    "calendars",
    metadata,
    _text("person_id", primary_key=True),
    _text("secret_hash", unique=True),
    _at("since"),
)

cases = Table(
    "cases",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    _text("id", unique=True),
    _number("rev"),
    _text("state"),
    _flag("alive"),
    _text("title"),
    _text("case_type"),
    _text("submitter"),
    Column("owner", Text),
    _at("updated_at"),
    Column("deadline", Day),
    Column("submitted_at", Instant),
    Column("received_at", Instant),
    _at("created_at"),
    _text("delivery_form"),
    _text("sub_portfolio"),
    _text("last_what"),
    _text("last_by"),
    _at("last_at"),
    _text("exclusion"),
    _text("search"),
    _text("reason"),
    Column("wanted_meeting", Text),
    Column("owner_deputy", Text),
    Column("submitter_deputy", Text),
    # Long texts last: SQLite reads the columns before them without touching their overflow pages.
    Column("documents", Json, nullable=False),
    Column("content", Json, nullable=False),
    Index("cases_by_submitter", "submitter", "alive", "updated_at", "no"),
    _partial("cases_by_owner", "owner", "alive", "updated_at", "no", where="submitted_at IS NOT NULL"),
    _partial("cases_by_state", "state", "alive", "updated_at", "no", where="received_at IS NOT NULL"),
    _partial("cases_received", "alive", "updated_at", "no", where="received_at IS NOT NULL"),
    _partial("cases_wanting", "wanted_meeting", where="wanted_meeting IS NOT NULL AND alive = 1"),
    _partial("cases_of_owner_deputy", "owner_deputy", "alive", "updated_at", "no", where="owner_deputy IS NOT NULL"),
    _partial(
        "cases_of_submitter_deputy",
        "submitter_deputy",
        "alive",
        "updated_at",
        "no",
        where="submitter_deputy IS NOT NULL",
    ),
    _partial("cases_drafts", "submitter", "updated_at", "no", where="state IN ('draft', 'incomplete')"),
)

history = Table(
    "history",
    metadata,
    Column("seq", RowId, primary_key=True, autoincrement=False),
    _at("at"),
    _text("by"),
    _text("what"),
    _text("object_id"),
    _number("rev"),
    _text("from_state"),
    _text("to_state"),
    _text("reason"),
    Column("details", Json, nullable=False),
    _text("prev_hash"),
    _text("hash"),
    Index("history_by_object", "object_id", "seq"),
)

history_head = Table(
    "history_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    _text("hash"),
)

addresses = Table(
    "addresses",
    metadata,
    _text("channel", primary_key=True),
    _text("conversation", primary_key=True),
    _text("tenant"),
    _text("service_url"),
    _text("scope"),
    _text("bot"),
    _text("team"),
    Column("person_id", Text),
    _flag("in_use"),
    _flag("latest"),
    _at("at"),
    _partial("addresses_latest", "person_id", where="latest = 1", unique=True),
)

copies = Table(
    "copies",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _text("channel"),
    _text("tenant"),
    _text("service_url"),
    _text("conversation"),
    _text("scope"),
    _text("bot"),
    _text("team"),
    _text("message_id"),
    _text("person_id"),
    _text("kind"),
    _text("object_id"),
    _number("rev"),
    _text("lane"),
    _at("at"),
    _added("part", ""),
    Index("copies_by_message", "channel", "conversation", "message_id", unique=True),
    Index("copies_by_object", "object_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _text("key", unique=True),
    _text("kind"),
    _text("object_id"),
    _number("rev"),
    _text("person_id"),
    Column("copy_id", RowId, ForeignKey("copies.id", ondelete="CASCADE")),
    _text("lane"),
    _text("state"),
    _flag("open"),
    _at("due_at"),
    _number("attempts"),
    _text("last_error"),
    _text("message_id"),
    _at("created_at"),
    Column("done_at", Instant),
    _added("part", ""),
    _added("way", "chat"),
    Column("expires_at", Instant),
    Column("listed_at", Instant),
    Column("told_by", Text),
    Index("outbox_by_object", "object_id"),
    _partial(
        "outbox_unlisted",
        "created_at",
        where="listed_at IS NULL AND copy_id IS NULL AND state IN ('waiting', 'failed', 'expired')",
    ),
    _partial("outbox_missed", "created_at", where="copy_id IS NULL AND state IN ('waiting', 'failed', 'expired')"),
    _partial("outbox_expiring", "expires_at", where="expires_at IS NOT NULL AND state IN ('queued', 'waiting')"),
    _partial("outbox_open", "id", "due_at", where="open = 1"),
    _partial("outbox_due", "due_at", "id", where="open = 1"),
    _partial("outbox_lanes", "lane", "id", where="open = 1"),
    _partial("outbox_leased", "lane", where="state = 'leased'", unique=True),
    _partial("outbox_waiting", "person_id", where="state = 'waiting'"),
    _partial("outbox_redraws", "copy_id", where="copy_id IS NOT NULL"),
    _partial("outbox_done", "done_at", where="done_at IS NOT NULL"),
)
"""``state``: queued, leased, waiting (no way to the person), sent, failed, expired (of no use any more), told, dropped.
``open`` is 1 while queued or leased. ``listed_at``: when the office was told that it did not arrive.

``due_at`` is when it may be claimed: the earliest time to send, or the end of the lease. A ``lane`` is one
conversation: at most one of its rows is leased, which an index guarantees.
"""

inbox = Table(
    "inbox",
    metadata,
    _text("channel", primary_key=True),
    _text("activity_id", primary_key=True),
    _at("at"),
    Index("inbox_by_time", "at"),
    sqlite_with_rowid=False,
)

talks = Table(
    "talks",
    metadata,
    _text("person_id", primary_key=True),
    _text("form"),
    _text("question"),
    Column("answers", Json, nullable=False),
    Column("case_id", Text),
    Column("at", Instant),
)

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
    Index("meetings_by_start", "body", "starts_at"),
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
    # Long texts last: SQLite reads the columns before them without touching their overflow pages.
    Column("documents", Json, nullable=False),
    Column("content", Json, nullable=False),
    Index("cases_by_submitter", "submitter", "alive", "updated_at", "no"),
    _partial("cases_by_owner", "owner", "alive", "updated_at", "no", where="submitted_at IS NOT NULL"),
    _partial("cases_by_state", "state", "alive", "updated_at", "no", where="received_at IS NOT NULL"),
    _partial("cases_received", "alive", "updated_at", "no", where="received_at IS NOT NULL"),
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
    Index("outbox_by_object", "object_id"),
    _partial("outbox_open", "id", "due_at", where="open = 1"),
    _partial("outbox_due", "due_at", "id", where="open = 1"),
    _partial("outbox_lanes", "lane", "id", where="open = 1"),
    _partial("outbox_leased", "lane", where="state = 'leased'", unique=True),
    _partial("outbox_waiting", "person_id", where="state = 'waiting'"),
    _partial("outbox_redraws", "copy_id", where="copy_id IS NOT NULL"),
    _partial("outbox_done", "done_at", where="done_at IS NOT NULL"),
)
"""``state``: queued, leased, waiting (nowhere to send it), sent, failed. ``open`` is 1 while queued or leased.

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

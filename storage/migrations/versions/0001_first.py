"""The first schema: cases, people, meetings, the log, delivery."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
SORT_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _people()
    _cases()
    _history()
    _delivery()
    _conversation()
    if op.get_bind().dialect.name == "postgresql":
        _postgresql_only()
    else:
        _sqlite_only()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False)


def _number(name: str, kind: Any = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _at(name: str) -> sa.Column[Any]:
    return sa.Column(name, INSTANT, nullable=False)


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    some = sa.text(where) if where else None
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=some, postgresql_where=some)


def _people() -> None:
    op.create_table("organisations", _key("id"), *_texts("name"))
    op.create_table(
        "people",
        _key("id"),
        *_texts("name", "email"),
        sa.Column("organisation", sa.Text, sa.ForeignKey("organisations.id")),
        *_texts("language"),
        sa.Column("name_key", SORT_KEY, nullable=False),
    )
    _index("people_by_name", "people", "name_key")
    op.create_table(
        "accounts",
        _key("channel"),
        _key("tenant"),
        _key("user_id"),
        sa.Column("person_id", sa.Text, sa.ForeignKey("people.id"), nullable=False),
    )
    _index("accounts_by_person", "accounts", "person_id")
    op.create_table(
        "holdings",
        sa.Column("person_id", sa.Text, sa.ForeignKey("people.id"), primary_key=True),
        _key("role"),
        _key("body"),
        _key("since", DAY),
        sa.Column("until", DAY),
        sa.Column("deputy_for", sa.Text),
    )
    _index("holdings_by_role", "holdings", "role", "since")


def _cases() -> None:
    op.create_table(
        "meetings",
        _key("id"),
        *_texts("body"),
        _at("starts_at"),
        _number("minutes"),
        *_texts("place"),
        sa.Column("serves", sa.Text),
        _number("rev"),
    )
    _index("meetings_by_start", "meetings", "body", "starts_at")
    op.create_table(
        "cases",
        sa.Column("no", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _number("rev"),
        *_texts("state"),
        _number("alive", sa.SmallInteger),
        *_texts("title", "case_type", "submitter"),
        sa.Column("owner", sa.Text),
        _at("updated_at"),
        sa.Column("deadline", DAY),
        sa.Column("submitted_at", INSTANT),
        sa.Column("received_at", INSTANT),
        _at("created_at"),
        *_texts("delivery_form", "sub_portfolio", "last_what", "last_by"),
        _at("last_at"),
        *_texts("exclusion", "search", "reason", "documents", "content"),
    )
    newest = ("alive", "updated_at", "no")
    _index("cases_by_submitter", "cases", "submitter", *newest)
    _index("cases_by_owner", "cases", "owner", *newest, where="submitted_at IS NOT NULL")
    _index("cases_by_state", "cases", "state", *newest, where="received_at IS NOT NULL")
    _index("cases_received", "cases", *newest, where="received_at IS NOT NULL")
    drafts = "state IN ('draft', 'incomplete')"
    _index("cases_drafts", "cases", "submitter", "updated_at", "no", where=drafts)


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("seq", ROW_ID, primary_key=True, autoincrement=False),
        _at("at"),
        *_texts("by", "what", "object_id"),
        _number("rev"),
        *_texts("from_state", "to_state", "reason", "details", "prev_hash", "hash"),
    )
    _index("history_by_object", "history", "object_id", "seq")
    op.create_table(
        "history_head",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        _number("seq", sa.BigInteger),
        *_texts("hash"),
    )
    op.execute(sa.text("INSERT INTO history_head (id, seq, hash) VALUES (1, 0, :genesis)").bindparams(genesis="0" * 64))


def _delivery() -> None:
    op.create_table(
        "addresses",
        _key("channel"),
        _key("conversation"),
        *_texts("tenant", "service_url", "scope", "bot", "team"),
        sa.Column("person_id", sa.Text),
        _number("in_use", sa.SmallInteger),
        _number("latest", sa.SmallInteger),
        _at("at"),
    )
    _index("addresses_latest", "addresses", "person_id", where="latest = 1", unique=True)
    op.create_table(
        "copies",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        *_texts("channel", "tenant", "service_url", "conversation", "scope", "bot", "team"),
        *_texts("message_id", "person_id", "kind", "object_id"),
        _number("rev"),
        *_texts("lane"),
        _at("at"),
    )
    _index("copies_by_message", "copies", "channel", "conversation", "message_id", unique=True)
    _index("copies_by_object", "copies", "object_id")
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        *_texts("kind", "object_id"),
        _number("rev"),
        *_texts("person_id"),
        sa.Column("copy_id", ROW_ID, sa.ForeignKey("copies.id", ondelete="CASCADE")),
        *_texts("lane", "state"),
        _number("open", sa.SmallInteger),
        _at("due_at"),
        _number("attempts"),
        *_texts("last_error", "message_id"),
        _at("created_at"),
        sa.Column("done_at", INSTANT),
    )
    _index("outbox_by_object", "outbox", "object_id")
    _index("outbox_open", "outbox", "id", "due_at", where="open = 1")
    _index("outbox_due", "outbox", "due_at", "id", where="open = 1")
    _index("outbox_lanes", "outbox", "lane", "id", where="open = 1")
    _index("outbox_leased", "outbox", "lane", where="state = 'leased'", unique=True)
    _index("outbox_waiting", "outbox", "person_id", where="state = 'waiting'")
    _index("outbox_redraws", "outbox", "copy_id", where="copy_id IS NOT NULL")
    _index("outbox_done", "outbox", "done_at", where="done_at IS NOT NULL")


def _conversation() -> None:
    op.create_table("inbox", _key("channel"), _key("activity_id"), _at("at"), sqlite_with_rowid=False)
    _index("inbox_by_time", "inbox", "at")
    op.create_table(
        "talks",
        _key("person_id"),
        *_texts("form", "question", "answers"),
        sa.Column("case_id", sa.Text),
        sa.Column("at", INSTANT),
    )


def _sqlite_only() -> None:
    op.execute("CREATE VIRTUAL TABLE case_search USING fts5(search, tokenize = 'trigram')")
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER history_no_{act.lower()} BEFORE {act} ON history "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER history_head_no_delete BEFORE DELETE ON history_head "
        "BEGIN SELECT RAISE(ABORT, 'the head of the log stays'); END"
    )
    op.execute(
        "CREATE TRIGGER history_head_forward BEFORE UPDATE ON history_head WHEN NEW.seq <= OLD.seq OR NEW.id <> OLD.id "
        "BEGIN SELECT RAISE(ABORT, 'the head of the log only moves forward'); END"
    )


def _postgresql_only() -> None:
    op.create_table("case_search", _key("no", sa.BigInteger), sa.Column("grams", sa.ARRAY(sa.Text), nullable=False))
    op.create_index("case_search_grams", "case_search", ["grams"], postgresql_using="gin")
    op.execute(
        "CREATE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
    )
    op.execute(
        "CREATE FUNCTION history_head_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq <= OLD.seq OR NEW.id <> OLD.id THEN "
        "RAISE EXCEPTION 'the head of the log only moves forward'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()"
    )
    op.execute(
        "CREATE TRIGGER history_head_no_delete BEFORE DELETE OR TRUNCATE ON history_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()"
    )
    op.execute(
        "CREATE TRIGGER history_head_forward BEFORE UPDATE ON history_head "
        "FOR EACH ROW EXECUTE FUNCTION history_head_forward()"
    )

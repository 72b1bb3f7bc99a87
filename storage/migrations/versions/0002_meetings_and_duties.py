"""Meetings that move, duties and their reminders, what the planner does, channels, calendars, proof of delivery."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
MISSED = "state IN ('waiting', 'failed', 'expired')"


def upgrade() -> None:
    _meetings()
    _duties()
    _planned()
    _cases()
    _delivery()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False)


def _at(name: str) -> sa.Column[Any]:
    return sa.Column(name, INSTANT, nullable=False)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, DAY, nullable=False)


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    some = sa.text(where) if where else None
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=some, postgresql_where=some)


def _add(table: str, name: str, default: str) -> None:
    op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=default))


def _meetings() -> None:
    _add("meetings", "state", "planned")
    op.add_column("meetings", sa.Column("changed_at", INSTANT))
    op.add_column("meetings", sa.Column("changed_by", sa.Text))
    _add("meetings", "last_what", "meeting.planned")
    _index("meetings_by_time", "meetings", "starts_at", "id")
    # A body meets in one place at a time: of several at the same instant the first stays, the others were doubles.
    op.execute(
        "UPDATE meetings SET state = 'cancelled', last_what = 'meeting.cancelled' WHERE EXISTS "
        "(SELECT 1 FROM meetings m WHERE m.body = meetings.body AND m.starts_at = meetings.starts_at "
        "AND m.id < meetings.id)"
    )
    _index("meetings_one_at_a_time", "meetings", "body", "starts_at", where="state = 'planned'", unique=True)
    _index("meetings_serving", "meetings", "serves", where="serves IS NOT NULL")
    op.create_table(
        "attendance",
        _key("meeting_id"),
        _key("person_id"),
        *_texts("answer", "by"),
        _at("at"),
        sa.Column("deputy", sa.Text),
    )


def _duties() -> None:
    op.create_table(
        "duties",
        sa.Column("no", ROW_ID, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *_texts("kind", "object_id", "person_id"),
        _at("asked_at"),
        _day("due"),
        *_texts("part"),
        sa.Column("next_at", INSTANT),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("deputy", sa.Text),
        sa.Column("ended_at", INSTANT),
        sa.Column("ended_by", sa.Text),
    )
    _index("duties_by_object", "duties", "object_id", "no")
    _index("duties_next", "duties", "next_at", "no", where="next_at IS NOT NULL")
    _index("duties_of_person", "duties", "person_id", "due", "no", where="ended_at IS NULL")
    _index("duties_of_deputy", "duties", "deputy", "due", "no", where="ended_at IS NULL AND deputy IS NOT NULL")
    _index("duties_open", "duties", "due", "no", where="ended_at IS NULL")
    ended = "ended_at IS NOT NULL"
    _index("duties_ended", "duties", "person_id", "ended_at", "no", where=ended)
    _index("duties_ended_deputy", "duties", "deputy", "ended_at", "no", where=f"{ended} AND deputy IS NOT NULL")
    _owed_already()
    op.create_table("task_lists", _key("person_id"), sa.Column("rev", sa.Integer, nullable=False))


def _owed_already() -> None:
    """What people owed for cases before there were duties: due a week after they were asked, reminded of at once."""
    week = "date(cases.last_at, '+7 days')"
    if op.get_bind().dialect.name == "postgresql":
        week = "(cases.last_at + interval '7 days')::date"
    held = "JOIN holdings h ON h.role = 'office' AND (h.until IS NULL OR h.until >= CURRENT_DATE)"
    for state, kind, who, join in (
        ("awaiting_owner", "case.confirm", "cases.owner", ""),
        ("submitted", "case.review", "h.person_id", held),
        ("incomplete", "case.complete", "cases.submitter", ""),
    ):
        op.execute(
            "INSERT INTO duties (id, kind, object_id, person_id, asked_at, due, part, next_at, rung) "  # noqa: S608  # our own words, above
            f"SELECT '{kind}:' || cases.id || ':' || cases.rev || ':' || {who}, '{kind}', cases.id, {who}, "
            "cases.last_at, "
            f"COALESCE(cases.deadline, {week}), '', cases.last_at, 0 FROM cases {join} "
            f"WHERE cases.state = '{state}' AND {who} IS NOT NULL"
        )


def _planned() -> None:
    op.create_table(
        "planned",
        _key("key"),
        *_texts("meeting_id", "deadline", "does"),
        _day("due"),
        _at("at"),
        _at("expires_at"),
        *_texts("state"),
        sa.Column("done_at", INSTANT),
    )
    _index("planned_by_meeting", "planned", "meeting_id")
    _index("planned_next", "planned", "at", "key", where="state = 'open'")
    _index("planned_expired", "planned", "done_at", where="state = 'expired'")
    op.create_table("channels", _key("recipient"), *_texts("language", "by"), _at("since"))
    op.create_table(
        "calendars", _key("person_id"), sa.Column("secret_hash", sa.Text, nullable=False, unique=True), _at("since")
    )


def _cases() -> None:
    for name in ("wanted_meeting", "owner_deputy", "submitter_deputy"):
        op.add_column("cases", sa.Column(name, sa.Text))
    wanted = "content::json ->> 'wanted_meeting'"
    if op.get_bind().dialect.name == "sqlite":
        wanted = "json_extract(content, '$.wanted_meeting')"
    op.execute(f"UPDATE cases SET wanted_meeting = {wanted}")  # noqa: S608  # words of our own, above
    _index("cases_wanting", "cases", "wanted_meeting", where="wanted_meeting IS NOT NULL AND alive = 1")
    for who in ("owner_deputy", "submitter_deputy"):
        _index(f"cases_of_{who}", "cases", who, "alive", "updated_at", "no", where=f"{who} IS NOT NULL")


def _delivery() -> None:
    _add("copies", "part", "")
    _add("outbox", "part", "")
    _add("outbox", "way", "chat")
    op.add_column("outbox", sa.Column("expires_at", INSTANT))
    op.add_column("outbox", sa.Column("listed_at", INSTANT))
    op.add_column("outbox", sa.Column("told_by", sa.Text))
    _index("outbox_unlisted", "outbox", "created_at", where=f"listed_at IS NULL AND copy_id IS NULL AND {MISSED}")
    _index("outbox_missed", "outbox", "created_at", where=f"copy_id IS NULL AND {MISSED}")
    _index("outbox_expiring", "outbox", "expires_at", where="expires_at IS NOT NULL AND state IN ('queued', 'waiting')")

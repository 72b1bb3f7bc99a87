"""The meeting and what comes of it: the run-sheet, decisions, follow-ups, and the book of minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
EVIDENCE = {
    "minutes_versions": ("meeting_id", "version"),
    "minutes_approvals": ("meeting_id", "held", "digest", "member"),
    "minutes_files": ("meeting_id", "version"),
}
"""The tables that only grow, each with what there is one of."""


def upgrade() -> None:
    for column in (*_maybe("board_outcome"), *_maybe("decided_at", "published_at", kind=INSTANT)):
        op.add_column("cases", column)
    _meetings()
    _follow_ups()
    _book()
    _remarks()
    _approvals()
    _carry_over()
    _sqlite_only() if op.get_bind().dialect.name == "sqlite" else _postgresql_only()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _maybe(*names: str, kind: Any = sa.Text) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False, autoincrement=False)


def _row_id() -> sa.Column[Any]:
    return sa.Column("no", ROW_ID, primary_key=True, autoincrement=True, nullable=False)


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Text, nullable=False, unique=True)


def _numbers(*names: str, kind: Any = sa.Integer) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _at(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, INSTANT, nullable=False) for name in names]


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    some = sa.text(where) if where else None
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=some, postgresql_where=some)


def _meetings() -> None:
    op.create_table(
        "sittings",
        _key("meeting_id"),
        *_texts("body"),
        *_numbers("rev"),
        *_texts("state"),
        *_at("started_at"),
        *_texts("started_by", "current_item", "without_quorum"),
        *_maybe("quorum_by"),
        *_maybe("closed_at", kind=INSTANT),
        *_maybe("closed_by"),
        *_texts("items", "seats"),
    )
    op.create_table(
        "decisions",
        _row_id(),
        *_texts("meeting_id", "item_id"),
        *_numbers("rev"),
        *_texts("kind", "outcome", "recorded_by"),
        *_at("recorded_at"),
        *_maybe("case_id"),
        *_texts("number"),
        *_maybe("published_at", kind=INSTANT),
        *_maybe("published_by"),
        *_texts("conditions", "present", "left_room", "dissent", "proposal", "text", "statement"),
    )
    _index("decisions_by_item", "decisions", "meeting_id", "item_id", unique=True)
    _index("decisions_by_case", "decisions", "case_id", "meeting_id", unique=True)


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        _row_id(),
        _id(),
        *_numbers("rev"),
        *_texts("case_id", "meeting_id", "number", "owner"),
        *_numbers("due", kind=DAY),
        *_at("opened_at"),
        *_texts("state"),
        *_maybe("done_at", kind=INSTANT),
        *_maybe("done_by"),
        *_texts("text", "reports"),
    )
    _index("follow_ups_by_case", "follow_ups", "case_id", "no")
    _index("follow_ups_open", "follow_ups", "due", "no", where="state = 'open'")
    _index("follow_ups_of_owner", "follow_ups", "owner", "due", "no", where="state = 'open'")


def _book() -> None:
    op.create_table(
        "minutes_book",
        _key("meeting_id"),
        *_texts("body"),
        *_numbers("rev"),
        *_texts("state"),
        *_numbers("version"),
        *_texts("by"),
        *_at("at"),
        *_maybe("circulated_at", kind=INSTANT),
        *_maybe("remarks_due", kind=DAY),
        *_maybe("round_closed_at", kind=INSTANT),
        *_maybe("called_in"),
        *_texts("called_digest"),
        *_maybe("concluded_in", "conclusion"),
        *_maybe("approved_version", kind=sa.Integer),
        *_maybe("approved_at", kind=INSTANT),
        *_maybe("approved_by"),
        *_texts("sha256", "name"),
        *_numbers("pages"),
        *_maybe("leased_until", kind=INSTANT),
    )
    in_round = "state = 'circulated' AND round_closed_at IS NULL"
    _index("minutes_in_round", "minutes_book", "remarks_due", "meeting_id", where=in_round)
    unsealed = "state = 'approved' AND sha256 = ''"
    _index("minutes_unsealed", "minutes_book", "approved_at", "meeting_id", where=unsealed)
    op.create_table(
        "minutes_versions",
        _key("meeting_id"),
        _key("version", sa.Integer),
        *_texts("by"),
        *_at("at"),
        *_texts("source", "reason"),
        *_maybe("corrects", kind=sa.Integer),
        *_texts("sections"),
    )


def _remarks() -> None:
    op.create_table(
        "minutes_remarks",
        _row_id(),
        _id(),
        *_texts("meeting_id"),
        *_numbers("version"),
        *_texts("person_id", "cls", "text"),
        *_at("at"),
        *_texts("section", "state", "new_text"),
        *_maybe("ruled_by"),
        *_maybe("ruled_at", kind=INSTANT),
        *_texts("note"),
        *_maybe("taken_in", kind=sa.Integer),
    )
    _index("minutes_remarks_by_meeting", "minutes_remarks", "meeting_id", "no")
    op.create_table(
        "minutes_answers",
        _key("meeting_id"),
        _key("person_id"),
        *_numbers("version"),
        *_numbers("remarked", kind=sa.SmallInteger),
        *_at("at"),
    )


def _approvals() -> None:
    op.create_table(
        "minutes_approvals",
        _row_id(),
        *_texts("meeting_id", "held"),
        *_numbers("version"),
        *_texts("digest", "member", "person_id", "said"),
        *_at("at"),
        *_texts("note"),
    )
    _index("minutes_approvals_by_seat", "minutes_approvals", *EVIDENCE["minutes_approvals"], unique=True)
    op.create_table(
        "minutes_files",
        _key("meeting_id"),
        _key("version", sa.Integer),
        *_texts("sha256"),
        *_numbers("pages"),
        *_numbers("size", kind=sa.BigInteger),
        *_at("at"),
    )


def _carry_over() -> None:
    """Finished minutes go into the book: the working group's await approval, a PDF from before is filed."""
    connection = op.get_bind()
    texts = _texts("meeting_id", "by", "sha256", "name", "present", "remarks")
    old = sa.table("minutes", *texts, *_numbers("version"), *_at("at"))
    rows = connection.execute(sa.select(*old.columns).order_by(old.c.meeting_id, old.c.version)).mappings().all()
    latest = {row["meeting_id"]: row for row in rows}
    if not latest:
        return
    people = connection.execute(sa.text("SELECT id, name FROM people")).all()
    names = {row.id: row.name for row in people}
    group = [row for row in latest.values() if not row["sha256"]]
    connection.execute(_book_table().insert(), [_booked(row) for row in latest.values()])
    if group:
        connection.execute(_versions_table().insert(), [_text_of(row, names) for row in group])


def _book_table() -> sa.TableClause:
    return sa.table(
        "minutes_book",
        *_texts("meeting_id", "body", "state", "by", "called_digest", "sha256", "name"),
        *_numbers("rev", "version", "pages"),
        *_at("at", "circulated_at"),
    )


def _versions_table() -> sa.TableClause:
    texts = _texts("meeting_id", "by", "source", "reason", "sections")
    return sa.table("minutes_versions", *texts, *_numbers("version"), *_at("at"))


def _booked(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Only the working group's were written here; the board's were filed."""
    filed = bool(row["sha256"])
    return {
        **{name: row[name] for name in ("meeting_id", "version", "by", "at", "sha256", "name")},
        "body": "board" if filed else "wg",
        "state": "filed" if filed else "circulated",
        "circulated_at": None if filed else row["at"],
        "rev": 1,
        "called_digest": "",
        "pages": 0,
    }


def _text_of(row: Mapping[Any, Any], names: Mapping[str, str]) -> dict[str, Any]:
    present: Sequence[str] = json.loads(row["present"])
    there = "\n".join(names.get(person, person) for person in present)
    sections = [{"id": "present", "heading": "", "text": there, "editable": False}] if present else []
    sections.append({"id": "remarks", "heading": "", "text": row["remarks"], "editable": True})
    known = {name: row[name] for name in ("meeting_id", "version", "by", "at")}
    return {**known, "source": "record", "reason": "", "sections": json.dumps(sections, ensure_ascii=False)}


def _sqlite_only() -> None:
    """``REPLACE`` takes a row away without any trigger of DELETE, so the one that comes in is stopped too."""
    for table, unique in EVIDENCE.items():
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is evidence: rows are only added'); END"
            )
        same = " AND ".join(f"{column} = NEW.{column}" for column in unique)
        # Some are added "unless there": that is no error, and the row stays.
        refuse = f"ABORT, 'UNIQUE: {table} is evidence'" if table == "minutes_versions" else "IGNORE"
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {same} OR rowid = NEW.rowid)"  # noqa: S608  # the names are ours
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} BEGIN SELECT RAISE({refuse}); END"
        )


def _postgresql_only() -> None:
    op.execute(
        "CREATE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is evidence: rows are only added', TG_TABLE_NAME; END $$"
    )
    for table in EVIDENCE:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()"
        )

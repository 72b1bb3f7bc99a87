"""The way from the office to the board: agendas, numbers, the working group, habilitet, packs and links to them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
UNDERWAY = "state IN ('ready_for_wg', 'on_wg_agenda', 'wg_treated', 'on_board_agenda')"


def upgrade() -> None:
    _cases()
    _agendas()
    _working_group()
    _rulings()
    _packs()
    op.add_column("channels", sa.Column("body", sa.Text, nullable=False, server_default="board"))


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _maybe(*names: str, kind: Any = sa.Text) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False, autoincrement=False)


def _row_id() -> sa.Column[Any]:
    return sa.Column("no", ROW_ID, primary_key=True, autoincrement=True, nullable=False)


def _numbers(*names: str, kind: Any = sa.Integer) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _at(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, INSTANT, nullable=False) for name in names]


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    some = sa.text(where) if where else None
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=some, postgresql_where=some)


def _cases() -> None:
    new = [
        *_maybe("accepted_at", "agenda_at", "dispatched_at", "state_since", kind=INSTANT),
        *_maybe("wg_meeting", "board_meeting"),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("wg_number", "board_number")),
        sa.Column("for_chair", sa.SmallInteger, nullable=False, server_default="0"),
        sa.Column("excluded", sa.Text, nullable=False, server_default="[]"),
        sa.Column("course", sa.Text, nullable=False, server_default="{}"),
    ]
    for column in new:
        op.add_column("cases", column)
    _on_their_way_already()
    for which in ("wg_meeting", "board_meeting"):
        _index(f"cases_of_{which}", "cases", which, where=f"{which} IS NOT NULL")
    newest = ("alive", "updated_at", "no")
    _index("cases_underway", "cases", "state", "state_since", "no", where=UNDERWAY)
    _index("cases_accepted", "cases", *newest, where="accepted_at IS NOT NULL")
    _index("cases_for_chair", "cases", *newest, where="for_chair = 1")
    _index("cases_dispatched", "cases", *newest, where="dispatched_at IS NOT NULL")
    op.create_table("exclusions", _key("person_id"), _key("case_no", sa.BigInteger), sqlite_with_rowid=False)


def _on_their_way_already() -> None:
    """What the office had accepted is seen by the working group: since when, the log says, or its latest change."""
    op.execute("UPDATE cases SET state_since = last_at")
    op.execute(
        "UPDATE cases SET accepted_at = COALESCE("
        "(SELECT MIN(at) FROM history WHERE history.object_id = cases.id AND history.what = 'case.accepted'), "
        "updated_at) WHERE state = 'ready_for_wg' OR EXISTS "
        "(SELECT 1 FROM history WHERE history.object_id = cases.id AND history.what = 'case.accepted')"
    )


def _agendas() -> None:
    op.create_table(
        "agendas",
        _key("meeting_id"),
        *_numbers("rev"),
        *_texts("state"),
        *_at("built_at"),
        *_texts("built_by"),
        *_maybe("approved_at", kind=INSTANT),
        *_maybe("approved_by"),
        *_maybe("changed_at", kind=INSTANT),
        *_maybe("changed_by"),
        *_texts("last_what", "items"),
    )
    op.create_table("numbers", _key("series"), _key("year", sa.Integer), *_numbers("last"))


def _working_group() -> None:
    op.create_table(
        "treatments", _row_id(), *_texts("case_id", "meeting_id", "number", "outcome", "remarks", "by"), *_at("at")
    )
    _index("treatments_by_meeting", "treatments", "meeting_id", "no")
    op.create_table("statements", _key("case_id"), _key("person_id"), *_texts("text"), *_at("at"))
    op.create_table(
        "minutes",
        _key("meeting_id"),
        _key("version", sa.Integer),
        *_texts("by"),
        *_at("at"),
        *_texts("sha256", "name", "present", "remarks"),
    )


def _rulings() -> None:
    op.create_table(
        "conflicts",
        _key("case_id"),
        _key("person_id"),
        *_numbers("rev"),
        *_texts("answer", "note"),
        *_at("at"),
        *_maybe("ruling", "ruled_by"),
        *_maybe("ruled_at", kind=INSTANT),
        *_texts("reason"),
    )
    op.create_table(
        "dispensations",
        _row_id(),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *_numbers("rev"),
        *_texts("gate", "meeting_id"),
        *_maybe("case_id"),
        *_texts("reason", "by"),
        *_at("at"),
        *_texts("state", "ruling"),
        *_maybe("ruled_by"),
        *_maybe("ruled_at", kind=INSTANT),
    )
    _index("dispensations_by_meeting", "dispensations", "meeting_id", "no")


def _packs() -> None:
    op.create_table(
        "packs",
        _key("id"),
        *_texts("meeting_id"),
        *_numbers("version"),
        *_at("sent_at"),
        *_texts("by", "agenda", "state"),
        *_numbers("pages", "reading_minutes"),
        *_maybe("ready_at", "leased_until", kind=INSTANT),
        *_texts("minutes", "items", "frozen"),
    )
    _index("packs_by_version", "packs", "meeting_id", "version", unique=True)
    _index("packs_waiting", "packs", "sent_at", "id", where="state = 'waiting'")
    op.create_table(
        "pack_files",
        *(_key(name) for name in ("pack_id", "case_id", "variant")),
        *_texts("sha256"),
        *_numbers("pages"),
        *_numbers("size", kind=sa.BigInteger),
        *_texts("left_out"),
    )
    op.create_table("pack_reads", _key("meeting_id"), _key("person_id"), *_numbers("version"), *_at("first_at", "at"))
    op.create_table(
        "links", _key("secret_hash"), *_texts("person_id", "meeting_id"), *_maybe("case_id"), *_at("expires_at")
    )
    _index("links_expiring", "links", "expires_at")

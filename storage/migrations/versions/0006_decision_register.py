"""The register of decisions, and the index it is searched by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "register_entries",
        _key("no", ROW_ID),
        sa.Column("case_no", sa.BigInteger, nullable=False),
        *_texts("case_id", "meeting_id"),
        sa.Column("decided_on", DAY, nullable=False),
        *_texts("outcome", "number", "wg_number", "title", "public_title", "project_ref", "case_type"),
        *_flags("published", "minutes_approved", "exempt", "open_follow_ups"),
        *_texts("text", "conditions", "terms"),
    )
    op.create_index("register_by_case", "register_entries", ["case_no", "decided_on", "no"])
    op.create_table(
        "register_terms",
        _key("reading", sa.SmallInteger),
        _key("term", SORTED),
        _key("day", DAY),
        _key("entry_no", sa.BigInteger),
        sa.Column("case_no", sa.BigInteger, nullable=False),
        *_flags("published"),
        sqlite_with_rowid=False,
    )
    op.create_table("register_spellings", _key("spelling", SORTED), _key("word", SORTED), sqlite_with_rowid=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.SmallInteger, nullable=False) for name in names]


def _key(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False, autoincrement=False)

"""What follows the meetings: the yearly evaluation, anchoring receipts, benefit checkpoints."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _evaluations()
    _later()
    _answers()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False, autoincrement=False)


def _evaluations() -> None:
    op.create_table(
        "evaluations",
        _key("year", sa.Integer),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *_numbers("rev"),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due", DAY, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        *_texts("questions"),
        *_numbers("fewest", "asked", "answered"),
        *_texts("state"),
        sa.Column("closed_at", INSTANT),
        *_texts("outcome"),
        sa.Column("case_id", sa.Text),
    )
    op.create_table("evaluation_voters", _key("round_id"), _key("person_id"), sqlite_with_rowid=False)
    op.create_table("evaluation_urns", _key("round_id"), *_texts("sealed"))


def _later() -> None:
    op.create_table(
        "later_steps",
        _key("key"),
        *_texts("kind", "object_id"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due", DAY, nullable=False),
        *_texts("part"),
        sa.Column("done_at", INSTANT),
    )
    op.create_index("later_steps_by_object", "later_steps", ["object_id"])
    waiting = sa.text("done_at IS NULL")
    op.create_index("later_steps_due", "later_steps", ["at", "key"], sqlite_where=waiting, postgresql_where=waiting)


def _answers() -> None:
    op.create_table(
        "anchors",
        *(_key(name) for name in ("meeting_id", "item_id", "unit")),
        *_texts("person_id", "answer"),
        sa.Column("at", INSTANT, nullable=False),
        *_texts("note"),
    )
    op.create_table(
        "benefit_reports",
        _key("case_id"),
        _key("months", sa.Integer),
        *_texts("person_id"),
        sa.Column("at", INSTANT, nullable=False),
        *_texts("status", "text"),
        *(sa.Column(name, sa.BigInteger) for name in ("expected", "realised")),
        sa.Column("made", sa.Text),
    )

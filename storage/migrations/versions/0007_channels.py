"""People in several channels: what came in and is not done, forms that are out, codes and links of one use."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "arrivals",
        *_keys("channel", "key"),
        *_texts("body"),
        *_instants("at", "until"),
        sa.Column("done_at", INSTANT),
    )
    _partial("arrivals_left", "arrivals", ["until"], "done_at IS NULL")
    op.create_index("arrivals_by_time", "arrivals", ["at"])
    op.create_table("shelf", *_keys("id"), *_texts("body"), *_instants("at"))
    op.create_index("shelf_by_time", "shelf", ["at"])
    op.create_table(
        "join_codes",
        *_keys("code_hash"),
        *_texts("person_id", "by"),
        *_instants("at", "expires_at"),
        sa.Column("used_at", INSTANT),
    )
    op.create_index("join_codes_by_person", "join_codes", ["person_id"])
    op.create_table(
        "answer_links",
        *_keys("id"),
        *_texts("person_id", "kind", "object_id", "part"),
        sa.Column("rev", sa.Integer, nullable=False),
        *_instants("at", "expires_at"),
        sa.Column("used_at", INSTANT),
        *_texts("used_for"),
    )
    op.create_index("answer_links_expiring", "answer_links", ["expires_at"])
    op.create_table("signing_keys", *_keys("name"), *_texts("key"))


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _keys(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _instants(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, INSTANT, nullable=False) for name in names]

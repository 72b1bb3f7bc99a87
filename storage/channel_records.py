"""The tables of the channels: what came in and is not done, forms that are out, codes and links of one use."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from storage.columns import a_number, a_text, an_instant, metadata, partial_index
from storage.types import Instant

arrivals = Table(
    "arrivals",
    metadata,
    a_text("channel", primary_key=True),
    a_text("key", primary_key=True),
    a_text("body"),
    an_instant("at"),
    an_instant("until"),
    Column("done_at", Instant),
    partial_index("arrivals_left", "until", where="done_at IS NULL"),
    Index("arrivals_by_time", "at"),
)
"""``until``: whoever took it has until then. ``body`` is emptied when it is done; that it came stays known."""

shelf = Table(
    "shelf", metadata, a_text("id", primary_key=True), a_text("body"), an_instant("at"), Index("shelf_by_time", "at")
)
"""What stands behind a form that is out: found by its id when somebody presses, of no authority by itself."""

join_codes = Table(
    "join_codes",
    metadata,
    a_text("code_hash", primary_key=True),
    a_text("person_id"),
    a_text("by"),
    an_instant("at"),
    an_instant("expires_at"),
    Column("used_at", Instant),
    Index("join_codes_by_person", "person_id"),
)

answer_links = Table(
    "answer_links",
    metadata,
    a_text("id", primary_key=True),
    a_text("person_id"),
    a_text("kind"),
    a_text("object_id"),
    a_text("part"),
    a_number("rev"),
    an_instant("at"),
    an_instant("expires_at"),
    Column("used_at", Instant),
    a_text("used_for"),
    Index("answer_links_expiring", "expires_at"),
)
"""``used_for``: the verb that was confirmed."""

signing_keys = Table("signing_keys", metadata, a_text("name", primary_key=True), a_text("key"))
"""Made by the first process that needs one, read by the others."""

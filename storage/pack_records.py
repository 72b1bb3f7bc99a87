"""The tables of minutes, packs and the secret links to them. The migrations build them, as ``storage.records``'s."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from storage.columns import a_number, a_text, an_instant, metadata, partial_index
from storage.types import Instant, Json

minutes = Table(
    "minutes",
    metadata,
    a_text("meeting_id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    a_text("by"),
    an_instant("at"),
    a_text("sha256"),
    a_text("name"),
    Column("present", Json, nullable=False),
    a_text("remarks"),
)

packs = Table(
    "packs",
    metadata,
    a_text("id", primary_key=True),
    a_text("meeting_id"),
    a_number("version"),
    an_instant("sent_at"),
    a_text("by"),
    a_text("agenda"),
    a_text("state"),
    a_number("pages"),
    a_number("reading_minutes"),
    Column("ready_at", Instant),
    Column("leased_until", Instant),
    Column("minutes", Json, nullable=False),
    Column("items", Json, nullable=False),
    # The document in words: long, and read only to make it into files.
    Column("frozen", Json, nullable=False),
    Index("packs_by_version", "meeting_id", "version", unique=True),
    partial_index("packs_waiting", "sent_at", "id", where="state = 'waiting'"),
)

pack_files = Table(
    "pack_files",
    metadata,
    a_text("pack_id", primary_key=True),
    a_text("case_id", primary_key=True),
    a_text("variant", primary_key=True),
    a_text("sha256"),
    a_number("pages"),
    Column("size", BigInteger, nullable=False),
    Column("left_out", Json, nullable=False),
)
"""``case_id`` is empty for the whole pack, ``variant`` where nothing is left out; else it stands for ``left_out``."""

pack_reads = Table(
    "pack_reads",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_text("person_id", primary_key=True),
    a_number("version"),
    an_instant("first_at"),
    an_instant("at"),
)

links = Table(
    "links",
    metadata,
    a_text("secret_hash", primary_key=True),
    a_text("person_id"),
    a_text("meeting_id"),
    Column("case_id", Text),
    an_instant("expires_at"),
    Index("links_expiring", "expires_at"),
)

"""Whether the database is the one that this code was written for. Does not load Alembic: serving needs it not."""

from __future__ import annotations

from sqlalchemy import String, column, table, text

from storage import (  # noqa: F401  # a table is known once it is described
    after_records,
    case_records,
    channel_records,
    minutes_records,
    pack_records,
    records,
    register_records,
    sitting_records,
)
from storage.columns import metadata
from storage.transaction import Tx

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Oldest first; a test holds them equal to the migrations."""
HEAD = REVISIONS[-1]

_NAME = column("name", String)
_TABLES = {
    False: text("SELECT name FROM sqlite_master WHERE type = 'table'").columns(_NAME),
    True: text("SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()").columns(_NAME),
}
_REVISION = table("alembic_version", column("version_num", String)).select()
_MIGRATE = "run `saksgang migrate`"


def problem(tx: Tx) -> str | None:
    """None where the schema is right, else what is wrong with it and what to do."""
    there = {row[0] for row in tx.all(_TABLES[tx.many_processes])}
    missing = sorted(set(metadata.tables) - there)
    found = [row[0] for row in tx.all(_REVISION)] if "alembic_version" in there else []
    if not found:
        if len(missing) == len(metadata.tables):
            return f"the database is empty: {_MIGRATE} (to {HEAD})"
        return "the database holds tables but no revision: a migration was left half done; restore the backup"
    if len(found) > 1:
        return f"the database is at several revisions at once ({', '.join(sorted(found))}): restore the backup"
    if found[0] not in REVISIONS:
        return f"the database is at revision {found[0]}, which is newer than this program ({HEAD}): update the program"
    if found[0] != HEAD:
        return f"the database is at revision {found[0]}, this program needs {HEAD}: {_MIGRATE}"
    if missing:
        return f"revision {HEAD} is only half applied: no table {', '.join(missing)}; restore the backup"
    return None

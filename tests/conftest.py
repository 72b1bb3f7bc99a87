"""Databases for every test that asks: one PostgreSQL a test process, both schemas made by the migrations once."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.storage.databases import (
    empty_postgres_url,
    empty_sqlite_url,
    empty_url,
    migrated_file,
    postgres_server,
    postgres_url,
    sqlite_url,
    store,
    url,
)

__all__ = [
    "empty_postgres_url",
    "empty_sqlite_url",
    "empty_url",
    "migrated_file",
    "postgres_server",
    "postgres_url",
    "sqlite_url",
    "store",
    "url",
]

MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Bytes that must be free there: what two test processes have at a time, with room to spare."""


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in memory where the system offers it, and TMPDIR asks for no other place.

    Measured: copying a migrated PostgreSQL database takes 20 ms instead of 370, a contract's test on SQLite half.
    """
    settings.register_profile("any machine", deadline=None)  # a busy machine is no bug
    settings.load_profile("any machine")
    if "TMPDIR" not in os.environ and _takes_files(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def _takes_files(folder: Path) -> bool:
    """Room enough; and programs may lie there, as the database's do where its user cannot read ours."""
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return False
    return shutil.disk_usage(folder).free > ROOM and not os.statvfs(folder).f_flag & os.ST_NOEXEC

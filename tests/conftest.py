"""Databases for every test that asks: one PostgreSQL a test process, both schemas made by the migrations once."""

from __future__ import annotations

from tests.storage.databases import migrated_file, postgres_server, postgres_url, sqlite_url, store, url

__all__ = ["migrated_file", "postgres_server", "postgres_url", "sqlite_url", "store", "url"]

"""Fixtures: an empty store, made by the migrations once and copied for each test, on both databases."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import Store, open_store
from storage.migrate import upgrade
from tests.storage.server import Server, postgres

TEMPLATE = "migrated"
_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server for this test process, with a migrated database to copy."""
    with postgres() as server:
        asyncio.run(_make_template(server))
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("store") / "migrated.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
async def postgres_url(postgres_server: Server) -> AsyncIterator[str]:
    name = f"test_{next(_numbers)}"
    await postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    yield postgres_server.url(name)
    await postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'old.db'}"


@pytest.fixture
async def empty_postgres_url(postgres_server: Server) -> AsyncIterator[str]:
    name = f"empty_{next(_numbers)}"
    await postgres_server.execute(f"CREATE DATABASE {name}")
    yield postgres_server.url(name)
    await postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Where no migration has been yet, of each kind."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with await open_store(url, pool_size=12) as opened:
        yield opened


async def _make_template(server: Server) -> None:
    await server.execute(f"CREATE DATABASE {TEMPLATE}")
    await upgrade(server.url(TEMPLATE))

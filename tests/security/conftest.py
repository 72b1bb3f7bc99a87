from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.clocks import SystemClock
from bot.demo import seed
from bot.rules import rules_for
from bot.settings import Settings
from bot.teams_settings import LOCAL_TENANT
from storage.engine import open_store
from storage.migrate import upgrade
from tests.fakes.entra import TENANT


async def _fill(path: Path, tenant: str) -> None:
    url = f"sqlite:///{path}"
    await upgrade(url)
    async with await open_store(url) as store:
        settings = Settings(_env_file=None)
        await seed(store.work, rules_for(settings, SystemClock()), tenant, empty=True)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo board in an SQLite file, for the tenant of a real installation and for local mode."""
    folder = tmp_path_factory.mktemp("seeded")
    files = {tenant: folder / f"{tenant}.db" for tenant in (TENANT, LOCAL_TENANT)}
    for tenant, path in files.items():
        asyncio.run(_fill(path, tenant))
    return files


@pytest.fixture
def installed(seeded: dict[str, Path], tmp_path: Path) -> Path:
    """A folder with the database of an installation."""
    shutil.copy(seeded[TENANT], tmp_path / "store.db")
    return tmp_path


@pytest.fixture
def local(seeded: dict[str, Path], tmp_path: Path) -> Path:
    """A folder with the database of local mode."""
    shutil.copy(seeded[LOCAL_TENANT], tmp_path / "store.db")
    return tmp_path

"""``python -m bot`` as a real process, with what it wrote and what it stored open to the test."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 40.0
TABLES = ("history", "cases", "people", "accounts", "outbox", "inbox", "talks", "addresses", "copies")


def environment(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The test's own environment without any setting of the bot, and the settings given."""
    ours = {"SAKSGANG_DATABASE_URL": f"sqlite:///{folder / 'store.db'}", "SAKSGANG_FILES": str(folder / "files")}
    others = {name: value for name, value in os.environ.items() if not name.startswith("SAKSGANG_")}
    return {**others, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **ours, **given}


def run(folder: Path, *arguments: str, seconds: float = 60, **given: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself. It runs in ``folder``, so that no ``.env`` of the developer's is read."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(folder, given), capture_output=True, text=True, timeout=seconds
    )


@dataclass
class Server:
    """``serve`` on a free port. As a context: started and ready, and ended for certain."""

    folder: Path
    arguments: tuple[str, ...] = ("--local",)
    settings: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    _process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Server:
        command = [sys.executable, "-m", "bot", "serve", "--host", "127.0.0.1", "--port", "0", *self.arguments]
        with (self.folder / "stdout").open("wb") as out, (self.folder / "stderr").open("wb") as err:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=environment(self.folder, self.settings), stdout=out, stderr=err
            )
        async with asyncio.timeout(START_SECONDS):
            while not (self.url and await self._ready()):
                assert self._process.poll() is None, self.words
                self.url = next((line.split()[-1] for line in self.stdout.splitlines() if "listening on" in line), "")
                await asyncio.sleep(0.05)  # between two questions, not instead of them
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    async def _ready(self) -> bool:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/readyz") as answer:
            return answer.status == 200

    def ask_to_end(self) -> None:
        assert self._process is not None
        self._process.terminate()

    async def ended(self, seconds: float) -> int:
        """The exit code. Raises ``TimeoutExpired`` where it did not end in time."""
        assert self._process is not None
        return await asyncio.to_thread(self._process.wait, seconds)

    @property
    def stdout(self) -> str:
        return (self.folder / "stdout").read_text(errors="replace")

    @property
    def stderr(self) -> str:
        return (self.folder / "stderr").read_text(errors="replace")

    @property
    def words(self) -> str:
        return self.stdout + self.stderr

    def rows(self) -> dict[str, int]:
        """How many rows each table has now."""
        count = "SELECT count(*) FROM "
        return {table: int(str(self.query(count + table)[0][0])) for table in TABLES}

    def query(self, statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(f"file:{self.folder / 'store.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(statement).fetchall()

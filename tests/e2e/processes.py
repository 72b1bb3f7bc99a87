"""The bot as a real process: started, waited for, restarted and ended for certain."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import aiohttp

START_SECONDS: Final = 30.0
STOP_SECONDS: Final = 25.0
ROOT: Final = Path(__file__).resolve().parents[2]


class DidNotStart(Exception):
    """The bot ended, or was not ready in time; the text ends with the last lines of its log."""


def free_port() -> int:
    """A port of 127.0.0.1 that nothing used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(slots=True)
class BotProcess:
    """``saksgang serve --local`` on its own database in ``folder``, its log beside it."""

    folder: Path
    port: int = field(default_factory=free_port)
    now: str = ""
    """``serve --now``: the local time the bot's clock starts at, e.g. ``2026-03-02T08:00``."""
    _process: subprocess.Popen[bytes] | None = None
    _log: IO[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        return f"{self.url}/api/messages"

    @property
    def files(self) -> Path:
        """Where it keeps what it is sent and what it makes."""
        return self.folder / "files"

    def prepare(self, *, empty: bool = False) -> None:
        """A new database with the demo board; ``empty``: its people only."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for command in (("migrate",), ("seed-demo", *(("--empty",) if empty else ()))):
            subprocess.run(self._command(*command), cwd=ROOT, env=self.environment(), check=True, timeout=60)

    async def start(self) -> None:
        """Returns when ``/readyz`` answers 200. Raises :class:`DidNotStart`."""
        clock = ["--now", self.now] if self.now else []
        self._log = (self.folder / "bot.log").open("ab")
        self._process = subprocess.Popen(
            self._command("serve", "--local", "--host", "127.0.0.1", "--port", str(self.port), *clock),
            cwd=ROOT,
            env=self.environment(),
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            await asyncio.wait_for(self._until_ready(self._process), START_SECONDS)
        except TimeoutError as late:
            self.stop()
            raise DidNotStart(f"not ready after {START_SECONDS:.0f} s\n{self.log_tail()}") from late

    async def restart(self) -> None:
        self.stop()
        await self.start()

    def stop(self) -> int | None:
        """Ends it as an operator does, or for certain. Returns its exit code. May be called twice."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._log is not None:
            self._log.close()
        return process.returncode

    def log_tail(self, lines: int = 30) -> str:
        log = self.folder / "bot.log"
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    async def _until_ready(self, process: subprocess.Popen[bytes]) -> None:
        async with aiohttp.ClientSession() as session:
            while not await _answers_ready(session, f"{self.url}/readyz"):
                if process.poll() is not None:
                    raise DidNotStart(f"ended with {process.returncode}\n{self.log_tail()}")
                await asyncio.sleep(0.05)  # between two questions, not instead of them

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "bot", *arguments]

    def environment(self) -> dict[str, str]:
        """Ours alone: settings of the machine that runs the tests do not count."""
        ours = {
            "SAKSGANG_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'saksgang.db'}",
            "SAKSGANG_FILES": str(self.files),
            "SAKSGANG_ACTS_PER_MINUTE": "0",
            "PYTHONUNBUFFERED": "1",
        }
        others = {name: value for name, value in os.environ.items() if not name.startswith("SAKSGANG_")}
        return {**others, **ours}


async def _answers_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False

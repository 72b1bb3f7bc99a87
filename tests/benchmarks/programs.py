"""The servers that are measured, each a process of its own: started, timed to its first answer, weighed and ended."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import IO, Final

import aiohttp
import psutil

from tests.e2e.processes import free_port

ROOT: Final = Path(__file__).resolve().parents[2]
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 30.0
ASK_AGAIN: Final = 0.002
"""Seconds between two questions whether a server is ready: what the start-up figure can be wrong by."""


class Ended(Exception):
    """A program did not start, or ended. The text ends with the last lines it wrote."""


@dataclass(slots=True)
class Program:
    """``module`` with ``arguments`` and ``--port``. Ready when ``ready`` answers, with 200 where ``strict``."""

    module: str
    arguments: Sequence[str] = ()
    ready: str = "/"
    strict: bool = False
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None
    _log: IO[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> float:
        """Returns the seconds from its start to its first ready answer. Raises :class:`Ended`."""
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        began = perf_counter()
        self._process = run_module(self.module, *self.arguments, "--port", str(self.port), log=self._log)
        try:
            async with aiohttp.ClientSession() as session, asyncio.timeout(START_SECONDS):
                while not await self._answers(session):  # noqa: ASYNC110  # another process's readiness sets no event
                    await asyncio.sleep(ASK_AGAIN)
        except TimeoutError:
            self.stop()
            raise Ended(f"{self.module} was not ready after {START_SECONDS:.0f} s") from None
        return perf_counter() - began

    def rss(self) -> int:
        """Bytes of memory it holds now."""
        assert self._process is not None
        resident: int = psutil.Process(self._process.pid).memory_info().rss
        return resident

    def stop(self) -> None:
        """Ends it as an operator does. May be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise Ended(f"{self.module} ended with {self._process.returncode}\n{self._last_words()}")
        try:
            async with session.get(self.url + self.ready) as answer:
                return answer.status == 200 or not self.strict
        except aiohttp.ClientConnectionError:
            return False

    def _last_words(self) -> str:
        if self._log is None:
            return ""
        self._log.seek(0)
        return self._log.read()[-2000:].decode(errors="replace")


def run_module(module: str, *arguments: str, log: IO[bytes] | int | None = None) -> subprocess.Popen[bytes]:
    """``python -m module`` from the repository's root, with no setting but ours.

    It may keep its compiled code, as it does for an operator: else a start is the time to compile everything.
    """
    others = {name: value for name, value in os.environ.items() if not name.startswith(("SAKSGANG_", "PYTHONDONT"))}
    ours = {"SAKSGANG_ACTS_PER_MINUTE": "0"}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=others | ours, stdout=log, stderr=subprocess.STDOUT)


def bot(database: str) -> Program:
    """The bot as an operator starts it on one machine, with no limit on the acts of a person."""
    return Program("bot", ("serve", "--local", "--database", database), ready="/readyz", strict=True)


def botbuilder_echo() -> Program:
    return Program("tests.benchmarks.peers.botbuilder_echo")


def agents_echo() -> Program:
    return Program("tests.benchmarks.peers.agents_echo")


def sink() -> Program:
    return Program("tests.benchmarks.sink", ready="/_reached")


async def command(*arguments: str) -> float:
    """A subcommand of the bot to its end: the seconds it took. Raises :class:`Ended` where it failed."""
    with tempfile.TemporaryFile() as log:
        began = perf_counter()
        process = run_module("bot", *arguments, log=log)
        code = await asyncio.to_thread(process.wait)
        seconds = perf_counter() - began
        log.seek(0)
        if code:
            raise Ended(f"bot {' '.join(arguments)} ended with {code}\n{log.read().decode(errors='replace')[-2000:]}")
    return seconds

"""``make run``'s own launcher, as a person starts it: what it prints tells where to go."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.e2e.processes import ROOT, BotProcess, free_port

BOT_PORT: Final = 3978
PAGE_PORT: Final = 56150
STOP_SECONDS: Final = 40.0
_PAGE: Final = re.compile(r"Åpne\s+(http://127\.0\.0\.1:\d+)")


class NeverReady(Exception):
    """The launcher ended before it said what to open; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Launched:
    """A running ``make run``. ``page`` is the address it told the person to open."""

    page: str
    process: subprocess.Popen[str]


def wanted_port(port: int) -> int:
    """``port`` where nothing listens on it, else any free one."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
    return port


@contextmanager
def launch(folder: Path) -> Iterator[Launched]:
    """On the default ports where they are free. Raises :class:`NeverReady`. Ends it as Ctrl-C does."""
    board = BotProcess(folder)
    board.prepare()
    ports = ["--bot-port", str(wanted_port(BOT_PORT)), "--port", str(wanted_port(PAGE_PORT))]
    with (folder / "launch.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "manifest.playground.launch", *ports],
            cwd=ROOT,
            env={**board.environment(), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield Launched(_page(process), process)
        finally:
            process.send_signal(signal.SIGINT)
            said, _nothing = process.communicate(timeout=STOP_SECONDS)
            log.write(said)


def _page(process: subprocess.Popen[str]) -> str:
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line)
        if found := _PAGE.search(line):
            return found[1]
    raise NeverReady("".join(said))

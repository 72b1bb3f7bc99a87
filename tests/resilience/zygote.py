"""Real bot processes that start in no time: a program of one thread has imported all that ``serve`` needs, and forks.

A child runs the command line as it stands, in its own session, with its own settings and its own pipe for its words;
it can be killed, stopped and continued by its number. All of them end with the zygote, and that ends with its test.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIFETIME = 900
"""Seconds that a zygote, and a child, lives at most."""
READY_SECONDS = 60.0
LOADED = (
    *("asyncpg", "uvloop", "bot.__main__", "bot.cli", "bot.pictures", "storage.postgres"),
    *("apscheduler.executors.asyncio", "apscheduler.triggers.interval", "dateutil.easter", "holidays.countries.norway"),
)
"""What ``serve`` loads, also what it loads late."""


# -- in the test -------------------------------------------------------------------------------------------------------


@dataclass
class Child:
    """One command. ``started`` is monotonic time; ``words`` the last lines that it said, on both ways out."""

    pid: int
    started: float
    words: deque[str] = field(default_factory=lambda: deque(maxlen=60))
    listening: asyncio.Future[str] = field(default_factory=asyncio.Future)
    ended: asyncio.Future[int] = field(default_factory=asyncio.Future)
    reading: asyncio.Task[None] | None = None

    def signal(self, number: signal.Signals) -> None:
        """Nothing where it has ended: its number may be another's by now."""
        if not self.ended.done():
            os.kill(self.pid, number)

    async def kill(self) -> None:
        """With SIGKILL; returns when it is gone."""
        self.signal(signal.SIGKILL)
        await self.gone()

    async def gone(self, seconds: float = 30.0) -> int:
        """Its exit code, or the negative number of the signal."""
        async with asyncio.timeout(seconds):
            return await asyncio.shield(self.ended)

    async def url(self) -> str:
        """Where it listens. Raises ``AssertionError`` with its words where it ended instead."""
        async with asyncio.timeout(READY_SECONDS):
            either: list[asyncio.Future[Any]] = [self.listening, self.ended]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        assert self.listening.done(), "it ended before it listened:\n" + "\n".join(self.words)
        return self.listening.result()

    async def read(self, pipe: int) -> None:
        lines = asyncio.StreamReader(limit=2**20)
        way, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), os.fdopen(pipe, "rb", 0)
        )
        try:
            async for line in lines:
                self.words.append(line.decode(errors="replace").rstrip())
                if "listening on" in self.words[-1] and not self.listening.done():
                    self.listening.set_result(self.words[-1].split()[-1])
        finally:
            way.close()


class Zygote:
    """``folder`` is where the children run. As a context: everything it started has ended when it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._children: dict[int, Child] = {}
        self._forked: asyncio.Queue[Child] = asyncio.Queue()
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Zygote:
        self._ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.resilience.zygote", str(theirs.fileno())]
        free = {name: value for name, value in os.environ.items() if not name.startswith("SAKSGANG_")}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=free, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()
        self._ours.setblocking(False)
        self._listening = asyncio.create_task(self._listen())
        assert (await asyncio.wait_for(self._forked.get(), READY_SECONDS)).pid == 0
        return self

    async def __aexit__(self, *_: object) -> None:
        self._ours.shutdown(socket.SHUT_WR)  # it kills its children, and ends
        try:
            await asyncio.to_thread(self._process.wait, 30)
        finally:
            self._process.kill()
            self._listening.cancel()
            await asyncio.wait([self._listening, *(c.reading for c in self._children.values() if c.reading)])
            self._ours.close()

    def kill(self) -> None:
        self._process.kill()

    async def start(self, *arguments: str, **settings: str) -> Child:
        """Runs ``saksgang`` with these arguments and settings (``SAKSGANG_…``)."""
        order = {"arguments": arguments, "settings": settings, "folder": str(self._folder)}
        async with self._turn:
            reading, writing = os.pipe()
            started = monotonic()
            socket.send_fds(self._ours, [json.dumps(order).encode()], [writing])
            os.close(writing)
            child = await asyncio.wait_for(self._forked.get(), READY_SECONDS)
        child.started = started
        child.reading = asyncio.create_task(child.read(reading))
        return child

    async def serve(self, database: str, now: str, **settings: str) -> Child:
        """``serve --local`` on a free port."""
        return await self.start("serve", "--local", "--port", "0", "--now", now, "--database", database, **settings)

    async def _listen(self) -> None:
        """Each answer is a line: ``forked PID`` or ``ended PID CODE``."""
        loop, rest = asyncio.get_running_loop(), b""
        while chunk := await loop.sock_recv(self._ours, 65_536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                what, pid, *code = line.split()
                if what == b"forked":
                    self._children[int(pid)] = child = Child(int(pid), monotonic())
                    await self._forked.put(child)
                else:
                    self._children[int(pid)].ended.set_result(int(code[0]))


# -- the program -------------------------------------------------------------------------------------------------------


def _main(handle: int) -> None:
    """Serves orders until the other end is closed, or its lifetime is over; then kills what still runs."""
    _load_everything()
    with socket.socket(fileno=handle) as orders:
        alive: set[int] = set()
        waking, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _noted)
        signal.signal(signal.SIGALRM, _over)
        signal.alarm(LIFETIME)
        try:
            orders.sendall(b"forked 0\n")
            _serve(orders, waking, alive)
        finally:
            for pid in alive:
                os.kill(pid, signal.SIGKILL)
            for pid in alive:
                os.waitpid(pid, 0)


def _load_everything() -> None:
    for name in LOADED:
        importlib.import_module(name)


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The byte in the pipe says it."""


def _over(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"the zygote lived for {LIFETIME} s")


def _serve(orders: socket.socket, waking: int, alive: set[int]) -> None:
    import gc
    import select

    gc.freeze()
    while True:
        ready, _, _ = select.select([orders.fileno(), waking], [], [])
        if waking in ready:
            os.read(waking, 4096)
            _reap(orders, alive)
        if orders.fileno() in ready:
            order, pipes, _, _ = socket.recv_fds(orders, 65_536, 1)
            if not order:
                return
            _only_one_thread()
            pid = os.fork()
            if pid == 0:
                orders.close()
                _become(json.loads(order), pipes[0])
            os.close(pipes[0])
            alive.add(pid)
            orders.sendall(b"forked %d\n" % pid)


def _only_one_thread() -> None:
    tasks = Path("/proc/self/task")  # where there is none, the interpreter's own threads are counted
    count = len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()
    if count != 1:
        raise SystemExit(f"the zygote has {count} threads: a fork would copy one of them and all their locks")


def _reap(orders: socket.socket, alive: set[int]) -> None:
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            alive.discard(found[0])
            orders.sendall(b"ended %d %d\n" % (found[0], os.waitstatus_to_exitcode(found[1])))


def _become(order: Mapping[str, Any], pipe: int) -> None:
    """The child: never returns."""
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LIFETIME)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.setsid()
        _end_with_the_zygote()
        os.dup2(pipe, 1)
        os.dup2(pipe, 2)
        os.close(pipe)
        os.environ.update({f"SAKSGANG_{name.upper()}": str(value) for name, value in order["settings"].items()})
        os.chdir(order["folder"])
        from bot import cli
        from bot.__main__ import parser

        code = cli.run(parser().parse_args(order["arguments"]))
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_with_the_zygote() -> None:
    """Should the zygote itself be killed, the system kills the child (Linux)."""
    import ctypes

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if __name__ == "__main__":
    _main(int(sys.argv[1]))

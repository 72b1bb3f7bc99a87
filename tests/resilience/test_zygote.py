"""What the other tests here stand on: children are real, and none is left behind."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

import aiohttp
import psutil
import pytest

from tests.resilience.zygote import Child, Zygote


async def test_a_child_is_the_program(sqlite_url: str, zygote: Zygote) -> None:
    child = await zygote.serve(sqlite_url, "2026-03-02T08:00")
    async with aiohttp.ClientSession() as session, session.get(f"{await child.url()}/readyz") as answer:
        assert answer.status == 200
    assert psutil.Process(child.pid).num_threads() > 1, "it has become the bot"
    child.signal(signal.SIGTERM)
    assert await child.gone() == 0


async def test_its_settings_and_words_are_its_own(tmp_path: Path, zygote: Zygote) -> None:
    wrong = await zygote.start("serve", "--local", database_url=f"sqlite:///{tmp_path / 'none.db'}", smtp_port="x")
    assert await wrong.gone() == 2
    assert any("SAKSGANG_SMTP_PORT" in line for line in wrong.words)
    right = await zygote.start("serve", "--local", database_url=f"sqlite:///{tmp_path / 'none.db'}")
    assert await right.gone() == 2
    assert not any("SAKSGANG_SMTP_PORT" in line for line in right.words)


@pytest.mark.parametrize("state", ["running", "stopped"])
async def test_none_is_left_behind_by_a_test_that_fails(state: str, sqlite_url: str, tmp_path: Path) -> None:
    left: list[Child] = []
    with suppress(ZeroDivisionError):
        async with Zygote(tmp_path) as zygote:
            left.append(await zygote.serve(sqlite_url, "2026-03-02T08:00"))
            await left[0].url()
            if state == "stopped":
                left[0].signal(signal.SIGSTOP)
            _ = 1 / 0
    assert not psutil.pid_exists(left[0].pid)


async def test_nor_where_the_zygote_itself_is_killed(sqlite_url: str, tmp_path: Path) -> None:
    async with Zygote(tmp_path) as zygote:
        child = await zygote.serve(sqlite_url, "2026-03-02T08:00")
        await child.url()
        process = psutil.Process(child.pid)
        zygote.kill()
        gone, _ = psutil.wait_procs([process], timeout=10)
        assert gone

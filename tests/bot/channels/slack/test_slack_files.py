"""Files that people send in Slack: the token opens them there, and goes nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.channels.base import FileAccess, IncomingFile, Said
from bot.channels.slack.config import NAME
from bot.channels.slack.files import FILES, file_access
from bot.channels.slack.reading import read_turn
from bot.channels.slack.turns import Arrived
from bot.files import FileStore
from bot.stored import stored_path
from tests.bot.channels.slack.outgoing import config_for
from tests.bot.channels.slack.strange import Strange
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, TEAM

PDF = b"%PDF-1.7 notat"
PAGE = b"<!DOCTYPE html><title>Slack</title>"
HEADER = f"Bearer {BOT_TOKEN}"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as running:
        yield running


def store(tmp_path: Path, session: aiohttp.ClientSession, origin: str, *, local: bool = True) -> FileStore:
    access = {NAME: FileAccess(origin, HEADER)} if origin else {}
    return FileStore(tmp_path, session, frozenset({"sharepoint.com"}), local=local, access=access)


def sent(url: str, channel: str = NAME, name: str = "notat.pdf") -> IncomingFile:
    return IncomingFile(name, url, "application/pdf", channel)


async def test_a_file_sent_in_slack_is_fetched_and_kept(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with FakeSlack() as slack:
        came = read_turn(slack.persona("kari").sends_file("notat.pdf", PDF).payload, TEAM)
        assert isinstance(came, Arrived)
        assert isinstance(came.turn, Said)
        (file,) = came.turn.files
        access = {NAME: file_access(config_for(slack.base_url))}
        found = await FileStore(tmp_path, session, frozenset(), local=True, access=access).fetch(file)
        assert (found.refused, found.size) == ("", len(PDF))
        assert stored_path(tmp_path, found.sha256).read_bytes() == PDF
        assert slack.violations == []


async def test_slacks_sign_in_page_is_not_taken_for_the_file(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with Strange(200, PAGE, "text/html") as slack:
        found = await store(tmp_path, session, slack.url).fetch(sent(f"{slack.url}/files-pri/F1"))
        assert (found.refused, found.sha256) == ("type", "")
        assert slack.came == [("/files-pri/F1", HEADER)]


async def test_no_token_goes_to_another_place(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with Strange(200, PDF, "application/pdf") as slack, Strange(200, PDF, "application/pdf") as other:
        files = store(tmp_path, session, slack.url)
        assert (await files.fetch(sent(f"{other.url}/notat.pdf"))).refused == ""
        assert other.came == [("/notat.pdf", None)]


async def test_files_of_another_channel_get_no_token_even_at_slacks_own_place(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    async with Strange(200, PDF, "application/pdf") as slack:
        files = store(tmp_path, session, slack.url)
        for channel in ("", "teams"):
            assert (await files.fetch(sent(f"{slack.url}/notat.pdf", channel))).refused == ""
        assert slack.came == [("/notat.pdf", None)] * 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_token_goes_along_a_redirect(tmp_path: Path, session: aiohttp.ClientSession, status: int) -> None:
    async with Strange(200, PDF, "application/pdf") as other:
        async with Strange(status, b"", "text/html", f"{other.url}/notat.pdf") as slack:
            found = await store(tmp_path, session, slack.url).fetch(sent(f"{slack.url}/notat.pdf"))
            assert found.refused == "host"
            assert slack.came == [("/notat.pdf", HEADER)]
        assert other.came == []


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/files-pri/F1",
        "https://files.slack.com.example.org/files-pri/F1",
        "https://example.org/https://files.slack.com/files-pri/F1",
        "https://files.slack.com@example.org/files-pri/F1",
        "https://kari@files.slack.com/files-pri/F1",
        "https://:secret@files.slack.com/files-pri/F1",
        "https://files.slack.com:8443/files-pri/F1",
        "https://files.slack.com:99999/files-pri/F1",
        "https://example.org\\@files.slack.com/F1",
        "https://evil.files.slack.com/files-pri/F1",
        "https://slack.com/files-pri/F1",
        "//files.slack.com/files-pri/F1",
        "files.slack.com/files-pri/F1",
        "ftp://files.slack.com/F1",
        "https://[::1/F1",
        "",
    ],
)
async def test_an_address_that_only_looks_like_slacks_is_not_fetched(
    tmp_path: Path, session: aiohttp.ClientSession, url: str
) -> None:
    files = store(tmp_path, session, FILES, local=False)
    assert (await files.fetch(sent(url))).refused == "host"


async def test_without_access_slacks_place_is_not_fetched_from(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    url = f"{FILES}/files-pri/F1"
    assert (await store(tmp_path, session, "", local=False).fetch(sent(url))).refused == "host"
    assert (await store(tmp_path, session, FILES, local=False).fetch(sent(url, "teams"))).refused == "host"


def test_where_slacks_files_are() -> None:
    local = config_for("http://127.0.0.1:4000/api/")
    assert file_access(local) == FileAccess("http://127.0.0.1:4000", HEADER)
    assert file_access(config_for("https://slack.com/api/", local=False)).origin == "https://files.slack.com"
    assert BOT_TOKEN not in repr(file_access(local))
    assert BOT_TOKEN not in repr(FileStore(Path(), None, frozenset(), access={NAME: file_access(local)}))  # type: ignore[arg-type]  # only shown

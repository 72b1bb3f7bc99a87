"""Files sent in Slack: fetched with the bot's token from Slack alone, judged by name and content, kept by hash."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.files import LARGEST
from tests.fakes.serving import Served
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.workspace import BOT_TOKEN
from tests.scenarios.slack_chat import SlackChat
from tests.scenarios.slack_town import SlackTown, a_slack_world
from tests.scenarios.steps import case_of, joined, opened
from tests.scenarios.world import words

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    async with a_slack_world(sqlite_url, tmp_path) as running:
        yield running


async def submitter(town: SlackTown) -> SlackChat:
    chat: Any = (await joined(town)).submitter
    assert isinstance(chat, SlackChat)
    return chat


async def test_a_file_is_put_where_its_name_says(town: SlackTown) -> None:
    chat = await submitter(town)
    case = case_of(await opened(chat))  # type: ignore[arg-type]  # the same acts
    said = await chat.send_file("prosjektforslag.pdf", PDF)
    assert "Prosjektforslag" in words(said)
    (document,) = (await town.case(case)).documents
    assert (document.type, document.name) == ("project_proposal", "prosjektforslag.pdf")
    assert (document.sha256, document.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    kept = town.settings.files / document.sha256[:2] / document.sha256
    assert kept.read_bytes() == PDF
    await chat.send_file("prosjektforslag.pdf", PDF)
    assert len((await town.case(case)).documents) == 1, "the same file again changes nothing"


async def test_a_file_that_could_be_anything_is_asked_about(town: SlackTown) -> None:
    chat = await submitter(town)
    case = case_of(await opened(chat))  # type: ignore[arg-type]  # as above
    assert "Hvilket dokument er «vedlegg.pdf»?" in words(await chat.send_file("vedlegg.pdf", PDF + b"x"))
    await town.restart()
    assert "1 av 5 på plass" in words(await chat.say("Faseplan"))
    assert [document.type for document in (await town.case(case)).documents] == ["stage_plan"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("verktoy.exe", b"MZ\x90\x00", "ikke en filtype"),
        ("konseptrapport.pdf", b"MZ\x90\x00 not a PDF at all", "ikke en filtype"),
        ("stor.pdf", PDF + b"0" * LARGEST, "større enn 25 MB"),
    ],
)
async def test_a_file_that_is_not_taken(name: str, data: bytes, says: str, town: SlackTown) -> None:
    chat = await submitter(town)
    case = case_of(await opened(chat))  # type: ignore[arg-type]  # as above
    said = words(await chat.send_file(name, data))
    assert says in said
    assert name in said
    assert (await town.case(case)).documents == ()
    folder = town.settings.files
    assert not folder.exists() or list(folder.rglob("*")) == []


async def test_the_token_goes_to_slack_and_nowhere_else(town: SlackTown) -> None:
    """An event names another place for the file: what may be fetched from there is fetched as by anybody."""
    chat = await submitter(town)
    case = case_of(await opened(chat))  # type: ignore[arg-type]  # as above
    seen: list[str] = []

    async def give(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization", ""))
        return web.Response(body=PDF)

    app = web.Application()
    app.router.add_get("/{name}", give)
    elsewhere = Served(app)
    await elsewhere.start()
    try:
        await chat.answered(_at(chat, f"{elsewhere.url}/prosjektforslag.pdf"))
    finally:
        await elsewhere.stop()
    assert set(seen) <= {""}
    before = (await town.case(case)).documents
    for address in ("https://evil.example/prosjektforslag.pdf", "https://files.slack.com.evil.example/x.pdf"):
        said = words(await chat.answered(_at(chat, address)))
        assert "et sted jeg ikke henter fra" in said
        assert BOT_TOKEN not in said
    assert (await town.case(case)).documents == before


def _at(chat: SlackChat, address: str) -> SlackRequest:
    request = chat.persona.persona.sends_file("prosjektforslag.pdf", PDF)
    event = request.payload["event"]
    file = event["files"][0] | {"url_private_download": address}
    return replace(request, payload=request.payload | {"event": event | {"files": [file]}})


async def test_a_file_without_a_case_is_answered(town: SlackTown) -> None:
    chat = await submitter(town)
    assert "Jeg vet ikke hvilken sak" in words(await chat.send_file("prosjektforslag.pdf", PDF))

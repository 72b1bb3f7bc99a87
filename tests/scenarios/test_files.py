"""Files sent in personal chat: fetched, judged by name and content, kept by hash, or refused with the reason."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.files import LARGEST
from tests.fakes.serving import Served
from tests.scenarios.steps import case_of, joined, opened
from tests.scenarios.world import World, inputs, words

pytestmark = pytest.mark.teams  # addresses that are pre-authorised, and redirects; Slack: test_slack_files

PDF = b"%PDF-1.7\n%%EOF\n"
FILES = {
    "prosjektforslag.pdf": PDF,
    "vedlegg.pdf": PDF + b"x",
    "faseplan.docx": b"PK\x03\x04rest",
    "konseptrapport.pdf": b"MZ\x90\x00 not a PDF at all",
    "verktoy.exe": b"MZ\x90\x00",
    "stor.pdf": PDF + b"0" * LARGEST,
}


@pytest.fixture
async def drive() -> AsyncIterator[str]:
    """Where the chat's files lie; a loopback address, which local mode alone may fetch from."""

    async def give(request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers, "the address is pre-authorised: no token goes to it"
        name = request.match_info["name"]
        if name == "borte.pdf":
            raise web.HTTPFound("http://127.0.0.1:1/elsewhere.pdf")
        return web.Response(body=FILES[name])

    app = web.Application()
    app.router.add_get("/{name}", give)
    served = Served(app)
    await served.start()
    yield served.url
    await served.stop()


async def test_a_file_is_put_where_its_name_says(lite: World, drive: str) -> None:
    chat = (await joined(lite)).submitter
    case = case_of(await opened(chat))
    await lite.post(chat.persona.sends_file("prosjektforslag.pdf", f"{drive}/prosjektforslag.pdf"))
    assert "Prosjektforslag" in words(chat.last)
    (document,) = (await lite.case(case)).documents
    assert (document.type, document.name) == ("project_proposal", "prosjektforslag.pdf")
    assert (document.sha256, document.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    kept = lite.settings.files / document.sha256[:2] / document.sha256
    assert kept.read_bytes() == PDF
    await lite.post(chat.persona.sends_file("prosjektforslag.pdf", f"{drive}/prosjektforslag.pdf"))
    assert len((await lite.case(case)).documents) == 1, "the same file again changes nothing"


async def test_a_file_that_could_be_anything_is_asked_about(lite: World, drive: str) -> None:
    chat = (await joined(lite)).submitter
    case = case_of(await opened(chat))
    await lite.post(chat.persona.sends_file("vedlegg.pdf", f"{drive}/vedlegg.pdf"))
    assert "Hvilket dokument er «vedlegg.pdf»?" in words(chat.last)
    await lite.restart()
    answered = await chat.say("Faseplan")
    assert "1 av 5 på plass" in words(answered)
    assert [d.type for d in (await lite.case(case)).documents] == ["stage_plan"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("verktoy.exe", "ikke en filtype"),
        ("konseptrapport.pdf", "ikke en filtype"),
        ("stor.pdf", "større enn 25 MB"),
        ("borte.pdf", "et sted jeg ikke henter fra"),
    ],
)
async def test_a_file_that_is_not_taken(name: str, says: str, lite: World, drive: str) -> None:
    chat = (await joined(lite)).submitter
    form = await chat.press(await opened(chat), "case.save", title="Tittelen")
    case = case_of(form)
    await lite.post(chat.persona.sends_file(name, f"{drive}/{name}"))
    await lite.settled()
    assert says in words(chat.last)
    assert name in words(chat.last)
    assert (await lite.case(case)).documents == ()
    folder = lite.settings.files
    assert not folder.exists() or list(folder.rglob("*")) == []
    assert inputs(await chat.press_raw("case.edit", {"id": case, "rev": 2}))["title"]["value"] == "Tittelen"


async def test_a_file_without_a_case_is_answered(lite: World, drive: str) -> None:
    chat = (await joined(lite)).submitter
    await lite.post(chat.persona.sends_file("prosjektforslag.pdf", f"{drive}/prosjektforslag.pdf"))
    await lite.settled()
    assert "Jeg vet ikke hvilken sak" in words(chat.last)


async def test_eleven_documents_are_one_too_many(lite: World) -> None:
    chat = (await joined(lite)).submitter
    form = await opened(chat)
    for number in range(11):
        url = f"https://dokumenter.example.org/{number}.pdf"
        form = await chat.press(form, "case.attach", document_type="other", url=url)
    assert "allerede 10 dokumenter" in words(form)
    assert len((await lite.case(case_of(form))).documents) == 10


@pytest.mark.parametrize("url", ["http://example.org/x.pdf", "https://localhost/x.pdf", "javascript:alert(1)", "x", ""])
async def test_a_link_that_is_none_is_refused(url: str, lite: World) -> None:
    chat = (await joined(lite)).submitter
    form = await opened(chat)
    answer = await chat.press(form, "case.attach", document_type="stage_plan", url=url, title="Beholdt")
    assert "https://" in words(answer)
    assert inputs(answer)["title"]["value"] == "Beholdt"
    assert (await lite.case(case_of(form))).documents == ()

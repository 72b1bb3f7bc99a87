"""The approved version's file over HTTP: kept for ever, its hash in the log, PDF/A-2a and PDF/UA-1; and corrected."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pytest

from board.events import Event, Happened
from board.minutes import minutes_object
from bot.stored import stored_path
from tests.scenarios.approval_steps import FEBRUARY, IN_ROOM, PRESENT, TEXT, Approving, an_approval
from tests.scenarios.pack_steps import SITE, text_of, until
from tests.scenarios.slack_town import a_town
from tests.scenarios.steps import Card
from tests.scenarios.world import Chat, elements, words

APPROVED = "Referatet fra styremøtet torsdag 26. februar 2026 er godkjent"


@pytest.fixture
async def called(url: str, chat: str, tmp_path: Path) -> AsyncIterator[Approving]:
    async with a_town(chat, url, tmp_path, public_url=SITE) as world:
        yield await an_approval(world)


async def locked(at: Approving, version: int = 1) -> Event:
    """Waits until that version's file is made; gives the row of the log that says so."""

    async def there() -> bool:
        minutes = await at.minutes()
        return minutes.approved_version == version and bool(minutes.sha256)

    await until(there, "the file is made", 60)
    await at.world.quiet()
    rows = [row for row in await at.world.history(minutes_object(FEBRUARY)) if row.what is Happened.MINUTES_LOCKED]
    return rows[-1]


async def approved(at: Approving) -> Event:
    data = await at.data()
    await at.at_once(*((at.chats[digits], "minutes.approve", data) for digits in IN_ROOM))
    await at.conclude()
    return await locked(at)


async def opened(at: Approving, chat: Chat) -> bytes:
    """What the PDF button of the card gives."""
    return await fetched(at, await chat.press_raw("minutes.pdf", {"id": FEBRUARY}))


async def fetched(at: Approving, card: Card) -> bytes:
    (link,) = [e["url"] for e in elements(card) if e.get("type") == "Action.OpenUrl"]
    async with at.world.session.get(at.world.url + link.removeprefix(SITE)) as response:
        assert response.status == 200, await response.text()
        return await response.read()


def said(pdf: bytes) -> dict[str, str]:
    with pikepdf.open(BytesIO(pdf)) as file, file.open_metadata() as xmp:
        return {key: str(xmp[key]) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}


async def test_the_file_opened_years_later_is_the_one_in_the_log(called: Approving, tmp_path: Path) -> None:
    row = await approved(called)
    member, office = called.chats[PRESENT[0]], called.course.office
    for chat in (member, office, called.course.chair):
        await chat.sees(APPROVED)
    first = await opened(called, member)
    await called.world.restart()
    await called.course.tid("2031-02-03 10:00")
    later = await opened(called, member)
    assert later == first
    sha256 = hashlib.sha256(later).hexdigest()
    assert row.details == {"sha256": sha256, "version": "1"}
    assert (await called.minutes()).sha256 == sha256
    path = tmp_path / "opened.pdf"
    path.write_bytes(later)
    assert not pdfua.validate(str(path)).findings
    assert said(later) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    text = text_of(pypdfium2.PdfDocument(later))
    assert "Godkjent i møtet torsdag 16. april 2026. Versjon 1." in text
    assert "Styret godkjenner oppstart." in text


async def test_a_correction_is_a_new_file_and_the_old_one_stays(called: Approving) -> None:
    old = await approved(called)
    member, office = called.chats[PRESENT[0]], called.course.office
    before = await opened(called, member)
    data = {"id": FEBRUARY, "section": TEXT, "text": "Styret drøftet saken grundig.", "reason": ""}
    assert "Skriv" in words(await office.press_raw("minutes.correct", data))
    for chat in (member, called.course.chair, called.course.people.submitter):
        await chat.press_raw("minutes.correct", {**data, "reason": "Et ord falt ut."})
    assert (await called.minutes()).version == 1, "nobody but the office"
    answer = words(await office.press_raw("minutes.correct", {**data, "reason": "Et ord falt ut."}))
    assert "Rettet" in answer
    new = await locked(called, 2)
    card = words(await member.sees("Referatet fra styremøtet torsdag 26. februar 2026 er rettet"))
    assert "Et ord falt ut." in card
    assert "[lagt til: grundig]" in card
    after = await opened(called, member)
    assert hashlib.sha256(after).hexdigest() == new.details["sha256"] != old.details["sha256"]
    kept = stored_path(called.world.settings.files, old.details["sha256"]).read_bytes()
    assert kept == before
    text = text_of(pypdfium2.PdfDocument(after))
    assert "Denne versjonen erstatter versjon 1." in text
    assert "Et ord falt ut." in text


async def test_the_address_is_ones_own_and_opens_nothing_for_others(called: Approving) -> None:
    await approved(called)
    guest = called.world.person(99, "Gjest")
    await guest.join()
    for chat in (guest, called.course.people.submitter):
        card = await chat.press_raw("minutes.pdf", {"id": FEBRUARY})
        assert not [e for e in elements(card) if e.get("type") == "Action.OpenUrl"], words(card)
    for secret in ("x", "0" * 43, "a" * 500):
        async with called.world.session.get(f"{called.world.url}/minutes/{secret}.pdf") as response:
            assert response.status == 404

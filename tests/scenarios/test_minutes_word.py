"""Minutes edited in Word and taken in again, over HTTP: the differences are shown, the rest is as it was."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from board.editable import EditableDocument
from board.minutes_text import Source, Version
from bot.demo import demo_id
from cards.documents.word import WORD_TYPE, to_docx
from tests.cards.documents.word_files import body_of, packed, unpacked
from tests.scenarios.pack_steps import BOARD, SITE, Course
from tests.scenarios.sitting_steps import sitting, to_meeting
from tests.scenarios.slack_town import a_town
from tests.scenarios.steps import Card
from tests.scenarios.world import LEAD, OFFICE, Chat, World, elements, verbs, words


@pytest.fixture
async def world(url: str, chat: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_town(chat, url, tmp_path, public_url=SITE) as running:
        yield running


@pytest.fixture
async def lite(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_town(chat, sqlite_url, tmp_path, public_url=SITE) as running:
        yield running


async def a_draft(world: World) -> Course:
    """A meeting with two cases is held and closed, and its minutes are drafted."""
    course = await to_meeting(world)
    lead = course.lead
    await lead.press_raw("sitting.start", {"id": BOARD})
    amended = ("adopted_amended", "Styret godkjenner i mai.")
    for outcome, text in (("adopted", ""), amended, ("rejected", "Nei."), ("noted", "")):
        item = (await sitting(course)).current
        await lead.press_raw("decision.record", {"id": BOARD, "rev": 0, "item": item, "outcome": outcome, "text": text})
        await lead.press_raw("sitting.call", {"id": BOARD})
    await lead.press_raw("sitting.close", {"id": BOARD})
    assert "Utkastet er laget" in words(await course.office.say("skriv referat"))
    return course


async def versions(course: Course) -> list[Version]:
    async with course.work.read() as work:
        return list(await work.minutes_book.versions(BOARD))


async def fetched(world: World, chat: Chat) -> bytes:
    """What the address on the card gives."""
    card = await chat.press_raw("minutes.word", {"id": BOARD})
    status, kind, data = await opened(world, address(card))
    assert (status, kind) == (200, WORD_TYPE)
    return data


def address(card: Card) -> str:
    (url,) = [e["url"] for e in elements(card) if e.get("type") == "Action.OpenUrl"]
    return urlsplit(str(url)).path


async def opened(world: World, path: str) -> tuple[int, str, bytes]:
    async with world.session.get(world.url + path) as response:
        assert "no-store" in response.headers["Cache-Control"]
        return response.status, response.content_type, await response.read()


async def sends(chat: Chat, data: bytes, name: str = "referat-2026-04-16-v1 (Kari).docx") -> Card:
    return await chat.send_file(name, data)


def in_word(data: bytes, before: str, after: str) -> bytes:
    """The file as Word would save it after somebody wrote ``after`` over ``before``."""
    body = body_of(data)
    assert body.count(before) == 1, before
    return with_text(data, body.replace(before, after))


def with_text(data: bytes, body: str) -> bytes:
    return packed({**unpacked(data), "word/document.xml": body.encode()})


async def item_of(course: Course, position: int) -> str:
    return (await sitting(course)).items[position]


def text(version: Version, section: str) -> str:
    found = version.section(section)
    assert found is not None
    return found.text


SAID = "Saken ble vedtatt med endringer i forslaget."
REJECTED = "Forslaget til vedtak ble ikke vedtatt."


async def test_out_to_word_and_in_again(world: World) -> None:
    """The differences first, section by section; then one version, by the one who took it in, and nothing else."""
    course = await a_draft(world)
    office = course.office
    file = in_word(await fetched(world, office), SAID, "Saken ble vedtatt i mai, ikke i april.")
    (before,) = await versions(course)
    shown = await sends(office, file)
    assert "1 del er endret. Ingenting er tatt inn ennå." in words(shown)
    assert "[lagt til:" in words(shown)
    assert "[fjernet:" in words(shown)
    assert await versions(course) == [before], "shown, and not taken in"
    await world.restart()
    done = await office.press(shown, "minutes.take_word")
    assert "1 del er tatt inn, som versjon 2." in words(done)
    _first, after = await versions(course)
    assert (after.by, after.source) == (demo_id(OFFICE), Source.WORD)
    section = f"item:{await item_of(course, 1)}:text"
    assert text(after, section).startswith("Saken ble vedtatt i mai, ikke i april.")
    expected = tuple(replace(s, text=text(after, section)) if s.id == section else s for s in before.sections)
    assert after.sections == expected
    again = await office.press(shown, "minutes.take_word")
    assert "minutes.take_word" not in verbs(again), "what was taken in differs no more"
    assert len(await versions(course)) == 2
    await office.press_raw("minutes.versions", {"id": BOARD})
    await office.sees("(tatt inn fra Word)")
    await course.office.press_raw("minutes.circulate", {"id": BOARD, "rev": await rev(course)})
    assert [e.what.value for e in await world.history(f"minutes:{BOARD}")] == [
        "minutes.drafted", "minutes.edited", "minutes.circulated",
    ]  # fmt: skip
    assert not [call for call in world.doubled() if "referat" in call.lower()]


async def rev(course: Course) -> int:
    async with course.work.read() as work:
        return (await work.minutes_book.named([BOARD]))[BOARD].rev


async def test_an_untouched_file_changes_nothing(lite: World) -> None:
    course = await a_draft(lite)
    shown = await sends(course.office, await fetched(lite, course.office))
    assert "Ingen deler er endret i filen." in words(shown)
    assert "minutes.take_word" not in verbs(shown)


async def test_discarded_it_leaves_no_trace(lite: World) -> None:
    course = await a_draft(lite)
    file = in_word(await fetched(lite, course.office), SAID, "Noe annet.")
    shown = await sends(course.office, file)
    data = {"id": BOARD, "discard": True}
    assert "ikke tatt inn" in words(await course.office.press_raw("minutes.take_word", data))
    assert "[lagt til: Noe annet]" in words(shown)
    assert len(await versions(course)) == 1


async def test_an_older_files_changes_come_in_beside_what_others_wrote(lite: World) -> None:
    """What both worded anew is told and left; what only the file changed is taken in over the newest text."""
    course = await a_draft(lite)
    file = await fetched(lite, course.office)
    one, two = [f"item:{await item_of(course, n)}:text" for n in (1, 2)]
    await course.lead.press_raw("minutes.edit", {"id": BOARD, "version": 1, "section": one, "text": "Lederens ord."})
    file = in_word(in_word(file, SAID, "Kontorets ord."), REJECTED, "Styret sa nei.")
    shown = await sends(course.office, file)
    assert "er endret av andre etter at filen ble lastet ned" in words(shown)
    assert "Kontorets ord." in words(shown)
    await course.office.press(shown, "minutes.take_word")
    latest = (await versions(course))[-1]
    assert text(latest, one) == "Lederens ord."
    assert text(latest, two).startswith("Styret sa nei.")
    assert [v.by for v in await versions(course)] == [demo_id(OFFICE), demo_id(LEAD), demo_id(OFFICE)]


async def test_between_showing_and_taking_in_somebody_wrote(lite: World) -> None:
    course = await a_draft(lite)
    shown = await sends(course.office, in_word(await fetched(lite, course.office), SAID, "Kontorets ord."))
    one = f"item:{await item_of(course, 1)}:text"
    await course.lead.press_raw("minutes.edit", {"id": BOARD, "version": 1, "section": one, "text": "Lederens ord."})
    again = await course.office.press(shown, "minutes.take_word")
    assert "er endret siden du så den" in words(again)
    assert "Kontorets ord." in words(again)
    assert text((await versions(course))[-1], one) == "Lederens ord."


async def test_what_is_not_taken_in_is_told_in_words(lite: World) -> None:
    course = await a_draft(lite)
    data = await fetched(lite, course.office)
    file = in_word(data, "Styret godkjenner i mai.", "Styret godkjenner i juni.")
    shown = await sends(course.office, file)
    assert "er hentet fra det som ble registrert, og er ikke endret" in words(shown)
    assert "minutes.take_word" not in verbs(shown)
    outside = with_text(data, body_of(data).replace("<w:sectPr>", "<w:p><w:r><w:t>Løst.</w:t></w:r></w:p><w:sectPr>"))
    assert "er ikke med: Løst." in words(await sends(course.office, outside))
    assert len(await versions(course)) == 1


async def test_a_file_of_other_minutes_or_with_another_text_is_none_of_these(lite: World) -> None:
    course = await a_draft(lite)
    (first,) = await versions(course)
    made: dict[str, Any] = {"language": "nb", "title": "Referat", "sections": first.sections}
    for object_id, digest, says in (
        ("minutes:another", first.digest, "ikke er her"),
        (f"minutes:{BOARD}", "ab" * 32, "passer ikke med noen versjon"),
    ):
        document = _document(object_id, 1, digest, **made)
        shown = await sends(course.office, to_docx(document, author="Kari", at=first.at))
        assert says in words(shown)
        assert "minutes.take_word" not in verbs(shown)
    assert "Word-filen er ikke tatt inn" in words(await sends(course.office, b"PK\x03\x04rest"))
    assert len(await versions(course)) == 1


def _document(object_id: str, version: int, digest: str, **rest: Any) -> Any:
    return EditableDocument(object_id, version, digest, **rest)


async def test_after_circulation_nothing_comes_in_from_word(lite: World) -> None:
    course = await a_draft(lite)
    file = in_word(await fetched(lite, course.office), SAID, "Kontorets ord.")
    shown = await sends(course.office, file)
    await course.lead.press_raw("minutes.circulate", {"id": BOARD, "rev": await rev(course)})
    await course.office.press(shown, "minutes.take_word")
    assert "ikke et utkast lenger" in words(await sends(course.office, file))
    assert len(await versions(course)) == 1


async def test_the_address_is_ones_own_and_only_for_a_while(lite: World) -> None:
    course = await a_draft(lite)
    card = await course.office.press_raw("minutes.word", {"id": BOARD})
    path = address(card)
    assert (await opened(lite, path))[0] == 200
    assert (await opened(lite, path.replace(".docx", "x.docx")))[0] == 404
    assert (await opened(lite, path.replace(".docx", ".pdf")))[0] == 404, "it opens the draft and nothing else"
    member = course.members[0]
    refused = await member.press_raw("minutes.word", {"id": BOARD})
    assert "Action.OpenUrl" not in {e.get("type") for e in elements(refused)}
    await course.tid("2026-04-18 09:00")
    assert (await opened(lite, path))[0] == 404


async def test_a_member_who_sends_the_file_takes_nothing_in(lite: World) -> None:
    course = await a_draft(lite)
    file = in_word(await fetched(lite, course.office), SAID, "Medlemmets ord.")
    member = course.members[0]
    shown = await sends(member, file)
    assert "minutes.take_word" not in verbs(shown)
    data = {"id": BOARD, "version": 1, "file": hashlib.sha256(file).hexdigest(), "name": "referat.docx"}
    await member.press_raw("minutes.take_word", data)
    assert len(await versions(course)) == 1

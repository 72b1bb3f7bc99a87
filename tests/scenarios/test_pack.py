"""The papers in eleven inboxes: one card each, who opened which version, links, new versions, and what goes wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from board.events import Happened
from bot.demo import demo_id
from tests.bot.documents.pdfs import typeset
from tests.scenarios.pack_steps import (
    BOARD,
    MEMBERS,
    SITE,
    Course,
    a_course,
    fetched,
    made,
    paths,
    text_of,
    title,
)
from tests.scenarios.slack_town import a_town
from tests.scenarios.steps import Card
from tests.scenarios.world import MEMBER, Chat, World, a_world, button, elements, words

NEWS = "Sakspapirene til styremøtet torsdag 16. april 2026 er klare"
CHANGED = "Nytt i sakspapirene til styremøtet torsdag 16. april 2026 siden du leste dem"


@pytest.fixture
async def course(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[Course]:
    async with a_town(chat, sqlite_url, tmp_path, public_url=SITE) as world:
        yield await a_course(world, members=MEMBERS)


def told(course: Course, beginning: str = NEWS) -> Counter[str]:
    """How many new messages that begin like this came to each chat."""
    return Counter(chat for chat, summary in course.world.messages() if summary.startswith(beginning))


def theirs(*chats: Chat) -> Counter[str]:
    return Counter(chat.persona.chat for chat in chats)


async def read(chat: Chat) -> Card:
    return await chat.press_raw("pack.read", {"id": BOARD})


async def marks(course: Course) -> dict[str, int]:
    return {person: mark.version for person, mark in (await course.reads()).items()}


async def status(course: Course, path: str, method: str = "GET") -> int:
    async with course.world.session.request(method, f"{course.world.url}{path}") as response:
        await response.read()
        return response.status


async def test_eleven_inboxes_and_who_has_opened(course: Course) -> None:
    await course.to_agenda(3)
    assert told(course) == Counter(), "nobody hears of papers that are not sent"
    await course.send()
    await course.out()
    pack = await course.pack()
    assert pack is not None
    assert told(course) == theirs(*course.members, course.chair, course.lead), "each once; who sent them knows"
    first = course.members[0]
    for chat in course.members:
        card = await chat.sees(NEWS)
        said = words(card)
        assert f"{pack.pages} sider, om lag {pack.reading_minutes} minutter å lese" in said
        assert "Må besluttes (3)" in said
        assert "Du får denne fordi du er medlem i styret." in said
        assert said.index("001-2026") < said.index("002-2026") < said.index("003-2026")
    assert await marks(course) == {}, "that it arrived is not that it was read"
    await first.press_raw("pack.open", {"id": BOARD})
    await first.say("sakspapirer")
    await first.say("saksliste")
    assert await marks(course) == {}
    card = await first.press(await first.sees(NEWS), "pack.read")
    pdf = await fetched(course.world, card)
    assert len(pdf) == pack.pages
    assert all(title(n) in text_of(pdf) for n in range(3))
    assert await marks(course) == {demo_id(MEMBER): 1}
    await read(first)
    log = [e for e in await course.world.history(BOARD) if e.what is Happened.PACK_READ]
    assert [(e.by, e.details) for e in log] == [(demo_id(MEMBER), {"version": "1"})], "once a person and version"
    seen = words(await course.ask(course.office, "sakspapirer"))
    assert "1 av 12 har åpnet sakspapirene" in seen
    assert "Direktør Akershus universitetssykehus: versjon 1, fredag 27. mars 2026 kl. 16.00" in seen
    assert "Direktør Vestre Viken: ikke åpnet ennå" in seen
    assert "har åpnet" not in words(await first.say("sakspapirer")), "the office alone follows it"


async def test_links_are_ones_own_for_a_while(course: Course) -> None:
    cases = await course.to_agenda(2)
    await course.send()
    await course.out()
    first, second = course.members[:2]
    (path,) = paths(await read(first))
    (other,) = paths(await read(second))
    assert path != other
    assert await status(course, path) == 200
    assert await status(course, "/papers/wrong.pdf") == 404
    assert await status(course, f"{path[:-6]}xx.pdf") == 404
    await course.press(course.people.submitter, "case.withdraw", cases[1], reason="Stanset.")
    ruling = {"id": BOARD, "case": cases[0], "person": demo_id(MEMBER), "ruling": "excluded"}
    assert "er inhabil" in words(await course.chair.press_raw("conflict.rule", ruling))
    left = text_of(await fetched(course.world, await read(first)))
    assert title(0) not in left
    assert "001-2026" not in left
    assert title(1) in left, "it was sent, and is in what was sent"
    old: Card = {"type": "Action.OpenUrl", "url": f"{SITE}{path}"}
    assert title(0) not in text_of(await fetched(course.world, old)), "the address from before opens what is left"
    assert title(0) in text_of(await fetched(course.world, {"type": "Action.OpenUrl", "url": f"{SITE}{other}"}))
    await course.tid("2026-03-28 16:01")
    assert await status(course, path) == 404
    assert await status(course, path, "HEAD") == 404
    assert await status(course, paths(await read(first))[0]) == 200


async def test_what_is_new_is_told_to_those_who_had_opened(course: Course) -> None:
    cases = await course.to_agenda(2)
    await course.send()
    await course.out()
    reader, glancer, *others = course.members
    (path,) = paths(await read(reader))
    await read(glancer)
    again = words(await course.send())
    assert "Sendt." not in again, "nothing is new"
    url = "https://dokumenter.example.org/plan.pdf"
    await course.press(course.office, "case.attach", cases[1], document_type="stage_plan", url=url)
    await course.send()
    await course.out(2)
    assert told(course, CHANGED) == theirs(reader, glancer)
    assert told(course) == theirs(*course.members, course.chair, course.lead), "nobody is told the first news twice"
    news = words(await reader.sees(CHANGED))
    assert "Nytt siden du leste" in news
    assert "002-2026: vedlegg er lagt til eller byttet" in news
    assert "001-2026: " not in news
    for method, version in (("HEAD", 1), ("GET", 2)):
        assert await status(course, path, method) == 200
        assert (await marks(course))[demo_id(MEMBER)] == version, method
    assert (await marks(course))[demo_id(MEMBER + 1)] == 1, "another's reading is not one's own"
    assert "Nytt siden du leste" not in words(await course.ask(reader, "sakspapirer"))
    assert "Nytt siden du leste" in words(await course.ask(glancer, "sakspapirer"))
    assert "Nytt siden du leste" not in words(await course.ask(others[0], "sakspapirer"))


async def test_stopped_between_the_press_and_the_file(course: Course) -> None:
    await course.to_agenda(1)
    await course.send()
    await course.world.stop()
    assert told(course) == Counter()
    assert course.world.bot is not None
    course.world.now = course.world.bot.clock.now() + timedelta(minutes=4)
    await course.world.start()
    await course.out()
    everybody = theirs(*course.members, course.chair, course.lead)
    assert told(course) == everybody
    await course.world.restart()
    await course.world.quiet()
    assert told(course) == everybody
    built = [e for e in await course.world.history(BOARD) if e.what is Happened.PACK_BUILT]
    assert len(built) == 1


@pytest.mark.postgres
async def test_two_replicas_make_it_once(postgres_url: str, tmp_path: Path) -> None:
    async with a_world(postgres_url, tmp_path, public_url=SITE) as world, world.second() as other:
        course = await a_course(world, members=MEMBERS)
        await course.to_agenda(1)
        other.bot.clock.move_to(world.bot.clock.now())  # type: ignore[union-attr]  # local mode's
        press = course.office.persona.presses("pack.send", {"id": BOARD})
        await world.post(press)
        await other.post(course.lead.persona.presses("pack.send", {"id": BOARD}))
        await made(other)
        for door in (world, other):
            await door.quiet()
        log = [event.what for event in await world.history(BOARD)]
        assert log.count(Happened.PACK_SENT) == log.count(Happened.PACK_BUILT) == 1
        assert told(course) == theirs(*course.members, course.chair, course.lead)
        assert world.doubled() == []
        for door in (world, other):
            async with door.session.get(f"{door.url}{paths(await read(course.members[0]))[0]}") as response:
                assert response.status == 200, "either replica opens it"


async def test_enclosures_whole_and_broken(course: Course) -> None:
    whole = typeset(2, words="Vedleggets egne ord")
    good = await course.with_office(0, enclosure=("prosjektforslag.pdf", whole))
    bad = await course.with_office(1, enclosure=("faseplan.pdf", b"%PDF-1.7\n1 0 obj\nbroken\n%%EOF\n"))
    for case in (good, bad):
        assert len((await course.world.case(case)).documents) == 1
        await course.press(course.office, "case.accept", case)
    await _to_pack(course, good, bad)
    pdf = await fetched(course.world, await read(course.members[0]))
    text = text_of(pdf)
    assert text.count("Vedleggets egne ord") >= 2
    pack = await course.pack()
    assert pack is not None
    assert len(pdf) == pack.pages
    assert "faseplan.pdf" in text
    assert "kunne ikke" in text, text


async def _to_pack(course: Course, *cases: Any) -> None:
    await course.on_group(*cases)
    await course.tid("2026-03-27 16:00")
    await course.treated(*cases)
    await course.minutes()
    await course.built()
    await course.approved()
    await course.send()
    await course.out()


async def test_when_it_cannot_be_made_the_office_is_told_and_can_send_again(course: Course) -> None:
    """The folder of the files cannot be written to."""
    await course.to_agenda(1)
    folder = course.world.settings.files
    aside = folder.with_name("aside")
    if folder.exists():
        folder.rename(aside)
    folder.write_text("in the way")
    await course.send()
    await course.out()
    pack = await course.pack()
    assert pack is not None
    assert pack.state == "failed"
    assert told(course) == Counter()
    failed = await course.office.sees("kunne ikke lages")
    said = words(failed)
    assert "Ingen har fått dem." in said
    assert "feilkoden" in said
    assert "ikke sendt ennå" in words(await course.members[0].say("sakspapirer"))
    folder.unlink()
    assert "Sendt." in words(await course.office.press(failed, "pack.send"))
    await course.out(2)
    assert told(course) == theirs(*course.members, course.chair, course.lead)
    assert title(0) in text_of(await fetched(course.world, await read(course.members[0])))
    async with course.work.read() as work:
        asked = {duty.person for duty in await work.duties.of_object(BOARD) if duty.kind == "conflict.declare"}
    assert asked == {demo_id(digits) for digits in (5, *MEMBERS)}, "of habilitet, though it is version 2"
    proof = words(await course.office.press_raw("notice.missed", _button(await course.office.say("sakspapirer"))))
    assert "Direktør Vestre Viken" in proof


async def test_somebody_it_is_not_for(course: Course) -> None:
    await course.to_agenda(1)
    await course.send()
    await course.out()
    for chat in (course.people.submitter, course.people.owner, course.rep, _guest(course.world)):
        card = await read(chat)
        assert paths(card) == []
        assert title(0) not in words(card)
        assert not [e for e in elements(card) if e.get("type") == "Action.OpenUrl"]
    refused = [e for e in await course.world.history(BOARD) if e.what is Happened.ACT_REFUSED]
    assert len(refused) == 4
    assert await marks(course) == {}


def _button(card: Card) -> dict[str, Any]:
    data = button(card, "notice.missed")["data"]
    assert isinstance(data, dict)
    return data


def _guest(world: World) -> Chat:
    return world.person(900, "Gjest")

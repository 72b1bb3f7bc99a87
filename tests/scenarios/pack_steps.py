"""From a draft to a pack in every inbox, step by step, as the people take them, with the clock moved."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pypdfium2

from board.agenda import Agenda
from board.clock import OSLO
from board.ids import CaseId, MeetingId, PersonId
from board.pack import Pack, PackRead
from board.people import BODY_OF, Holding, Person, Role
from board.ports import Account, Work
from bot.demo import SINCE, demo_id
from bot.teams_settings import LOCAL_TENANT
from tests.scenarios.steps import Card, People, case_of, joined, opened
from tests.scenarios.world import CHAIR, FIELDS, Chat, World, elements, words

BOARD, GROUP = MeetingId("styret-1"), MeetingId("au-1")
BOARD_AT, GROUP_AT = "2026-04-16 09:00", "2026-03-27 12:00"
AFTER_GROUP = "2026-03-27 16:00"
REP, WG_MEMBER, DEPUTY, ARCHIVIST = 6, 7, 31, 41
MEMBERS = tuple(range(11, 22))
SITE = "https://saksgang.example.org"
"""What a world must be told to be its own address, for the papers to have one."""


@dataclass
class Course:
    """Everybody who matters to a pack, each with the app installed, and a board meeting with its working group's."""

    world: World
    people: People
    chair: Chat
    rep: Chat
    wg_member: Chat
    members: tuple[Chat, ...]
    cases: list[CaseId] = field(default_factory=list)

    @property
    def office(self) -> Chat:
        return self.people.office

    @property
    def lead(self) -> Chat:
        return self.people.lead

    # -- one step each -------------------------------------------------------------------------------------------------

    async def meeting(self, name: MeetingId, body: str, at: str) -> None:
        day, time = at.split()
        start = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=OSLO).isoformat()
        data = {"id": name, "rev": 0, "body": body, "starts_at": start, "date": day, "time": time, "minutes": "180"}
        card = await self.lead.press_raw("meeting.create", data)
        assert "Møtet er satt opp" in words(card), words(card)

    async def with_office(
        self, number: int = 0, *, enclosure: tuple[str, bytes] | None = None, **answers: str
    ) -> CaseId:
        """A case that has reached the office: submitted with a file or a reason, and confirmed by its owner."""
        form = await opened(self.people.submitter)
        case = CaseId(case_of(form))
        if enclosure:
            await self.people.submitter.send_file(*enclosure)
        given = {"title": title(number), "wanted_meeting": str(BOARD), "reason_incomplete": "De kommer.", **answers}
        await self.press(self.people.submitter, "case.submit", case, **{**FIELDS, **given})
        await self.press(self.people.owner, "case.confirm", case)
        self.cases.append(case)
        return case

    async def accepted(self, number: int = 0, **answers: Any) -> CaseId:
        """Ready for the working group."""
        case = await self.with_office(number, **answers)
        await self.press(self.office, "case.accept", case)
        return case

    async def on_group(self, *cases: CaseId, meeting: MeetingId = GROUP) -> None:
        for case in cases:
            await self.press(self.lead, "wg.schedule", case, meeting=str(meeting))

    async def treated(self, *cases: CaseId, outcome: str = "recommended", remarks: str = "") -> None:
        for case in cases:
            await self.press(self.lead, "wg.treat", case, outcome=outcome, remarks=remarks)

    async def minutes(self, meeting: MeetingId = GROUP) -> Card:
        return await self.office.press_raw("wg.minutes", {"id": meeting, "rev": 1, "remarks": ""})

    async def built(self, meeting: MeetingId = BOARD) -> Card:
        return await self.office.press_raw("agenda.build", {"id": meeting})

    async def approved(self, meeting: MeetingId = BOARD) -> Card:
        agenda = await self.agenda(meeting)
        return await self.chair.press_raw("agenda.approve", {"id": meeting, "rev": agenda.rev if agenda else 1})

    async def send(self, meeting: MeetingId = BOARD) -> Card:
        return await self.office.press_raw("pack.send", {"id": meeting})

    async def out(self, version: int = 1, meeting: MeetingId = BOARD) -> None:
        """Waits until a version has been made and everybody has been told."""
        pack = await self.pack(meeting)
        assert pack is not None, "it was not sent"
        assert pack.version == version, "it was not sent"
        await made(self.world, version, meeting)
        await self.world.quiet()

    # -- many at once --------------------------------------------------------------------------------------------------

    async def to_agenda(self, count: int, **answers: str) -> list[CaseId]:
        """New cases, treated and on the board's agenda; the minutes finished, the chair's approval given."""
        cases = [await self.accepted(number, **answers) for number in range(count)]
        await self.on_group(*cases)
        await self.tid(AFTER_GROUP)
        await self.treated(*cases)
        await self.minutes()
        await self.built()
        await self.approved()
        return cases

    # -- looking -------------------------------------------------------------------------------------------------------

    async def press(self, chat: Chat, verb: str, case: str, **data: Any) -> Card:
        """A button of the case as it is now."""
        return await chat.press_raw(verb, {"id": case, "rev": (await self.world.case(case)).rev, **data})

    async def ask(self, chat: Chat, text: str) -> Card:
        """Says something when all news has come, and gives the answer."""
        await self.world.quiet()
        return await chat.say(text)

    async def agenda(self, meeting: MeetingId = BOARD) -> Agenda | None:
        async with self.work.read() as work:
            return await work.agendas.get(meeting)

    async def pack(self, meeting: MeetingId = BOARD) -> Pack | None:
        async with self.work.read() as work:
            return await work.packs.latest(meeting)

    async def reads(self, meeting: MeetingId = BOARD) -> dict[PersonId, PackRead]:
        async with self.work.read() as work:
            return {mark.person: mark for mark in await work.packs.reads(meeting)}

    async def tid(self, when: str) -> None:
        await self.lead.say(f"tid {when}")
        await self.world.quiet()

    @property
    def work(self) -> Work:
        assert self.world.bot is not None
        return self.world.bot.store.work


async def a_course(
    world: World, *, members: Sequence[int] = (), board: str = BOARD_AT, group: str = GROUP_AT
) -> Course:
    """``members``: those of the directors who have the app."""
    people = await joined(world)
    chair, rep, wg_member = (
        world.person(CHAIR, "Leder Demo"),
        world.person(REP, "Tillitsvalgt Demo"),
        world.person(WG_MEMBER, "AU-medlem Demo"),
    )
    chats = tuple(world.person(digits, f"Direktør {digits}") for digits in members)
    for chat in (chair, rep, wg_member, *chats):
        await chat.join()
    course = Course(world, people, chair, rep, wg_member, chats)
    await course.meeting(BOARD, "board", board)
    if group:
        await course.meeting(GROUP, "wg", group)
    await world.quiet()
    return course


async def made(world: World, version: int = 1, meeting: MeetingId = BOARD) -> None:
    """Waits until that version of a pack waits no longer."""
    assert world.bot is not None

    async def is_made() -> bool:
        assert world.bot is not None
        async with world.bot.store.work.read() as work:
            pack = await work.packs.latest(meeting)
        return pack is not None and pack.version >= version and pack.state != "waiting"

    await until(is_made, "the pack is made")


async def until(ask: Callable[[], Awaitable[bool]], what: str, seconds: float = 30) -> None:
    """Asks until the answer is yes."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                if await ask():
                    return
                await asyncio.sleep(0.02)  # between two questions, not instead of them
    except TimeoutError:
        raise AssertionError(f"never: {what}") from None


async def hired(world: World, digits: int, name: str, role: Role) -> Chat:
    """Somebody more in the register, with the app."""
    assert world.bot is not None
    person, email = demo_id(digits), f"p{digits}@example.org"
    async with world.bot.store.work.write() as work:
        await work.people.add(Person(person, name, email), Account("teams", LOCAL_TENANT, person))
        await work.people.hold(Holding(person, role, BODY_OF[role], SINCE))
        await work.commit()
    world.registered(digits, email)
    chat = world.person(digits, name)
    await chat.join()
    return chat


def title(number: int) -> str:
    """A title of its own for each case."""
    return f"{FIELDS['title']} {number + 1}"


# -- papers ----------------------------------------------------------------------------------------------------------


def paths(card: Card) -> list[str]:
    """The addresses of papers that a card's buttons open, without the site."""
    links = [e["url"] for e in elements(card) if e.get("type") == "Action.OpenUrl" and "/papers/" in e["url"]]
    return [link[link.index("/papers/") :] for link in links]


async def fetched(world: World, card: Card) -> pypdfium2.PdfDocument:
    """The PDF that a card's button opens."""
    (path,) = paths(card)
    status, body = 0, b""

    async def there() -> bool:
        nonlocal body, status
        async with world.session.get(f"{world.url}{path}") as response:
            status, body = response.status, await response.read()
        return status != 202

    await until(there, "the paper is made")
    assert status == 200, (status, body)
    return pypdfium2.PdfDocument(body)


def text_of(pdf: pypdfium2.PdfDocument) -> str:
    """All text, with single spaces: a line may break anywhere."""
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())

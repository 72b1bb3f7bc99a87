"""Minutes of the board's meeting in February, and its meeting in April that has them before it, over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from board.agenda import ItemKind
from board.approval import Approval
from board.editable import Section
from board.ids import ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.minutes_text import Source, Version
from board.people import Body
from bot.demo import demo_id
from tests.scenarios.pack_steps import BOARD, DEPUTY, MEMBERS, Course, a_course
from tests.scenarios.steps import Card
from tests.scenarios.world import CHAIR, OFFICE, Chat, World, words

FEBRUARY = MeetingId("styret-0")
STOOD_FOR, *PRESENT, ABSENT = MEMBERS
"""The one whose deputy sits, those who come, and the one at home."""
IN_ROOM = (*PRESENT, DEPUTY, CHAIR)
TEXT = "item:i1:text"
_HELD = datetime(2026, 2, 26, 8, tzinfo=UTC)
SECTIONS = (
    Section("head", "Møtet", "Styremøte 26. februar 2026", editable=False),
    Section(TEXT, "Sak 001-2026 Felles meldingstjeneste", "Styret drøftet saken."),
    Section("item:i1:decision", "Vedtak i sak 001-2026", "Styret godkjenner oppstart.", editable=False),
)


@dataclass
class Approving:
    """``chats``: everybody in the room, by the digits of their names."""

    course: Course
    chats: dict[int, Chat]

    @property
    def world(self) -> World:
        return self.course.world

    async def minutes(self) -> Minutes:
        async with self.course.work.read() as work:
            return (await work.minutes_book.named([FEBRUARY]))[FEBRUARY]

    async def version(self, number: int = 1) -> Version:
        async with self.course.work.read() as work:
            found = await work.minutes_book.version(FEBRUARY, number)
        assert found is not None
        return found

    async def answers(self) -> list[Approval]:
        async with self.course.work.read() as work:
            return list(await work.minutes_book.approvals(FEBRUARY, BOARD))

    async def item(self) -> ItemId:
        agenda = await self.course.agenda()
        assert agenda is not None
        return next(item.id for item in agenda.items if item.kind is ItemKind.MINUTES)

    async def start(self) -> None:
        card = await self.course.lead.press_raw("sitting.start", {"id": BOARD})
        assert "Møtet er i gang" in words(card), words(card)
        await self.world.quiet()

    async def call(self) -> None:
        await self.course.lead.press_raw("sitting.call", {"id": BOARD, "item": await self.item()})
        await self.world.quiet()

    async def data(self, answer: str = "approve", **other: Any) -> dict[str, Any]:
        """As the button of the card that is out now has it."""
        version = await self.version((await self.minutes()).version)
        return {"id": FEBRUARY, "digest": version.digest, "answer": answer, **other}

    async def answer(self, chat: Chat, answer: str = "approve", **other: Any) -> str:
        return words(await chat.press_raw("minutes.approve", await self.data(answer, **other)))

    async def conclude(self, result: str = "approved", chat: Chat | None = None) -> str:
        digest = (await self.version((await self.minutes()).version)).digest
        data = {"id": FEBRUARY, "digest": digest, "result": result}
        return words(await (chat or self.course.chair).press_raw("minutes.conclude", data))

    async def at_once(self, *presses: tuple[Chat, str, dict[str, Any]]) -> list[str]:
        """None waits for another; what each is answered."""
        payloads = [chat.persona.presses(verb, data) for chat, verb, data in presses]
        answers = await asyncio.gather(*(self.world.post(payload) for payload in payloads))
        assert all(status == 200 and body["statusCode"] == 200 for status, body in answers), answers
        return [words(body["value"]) for _, body in answers]


async def circulated(course: Course, by: PersonId) -> None:
    """The meeting in February and its minutes, as they are when the round is over."""
    held = Meeting(FEBRUARY, Body.BOARD, _HELD, 180)
    minutes = Minutes(
        FEBRUARY, Body.BOARD, 2, MinutesState.CIRCULATED, 1, by, _HELD, circulated_at=_HELD,
        remarks_due=date(2026, 3, 10), round_closed_at=_HELD,
    )  # fmt: skip
    async with course.work.write() as work:
        await work.meetings.add(held)
        await work.minutes_book.add(minutes, Version(FEBRUARY, 1, SECTIONS, by, _HELD, Source.RECORD))
        await work.commit()


async def an_approval(world: World, *, started: bool = True, called: bool = True) -> Approving:
    """Nine directors and the chair come, one sends a deputy, one stays at home."""
    course = await a_course(world, members=MEMBERS)
    await circulated(course, demo_id(OFFICE))
    await course.to_agenda(1)
    await course.send()
    await course.out()
    deputy = world.person(DEPUTY, "Vara Demo")
    await deputy.join()
    directors = dict(zip(MEMBERS, course.members, strict=True))
    for digits, chat in (*directors.items(), (CHAIR, course.chair)):
        answer = {STOOD_FOR: "deputy", ABSENT: "no"}.get(digits, "yes")
        data = {"id": BOARD, "answer": answer, **({"deputy": demo_id(DEPUTY)} if answer == "deputy" else {})}
        await chat.press_raw("meeting.attend", data)
    await deputy.press_raw("meeting.attend", {"id": BOARD, "answer": "yes", "person": demo_id(STOOD_FOR)})
    await course.tid("2026-04-16 09:00")
    made = Approving(course, {**directors, DEPUTY: deputy, CHAIR: course.chair})
    if started:
        await made.start()
        if called:
            await made.call()
    return made


def cards_of(chat: Chat, text: str) -> list[Card]:
    return [card for card in chat.cards.values() if text in words(card)]

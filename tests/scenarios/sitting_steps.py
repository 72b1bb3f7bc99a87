"""To a board meeting that can be opened, as the people take the steps, and what they do in it."""

from __future__ import annotations

from typing import Any

from board.decision import Decision
from board.sitting import Sitting
from bot.demo import demo_id
from tests.scenarios.pack_steps import BOARD, MEMBERS, Course, a_course
from tests.scenarios.steps import Card
from tests.scenarios.world import CHAIR, MEMBER, Chat, World, verbs

STARTS = "2026-04-16 09:00"


async def to_meeting(world: World, cases: int = 2) -> Course:
    """Papers out, all directors and the chair come, and it is time."""
    course = await a_course(world, members=[MEMBER, 12])
    await course.to_agenda(cases)
    await course.send()
    await course.out()
    for person in (CHAIR, *MEMBERS):
        data = {"id": BOARD, "rev": 1, "person": demo_id(person), "answer": "yes"}
        await course.office.press_raw("meeting.attend", data)
    await course.tid(STARTS)
    return course


async def sitting(course: Course) -> Sitting:
    async with course.work.read() as work:
        found = await work.sittings.get(BOARD)
    assert found is not None
    return found


async def decisions(course: Course) -> list[Decision]:
    """In the order of the agenda."""
    order = (await sitting(course)).items
    async with course.work.read() as work:
        found = await work.decisions.of_meeting(BOARD)
    return sorted(found, key=lambda one: order.index(one.item))


async def record(chat: Chat, sheet: Card, outcome: str, **inputs: Any) -> Card:
    return await chat.press(sheet, "decision.record", outcome=outcome, **inputs)


def sheet_of(chat: Chat) -> Card:
    """The run-sheet's form that came last."""
    return [card for card in chat.cards.values() if "decision.record" in verbs(card)][-1]

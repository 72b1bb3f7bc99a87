"""What a test of a gate looks at: all that is stored of a meeting, refusals in the log, what was said to whom."""

from __future__ import annotations

from typing import Any

from board.events import Happened
from board.ids import MeetingId
from tests.scenarios.pack_steps import BOARD, GROUP, Course
from tests.scenarios.world import Chat, words

EARLIER = MeetingId("styret-0")


async def stored(course: Course) -> tuple[Any, ...]:
    """All that an act could have changed, but for the log."""
    cases = {case: await course.world.case(case) for case in course.cases}
    async with course.work.read() as work:
        packs, given = await work.packs.latest(BOARD), tuple(await work.dispensations.of_meeting(BOARD))
        duties = tuple(await work.duties.of_object(BOARD))
        numbers = await work.minutes_book.finished([BOARD, GROUP, EARLIER])
    return cases, await course.agenda(), packs, given, duties, numbers


async def dispensations(course: Course) -> list[Any]:
    async with course.work.read() as work:
        return list(await work.dispensations.of_meeting(BOARD))


async def refused_rights(course: Course) -> int:
    return sum(event.what is Happened.ACT_REFUSED for event in await course.world.history(BOARD))


def messages(course: Course) -> list[str]:
    return [summary for _, summary in course.world.messages()]


def guest(course: Course) -> Chat:
    return course.world.person(900, "Gjest")


def assert_says(card: dict[str, Any], sentences: tuple[str, ...]) -> None:
    said = words(card)
    for sentence in sentences:
        assert sentence in said, (sentence, said)

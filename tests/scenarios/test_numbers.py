"""Numbers of cases: consecutive however many are given at once, a case's own for good, never given again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from board.events import Happened
from board.ids import CaseId, MeetingId
from tests.scenarios.pack_steps import AFTER_GROUP, BOARD, GROUP, Course, a_course
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import World, words

AT_ONCE = 20
OTHERS = {MeetingId("styret-2"): "2026-04-23 09:00", MeetingId("styret-3"): "2026-05-28 09:00"}
POSTGRES = pytest.mark.postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=POSTGRES)])
def place(request: pytest.FixtureRequest) -> tuple[str, int]:
    """One bot on SQLite; two replicas on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_url"), 2 if request.param == "postgres" else 1


@pytest.fixture
async def doors(place: tuple[str, int], chat: str, tmp_path: Path) -> AsyncIterator[list[World]]:
    url, count = place
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(a_town(chat, url, tmp_path))
        others = [await stack.enter_async_context(first.second()) for _ in range(count - 1)]
        yield [first, *others]


@pytest.fixture
async def course(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[Course]:
    async with a_town(chat, sqlite_url, tmp_path) as world:
        yield await a_course(world)


async def test_twenty_at_once_get_twenty_numbers_in_a_row(doors: list[World]) -> None:
    course = await a_course(doors[0])
    for meeting, at in OTHERS.items():
        await course.meeting(meeting, "board", at)
    wants = (BOARD, *OTHERS)
    cases = [await course.accepted(n, wanted_meeting=str(wants[n % len(wants)])) for n in range(AT_ONCE)]
    revs = [(await doors[0].case(case)).rev for case in cases]
    presses = [
        (course.office if n % 2 else course.lead).persona.presses(
            "wg.schedule", {"id": case, "rev": rev, "meeting": GROUP}
        )
        for n, (case, rev) in enumerate(zip(cases, revs, strict=True))
    ]
    nobody = [course.chair.persona.presses("wg.schedule", {"id": cases[0], "rev": revs[0], "meeting": GROUP})]
    await at_once(doors, [*presses, *nobody, *presses])
    assert sorted([(await doors[0].case(case)).wg_number for case in cases]) == row("AU {:03d}-2026")

    await _moved_on(doors, course, cases)
    builds = [
        chat.persona.presses("agenda.build", {"id": meeting})
        for meeting in wants
        for chat in (course.office, course.lead)
    ]
    answers = await at_once(doors, builds)
    assert all("Sakslisten" in words(answer) for answer in answers)
    numbers = {case: (await doors[0].case(case)).board_number for case in cases}
    assert sorted(numbers.values()) == row("{:03d}-2026")
    listed = {item.case: item.number for m in wants for item in (await items(course, m)) if item.case}
    assert listed == numbers, "each stands on one agenda, with its own number"


async def _moved_on(doors: list[World], course: Course, cases: list[CaseId]) -> None:
    """Through the working group's meeting; every replica's clock is moved."""
    await course.tid(AFTER_GROUP)
    for door in doors[1:]:
        assert door.bot is not None
        door.bot.clock.move_to(doors[0].bot.clock.now())  # type: ignore[attr-defined,union-attr]  # local mode's
    await course.treated(*cases)


async def test_a_withdrawn_number_is_never_given_again(course: Course) -> None:
    first, second = [await course.accepted(n) for n in range(2)]
    await course.on_group(first)
    await course.press(course.people.submitter, "case.withdraw", first, reason="Stanset.")
    await course.on_group(second)
    assert (await course.world.case(second)).wg_number == "AU 002-2026"
    third = await course.accepted(2)
    await course.on_group(third)
    await course.tid(AFTER_GROUP)
    await course.treated(second, third)
    await course.minutes()
    await course.built()
    assert [item.number for item in await items(course) if item.case] == ["001-2026", "002-2026"]
    await course.press(course.people.submitter, "case.withdraw", second, reason="Stanset den også.")
    assert [item.number for item in await items(course) if item.case] == ["002-2026"], (
        "off the agenda; no gap is filled"
    )
    fourth = await _dispensed(course)
    await course.built()
    assert (await course.world.case(fourth)).board_number == "003-2026"
    await course.press(course.people.submitter, "case.withdraw", fourth, reason="Og den.")
    shown = words(await course.ask(course.office, "saksliste"))
    assert "002-2026" in shown
    assert "001-2026" not in shown
    assert "003-2026" not in shown


async def _dispensed(course: Course) -> CaseId:
    """One more, that came late and past the working group, with the chair's word for both."""
    case = await course.accepted(3, reason_late="Kom nå.")
    await course.press(course.lead, "case.late_accept", case)
    await course.press(course.chair, "case.late_accept", case)
    ask = {"id": BOARD, "gate": "wg_treatment", "case": case, "reason": "Den haster."}
    await course.office.press_raw("pack.ask_dispensation", ask)
    question = await course.chair.sees("Den haster.")
    await course.chair.press(question, "pack.grant", reason="Ja.")
    return case


async def test_a_postponed_case_gets_a_new_number_and_keeps_the_old_one_in_sight(course: Course) -> None:
    next_group = MeetingId("au-2")
    await course.meeting(next_group, "wg", "2026-04-01 12:00")
    case, other = [await course.accepted(n) for n in range(2)]
    await course.on_group(case, other)
    await course.tid(AFTER_GROUP)
    await course.treated(case, outcome="postponed", remarks="Tallene mangler.")
    assert (await course.world.case(case)).state == "ready_for_wg"
    await course.on_group(case, meeting=next_group)
    now = await course.world.case(case)
    assert (now.wg_number, now.earlier_numbers) == ("AU 003-2026", ("AU 001-2026",))
    for number in ("AU 003-2026", "AU 001-2026"):
        shown = words(await course.ask(course.people.submitter, f"hvor er saken {number}"))
        assert "AU 003-2026" in shown, number
        assert "AU 001-2026" in shown, number


async def test_a_refused_press_takes_no_number(course: Course) -> None:
    case, other = [await course.accepted(n) for n in range(2)]
    rev = (await course.world.case(case)).rev
    for chat, data in (
        (course.chair, {"meeting": GROUP}),
        (course.rep, {"meeting": GROUP}),
        (course.office, {"meeting": BOARD}),
        (course.office, {"meeting": "no-such-meeting"}),
        (course.office, {"meeting": GROUP, "rev": rev - 1}),
    ):
        await chat.press_raw("wg.schedule", {"id": case, "rev": rev, **data})
    await course.built()
    await course.office.press_raw("agenda.build", {"id": BOARD, "case": case})
    await course.on_group(other)
    assert (await course.world.case(other)).wg_number == "AU 001-2026"
    assert (await course.world.case(case)).wg_number == ""
    given = [event.details for event in await course.world.history(other) if event.what is Happened.CASE_SCHEDULED_WG]
    assert given == [{"meeting": GROUP, "number": "AU 001-2026"}]


def row(pattern: str) -> list[str]:
    return [pattern.format(n) for n in range(1, AT_ONCE + 1)]


async def items(course: Course, meeting: MeetingId = BOARD) -> list[Any]:
    agenda = await course.agenda(meeting)
    assert agenda is not None
    return list(agenda.items)


async def at_once(doors: list[World], payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each payload to the next door, none waiting for another; the cards that answer."""
    answers = await asyncio.gather(*(doors[n % len(doors)].post(p) for n, p in enumerate(payloads)))
    assert all(status == 200 and body["statusCode"] == 200 for status, body in answers), answers
    return [body["value"] for _, body in answers]

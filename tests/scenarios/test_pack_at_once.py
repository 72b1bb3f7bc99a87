"""Two on one agenda at the same instant: one wins, the other is told. Eleven answers at once: each is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from board.events import Happened
from tests.scenarios.pack_steps import AFTER_GROUP, BOARD, GROUP, MEMBERS, SITE, Course, a_course, paths
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import Chat, words


@pytest.fixture
async def course(url: str, chat: str, tmp_path: Path) -> AsyncIterator[Course]:
    async with a_town(chat, url, tmp_path, public_url=SITE) as world:
        yield await a_course(world, members=MEMBERS)


async def at_once(course: Course, *presses: tuple[Chat, str, dict[str, Any]]) -> list[str]:
    """None waits for another; what each is answered."""
    payloads = [chat.persona.presses(verb, data) for chat, verb, data in presses]
    answers = await asyncio.gather(*(course.world.post(payload) for payload in payloads))
    assert all(status == 200 and body["statusCode"] == 200 for status, body in answers), answers
    return [words(body["value"]) for _, body in answers]


async def test_two_on_one_agenda(course: Course) -> None:
    await course.to_agenda(3)
    for race in range(5):
        before = await course.agenda()
        assert before is not None
        first, _, third = [item.id for item in before.items if item.case]
        key = {"id": BOARD, "rev": before.rev}
        presses = [
            (course.office, "agenda.down", {**key, "item": first}),
            (course.lead, "agenda.up", {**key, "item": third}),
            (course.chair, "agenda.approve", key),
        ]
        said = await at_once(course, *presses[race % 2 :], *presses[: race % 2])
        after = await course.agenda()
        assert after is not None
        assert after.rev == before.rev + 1, "one of them, whoever"
        told = [answer for answer in said if "Ingenting er gjort nå." in answer]
        assert len(told) == 2, said
        assert sorted(item.number for item in after.items) == sorted(item.number for item in before.items)
        assert after.is_approved == (after.last is Happened.AGENDA_APPROVED)


async def test_eleven_at_once_open_the_papers_and_answer(course: Course) -> None:
    cases = await course.to_agenda(2)
    await course.send()
    await course.out()
    opened = await asyncio.gather(*(chat.press_raw("pack.read", {"id": BOARD}) for chat in course.members))
    assert len({path for card in opened for path in paths(card)}) == len(MEMBERS), "each a link of one's own"
    assert len(await course.reads()) == len(MEMBERS)
    answers = [
        (chat, "conflict.declare", {"id": BOARD, "case": case, "answer": "possible", "note": f"{chat.id} {case}"})
        for chat in course.members
        for case in cases
    ]
    said = await at_once(course, *answers)
    assert [answer for answer in said if "Takk." not in answer] == []
    async with course.work.read() as work:
        kept = await work.conflicts.of_cases(cases)
        duties = [duty for duty in await work.duties.of_object(BOARD) if duty.kind == "conflict.declare"]
    assert {(one.person, one.case, one.note) for one in kept} == {
        (chat.id, case, f"{chat.id} {case}") for chat in course.members for case in cases
    }
    theirs = {chat.id for chat in course.members}
    assert all(not duty.is_open for duty in duties if duty.person in theirs), "answered for every case: it is over"
    assert [duty.is_open for duty in duties if duty.person == course.chair.id] == [True]
    ruled = [
        (course.chair, "conflict.rule", {"id": BOARD, "case": cases[0], "person": chat.id, "ruling": "excluded"})
        for chat in course.members
    ]
    await at_once(course, *ruled)
    assert (await course.world.case(cases[0])).excluded == theirs
    await course.world.quiet()
    assert (await course.reads()).keys() == theirs


async def test_ten_presses_send_one_pack(course: Course, chat: str) -> None:
    await course.to_agenda(1)
    before = len(course.world.wire())
    presses = [((course.office, course.lead)[n % 2], "pack.send", {"id": BOARD, "rev": 0}) for n in range(10)]
    said = await at_once(course, *presses)
    if chat == "slack":  # each answer is a message, and not told apart from the other answers in the same chat
        said = [str(payload) for _, payload in course.world.wire()[before:]]
    assert sum("Sendt." in answer for answer in said) == 1, said
    await course.out()
    log = [event.what for event in await course.world.history(BOARD)]
    assert log.count(Happened.PACK_SENT) == log.count(Happened.PACK_BUILT) == 1


async def test_ten_cases_are_treated_at_once(course: Course) -> None:
    """By two people, each with half of them; the representative says something of each meanwhile."""
    cases = [await course.accepted(n) for n in range(10)]
    await course.on_group(*cases)
    await course.tid(AFTER_GROUP)
    revs = [(await course.world.case(case)).rev for case in cases]
    treats = [
        (
            (course.office, course.lead)[n % 2],
            "wg.treat",
            {"id": case, "rev": rev, "outcome": "recommended", "remarks": ""},
        )
        for n, (case, rev) in enumerate(zip(cases, revs, strict=True))
    ]
    statements = [(course.rep, "wg.statement", {"id": case, "statement": f"Om {case}."}) for case in cases]
    said = await at_once(course, *treats, *statements)
    assert [answer for answer in said if "Regional radiologi" not in answer] == []
    assert {(await course.world.case(case)).state for case in cases} == {"wg_treated"}
    async with course.work.read() as work:
        given = await work.treatments.statements(cases)
        treated = await work.treatments.of_meetings([GROUP])
    assert {case: [one.text for one in given[case]] for case in cases} == {case: [f"Om {case}."] for case in cases}
    assert sorted(one.case for one in treated) == sorted(cases)

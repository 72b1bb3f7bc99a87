"""Every verb of meetings, duties and delivery × every role, also through a crafted request: let through, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from board.duty import Duty
from board.events import Event, Happened
from board.meeting import Meeting
from board.people import Body
from bot.demo import demo_id
from tests.scenarios.world import CHAIR, LEAD, MEMBER, OFFICE, World, verbs, words

ROLES = {
    "submitter": 1,
    "project_owner": 2,
    "office": OFFICE,
    "portfolio_lead": LEAD,
    "chair": CHAIR,
    "employee_rep": 6,
    "wg_member": 7,
    "another member": 12,
    "deputy of another": 31,
    "archivist and admin": 41,
    "guest": 99,
}
HANDLERS = {"office", "portfolio_lead"}
ASKED = 13
"""The member whose duty and answer the others try to touch."""
VERBS = (
    *("meeting.create", "meeting.move", "meeting.cancel", "meeting.attend"),
    *("task.done", "task.snooze", "task.delegate"),
)


async def _state(world: World) -> tuple[list[Meeting], list[object], list[Duty]]:
    assert world.bot is not None
    async with world.bot.store.work.read() as work:
        meetings = await work.meetings.upcoming(Body.BOARD, world.bot.clock.now(), 99)
        answers = [answer for meeting in meetings for answer in await work.attendance.of_meeting(meeting.id)]
        duties = [duty for meeting in meetings for duty in await work.duties.of_object(meeting.id)]
    return list(meetings), list(answers), duties


async def _prepared(world: World) -> tuple[Meeting, Duty]:
    """A board meeting whose attendance has been asked for."""
    lead = world.person(LEAD, "Porteføljeansvarlig Demo")
    await lead.join()
    preview = await lead.say("nytt møte styret 2026-05-28 09:00")
    await lead.press(preview, "meeting.create")
    await lead.say("tid 2026-05-18 08:05")
    await world.quiet()
    (meeting,), _, duties = await _state(world)
    return meeting, next(duty for duty in duties if duty.person == demo_id(ASKED))


def _data(verb: str, meeting: Meeting, duty: Duty) -> dict[str, Any]:
    of_meeting = {"id": meeting.id, "rev": meeting.rev}
    return {
        "meeting.create": {
            "id": "crafted",
            "rev": 0,
            "body": "board",
            "starts_at": "2026-09-24T07:00:00+00:00",
            "date": "2026-09-24",
            "time": "09:00",
            "minutes": "120",
        },
        "meeting.move": {
            **of_meeting,
            "starts_at": "2026-06-11T07:00:00+00:00",
            "date": "2026-06-11",
            "time": "09:00",
        },
        "meeting.cancel": {**of_meeting, "reason": "Fordi jeg vil."},
        "meeting.attend": {**of_meeting, "answer": "yes", "person": demo_id(ASKED)},
        "task.done": {"id": duty.id, "rev": 1},
        "task.snooze": {"id": duty.id, "rev": 1},
        "task.delegate": {"id": duty.id, "rev": 1, "deputy": demo_id(31)},
    }[verb]


@pytest.mark.parametrize("verb", VERBS)
async def test_who_has_no_right_changes_nothing_and_the_log_tells_of_it(lite: World, verb: str) -> None:
    meeting, duty = await _prepared(lite)
    before = await _state(lite)
    for role, digits in ROLES.items():
        if role in HANDLERS:
            continue
        chat = lite.person(digits, f"Person {digits}")
        await chat.join()
        tried = {meeting.id, duty.id, "crafted", chat.id}
        refusals = len(await _refusals(lite, tried))
        card = await chat.press_raw(verb, _data(verb, meeting, duty))
        assert words(card)
        assert await _state(lite) == before, role
        assert len(await _refusals(lite, tried)) > refusals, role


@pytest.mark.parametrize("role", sorted(HANDLERS))
@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("task.done", "meeting.create")])
async def test_the_office_and_its_lead_may(lite: World, verb: str, role: str) -> None:
    meeting, duty = await _prepared(lite)
    before = await _state(lite)
    chat = lite.person(ROLES[role], role)
    await chat.join()
    await chat.press_raw(verb, _data(verb, meeting, duty))
    assert await _state(lite) != before


async def test_the_one_asked_answers_for_oneself_alone(lite: World) -> None:
    meeting, _duty = await _prepared(lite)
    member = lite.person(MEMBER, "Direktør")
    await member.join()
    await member.press_raw("meeting.attend", {"id": meeting.id, "rev": meeting.rev, "answer": "yes"})
    _, answers, _ = await _state(lite)
    assert [getattr(answer, "person", None) for answer in answers] == [demo_id(MEMBER)]


async def test_only_the_office_learns_who_was_not_reached(lite: World) -> None:
    meeting, _duty = await _prepared(lite)
    wanted: Mapping[str, Any] = {"id": meeting.id, "rev": meeting.rev, "kind": "duty.asked", "part": "attendance"}
    for role, digits in ROLES.items():
        chat = lite.person(digits, f"Person {digits}")
        await chat.join()
        for verb in ("notice.missed", "notice.told"):
            await chat.press_raw(verb, {**wanted, "row": "1"})
        shown = any("notice.told" in verbs(card) for card in chat.cards.values())
        assert shown == (role in HANDLERS), role


async def _refusals(world: World, objects: set[str]) -> list[Event]:
    """The log keeps the beginning of an id that is too long to be one."""
    found = [event for about in objects for event in await world.history(about[:64])]
    return [event for event in found if event.what is Happened.ACT_REFUSED]

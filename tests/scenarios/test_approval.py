"""Approval of minutes over HTTP: not too early, not by silence, not by others, not of another text, not twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from board.events import Happened
from board.minutes import MinutesState, minutes_object
from board.people import Role
from bot.demo import demo_id
from tests.scenarios.approval_steps import ABSENT, FEBRUARY, IN_ROOM, PRESENT, STOOD_FOR, Approving, an_approval
from tests.scenarios.pack_steps import DEPUTY, SITE, hired
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import CHAIR, verbs, words

ASKED = "Godkjenne referatet fra styremøtet"


@pytest.fixture
async def before(url: str, chat: str, tmp_path: Path) -> AsyncIterator[Approving]:
    """The meeting is about to begin."""
    async with a_town(chat, url, tmp_path, public_url=SITE) as world:
        yield await an_approval(world, started=False)


@pytest.fixture
async def called(url: str, chat: str, tmp_path: Path) -> AsyncIterator[Approving]:
    async with a_town(chat, url, tmp_path, public_url=SITE) as world:
        yield await an_approval(world)


async def test_not_before_the_meeting_has_come_to_it(before: Approving) -> None:
    member, chair = before.chats[PRESENT[0]], before.course.chair
    for step in (before.start, before.call):
        assert "ikke tatt opp i møtet ennå" in await before.answer(member)
        assert "ikke tatt opp i møtet ennå" in await before.conclude(chat=chair)
        assert await before.answers() == []
        await step()
    assert "Du godkjente" in await before.answer(member)
    assert (await before.minutes()).state is MinutesState.CIRCULATED


async def test_silence_approves_nothing(called: Approving) -> None:
    await called.course.tid("2026-04-16 11:30")
    assert "Taushet er ikke godkjenning" in await called.conclude(), "nobody has answered"
    assert not (await called.minutes()).is_approved
    for digits in IN_ROOM[:5]:
        await called.answer(called.chats[digits])
    await called.conclude()
    assert not (await called.minutes()).is_approved, "five of eleven"
    await called.answer(called.chats[IN_ROOM[5]])
    await called.conclude()
    assert (await called.minutes()).is_approved


async def test_only_who_is_in_the_room(called: Approving) -> None:
    """The submitter, an observer, the member at home, the one whose deputy sits, the office, a guest."""
    course = called.course
    observer = await hired(called.world, 51, "Observatør Demo", Role.OBSERVER)
    guest = called.world.person(99, "Gjest")
    await guest.join()
    outside = (
        course.people.submitter, observer, called.chats[ABSENT], called.chats[STOOD_FOR], course.office, guest,
        course.lead, course.rep,
    )  # fmt: skip
    for chat in outside:
        assert "Du godkjente" not in await called.answer(chat)
    assert await called.answers() == []
    refused = {
        row.by for row in await called.world.history(minutes_object(FEBRUARY)) if row.what is Happened.ACT_REFUSED
    }
    assert refused >= {demo_id(ABSENT), demo_id(STOOD_FOR), demo_id(51), course.people.submitter.id}
    assert "Du godkjente" in await called.answer(called.chats[DEPUTY])
    (one,) = await called.answers()
    assert (one.member, one.person) == (demo_id(STOOD_FOR), demo_id(DEPUTY))
    for chat in (called.chats[PRESENT[0]], course.lead, course.office):
        await called.conclude("approved", chat)
    assert not (await called.minutes()).is_approved


async def test_only_the_text_that_was_shown(called: Approving) -> None:
    member = called.chats[PRESENT[0]]
    for digest in ("0" * 64, "", "x", None, 7):
        data = {"id": FEBRUARY, "answer": "approve", "digest": digest}
        assert "Du godkjente" not in words(await member.press_raw("minutes.approve", data))
    for answer in ("", "ja", None):
        assert "Du godkjente" not in await called.answer(member, answer)  # type: ignore[arg-type]  # crafted
    assert await called.answers() == []


async def test_not_twice(called: Approving) -> None:
    member = called.chats[PRESENT[0]]
    asked = await member.sees(ASKED)
    first = await member.press(asked, "minutes.approve")
    assert "Du godkjente" in words(first)
    assert "minutes.approve" not in verbs(first)
    await called.answer(member)
    await called.answer(member, "remark", note="Jeg ombestemte meg.")
    (one,) = await called.answers()
    assert (one.said, one.person) == ("approve", member.id)
    async with called.course.work.read() as work:
        assert await work.minutes_book.remarks(FEBRUARY) == []


async def test_eleven_at_the_same_instant_give_eleven_answers(called: Approving) -> None:
    data = await called.data()
    chats = [called.chats[digits] for digits in IN_ROOM]
    for chat in chats:
        await chat.sees(ASKED)
    said = await called.at_once(*((chat, "minutes.approve", data) for chat in chats for _ in range(2)))
    assert [answer for answer in said if "Du godkjente" not in answer] == []
    answers = await called.answers()
    assert sorted(one.person for one in answers) == sorted(demo_id(digits) for digits in IN_ROOM)
    rows = await called.world.history(minutes_object(FEBRUARY))
    kept = [row for row in rows if row.what is Happened.MINUTES_APPROVAL]
    assert {(row.by, row.details["digest"]) for row in kept} == {(one.person, one.digest) for one in answers}
    assert len(kept) == len(IN_ROOM)
    await called.world.quiet()
    tally = await called.course.chair.sees("11 av 11 har svart")
    assert "11 godkjenner" in words(tally)
    await called.at_once(*[(called.chats[CHAIR], "minutes.conclude", {**data, "result": "approved"})] * 3)
    rows = await called.world.history(minutes_object(FEBRUARY))
    assert [row.what for row in rows].count(Happened.MINUTES_CONCLUDED) == 1

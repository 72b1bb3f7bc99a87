"""Approval at the next meeting: who may answer, to which text, when and how often; what the chair concludes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.agenda import ItemKind
from board.approval import Conclusion, Said
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.minutes import MinutesState, minutes_object
from board.people import Actor
from board.sitting import Seat
from board.usecases.approve_minutes import Answered
from tests.board.agenda_support import APRIL, CHAIR, FEBRUARY
from tests.board.approval_support import (
    ABSENT,
    DEPUTY,
    IN_ROOM,
    MEMBERS,
    SEATS,
    STOOD_FOR,
    events,
    table,
    told,
)
from tests.board.support import LEAD, OFFICE, OTHERS, OWNER, STRANGER, SUBMITTER, refused

ABOUT = minutes_object(FEBRUARY.id)


# -- when --------------------------------------------------------------------------------------------------------------


async def test_not_before_the_next_meeting_has_begun() -> None:
    made = await table(opened=False)
    digest = made.desk.memory.state.minutes_versions[FEBRUARY.id, 1].digest
    refused(await made.answer(MEMBERS[0], digest=digest), RefusalCode.NOT_CALLED)
    refused(await made.conclude(digest=digest), RefusalCode.NOT_CALLED)
    await made.open()
    refused(await made.answer(MEMBERS[0], digest=digest), RefusalCode.NOT_CALLED)
    assert made.approvals == []
    assert not told(made)
    await made.call()
    assert isinstance(await made.answer(MEMBERS[0], digest=digest), Answered)


async def test_every_seat_is_asked_once() -> None:
    made = await table()
    assert told(made) == {who.id for who in IN_ROOM}
    await made.call(ItemKind.OTHER)
    await made.call()
    assert events(made, Happened.MINUTES_CALLED) == [(ABOUT, LEAD.id)]
    assert made.minutes.called_in == APRIL.id


async def test_silence_approves_nothing() -> None:
    made = await table()
    refusal = refused(await made.conclude(), RefusalCode.NOT_CARRIED)
    assert refusal.params == {"approved": 0, "needed": 6}
    for who in IN_ROOM[:5]:
        await made.answer(who)
    refused(await made.conclude(), RefusalCode.NOT_CARRIED)
    assert made.minutes.state is MinutesState.CIRCULATED
    await made.answer(IN_ROOM[5])
    assert not isinstance(await made.conclude(), Refusal)
    assert made.minutes.is_approved


async def test_not_after_it_was_concluded() -> None:
    made = await table()
    digest = made.digest
    await made.all_approve(MEMBERS[8])
    await made.conclude()
    refusal = refused(await made.answer(MEMBERS[8], digest=digest), RefusalCode.ALREADY)
    assert (refusal.params["what"], refusal.params["by"]) == (Happened.MINUTES_CONCLUDED, CHAIR.id)
    refused(await made.conclude(digest=digest), RefusalCode.ALREADY)


async def test_not_when_the_meeting_is_closed() -> None:
    made = await table()
    await made.close()
    refused(await made.answer(MEMBERS[0]), RefusalCode.NOT_CALLED)
    refused(await made.conclude(Conclusion.POSTPONED), RefusalCode.NOT_CALLED)


# -- who ---------------------------------------------------------------------------------------------------------------

_OUTSIDE = (ABSENT, STOOD_FOR, SUBMITTER, OWNER, STRANGER, OFFICE, LEAD, *(one for one in OTHERS if one is not CHAIR))


@pytest.mark.parametrize("who", _OUTSIDE, ids=lambda who: str(who.id))
async def test_only_who_is_in_the_room(who: Actor) -> None:
    """The submitter, an observer, a guest, the office; the member at home, and the one whose deputy sits."""
    made = await table()
    refused(await made.answer(who), RefusalCode.NOT_PRESENT)
    assert made.approvals == []
    assert (ABOUT, who.id) in events(made, Happened.ACT_REFUSED)


async def test_a_deputy_answers_for_the_seat() -> None:
    made = await table()
    result = await made.answer(DEPUTY)
    assert isinstance(result, Answered)
    assert (result.approval.member, result.approval.person) == (STOOD_FOR.id, DEPUTY.id)


async def test_one_absent_from_the_earlier_meeting_takes_part() -> None:
    """Who sat in February is not asked for: it has no sitting here at all."""
    made = await table()
    assert FEBRUARY.id not in made.desk.memory.state.sittings
    assert isinstance(await made.answer(MEMBERS[3]), Answered)


async def test_a_seat_that_changes_hands_has_one_answer() -> None:
    made = await table()
    await made.answer(DEPUTY)
    state = made.desk.memory.state.sittings
    seats = tuple(Seat(STOOD_FOR.id) if seat.person == DEPUTY.id else seat for seat in SEATS)
    state[APRIL.id] = replace(state[APRIL.id], seats=seats)
    refusal = refused(await made.answer(STOOD_FOR), RefusalCode.ALREADY)
    assert refusal.params["by"] == DEPUTY.id
    refused(await made.answer(DEPUTY), RefusalCode.NOT_PRESENT)


@pytest.mark.parametrize("who", [one for one in (*OTHERS, OFFICE, LEAD, STRANGER) if one is not CHAIR])
async def test_only_the_chair_concludes(who: Actor) -> None:
    made = await table()
    await made.all_approve()
    refused(await made.conclude(who=who), RefusalCode.NOT_ALLOWED)
    assert not made.minutes.is_approved


# -- which text, how often ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digest", ["", "0" * 64, "x"])
async def test_only_the_text_that_lies_before_the_room(digest: str) -> None:
    made = await table()
    refused(await made.answer(MEMBERS[0], digest=digest), RefusalCode.OTHER_VERSION)
    assert made.approvals == []


async def test_not_twice_nor_otherwise_the_second_time() -> None:
    made = await table()
    await made.answer(MEMBERS[0])
    made.desk.clock.move(minutes=2)
    for said, note in ((Said.APPROVE, ""), (Said.REMARK, "Jeg ombestemte meg.")):
        refusal = refused(await made.answer(MEMBERS[0], said, note), RefusalCode.ALREADY)
        assert refusal.params == {
            "what": Happened.MINUTES_APPROVAL, "by": MEMBERS[0].id, "at": APRIL.starts_at
        }  # fmt: skip
    assert len(made.approvals) == 1
    assert not made.desk.memory.state.remarks


async def test_each_answer_is_kept_with_person_time_and_digest() -> None:
    made = await table()
    await made.all_approve()
    digest = made.desk.memory.state.minutes_versions[FEBRUARY.id, 1].digest
    assert {(one.person, one.at, one.digest) for one in made.approvals} == {
        (who.id, APRIL.starts_at, digest) for who in IN_ROOM
    }
    rows = [row for row in made.desk.memory.state.history if row.what is Happened.MINUTES_APPROVAL]
    assert {(row.by, row.details["digest"], row.details["seat"]) for row in rows} == {
        (one.person, one.digest, one.member) for one in made.approvals
    }


async def test_a_remark_says_what_is_wrong() -> None:
    made = await table()
    refused(await made.answer(MEMBERS[0], Said.REMARK, "  "), RefusalCode.REASON_NEEDED)
    assert isinstance(await made.answer(MEMBERS[0], Said.REMARK, "Vedtaket er feil gjengitt."), Answered)
    (remark,) = made.desk.memory.state.remarks.values()
    assert (remark.person, remark.text, remark.cls) == (MEMBERS[0].id, "Vedtaket er feil gjengitt.", "substantive")
    assert events(made, Happened.REMARK_GIVEN) == [(ABOUT, MEMBERS[0].id)]


async def test_who_comes_late_is_asked_too() -> None:
    from board.sitting_commands import SeatPerson  # this test's own
    from board.usecases.seat_person import seat_person  # this test's own

    made = await table()
    async with made.desk.memory.work.write() as work:
        result = await seat_person(SeatPerson(APRIL.id, ABSENT.id, present=True), LEAD, work, made.desk.rules)
        assert not isinstance(result, Refusal)
        await work.commit()
    assert ABSENT.id in told(made)
    assert isinstance(await made.answer(ABSENT), Answered)

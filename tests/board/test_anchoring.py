"""Anchoring receipts: asked after the approval, one word a decision and organisation, to be changed (mandatet § 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from board.anchoring import Anchored
from board.decision import Outcome
from board.duty import DutyKind
from board.errors import RefusalCode
from board.ids import ItemId
from board.later import months_after
from board.notices import NoticeKind
from board.people import Actor, Role
from board.usecases.answer_anchor import Answered
from board.usecases.look_at_anchoring import SeenAnchoring, look_at_anchoring
from tests.board.after_support import DIRECTORS, FIRST, SECOND, After, after_meeting, decided_case
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OTHERS, STRANGER, SUBMITTER, refused

CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
OBSERVER = next(one for one in OTHERS if Role.OBSERVER in one.roles)
MEMBER = next(one for one in OTHERS if Role.MEMBER in one.roles)


async def _two() -> After:
    after = await after_meeting((FIRST, decided_case("en", "001-2026")), (SECOND, decided_case("to", "002-2026")))
    for name in ("en", "to"):
        await after.publish(name)
    return after


async def _asked() -> After:
    after = await _two()
    for name in ("en", "to"):
        await after.approve(name)
    after.desk.clock.set(datetime(2026, 3, 16, 7, tzinfo=UTC))
    await after.tick()
    return after


def duties(after: After) -> dict[str, bool]:
    """Whether each one's duty is open."""
    found = [duty for duty in after.desk.memory.state.duties.values() if duty.kind is DutyKind.ANCHOR]
    return {duty.person: duty.is_open for duty in found}


# -- asking ------------------------------------------------------------------------------------------------------------


async def test_members_are_asked_fourteen_days_after_the_approval_once() -> None:
    after = await _two()
    assert not after.desk.memory.state.later, "publishing asks nobody"
    for name in ("en", "to"):
        await after.approve(name)
    (step,) = after.desk.memory.state.later.values()
    assert step.at == datetime(2026, 3, 16, 7, tzinfo=UTC)
    await after.tick()
    assert not duties(after)
    after.desk.clock.set(step.at)
    await after.tick()
    await after.tick()
    asked = {who for kind, who in after.desk.told if kind == NoticeKind.ANCHOR_ASKED}
    assert asked == set(duties(after)) == {MEMBER.id, *(one.id for one in DIRECTORS)}
    assert {duty.due for duty in after.desk.memory.state.duties.values()} == {date(2026, 3, 23)}


async def test_a_day_off_moves_earlier() -> None:
    after = await _two()
    after.desk.clock.set(datetime(2026, 3, 19, 9, tzinfo=UTC))  # 14 days on is Maundy Thursday
    await after.approve("en")
    (step,) = after.desk.memory.state.later.values()
    assert step.at == datetime(2026, 4, 1, 6, tzinfo=UTC)


async def test_who_is_late_to_ask_gives_as_many_days() -> None:
    after = await _two()
    await after.approve("en")
    after.desk.clock.set(datetime(2026, 3, 24, 7, tzinfo=UTC))
    await after.tick()
    assert {duty.due for duty in after.desk.memory.state.duties.values()} == {date(2026, 3, 31)}


@pytest.mark.parametrize("outcome", [Outcome.POSTPONED, Outcome.NOTED])
async def test_what_settled_nothing_is_not_anchored(outcome: Outcome) -> None:
    case = replace(decided_case("en", "001-2026"), board_outcome=outcome)
    after = await after_meeting((FIRST, case))
    refused(await after.anchor(DIRECTORS[0]), RefusalCode.NOT_FOUND)


async def test_one_who_is_inhabil_in_all_of_them_is_not_asked() -> None:
    case = replace(decided_case("en", "001-2026"), excluded=frozenset({DIRECTORS[0].id}))
    after = await after_meeting((FIRST, case))
    await after.publish("en")
    await after.approve("en")
    after.desk.clock.move(days=14)
    await after.tick()
    assert DIRECTORS[0].id not in duties(after)
    assert DIRECTORS[1].id in duties(after)
    refused(await after.anchor(DIRECTORS[0]), RefusalCode.NOT_FOUND)


# -- answering ---------------------------------------------------------------------------------------------------------


async def test_an_answer_is_kept_by_decision_and_organisation_and_can_be_changed() -> None:
    after = await _asked()
    await after.anchor(DIRECTORS[0], Anchored.NO, FIRST)
    await after.anchor(DIRECTORS[0], Anchored.YES, FIRST, note=" Tatt opp i ledermøtet. ")
    kept = after.desk.memory.state.anchors
    assert list(kept) == [(BOARD_MEETING, FIRST, "ahus")]
    assert kept[BOARD_MEETING, FIRST, "ahus"].answer is Anchored.YES
    assert kept[BOARD_MEETING, FIRST, "ahus"].note == "Tatt opp i ledermøtet."
    assert [what for what, *_ in after.desk.log].count("anchor.answered") == 2


async def test_the_duty_ends_when_all_are_answered() -> None:
    after = await _asked()
    first = await after.anchor(DIRECTORS[0], Anchored.YES, FIRST)
    assert isinstance(first, Answered)
    assert first.left == (SECOND,)
    assert duties(after)[DIRECTORS[0].id]
    await after.anchor(DIRECTORS[0], Anchored.PARTLY)
    assert not duties(after)[DIRECTORS[0].id]
    assert duties(after)[DIRECTORS[1].id]
    assert {a.item: a.answer for a in after.desk.memory.state.anchors.values()} == {
        FIRST: Anchored.YES,
        SECOND: Anchored.PARTLY,
    }


@pytest.mark.parametrize("who", [OFFICE, LEAD, CHAIR, SUBMITTER, STRANGER], ids=lambda who: who.id)
async def test_only_members_answer(who: Actor) -> None:
    after = await _asked()
    refusal = refused(await after.anchor(who), RefusalCode.NOT_ALLOWED)
    assert refusal.paragraph == "§ 4"
    assert after.desk.log[-1][0] == "act.refused"
    assert not after.desk.memory.state.anchors


async def test_a_decision_of_another_meeting_or_a_long_note_is_not_taken_in() -> None:
    after = await _asked()
    refused(await after.anchor(DIRECTORS[0], Anchored.YES, ItemId("elsewhere")), RefusalCode.UNKNOWN_CHOICE)
    refused(await after.anchor(DIRECTORS[0], Anchored.YES, FIRST, note="x" * 4001), RefusalCode.TOO_LONG)
    assert not after.desk.memory.state.anchors


async def test_what_is_not_published_cannot_be_answered() -> None:
    after = await after_meeting((FIRST, decided_case("en", "001-2026")))
    async with after.desk.memory.work.write() as unit:
        stands = await unit.decisions.get(BOARD_MEETING, FIRST)
        assert stands is not None
        await unit.decisions.put(replace(stands, rev=2, published_at=None, published_by=None))
        await unit.commit()
    refused(await after.anchor(DIRECTORS[0]), RefusalCode.NOT_FOUND)


# -- the map -----------------------------------------------------------------------------------------------------------


async def _seen(after: After, who: Actor) -> SeenAnchoring:
    async with after.desk.memory.work.read() as unit:
        seen = await look_at_anchoring(BOARD_MEETING, who, unit, after.desk.rules)
    assert isinstance(seen, SeenAnchoring)
    return seen


@pytest.mark.parametrize("who", [OFFICE, LEAD, CHAIR, DIRECTORS[1]], ids=lambda who: who.id)
async def test_the_board_and_the_office_see_every_organisation(who: Actor) -> None:
    after = await _asked()
    await after.anchor(DIRECTORS[0], Anchored.NO, FIRST)
    seen = await _seen(after, who)
    assert list(seen.units.values()) == ["AHUS", "Other-Member", "OUS", "VV"]
    assert seen.answers[FIRST, "ahus"].answer is Anchored.NO
    assert [decision.number for decision in seen.asked] == ["001-2026", "002-2026"]


@pytest.mark.parametrize("who", [OBSERVER, SUBMITTER], ids=lambda who: who.id)
async def test_others_see_what_was_decided_and_no_answers(who: Actor) -> None:
    after = await _asked()
    await after.anchor(DIRECTORS[0], Anchored.NO, FIRST)
    seen = await _seen(after, who)
    assert seen.decisions
    assert not seen.answers
    assert not seen.units


async def test_a_stranger_sees_nothing() -> None:
    after = await _asked()
    async with after.desk.memory.work.write() as unit:
        refused(await look_at_anchoring(BOARD_MEETING, STRANGER, unit, after.desk.rules), RefusalCode.NOT_FOUND)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 2, 26), 6, date(2026, 8, 26)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 24, date(2028, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_end_with_their_last_day(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then

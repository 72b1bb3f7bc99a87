"""What the chair concludes about minutes: the text that is approved, and what becomes of the cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from board.approval import Conclusion, Ground
from board.case import Case
from board.decision import Outcome
from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.follow_up import FollowUp
from board.ids import FollowUpId, RemarkId
from board.minutes import MinutesState, minutes_object
from board.minutes_text import Source
from board.people import Actor, Role
from board.remarks import RemarkState
from board.states import CaseState
from tests.board.agenda_support import APRIL, CHAIR, FEBRUARY, JUNE
from tests.board.approval_support import (
    AGREED,
    IN_ROOM,
    MEMBERS,
    SEATS,
    TEXT,
    Table,
    circulated,
    decided_in_february,
    events,
    remarked,
    table,
    told,
)
from tests.board.support import LEAD, NOW, OFFICE, OWNER, STRANGER, SUBMITTER, case_in, refused

ABOUT = minutes_object(FEBRUARY.id)


# -- the conclusion ----------------------------------------------------------------------------------------------------


async def test_approved_as_it_was_shown() -> None:
    made = await table()
    await made.all_approve()
    await made.conclude()
    after = made.minutes
    assert (after.state, after.version, after.approved_version, after.called_in) == ("approved", 1, 1, None)
    assert (after.conclusion, after.concluded_in, after.approved_by) == ("approved", APRIL.id, CHAIR.id)
    decision = made.decision()
    assert decision is not None
    assert decision.outcome is Outcome.ADOPTED
    assert set(decision.present) == {seat.person for seat in SEATS}


async def test_corrections_that_the_room_took_in_are_the_new_text() -> None:
    made = await table()
    remark, other = await remarked(made), await remarked(made, "r2", MEMBERS[1].id)
    refused(await made.conclude(Conclusion.WITH_CORRECTIONS), RefusalCode.NOT_CARRIED)
    await made.all_approve()
    refused(await made.conclude(Conclusion.WITH_CORRECTIONS), RefusalCode.NO_CORRECTIONS)
    assert not isinstance(await made.stage(remark, "Styret utsatte saken."), Refusal)
    assert made.desk.memory.state.remarks[remark].state is RemarkState.STAGED
    refused(await made.conclude(Conclusion.APPROVED), RefusalCode.UNKNOWN_CHOICE)
    await made.conclude(Conclusion.WITH_CORRECTIONS)
    before, after = (made.desk.memory.state.minutes_versions[FEBRUARY.id, n] for n in (1, 2))
    assert (made.minutes.approved_version, after.source, after.by) == (2, Source.APPROVAL, CHAIR.id)
    assert [new.id for old, new in zip(before.sections, after.sections, strict=True) if old != new] == [TEXT]
    changed = after.section(TEXT)
    assert changed is not None
    assert changed.text == "Styret utsatte saken."
    taken = made.desk.memory.state.remarks[remark]
    assert (taken.state, taken.taken_in) == (RemarkState.ACCEPTED, 2)
    assert made.desk.memory.state.remarks[other].state is RemarkState.OPEN, "not taken in"
    decision = made.decision()
    assert decision is not None
    assert decision.outcome is Outcome.ADOPTED_AMENDED


async def test_the_meeting_may_correct_a_decisions_words() -> None:
    made = await table()
    remark = await remarked(made, section=AGREED)
    assert not isinstance(await made.stage(remark, "Styret avviser.", section=AGREED), Refusal)
    await made.all_approve()
    await made.conclude(Conclusion.WITH_CORRECTIONS)
    new = made.desk.memory.state.minutes_versions[FEBRUARY.id, 2].section(AGREED)
    assert new is not None
    assert (new.text, new.editable) == ("Styret avviser.", False)


@pytest.mark.parametrize("who", [SUBMITTER, MEMBERS[0], STRANGER])
async def test_only_who_leads_takes_corrections_in(who: Actor) -> None:
    made = await table()
    remark = await remarked(made)
    refused(await made.stage(remark, "Annet.", who), RefusalCode.NOT_ALLOWED)
    assert made.desk.memory.state.remarks[remark].state is RemarkState.OPEN
    assert (remark, who.id) in events(made, Happened.ACT_REFUSED)


@pytest.mark.parametrize("who", [LEAD, CHAIR], ids=lambda one: one.id)
async def test_one_who_is_inhabil_takes_nothing_in_where_the_case_is(who: Actor) -> None:
    made = await table(called=False)
    hidden = "case:case-1:follow_ups"
    await made.desk.keep(replace(published("case-1"), excluded=frozenset({who.id})))
    text = replace(first(made), sections=(*first(made).sections, Section(hidden, "Sak 1", "Hemmelig.", editable=False)))
    made.desk.memory.state.minutes_versions[FEBRUARY.id, 1] = text
    there, elsewhere = await remarked(made, section=hidden), await remarked(made, "r2")
    await made.call()
    refused(await made.stage(there, "Annet.", who), RefusalCode.NOT_FOUND)
    refused(await made.stage(there, "Annet.", who, section=hidden), RefusalCode.NOT_FOUND)
    refused(await made.stage(elsewhere, "Annet.", who, section=hidden), RefusalCode.NOT_FOUND)
    assert not isinstance(await made.stage(elsewhere, "Annet.", who), Refusal)
    assert not isinstance(await made.stage(there, "Annet.", OFFICE, section=hidden), Refusal)


async def test_nothing_is_taken_in_before_the_meeting_has_it() -> None:
    made = await table(called=False)
    remark = await remarked(made)
    refused(await made.stage(remark, "Annet."), RefusalCode.NOT_CALLED)
    await made.call()
    refused(await made.stage(RemarkId("none"), "Annet."), RefusalCode.NOT_FOUND)
    refused(await made.stage(remark, "Annet.", section="nowhere"), RefusalCode.UNKNOWN_CHOICE)


async def test_postponed_minutes_come_to_the_next_meeting_again() -> None:
    made = await table()
    remark = await remarked(made)
    await made.answer(MEMBERS[0])
    await made.stage(remark, "Styret utsatte saken.")
    assert not isinstance(await made.conclude(Conclusion.POSTPONED), Refusal)
    assert (made.minutes.state, made.minutes.called_in) == (MinutesState.CIRCULATED, None)
    decision = made.decision()
    assert decision is not None
    assert decision.outcome is Outcome.POSTPONED
    kept = made.desk.memory.state.remarks[remark]
    assert (kept.state, kept.new_text) == (RemarkState.OPEN, "Styret utsatte saken."), "what was typed is there still"
    await made.close()
    async with made.desk.memory.work.write() as work:
        await work.minutes_book.add(circulated(APRIL.id), replace(first(made), meeting=APRIL.id))
        await work.commit()
    await made.open(JUNE)
    await made.call()
    assert made.minutes.called_in == JUNE.id, "the old ones"
    assert made.desk.memory.state.minutes_book[APRIL.id].called_in == JUNE.id, "and those of the meeting before"
    await made.all_approve()
    assert len(made.approvals) == len(IN_ROOM) + 1, "an answer belongs to its meeting"
    await made.conclude()
    assert made.decision() is None, "the other ones wait"
    made.about = APRIL.id
    await made.conclude(Conclusion.POSTPONED)
    decision = made.decision()
    assert decision is not None
    assert decision.outcome is Outcome.POSTPONED


async def test_of_several_the_item_says_the_least_in_whichever_order_they_are_concluded() -> None:
    made = await table()
    await made.conclude(Conclusion.POSTPONED)
    await made.close()
    async with made.desk.memory.work.write() as work:
        await work.minutes_book.add(circulated(APRIL.id), replace(first(made), meeting=APRIL.id))
        await work.commit()
    await made.open(JUNE)
    await made.call()
    await made.conclude(Conclusion.POSTPONED)
    made.about = APRIL.id
    await made.all_approve()
    await made.conclude()
    decision = made.decision()
    assert decision is not None
    assert decision.outcome is Outcome.POSTPONED


def first(made: Table):  # type: ignore[no-untyped-def]  # the double's own row
    return made.desk.memory.state.minutes_versions[FEBRUARY.id, 1]


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (MinutesState.FILED, Outcome.NOTED),
        (MinutesState.APPROVED, Outcome.NOTED),
        (MinutesState.DRAFT, Outcome.POSTPONED),
    ],
)
async def test_with_nothing_to_approve_the_item_says_so_itself(state: MinutesState, outcome: Outcome) -> None:
    made = await table(minutes=replace(circulated(), state=state))
    decision = made.decision()
    assert decision is not None
    assert decision.outcome is outcome
    assert not told(made)


async def test_cases_are_minuted_and_closed_where_nothing_is_left() -> None:
    made = await table(called=False)
    done, waits, moved = (published(name) for name in ("case-1", "case-2", "case-3"))
    for case in (done, waits):
        await decided_in_february(made, case)
    await decided_in_february(made, replace(moved, state=CaseState.WG_TREATED, board_meeting=None), Outcome.POSTPONED)
    follow_up = FollowUp(
        FollowUpId("f1"), 1, waits.id, FEBRUARY.id, waits.board_number, "Vis tall.", OWNER.id, date(2026, 9, 1), NOW
    )
    async with made.desk.memory.work.write() as work:
        await work.follow_ups.add([follow_up])
        await work.commit()
    await made.call()
    await made.all_approve()
    assert made.desk.case("case-1").state is CaseState.PUBLISHED
    await made.conclude()
    states = [made.desk.case(name).state for name in ("case-1", "case-2", "case-3")]
    assert states == [CaseState.CLOSED, CaseState.MINUTED, CaseState.WG_TREATED]


def published(name: str) -> Case:
    return replace(case_in(CaseState.PUBLISHED), id=name, board_meeting=FEBRUARY.id, board_number=f"{name}-2026")  # type: ignore[arg-type]  # any words are an id


@pytest.mark.parametrize("seats", range(14))
def test_more_than_half_of_the_room(seats: int) -> None:
    ground = [Ground(Role.CHAIR, seats, approved, 0, 0.5).carries for approved in range(seats + 1)]
    assert ground[0] is False, "silence never approves"
    assert [carries for approved, carries in enumerate(ground) if approved * 2 <= seats] == [False] * (seats // 2 + 1)
    assert all(later >= sooner for sooner, later in pairwise(ground))
    assert seats == 0 or ground[-1]

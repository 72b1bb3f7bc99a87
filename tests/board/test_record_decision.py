"""What is recorded under an item: which outcomes and words fit, who was there, stale forms, and any order of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.agenda import ItemKind
from board.case import LastChange
from board.commands import WithdrawCase
from board.decision import OUTCOMES, Condition, Outcome
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import ItemId, PersonId
from board.sitting import SittingState
from board.sitting_commands import PublishDecisions
from board.states import CaseState
from board.usecases.publish_decisions import Published, publish_decisions
from board.usecases.record_decision import Recorded
from board.usecases.withdraw_case import withdraw_case
from tests.board.pack_support import board_case, exclude
from tests.board.sitting_support import (
    BOARD_MEETING,
    CASE,
    CHAIR,
    DEPUTY,
    FIRST,
    LEAD,
    OFFICE,
    ONE,
    OTHER,
    PROPOSAL,
    SECOND,
    TWO,
    call,
    close,
    decision,
    did,
    later,
    record,
    seat,
    sitting,
    start,
    under_way,
    with_kinds,
)
from tests.board.support import OTHERS, OWNER, STRANGER, SUBMITTER, Desk, refused

DUE = date(2026, 5, 4)
GOOD = Condition("Vis gevinstplanen.", OWNER.id, DUE)
AMENDED = "Styret godkjenner overgang, men ber om en ny plan."
WORDS: Final[dict[Outcome, dict[str, Any]]] = {
    Outcome.ADOPTED: {},
    Outcome.ADOPTED_AMENDED: {"text": AMENDED},
    Outcome.ADOPTED_WITH_CONDITIONS: {"text": PROPOSAL, "conditions": (GOOD,)},
    Outcome.REJECTED: {"text": "Styret går ikke inn for forslaget."},
    Outcome.POSTPONED: {"text": "Tallene mangler."},
    Outcome.SENT_BACK: {"text": "Skriv om bakgrunnen."},
    Outcome.WITHDRAWN: {},
    Outcome.NOTED: {},
    Outcome.DISCUSSED: {},
}


# -- which outcomes fit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("kind", [kind for kind in ItemKind if kind is not ItemKind.DECISION])
async def test_an_item_without_a_case_takes_the_outcomes_of_its_kind(kind: ItemKind, outcome: Outcome) -> None:
    made = await with_kinds(kind)
    await start(made)
    result = await record(made, ItemId(f"k-{kind}"), outcome)
    if kind is ItemKind.MINUTES:
        refused(result, RefusalCode.MEETING_UNFIT)
    elif outcome not in OUTCOMES[kind]:
        assert refused(result, RefusalCode.UNKNOWN_CHOICE).params["fields"] == ("outcome",)
    else:
        assert isinstance(result, Recorded)
        assert (result.decision.kind, result.decision.case) == (kind, None)


@pytest.mark.parametrize("outcome", Outcome)
async def test_a_case_for_decision_takes_its_own(outcome: Outcome) -> None:
    made = await under_way()
    result = await record(made, ONE, outcome, **WORDS[outcome])
    if outcome not in OUTCOMES[ItemKind.DECISION]:
        refused(result, RefusalCode.UNKNOWN_CHOICE)
        assert made.case().state is CaseState.DISPATCHED
        return
    assert isinstance(result, Recorded)
    assert (made.case().state, made.case().board_outcome) == (CaseState.DECIDED, outcome)
    assert decision(made).number == "001-2026"
    assert ("decision.recorded", BOARD_MEETING, LEAD.id) in made.log
    assert ("case.decided", CASE, LEAD.id) in made.log
    assert sitting(made).rev == 2


# -- the words ---------------------------------------------------------------------------------------------------------


async def test_adopted_is_as_proposed() -> None:
    made = await under_way()
    assert refused(await record(made, text=AMENDED), RefusalCode.UNKNOWN_CHOICE).params["fields"] == ("outcome",)
    amended = Outcome.ADOPTED_AMENDED
    same = await record(made, ONE, amended, PROPOSAL)
    assert refused(same, RefusalCode.UNKNOWN_CHOICE).params["fields"] == ("outcome",)
    await record(made)
    assert (decision(made).text, decision(made).proposal) == (PROPOSAL, PROPOSAL)


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.POSTPONED, Outcome.SENT_BACK])
async def test_a_proposal_left_standing_is_not_what_was_decided(outcome: Outcome) -> None:
    made = await under_way()
    result = await record(made, ONE, outcome, PROPOSAL)
    assert refused(result, RefusalCode.INCOMPLETE).params["fields"] == ("text",)
    await record(made, ONE, Outcome.WITHDRAWN, PROPOSAL)
    assert not decision(made).text


async def test_what_is_wrong_with_conditions() -> None:
    made = await under_way()
    conditions = Outcome.ADOPTED_WITH_CONDITIONS
    assert refused(await record(made, ONE, conditions, PROPOSAL), RefusalCode.INCOMPLETE).params["fields"] == (
        "conditions",
    )
    for wrong in (replace(GOOD, owner=PersonId("nobody")), replace(GOOD, text=" "), replace(GOOD, text="x" * 5000)):
        result = await record(made, ONE, conditions, PROPOSAL, conditions=(wrong,))
        assert isinstance(result, Refusal)
        assert "conditions" in result.params["fields"]  # type: ignore[operator]  # names or lengths by name
    passed = await record(made, ONE, conditions, PROPOSAL, conditions=(replace(GOOD, due=date(2026, 4, 1)),))
    refused(passed, RefusalCode.DEADLINE_PASSED)
    refused(await record(made, ONE, Outcome.ADOPTED, conditions=(GOOD,)), RefusalCode.UNKNOWN_CHOICE)
    refused(await record(made, OTHER, Outcome.NOTED, conditions=(GOOD,)), RefusalCode.UNKNOWN_CHOICE)
    assert not made.memory.state.decisions
    await record(made, ONE, conditions, PROPOSAL, conditions=(GOOD,))
    assert decision(made).conditions == (GOOD,)


async def test_a_condition_that_stands_there_is_not_judged_by_a_later_day() -> None:
    made = await under_way()
    await record(made, ONE, Outcome.ADOPTED_WITH_CONDITIONS, PROPOSAL, conditions=(GOOD,))
    later(made, 60 * 24 * 60)
    result = await record(made, ONE, Outcome.ADOPTED_WITH_CONDITIONS, AMENDED, conditions=(GOOD,))
    assert isinstance(result, Recorded)


# -- who was there -----------------------------------------------------------------------------------------------------


async def test_who_left_is_not_present_and_only_who_is_present_dissents() -> None:
    made = await under_way()
    wrong = await record(made, left=(SECOND.id,), dissent=(SECOND.id,))
    assert refused(wrong, RefusalCode.UNKNOWN_CHOICE).params["fields"] == ("dissent",)
    stranger = await record(made, left=(STRANGER.id,))
    assert refused(stranger, RefusalCode.UNKNOWN_CHOICE).params["fields"] == ("left",)
    await record(made, left=(SECOND.id,), dissent=(DEPUTY.id,), statement=" Vi er uenige. ")
    done = decision(made)
    assert (done.present, done.left, done.dissent) == ((CHAIR.id, DEPUTY.id), (SECOND.id,), (DEPUTY.id,))
    assert not done.is_unanimous
    assert done.statement == "Vi er uenige."


async def test_while_it_is_treated_the_room_is_who_is_there_now() -> None:
    made = await under_way()
    await call(made, ONE)
    await record(made)
    await seat(made, SECOND.id, present=False)
    await record(made)
    assert decision(made).present == (CHAIR.id, DEPUTY.id)
    assert decision(made).rev == 2


async def test_a_later_correction_leaves_the_room_as_it_was() -> None:
    made = await under_way()
    await call(made, ONE)
    await record(made, left=(DEPUTY.id,))
    await call(made, TWO)
    await seat(made, SECOND.id, present=False)
    await record(made, ONE, Outcome.ADOPTED_AMENDED, AMENDED, left=(DEPUTY.id,))
    assert decision(made).present == (CHAIR.id, SECOND.id)
    assert decision(made).left == (DEPUTY.id,)


# -- stale, twice, published -------------------------------------------------------------------------------------------


async def test_an_old_form_is_refused_with_what_stands_there() -> None:
    made = await under_way()
    await record(made, rev=0)
    told = refused(await record(made, ONE, Outcome.ADOPTED_AMENDED, AMENDED, OFFICE, rev=0), RefusalCode.STALE).params
    assert (told["what"], told["by"]) == (Happened.DECISION_RECORDED, LEAD.id)
    assert decision(made).outcome is Outcome.ADOPTED
    await record(made, ONE, Outcome.ADOPTED_AMENDED, AMENDED, OFFICE, rev=1)
    assert (decision(made).rev, decision(made).recorded_by) == (2, OFFICE.id)
    refused(await record(made, ONE, Outcome.ADOPTED, rev=1), RefusalCode.STALE)


async def test_pressed_twice_it_is_recorded_once() -> None:
    made = await under_way()
    await record(made, rev=0)
    rows, rev = len(made.log), sitting(made).rev
    later(made)
    again = await record(made, rev=0)
    assert isinstance(again, Recorded)
    assert not again.is_new
    assert (len(made.log), sitting(made).rev, decision(made).rev) == (rows, rev, 1)


async def test_after_publication_only_the_minutes_correct_it() -> None:
    made = await under_way()
    await record(made)
    assert isinstance(await did(made, publish_decisions, PublishDecisions(BOARD_MEETING)), Published)
    told = refused(await record(made, ONE, Outcome.ADOPTED_AMENDED, AMENDED), RefusalCode.ALREADY).params
    assert told["what"] is Happened.DECISION_PUBLISHED
    refused(await record(made), RefusalCode.ALREADY)


async def test_the_office_corrects_it_after_the_meeting_is_closed() -> None:
    made = await under_way()
    for item in (FIRST, ONE, TWO):
        await record(made, item)
    await record(made, OTHER, Outcome.NOTED)
    await close(made)
    await record(made, ONE, Outcome.ADOPTED_AMENDED, AMENDED, OFFICE)
    assert decision(made).text == AMENDED
    assert sitting(made).state is SittingState.CLOSED


# -- cases that are not as they should be ------------------------------------------------------------------------------


async def test_a_case_that_was_taken_back_in_the_meeting_leaves_it() -> None:
    made = await under_way()
    await did(made, withdraw_case, WithdrawCase(CASE, "Prosjektet er stanset."), SUBMITTER)
    assert made.case().state is CaseState.WITHDRAWN
    refused(await record(made), RefusalCode.ALREADY)
    for item in (FIRST, TWO):
        await record(made, item)
    await record(made, OTHER, Outcome.NOTED)
    assert refused(await close(made), RefusalCode.UNDECIDED).params["items"] == (ONE,)
    await record(made, ONE, Outcome.WITHDRAWN)
    await close(made)
    told = await did(made, publish_decisions, PublishDecisions(BOARD_MEETING))
    assert isinstance(told, Published)
    assert made.case().state is CaseState.WITHDRAWN


@pytest.mark.parametrize("outcome", OUTCOMES[ItemKind.DECISION])
async def test_a_case_whose_papers_were_not_sent_can_only_leave(outcome: Outcome) -> None:
    made = await under_way()
    case = made.case()
    made.memory.state.cases[CASE] = replace(case, state=CaseState.ON_BOARD_AGENDA, dispatched_at=None)
    result = await record(made, ONE, outcome, **WORDS[outcome])
    if outcome in (Outcome.POSTPONED, Outcome.SENT_BACK, Outcome.WITHDRAWN):
        assert made.case().state is CaseState.DECIDED
        return
    refused(result, RefusalCode.NOT_SENT)
    assert made.case().state is CaseState.ON_BOARD_AGENDA


@pytest.mark.parametrize("last", [Happened.CASE_SCHEDULED, Happened.CASE_MOVED, Happened.LATE_ACCEPTED])
async def test_a_case_sent_out_for_an_earlier_meeting_only_is_not_adopted_after_it_was_put_off(last: Happened) -> None:
    made = await under_way()
    back = LastChange(last, OFFICE.id, made.clock.now())
    made.memory.state.cases[CASE] = replace(made.case(), state=CaseState.ON_BOARD_AGENDA, last=back)
    await record(made, ONE, Outcome.POSTPONED, "Tallene mangler.")
    refused(await record(made, ONE, Outcome.ADOPTED), RefusalCode.NOT_SENT)
    assert decision(made).outcome is Outcome.POSTPONED
    assert isinstance(await record(made, ONE, Outcome.SENT_BACK, "Skriv om bakgrunnen."), Recorded)


async def test_who_is_inhabil_records_nothing_of_it() -> None:
    made = await under_way()
    await exclude(made, CASE, LEAD.id)
    refused(await record(made), RefusalCode.NOT_FOUND)
    assert ("act.refused", BOARD_MEETING, LEAD.id) in made.log
    await record(made, who=OFFICE)
    assert decision(made).recorded_by == OFFICE.id
    refused(await record(made, ItemId("nowhere"), who=OFFICE), RefusalCode.NOT_FOUND)


@pytest.mark.parametrize("state", CaseState)
async def test_each_state_of_the_case_and_each_person(state: CaseState) -> None:
    """Decided from dispatched, and anew; from all others it has moved on, or its papers were not sent."""
    for who in (SUBMITTER, OWNER, OFFICE, LEAD, STRANGER, *OTHERS):
        made = await under_way()
        made.memory.state.cases[CASE] = replace(made.case(), state=state)
        made.memory.state.history.clear()
        result = await record(made, who=who)
        if who not in (OFFICE, LEAD):
            refused(result, RefusalCode.NOT_ALLOWED)
            assert made.log == [("act.refused", BOARD_MEETING, who.id)]
        elif state in (CaseState.DISPATCHED, CaseState.DECIDED):
            assert isinstance(result, Recorded), (who.id, result)
            continue
        elif state is CaseState.ON_BOARD_AGENDA:
            refused(result, RefusalCode.NOT_SENT)
        else:
            refused(result, RefusalCode.ALREADY)
            assert not made.log
        assert not made.memory.state.decisions
        assert sitting(made).rev == 1


# -- any order ---------------------------------------------------------------------------------------------------------

ITEMS = (FIRST, ONE, TWO, OTHER)
STEP = st.one_of(
    st.tuples(st.just("call"), st.sampled_from([None, *ITEMS])),
    st.tuples(st.just("record"), st.sampled_from(ITEMS), st.sampled_from(Outcome)),
    st.tuples(st.just("seat"), st.sampled_from([SECOND.id, DEPUTY.id, CHAIR.id]), st.booleans()),
    st.tuples(st.just("close")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STEP, max_size=14))
def test_in_any_order_every_item_is_decided_or_it_does_not_close(steps: list[tuple[Any, ...]]) -> None:
    asyncio.run(_in_any_order(steps))


async def _in_any_order(steps: list[tuple[Any, ...]]) -> None:
    made = await under_way(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    for step in steps:
        before = sitting(made)
        result = await _step(made, *step)
        after, decided = sitting(made), {item for _meeting, item in made.memory.state.decisions}
        if step[0] == "close" and before.is_open:
            assert after.is_open is bool(set(ITEMS) - decided)
            assert isinstance(result, Refusal) is after.is_open
        if isinstance(result, Refusal):
            assert after == before
        assert after.rev >= before.rev
        assert after.current in ITEMS
        assert len({seat_.member for seat_ in after.seats}) == len(after.seats)
        assert not (before.state is SittingState.CLOSED and after.is_open)
        _cases_agree(made)


async def _step(made: Desk, what: str, *rest: Any) -> Any:
    if what == "call":
        return await call(made, rest[0])
    if what == "record":
        return await record(made, rest[0], rest[1], **WORDS[rest[1]])
    return await seat(made, rest[0], present=rest[1]) if what == "seat" else await close(made)


def _cases_agree(made: Desk) -> None:
    """One decision a case and meeting, and the case says the same."""
    found = {d.case: d for d in made.memory.state.decisions.values() if d.case}
    for name in ("case-1", "case-2"):
        case, done = made.case(name), found.get(name)  # type: ignore[call-overload]  # ids are strings
        assert case.state is (CaseState.DECIDED if done else CaseState.DISPATCHED)
        assert case.board_outcome is (done.outcome if done else None)
    logged = [e for e in made.memory.state.history if e.what is Happened.DECISION_RECORDED]
    assert len(logged) == sum(d.rev for d in made.memory.state.decisions.values())

"""The working group's meeting: all its cases are on it, their treatment decides them, and it closes after that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.agenda import ItemKind
from board.commands import WithdrawCase
from board.decision import Outcome
from board.errors import RefusalCode
from board.ids import CaseId, ItemId
from board.sitting_commands import CloseMeeting, RecordDecision, StartMeeting
from board.states import CaseState
from board.treatment import WgOutcome
from board.usecases.close_meeting import close_meeting
from board.usecases.record_decision import record_decision
from board.usecases.start_meeting import start_meeting
from board.usecases.withdraw_case import withdraw_case
from tests.board.group_support import REP, WG, WG_MEMBER, group_desk, named, schedule, treat
from tests.board.sitting_support import did
from tests.board.support import LEAD, SUBMITTER, Desk, case_in, refused

ABOUT = f"sitting:{WG.id}"


async def held(count: int = 2) -> Desk:
    made = await group_desk(*(named(case_in(CaseState.READY_FOR_WG), f"case-{n}") for n in range(1, count + 1)))
    for n in range(1, count + 1):
        await schedule(made, case=f"case-{n}")
    made.clock.set(WG.starts_at + timedelta(minutes=1))
    await did(made, start_meeting, StartMeeting(WG.id))
    return made


def item(made: Desk, kind: ItemKind) -> ItemId:
    return next(one.id for one in made.memory.state.agendas[WG.id].items if one.kind is kind)


async def record(made: Desk, kind: ItemKind, outcome: Outcome) -> object:
    return await did(made, record_decision, RecordDecision(WG.id, item(made, kind), outcome))


async def standing_items(made: Desk) -> None:
    await record(made, ItemKind.AGENDA, Outcome.ADOPTED)
    await record(made, ItemKind.OTHER, Outcome.NOTED)


async def test_it_opens_with_all_its_cases_and_the_whole_group() -> None:
    made = await held()
    sitting = made.memory.state.sittings[WG.id]
    on_it = [one.case for one in made.memory.state.agendas[WG.id].items if one.case]
    assert on_it == ["case-1", "case-2"]
    assert len(sitting.items) == 4
    assert set(sitting.present) == {LEAD.id, REP.id, WG_MEMBER.id}
    assert {p for kind, p in made.told if kind == "meeting.started"} == {REP.id, WG_MEMBER.id}


async def test_a_treatment_is_what_decides_a_case_and_the_cards_follow() -> None:
    made = await held(1)
    case = next(one.id for one in made.memory.state.agendas[WG.id].items if one.case)
    refused(await did(made, record_decision, RecordDecision(WG.id, case, Outcome.DISCUSSED)), RefusalCode.MEETING_UNFIT)
    await standing_items(made)
    told = refused(await did(made, close_meeting, CloseMeeting(WG.id)), RefusalCode.UNDECIDED)
    assert told.params["items"] == (case,)
    await treat(made, WgOutcome.RECOMMENDED, "")
    await did(made, close_meeting, CloseMeeting(WG.id))
    assert not made.memory.state.sittings[WG.id].is_open


@pytest.mark.parametrize("outcome", WgOutcome)
async def test_each_outcome_decides_it(outcome: WgOutcome) -> None:
    made = await held(1)
    await standing_items(made)
    await treat(made, outcome)
    await did(made, close_meeting, CloseMeeting(WG.id))
    assert not made.memory.state.sittings[WG.id].is_open


async def test_a_case_that_is_taken_back_does_not_keep_it_open() -> None:
    made = await held(1)
    await standing_items(made)
    await did(made, withdraw_case, WithdrawCase(CaseId("case-1"), "Stanset."), SUBMITTER)
    assert made.memory.state.agendas[WG.id].item_of(CaseId("case-1")), "the agenda is as it was opened"
    await did(made, close_meeting, CloseMeeting(WG.id))
    assert not made.memory.state.sittings[WG.id].is_open


async def test_no_case_comes_on_it_once_it_is_opened() -> None:
    made = await group_desk(named(case_in(CaseState.READY_FOR_WG), "case-1"))
    made.clock.set(WG.starts_at - timedelta(minutes=10))
    await did(made, start_meeting, StartMeeting(WG.id))
    refused(await schedule(made), RefusalCode.MEETING_UNFIT)
    assert made.case().state is CaseState.READY_FOR_WG

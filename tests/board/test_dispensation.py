"""Dispensations: asked by the office, ruled by the chair alone, with a reason either way, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.dispensation import Dispensation, DispensationState, GateId
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DispensationId, MeetingId
from board.meeting_commands import AskDispensation, RuleDispensation
from board.people import Actor, Role
from board.states import CaseState
from board.usecases.ask_dispensation import ask_dispensation
from board.usecases.rule_dispensation import rule_dispensation
from tests.board.pack_support import CHAIR, DAY, at, exclude, pack_desk
from tests.board.support import (
    BOARD_MEETING,
    COLLEAGUE,
    LEAD,
    NOW,
    OFFICE,
    OTHERS,
    OWNER,
    STRANGER,
    SUBMITTER,
    WG_MEETING,
    Desk,
    case_in,
    refused,
)

G = GateId


async def _ask(
    desk: Desk,
    gate: GateId = G.TEN_DAYS,
    *,
    by: Actor = OFFICE,
    reason: str = "Leverandøren ble forsinket.",
    case: str | None = None,
    meeting: MeetingId = BOARD_MEETING,
) -> Dispensation | Refusal:
    async with desk.memory.work.write() as work:
        command = AskDispensation(meeting, gate, reason, CaseId(case) if case else None)
        result = await ask_dispensation(command, by, work, desk.rules)
        await work.commit()
    return result


async def _asked(desk: Desk, gate: GateId = G.TEN_DAYS, case: str | None = None) -> Dispensation:
    result = await _ask(desk, gate, case=case)
    assert isinstance(result, Dispensation), result
    return result


async def _rule(
    desk: Desk,
    which: str,
    *,
    by: Actor = CHAIR,
    granted: bool = True,
    reason: str = "Saken haster.",
    rev: int | None = 1,
) -> Dispensation | Refusal:
    async with desk.memory.work.write() as work:
        command = RuleDispensation(DispensationId(which), granted, reason, rev)
        result = await rule_dispensation(command, by, work, desk.rules)
        await work.commit()
    return result


async def _ready_desk(state: CaseState = CaseState.READY_FOR_WG) -> Desk:
    desk = await pack_desk()
    await desk.keep(replace(case_in(state), id=CaseId("case-9")))
    return desk


# -- asking --------------------------------------------------------------------------------------------------------


async def test_the_chair_is_asked_with_a_duty_until_the_next_working_day() -> None:
    desk = await pack_desk()
    asked = await _asked(desk)
    assert (asked.state, asked.reason) == (DispensationState.ASKED, "Leverandøren ble forsinket.")
    assert desk.told == {("dispensation.asked", CHAIR.id)}
    (duty,) = desk.memory.state.duties.values()
    assert (duty.kind, duty.person, duty.object_id, duty.part) == (
        DutyKind.DISPENSE, CHAIR.id, BOARD_MEETING, asked.id,
    )  # fmt: skip
    assert duty.due == date(2026, 3, 3)
    (event,) = [e for e in desk.memory.state.history if e.what == "dispensation.asked"]
    assert (event.object_id, event.reason, event.details["gate"]) == (BOARD_MEETING, asked.reason, "ten_days")


@pytest.mark.parametrize("by", [*OTHERS, SUBMITTER, OWNER, STRANGER], ids=lambda a: a.id)
async def test_only_the_office_and_its_lead_may_ask_and_a_refusal_is_in_the_log(by: Actor) -> None:
    desk = await pack_desk()
    refused(await _ask(desk, by=by), RefusalCode.NOT_ALLOWED)
    assert ("act.refused", BOARD_MEETING, by.id) in desk.log
    assert not desk.memory.state.dispensations


async def test_the_lead_and_colleagues_may_ask_too() -> None:
    for by in (LEAD, COLLEAGUE):
        assert isinstance(await _ask(await pack_desk(), by=by), Dispensation)


@pytest.mark.parametrize("gate", sorted(set(GateId) - {G.TEN_DAYS, G.WG_TREATMENT}))
async def test_there_is_no_dispensation_from_any_other_gate(gate: GateId) -> None:
    refused(await _ask(await pack_desk(), gate), RefusalCode.UNKNOWN_CHOICE)


async def test_a_reason_is_needed_and_bounded() -> None:
    desk = await pack_desk()
    refused(await _ask(desk, reason=" "), RefusalCode.REASON_NEEDED)
    refused(await _ask(desk, reason="x" * 4001), RefusalCode.TOO_LONG)


async def test_one_question_at_a_time_and_none_after_a_yes_but_anew_after_a_no() -> None:
    desk = await pack_desk()
    first = await _asked(desk)
    refused(await _ask(desk, by=LEAD), RefusalCode.ALREADY)
    await _rule(desk, first.id, granted=False)
    second = await _asked(desk)
    await _rule(desk, second.id)
    refusal = refused(await _ask(desk), RefusalCode.ALREADY)
    assert refusal.params["by"] == CHAIR.id


async def test_a_meeting_of_another_body_or_one_that_has_begun_gets_none() -> None:
    desk = await pack_desk()
    refused(await _ask(desk, meeting=WG_MEETING), RefusalCode.MEETING_UNFIT)
    refused(await _ask(desk, meeting=MeetingId("nowhere")), RefusalCode.NOT_FOUND)
    desk.clock.set(at(DAY))
    refused(await _ask(desk), RefusalCode.MEETING_UNFIT)


async def test_from_the_working_group_one_is_asked_for_a_case_that_has_not_been_treated() -> None:
    for state in (CaseState.READY_FOR_WG, CaseState.ON_WG_AGENDA):
        desk = await _ready_desk(state)
        asked = await _asked(desk, G.WG_TREATMENT, "case-9")
        assert asked.case == "case-9"
    desk = await _ready_desk()
    refused(await _ask(desk, G.WG_TREATMENT), RefusalCode.NOT_FOUND)
    refused(await _ask(desk, G.WG_TREATMENT, case="case-1"), RefusalCode.ALREADY)


async def test_who_is_inhabil_in_the_case_can_neither_ask_nor_rule() -> None:
    desk = await _ready_desk()
    await exclude(desk, CaseId("case-9"), OFFICE.id)
    refused(await _ask(desk, G.WG_TREATMENT, case="case-9"), RefusalCode.NOT_FOUND)
    asked = await _ask(desk, G.WG_TREATMENT, case="case-9", by=COLLEAGUE)
    assert isinstance(asked, Dispensation)
    await exclude(desk, CaseId("case-9"), CHAIR.id)
    refused(await _rule(desk, asked.id), RefusalCode.NOT_FOUND)


# -- ruling --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("granted", [True, False])
async def test_the_chairs_word_is_kept_told_to_the_office_and_ends_the_duty(granted: bool) -> None:
    desk = await pack_desk()
    asked = await _asked(desk)
    ruled = await _rule(desk, asked.id, granted=granted)
    assert isinstance(ruled, Dispensation)
    assert (ruled.is_granted, ruled.ruling, ruled.ruled_by, ruled.ruled_at) == (granted, "Saken haster.", CHAIR.id, NOW)
    assert {p for k, p in desk.told if k == "dispensation.ruled"} == {OFFICE.id, COLLEAGUE.id, LEAD.id}
    assert not any(duty.is_open for duty in desk.memory.state.duties.values())
    what = "dispensation.granted" if granted else "dispensation.refused"
    (event,) = [e for e in desk.memory.state.history if e.what == what]
    assert (event.object_id, event.reason) == (BOARD_MEETING, "Saken haster.")


@pytest.mark.parametrize("by", [*(o for o in OTHERS if o is not CHAIR), OFFICE, LEAD, SUBMITTER, STRANGER])
@pytest.mark.parametrize("granted", [True, False])
async def test_nobody_but_the_chair_rules(by: Actor, granted: bool) -> None:
    desk = await pack_desk()
    asked = await _asked(desk)
    refusal = refused(await _rule(desk, asked.id, by=by, granted=granted), RefusalCode.NOT_ALLOWED)
    assert refusal.params["roles"] == (Role.CHAIR,)
    assert ("act.refused", BOARD_MEETING, by.id) in desk.log
    assert desk.memory.state.dispensations[asked.id].is_open


async def test_a_reason_is_needed_either_way() -> None:
    desk = await pack_desk()
    asked = await _asked(desk)
    for granted in (True, False):
        refused(await _rule(desk, asked.id, granted=granted, reason="  "), RefusalCode.REASON_NEEDED)
    refused(await _rule(desk, asked.id, reason="x" * 4001), RefusalCode.TOO_LONG)


async def test_pressing_again_answers_what_was_ruled_and_an_old_button_that_it_is_old() -> None:
    desk = await pack_desk()
    asked = await _asked(desk)
    refused(await _rule(desk, asked.id, rev=7), RefusalCode.STALE)
    await _rule(desk, asked.id)
    refusal = refused(await _rule(desk, asked.id, granted=False), RefusalCode.ALREADY)
    assert refusal.params["by"] == CHAIR.id
    assert desk.memory.state.dispensations[asked.id].is_granted


async def test_a_forged_id_is_not_found_and_logged() -> None:
    desk = await pack_desk()
    refused(await _rule(desk, "forged"), RefusalCode.NOT_FOUND)
    assert ("act.refused", "forged", CHAIR.id) in desk.log

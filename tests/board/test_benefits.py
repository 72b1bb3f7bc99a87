"""Benefit checkpoints: six, twelve and twenty-four months after an ended project's decision (mandatet § 2, § 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from board.benefits import BenefitStatus
from board.duty import DutyKind
from board.errors import RefusalCode
from board.events import Happened
from board.notices import NoticeKind
from board.people import Actor, Body, Holding, Role
from board.states import CaseState
from tests.board.after_support import DIRECTORS, FIRST, ORGANISATIONS, After, after_meeting, decided_case
from tests.board.support import LEAD, OFFICE, OTHERS, OWNER, STRANGER, SUBMITTER, refused

BENEFIT_OWNER = next(one for one in OTHERS if Role.BENEFIT_OWNER in one.roles)


async def _ended(**changes: object) -> After:
    case = replace(decided_case("slutt", "003-2026", "bp5"), **changes)  # type: ignore[arg-type]  # fields of Case
    after = await after_meeting((FIRST, case))
    await after.publish("slutt")
    return after


async def _asked() -> After:
    after = await _ended()
    after.desk.clock.set(datetime(2026, 9, 2, 6, tzinfo=UTC))
    await after.tick()
    return after


def asked(after: After) -> list[tuple[str, str]]:
    found = [duty for duty in after.desk.memory.state.duties.values() if duty.kind is DutyKind.BENEFIT]
    return [(duty.person, duty.part) for duty in found]


async def test_the_checkpoints_are_planned_when_the_decision_is_published() -> None:
    after = await _ended()
    steps = sorted(after.desk.memory.state.later.values(), key=lambda step: step.at)
    assert [(step.part, step.at.date()) for step in steps] == [
        ("6", date(2026, 9, 2)),
        ("12", date(2027, 3, 2)),
        ("24", date(2028, 3, 2)),
    ]


async def test_other_cases_have_none() -> None:
    after = await after_meeting((FIRST, decided_case("en", "001-2026")))
    await after.publish("en")
    assert not after.desk.memory.state.later


async def test_the_project_owner_is_asked_where_no_benefit_owner_is_known() -> None:
    after = await _asked()
    await after.tick()
    assert asked(after) == [(OWNER.id, "6")]
    assert (NoticeKind.BENEFIT_ASKED, OWNER.id) in after.desk.told


async def test_the_benefit_owner_of_the_owners_organisation_is_asked() -> None:
    after = await _ended()
    async with after.desk.memory.work.write() as unit:
        here = ORGANISATIONS[0].id
        await unit.people.add(replace(OWNER.person, organisation=here))
        await unit.people.hold(Holding(DIRECTORS[0].id, Role.BENEFIT_OWNER, Body.BOARD, date(2022, 1, 1)))
        await unit.commit()
    after.desk.clock.set(datetime(2026, 9, 2, 6, tzinfo=UTC))
    await after.tick()
    assert asked(after) == [(DIRECTORS[0].id, "6")]


async def test_one_who_is_inhabil_is_not_asked() -> None:
    after = await _ended(excluded=frozenset({OWNER.id}))
    after.desk.clock.set(datetime(2026, 9, 2, 6, tzinfo=UTC))
    await after.tick()
    assert not asked(after)


async def test_a_report_becomes_an_orientation_case_with_the_office() -> None:
    after = await _asked()
    report = await after.report(OWNER)
    (made,) = [case for case in after.desk.memory.state.cases.values() if case.case_type == "benefits"]
    assert report == after.desk.memory.state.benefits["slutt", 6]
    assert after.desk.memory.state.benefits["slutt", 6].made == made.id
    assert (made.state, made.submitter, made.owner) == (CaseState.SUBMITTED, OFFICE.id, OWNER.id)
    assert made.sub_portfolio == "clinical"
    assert made.content.benefits == "Halvveis."
    assert not [d for d in after.desk.memory.state.duties.values() if d.kind is DutyKind.BENEFIT and d.is_open]
    assert (Happened.BENEFIT_REPORTED, "slutt", OWNER.id) in after.desk.log


async def test_what_follows_an_exempt_case_is_exempt_and_hidden_from_the_same() -> None:
    case = decided_case("slutt", "003-2026", "bp5")
    secret = replace(case.content, classification="exempt", legal_basis="offl. § 23", public_title="Sak")
    after = await _ended(content=secret, excluded=frozenset({LEAD.id}))
    after.desk.clock.set(datetime(2026, 9, 2, 6, tzinfo=UTC))
    await after.tick()
    await after.report(OWNER)
    (made,) = [case for case in after.desk.memory.state.cases.values() if case.case_type == "benefits"]
    assert made.content.classification == "exempt"
    assert (made.content.legal_basis, made.content.public_title) == ("offl. § 23", "Sak")
    assert made.excluded == {LEAD.id}
    assert not made.may_be_seen_by(LEAD)


async def test_a_checkpoint_is_answered_once() -> None:
    after = await _asked()
    await after.report(OWNER)
    refusal = refused(await after.report(OWNER, status=BenefitStatus.NOT), RefusalCode.ALREADY)
    assert refusal.params["by"] == OWNER.id
    assert after.desk.memory.state.benefits["slutt", 6].status is BenefitStatus.PARTLY


async def test_all_that_is_missing_is_named() -> None:
    after = await _asked()
    refusal = refused(await after.report(OWNER, status=None, text=" "), RefusalCode.INCOMPLETE)
    assert refusal.params["fields"] == ("status", "text")
    refused(await after.report(OWNER, text="x" * 4001), RefusalCode.TOO_LONG)
    assert not after.desk.memory.state.benefits


@pytest.mark.parametrize("who", [SUBMITTER, OFFICE, BENEFIT_OWNER, STRANGER], ids=lambda who: who.id)
async def test_only_who_is_asked_reports(who: Actor) -> None:
    after = await _asked()
    result = await after.report(who)
    code = RefusalCode.NOT_ALLOWED if who in (SUBMITTER, OFFICE) else RefusalCode.NOT_FOUND
    refused(result, code)
    assert after.desk.log[-1][0] == "act.refused"


async def test_nobody_reports_before_it_is_asked() -> None:
    after = await _ended()
    refused(await after.report(OWNER), RefusalCode.NOT_ALLOWED)

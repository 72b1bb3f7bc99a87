"""A case from ready_for_wg on: each act × state × person at the entity itself, and what each act leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from board import case_intake
from board.case import Case, Changed, Result
from board.case_course import (
    accept_late,
    ask_late,
    classify,
    dispatch,
    move,
    refuse_late,
    schedule,
    schedule_wg,
    treat,
)
from board.errors import Refusal, RefusalCode
from board.ids import DocumentId, MeetingId, PersonId
from board.people import WORKING_GROUP, Actor, Role
from board.states import CaseAct, CaseState
from board.treatment import NEEDS_REMARKS, WgOutcome
from tests.board.support import (
    BOARD_MEETING,
    COURSE,
    DEADLINE,
    LEAD,
    NOW,
    OFFICE,
    OTHERS,
    OWNER,
    STRANGER,
    SUBMITTER,
    WG_MEETING,
    case_in,
    document,
    done,
    mandate,
    refused,
)

A, S = CaseAct, CaseState
CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
WITH_OFFICE: Final = (S.SUBMITTED, *COURSE)
LATER: Final = MeetingId("board-2")


def _late(case: Case) -> Case:
    return done(ask_late(case, OFFICE, BOARD_MEETING, "Budsjettet ble klart i går.", NOW)).case


ACTS: Final[dict[CaseAct, Callable[[Case, Actor], Result]]] = {
    A.WG_SCHEDULE: lambda c, who: schedule_wg(c, who, WG_MEETING, "AU 002-2026", DEADLINE, NOW),
    A.TREAT: lambda c, who: treat(c, who, WgOutcome.RECOMMENDED, "", NOW, NOW),
    A.SCHEDULE: lambda c, who: schedule(c, who, BOARD_MEETING, "002-2026", "§ 5", NOW, dispensed=False),
    A.MOVE: lambda c, who: move(c, who, LATER, NOW),
    A.DISPATCH: lambda c, who: dispatch(c, who, NOW),
    A.CLASSIFY: lambda c, who: classify(c, who, c.documents[0].id, "offl. § 23", None, NOW, exempt=True),
    A.LATE_ASK: lambda c, who: ask_late(c, who, BOARD_MEETING, "Budsjettet ble klart i går.", NOW),
    A.LATE_ACCEPT: lambda c, who: accept_late(c, who, NOW),
    A.LATE_REFUSE: lambda c, who: refuse_late(c, who, "Vi rekker det ikke.", NOW),
}
HANDLE = {OFFICE.id, LEAD.id}
LET: Final[dict[CaseAct, tuple[set[PersonId], tuple[CaseState, ...]]]] = {
    A.WG_SCHEDULE: (HANDLE, (S.READY_FOR_WG,)),
    A.TREAT: (HANDLE, (S.ON_WG_AGENDA,)),
    A.SCHEDULE: (HANDLE, (S.WG_TREATED,)),
    A.MOVE: (HANDLE, (S.ON_BOARD_AGENDA, S.DISPATCHED)),
    A.DISPATCH: (HANDLE, (S.ON_BOARD_AGENDA,)),
    A.CLASSIFY: (HANDLE | {SUBMITTER.id}, (S.DRAFT, S.INCOMPLETE, *WITH_OFFICE)),
    A.LATE_ASK: (HANDLE, WITH_OFFICE),
    A.LATE_ACCEPT: ({LEAD.id}, WITH_OFFICE),
    A.LATE_REFUSE: ({LEAD.id}, WITH_OFFICE),
}
MAY_EVER: Final = {A.CLASSIFY: HANDLE | {SUBMITTER.id}, A.LATE_ACCEPT: {LEAD.id, CHAIR.id}}
OWN: Final = {A.CLASSIFY: (S.DRAFT, S.INCOMPLETE)}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("state", list(CaseState))
def test_each_person_may_do_what_the_process_says(act: CaseAct, state: CaseState) -> None:
    before = case_in(state)
    if act in (A.LATE_ACCEPT, A.LATE_REFUSE) and state in WITH_OFFICE:
        before = _late(before)
    people, states = LET[act]
    for person in (SUBMITTER, OWNER, OFFICE, LEAD, STRANGER, *OTHERS):
        result = ACTS[act](before, person)
        own = person.id == SUBMITTER.id or state not in OWN.get(act, ())
        if person.id in people and state in states and own and before.may_be_seen_by(person):
            assert done(result).case.rev == before.rev + 1, person.id
            continue
        assert isinstance(result, Refusal), (person.id, state)
        if not before.may_be_seen_by(person):
            assert result.code is RefusalCode.NOT_FOUND
        elif person.id in people and state in states and not own:
            assert result.code is RefusalCode.NOT_ALLOWED
        elif person.id not in people:
            assert result.code in (RefusalCode.NOT_ALLOWED, RefusalCode.ALREADY), person.id
        else:
            assert result.code in (RefusalCode.ALREADY, RefusalCode.WG_TREATMENT, RefusalCode.NOT_FOUND)


@pytest.mark.parametrize("state", COURSE)
def test_one_who_is_inhabil_finds_no_case(state: CaseState) -> None:
    """Whatever else the person is to it: submitter, owner, office, working group, board."""
    case = replace(case_in(state), excluded=frozenset(p.id for p in (SUBMITTER, OWNER, OFFICE, LEAD, *OTHERS)))
    for person in (SUBMITTER, OWNER, OFFICE, LEAD, *OTHERS):
        assert not case.may_be_seen_by(person)
        assert not case.allowed_acts(person)
        for act in ACTS.values():
            refused(act(case, person), RefusalCode.NOT_FOUND)


def test_who_sees_it_when() -> None:
    group = [one for one in OTHERS if one.roles & WORKING_GROUP]
    members = [one for one in OTHERS if one.roles & {Role.MEMBER, Role.DEPUTY, Role.OBSERVER}]
    for state in (S.DRAFT, S.AWAITING_OWNER, S.SUBMITTED, *COURSE):
        case = case_in(state)
        assert all(case.may_be_seen_by(one) == (state in COURSE) for one in group)
        assert all(case.may_be_seen_by(one) == (state is S.DISPATCHED) for one in members)
        assert case.may_be_seen_by(CHAIR) == (state in (S.ON_BOARD_AGENDA, S.DISPATCHED))
    assert _late(case_in(S.SUBMITTED)).may_be_seen_by(CHAIR)


@pytest.mark.parametrize("outcome", list(WgOutcome))
def test_what_the_working_group_says(outcome: WgOutcome) -> None:
    """Mandatet § 5: postponed and sent back do not lead to the board; not recommended does, with the advice."""
    case = case_in(S.ON_WG_AGENDA)
    if outcome in NEEDS_REMARKS:
        refused(treat(case, OFFICE, outcome, "  ", NOW, NOW), RefusalCode.REASON_NEEDED)
    after = done(treat(case, OFFICE, outcome, "Vis drift for seg.", NOW, NOW)).case
    leads = {WgOutcome.POSTPONED: S.READY_FOR_WG, WgOutcome.SENT_BACK: S.INCOMPLETE}
    assert after.state is leads.get(outcome, S.WG_TREATED)
    assert (after.wg_outcome, after.wg_remarks) == (outcome, "Vis drift for seg.")
    assert after.reason == ("Vis drift for seg." if outcome is WgOutcome.SENT_BACK else case.reason)


def test_nothing_is_treated_before_the_meeting_begins() -> None:
    case = case_in(S.ON_WG_AGENDA)
    begins = NOW + timedelta(minutes=1)
    refused(treat(case, OFFICE, WgOutcome.RECOMMENDED, "", begins, NOW), RefusalCode.NOT_BEGUN)
    assert done(treat(case, OFFICE, WgOutcome.RECOMMENDED, "", begins, begins)).case.state is S.WG_TREATED


def test_a_postponed_case_gets_a_new_number_and_keeps_the_old_one() -> None:
    case = done(treat(case_in(S.ON_WG_AGENDA), OFFICE, WgOutcome.POSTPONED, "Neste møte.", NOW, NOW)).case
    again = done(schedule_wg(case, OFFICE, MeetingId("wg-2"), "AU 009-2026", DEADLINE, NOW)).case
    assert again.wg_number == "AU 009-2026"
    assert again.earlier_numbers == ("AU 001-2026",)
    assert again.wg_outcome is None


@pytest.mark.parametrize("state", [S.READY_FOR_WG, S.ON_WG_AGENDA])
def test_only_the_chairs_dispensation_leads_past_the_working_group(state: CaseState) -> None:
    """Mandatet § 5."""
    case = case_in(state)
    gate = refused(
        schedule(case, OFFICE, BOARD_MEETING, "001-2026", "§ 5", NOW, dispensed=False), RefusalCode.WG_TREATMENT
    )
    assert gate.paragraph == "§ 5"
    after = done(schedule(case, OFFICE, BOARD_MEETING, "001-2026", "§ 5", NOW, dispensed=True)).case
    assert after.state is S.ON_BOARD_AGENDA


def test_a_moved_case_keeps_its_number() -> None:
    after = done(move(case_in(S.ON_BOARD_AGENDA), OFFICE, LATER, NOW)).case
    assert (after.board_meeting, after.board_number) == (LATER, "001-2026")


def test_a_late_case_goes_from_the_lead_to_the_chair() -> None:
    asked = _late(case_in(S.SUBMITTED))
    refused(accept_late(asked, CHAIR, NOW), RefusalCode.NOT_ALLOWED)
    by_lead = done(accept_late(asked, LEAD, NOW)).case
    refused(accept_late(by_lead, LEAD, NOW), RefusalCode.ALREADY)
    accepted = done(accept_late(by_lead, CHAIR, NOW)).case
    assert accepted.late is not None
    assert accepted.late.is_accepted
    refused(accept_late(accepted, CHAIR, NOW), RefusalCode.ALREADY)
    refused(ask_late(by_lead, OFFICE, BOARD_MEETING, "Igjen", NOW), RefusalCode.ALREADY)
    own = done(ask_late(case_in(S.SUBMITTED), LEAD, BOARD_MEETING, "Haster.", NOW)).case
    assert own.late is not None
    assert own.late.awaits is Role.CHAIR, "asked by the portfolio lead, it is accepted by the portfolio lead"


def test_a_refused_late_case_says_why_and_can_be_asked_for_again() -> None:
    asked = _late(case_in(S.WG_TREATED))
    refused(refuse_late(asked, LEAD, " ", NOW), RefusalCode.REASON_NEEDED)
    after = done(refuse_late(asked, LEAD, "Vi rekker det ikke.", NOW)).case
    assert after.late is not None
    assert not after.late.is_accepted
    refused(accept_late(after, LEAD, NOW), RefusalCode.ALREADY)
    assert done(ask_late(after, OFFICE, LATER, "Til neste møte.", NOW)).case.late != after.late


def test_a_document_is_classified_with_its_paragraph_and_day() -> None:
    case = case_in(S.WG_TREATED)
    first = case.documents[0].id
    refused(classify(case, OFFICE, first, " ", None, NOW, exempt=True), RefusalCode.REASON_NEEDED)
    refused(classify(case, OFFICE, DocumentId("x"), "§", None, NOW, exempt=True), RefusalCode.DOCUMENT_UNKNOWN)
    until = date(2028, 1, 1)
    after = done(classify(case, OFFICE, first, "offl. § 23", until, NOW, exempt=True)).case
    found = after.documents[0]
    assert (found.exempt, found.legal_basis, found.exempt_until) == (True, "offl. § 23", until)
    assert found.is_exempt_on(until)
    assert not found.is_exempt_on(until + timedelta(days=1))
    assert after.last == case.last, "an old button does not answer with it"
    assert classify(after, OFFICE, first, "offl. § 23", until, NOW, exempt=True) == Changed(after, ())
    opened = done(classify(after, OFFICE, first, "noe", until, NOW, exempt=False)).case.documents[0]
    assert (opened.exempt, opened.legal_basis, opened.exempt_until) == (False, "", None)


def test_documents_follow_the_case_when_it_becomes_exempt() -> None:
    """An enclosure of an exempt case is not printed as open, unless somebody has said so."""
    case = case_in(S.DRAFT)
    first, *others = (d.id for d in case.documents)
    exempt = {"classification": "exempt", "legal_basis": "offl. § 23", "public_title": "En anskaffelse"}
    closed = done(case_intake.save(case, SUBMITTER, exempt, {}, NOW)).case
    assert {(d.exempt, d.legal_basis) for d in closed.documents} == {(True, "offl. § 23")}
    added = done(case_intake.attach(closed, SUBMITTER, document("other", "nytt"), mandate(), NOW)).case.documents[-1]
    assert (added.exempt, added.legal_basis) == (True, "offl. § 23")
    opened = done(classify(closed, SUBMITTER, first, "", None, NOW, exempt=False)).case
    renamed = done(case_intake.save(opened, SUBMITTER, {"legal_basis": "offl. § 14"}, {}, NOW)).case
    assert [(d.exempt, d.legal_basis) for d in renamed.documents] == [
        *[(False, "")],
        *[(True, "offl. § 14") for _ in others],
    ]
    reopened = done(case_intake.save(renamed, SUBMITTER, {"classification": "open"}, {}, NOW)).case
    assert reopened.documents == renamed.documents, "none becomes open by itself"

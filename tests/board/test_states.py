"""The transitions are those of ``process.md`` («A case's life»), no more and no fewer, and contradictions are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.people import HANDLERS, Role
from board.states import (
    BEFORE_WG,
    CASE_TRANSITIONS,
    EDITABLE,
    ENDED,
    CaseAct,
    CaseState,
    Transition,
    Variant,
    check_transitions,
    roles_for,
    transition_for,
)

SUBMITTER, OWNER = frozenset({Role.SUBMITTER}), frozenset({Role.PROJECT_OWNER})
PAPERS, RULERS = HANDLERS | SUBMITTER, frozenset({Role.PORTFOLIO_LEAD, Role.CHAIR})
REPS = frozenset({Role.EMPLOYEE_REP})
ON_ITS_WAY = ("ready_for_wg", "on_wg_agenda", "wg_treated", "on_board_agenda", "dispatched")
LIFE = {
    ("save", "draft", "draft", SUBMITTER),
    ("save", "incomplete", "incomplete", SUBMITTER),
    ("attach", "draft", "draft", SUBMITTER),
    ("attach", "incomplete", "incomplete", SUBMITTER),
    ("submit", "draft", "awaiting_owner", SUBMITTER),
    ("submit", "draft", "submitted", SUBMITTER),
    ("submit", "incomplete", "submitted", SUBMITTER),
    ("submit", "incomplete", "awaiting_owner", SUBMITTER),
    ("confirm", "awaiting_owner", "submitted", OWNER),
    ("decline", "awaiting_owner", "draft", OWNER),
    ("accept", "submitted", "ready_for_wg", HANDLERS),
    ("return", "submitted", "incomplete", HANDLERS),
    ("out_of_scope", "submitted", "out_of_scope", HANDLERS),
    ("out_of_scope", "draft", "out_of_scope", SUBMITTER),
    ("withdraw", "draft", "withdrawn", SUBMITTER),
    ("withdraw", "awaiting_owner", "withdrawn", SUBMITTER),
    ("withdraw", "submitted", "withdrawn", SUBMITTER),
    ("withdraw", "incomplete", "withdrawn", SUBMITTER),
    ("wg_schedule", "ready_for_wg", "on_wg_agenda", HANDLERS),
    ("treat", "on_wg_agenda", "wg_treated", HANDLERS),
    ("treat", "on_wg_agenda", "ready_for_wg", HANDLERS),
    ("treat", "on_wg_agenda", "incomplete", HANDLERS),
    ("save", "wg_treated", "wg_treated", PAPERS),
    ("schedule", "wg_treated", "on_board_agenda", HANDLERS),
    ("schedule", "ready_for_wg", "on_board_agenda", HANDLERS),
    ("schedule", "on_wg_agenda", "on_board_agenda", HANDLERS),
    ("move", "on_board_agenda", "on_board_agenda", HANDLERS),
    ("move", "dispatched", "on_board_agenda", HANDLERS),
    ("dispatch", "on_board_agenda", "dispatched", HANDLERS),
    ("decide", "dispatched", "decided", HANDLERS),
    ("decide", "decided", "decided", HANDLERS),
    ("decide", "on_board_agenda", "decided", HANDLERS),
    ("publish", "decided", "published", HANDLERS),
    ("publish", "decided", "wg_treated", HANDLERS),
    ("publish", "decided", "ready_for_wg", HANDLERS),
    ("publish", "decided", "incomplete", HANDLERS),
    ("publish", "decided", "withdrawn", HANDLERS),
    ("minute", "published", "minuted", HANDLERS),
    ("close", "minuted", "closed", HANDLERS),
    ("release", "on_wg_agenda", "ready_for_wg", HANDLERS),
    ("release", "on_board_agenda", "wg_treated", HANDLERS),
    ("release", "dispatched", "wg_treated", HANDLERS),
    ("release", "on_board_agenda", "ready_for_wg", HANDLERS),
    ("release", "dispatched", "ready_for_wg", HANDLERS),
    ("statement", "on_wg_agenda", "on_wg_agenda", REPS),
    ("statement", "wg_treated", "wg_treated", REPS),
    *(("attach", state, state, PAPERS) for state in ON_ITS_WAY),
    *(("classify", state, state, SUBMITTER) for state in ("draft", "incomplete")),
    *(("classify", state, state, PAPERS) for state in ("submitted", *ON_ITS_WAY)),
    *(("late_ask", state, state, HANDLERS) for state in ("submitted", *ON_ITS_WAY)),
    *(("late_accept", state, state, RULERS) for state in ("submitted", *ON_ITS_WAY)),
    *(("late_refuse", state, state, RULERS) for state in ("submitted", *ON_ITS_WAY)),
    *(("withdraw", state, "withdrawn", SUBMITTER) for state in ON_ITS_WAY),
}


def test_the_table_is_the_one_of_the_process() -> None:
    assert {(str(t.act), str(t.source), str(t.target), t.by) for t in CASE_TRANSITIONS} == LIFE
    assert len(CASE_TRANSITIONS) == len(LIFE)


def test_only_handing_on_passes_the_owner_by() -> None:
    short = {(t.act, t.source, t.target) for t in CASE_TRANSITIONS if t.variant is Variant.SKIPS_OWNER}
    assert short == {
        (CaseAct.SUBMIT, CaseState.DRAFT, CaseState.SUBMITTED),
        (CaseAct.SUBMIT, CaseState.INCOMPLETE, CaseState.SUBMITTED),
    }
    own = transition_for(CaseAct.SUBMIT, CaseState.DRAFT, Variant.SKIPS_OWNER)
    assert own is not None
    assert own.target is CaseState.SUBMITTED
    usual = transition_for(CaseAct.SUBMIT, CaseState.DRAFT)
    assert usual is not None
    assert usual.target is CaseState.AWAITING_OWNER


def test_an_end_is_an_end() -> None:
    assert {CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE, CaseState.CLOSED} == ENDED
    assert not [t for t in CASE_TRANSITIONS if t.source in ENDED]
    assert {CaseState.DRAFT, CaseState.INCOMPLETE} == EDITABLE


@pytest.mark.parametrize("act", list(CaseAct))
@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("variant", list(Variant))
def test_looking_up_gives_what_the_table_has(act: CaseAct, state: CaseState, variant: Variant) -> None:
    rows = {t.variant: t for t in CASE_TRANSITIONS if (t.act, t.source) == (act, state)}
    assert transition_for(act, state, variant) == (rows.get(variant) or rows.get(Variant.PLAIN))


def test_only_a_dispensation_leads_past_the_working_group() -> None:
    """Mandatet § 5."""
    past = [t for t in CASE_TRANSITIONS if t.target is CaseState.ON_BOARD_AGENDA and t.source in BEFORE_WG]
    assert {t.variant for t in past} == {Variant.DISPENSED}
    assert {t.source for t in past} == BEFORE_WG


@pytest.mark.parametrize("act", list(CaseAct))
def test_a_right_is_judged_by_everyone_who_may_ever_do_it(act: CaseAct) -> None:
    assert roles_for(act) == {role for name, _, _, by in LIFE if name == act for role in by}


FIRST = CASE_TRANSITIONS[0]
WRONG = {
    "two transitions": (*CASE_TRANSITIONS, replace(CASE_TRANSITIONS[4], target=CaseState.INCOMPLETE)),
    "is an end": (
        *CASE_TRANSITIONS,
        Transition(CaseAct.SAVE, CaseState.WITHDRAWN, CaseState.DRAFT, SUBMITTER),
    ),
    "nobody may save": (replace(FIRST, by=frozenset()), *CASE_TRANSITIONS[1:]),
    "nothing leads to": tuple(t for t in CASE_TRANSITIONS if t.target is not CaseState.DISPATCHED),
}


@pytest.mark.parametrize("problem", WRONG)
def test_a_table_that_contradicts_itself_is_refused(problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        check_transitions(WRONG[problem])


def test_the_shipped_table_passes_its_own_check() -> None:
    check_transitions(CASE_TRANSITIONS)

"""What is missing, all at once: for every case type of the shipped mandate, and for exempt cases and documents."""

from __future__ import annotations

import pytest

from board import case_intake
from board.case import Case, completeness
from board.case_content import FIELD_IDS
from board.errors import RefusalCode
from tests.board.support import (
    NOW,
    OWNER,
    SUBMITTER,
    S,
    answers,
    complete,
    document,
    done,
    draft,
    mandate,
    refused,
)

TYPES = [t.id for t in mandate().case_types]


def submit(case: Case) -> object:
    return case_intake.submit(case, SUBMITTER, OWNER, mandate(), NOW)


@pytest.mark.parametrize("case_type", TYPES)
def test_an_empty_draft_lacks_everything_its_type_asks_for_at_once(case_type: str) -> None:
    kind = mandate().case_type[case_type]
    refusal = refused(submit(draft(case_type)), RefusalCode.INCOMPLETE)
    assert refusal.params == {"fields": kind.required, "unread": (), "documents": kind.documents}


@pytest.mark.parametrize("case_type", TYPES)
def test_each_required_answer_counts_and_no_other(case_type: str) -> None:
    kind = mandate().case_type[case_type]
    whole = complete(case_type)
    assert done(case_intake.submit(whole, SUBMITTER, OWNER, mandate(), NOW)).case.state is S.AWAITING_OWNER
    for field_id in kind.required:
        lacking = done(case_intake.save(whole, SUBMITTER, {field_id: None}, {}, NOW)).case
        assert refused(submit(lacking), RefusalCode.INCOMPLETE).params["fields"] == (field_id,)
    for field_id in set(FIELD_IDS) - {*kind.required, "classification"}:
        emptied = done(case_intake.save(whole, SUBMITTER, {field_id: None}, {}, NOW)).case
        assert emptied.completeness(mandate()).may_be_sent, field_id


@pytest.mark.parametrize("case_type", [t.id for t in mandate().case_types if t.documents])
def test_missing_documents_may_be_excused_but_are_counted(case_type: str) -> None:
    asked = mandate().case_type[case_type].documents
    case = done(case_intake.save(draft(case_type), SUBMITTER, answers(case_type), {}, NOW)).case
    case = done(case_intake.attach(case, SUBMITTER, document(asked[0]), mandate(), NOW)).case
    if len(asked) > 1:
        refusal = refused(submit(case), RefusalCode.INCOMPLETE)
        assert (refusal.params["fields"], refusal.params["documents"]) == ((), asked[1:])
    for blank in ("", "  \n"):
        kept = done(case_intake.save(case, SUBMITTER, {"reason_incomplete": blank}, {}, NOW)).case
        assert kept.completeness(mandate()).may_be_sent == (len(asked) == 1)
    excused = done(case_intake.save(case, SUBMITTER, {"reason_incomplete": "Ettersendes i uke 12."}, {}, NOW)).case
    complete_ = completeness(excused, mandate())
    assert complete_.may_be_sent
    assert (complete_.asked, complete_.documents) == (asked, asked[1:])
    assert (
        done(case_intake.submit(excused, SUBMITTER, OWNER, mandate(), NOW)).case.content.reason_incomplete
        == "Ettersendes i uke 12."
    )


def test_another_enclosure_is_no_document_that_was_asked_for() -> None:
    case = done(case_intake.attach(draft("bp1"), SUBMITTER, document("other"), mandate(), NOW)).case
    assert completeness(case, mandate()).documents == ("concept_mandate",)


@pytest.mark.parametrize("case_type", TYPES)
def test_an_exempt_case_needs_a_public_title_and_its_legal_basis(case_type: str) -> None:
    case = done(case_intake.save(complete(case_type), SUBMITTER, {"classification": "exempt"}, {}, NOW)).case
    assert refused(submit(case), RefusalCode.INCOMPLETE).params["fields"] == ("public_title", "legal_basis")
    case = done(case_intake.save(case, SUBMITTER, {"public_title": "Anskaffelse"}, {}, NOW)).case
    assert refused(submit(case), RefusalCode.INCOMPLETE).params["fields"] == ("legal_basis",)
    case = done(case_intake.save(case, SUBMITTER, {"legal_basis": "offentleglova § 23"}, {}, NOW)).case
    assert completeness(case, mandate()).may_be_sent
    opened = done(case_intake.save(case, SUBMITTER, {"classification": "open", "legal_basis": None}, {}, NOW)).case
    assert completeness(opened, mandate()).may_be_sent


def test_an_answer_that_was_not_understood_is_missing_once() -> None:
    case = done(case_intake.save(complete(), SUBMITTER, {"cost_operation": None}, {"cost_operation": "litt"}, NOW)).case
    params = refused(submit(case), RefusalCode.INCOMPLETE).params
    assert (params["fields"], params["unread"]) == ((), ("cost_operation",))


def test_an_answer_that_the_new_case_type_does_not_ask_for_holds_nothing_up() -> None:
    case = done(case_intake.save(complete("bp2"), SUBMITTER, {}, {"cost_operation": "litt"}, NOW)).case
    assert not completeness(case, mandate()).may_be_sent
    case = done(case_intake.attach(case, SUBMITTER, document("concept_mandate"), mandate(), NOW)).case
    retyped = done(case_intake.retype(case, SUBMITTER, ("project", "bp1", "concept"), NOW)).case
    assert completeness(retyped, mandate()).may_be_sent
    assert retyped.content.unread == {"cost_operation": "litt"}, "kept, should the type be changed back"


def test_nought_is_an_answer() -> None:
    case = done(case_intake.save(complete(), SUBMITTER, {"cost_investment": 0, "cost_operation": 0}, {}, NOW)).case
    assert completeness(case, mandate()).may_be_sent

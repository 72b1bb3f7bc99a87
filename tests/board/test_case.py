"""The acts on a case: what each keeps, asks for, and writes in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import case_intake
from board.case import LastChange
from board.case_content import FIELD_IDS, LONG_TEXTS, MAX_LINE, MAX_MINUTES, MAX_TEXT, WHOLE_NUMBERS, Value
from board.documents import MAX_DOCUMENTS, OTHER_DOCUMENT
from board.errors import RefusalCode
from board.events import Event, Happened
from board.notices import notices_for
from board.people import Actor, Role
from tests.board.support import (
    DEADLINE,
    NOW,
    OFFICE,
    OWNER,
    STRANGER,
    SUBMITTER,
    TODAY,
    S,
    actor,
    case_in,
    complete,
    document,
    done,
    draft,
    mandate,
    refused,
)

LATER = NOW + timedelta(hours=5)


def test_a_new_draft_is_its_submitters() -> None:
    case = draft("bp1")
    assert (case.rev, case.state, case.submitter, case.case_type) == (1, S.DRAFT, SUBMITTER.id, "bp1")
    assert case.last == LastChange(Happened.CASE_STARTED, SUBMITTER.id, NOW)
    assert (case.submitted_at, case.received_at) == (None, None)


def test_saving_takes_some_answers_in_and_leaves_the_others() -> None:
    first = done(case_intake.save(draft(), SUBMITTER, {"title": "Kurve", "minutes": 20}, {}, NOW)).case
    changed = done(case_intake.save(first, SUBMITTER, {"summary": "Ny løsning"}, {}, LATER))
    assert changed.case.content == replace(first.content, summary="Ny løsning")
    assert (changed.case.rev, changed.case.updated_at, changed.case.state) == (3, LATER, S.DRAFT)
    assert changed.case.last == first.last, "filling in is no step on the case's way"
    assert changed.events == (
        Event(Happened.CASE_SAVED, first.id, LATER, SUBMITTER.id, 3, "draft", "draft", "", {"fields": "summary"}),
    )


def test_saving_the_same_again_changes_nothing() -> None:
    case = done(case_intake.save(draft(), SUBMITTER, {"title": "Kurve"}, {"minutes": "lenge"}, NOW)).case
    again = done(case_intake.save(case, SUBMITTER, {"title": "Kurve"}, {"minutes": "lenge"}, LATER))
    assert (again.case, again.events) == (case, ())


def test_none_empties_a_field() -> None:
    case = done(
        case_intake.save(draft(), SUBMITTER, {"title": "Kurve", "cost_investment": 1, "project_owner": "ola"}, {}, NOW)
    ).case
    emptied = done(
        case_intake.save(case, SUBMITTER, {"title": None, "cost_investment": None, "project_owner": None}, {}, NOW)
    ).case
    assert emptied.content == draft().content


def test_words_not_understood_are_kept_until_the_answer_is() -> None:
    case = done(case_intake.save(draft(), SUBMITTER, {"cost_investment": 5}, {}, NOW)).case
    unclear = done(case_intake.save(case, SUBMITTER, {}, {"cost_investment": "ganske mye"}, NOW)).case
    assert unclear.content.unread == {"cost_investment": "ganske mye"}
    assert unclear.content.cost_investment == 5
    read = done(case_intake.save(unclear, SUBMITTER, {"cost_investment": 9}, {}, NOW)).case
    assert (read.content.cost_investment, read.content.unread) == (9, {})


@pytest.mark.parametrize("field_id", FIELD_IDS)
def test_each_text_has_its_limit(field_id: str) -> None:
    if field_id in WHOLE_NUMBERS or field_id == "classification":
        return
    limit = MAX_TEXT if field_id in LONG_TEXTS else MAX_LINE
    assert done(case_intake.save(draft(), SUBMITTER, {field_id: "å" * limit}, {}, NOW)).case.content.value(field_id)
    refusal = refused(
        case_intake.save(draft(), SUBMITTER, {field_id: "å" * (limit + 1)}, {}, NOW), RefusalCode.TOO_LONG
    )
    assert refusal.params["fields"] == {field_id: limit}


WRONG: list[tuple[str, Value]] = [
    ("nonsense", "x"),
    ("unread", "x"),
    ("minutes", "15"),
    ("minutes", MAX_MINUTES + 1),
    ("minutes", -1),
    ("cost_investment", True),
    ("cost_investment", 10**15 + 1),
    ("cost_operation", -1),
    ("classification", "secret"),
    ("title", 12),
    ("project_owner", 12),
]


@pytest.mark.parametrize(("field_id", "value"), WRONG)
def test_a_crafted_value_is_refused_whole(field_id: str, value: Value) -> None:
    refusal = refused(
        case_intake.save(draft(), SUBMITTER, {"title": "Kurve", field_id: value}, {}, NOW), RefusalCode.UNKNOWN_CHOICE
    )
    assert refusal.params["fields"] == (field_id,)


def test_a_document_is_added_once() -> None:
    first = done(case_intake.attach(draft(), SUBMITTER, document("stage_plan"), mandate(), LATER))
    event = first.events[0]
    assert (event.what, event.rev) == (Happened.DOCUMENT_ATTACHED, 2)
    assert event.details == {"document": "doc-stage_plan", "type": "stage_plan"}
    again = done(case_intake.attach(first.case, SUBMITTER, document("stage_plan"), mandate(), LATER))
    assert (again.case, again.events) == (first.case, ())
    as_other = done(
        case_intake.attach(
            first.case, SUBMITTER, replace(document("stage_plan"), type=OTHER_DOCUMENT), mandate(), LATER
        )
    )
    assert len(as_other.case.documents) == 2


def test_ten_documents_are_the_limit() -> None:
    case = draft()
    for number in range(MAX_DOCUMENTS):
        case = done(case_intake.attach(case, SUBMITTER, document(OTHER_DOCUMENT, f"{number}"), mandate(), NOW)).case
    eleventh = case_intake.attach(case, SUBMITTER, document("stage_plan"), mandate(), NOW)
    assert refused(eleventh, RefusalCode.DOCUMENT_LIMIT).params["limit"] == 10
    assert done(case_intake.attach(case, SUBMITTER, document(OTHER_DOCUMENT, "3"), mandate(), NOW)).case == case


def test_a_document_of_no_known_type_is_refused() -> None:
    refused(case_intake.attach(draft(), SUBMITTER, document("novel"), mandate(), NOW), RefusalCode.DOCUMENT_UNKNOWN)


def test_submitting_hands_the_case_to_its_owner() -> None:
    case = complete()
    sent = done(case_intake.submit(case, SUBMITTER, OWNER, mandate(), LATER))
    assert (sent.case.state, sent.case.submitted_at, sent.case.received_at) == (S.AWAITING_OWNER, LATER, None)
    assert sent.case.last == LastChange(Happened.CASE_SUBMITTED, SUBMITTER.id, LATER)
    assert sent.events[0].from_state == "draft"
    assert sent.events[0].to_state == "awaiting_owner"
    received = done(case_intake.confirm(sent.case, OWNER, LATER)).case
    assert (received.state, received.received_at) == (S.SUBMITTED, LATER)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_sending_back_and_withdrawing_need_a_reason(reason: str) -> None:
    refused(case_intake.decline(case_in(S.AWAITING_OWNER), OWNER, reason, NOW), RefusalCode.REASON_NEEDED)
    refused(
        case_intake.send_back(case_in(S.SUBMITTED), OFFICE, reason, DEADLINE, TODAY, NOW), RefusalCode.REASON_NEEDED
    )
    refused(case_intake.withdraw(case_in(S.SUBMITTED), SUBMITTER, reason, NOW), RefusalCode.REASON_NEEDED)
    assert done(case_intake.withdraw(draft(), SUBMITTER, reason, NOW)).case.state is S.WITHDRAWN


def test_a_declined_case_is_a_draft_with_its_reason() -> None:
    back = done(case_intake.decline(case_in(S.AWAITING_OWNER), OWNER, " Tallene er gamle. ", LATER))
    assert (back.case.state, back.case.reason) == (S.DRAFT, "Tallene er gamle.")
    assert back.events[0].reason == "Tallene er gamle."
    assert back.case.content == complete().content
    assert back.case.documents == complete().documents
    again = done(case_intake.submit(back.case, SUBMITTER, OWNER, mandate(), LATER)).case
    assert (again.state, again.reason, again.submitted_at) == (S.AWAITING_OWNER, "", NOW)


def test_a_return_needs_a_day_that_has_not_passed() -> None:
    case = case_in(S.SUBMITTED)
    refused(case_intake.send_back(case, OFFICE, "Mangler tall.", None, TODAY, NOW), RefusalCode.DEADLINE_NEEDED)
    yesterday = TODAY - timedelta(days=1)
    refusal = refused(
        case_intake.send_back(case, OFFICE, "Mangler.", yesterday, TODAY, NOW), RefusalCode.DEADLINE_PASSED
    )
    assert refusal.params["deadline"] == yesterday
    assert done(case_intake.send_back(case, OFFICE, "Mangler.", TODAY, TODAY, NOW)).case.deadline == TODAY


def test_a_returned_case_goes_straight_back_to_the_office() -> None:
    returned = case_in(S.INCOMPLETE)
    assert (returned.reason, returned.deadline) == ("Gevinstplanen mangler tall.", DEADLINE)
    sent = done(case_intake.submit(returned, SUBMITTER, OWNER, mandate(), LATER)).case
    assert (sent.state, sent.reason, sent.deadline) == (S.SUBMITTED, "", None)
    assert sent.received_at == NOW, "when it first came"


def test_another_owner_named_after_a_return_must_confirm_too() -> None:
    """Otherwise a submitter could put any name on a case that its owner once confirmed."""
    other = actor("eva", Role.PROJECT_OWNER)
    returned = done(case_intake.save(case_in(S.INCOMPLETE), SUBMITTER, {"project_owner": other.id}, {}, LATER)).case
    assert not returned.may_be_seen_by(other), "not handed to her yet"
    assert returned.may_be_seen_by(OWNER)
    sent = done(case_intake.submit(returned, SUBMITTER, other, mandate(), LATER)).case
    assert (sent.state, sent.owner) == (S.AWAITING_OWNER, other.id)
    assert not sent.may_be_seen_by(OWNER)


def test_a_new_name_in_a_declined_draft_is_told_of_nothing() -> None:
    declined = done(case_intake.decline(case_in(S.AWAITING_OWNER), OWNER, "Nei.", LATER)).case
    other = actor("eva", Role.PROJECT_OWNER)
    renamed = done(case_intake.save(declined, SUBMITTER, {"project_owner": other.id}, {}, LATER)).case
    assert not renamed.may_be_seen_by(other)
    gone = done(case_intake.withdraw(renamed, SUBMITTER, "Uaktuelt.", LATER))
    assert [n.to for n in notices_for(gone.events[0], gone.case, {})] == [OWNER.id]


@pytest.mark.parametrize("owner", [None, actor("ola"), SUBMITTER], ids=["nobody", "no role", "oneself"])
def test_an_owner_stands_in_the_register_and_nobody_owns_their_own_case_without_being_one(owner: Actor | None) -> None:
    case = complete(owner=owner or OWNER)
    refused(case_intake.submit(case, SUBMITTER, owner, mandate(), LATER), RefusalCode.OWNER_UNFIT)


def test_out_of_scope_names_an_exclusion_of_the_mandate() -> None:
    case = case_in(S.SUBMITTED)
    for unknown in ("", "weather"):
        refused(case_intake.rule_out_of_scope(case, OFFICE, unknown, mandate(), NOW), RefusalCode.EXCLUSION_NEEDED)
    ended = done(case_intake.rule_out_of_scope(case, OFFICE, "innovation", mandate(), NOW))
    assert (ended.case.exclusion, ended.events[0].details) == ("innovation", {"exclusion": "innovation"})


def test_another_kind_of_case_keeps_all_that_was_typed() -> None:
    case = complete("bp2")
    changed = done(case_intake.retype(case, SUBMITTER, ("project", "bp1", "concept"), LATER))
    assert (changed.case.case_type, changed.case.sub_portfolio) == ("bp1", "concept")
    assert (changed.case.content, changed.case.documents) == (case.content, case.documents)
    assert changed.events[0].details == {"type": "bp1"}
    again = done(case_intake.retype(changed.case, SUBMITTER, ("project", "bp1", "concept"), LATER))
    assert again.events == ()


def test_pressing_after_somebody_else_tells_who_did_what() -> None:
    confirmed = case_in(S.SUBMITTED)
    refusal = refused(case_intake.confirm(confirmed, OWNER, LATER), RefusalCode.ALREADY)
    assert refusal.params == {"what": Happened.CASE_CONFIRMED, "by": OWNER.id, "at": NOW}


def test_a_stranger_learns_nothing() -> None:
    assert refused(case_intake.accept(case_in(S.SUBMITTED), STRANGER, NOW), RefusalCode.NOT_FOUND).params == {}


_values = st.fixed_dictionaries(
    {},
    optional={
        **{f: st.none() | st.text(max_size=50) for f in FIELD_IDS if f not in {*WHOLE_NUMBERS, "classification"}},
        **{f: st.none() | st.integers(0, MAX_MINUTES) for f in WHOLE_NUMBERS},
        "classification": st.none() | st.sampled_from(["open", "exempt"]),
    },
)
_unread = st.dictionaries(st.sampled_from(FIELD_IDS), st.text(min_size=1, max_size=50), max_size=4)


@given(st.lists(st.tuples(_values, _unread), max_size=5))
def test_nothing_typed_is_ever_lost(saves: list[tuple[dict[str, Value | None], dict[str, str]]]) -> None:
    """After any row of savings each field holds its last answer, and what was not understood stands beside."""
    case = draft()
    last: dict[str, Value | None] = {}
    open_words: dict[str, str] = {}
    for values, unread in saves:
        before = case.rev
        changed = done(case_intake.save(case, SUBMITTER, values, unread, NOW))
        case = changed.case
        assert case.rev == before + len(changed.events)
        last |= values
        open_words = {k: v for k, v in open_words.items() if k not in values} | unread
    for field_id, value in last.items():
        wanted = None if value == "" else value
        assert case.content.value(field_id) == (wanted or ("open" if field_id == "classification" else wanted))
    assert case.content.unread == open_words

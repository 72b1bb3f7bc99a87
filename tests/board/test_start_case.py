"""``meld sak``: the first page, and the seven exclusions that end it (mandatet § 3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.case import Result
from board.commands import StartCase
from board.errors import RefusalCode
from board.ids import CaseId
from board.people import Actor
from board.usecases.start_case import start_case
from tests.board.support import (
    OFFICE,
    STRANGER,
    SUBMITTER,
    Desk,
    S,
    case_in,
    complete,
    desk,
    done,
    mandate,
    refused,
)

NO = {e.id: False for e in mandate().exclusions}
EXCLUSIONS = list(NO)


async def begin(board: Desk, command: StartCase, who: Actor = SUBMITTER) -> Result:
    async with board.memory.work.write() as work:
        result = await start_case(command, who, work, board.rules)
        await work.commit()
    return result


@pytest.mark.parametrize("case_type", [t.id for t in mandate().case_types])
async def test_every_case_type_can_be_started(case_type: str) -> None:
    board, kind = await desk(), mandate().case_type[case_type]
    for form in kind.delivery_forms:
        for sub in kind.sub_portfolios:
            case = done(await begin(board, StartCase(form, case_type, sub, NO))).case
            assert board.case(case.id) == case
            assert (case.delivery_form, case.case_type, case.sub_portfolio) == (form, case_type, sub)
            assert (case.state, case.rev, case.submitter) == (S.DRAFT, 1, SUBMITTER.id)
            assert board.log[-1] == ("case.started", case.id, SUBMITTER.id)
    assert not board.told


async def test_the_sub_portfolio_of_a_concept_need_not_be_answered() -> None:
    board = await desk()
    for said in ("", "clinical"):
        assert done(await begin(board, StartCase("project", "bp1", said, NO))).case.sub_portfolio == "concept"


async def test_everything_unanswered_is_named_at_once() -> None:
    board = await desk()
    result = refused(await begin(board, StartCase("", "", "", {})), RefusalCode.INCOMPLETE)
    scopes = tuple(f"scope_{n}" for n in range(1, 8))
    assert result.params["fields"] == ("delivery_form", "case_type", *scopes)
    some = refused(await begin(board, StartCase("project", "bp2", "", {**NO})), RefusalCode.INCOMPLETE)
    assert some.params["fields"] == ("sub_portfolio",)
    assert not board.memory.state.cases
    assert not board.log


WRONG = [
    (("play", "bp2", "clinical"), ("delivery_form",)),
    (("project", "bp9", "clinical"), ("case_type",)),
    (("improvement", "bp2", "clinical"), ("case_type",)),
    (("project", "bp2", "improvement"), ("sub_portfolio",)),
    (("project", "strategy", "clinical"), ()),
]


@pytest.mark.parametrize(("kind", "fields"), WRONG)
async def test_a_choice_that_the_mandate_does_not_offer(kind: tuple[str, str, str], fields: tuple[str, ...]) -> None:
    board = await desk()
    result = await begin(board, StartCase(*kind, NO))
    if fields:
        assert refused(result, RefusalCode.INCOMPLETE).params["fields"] == fields
    else:  # settled by the type: the answer does not count
        assert done(result).case.sub_portfolio == "none"


@pytest.mark.parametrize("exclusion", EXCLUSIONS)
async def test_a_yes_ends_the_intake_and_keeps_nothing_but_that(exclusion: str) -> None:
    board = await desk()
    before = board.memory.state.snapshot()
    command = StartCase("project", "bp2", "clinical", NO | {exclusion: True})
    refusal = refused(await begin(board, command), RefusalCode.OUT_OF_SCOPE)
    assert (refusal.params, refusal.paragraph) == ({"exclusion": exclusion}, "§ 3")
    assert board.log == [("intake.refused", SUBMITTER.id, SUBMITTER.id)]
    assert board.memory.state.history[0].details == {"exclusion": exclusion}
    assert board.memory.state == replace(before, history=board.memory.state.history)


@pytest.mark.parametrize("exclusion", EXCLUSIONS)
async def test_a_yes_ends_it_also_before_the_rest_is_answered(exclusion: str) -> None:
    board = await desk()
    refusal = refused(await begin(board, StartCase("project", "", "", {exclusion: True})), RefusalCode.OUT_OF_SCOPE)
    assert refusal.params["exclusion"] == exclusion


async def test_of_several_the_first_of_the_mandate_is_told() -> None:
    said = NO | {"service_price": True, "building": True, "innovation": True}
    refusal = refused(
        await begin(await desk(), StartCase("project", "bp2", "clinical", said)), RefusalCode.OUT_OF_SCOPE
    )
    assert refusal.params["exclusion"] == "building"


@pytest.mark.parametrize("exclusion", EXCLUSIONS)
@pytest.mark.parametrize("state", [S.DRAFT, S.INCOMPLETE])
async def test_a_yes_on_a_draft_leaves_the_draft_so_that_it_can_be_corrected(exclusion: str, state: S) -> None:
    board, draft = await desk(), case_in(state)
    await board.keep(draft)
    wrong = StartCase("project", "bp3", "other", NO | {exclusion: True}, draft.id)
    refused(await begin(board, wrong), RefusalCode.OUT_OF_SCOPE)
    assert board.case() == draft
    assert board.log == [("intake.refused", draft.id, SUBMITTER.id)]
    right = done(await begin(board, replace(wrong, scope=NO))).case
    assert (right.case_type, right.content, right.state) == ("bp3", draft.content, state)


async def test_nobody_answers_the_first_page_of_somebody_elses_draft() -> None:
    board = await desk()
    await board.keep(complete())
    for scope in (NO, NO | {"stim": True}):
        refused(
            await begin(board, StartCase("project", "bp3", "other", scope, CaseId("case-1")), OFFICE),
            RefusalCode.NOT_FOUND,
        )
    assert board.case() == complete()
    assert board.log == [("act.refused", "case-1", OFFICE.id)] * 2


async def test_a_case_that_was_handed_on_keeps_its_kind() -> None:
    board = await desk()
    await board.keep(case_in(S.SUBMITTED))
    for scope in (NO, NO | {"stim": True}):
        command = StartCase("project", "bp3", "other", scope, CaseId("case-1"))
        refused(await begin(board, command), RefusalCode.ALREADY)
    assert board.case() == case_in(S.SUBMITTED)


async def test_a_guest_may_submit_unless_the_file_says_otherwise() -> None:
    board = await desk()
    command = StartCase("project", "bp1", "", NO)
    assert done(await begin(board, command, STRANGER)).case.submitter == STRANGER.id
    closed = replace(board, rules=replace(board.rules, mandate=replace(mandate(), anyone_may_submit=False)))
    refused(await begin(closed, command, STRANGER), RefusalCode.MEMBERS_ONLY)
    assert board.log[-1] == ("act.refused", STRANGER.id, STRANGER.id), "a refusal of right is in the log"
    done(await begin(closed, command, SUBMITTER))

"""The chair rules; from then on the case is not there for one who is inhabil."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.commands import ConfirmCase
from board.conflicts import Ruling
from board.delivery import Address, Copy
from board.duty import Duty, DutyKind
from board.errors import RefusalCode
from board.ids import DutyId
from board.notices import NoticeKind
from board.people import Actor, Body, Holding, Role
from board.usecases.asked_conflicts import Asked, asked_conflicts
from board.usecases.confirm_case import confirm_case
from tests.board.conflict_support import (
    CHAIR,
    CHAT,
    DEPUTY,
    MEMBER,
    ONE,
    WG,
    D,
    S,
    board_with,
    declare,
    ok,
    open_duties,
    rule,
)
from tests.board.support import (
    BOARD_MEETING,
    LEAD,
    NOW,
    OFFICE,
    OWNER,
    STRANGER,
    SUBMITTER,
    TODAY,
    actor,
    case_in,
    refused,
)

# -- ruled -------------------------------------------------------------------------------------------------------------


async def test_one_who_is_inhabil_sees_the_case_no_more_and_learns_it_without_a_word_of_it() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    declared = ok(await declare(board, MEMBER, D.POSSIBLE, "Slekt."))
    rev = board.case().rev
    assert ok(await rule(board, CHAIR, MEMBER, Ruling.EXCLUDED, declared.rev, "Nær slekt.")).is_excluded
    case = board.case()
    assert case.rev == rev + 1
    assert case.excluded == {MEMBER.id}
    assert not case.may_be_seen_by(MEMBER)
    assert case.last == case_in(S.DISPATCHED).last, "an old button answers with the case's own way"
    assert open_duties(board, DutyKind.RULE) == set()
    assert open_duties(board, DutyKind.DECLARE) == set(), "there is nothing left to answer for"
    assert (NoticeKind.CONFLICT_RULED, MEMBER.id) in board.told
    assert board.log[-1] == ("conflict.ruled", ONE, CHAIR.id)
    refused(await declare(board, MEMBER, D.NONE), RefusalCode.NOT_FOUND)


async def test_habil_changes_nothing_but_that_it_is_ruled() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    await declare(board, MEMBER, D.POSSIBLE)
    before = board.case()
    assert not ok(await rule(board, CHAIR, MEMBER, Ruling.ABLE)).awaits_ruling
    assert board.case() == before
    assert (NoticeKind.CONFLICT_RULED, MEMBER.id) in board.told
    assert open_duties(board, DutyKind.RULE) == set()


async def test_the_chair_may_change_a_ruling_and_twice_is_once() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    first = ok(await rule(board, CHAIR, MEMBER, Ruling.EXCLUDED))
    assert first.answer is D.SILENT, "ruled without an answer"
    refused(await rule(board, CHAIR, MEMBER, Ruling.EXCLUDED, first.rev), RefusalCode.ALREADY)
    ok(await rule(board, CHAIR, MEMBER, Ruling.ABLE, first.rev))
    assert board.case().excluded == frozenset()
    async with board.memory.work.write() as work:
        asked = await asked_conflicts(BOARD_MEETING, MEMBER, work, board.rules)
    assert isinstance(asked, Asked)
    assert [case.id for case in asked.unanswered] == [ONE], "silence is no answer"


async def test_an_old_button_after_a_new_answer_is_refused() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    old = ok(await declare(board, MEMBER, D.POSSIBLE, "Slekt."))
    await declare(board, MEMBER, D.POSSIBLE, "Eier aksjer.")
    stale = refused(await rule(board, CHAIR, MEMBER, Ruling.ABLE, old.rev), RefusalCode.STALE)
    assert stale.params["by"] == MEMBER.id


async def test_of_oneself_the_chair_rules_only_inhabil_and_the_deputy_the_rest() -> None:
    board = await board_with(case_in(S.DISPATCHED), deputy_for_chair=True)
    await declare(board, CHAIR, D.POSSIBLE, "Eier aksjer.")
    assert open_duties(board, DutyKind.RULE) == {DEPUTY.id}
    refused(await rule(board, CHAIR, CHAIR, Ruling.ABLE), RefusalCode.NOT_ALLOWED)
    ok(await rule(board, DEPUTY, CHAIR, Ruling.ABLE))
    ok(await rule(board, CHAIR, CHAIR, Ruling.EXCLUDED))
    assert board.case().excluded == {CHAIR.id}
    ok(await rule(board, DEPUTY, CHAIR, Ruling.ABLE))
    assert board.case().excluded == frozenset()


async def test_what_waits_for_a_chair_who_is_inhabil_waits_for_the_deputy() -> None:
    board = await board_with(case_in(S.DISPATCHED), deputy_for_chair=True)
    await declare(board, MEMBER, D.POSSIBLE)
    assert open_duties(board, DutyKind.RULE) == {CHAIR.id}
    refused(await rule(board, DEPUTY, MEMBER, Ruling.EXCLUDED), RefusalCode.NOT_ALLOWED)
    ok(await rule(board, CHAIR, CHAIR, Ruling.EXCLUDED))
    assert open_duties(board, DutyKind.RULE) == {DEPUTY.id}
    assert (NoticeKind.CONFLICT_DECLARED, DEPUTY.id) in board.told
    refused(await rule(board, CHAIR, MEMBER, Ruling.ABLE), RefusalCode.NOT_FOUND)
    ok(await rule(board, DEPUTY, MEMBER, Ruling.EXCLUDED))
    assert board.case().excluded == {CHAIR.id, MEMBER.id}


@pytest.mark.parametrize("who", [MEMBER, DEPUTY, OFFICE, LEAD, WG, SUBMITTER, OWNER, STRANGER])
async def test_nobody_else_rules(who: Actor) -> None:
    board = await board_with(case_in(S.DISPATCHED))
    sees = case_in(S.DISPATCHED).may_be_seen_by(who)
    result = await rule(board, who, actor("other-observer"), Ruling.EXCLUDED)
    refused(result, RefusalCode.NOT_ALLOWED if sees else RefusalCode.NOT_FOUND)
    assert board.log == [("act.refused", ONE, who.id)]
    assert board.case().excluded == frozenset()


async def test_only_somebody_who_gets_the_papers_can_be_ruled_on() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    refused(await rule(board, CHAIR, STRANGER, Ruling.EXCLUDED), RefusalCode.UNKNOWN_CHOICE)
    refused(await rule(board, CHAIR, actor("nobody"), Ruling.EXCLUDED), RefusalCode.UNKNOWN_CHOICE)


async def test_the_chair_rules_on_those_who_prepare_a_case_not_on_the_agenda_yet() -> None:
    board = await board_with(case_in(S.READY_FOR_WG))
    await declare(board, WG, D.POSSIBLE)
    assert open_duties(board, DutyKind.RULE) == {CHAIR.id}
    ok(await rule(board, CHAIR, WG, Ruling.EXCLUDED))
    assert not board.case().may_be_seen_by(WG)


# -- every trace -------------------------------------------------------------------------------------------------------


async def test_open_duties_about_the_case_end_and_what_was_handed_over_goes_back() -> None:
    board = await board_with(case_in(S.AWAITING_OWNER))
    mine = Duty(DutyId("one"), DutyKind.REVIEW, ONE, OFFICE.id, NOW, TODAY + timedelta(days=3))
    handed = Duty(DutyId("two"), DutyKind.REVIEW, ONE, LEAD.id, NOW, TODAY + timedelta(days=3), deputy=OFFICE.id)
    async with board.memory.work.write() as work:
        await work.duties.add([mine, handed], NOW)
        await work.commit()
    ok(await rule(board, CHAIR, OFFICE, Ruling.EXCLUDED))
    assert open_duties(board, DutyKind.REVIEW) == {LEAD.id}


async def test_every_card_that_can_name_the_case_is_drawn_anew_for_that_person_alone() -> None:
    board = await board_with(case_in(S.DISPATCHED))
    shows = ("pack:board-1", "agenda:board-1", "conflicts:board-1", "board-1", f"tasks:{MEMBER.id}", ONE, "agenda:wg-1")
    async with board.memory.work.write() as work:
        for number, shown in enumerate((*shows, "agenda:elsewhere")):
            rev = board.case().rev if shown == ONE else 90
            await work.addresses.keep_copy(Copy(CHAT, f"m{number}", MEMBER.id, "", shown, rev), NOW)
        other = Address("teams", "tenant", "https://example.org/", "chat-chair", "personal", "bot")
        await work.addresses.keep_copy(Copy(other, "c1", CHAIR.id, "", "pack:board-1", 90), NOW)
        await work.commit()
    ok(await rule(board, CHAIR, MEMBER, Ruling.EXCLUDED))
    redrawn = {(row.object_id, row.person) for row in board.memory.state.outbox.values() if row.copy}
    assert redrawn == {(shown, MEMBER.id) for shown in shows}


async def test_an_owner_who_is_inhabil_can_confirm_it_no_more() -> None:
    board = await board_with(case_in(S.AWAITING_OWNER))
    async with board.memory.work.write() as work:
        await work.people.hold(Holding(OWNER.id, Role.MEMBER, Body.BOARD, date(2022, 1, 1)))
        await work.commit()
    ok(await rule(board, CHAIR, OWNER, Ruling.EXCLUDED))
    async with board.memory.work.write() as work:
        refused(await confirm_case(ConfirmCase(ONE), OWNER, work, board.rules), RefusalCode.NOT_FOUND)
        await work.commit()
    assert board.log[-1] == ("act.refused", ONE, OWNER.id)

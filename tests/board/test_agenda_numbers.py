"""Numbers stay with their cases, and are never given again; the working group's agenda has its own."""

from __future__ import annotations

from dataclasses import replace

from board.agenda import ItemKind
from board.commands import WithdrawCase
from board.errors import Refusal
from board.ids import CaseId
from board.meeting_commands import ApproveAgenda
from board.states import CaseState
from board.usecases.approve_agenda import approve_agenda
from board.usecases.withdraw_case import withdraw_case
from tests.board.agenda_support import (
    APRIL,
    CHAIR,
    GROUP,
    agenda,
    agenda_desk,
    built,
    case,
    numbers,
)
from tests.board.support import SUBMITTER, Desk, done

K, S = ItemKind, CaseState


async def _approve(board: Desk) -> None:
    async with board.memory.work.write() as work:
        result = await approve_agenda(ApproveAgenda(APRIL.id), CHAIR, work, board.rules)
        assert not isinstance(result, Refusal)
        await work.commit()


# -- numbers -----------------------------------------------------------------------------------------------------------


async def _withdraw(board: Desk, name: str) -> None:
    async with board.memory.work.write() as work:
        done(await withdraw_case(WithdrawCase(CaseId(name), "Utgår."), SUBMITTER, work, board.rules))
        await work.commit()


async def test_a_withdrawn_case_goes_off_and_its_number_is_never_given_again() -> None:
    board = await agenda_desk()
    await board.keep(case("a"), case("b", minute=1))
    await built(board)
    await _approve(board)
    await _withdraw(board, "a")
    assert numbers(board) == {"b": "002-2026"}
    assert agenda(board).is_approved, "what is left is what the chair approved"
    assert board.case("a").board_number == "001-2026"
    await board.keep(case("c"))
    await built(board)
    assert numbers(board) == {"b": "002-2026", "c": "003-2026"}


async def test_a_case_withdrawn_before_any_agenda_touches_none() -> None:
    board = await agenda_desk()
    await board.keep(case("a"), case("b", S.READY_FOR_WG))
    await built(board, "a")
    await _withdraw(board, "b")
    assert (agenda(board).rev, list(numbers(board))) == (1, ["a"])


async def test_a_case_that_has_a_number_keeps_it_when_it_comes_on_another_agenda() -> None:
    board = await agenda_desk()
    await board.keep(replace(case("a"), board_number="007-2026"), case("b", minute=1))
    await built(board)
    assert numbers(board) == {"a": "007-2026", "b": "001-2026"}


# -- the working group's -----------------------------------------------------------------------------------------------


async def test_the_working_groups_agenda_has_its_cases_with_the_numbers_they_have() -> None:
    board = await agenda_desk()
    second = replace(case("x", S.ON_WG_AGENDA), wg_number="AU 002-2026")
    await board.keep(second, case("y", S.ON_WG_AGENDA), case("z", S.READY_FOR_WG))
    made = await built(board, meeting=GROUP.id)
    assert [item.kind for item in made.agenda.items] == [K.AGENDA, K.DECISION, K.DECISION, K.OTHER]
    assert numbers(board, GROUP.id) == {"y": "AU 001-2026", "x": "AU 002-2026"}
    assert board.memory.state.numbers == {}
    assert board.case("x").state is S.ON_WG_AGENDA
    assert not {kind for kind, _who in board.told if kind == "agenda.ready"}
    await board.keep(replace(case("w", S.ON_WG_AGENDA), wg_number="AU 003-2026"))
    await built(board, meeting=GROUP.id)
    assert list(numbers(board, GROUP.id)) == ["y", "x", "w"]
    await _withdraw(board, "x")
    assert list(numbers(board, GROUP.id)) == ["y", "w"]


async def test_what_the_group_has_treated_stays_on_its_agenda_when_it_is_withdrawn() -> None:
    board = await agenda_desk()
    await board.keep(case("y", S.ON_WG_AGENDA))
    await built(board, meeting=GROUP.id)
    board.memory.state.cases["y"] = replace(board.case("y"), state=S.WG_TREATED)
    await _withdraw(board, "y")
    assert list(numbers(board, GROUP.id)) == ["y"]

"""«Lag saksliste»: what comes on it, in which order, with which numbers, and what is left out and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from board.agenda import ItemKind
from board.dispensation import Dispensation, DispensationState, GateId
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DispensationId, MeetingId
from board.late import Late
from board.meeting import MeetingState
from board.meeting_commands import ApproveAgenda
from board.people import Actor
from board.states import CaseState
from board.usecases.approve_agenda import approve_agenda
from tests.board.agenda_support import (
    APRIL,
    CHAIR,
    FEBRUARY,
    JUNE,
    agenda,
    agenda_desk,
    build,
    built,
    case,
    code_of,
    numbers,
    without_gates,
)
from tests.board.support import LEAD, NOW, OFFICE, OTHERS, SUBMITTER, Desk, refused

K, S = ItemKind, CaseState


async def test_a_first_agenda_is_in_the_mandates_order_with_numbers_times_and_the_chair_asked() -> None:
    board = await agenda_desk()
    await board.keep(
        case("b", case_type="bp4", minute=1),
        case("a", minute=2),
        replace(case("c", minute=3), content=replace(case("c").content, minutes=25, presenter="Anne")),
    )
    made = await built(board)
    items = agenda(board).items
    assert [item.kind for item in items] == [K.AGENDA, K.MINUTES, K.DECISION, K.DECISION, K.ORIENTATION, K.OTHER]
    assert numbers(board) == {"a": "001-2026", "c": "002-2026", "b": "003-2026"}
    assert [item.minutes for item in items] == [5, 5, 15, 25, 10, 5]
    assert items[3].presenter == "Anne"
    assert made.is_new
    assert {board.case(name).state for name in "abc"} == {S.ON_BOARD_AGENDA}
    assert board.case("a").board_meeting == APRIL.id
    assert board.case("a").board_number == "001-2026"
    assert {who for kind, who in board.told if kind == "agenda.ready"} == {CHAIR.id}
    assert {who for kind, who in board.told if kind == "case.scheduled"} == {SUBMITTER.id, board.case("a").owner}
    assert ("agenda.built", APRIL.id, OFFICE.id) in board.log
    assert ("case.scheduled", "a", OFFICE.id) in board.log


async def test_without_an_earlier_meeting_there_are_no_minutes_to_approve() -> None:
    board = await agenda_desk()
    board.memory.state.meetings[FEBRUARY.id] = replace(FEBRUARY, state=MeetingState.CANCELLED)
    await built(board)
    assert [item.kind for item in agenda(board).items] == [K.AGENDA, K.OTHER]


async def test_built_again_it_takes_in_what_came_since_and_changes_no_number() -> None:
    board = await agenda_desk()
    await board.keep(case("a"), case("b", minute=1))
    await built(board)
    again = await built(board)
    assert (again.added, agenda(board).rev) == ((), 1)
    await board.keep(case("0", minute=5))
    more = await built(board)
    assert [one.id for one in more.added] == ["0"]
    assert numbers(board) == {"a": "001-2026", "b": "002-2026", "0": "003-2026"}
    assert agenda(board).rev == 2


async def test_a_case_that_wants_a_later_meeting_waits_for_it() -> None:
    board = await agenda_desk()
    await board.keep(
        case("now", wants=APRIL.id), case("later", wants=JUNE.id), case("missed", wants=FEBRUARY.id), case("any")
    )
    await built(board)
    assert set(numbers(board)) == {"now", "missed", "any"}
    await built(board, meeting=JUNE.id)
    assert numbers(board, JUNE.id) == {"later": "004-2026"}


async def test_the_year_of_the_meeting_gives_the_series() -> None:
    board = await agenda_desk()
    january = replace(APRIL, id=MeetingId("january"), starts_at=datetime(2027, 1, 7, 8, tzinfo=UTC))
    board.memory.state.meetings[january.id] = january
    await board.keep(case("a"), case("b", wants=january.id))
    await built(board)
    await built(board, meeting=january.id)
    assert (numbers(board), numbers(board, january.id)) == ({"a": "001-2026"}, {"b": "001-2027"})


# -- gates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.READY_FOR_WG, S.ON_WG_AGENDA])
async def test_untreated_by_the_working_group_it_is_left_out_and_a_crafted_request_is_refused(state: CaseState) -> None:
    board = await agenda_desk()
    await board.keep(case("a", state, wants=APRIL.id), case("b", state))
    made = await built(board)
    assert [(one.case.id, one.refusal.code, one.refusal.paragraph) for one in made.left_out] == [
        ("a", RefusalCode.WG_TREATMENT, "§ 5")
    ]
    for name in "ab":
        refusal = refused(await build(board, name), RefusalCode.WG_TREATMENT)
        assert refusal.paragraph == "§ 5"
        assert board.case(name).state is state
    assert board.memory.state.numbers == {}, "what is refused takes no number"


def _dispensation(state: DispensationState, meeting: MeetingId = APRIL.id) -> Dispensation:
    return Dispensation(
        DispensationId(f"d-{state}-{meeting}"), 1, GateId.WG_TREATMENT, meeting, CaseId("a"), "Haster.", OFFICE.id, NOW,
        state, "Fristen i loven.", CHAIR.id, NOW,
    )  # fmt: skip


async def test_with_the_chairs_dispensation_for_this_meeting_it_goes_on() -> None:
    board = await agenda_desk()
    await board.keep(case("a", S.READY_FOR_WG))
    async with board.memory.work.write() as work:
        await work.dispensations.add(_dispensation(DispensationState.ASKED))
        await work.dispensations.add(_dispensation(DispensationState.REFUSED))
        await work.dispensations.add(_dispensation(DispensationState.GRANTED, JUNE.id))
        await work.commit()
    refused(await build(board, "a"), RefusalCode.WG_TREATMENT)
    async with board.memory.work.write() as work:
        await work.dispensations.add(_dispensation(DispensationState.GRANTED))
        await work.commit()
    await built(board)
    assert numbers(board) == {"a": "001-2026"}


async def test_a_board_without_the_gate_treats_what_is_ready() -> None:
    board = await agenda_desk(without_gates(GateId.WG_TREATMENT))
    await board.keep(case("a", S.READY_FOR_WG), case("b", S.READY_FOR_WG, wants=JUNE.id))
    await built(board)
    assert numbers(board) == {"a": "001-2026"}


async def _late_case(board: Desk, late: Late | None = None) -> None:
    """Handed on after the intake for April closed (M−35 is 12 March)."""
    one = replace(case("late", wants=APRIL.id), submitted_at=datetime(2026, 3, 20, 8, tzinfo=UTC), late=late)
    await board.keep(one)


async def test_a_late_case_waits_for_the_lead_and_the_chair() -> None:
    board = await agenda_desk()
    await _late_case(board)
    made = await built(board)
    assert [(one.case.id, one.refusal.code) for one in made.left_out] == [("late", RefusalCode.LATE)]
    refused(await build(board, "late"), RefusalCode.LATE)
    assert numbers(board) == {}


def _accepted(meeting: MeetingId = APRIL.id) -> Late:
    return Late(meeting, "Ny lov.", SUBMITTER.id, NOW, LEAD.id, NOW, CHAIR.id, NOW)


async def test_a_late_case_that_was_accepted_for_another_meeting_is_still_late_for_this_one() -> None:
    board = await agenda_desk()
    await _late_case(board, _accepted(JUNE.id))
    refused(await build(board, "late"), RefusalCode.LATE)


async def _approve(board: Desk) -> None:
    async with board.memory.work.write() as work:
        result = await approve_agenda(ApproveAgenda(APRIL.id), CHAIR, work, board.rules)
        assert not isinstance(result, Refusal)
        await work.commit()


async def test_an_accepted_late_case_comes_on_and_the_chairs_approval_holds() -> None:
    board = await agenda_desk()
    await board.keep(case("a"))
    await built(board)
    await _approve(board)
    await _late_case(board, _accepted())
    await built(board)
    assert list(numbers(board)) == ["a", "late"]
    assert agenda(board).is_approved, "the chair has said yes to the late case already"


async def test_any_other_case_takes_the_approval_away() -> None:
    board = await agenda_desk()
    await built(board)
    await _approve(board)
    await board.keep(case("a"))
    await _late_case(board, _accepted())
    await built(board)
    assert not agenda(board).is_approved


async def test_a_board_without_the_late_gate_takes_them_in() -> None:
    board = await agenda_desk(without_gates(GateId.LATE))
    await _late_case(board)
    await built(board)
    assert numbers(board) == {"late": "001-2026"}


# -- who, and which meeting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [*OTHERS, SUBMITTER], ids=lambda one: str(one.id))
async def test_nobody_but_the_office_and_its_lead_builds_it(person: Actor) -> None:
    board = await agenda_desk()
    await board.keep(case("a"))
    refused(await build(board, who=person), RefusalCode.NOT_ALLOWED)
    assert board.log == [("act.refused", APRIL.id, person.id)]
    assert board.case("a").state is S.WG_TREATED
    assert board.memory.state.agendas == {}


async def test_meetings_that_have_none_to_build() -> None:
    board = await agenda_desk()
    refused(await build(board, meeting=MeetingId("nope")), RefusalCode.NOT_FOUND)
    refused(await build(board, meeting=FEBRUARY.id), RefusalCode.MEETING_UNFIT)
    board.memory.state.meetings[APRIL.id] = replace(APRIL, state=MeetingState.CANCELLED)
    refused(await build(board), RefusalCode.MEETING_UNFIT)


async def test_one_of_the_office_who_is_inhabil_for_a_case_cannot_put_it_on_nor_learn_of_it() -> None:
    board = await agenda_desk()
    await board.keep(replace(case("a", wants=APRIL.id), excluded=frozenset({OFFICE.id})), case("b"))
    made = await built(board)
    assert list(numbers(board)) == ["b"]
    assert made.left_out == ()
    refused(await build(board, "a"), RefusalCode.NOT_FOUND)
    assert ("act.refused", "a", OFFICE.id) in board.log
    await build(board, who=LEAD)
    assert list(numbers(board)) == ["b", "a"]


async def test_a_case_on_another_agenda_is_not_put_on_a_second_one() -> None:
    board = await agenda_desk()
    await board.keep(case("a"))
    await built(board)
    assert code_of(await build(board, "a", meeting=JUNE.id)) is RefusalCode.ALREADY
    assert board.case("a").board_meeting == APRIL.id


async def test_of_several_named_ones_those_go_on_that_may() -> None:
    board = await agenda_desk()
    await board.keep(case("a"), case("b", S.READY_FOR_WG))
    made = await built(board, "a", "b", "nope")
    assert [one.id for one in made.added] == ["a"]
    assert [one.case.id for one in made.left_out] == ["b"]
    assert ("act.refused", "nope", OFFICE.id) in board.log

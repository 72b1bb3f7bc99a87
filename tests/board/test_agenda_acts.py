"""Every act on an agenda × everybody × draft or approved: let through or refused, and each refusal of a right logged.

The expectation is written out here, and not taken from the rules.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from board.agenda import AgendaChanged, ItemKind
from board.duty import Duty, DutyKind, ask
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DutyId, ItemId, MeetingId
from board.meeting import MeetingState
from board.meeting_commands import ApproveAgenda, AskApproval, BuildAgenda, EditItem, MoveItem, ShiftItem
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases.approve_agenda import approve_agenda
from board.usecases.ask_approval import ask_approval
from board.usecases.build_agenda import Built, build_agenda
from board.usecases.edit_item import edit_item
from board.usecases.move_item import Moved, move_item
from board.usecases.shift_item import shift_item
from tests.board.agenda_support import APRIL, CHAIR, FEBRUARY, JUNE, agenda, agenda_desk, built, case, numbers
from tests.board.support import LEAD, NOW, OFFICE, OTHERS, OWNER, STRANGER, SUBMITTER, Desk, refused

Do = Callable[[ItemId, int | None, Actor, UnitOfWork, Rules], Awaitable[Any]]
ACTS: Final[dict[str, Do]] = {
    "build": lambda _item, _rev, *room: build_agenda(BuildAgenda(APRIL.id), *room),
    "up": lambda item, rev, *room: shift_item(ShiftItem(APRIL.id, item, -1, rev), *room),
    "down": lambda item, rev, *room: shift_item(ShiftItem(APRIL.id, item, 1, rev), *room),
    "edit": lambda item, rev, *room: edit_item(EditItem(APRIL.id, item, 30, "Anne", None, rev), *room),
    "move": lambda item, rev, *room: move_item(MoveItem(APRIL.id, item, JUNE.id, rev), *room),
    "ask": lambda _item, rev, *room: ask_approval(AskApproval(APRIL.id, rev), *room),
    "approve": lambda _item, rev, *room: approve_agenda(ApproveAgenda(APRIL.id, rev), *room),
}
HANDLED: Final = ("build", "up", "down", "edit", "move", "ask")
PEOPLE: Final = (SUBMITTER, OWNER, OFFICE, LEAD, STRANGER, *OTHERS)


def may(act: str, person: Actor) -> bool:
    return person in (OFFICE, LEAD) if act in HANDLED else person == CHAIR


async def _desk(*, approved: bool = False) -> Desk:
    """An agenda for April with three decisions; the middle one is what the acts are about."""
    board = await agenda_desk()
    await board.keep(*(case(name, minute=n) for n, name in enumerate("abc")))
    await built(board)
    if approved:
        assert isinstance(await do(board, "approve", CHAIR), AgendaChanged)
    return board


def middle(board: Desk) -> ItemId:
    found = agenda(board).item_of(CaseId("b"))
    assert found is not None
    return found.id


async def do(board: Desk, act: str, who: Actor, *, rev: int | None = None, item: ItemId | None = None) -> Any:
    async with board.memory.work.write() as work:
        result = await ACTS[act](item or middle(board), rev, who, work, board.rules)
        await work.commit()
    return result


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize("act", list(ACTS))
async def test_each_person_may_do_what_the_process_says(act: str, approved: bool) -> None:
    for person in PEOPLE:
        board = await _desk(approved=approved)
        before, log = agenda(board), len(board.log)
        result = await do(board, act, person)
        if not may(act, person):
            refused(result, RefusalCode.NOT_ALLOWED)
            assert agenda(board) == before, "a refusal changes nothing"
            assert board.log[log:] == [("act.refused", APRIL.id, person.id)]
        elif approved and act in ("approve", "ask"):
            refused(result, RefusalCode.ALREADY)
            assert agenda(board) == before
        else:
            assert isinstance(result, AgendaChanged | Built | Moved), result


async def test_up_and_down_move_one_place_and_keep_the_numbers() -> None:
    board = await _desk(approved=True)
    await do(board, "up", OFFICE)
    assert numbers(board) == {"b": "002-2026", "a": "001-2026", "c": "003-2026"}
    assert not agenda(board).is_approved, "a change takes the approval away"
    await do(board, "up", OFFICE)
    assert list(numbers(board)) == ["b", "a", "c"], "it is the first of its kind"
    await do(board, "down", OFFICE)
    await do(board, "down", OFFICE)
    assert list(numbers(board)) == ["a", "c", "b"]
    assert board.log[-1] == ("agenda.changed", APRIL.id, OFFICE.id)


@pytest.mark.parametrize("act", ["up", "down", "edit", "move", "ask", "approve"])
async def test_an_old_button_has_no_effect_and_says_what_happened(act: str) -> None:
    board = await _desk()
    await do(board, "down", LEAD)
    before = agenda(board)
    refusal = refused(await do(board, act, CHAIR if act == "approve" else OFFICE, rev=1), RefusalCode.STALE)
    assert (refusal.params["what"], refusal.params["by"]) == ("agenda.changed", LEAD.id)
    assert agenda(board) == before
    assert board.case("b").board_meeting == APRIL.id


async def test_pressing_twice_has_one_effect() -> None:
    board = await _desk()
    rev = agenda(board).rev
    await do(board, "down", OFFICE, rev=rev)
    refused(await do(board, "down", OFFICE, rev=rev), RefusalCode.STALE)
    assert list(numbers(board)) == ["a", "c", "b"]


@pytest.mark.parametrize("act", ["up", "down", "edit", "move"])
async def test_an_item_that_is_not_there_is_not_found(act: str) -> None:
    board = await _desk()
    refused(await do(board, act, OFFICE, item=ItemId("nope")), RefusalCode.NOT_FOUND)
    assert board.log[-1] == ("act.refused", APRIL.id, OFFICE.id)


@pytest.mark.parametrize("act", ["up", "down", "edit", "move"])
async def test_an_item_is_not_there_for_one_who_is_inhabil(act: str) -> None:
    board = await _desk()
    board.memory.state.cases["b"] = replace(board.case("b"), excluded=frozenset({OFFICE.id}))
    before = agenda(board)
    refused(await do(board, act, OFFICE), RefusalCode.NOT_FOUND)
    assert agenda(board) == before
    assert board.log[-1] == ("act.refused", APRIL.id, OFFICE.id)
    assert not isinstance(await do(board, act, LEAD), Refusal)


@pytest.mark.parametrize("act", [act for act in ACTS if act != "build"])
async def test_nothing_is_arranged_where_there_is_no_agenda_or_no_meeting_ahead(act: str) -> None:
    who = CHAIR if act == "approve" else OFFICE
    empty = await agenda_desk()
    refused(await do(empty, act, who, item=ItemId("i")), RefusalCode.NOT_FOUND)
    board = await _desk()
    board.memory.state.meetings[APRIL.id] = replace(APRIL, state=MeetingState.CANCELLED)
    refused(await do(board, act, who), RefusalCode.MEETING_UNFIT)


# -- editing -----------------------------------------------------------------------------------------------------------


async def _edit(board: Desk, item: ItemId, minutes: int, presenter: str, kind: ItemKind | None) -> Any:
    async with board.memory.work.write() as work:
        result = await edit_item(EditItem(APRIL.id, item, minutes, presenter, kind), OFFICE, work, board.rules)
        await work.commit()
    return result


async def test_time_presenter_and_kind_can_be_changed() -> None:
    board = await _desk()
    await _edit(board, middle(board), 40, " Anne ", ItemKind.ORIENTATION)
    item = agenda(board).item_of(CaseId("b"))
    assert item is not None
    assert (item.minutes, item.presenter, item.kind, item.number) == (40, "Anne", ItemKind.ORIENTATION, "002-2026")
    assert list(numbers(board)) == ["a", "c", "b"], "orientations come after decisions"


@pytest.mark.parametrize(
    ("minutes", "presenter", "kind", "code"),
    [
        (241, "", None, RefusalCode.UNKNOWN_CHOICE),
        (-1, "", None, RefusalCode.UNKNOWN_CHOICE),
        (10, "", ItemKind.AGENDA, RefusalCode.UNKNOWN_CHOICE),
        (10, "x" * 201, None, RefusalCode.TOO_LONG),
    ],
)
async def test_what_cannot_be_is_refused(
    minutes: int, presenter: str, kind: ItemKind | None, code: RefusalCode
) -> None:
    board = await _desk()
    before = agenda(board)
    refused(await _edit(board, middle(board), minutes, presenter, kind), code)
    assert agenda(board) == before


# -- moving ------------------------------------------------------------------------------------------------------------


async def _move(board: Desk, to: MeetingId, name: str = "b", since: MeetingId = APRIL.id) -> Any:
    item = agenda(board, since).item_of(CaseId(name))
    assert item is not None
    async with board.memory.work.write() as work:
        result = await move_item(MoveItem(since, item.id, to), OFFICE, work, board.rules)
        await work.commit()
    return result


async def test_a_moved_case_waits_until_the_other_agenda_is_built_and_keeps_its_number() -> None:
    board = await _desk(approved=True)
    moved = await _move(board, JUNE.id)
    assert isinstance(moved, Moved)
    assert moved.waits
    assert numbers(board) == {"a": "001-2026", "c": "003-2026"}
    assert agenda(board).is_approved, "what is left is what the chair approved"
    assert board.case("b").board_meeting == JUNE.id
    assert ("case.moved", SUBMITTER.id) in board.told
    await built(board, meeting=JUNE.id)
    assert numbers(board, JUNE.id) == {"b": "002-2026"}
    assert board.case("b").state is CaseState.ON_BOARD_AGENDA


async def test_a_case_is_moved_onto_an_agenda_that_is_built() -> None:
    board = await _desk()
    await built(board, meeting=JUNE.id)
    assert not (await _move(board, JUNE.id)).waits
    assert numbers(board, JUNE.id) == {"b": "002-2026"}
    assert agenda(board, JUNE.id).rev == 2
    await _move(board, APRIL.id, since=JUNE.id)
    assert numbers(board) == {"a": "001-2026", "c": "003-2026", "b": "002-2026"}


@pytest.mark.parametrize("to", [APRIL.id, FEBRUARY.id, MeetingId("wg-1"), MeetingId("nope")])
async def test_a_case_is_moved_to_another_board_meeting_ahead_only(to: MeetingId) -> None:
    board = await _desk()
    before = agenda(board)
    refused(await _move(board, to), RefusalCode.MEETING_UNFIT)
    assert agenda(board) == before
    assert board.case("b").board_meeting == APRIL.id


async def test_what_is_no_case_is_not_moved() -> None:
    board = await _desk()
    first = agenda(board).items[0].id
    refused(await do(board, "move", OFFICE, item=first), RefusalCode.NOT_FOUND)


# -- approval ----------------------------------------------------------------------------------------------------------


async def test_the_chairs_word_is_stamped_logged_and_told_to_those_who_prepare_the_pack() -> None:
    board = await _desk()
    await do(board, "approve", CHAIR)
    now = board.clock.now()
    assert (agenda(board).approved_by, agenda(board).approved_at) == (CHAIR.id, now)
    assert board.log[-1] == ("agenda.approved", APRIL.id, CHAIR.id)
    handlers = {one.id for one in (OFFICE, LEAD)} | {"liv"}
    assert {who for kind, who in board.told if kind == "agenda.approved"} == handlers


async def test_the_chairs_task_ends_with_the_approval_and_is_owed_anew_when_it_is_sent_again() -> None:
    board = await _desk()
    duty = ask(
        Duty(DutyId("d"), DutyKind.TASK, APRIL.id, CHAIR.id, NOW, date(2026, 4, 1), "agenda_approval"),
        board.rules.hours,
    )
    async with board.memory.work.write() as work:
        await work.duties.add([duty], NOW)
        await work.commit()

    def is_open() -> bool:
        return board.memory.state.duties["d"].is_open

    await do(board, "approve", CHAIR)
    assert not is_open()
    await do(board, "down", OFFICE)
    assert not is_open()
    await do(board, "ask", OFFICE)
    assert is_open()
    await do(board, "approve", CHAIR)
    board.clock.set(datetime(2026, 4, 2, 7, tzinfo=UTC))
    await do(board, "up", OFFICE)
    await do(board, "ask", OFFICE)
    assert not is_open(), "its day has passed"


async def test_asking_the_chair_again_is_one_request_a_revision() -> None:
    board = await _desk(approved=True)
    await do(board, "down", OFFICE)
    first, second = await do(board, "ask", OFFICE), await do(board, "ask", LEAD)
    assert [len(first.events), len(second.events)] == [1, 0]
    asked = [row for row in board.memory.state.outbox.values() if row.kind == "agenda.ready"]
    assert sorted(row.rev for row in asked) == [1, 3]
    assert sum(what == "agenda.asked" for what, _about, _by in board.log) == 1


async def test_one_who_is_chair_and_office_is_not_asked_by_oneself() -> None:
    board = await agenda_desk()
    both = replace(CHAIR, roles=frozenset({Role.CHAIR, Role.OFFICE}))
    async with board.memory.work.write() as work:
        await build_agenda(BuildAgenda(APRIL.id), both, work, board.rules)
        await work.commit()
    assert not board.told

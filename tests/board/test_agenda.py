"""The agenda: the mandate's order, numbers that stay, the chair's approval, and what takes it away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from board.agenda import ORDER, Agenda, AgendaChanged, AgendaResult, Item, ItemKind, build
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, ItemId
from board.people import Role
from tests.board.support import BOARD_MEETING, LEAD, NOW, OFFICE, OTHERS, REGISTER, refused

CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
K = ItemKind


def _item(n: int, kind: ItemKind = K.DECISION) -> Item:
    return Item(ItemId(f"i{n}"), kind, 10, "Kari", CaseId(f"case-{n}"), f"{n:03d}-2026")


STANDING = (Item(ItemId("a"), K.AGENDA, 5), Item(ItemId("m"), K.MINUTES, 5), Item(ItemId("o"), K.OTHER, 5))


def _done(result: AgendaResult) -> Agenda:
    assert isinstance(result, AgendaChanged), result
    return result.agenda


def _agenda(*items: Item) -> Agenda:
    return _done(build(BOARD_MEETING, OFFICE, [*items, *STANDING], NOW))


def _approved(*items: Item) -> Agenda:
    return _done(_agenda(*items).approve(CHAIR, NOW))


@given(st.lists(st.sampled_from(list(ItemKind)), max_size=20))
def test_the_order_is_the_mandates_and_steady(kinds: list[ItemKind]) -> None:
    items = [_item(n, kind) for n, kind in enumerate(kinds)]
    laid = _agenda(*items).items
    assert [i.kind for i in laid] == sorted((i.kind for i in laid), key=ORDER.index)
    for kind in ItemKind:
        came = [i.id for i in (*items, *STANDING) if i.kind is kind]
        assert [i.id for i in laid if i.kind is kind] == came


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-1, 1])), max_size=12))
def test_moving_up_and_down_loses_nothing_and_keeps_numbers(moves: list[tuple[int, int]]) -> None:
    agenda = _agenda(*(_item(n, K.DECISION if n < 4 else K.ORIENTATION) for n in range(6)))
    before = {i.id: i for i in agenda.items}
    for n, step in moves:
        agenda = _done(agenda.shift(OFFICE, ItemId(f"i{n}"), step, NOW))
    assert {i.id: i for i in agenda.items} == before
    assert [i.kind for i in agenda.items] == sorted((i.kind for i in agenda.items), key=ORDER.index)


def test_up_and_down_stay_among_their_own_kind() -> None:
    agenda = _agenda(_item(1), _item(2), _item(3, K.ORIENTATION))
    swapped = _done(agenda.shift(OFFICE, ItemId("i2"), -1, NOW))
    assert [i.id for i in swapped.items if i.case] == ["i2", "i1", "i3"]
    assert agenda.shift(OFFICE, ItemId("i3"), -1, NOW) == AgendaChanged(agenda, ())
    refused(agenda.shift(OFFICE, ItemId("nope"), 1, NOW), RefusalCode.NOT_FOUND)


def test_only_the_chair_approves_and_only_once() -> None:
    agenda = _agenda(_item(1))
    for person in REGISTER:
        result = agenda.approve(person, NOW)
        if Role.CHAIR in person.roles:
            assert _done(result).is_approved
        else:
            refused(result, RefusalCode.NOT_ALLOWED)
    refused(_approved(_item(1)).approve(CHAIR, NOW), RefusalCode.ALREADY)


def test_only_the_office_and_its_lead_arrange_it() -> None:
    agenda = _agenda(_item(1), _item(2))
    for person in REGISTER:
        results: list[AgendaResult] = [
            build(BOARD_MEETING, person, [], NOW),
            agenda.put(person, [_item(3)], NOW),
            agenda.shift(person, ItemId("i1"), 1, NOW),
            agenda.edit(person, ItemId("i1"), NOW, minutes=20, presenter="Ola", kind=None),
        ]
        if person in (OFFICE, LEAD) or person.is_handler:
            assert not [one for one in results if isinstance(one, Refusal)]
        else:
            for one in results:
                refused(one, RefusalCode.NOT_ALLOWED)


def test_a_change_takes_the_approval_away_unless_the_chair_has_agreed_to_it() -> None:
    approved = _approved(_item(1), _item(2))
    changes = [
        approved.put(OFFICE, [_item(3)], NOW),
        approved.shift(OFFICE, ItemId("i1"), 1, NOW),
        approved.edit(OFFICE, ItemId("i1"), NOW, minutes=20, presenter="Kari", kind=None),
    ]
    for change in changes:
        after = _done(change)
        assert not after.is_approved
        assert (after.approved_by, after.approved_at) == (None, None)
    late = _done(approved.put(OFFICE, [_item(3)], NOW, approved=True))
    assert late.is_approved
    withdrawn = _done(approved.without(OFFICE, CaseId("case-1"), NOW))
    assert withdrawn.is_approved
    assert withdrawn.item_of(CaseId("case-1")) is None
    assert withdrawn.item_of(CaseId("case-2")) == approved.item_of(CaseId("case-2")), "its number stays"


def test_the_same_again_changes_nothing() -> None:
    approved = _approved(_item(1))
    same = [
        approved.put(OFFICE, [_item(1)], NOW),
        approved.edit(OFFICE, ItemId("i1"), NOW, minutes=10, presenter="Kari", kind=K.DECISION),
        approved.without(OFFICE, CaseId("case-9"), NOW),
    ]
    assert same == [AgendaChanged(approved, ())] * 3


def test_an_item_takes_another_kind_only_if_it_is_a_case() -> None:
    agenda = _agenda(_item(1, K.ORIENTATION))
    escalated = _done(agenda.edit(OFFICE, ItemId("i1"), NOW, minutes=10, presenter="", kind=K.DECISION))
    assert [i.kind for i in escalated.items if i.case] == [K.DECISION]
    refused(agenda.edit(OFFICE, ItemId("a"), NOW, minutes=5, presenter="", kind=K.DECISION), RefusalCode.UNKNOWN_CHOICE)
    refused(agenda.edit(OFFICE, ItemId("i1"), NOW, minutes=5, presenter="", kind=K.OTHER), RefusalCode.UNKNOWN_CHOICE)
    refused(agenda.edit(OFFICE, ItemId("i1"), NOW, minutes=241, presenter="", kind=None), RefusalCode.UNKNOWN_CHOICE)
    refused(agenda.edit(OFFICE, ItemId("i1"), NOW, minutes=5, presenter="x" * 201, kind=None), RefusalCode.TOO_LONG)

"""The gates before a pack goes out, each with its paragraph, and the ten days to the minute (mandatet § 5, § 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.agenda import Agenda, AgendaChanged, AgendaState, Item, ItemKind, build
from board.case import Case
from board.case_course import accept_late, ask_late
from board.clock import OSLO
from board.deadlines import back_plan
from board.dispensation import Dispensation, DispensationState, GateId
from board.errors import RefusalCode
from board.gates import Basis, changes, items_of, minutes_of, refusals
from board.ids import CaseId, DispensationId, DocumentId, ItemId, MeetingId, PackId
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.meeting import Meeting
from board.pack import ChangeKind, Pack, agenda_digest
from board.people import Body, Role
from board.states import CaseState
from board.treatment import Statement
from bot.calendar import NorwegianCalendar
from tests.board.pack_support import circulated
from tests.board.support import (
    BOARD_MEETING,
    LEAD,
    NOW,
    OFFICE,
    OTHERS,
    SHIPPED,
    WG_MEETING,
    case_in,
    document,
    done,
    mandate,
)

CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
CLEAR: Final = read_mandate(SHIPPED.read_text("utf-8").replace("clear_days = false", "clear_days = true"))


def _instant(day: date, at: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=OSLO).astimezone(UTC)


def _basis(day: date = date(2026, 9, 24), rules: Mandate | None = None, **changed: Any) -> Basis:
    """A pack that lacks nothing: one treated case on an approved agenda, its minutes finished."""
    rules = rules or mandate()
    case = replace(case_in(CaseState.ON_BOARD_AGENDA), submitted_at=_instant(day - timedelta(days=60)))
    meeting = Meeting(BOARD_MEETING, Body.BOARD, _instant(day))
    items = [Item(ItemId("i1"), ItemKind.DECISION, 15, case=case.id, number=case.board_number)]
    built = build(meeting.id, OFFICE, items, NOW)
    assert isinstance(built, AgendaChanged)
    approved = built.agenda.approve(CHAIR, NOW)
    assert isinstance(approved, AgendaChanged)
    plan = back_plan(meeting.day, rules.offsets_of(Body.BOARD), NorwegianCalendar())
    finished = {WG_MEETING: circulated(WG_MEETING)}
    whole = Basis(meeting, approved.agenda, {case.id: case}, plan, finished=finished)
    return replace(whole, **changed)


def _codes(basis: Basis, now: datetime, rules: Mandate | None = None) -> list[tuple[RefusalCode, str]]:
    return [(one.code, one.paragraph) for one in refusals(basis, rules or mandate(), now)]


EARLY: Final = _instant(date(2026, 9, 1))


def _agenda(basis: Basis) -> Agenda:
    assert basis.agenda is not None
    return basis.agenda


def _case(basis: Basis) -> Case:
    return next(iter(basis.cases.values()))


def _with(basis: Basis, **changed: Any) -> Basis:
    case = replace(_case(basis), **changed)
    return replace(basis, cases={case.id: case})


def test_what_lacks_nothing_may_go() -> None:
    assert not refusals(_basis(), mandate(), EARLY)


def test_each_gate_refuses_with_its_paragraph() -> None:
    basis = _basis()
    drafted = replace(_agenda(basis), state=AgendaState.DRAFT)
    bare = replace(_case(basis).content, reason_incomplete="")
    wanting = {
        "no agenda": (replace(basis, agenda=None), RefusalCode.AGENDA_APPROVAL, ""),
        "a draft": (replace(basis, agenda=drafted), RefusalCode.AGENDA_APPROVAL, ""),
        "untreated": (_with(basis, wg_outcome=None), RefusalCode.WG_TREATMENT, "§ 5"),
        "papers": (_with(basis, documents=(), content=bare), RefusalCode.DOCUMENTS, ""),
        "late": (_with(basis, submitted_at=_instant(date(2026, 8, 21))), RefusalCode.LATE, "§ 7"),
        "wg minutes": (replace(basis, finished={}), RefusalCode.WG_MINUTES, "§ 5"),
        "previous": (
            replace(basis, previous=Meeting(MeetingId("before"), Body.BOARD, EARLY)),
            RefusalCode.PREVIOUS_MINUTES,
            "§ 7",
        ),
    }
    for name, (lacking, code, paragraph) in wanting.items():
        assert _codes(lacking, EARLY) == [(code, paragraph)], name
    assert _codes(basis, _instant(date(2026, 9, 15))) == [(RefusalCode.TEN_DAYS, "§ 7")]


def test_a_gate_that_the_mandate_file_leaves_out_is_not_enforced() -> None:
    basis = replace(_basis(), finished={}, agenda=None)
    assert _codes(basis, EARLY) != []
    without = replace(mandate(), gates={})
    assert not refusals(replace(_basis(), finished={}), without, _instant(date(2026, 9, 23)))


def _granted(gate: GateId, case: CaseId | None = None) -> Dispensation:
    asked = Dispensation(DispensationId("d"), 1, gate, BOARD_MEETING, case, "Budsjettet kom sent.", OFFICE.id, NOW)
    ruled = asked.rule(CHAIR, granted=True, reason="Saken haster.", now=NOW)
    assert isinstance(ruled, Dispensation)
    return ruled


def test_the_chairs_dispensation_opens_its_own_gate_only() -> None:
    late = _instant(date(2026, 9, 15))
    assert not _codes(replace(_basis(), dispensations=[_granted(GateId.TEN_DAYS)]), late)
    asked = replace(_granted(GateId.TEN_DAYS), state=DispensationState.ASKED)
    assert _codes(replace(_basis(), dispensations=[asked]), late) == [(RefusalCode.TEN_DAYS, "§ 7")]
    untreated = _with(_basis(), wg_outcome=None)
    own = [_granted(GateId.WG_TREATMENT, _case(untreated).id)]
    assert not _codes(replace(untreated, dispensations=own), EARLY)
    other = [_granted(GateId.WG_TREATMENT, CaseId("another")), _granted(GateId.TEN_DAYS)]
    assert _codes(replace(untreated, dispensations=other), EARLY) == [(RefusalCode.WG_TREATMENT, "§ 5")]


@pytest.mark.parametrize("day", [date(2026, 4, 2), date(2026, 11, 1), date(2026, 9, 24), date(2027, 1, 7)])
@pytest.mark.parametrize(("rules", "days"), [(mandate(), 10), (CLEAR, 11)])
def test_ten_days_to_the_minute(day: date, rules: Mandate, days: int) -> None:
    """Over both changes of the clock (29 March, 25 October 2026) and with clear days."""
    basis, last = _basis(day, rules), day - timedelta(days=days)
    assert basis.last_day == last
    before, after = last - timedelta(days=1), last + timedelta(days=1)
    for now in (_instant(before), _instant(last, "00:00"), _instant(last), _instant(last, "09:01")):
        assert not _codes(basis, now, rules), now
    end = _instant(after, "00:00")
    assert not _codes(basis, end - timedelta(minutes=1), rules)
    assert not _codes(basis, end - timedelta(microseconds=1), rules)
    assert _codes(basis, end, rules) == [(RefusalCode.TEN_DAYS, "§ 7")]
    assert _codes(basis, _instant(after), rules) == [(RefusalCode.TEN_DAYS, "§ 7")]


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(-20 * 1440, 5 * 1440))
def test_the_limit_is_the_end_of_a_local_day(day: date, minutes: int) -> None:
    basis = _basis(day)
    now = _instant(day - timedelta(days=10), "12:00") + timedelta(minutes=minutes)
    in_time = now.astimezone(OSLO).date() <= day - timedelta(days=10)
    assert (RefusalCode.TEN_DAYS in [code for code, _ in _codes(basis, now)]) is not in_time


def _sent(basis: Basis) -> Pack:
    return Pack(
        PackId("p1"),
        BOARD_MEETING,
        1,
        EARLY,
        OFFICE.id,
        items_of(basis),
        agenda_digest(_agenda(basis), basis.meeting.starts_at),
        minutes_of(basis),
    )


def test_a_later_version_may_follow_after_the_limit_when_its_papers_were_accepted_as_late() -> None:
    basis = _basis()
    late = _instant(date(2026, 9, 16))
    out = replace(basis, sent=_sent(basis))
    assert not _codes(out, late), "nothing of the papers is new"
    more = _with(out, documents=(*_case(out).documents, document("other", "nytt")))
    assert _codes(more, late) == [(RefusalCode.LATE, "§ 7")]
    asked = done(ask_late(_case(more), LEAD, BOARD_MEETING, "Nye tall.", NOW)).case
    accepted = done(accept_late(asked, CHAIR, NOW)).case
    assert not _codes(replace(more, cases={accepted.id: accepted}), late)


def test_what_is_new_since_a_version() -> None:
    basis = _basis()
    sent = _sent(basis)
    assert changes(sent, basis) == ()
    case = _case(basis)
    retold = _with(basis, content=replace(case.content, summary="Et nytt sammendrag"))
    assert [c.kind for c in changes(sent, retold)] == [ChangeKind.TEXT]
    fewer = replace(case.documents[0], id=DocumentId("another"))
    assert [c.kind for c in changes(sent, _with(basis, documents=(fewer,)))] == [ChangeKind.DOCUMENTS]
    said = replace(basis, statements={case.id: [Statement(case.id, LEAD.id, "Vi støtter saken.", NOW)]})
    assert [c.kind for c in changes(sent, said)] == [ChangeKind.TEXT]
    gone = replace(basis, agenda=replace(_agenda(basis), items=()))
    assert [c.kind for c in changes(sent, gone)] == [ChangeKind.REMOVED]
    longer = replace(_agenda(basis), items=tuple(replace(i, minutes=30) for i in _agenda(basis).items))
    assert [c.kind for c in changes(sent, replace(basis, agenda=longer))] == [ChangeKind.AGENDA]
    previous = Meeting(MeetingId("before"), Body.BOARD, EARLY)
    filed = {**basis.finished, previous.id: circulated(previous.id)}
    assert [c.kind for c in changes(sent, replace(basis, previous=previous, finished=filed))] == [ChangeKind.MINUTES]
    assert [c.kind for c in changes(replace(sent, items=()), basis)] == [ChangeKind.ADDED]

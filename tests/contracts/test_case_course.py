"""A case's way to the board in ``board.case_ports.CaseRepository``, kept by every implementation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.case import Case
from board.decision import Outcome
from board.documents import Document
from board.ids import CaseId, DocumentId, MeetingId
from board.people import Role
from board.ports import Work
from board.states import AFTER_BOARD, CaseState
from board.treatment import WgOutcome
from tests.contracts.agenda_samples import C1, M1, M2, TREATMENT, WAY, decided, dispatched, late
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, actor, case, fill, later
from tests.contracts.sitting_samples import I1, decision

S = CaseState
OFFICE = actor(LISE, Role.OFFICE)


async def _save(work: Work, one: Case) -> None:
    async with work.write() as unit:
        await unit.cases.save(one)
        await unit.commit()


def _moved(one: Case, state: CaseState, minute: int, **values: object) -> Case:
    last = replace(one.last, at=later(minute))
    return replace(one, rev=one.rev + 1, state=state, updated_at=later(minute), last=last, **values)  # type: ignore[arg-type]  # names of fields


@pytest.mark.parametrize("outcome", list(WgOutcome))
async def test_a_case_comes_back_with_all_that_it_gathered(work: Work, outcome: WgOutcome) -> None:
    document = Document(
        DocumentId("d1"), "mandate", "M.pdf", KARI, NOW, "", "ab", 1, exempt=True, legal_basis="offl. § 14",
        exempt_until=date(2030, 2, 28),
    )  # fmt: skip
    whole = replace(
        dispatched("c1"), wg_outcome=outcome, documents=(document,), excluded=frozenset({OLA, ODD}), late=late()
    )
    plain = case("c2", state=S.READY_FOR_WG)
    await fill(work, [whole, plain, dispatched("c3")])
    async with work.read() as unit:
        assert [await unit.cases.get(CaseId(name)) for name in ("c1", "c2", "c3")] == [whole, plain, dispatched("c3")]


@pytest.mark.parametrize("state", AFTER_BOARD)
async def test_a_decided_case_comes_back_as_it_was(work: Work, state: CaseState) -> None:
    await fill(work, [dispatched("c1"), decided("c2", state)])
    after = replace(decided("c1", state), rev=2, board_outcome=Outcome.POSTPONED)
    await _save(work, after)
    async with work.read() as unit:
        assert [await unit.cases.get(CaseId(name)) for name in ("c1", "c2")] == [after, decided("c2", state)]


async def test_a_decided_case_is_its_peoples_and_nobody_is_to_take_it_on(work: Work) -> None:
    cases = [replace(decided(state.value, state), updated_at=later(n)) for n, state in enumerate(AFTER_BOARD)]
    cases += [case("put-off", state=S.WG_TREATED, minute=-1)]
    await fill(work, [replace(one, content=replace(one.content, wanted_meeting=M1)) for one in cases])
    async with work.read() as unit:
        for who in (KARI, OLA):
            lines = [line.id for line in await unit.cases.lines_for(actor(who), 9)]
            assert lines == [*(state.value for state in (S.MINUTED, S.PUBLISHED, S.DECIDED)), "put-off", S.CLOSED.value]
        assert [line.id for line in await unit.cases.lines_for(OFFICE, 9)] == ["put-off"]
        assert [one.id for one in await unit.cases.wanting([M1])] == ["put-off"]
        for state in AFTER_BOARD:
            assert [one.id for one in await unit.cases.in_state(state, 9)] == [state.value]


async def test_a_case_that_the_board_put_off_was_on_that_agenda_all_the_same(work: Work) -> None:
    off = replace(case("c1", state=S.WG_TREATED), board_outcome=Outcome.POSTPONED, published_at=NOW)
    await fill(work, [off, case("c2", state=S.WG_TREATED)])
    async with work.write() as unit:
        await unit.decisions.put(decision(I1, C1, M1))
        await unit.decisions.put(decision(I1, None, M2))
        assert list(await unit.cases.on_agenda(M1)) == [off]
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.cases.on_agenda(M1)) == [off]
        assert list(await unit.cases.on_agenda(M2)) == []


async def test_cases_of_an_agenda_are_those_on_it_and_those_that_were_treated(work: Work) -> None:
    cases = [
        replace(case("d", state=S.ON_WG_AGENDA), wg_meeting=M1),
        replace(case("b", state=S.ON_BOARD_AGENDA), wg_meeting=M2, board_meeting=M1),
        replace(case("a", state=S.READY_FOR_WG), wg_meeting=M2),
        case("c1", state=S.READY_FOR_WG),
        case("e", state=S.READY_FOR_WG),
    ]
    await fill(work, cases)
    async with work.write() as unit:
        await unit.treatments.add(TREATMENT)
        await unit.commit()
    async with work.write() as unit:
        assert [one.id for one in await unit.cases.on_agenda(M1)] == ["b", "c1", "d"]
    async with work.read() as unit:
        assert (TREATMENT.case, TREATMENT.meeting) == (C1, M1)
        assert list(await unit.cases.on_agenda(M2)) == [cases[2], cases[1]]
        assert list(await unit.cases.on_agenda(MeetingId("nothing"))) == []


@pytest.mark.parametrize("state", [*WAY, S.SUBMITTED])
async def test_who_came_into_a_state_first_is_in_front(work: Work, state: CaseState) -> None:
    await fill(work, [case("c1", state=state), case("c2"), case("c3", state=state), case("c4")])
    await _save(work, _moved(case("c1", state=state), S.INCOMPLETE, 1))
    await _save(work, _moved(case("c4"), state, 2))
    await _save(work, _moved(replace(case("c1", state=S.INCOMPLETE), rev=2), state, 3))
    await _save(work, _moved(case("c3", state=state), state, 4))
    async with work.read() as unit:
        assert [one.id for one in await unit.cases.in_state(state, 9)] == ["c3", "c4", "c1"]
        assert [one.id for one in await unit.cases.in_state(state, 2)] == ["c3", "c4"]
        assert [one.id for one in await unit.cases.in_state(S.DRAFT, 9)] == ["c2"]


async def test_the_office_has_what_it_takes_on_from_here(work: Work) -> None:
    states = (S.SUBMITTED, *WAY, S.DISPATCHED, S.INCOMPLETE, S.OUT_OF_SCOPE, S.AWAITING_OWNER)
    await fill(work, [case(state.value, state=state, minute=n) for n, state in enumerate(states)])
    async with work.read() as unit:
        for who in (OFFICE, actor(ODD, Role.PORTFOLIO_LEAD)):
            lines = [line.id for line in await unit.cases.lines_for(who, 20)]
            assert lines == [state.value for state in reversed((S.SUBMITTED, *WAY))]
        assert list(await unit.cases.lines_for(actor(ODD, Role.WG_MEMBER, Role.CHAIR), 20)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("012-2026", ["c1"]),
        ("12-2026", ["c1"]),
        ("AU 004-2026", ["c1"]),
        ("au 4-2026", ["c1"]),
        ("AU 002-2026", ["c1"]),
        ("2026", ["c2", "c1"]),
        ("au 7-2026", ["c2"]),
        ("013-2026", []),
    ],
)
async def test_a_case_is_found_by_its_numbers(work: Work, words: str, found: list[str]) -> None:
    other = replace(case("c2", state=S.ON_WG_AGENDA, minute=1), wg_number="AU 007-2026", accepted_at=NOW)
    await fill(work, [dispatched("c1"), other])
    async with work.read() as unit:
        assert [line.id for line in await unit.cases.find(OFFICE, words, 9)] == found


async def test_a_number_given_later_is_found(work: Work) -> None:
    plain = case("c1", state=S.READY_FOR_WG)
    await fill(work, [plain])
    await _save(work, _moved(plain, S.ON_WG_AGENDA, 1, wg_number="AU 005-2026"))
    async with work.read() as unit:
        (line,) = await unit.cases.find(OFFICE, "5-2026", 9)
        assert line.number == "AU 005-2026"


async def test_a_line_has_the_boards_number_else_the_working_groups(work: Work) -> None:
    group = replace(case("c2", state=S.ON_WG_AGENDA, minute=1), wg_number="AU 007-2026")
    await fill(work, [dispatched("c1"), group, case("c3", minute=2)])
    async with work.read() as unit:
        assert [line.number for line in await unit.cases.lines_for(actor(KARI), 9)] == ["", "AU 007-2026", "012-2026"]

"""The yearly evaluation: once a year, once a person, without names, and no result from too few (mandatet § 8)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.evaluation import Ballot, Round, is_to_open, last_day_to_answer, opening_day, opens_at, put_in
from board.evaluation_plan import EvaluationPlan
from board.notices import NoticeKind
from board.people import Body, Holding, Role
from board.rehearsal import Stored, rehearse
from board.states import CaseState
from tests.board.evaluation_support import ALL_FIVE, DIRECTORS, NOVEMBER, THIS, a_board
from tests.board.support import LEAD, OFFICE, OTHERS, actor, mandate, refused
from tests.board.test_planner import CALENDAR, HOURS

PLAN = mandate().evaluation or EvaluationPlan(())
CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
OBSERVER = next(one for one in OTHERS if Role.OBSERVER in one.roles)


# -- when --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "year", "day"),
    [(11, 2026, date(2026, 11, 2)), (5, 2026, date(2026, 5, 4)), (1, 2027, date(2027, 1, 4))],
)
def test_it_opens_on_the_first_working_day_of_its_month(month: int, year: int, day: date) -> None:
    assert opening_day(replace(PLAN, month=month), year, None, CALENDAR) == day


def test_it_can_open_so_many_days_before_the_first_meeting() -> None:
    plan = replace(PLAN, month=None, days_before=10)
    assert opening_day(plan, 2026, date(2026, 4, 16), CALENDAR) == date(2026, 4, 1)  # Easter lies between
    assert opening_day(plan, 2026, None, CALENDAR) is None
    assert opens_at(plan, 2026, None, HOURS) is None


def test_the_last_day_to_answer_is_a_working_day() -> None:
    assert last_day_to_answer(replace(PLAN, answer_days=5), date(2026, 11, 2), CALENDAR) == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("at", "due"), [("2026-11-02T07:00", True), ("2026-11-02T06:59", False), ("2026-12-20T07:00", False)]
)
def test_it_falls_due_on_its_day_and_not_long_after(at: str, due: bool) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert is_to_open(PLAN, 2026, None, None, HOURS, now) is due


# -- opening -----------------------------------------------------------------------------------------------------------


async def test_it_opens_by_itself_and_asks_each_once() -> None:
    board = await a_board()
    await board.tick()
    asked = {who for kind, who in board.desk.told if kind == NoticeKind.EVALUATION_ASKED}
    assert asked == {CHAIR.id, next(o.id for o in OTHERS if Role.MEMBER in o.roles), *(d.id for d in DIRECTORS)}
    assert board.round.asked == len(asked) == 10
    duties = [duty for duty in board.desk.memory.state.duties.values() if duty.kind is DutyKind.EVALUATE]
    assert {duty.person for duty in duties} == asked
    assert all(duty.next_at for duty in duties)
    assert [what for what, *_ in board.desk.log] == ["evaluation.opened"]


# -- answering ---------------------------------------------------------------------------------------------------------


async def test_an_answer_is_in_the_urn_and_the_person_elsewhere() -> None:
    board = await a_board()
    await board.answer(DIRECTORS[0], ALL_FIVE, " Kortere møter. ")
    assert board.urn == (Ballot((4, 4, 4, 4, 4), "Kortere møter."),)
    assert board.desk.memory.state.evaluation_voters == {(THIS, DIRECTORS[0].id)}
    assert {field.name for field in fields(Ballot)} == {"answers", "comment"}
    assert board.round.answered == 1
    assert len(board.desk.log) == 1, "the log does not say who answered"


async def test_ones_duty_ends_and_nobody_elses() -> None:
    board = await a_board()
    await board.answer(DIRECTORS[0])
    ended = [duty.person for duty in board.desk.memory.state.duties.values() if not duty.is_open]
    assert ended == [DIRECTORS[0].id]


async def test_one_answers_once() -> None:
    board = await a_board()
    await board.answer(DIRECTORS[0])
    refused(await board.answer(DIRECTORS[0], {**ALL_FIVE, "q1": 1}), RefusalCode.ANSWERED)
    assert len(board.urn) == board.round.answered == 1


@pytest.mark.parametrize("who", [OFFICE, LEAD, OBSERVER, actor("gjest")], ids=lambda who: who.id)
async def test_only_chair_and_members_answer(who: object) -> None:
    board = await a_board()
    refusal = refused(await board.answer(who), RefusalCode.NOT_ALLOWED)  # type: ignore[arg-type]  # an Actor
    assert refusal.paragraph == "§ 8"
    assert not board.urn
    assert board.desk.log[-1][0] == "act.refused"


@pytest.mark.parametrize("marks", [{}, {**ALL_FIVE, "q3": 0}, {**ALL_FIVE, "q3": 6}])
async def test_what_is_missing_or_wrong_is_named_at_once(marks: dict[str, int]) -> None:
    board = await a_board()
    refusal = refused(await board.answer(DIRECTORS[0], marks), RefusalCode.INCOMPLETE)
    assert refusal.params["fields"] == (("q3",) if marks else ("q1", "q2", "q3", "q4", "q5"))
    assert not board.urn
    assert not board.desk.memory.state.evaluation_voters


async def test_a_comment_has_a_length() -> None:
    board = await a_board()
    refused(await board.answer(DIRECTORS[0], ALL_FIVE, "x" * 1001), RefusalCode.TOO_LONG)
    assert not board.urn


async def test_after_its_time_no_answer_is_taken_also_before_it_is_closed() -> None:
    board = await a_board()
    board.desk.clock.set(board.round.closes_at)
    refused(await board.answer(DIRECTORS[0]), RefusalCode.EVALUATION_CLOSED)


def test_the_urn_is_shuffled_with_every_answer() -> None:
    lots = iter("dbca")
    urn = put_in([Ballot((1,)), Ballot((2,)), Ballot((3,))], Ballot((4,)), lambda: next(lots))
    assert [ballot.answers[0] for ballot in urn] == [4, 2, 3, 1]


# -- closing -----------------------------------------------------------------------------------------------------------


async def test_enough_answers_give_a_result_and_a_case_for_the_office() -> None:
    board = await a_board()
    for n, who in enumerate(DIRECTORS[:5], 1):
        await board.answer(who, {**ALL_FIVE, "q1": n}, f"Kommentar {n}" if n > 3 else "")
    board.desk.clock.set(board.round.closes_at)
    await board.tick()
    await board.tick()
    outcome = board.round.outcome
    assert outcome is not None
    assert outcome.counts[0] == (1, 1, 1, 1, 1)
    assert outcome.counts[1] == (0, 0, 0, 5, 0)
    assert outcome.mean(0) == 3.0
    assert set(outcome.comments) == {"Kommentar 4", "Kommentar 5"}
    assert not board.urn, "the urn is destroyed"
    (case,) = board.desk.memory.state.cases.values()
    assert (case.case_type, case.state, case.submitter) == ("evaluation", CaseState.SUBMITTED, OFFICE.id)
    assert case.owner == LEAD.id
    assert board.round.case == case.id
    assert all(not duty.is_open for duty in board.desk.memory.state.duties.values() if duty.kind is DutyKind.EVALUATE)
    told = {who for kind, who in board.desk.told if kind == NoticeKind.EVALUATION_RESULT}
    assert {CHAIR.id, OFFICE.id, LEAD.id, DIRECTORS[7].id} <= told
    assert case.allowed_acts(OFFICE), "the office can hand it to the working group"


@pytest.mark.parametrize("count", [0, 1, 4])
async def test_too_few_answers_give_no_result_ever(count: int) -> None:
    board = await a_board()
    for who in DIRECTORS[:count]:
        await board.answer(who, ALL_FIVE, "Til deg som leser")
    board.desk.clock.set(board.round.closes_at)
    await board.tick()
    assert board.round.outcome is None
    assert not board.round.is_open
    assert not board.urn
    assert not board.desk.memory.state.cases
    assert "Til deg" not in repr(board.desk.memory.state)
    told = {who for kind, who in board.desk.told if kind == NoticeKind.EVALUATION_RESULT}
    assert CHAIR.id not in told
    assert OFFICE.id in told


async def test_the_office_closes_it_early_once_and_others_may_not() -> None:
    board = await a_board()
    refused(await board.close(DIRECTORS[0]), RefusalCode.NOT_ALLOWED)
    assert not isinstance(await board.close(), Refusal)
    refused(await board.close(), RefusalCode.EVALUATION_CLOSED)
    board.desk.clock.move(days=3)
    await board.tick()
    assert not board.round.is_open, "a year has one round"


async def test_the_next_year_has_its_own() -> None:
    board = await a_board()
    board.desk.clock.set(board.round.closes_at)
    await board.tick()
    board.desk.clock.set(NOVEMBER + timedelta(days=364))
    await board.tick()
    assert sorted(board.desk.memory.state.evaluations) == [2026, 2027]


# -- rehearsed ---------------------------------------------------------------------------------------------------------


def _rehearsed(until: str, latest: Round | None = None) -> list[tuple[str, str, str]]:
    """When, what and to whom, if nobody answers; digests left out."""
    held = {CHAIR.id: Role.CHAIR, DIRECTORS[0].id: Role.MEMBER, OFFICE.id: Role.OFFICE, LEAD.id: Role.PORTFOLIO_LEAD}
    holdings = [Holding(who, role, Body.BOARD, date(2022, 1, 1)) for who, role in held.items()]
    stored = Stored((), (), {}, holdings, {}, frozenset(), (), evaluation=latest)
    ends = datetime.fromisoformat(until).replace(tzinfo=UTC)
    went = rehearse(stored, mandate(), HOURS, ends, datetime(2026, 9, 1, tzinfo=UTC))
    kinds = (NoticeKind.EVALUATION_ASKED, NoticeKind.EVALUATION_RESULT)
    return [(f"{w.at:%Y-%m-%d %H:%M}", str(w.notice.kind), w.notice.to) for w in went if w.notice.kind in kinds]


def test_the_rehearsal_opens_and_closes_it_every_year() -> None:
    went = _rehearsed("2027-12-01")
    assert went[:2] == [
        ("2026-11-02 07:00", "evaluation.asked", CHAIR.id),
        ("2026-11-02 07:00", "evaluation.asked", DIRECTORS[0].id),
    ]
    assert sorted(went[2:4]) == sorted(("2026-11-24 07:00", "evaluation.result", who) for who in (LEAD.id, OFFICE.id))
    assert [day for day, *_ in went[4:]] == ["2027-11-01 07:00"] * 2 + ["2027-11-23 07:00"] * 2


async def test_the_rehearsal_does_not_open_a_round_that_is_there() -> None:
    board = await a_board()
    assert [kind for _, kind, _ in _rehearsed("2027-06-01", board.round)] == ["evaluation.result"] * 2

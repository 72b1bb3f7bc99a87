"""The yearly evaluation (mandatet § 8): a round that is opened, answered without names, and closed to a result.

What was answered is in an *urn* (:class:`Ballot` without a person, shuffled with every new one); who has answered is
kept apart. ``docs/why/anonymous-evaluation.md`` says what that does and does not hide. Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from board.clock import local_day
from board.deadlines import WorkingCalendar, working_day_after, working_day_on_or_before
from board.duty import Duty, DutyKind, ask
from board.errors import Refusal, RefusalCode
from board.evaluation_plan import EvaluationPlan, Question
from board.hours import Hours
from board.ids import CaseId, DutyId, EvaluationId, PersonId
from board.people import HANDLERS, Actor

LOWEST: Final = 1
HIGHEST: Final = 5
MAX_COMMENT: Final = 1000
OPEN_FOR: Final = timedelta(days=31)
"""How long after its day a round is still opened: a board that begins in December is not asked about November."""
_PREFIX: Final = "evaluation:"


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's answers, in the order of the round's questions; nothing of it says whose."""

    answers: tuple[int, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``counts``: for each question how many answered 1, 2, 3, 4 and 5. ``comments`` are shuffled."""

    answered: int
    counts: tuple[tuple[int, ...], ...]
    comments: tuple[str, ...] = ()

    def mean(self, question: int) -> float:
        counts = self.counts[question]
        return sum(n * mark for mark, n in enumerate(counts, LOWEST)) / sum(counts)


@dataclass(frozen=True, slots=True)
class Round:
    """One year's. ``questions`` are frozen when it opens. ``asked``: how many were asked, ``answered``: how many have.

    Open until ``closes_at``, or until the office closes it. ``outcome`` None in a closed round: too few answered, and
    what they said is gone. ``case``: what was made of the result, for the board.
    """

    id: EvaluationId
    year: int
    rev: int
    opened_at: datetime
    due: date
    closes_at: datetime
    questions: tuple[Question, ...]
    fewest: int
    asked: int
    answered: int = 0
    state: RoundState = RoundState.OPEN
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    case: CaseId | None = None

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN

    def takes_answers(self, now: datetime) -> bool:
        return self.is_open and now < self.closes_at


def round_id(year: int) -> EvaluationId:
    return EvaluationId(f"{_PREFIX}{year}")


def is_round(object_id: str) -> bool:
    return object_id.startswith(_PREFIX)


def year_of(object_id: str) -> str:
    return object_id.removeprefix(_PREFIX)


# -- when --------------------------------------------------------------------------------------------------------------


def opening_day(plan: EvaluationPlan, year: int, first_meeting: date | None, calendar: WorkingCalendar) -> date | None:
    """The working day on which ``year``'s round opens; None where it goes by a meeting that is not planned.

    ``first_meeting``: the day of the board's first meeting that year.
    """
    if plan.month is not None:
        return working_day_after(date(year, plan.month, 1) - timedelta(days=1), 1, calendar)
    if first_meeting is None or plan.days_before is None:
        return None
    return working_day_on_or_before(first_meeting - timedelta(days=plan.days_before), calendar)


def last_day_to_answer(plan: EvaluationPlan, opened: date, calendar: WorkingCalendar) -> date:
    return working_day_on_or_before(opened + timedelta(days=plan.answer_days), calendar)


def opens_at(plan: EvaluationPlan, year: int, first_meeting: date | None, hours: Hours) -> datetime | None:
    day = opening_day(plan, year, first_meeting, hours.calendar)
    return None if day is None else hours.opening(day)


def is_to_open(
    plan: EvaluationPlan, year: int, latest: Round | None, first_meeting: date | None, hours: Hours, now: datetime
) -> bool:
    """Whether that year's round falls due now: its day has come, is not long past, and it was not opened before."""
    at = opens_at(plan, year, first_meeting, hours)
    if at is None or not at <= now < at + OPEN_FOR:
        return False
    return latest is None or (latest.year < year and not latest.is_open)


def is_to_close(latest: Round | None, now: datetime) -> bool:
    return latest is not None and latest.is_open and now >= latest.closes_at


# -- acts --------------------------------------------------------------------------------------------------------------


def open_round(plan: EvaluationPlan, year: int, asked: int, now: datetime, hours: Hours) -> Round:
    """It closes at the opening of the working day after the last day to answer."""
    due = last_day_to_answer(plan, local_day(now), hours.calendar)
    closes_at = hours.opening(working_day_after(due, 1, hours.calendar))
    return Round(round_id(year), year, 1, now, due, closes_at, plan.questions, plan.fewest, asked)


def duties_of(round_: Round, people: Iterable[PersonId], hours: Hours) -> tuple[Duty, ...]:
    """One for each who is asked, with its first reminder planned."""
    kind = DutyKind.EVALUATE
    return tuple(
        ask(Duty(DutyId(f"{kind}:{round_.id}:{who}"), kind, round_.id, who, round_.opened_at, round_.due), hours)
        for who in people
    )


def may_answer(round_: Round, actor: Actor, plan: EvaluationPlan, *, answered: bool, now: datetime) -> Refusal | None:
    """None: the answer may be taken. Judged by the roles of the day; once a person."""
    if not actor.roles & set(plan.asks):
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "evaluate", "roles": tuple(sorted(plan.asks))}, plan.paragraph)
    if answered:
        return Refusal(RefusalCode.ANSWERED)
    if not round_.takes_answers(now):
        return Refusal(RefusalCode.EVALUATION_CLOSED)
    return None


def filled_in(round_: Round, marks: Mapping[str, int], comment: str) -> Ballot | Refusal:
    """``marks`` by the inputs' names, q1 and on. All that is missing or wrong is named at once."""
    names = [f"q{n}" for n in range(1, len(round_.questions) + 1)]
    wrong = tuple(name for name in names if not LOWEST <= marks.get(name, 0) <= HIGHEST)
    if wrong:
        return Refusal(RefusalCode.INCOMPLETE, {"fields": wrong, "unread": (), "documents": ()})
    if len(comment) > MAX_COMMENT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"comment": MAX_COMMENT}})
    return Ballot(tuple(marks[name] for name in names), comment.strip())


def put_in(urn: Sequence[Ballot], ballot: Ballot, lot: Callable[[], str]) -> tuple[Ballot, ...]:
    """The urn with one more, shuffled anew. ``lot`` draws what nobody can foresee."""
    return tuple(sorted((*urn, ballot), key=lambda _: lot()))


def one_more(round_: Round) -> Round:
    """The revision stays: nothing that a card shows to somebody else than the office has changed."""
    return replace(round_, answered=round_.answered + 1)


def may_arrange(actor: Actor) -> Refusal | None:
    """Opening and closing a round by hand is the office's and its lead's."""
    if actor.roles & HANDLERS:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "evaluation", "roles": tuple(sorted(HANDLERS))})


def close_round(round_: Round, urn: Sequence[Ballot], now: datetime, lot: Callable[[], str]) -> Round:
    """With too few answers there is no outcome, and there never will be one."""
    outcome = _counted(round_, urn, lot) if len(urn) >= round_.fewest else None
    return replace(round_, rev=round_.rev + 1, state=RoundState.CLOSED, closed_at=now, outcome=outcome)


def _counted(round_: Round, urn: Sequence[Ballot], lot: Callable[[], str]) -> Outcome:
    marks = range(LOWEST, HIGHEST + 1)
    counts = tuple(
        tuple(sum(ballot.answers[n] == mark for ballot in urn) for mark in marks) for n in range(len(round_.questions))
    )
    comments = sorted((ballot.comment for ballot in urn if ballot.comment), key=lambda _: lot())
    return Outcome(len(urn), counts, tuple(comments))

"""Rounds of every sort, for the tests of cards and pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from board.evaluation import Outcome, Round, RoundState, round_id
from board.ids import CaseId
from cards.evaluation_views import EvaluationView
from tests.board.support import mandate

PLAN = mandate().evaluation
assert PLAN is not None
OPENED = datetime(2026, 11, 2, 7, tzinfo=UTC)
OPEN = Round(
    round_id(2026), 2026, 1, OPENED, date(2026, 11, 23), datetime(2026, 11, 24, 7, tzinfo=UTC), PLAN.questions, 5, 12, 7
)
COUNTS = ((0, 1, 2, 6, 2), (1, 3, 4, 2, 1), (0, 0, 3, 5, 3), (2, 4, 3, 1, 1), (11, 0, 0, 0, 0))
COMMENTS = ("Kortere møter, og mer tid til de store sakene.", "Papirene er blitt bedre.")
CLOSED = replace(
    OPEN,
    rev=2,
    answered=11,
    state=RoundState.CLOSED,
    closed_at=OPEN.closes_at,
    outcome=Outcome(11, COUNTS, COMMENTS),
    case=CaseId("case-1"),
)
WITHHELD = replace(CLOSED, answered=4, outcome=None, case=None)


def view(round_: Round | None, **more: object) -> EvaluationView:
    return replace(EvaluationView(round_, mandate(), date(2026, 11, 4)), **more)  # type: ignore[arg-type]  # fields of EvaluationView

"""The mandate file's ``[evaluation]`` and ``[[evaluation_question]]``: both, or neither."""

from __future__ import annotations

from typing import Final

from board.evaluation_plan import EvaluationPlan, Question
from board.mandate_toml import Reader, Row
from board.people import Role

MOST_QUESTIONS: Final = 5
"""A card holds them with their choices and a comment, and the inputs are called q1 to q5."""
_MONTHS: Final = 12


def read_evaluation(reader: Reader) -> EvaluationPlan | None:
    """None where the file has no such table: that board is not evaluated by Saksgang."""
    row = reader.perhaps("evaluation")
    rows = reader.rows("evaluation_question", needed=False)
    questions = tuple(_question(one) for one in rows)
    if not row.data and not rows:
        return None
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        row.problem("", f"from 1 to {MOST_QUESTIONS} [[evaluation_question]] are needed, not {len(questions)}")
    month, before = row.optional_number("month"), row.optional_number("days_before_first_meeting")
    if (month is None) == (before is None):
        row.problem("", "one of «month» and «days_before_first_meeting» is needed, not both")
    if month is not None and not 1 <= month <= _MONTHS:
        row.problem("month", f"«month» must be from 1 to {_MONTHS}")
    if before is not None and not 0 <= before <= 366:
        row.problem("days_before_first_meeting", "«days_before_first_meeting» must be from 0 to 366")
    plan = EvaluationPlan(
        questions=questions,
        month=month,
        days_before=before,
        answer_days=row.count("answer_days", 21, 180),
        fewest=_fewest(row),
        asks=_asks(row),
        paragraph=row.text("paragraph", ""),
    )
    row.done()
    return plan


def _question(row: Row) -> Question:
    question = Question(row.text("id"), row.label())
    row.done()
    return question


def _fewest(row: Row) -> int:
    """Two would know each other's answers."""
    fewest = row.count("fewest_answers", 5, 100)
    if fewest < 3:
        row.problem("fewest_answers", "«fewest_answers» must be 3 or more: fewer would know each other's answers")
    return fewest


def _asks(row: Row) -> tuple[Role, ...]:
    named = row.choices("asks", list(Role), row.texts("asks", [Role.CHAIR.value, Role.MEMBER.value]))
    return tuple(Role(name) for name in named if name in list(Role))

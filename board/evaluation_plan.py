"""How the board is evaluated every year, as the mandate file says (mandatet § 8): when, by whom, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.people import Role


@dataclass(frozen=True, slots=True)
class Question:
    """Answered from 1 to 5. ``label`` is the statement in ``nb``, ``nn`` and ``en``."""

    id: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """Opens on the first working day of ``month`` or, where that is None, ``days_before`` the year's first meeting.

    ``answer_days``: calendar days to answer in. ``fewest``: with fewer answers no result is shown, ever. ``asks``: the
    roles that answer.
    """

    questions: tuple[Question, ...]
    month: int | None = 11
    days_before: int | None = None
    answer_days: int = 21
    fewest: int = 5
    asks: tuple[Role, ...] = (Role.CHAIR, Role.MEMBER)
    paragraph: str = "§ 8"

"""What follows a board meeting, as the mandate file says: anchoring and benefit checkpoints (mandatet § 2, § 4)."""

from __future__ import annotations

from dataclasses import dataclass

from board.people import Role


@dataclass(frozen=True, slots=True)
class AnchoringPlan:
    """Asked ``days`` after the minutes are approved, of those who hold ``asks``; ``answer_days`` to answer in."""

    days: int = 14
    answer_days: int = 7
    asks: tuple[Role, ...] = (Role.MEMBER,)


@dataclass(frozen=True, slots=True)
class BenefitsPlan:
    """Asked so many ``months`` after a decision on a case of one of ``case_types`` is published."""

    months: tuple[int, ...] = (6, 12, 24)
    answer_days: int = 21
    case_types: tuple[str, ...] = ("bp5",)

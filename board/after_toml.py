"""The mandate file's ``[anchoring]`` and ``[benefits]``; a board that leaves one out does not have it."""

from __future__ import annotations

from collections.abc import Sequence

from board.after_plan import AnchoringPlan, BenefitsPlan
from board.mandate_toml import Reader, Row
from board.people import Role

_LONGEST = 120
"""Months: ten years."""


def read_anchoring(reader: Reader) -> AnchoringPlan | None:
    row = reader.perhaps("anchoring")
    if not row.data:
        return None
    named = row.choices("asks", list(Role), row.texts("asks", [Role.MEMBER.value]))
    plan = AnchoringPlan(
        row.count("days", 14, 365),
        row.count("answer_days", 7, 365),
        tuple(Role(name) for name in named if name in list(Role)),
    )
    row.done()
    return plan


def read_benefits(reader: Reader, known_types: Sequence[str]) -> BenefitsPlan | None:
    row = reader.perhaps("benefits")
    if not row.data:
        return None
    types = row.choices("case_types", known_types, row.texts("case_types", ["bp5"]))
    plan = BenefitsPlan(_months(row), row.count("answer_days", 21, 365), types)
    row.done()
    return plan


def _months(row: Row) -> tuple[int, ...]:
    """Each month once, the earliest first."""
    months = row.numbers("months", [6, 12, 24])
    if not months or list(months) != sorted(set(months)) or not 1 <= months[0] <= months[-1] <= _LONGEST:
        row.problem("months", f"«months» must be whole numbers from 1 to {_LONGEST}, each once, the smallest first")
    return months

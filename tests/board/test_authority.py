"""Who decides: by type, by date, and by amount where the file has amounts (mandatet § 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.mandate import Authority
from tests.board.support import mandate

TABLE = (
    Authority("bp3", "board", date(2022, 1, 1)),
    Authority("bp3", "rhf_board", date(2024, 1, 1), above_nok=100_000_000),
    Authority("bp3", "rhf_board", date(2024, 1, 1), above_nok=500_000_000),
    Authority("bp3", "board", date(2026, 7, 1), above_nok=100_000_000),
    Authority("bp2", "chair", date(2025, 1, 1)),
    Authority("bp2", "board", date(2022, 1, 1)),
)
CASES = [
    ("bp3", date(2021, 12, 31), 1, None),
    ("bp3", date(2022, 1, 1), None, "board"),
    ("bp3", date(2023, 12, 31), 10**9, "board"),
    ("bp3", date(2024, 1, 1), 99_999_999, "board"),
    ("bp3", date(2024, 1, 1), 100_000_000, "rhf_board"),
    ("bp3", date(2024, 1, 1), None, "board"),
    ("bp3", date(2026, 7, 1), 200_000_000, "board"),
    ("bp3", date(2026, 6, 30), 200_000_000, "rhf_board"),
    ("bp3", date(2026, 7, 1), 500_000_000, "rhf_board"),
    ("bp2", date(2024, 12, 31), 0, "board"),
    ("bp2", date(2025, 1, 1), 0, "chair"),
    ("bp1", date(2026, 1, 1), 0, None),
]


@pytest.mark.parametrize(("case_type", "day", "nok", "who"), CASES)
@pytest.mark.parametrize("rows", [TABLE, TABLE[::-1]], ids=["as written", "backwards"])
def test_who_decides(case_type: str, day: date, nok: int | None, who: str | None, rows: tuple[Authority, ...]) -> None:
    found = replace(mandate(), authorities=rows).decided_by(case_type, day, nok)
    assert (found.decides if found else None) == who

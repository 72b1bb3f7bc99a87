"""When the board can decide: more than a part of the invited come, themselves or by a deputy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.attendance import Quorum, quorum


@pytest.mark.parametrize(
    ("invited", "share", "needed"),
    [(12, 0.5, 7), (11, 0.5, 6), (1, 0.5, 1), (0, 0.5, 0), (100, 0.29, 30), (9, 0.0, 1), (9, 1.0, 9), (3, 0.6667, 3)],
)
def test_how_many_must_come(invited: int, share: float, needed: int) -> None:
    assert quorum(invited, 0, share) == Quorum(invited, 0, needed)


@given(st.integers(1, 200), st.integers(0, 100))
def test_those_needed_are_the_fewest_that_are_more_than_the_share(invited: int, percent: int) -> None:
    needed = quorum(invited, 0, percent / 100).needed
    assert needed * 100 > percent * invited or needed == invited
    assert (needed - 1) * 100 <= percent * invited


def test_it_is_reached_from_that_many_on() -> None:
    assert [quorum(12, coming, 0.5).is_reached for coming in (6, 7, 12)] == [False, True, True]

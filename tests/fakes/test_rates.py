"""The published rates, as the local Connector holds them."""

from __future__ import annotations

from tests.fakes.rates import Rates


def test_a_conversation_takes_seven_in_a_second_and_eight_in_two() -> None:
    rates = Rates()
    assert [rates.exceeded("c", 100.0) for _ in range(7)] == [None] * 7
    assert rates.exceeded("c", 100.5) == 0.5
    assert rates.exceeded("c", 101.0) is None
    assert rates.exceeded("c", 101.5) == 0.5
    assert rates.violations == ["conversation c: more than 7 in 1 s", "conversation c: more than 8 in 2 s"]


def test_the_app_takes_fifty_in_a_second_over_all_conversations() -> None:
    rates = Rates()
    assert [rates.exceeded(f"c{number}", 5.0) for number in range(50)] == [None] * 50
    assert rates.exceeded("another", 5.0) == 1.0
    assert rates.violations == ["app: more than 50 in 1 s"]

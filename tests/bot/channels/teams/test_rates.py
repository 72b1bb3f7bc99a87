"""The sliding windows by themselves: never too much in any of them, and nothing held longer than needed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import rates as pacing
from bot.channels.base import Retry
from bot.channels.rates import OutgoingRates, Windows, windows
from bot.channels.teams.limits import PER_APP, PER_CONVERSATION, TEAMS
from tests.bot.channels.teams.support import Monotonic
from tests.fakes.rates import Rates

TICKS = 1_024
"""Times are whole parts of this, so that sums of floats are exact."""


@dataclass
class Model:
    """The published text, word for word: at most so many calls in any so many seconds."""

    calls: dict[str, list[float]] = field(default_factory=dict)

    def allows(self, name: str, at: float, limits: Windows) -> bool:
        calls = self.calls.get(name, [])
        return all(sum(at - seconds < call <= at for call in calls) < most for most, seconds in limits)

    def add(self, name: str, at: float) -> None:
        self.calls.setdefault(name, []).append(at)

    def holds(self, name: str, limits: Windows) -> bool:
        """Whether no window, wherever it begins, has more than its limit."""
        calls = sorted(self.calls.get(name, []))
        return all(
            late - early >= seconds
            for most, seconds in limits
            for early, late in zip(calls, calls[most:], strict=False)
        )


def at_once(rates: OutgoingRates, conversation: str, *, urgent: bool = False) -> float:
    """A call that takes no time: 0, or the seconds it is held."""
    held = rates.take(conversation, urgent=urgent)
    if held is not None:
        return held.seconds
    rates.leave(conversation)
    return 0.0


def test_three_quarters_of_what_is_published_among_the_replicas() -> None:
    assert windows(PER_CONVERSATION, 0.75, 1) == ((5, 1.0), (6, 2.0), (45, 30.0), (1_350, 3_600.0))
    assert windows(PER_APP, 0.75, 1) == ((37, 1.0),)
    assert windows(PER_CONVERSATION, 0.75, 3) == ((1, 1.0), (2, 2.0), (15, 30.0), (450, 3_600.0))
    assert windows(PER_CONVERSATION, 0.001, 9) == ((1, 1.0), (1, 2.0), (1, 30.0), (1, 3_600.0))
    for replicas in range(1, 8):
        for (most, _), (published, _) in zip(windows(PER_CONVERSATION, 1.0, replicas), PER_CONVERSATION, strict=True):
            assert most * replicas <= published


@pytest.mark.parametrize(("share", "replicas"), [(0.0, 1), (1.01, 1), (-1.0, 1), (0.75, 0)])
def test_a_share_that_makes_no_sense_is_refused(share: float, replicas: int) -> None:
    with pytest.raises(ValueError, match="share"):
        OutgoingRates(TEAMS, share, replicas)


arrivals = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 1, 60, 250, TICKS // 2, TICKS, 2 * TICKS, 31 * TICKS, 3_599 * TICKS]),
        st.sampled_from("aaab"),
        st.booleans(),
    ),
    max_size=150,
)


@settings(deadline=None)
@given(arrivals, st.sampled_from([0.05, 0.5, 0.75, 1.0]), st.integers(1, 8))
def test_a_call_goes_when_every_window_has_room_and_not_a_moment_later(
    arriving: list[tuple[int, str, bool]], share: float, replicas: int
) -> None:
    clock, model = Monotonic(), Model()
    rates = OutgoingRates(TEAMS, share, replicas, clock)
    for gap, conversation, urgent in arriving:
        clock.at += gap / TICKS
        part = 1.0 if urgent else share
        own = windows(PER_CONVERSATION, part, replicas)
        app = windows(PER_APP, part if urgent else min(part, 0.8), replicas)

        def allows(at: float, own: Windows = own, app: Windows = app, conversation: str = conversation) -> bool:
            return model.allows(conversation, at, own) and model.allows("app", at, app)

        held = at_once(rates, conversation, urgent=urgent)
        if not held:
            assert allows(clock.at)
            model.add(conversation, clock.at)
            model.add("app", clock.at)
        else:
            assert allows(clock.at + held)
            assert not allows(clock.at + held - 1 / TICKS)
    for name in ("a", "b"):
        assert model.holds(name, windows(PER_CONVERSATION, 1.0, replicas))
    assert model.holds("app", windows(PER_APP, 1.0, replicas))


calls = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3 * TICKS), st.floats(0, 1)), max_size=120)


@settings(deadline=None)
@given(calls, st.sampled_from([0.5, 1.0]), st.booleans())
def test_however_late_the_network_brings_a_call_no_window_of_the_platform_is_exceeded(
    calling: list[tuple[int, int, float]], share: float, urgent: bool
) -> None:
    """Each call starts after a gap, takes a while, and reaches the platform anywhere in between."""
    clock, model = Monotonic(), Model()
    rates = OutgoingRates(TEAMS, share, 1, clock)
    ending: list[float] = []
    for gap, duration, where in calling:
        until = clock.at + gap / TICKS
        for end in [end for end in sorted(ending) if end <= until]:
            clock.at = end
            ending.remove(end)
            rates.leave("c")
        clock.at = until
        if rates.take("c", urgent=urgent) is None:
            ending.append(until + duration / TICKS)
            model.add("c", until + where * duration / TICKS)
    assert model.holds("c", PER_CONVERSATION)
    assert model.holds("c", PER_APP)


@pytest.mark.parametrize(("urgent", "fewest"), [(False, 1_350), (True, 1_800)])
def test_who_sends_whenever_it_may_gets_the_hours_share_and_no_more(urgent: bool, fewest: int) -> None:
    clock, platform = Monotonic(0.0), Rates()
    rates = OutgoingRates(TEAMS, 0.75, 1, clock)
    sent: list[float] = []
    while clock.at < 2 * 3_600:
        held = at_once(rates, "c", urgent=urgent)
        if held:
            clock.at += held
        else:
            sent.append(clock.at)
            assert platform.exceeded("c", clock.at) is None
    assert platform.violations == []
    assert sum(at < 3_600 for at in sent) == fewest
    assert len(sent) == 2 * fewest


def test_one_conversation_that_is_full_leaves_the_others_alone() -> None:
    rates = OutgoingRates(TEAMS, 0.75, 1, Monotonic())
    assert [at_once(rates, "busy") for _ in range(6)] == [0, 0, 0, 0, 0, 1.0]
    held = rates.take("busy", urgent=False)
    assert held is not None
    assert not held.by_app
    assert at_once(rates, "quiet") == 0


def test_deliveries_leave_room_for_answers() -> None:
    rates = OutgoingRates(TEAMS, 1.0, 1, Monotonic())
    went = [at_once(rates, f"c{number}") == 0 for number in range(60)]
    assert went.count(True) == 40
    held = rates.take("c99", urgent=False)
    assert held is not None
    assert held.by_app
    assert [at_once(rates, "person", urgent=True) for _ in range(7)] == [0] * 7
    assert at_once(rates, "person", urgent=True) == 1.0


def test_a_refused_conversation_rests_as_long_as_the_platform_says() -> None:
    clock = Monotonic()
    rates = OutgoingRates(TEAMS, 0.75, 1, clock)

    def refused(after: float | None) -> None:
        assert rates.take("c", urgent=False) is None
        rates.leave("c", Retry(after, throttled=True))

    refused(30.0)
    assert at_once(rates, "c", urgent=True) == 30.0
    assert at_once(rates, "other") == 0
    clock.at += 30.0
    refused(None)  # the second in a row; it names no time
    assert at_once(rates, "c") == 4.0
    clock.at += 4.0
    assert at_once(rates, "c") == 0  # one that goes well, and the count begins anew
    clock.at += 10.0
    refused(None)
    assert at_once(rates, "c") == 2.0


def test_one_that_was_under_way_before_the_refusal_does_not_end_the_rest() -> None:
    rates = OutgoingRates(TEAMS, 0.75, 1, Monotonic())
    assert rates.take("c", urgent=False) is None
    assert rates.take("c", urgent=False) is None
    rates.leave("c", Retry(9.0, throttled=True))
    rates.leave("c")
    assert at_once(rates, "c") == 9.0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Monotonic()
    rates = OutgoingRates(TEAMS, 0.75, 1, clock)
    monkeypatch.setattr(pacing, "MOST_CONVERSATIONS", 500)
    for number in range(2_000):
        assert at_once(rates, f"c{number}") == 0
        clock.at += 1 / 32
        assert len(rates) <= 500
    assert at_once(rates, "") == 0
    assert len(rates) == 500  # what belongs to no conversation is counted for the app alone
    clock.at += 3_600
    assert at_once(rates, "new") == 0
    assert len(rates) == 1


def test_who_is_spoken_to_is_remembered_before_those_who_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Monotonic()
    rates = OutgoingRates(TEAMS, 0.75, 1, clock)
    monkeypatch.setattr(pacing, "MOST_CONVERSATIONS", 10)
    for number in range(45):
        assert at_once(rates, "talks") == 0
        assert at_once(rates, f"c{number}") == 0
        clock.at += 0.5
    assert at_once(rates, "talks") == 7.5


def test_asking_in_vain_takes_no_memory() -> None:
    rates = OutgoingRates(TEAMS, 0.75, 1, Monotonic())
    assert [at_once(rates, f"c{number}") > 0 for number in range(1_000)].count(False) == 37
    assert len(rates) == 37

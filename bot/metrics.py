"""Numbers for operators, in Prometheus' form. No label holds a person, a case or a text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """One registry a process, so that two in one test do not meet."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Histogram(
            "saksgang_turn_seconds",
            "Time of a turn, from the route to its answer",
            ["status"],
            registry=self._registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
        )
        self._delivered = Counter(
            "saksgang_delivered", "Messages that went out of the outbox", ["kind"], registry=self._registry
        )
        self._lag = Gauge("saksgang_loop_lag_seconds", "Longest lag of the event loop lately", registry=self._registry)

    def turn(self, status: str, seconds: float) -> None:
        self._turns.labels(status).observe(seconds)

    def delivered(self, kind: str) -> None:
        self._delivered.labels(kind).inc()

    def lag(self, seconds: float) -> None:
        self._lag.set(seconds)

    def text(self) -> bytes:
        return generate_latest(self._registry)

"""What an HTTP answer of the Connector means for the one who sent."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.channels.base import Halted, Outcome, Retry, Sent

LONGEST_WAIT = 3_600.0
"""Seconds. A platform that says more is asked again after an hour."""

_AGAIN = frozenset({401, 408, 412, 425, 429})


def read_outcome(status: int, message_id: str, retry_after: str | None, now: datetime) -> Outcome:
    """The outcome for a status; ``message_id`` is what the answer named, empty when it named none."""
    if 200 <= status < 300:
        return Sent(message_id)
    if status in _AGAIN or status >= 500:
        return Retry(read_retry_after(retry_after, now), throttled=status == 429, detail=f"http {status}")
    if status == 403:
        return Halted("forbidden", "http 403")
    if status == 404:
        return Halted("gone", "http 404")
    return Halted("refused", f"http {status}")


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait, from a ``Retry-After`` in seconds or as a date; None when absent or unreadable."""
    if not value or len(value) > 64:
        return None
    seconds = _seconds(value)
    if seconds is None:
        seconds = _until(value, now)
    return None if seconds is None or seconds != seconds else min(max(seconds, 0.0), LONGEST_WAIT)


def _seconds(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _until(value: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - now).total_seconds()

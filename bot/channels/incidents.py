"""Something broke: one log line for operators, with an id that the person is given too."""

from __future__ import annotations

import secrets
import traceback

import structlog

_log = structlog.get_logger()
_DEEPEST = 6


def report_incident(event: str, error: BaseException, **facts: str) -> str:
    """Log the error and return its id.

    The error's own words are left out: a database error quotes its parameters, which are what people wrote.
    """
    incident = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    _log.error(event, incident=incident, error=type(error).__name__, where=where, **facts)
    return incident

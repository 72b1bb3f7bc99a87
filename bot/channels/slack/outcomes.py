"""What an answer of Slack's Web API means for the one who called.

Slack answers almost everything with 200; ``ok`` false then comes with one word of the method's documentation, which is
kept as the outcome's ``detail``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.channels.base import Halted, Outcome, Retry, Sent

LONGEST_WAIT: Final = 3_600.0
"""Seconds. A platform that says more is asked again after an hour."""
RATELIMITED: Final = "ratelimited"

_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")
_REDRAWINGS: Final = frozenset({"chat.update", "chat.delete"})

FORBIDDEN: Final = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
        "users_not_found",
    }
)
"""This person or channel cannot be written to, until they write or the app is added."""

GONE: Final = frozenset({"cant_update_message", "edit_window_closed", "message_not_found", "not_found"})
"""The message or the view is not there any more, or can never be redrawn."""

AGAIN: Final = frozenset(
    {
        "accesslimited",
        "fatal_error",
        "internal_error",
        "message_limit_exceeded",
        "operation_timeout",
        "org_login_required",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Slack's own trouble, which passes."""

SET_UP: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "app_missing_action_url",
        "deprecated_endpoint",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "file_uploads_disabled",
        "invalid_auth",
        "messages_tab_disabled",
        "method_deprecated",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_enabled",
        "team_access_not_granted",
        "team_not_found",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
        "unknown_method",
    }
)
"""The app is not set up as it must be. People lose nothing by it: what is to be sent waits for the operators."""


@dataclass(frozen=True, slots=True)
class Ok:
    """It was done; ``data`` is what Slack answered."""

    data: Mapping[str, Any]


Failed: TypeAlias = Halted | Retry
"""``detail`` is Slack's word for it, or what the network did."""

Called: TypeAlias = Ok | Failed


def read_answer(method: str, status: int, data: object, retry_after: str | None = None) -> Called:
    """The outcome of a call. ``data`` is the body as it was read, of any type."""
    if status == 429:
        return Retry(read_retry_after(retry_after), throttled=True, detail=RATELIMITED)
    if status != 200:
        return Retry(read_retry_after(retry_after), throttled=False, detail=f"http {status}")
    if not isinstance(data, dict) or not isinstance(data.get("ok"), bool):
        return Retry(None, throttled=False, detail="unreadable_answer")
    return Ok(data) if data["ok"] else _refused(method, word_of(data.get("error")), retry_after)


def _refused(method: str, word: str, retry_after: str | None) -> Failed:
    if word in (RATELIMITED, "rate_limited"):
        return Retry(read_retry_after(retry_after), throttled=True, detail=RATELIMITED)
    if word in AGAIN or word in SET_UP:
        return Retry(None, throttled=False, detail=word)
    if word in GONE or (word == "channel_not_found" and method in _REDRAWINGS):
        return Halted("gone", word)
    return Halted("forbidden" if word in FORBIDDEN else "refused", word)


def as_sent(called: Called) -> Outcome:
    """The outcome of a call that writes a message: its id is Slack's ``ts``."""
    return Sent(text_of(called.data, "ts")) if isinstance(called, Ok) else called


def word_of(value: object) -> str:
    """Slack's error word; nothing else of an answer is fit for a log."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else "unknown_error"


def text_of(data: object, *path: str) -> str:
    """A text in an answer, empty where there is none."""
    for name in path:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data if isinstance(data, str) else ""


def read_retry_after(value: str | None) -> float | None:
    """Seconds to wait; None when absent or unreadable."""
    try:
        seconds = float(value) if value and len(value) <= 20 else None
    except ValueError:
        return None
    return None if seconds is None or seconds != seconds else min(max(seconds, 0.0), LONGEST_WAIT)

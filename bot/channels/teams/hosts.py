"""Which addresses may be a Connector. The rule is a shape, so two parsers can never disagree on it."""

from __future__ import annotations

import re

from bot.channels.teams.config import TeamsConfig

_PATH = r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*/?"
_PUBLIC = re.compile(rf"https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::443)?{_PATH}", re.IGNORECASE | re.ASCII)
_LOOPBACK = re.compile(rf"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{{1,5}})?{_PATH}", re.ASCII)
_LONGEST = 500


def is_loopback(url: str) -> bool:
    """Whether the address stays on this machine."""
    return len(url) <= _LONGEST and _LOOPBACK.fullmatch(url) is not None


def is_connector(url: str, config: TeamsConfig) -> bool:
    """Whether messages, and the bot's token with them, may be sent to this service address."""
    if config.local:
        return is_loopback(url)
    match = _PUBLIC.fullmatch(url) if len(url) <= _LONGEST else None
    return match is not None and _is_listed(match[1].lower(), config.allowed_hosts)


def _is_listed(host: str, allowed: frozenset[str]) -> bool:
    return any(host == known or host.endswith("." + known) for known in allowed)

"""Words that only the one who typed a command sees, where it was typed: Slack's ``response_url``."""

from __future__ import annotations

from typing import Final

import aiohttp
import structlog
from yarl import URL

from bot.channels.running_time import within
from bot.channels.slack.config import SlackConfig

_HOOKS: Final = URL("https://hooks.slack.com")

_log = structlog.get_logger()


class Responder:
    """Writes to Slack's own host and to no other, whatever a request names; in local mode to the API's."""

    def __init__(self, session: aiohttp.ClientSession, config: SlackConfig) -> None:
        self._session, self._timeout = session, config.timeout
        self._origin = URL(config.api_url).origin() if config.local else _HOOKS

    async def tell(self, response_url: str, words: str) -> None:
        """One try: the answer itself goes another way. Never raises."""
        url = _read(response_url)
        if url is None or url.origin() != self._origin:
            return
        body = {"response_type": "ephemeral", "text": _escaped(words)}
        try:
            async with within(self._timeout), self._session.post(url, json=body, allow_redirects=False) as answer:
                status = answer.status
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            _log.info("slack_hint_not_delivered", error=type(error).__name__)
            return
        if status != 200:
            _log.info("slack_hint_not_delivered", error=f"http {status}")


def _read(address: str) -> URL | None:
    try:
        url = URL(address)
    except ValueError:
        return None
    return url if url.absolute and url.host else None


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Files between us and Slack: a picture that goes out, and what opens the files that people send."""

from __future__ import annotations

from typing import Any, Final

import aiohttp
from yarl import URL

from bot.channels.base import FileAccess, Outcome, Retry, Sent
from bot.channels.running_time import within
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.outcomes import Ok, text_of
from bot.channels.slack.web import SlackWeb
from cards.safe import cut

FILES: Final = "https://files.slack.com"
"""Where people's files lie, and where ours are taken; docs.slack.dev, "Working with files"."""
LONGEST_ALT: Final = 1_000
"""``files.getUploadURLExternal``: ``alt_txt_too_large`` above that."""
LONGEST_TITLE: Final = 250


def files_origin(config: SlackConfig) -> str:
    """In local mode the server that plays Slack holds the files too."""
    return str(URL(config.api_url).origin()) if config.local else FILES


def file_access(config: SlackConfig) -> FileAccess:
    """What opens a file that somebody sent: the bot's own token, at the one place that has them."""
    return FileAccess(files_origin(config), f"Bearer {config.bot_token}")


class Pictures:
    """Sends a drawing as a file that shows itself, with words for those who do not see it.

    It is shared into the conversation at once. A file that is uploaded first and then named in an image block is often
    not there yet when the block is judged, and is the bot's alone until somebody shares it.
    """

    def __init__(self, web: SlackWeb, session: aiohttp.ClientSession, config: SlackConfig) -> None:
        self._web = web
        self._session = session
        self._config = config

    async def share(self, conversation: str, png: bytes, title: str, alt: str, *, urgent: bool = False) -> Outcome:
        """The picture as a new message. Slack shares it a moment later: its id is often not known yet, and empty."""
        asked = await self._web.call(
            "files.getUploadURLExternal",
            urgent=urgent,
            filename="saksgang.png",
            length=len(png),
            alt_txt=cut(alt, LONGEST_ALT) or None,
        )
        if not isinstance(asked, Ok):
            return asked
        trouble = await self._upload(text_of(asked.data, "upload_url"), png)
        if trouble is not None:
            return trouble
        file = {"id": text_of(asked.data, "file_id"), "title": cut(title, LONGEST_TITLE)}
        shared = await self._web.call(
            "files.completeUploadExternal", urgent=urgent, files=[file], channel_id=conversation
        )
        return Sent(_message_id(shared.data, conversation)) if isinstance(shared, Ok) else shared

    async def _upload(self, address: str, png: bytes) -> Retry | None:
        """The address is pre-authorised: no token goes along, nor does anything to another place than Slack's."""
        try:
            url = URL(address)
            if str(url.origin()) != files_origin(self._config):
                return Retry(None, throttled=False, detail="upload_host")
            async with (
                within(self._config.timeout),
                self._session.post(url, data=png, allow_redirects=False) as response,
            ):
                return None if response.status == 200 else Retry(None, throttled=False, detail="upload_failed")
        except TimeoutError:
            return Retry(None, throttled=False, detail="timeout")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Retry(None, throttled=False, detail=type(error).__name__)


def _message_id(data: Any, conversation: str) -> str:
    """The message that shows it, where Slack has shared it already."""
    for file in data.get("files") or ():
        shares = file.get("shares") if isinstance(file, dict) else None
        for kind in shares.values() if isinstance(shares, dict) else ():
            for message in kind.get(conversation) or () if isinstance(kind, dict) else ():
                return text_of(message, "ts")
    return ""

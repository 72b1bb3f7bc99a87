"""Files sent in chat: fetched from allowed hosts only, judged by content and name, kept by their hash.

A download address is pre-authorised by the platform (Teams), and no token is ever sent to it; or its channel says what
opens it (Slack), and that is sent to the channel's own origin alone, for the channel's own files alone.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import structlog
from yarl import URL

from bot.channels.base import FileAccess, IncomingFile
from bot.stored import keep
from dialogs.documents_talk import Found

LARGEST: Final = 25 * 1024 * 1024
_SECONDS: Final = 60.0
_OFFICE: Final = (b"PK\x03\x04",)
_KINDS: Final[dict[str, tuple[bytes, ...]]] = {
    ".pdf": (b"%PDF-",),
    ".docx": _OFFICE,
    ".xlsx": _OFFICE,
    ".pptx": _OFFICE,
    ".odt": _OFFICE,
    ".ods": _OFFICE,
    ".odp": _OFFICE,
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
"""What is taken, by the name's ending, and how such content begins."""

_log = structlog.get_logger()


class NotTaken(Exception):  # an outcome with a reason code, said to the person
    """``reason``: ``too_large``, ``type``, ``host`` or ``failed``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileStore:
    """Fetches and keeps. ``hosts`` with their sub-domains may be fetched from; ``local`` adds loopback over http.

    ``access``: what opens a channel's files, by the channel's name; its origin may be fetched from by that channel.
    """

    folder: Path
    session: aiohttp.ClientSession
    hosts: frozenset[str]
    local: bool = False
    access: Mapping[str, FileAccess] = field(default_factory=dict)

    async def fetch(self, file: IncomingFile) -> Found:
        """The file, kept; or why it was not taken."""
        try:
            if Path(file.name).suffix.lower() not in _KINDS:
                raise NotTaken("type")
            if not self._headers(file) and not self._allowed(file.url):
                raise NotTaken("host")
            sha256, size = await self._download(file)
        except NotTaken as why:
            return Found(file.name, refused=why.reason)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            _log.warning("file_not_fetched", error=type(error).__name__)
            return Found(file.name, refused="failed")
        return Found(file.name, sha256=sha256, size=size)

    def _headers(self, file: IncomingFile) -> dict[str, str]:
        """The key to the channel's own files; nothing for any other address, whoever brought it."""
        access = self.access.get(file.channel)
        try:
            url = URL(file.url)  # read as the client itself reads it
            own = access is not None and "@" not in url.raw_authority and str(url.origin()) == access.origin
        except ValueError:
            return {}
        return {"Authorization": access.authorization} if access is not None and own else {}

    def _allowed(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower().rstrip(".")
        except ValueError:
            return False
        if self.local and host in ("127.0.0.1", "localhost", "::1"):
            return parts.scheme in ("http", "https")
        known = any(host == name or host.endswith(f".{name}") for name in self.hosts)
        return parts.scheme == "https" and known and not _is_address(host) and not parts.username

    async def _download(self, file: IncomingFile) -> tuple[str, int]:
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        headers = self._headers(file)
        async with self.session.get(URL(file.url), headers=headers, allow_redirects=False, timeout=timeout) as response:
            if response.status != 200:
                raise NotTaken("host" if 300 <= response.status < 400 else "failed")
            if (response.content_length or 0) > LARGEST:
                raise NotTaken("too_large")
            content = bytearray()
            async for chunk in response.content.iter_chunked(1 << 16):
                content += chunk
                if len(content) > LARGEST:
                    raise NotTaken("too_large")
        if not content.startswith(_KINDS[Path(file.name).suffix.lower()]):
            raise NotTaken("type")
        return await asyncio.to_thread(keep, self.folder, bytes(content)), len(content)


def _is_address(host: str) -> bool:
    """A bare number for a host is refused: the allow-list holds names."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class PublicOnly(aiohttp.abc.AbstractResolver):
    """Resolves names, refusing those that lead to a private address."""

    def __init__(self) -> None:
        self._resolver = aiohttp.resolver.ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[aiohttp.abc.ResolveResult]:
        found = await self._resolver.resolve(host, port, family)  # type: ignore[arg-type]  # aiohttp narrows `family` in the subclass only
        public = [entry for entry in found if ipaddress.ip_address(entry["host"]).is_global]
        if not public:
            raise OSError("the name leads to a private address")
        return public

    async def close(self) -> None:
        await self._resolver.close()

"""What comes in from an answer page, read: a form of our own making, or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from aiohttp import web

from cards.i18n import LANGUAGES, Language

MAX_BYTES: Final = 128 * 1024
"""Four texts of the longest kind, each letter written as «%C3%A5»."""
MOST_FIELDS: Final = 100
_SECONDS: Final = 15.0
_FORM: Final = "application/x-www-form-urlencoded"
_LONGEST_REV: Final = 9


class Unreadable(Exception):
    """It is not a form as the page sends it; ``status`` says in which way."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(frozen=True, slots=True)
class Choice:
    """``key`` and ``rev`` are of the button that was pressed; ``sure``: «yes», «back», or not asked yet."""

    key: str
    rev: str
    sure: str
    form: Mapping[str, Sequence[str]]

    @property
    def revision(self) -> int | None:
        digits = self.rev.isascii() and self.rev.isdigit() and len(self.rev) <= _LONGEST_REV
        return int(self.rev) if digits else None

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """All of it, to be posted once more."""
        return tuple((name, value) for name, values in self.form.items() for value in values)


async def read_choice(request: web.Request) -> Choice:
    """Errors: :class:`Unreadable`."""
    if request.content_type != _FORM:
        raise Unreadable(415)
    try:
        body = (await _body(request)).decode("ascii")
        form = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, encoding="utf-8", errors="replace")
    except (ValueError, TimeoutError, ConnectionError) as error:
        raise Unreadable(400) from error
    key, _dot, rev = form.get("act", [""])[0].partition(".")
    return Choice(key, rev, form.get("sure", [""])[0], form)


async def _body(request: web.Request) -> bytes:
    """Errors: :class:`Unreadable` 413; ``TimeoutError``."""
    body = bytearray()
    async with asyncio.timeout(_SECONDS):
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > MAX_BYTES:
                raise Unreadable(413)
    return bytes(body)


def wished_language(request: web.Request) -> Language:
    """The first of ours that the browser asks for: where it is not known who reads."""
    for wished in request.headers.get("Accept-Language", "")[:200].split(","):
        tag = wished.partition(";")[0].strip().lower().partition("-")[0]
        tag = "nb" if tag == "no" else tag
        if tag in LANGUAGES:
            return tag
    return "nb"

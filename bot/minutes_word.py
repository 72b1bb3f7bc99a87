"""``GET /minutes/{secret}.docx``: a draft of minutes as a Word file, for the one whose address it is.

Role, habilitet and whether it still is a draft are judged when the address is used. And reading such files again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web

from board.clock import local_day
from board.editable import EditableDocument
from board.errors import Refusal
from board.ports import Rules, Work
from board.usecases.ask_minutes_word import minutes_word, word_hash
from bot.paper_links import HEADERS, LONGEST_SECRET
from bot.stored import stored_path
from cards.documents.word import WORD_TYPE, to_docx
from cards.documents.word_package import MAX_FILE, Unfit
from cards.documents.word_read import Unreadable, from_docx
from cards.documents.word_zones import ReadBack
from cards.i18n import Language
from dialogs.minutes_edit_acts import OURS, WORD
from dialogs.minutes_word import document_of

_GONE: Final = "not found"


@dataclass(frozen=True, slots=True)
class _Asked:
    document: EditableDocument
    author: str
    at: datetime
    name: str


class MinutesWord:
    def __init__(self, work: Work, rules: Rules) -> None:
        self._work, self._rules = work, rules

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/minutes/{secret}.docx", self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        """The file; 404 for a secret that opens nothing."""
        secret = request.match_info["secret"]
        asked = await self._asked(secret) if len(secret) <= LONGEST_SECRET else None
        if asked is None:
            return web.Response(status=404, text=_GONE, headers=HEADERS)
        if request.method == "HEAD":  # a preview of the address, or a scanner
            return web.Response(content_type=WORD_TYPE, headers=HEADERS)
        made = await asyncio.to_thread(to_docx, asked.document, author=asked.author, at=asked.at)
        names = {"Content-Disposition": f'attachment; filename="{asked.name}"'}
        return web.Response(body=made, content_type=WORD_TYPE, headers={**HEADERS, **names})

    async def _asked(self, secret: str) -> _Asked | None:
        now = self._rules.clock.now()
        async with self._work.read() as work:
            link = await work.links.whose(word_hash(secret), now)
            actor = await work.people.actor_of(link.person, local_day(now)) if link else None
            found = await minutes_word(link.meeting, actor, work) if link and actor else None
            if actor is None or found is None or isinstance(found, Refusal) or found.text is None:
                return None
        language: Language = self._rules.mandate.language  # type: ignore[assignment]  # checked when the file is read
        name = f"{OURS}{found.meeting.day.isoformat()}-v{found.text.version}{WORD}"
        return _Asked(document_of(found, found.text, language), actor.person.name, found.text.at, name)


@dataclass(frozen=True, slots=True)
class WordFiles:
    """Reads Word files that were sent and kept. ``folder`` is that of the kept files."""

    folder: Path

    async def read(self, sha256: str) -> ReadBack | Unreadable:
        """Beside the event loop: a large file takes a second."""
        return await asyncio.to_thread(self._read, sha256)

    def _read(self, sha256: str) -> ReadBack | Unreadable:
        try:
            with stored_path(self.folder, sha256).open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except OSError:  # it was tidied away, or is none of ours
            return Unreadable(Unfit.DAMAGED)
        return from_docx(data)

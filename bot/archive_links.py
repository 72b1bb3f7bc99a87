"""``GET /archives/{secret}.zip``: a meeting's archive, for the one whose address it is and who may have it now.

The secret is looked up by its digest and is in no log. Role and habilitet are judged when it is used.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aiohttp import web

from board.clock import local_day
from board.errors import Refusal
from board.ids import MeetingId
from board.people import Actor
from board.ports import Rules, Work
from board.usecases.archive_meeting import archive_for, archive_hash, archived
from bot.archive.archiving import Archiver
from bot.archive.bundle import Bundle, FileChanged
from bot.archive.placing import CHUNK
from bot.channels.incidents import report_incident
from bot.documents.press import DocumentError
from bot.paper_links import HEADERS, LONGEST_SECRET, WAITS, page_for
from cards.templates.archive_card import archive_failed_page, archive_waiting_page

_KEPT: Final = 4
"""Archives that were made and that somebody may still come back for."""


@dataclass(frozen=True, slots=True)
class _Asked:
    actor: Actor
    meeting: MeetingId


@dataclass(slots=True)
class _Making:
    """One making of a meeting's archive, and the folder it lies in until it is handed out."""

    folder: Path
    task: asyncio.Task[Bundle | None] = field(init=False)


class ArchiveLinks:
    """``waits``: seconds that somebody waits for an archive that is made now, before being told to wait."""

    def __init__(self, work: Work, rules: Rules, archiver: Archiver, waits: float = WAITS) -> None:
        self._work, self._rules, self._archiver, self._waits = work, rules, archiver, waits
        self._making: dict[tuple[MeetingId, str], _Making] = {}

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/archives/{secret}.zip", self.answer)
        app.on_cleanup.append(self._close)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The ZIP; 202 with a page that asks again while it is made; 404 for a secret that opens nothing."""
        secret = request.match_info["secret"]
        asked = await self._asked(secret) if len(secret) <= LONGEST_SECRET else None
        if asked is None:
            return web.Response(status=404, text="not found", headers=HEADERS)
        if request.method == "HEAD":  # a preview of the address, or a scanner: nothing was handed out
            return web.Response(content_type="application/zip", headers=HEADERS)
        key = (asked.meeting, asked.actor.id)
        making = await self._made(key)
        await asyncio.wait([making.task], timeout=self._waits)
        if not making.task.done() or self._making.get(key) is not making:  # or it was handed out to another request
            return _wait(asked.actor)
        del self._making[key]
        return await self._handed_out(request, asked, making)

    async def _asked(self, secret: str) -> _Asked | None:
        now = self._rules.clock.now()
        async with self._work.read() as work:
            link = await work.links.whose(archive_hash(secret), now)
            actor = await work.people.actor_of(link.person, local_day(now)) if link else None
            if link is None or actor is None or isinstance(await archive_for(link.meeting, actor, work), Refusal):
                return None
            return _Asked(actor, link.meeting)

    async def _made(self, key: tuple[MeetingId, str]) -> _Making:
        """One making for each that asks, however often the page asks again. What nobody came back for goes."""
        if key not in self._making:
            forgotten = [other for other, one in self._making.items() if one.task.done()][:-_KEPT]
            await self._drop([self._making.pop(other) for other in forgotten])
            making = _Making(Path(tempfile.mkdtemp(prefix="saksgang-")))
            making.task = asyncio.create_task(self._archiver.make(key[0], making.folder))
            self._making[key] = making
        return self._making[key]

    async def _handed_out(self, request: web.Request, asked: _Asked, making: _Making) -> web.StreamResponse:
        try:
            bundle = making.task.result()
            if bundle is None:
                return web.Response(status=404, text="not found", headers=HEADERS)
            async with self._work.write() as work:
                await archived(asked.meeting, bundle.sha256, len(bundle.missing), asked.actor.id, work, self._rules)
                await work.commit()
            return await _sent(request, bundle)
        except (DocumentError, FileChanged, OSError) as error:
            return _failed(asked.actor, report_incident("archive_not_made", error))
        finally:
            await asyncio.to_thread(shutil.rmtree, making.folder, ignore_errors=True)

    async def _close(self, _app: web.Application) -> None:
        left, self._making = list(self._making.values()), {}
        await self._drop(left)

    async def _drop(self, makings: Sequence[_Making]) -> None:
        for making in makings:
            making.task.cancel()
        await asyncio.gather(*(making.task for making in makings), return_exceptions=True)
        for making in makings:
            await asyncio.to_thread(shutil.rmtree, making.folder, ignore_errors=True)


async def _sent(request: web.Request, bundle: Bundle) -> web.StreamResponse:
    """The whole file, before its folder goes."""
    names = {"Content-Disposition": f'attachment; filename="{bundle.path.name}"', "Content-Type": "application/zip"}
    response = web.StreamResponse(headers={**HEADERS, **names})
    response.content_length = bundle.size
    with await asyncio.to_thread(bundle.path.open, "rb") as content:
        await response.prepare(request)
        while chunk := await asyncio.to_thread(content.read, CHUNK):
            await response.write(chunk)
        await response.write_eof()
    return response


def _wait(actor: Actor) -> web.Response:
    return page_for(202, actor, archive_waiting_page, {"Refresh": "3", "Retry-After": "3"})


def _failed(actor: Actor, incident: str) -> web.Response:
    return page_for(503, actor, lambda language: archive_failed_page(language, incident))

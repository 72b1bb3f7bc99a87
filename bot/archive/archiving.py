"""A meeting's archive made from what is stored: read in one view, printed beside the bot, written to disk.

Nothing is changed by it. The papers are printed from what was frozen when they were sent, and the same document gives
the same file, so that the same meeting gives the same ZIP.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from board.ids import MeetingId
from board.people import Body
from board.ports import Rules, Work
from bot.archive.assemble import assemble
from bot.archive.bundle import Bundle, make_bundle
from bot.archive.facts import Facts, read_facts
from bot.archive.files import Filed
from bot.archive.papers import papers
from bot.archive.record import Extraction, Stamp
from bot.archive.sources import Made, Sources
from bot.documents.press import Built
from cards.documents.content import Printed
from cards.i18n import Language, use
from cards.labels import label


class Printer(Protocol):
    """What makes the files and knows where they lie: ``bot.documents.press.Press``."""

    async def build(self, printed: Printed) -> Built: ...

    def path(self, sha256: str) -> Path: ...


@dataclass(frozen=True, slots=True)
class Archiver:
    """``make`` may be called for several meetings at once: the printer takes one document at a time."""

    work: Work
    rules: Rules
    printer: Printer

    async def make(self, meeting: MeetingId, folder: Path) -> Bundle | None:
        """The ZIP in ``folder``, by the meeting's own name; None for a meeting that does not exist.

        Errors: ``bot.documents.press.DocumentError`` where a paper cannot be printed, ``OSError`` and
        :class:`bot.archive.bundle.FileChanged` as :func:`bot.archive.bundle.write_bundle`.
        """
        async with self.work.read() as work:
            facts = await read_facts(meeting, work)
        if facts is None:
            return None
        made = await self._printed(facts)
        language: Language = self.rules.mandate.language  # type: ignore[assignment]  # checked when the file is read
        extraction = await asyncio.to_thread(self._assembled, facts, made, language)
        return await make_bundle(extraction, folder / zip_name(facts), language)

    def _assembled(self, facts: Facts, made: Made, language: Language) -> Extraction:
        mandate = self.rules.mandate
        with use(language):
            unit = label(mandate.office)
            sources = Sources(facts, made, self.printer.path, unit, Stamp(facts.latest, unit))
            return assemble(sources, mandate)

    async def _printed(self, facts: Facts) -> Made:
        found = {}
        for paper in await asyncio.to_thread(papers, facts):
            built = await self.printer.build(paper.printed)
            found[paper.kind, paper.case] = Filed(self.printer.path(built.sha256), built.sha256, built.size)
        return found


def zip_name(facts: Facts) -> str:
    """«arkiv-styret-2026-04-16-0900.zip»: by when it was to begin, as a body has one meeting at a time."""
    begins = facts.meeting.starts_at
    body = {Body.BOARD: "styret", Body.WORKING_GROUP: "au", Body.OFFICE: "kontoret"}[facts.meeting.body]
    return f"arkiv-{body}-{facts.meeting.day.isoformat()}-{begins:%H%M}z.zip"

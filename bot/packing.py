"""Packs made into files, beside the bot: a version that was sent waits in the database until one process has made it.

Another process may make it too, after a lease: the same document gives the same file, and only the first is told of.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import structlog

from board.agenda_ports import Made
from board.case import Case
from board.ids import CaseId, PackId
from board.pack import Pack, PackFile
from board.people import Actor, Person
from board.ports import Rules, Work
from board.usecases.pack_built import pack_built, pack_failed
from board.usecases.pack_readers import conflicts_in, left_out, recipients
from bot.channels.incidents import report_incident
from bot.documents.press import Built, DocumentError
from bot.rounds import Rounds
from cards.documents.content import Printed
from dialogs.pack_papers import draft_paper
from dialogs.pack_variants import reading_minutes, single, whole
from dialogs.room import Room

LEASE: Final = timedelta(minutes=3)
"""How long after a process was lost another one begins anew."""
_DRAFTS_KEPT: Final = 64

_log = structlog.get_logger()


class Printer(Protocol):
    """What makes the files: ``bot.documents.press.Press``."""

    async def build(self, printed: Printed) -> Built: ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file of a version: the whole ``without`` some cases, or one ``case``."""

    pack: PackId
    case: CaseId | None
    without: tuple[CaseId, ...]


class Packing(Rounds):
    """Stopped, it ends with the file under way: the press is closed beside it."""

    PAUSED = "packing_paused"

    def __init__(self, work: Work, rules: Rules, press: Printer) -> None:
        super().__init__()
        self._work, self._rules, self._press = work, rules, press
        self._under_way: dict[_Wanted | tuple[CaseId, int], asyncio.Task[PackFile | None]] = {}
        self._drafts: dict[tuple[CaseId, int], PackFile] = {}

    async def round(self) -> bool:
        """Makes one version that waits; False where none does."""
        async with self._work.read() as work:  # most times there is nothing: nobody's turn to write is taken
            if not await work.packs.waits(self._rules.clock.now()):
                return False
        async with self._work.write() as work:
            made = await work.packs.claim(self._rules.clock.now(), LEASE)
            await work.commit()
        if made is None:
            return False
        await self._make(made)
        return True

    async def _make(self, made: Made) -> None:
        try:
            files, minutes = await self._files(made)
        except DocumentError as error:
            if self._stopping:  # it was cut off: the next process makes it
                return
            await self._failed(made.pack, error)
            return
        async with self._work.write() as work:
            await pack_built(made.pack, files, minutes, work, self._rules)
            await work.commit()

    async def _files(self, made: Made) -> tuple[list[PackFile], int]:
        """The whole, and one for each set of cases that a recipient gets it without."""
        sets = {(), *await self._variants(made.pack)}
        files, minutes = [], 1
        for without in sorted(sets):
            printed = whole(made.frozen, without)
            built = await self._press.build(printed)
            files.append(_file(_Wanted(made.pack.id, None, without), built))
            if not without:
                minutes = reading_minutes(printed, built.enclosed)
        return files, minutes

    async def _variants(self, pack: Pack) -> set[tuple[CaseId, ...]]:
        async with self._work.read() as work:
            meeting = await work.meetings.get(pack.meeting)
            if meeting is None:
                return set()
            whom = await recipients(meeting, work, self._rules)
            without = left_out(await conflicts_in(pack, work))
        return {without[person] for person in (*whom.people, *whom.office) if person in without}

    async def _failed(self, pack: Pack, error: DocumentError) -> None:
        incident = report_incident("pack_not_made", error, pack=pack.id, why=str(error))
        async with self._work.write() as work:
            await pack_failed(pack, incident, work, self._rules)
            await work.commit()

    # -- while a reader waits ------------------------------------------------------------------------------------------

    async def file(
        self, pack: Pack, case: CaseId | None, without: tuple[CaseId, ...], seconds: float, *, lost: bool = False
    ) -> PackFile | None:
        """One that nobody has asked for yet is made now. None where that takes longer: it goes on, ask again.

        ``lost``: what was made is not among the kept files any more, and is made anew.
        """
        async with self._work.read() as work:
            known = await work.packs.file(pack.id, case, without)
        if known is not None and not lost:
            return known
        wanted = _Wanted(pack.id, case, without)
        return await self._waited(wanted, lambda: self._make_one(wanted), seconds)

    async def draft(self, case: Case, seconds: float, *, lost: bool = False) -> PackFile | None:
        """The paper of a case that is not sent, as the case is now."""
        key = (case.id, case.rev)
        if key in self._drafts and not lost:
            return self._drafts[key]
        return await self._waited(key, lambda: self._make_draft(case), seconds)

    async def _waited(
        self, key: _Wanted | tuple[CaseId, int], make: Callable[[], Awaitable[PackFile | None]], seconds: float
    ) -> PackFile | None:
        """One making a file, however many ask for it."""
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.ensure_future(make())
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._over(key, done))
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(task), seconds)
        return None

    def _over(self, key: _Wanted | tuple[CaseId, int], done: asyncio.Task[PackFile | None]) -> None:
        self._under_way.pop(key, None)
        if not done.cancelled() and (error := done.exception()):  # nobody may be waiting any more
            _log.warning("paper_not_made", error=type(error).__name__)

    async def _make_one(self, wanted: _Wanted) -> PackFile | None:
        async with self._work.read() as work:
            frozen = await work.packs.frozen(wanted.pack)
        printed = single(frozen, wanted.case) if wanted.case else whole(frozen, wanted.without)
        if printed is None:
            return None
        file = _file(wanted, await self._press.build(printed))
        async with self._work.write() as work:
            await work.packs.put_file(file)
            await work.commit()
        return file

    async def _make_draft(self, case: Case) -> PackFile:
        async with self._work.read() as work:
            nobody = Actor(Person(case.submitter, ""))
            printed = await draft_paper(Room(nobody, work, self._rules), case)
        file = _file(_Wanted(PackId(""), case.id, ()), await self._press.build(printed))
        while len(self._drafts) >= _DRAFTS_KEPT:
            self._drafts.pop(next(iter(self._drafts)))
        self._drafts[case.id, case.rev] = file
        return file


def _file(wanted: _Wanted, built: Built) -> PackFile:
    return PackFile(wanted.pack, wanted.case, wanted.without, built.sha256, built.pages, built.size)

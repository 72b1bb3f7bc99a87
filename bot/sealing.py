"""Approved minutes made into their locked file, beside the bot: what was approved waits in the database until then."""

from __future__ import annotations

from typing import Protocol

from board.minutes_ports import Sealing
from board.ports import Rules, Work
from board.usecases.seal_minutes import claim_sealing, minutes_sealed
from bot.channels.incidents import report_incident
from bot.documents.press import Built, DocumentError
from bot.rounds import Rounds
from cards.documents.content import Printed
from dialogs.minutes_sheets import approved_sheet


class Printer(Protocol):
    """What makes the files: ``bot.documents.press.Press``."""

    async def build(self, printed: Printed) -> Built: ...


class Locking(Rounds):
    """One version at a time. One that cannot be made is tried again when its lease is over, and told in the log."""

    PAUSED = "locking_paused"

    def __init__(self, work: Work, rules: Rules, press: Printer) -> None:
        super().__init__()
        self._work, self._rules, self._press = work, rules, press

    async def round(self) -> bool:
        async with self._work.read() as work:  # most times there is nothing: nobody's turn to write is taken
            if not await work.minutes_book.unsealed(self._rules.clock.now()):
                return False
        async with self._work.write() as work:
            made = await claim_sealing(work, self._rules)
            await work.commit()
        return made is not None and await self._make(made)

    async def _make(self, made: Sealing) -> bool:
        async with self._work.read() as work:
            printed = await approved_sheet(made, work, self._rules)
        try:
            built = await self._press.build(printed)
        except DocumentError as error:
            if not self._stopping:
                report_incident("minutes_not_locked", error, meeting=made.minutes.meeting, why=str(error))
            return False
        async with self._work.write() as work:
            await minutes_sealed(made, built.sha256, built.pages, built.size, work, self._rules)
            await work.commit()
        return True

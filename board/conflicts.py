"""Habilitet: what each recipient says of each case, privately, and what the chair rules (``process.md``).

One who is ruled inhabil is in :attr:`board.case.Case.excluded`, which is what every reading and act goes by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, PersonId
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Role

RECIPIENTS = BOARD | WORKING_GROUP | HANDLERS
"""Those who get the papers of a case, or prepare it: each is asked, and can be ruled inhabil."""


class Declared(StrEnum):
    SILENT = ""
    """Nothing: the chair ruled without an answer. Nobody can give it as one."""
    NONE = "none"
    POSSIBLE = "possible"


class Ruling(StrEnum):
    ABLE = "able"
    """Habil."""
    EXCLUDED = "excluded"
    """Inhabil."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What ``person`` said of ``case``. ``rev`` grows by one with every change. ``note`` is for the chair alone."""

    case: CaseId
    person: PersonId
    rev: int
    answer: Declared
    note: str
    at: datetime
    ruling: Ruling | None = None
    ruled_by: PersonId | None = None
    ruled_at: datetime | None = None
    reason: str = ""

    @property
    def awaits_ruling(self) -> bool:
        return self.answer is Declared.POSSIBLE and self.ruling is None

    @property
    def is_excluded(self) -> bool:
        return self.ruling is Ruling.EXCLUDED

    def declared(self, answer: Declared, note: str, now: datetime) -> Conflict:
        """Said anew. What has been ruled stays ruled: only the chair changes it."""
        return replace(self, rev=self.rev + 1, answer=answer, note=note, at=now)

    def rule(
        self, actor: Actor, ruling: Ruling, reason: str, now: datetime, *, for_chair: bool = False
    ) -> Conflict | Refusal:
        """The chair decides; of oneself only that one is inhabil. A ruling can be changed, by the chair.

        ``for_chair``: the chair cannot rule in this, and ``actor`` is the chair's registered deputy.
        """
        may = for_chair or Role.CHAIR in actor.roles
        if not may or (actor.id == self.person and ruling is Ruling.ABLE):
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "rule", "roles": (Role.CHAIR,)})
        if self.ruling is ruling:
            told = {"what": Happened.CONFLICT_RULED, "by": self.ruled_by, "at": self.ruled_at}
            return Refusal(RefusalCode.ALREADY, told)
        return replace(self, rev=self.rev + 1, ruling=ruling, ruled_by=actor.id, ruled_at=now, reason=reason.strip())

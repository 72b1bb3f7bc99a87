"""The chair's dispensation from a gate of the mandate, with a reason that is printed in agenda and minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, DispensationId, MeetingId, PersonId
from board.people import Actor, Role


class GateId(StrEnum):
    """What must hold before a case or a pack goes on. A mandate file that leaves one out does not enforce it."""

    WG_TREATMENT = "wg_treatment"
    WG_MINUTES = "wg_minutes"
    PREVIOUS_MINUTES = "previous_minutes"
    TEN_DAYS = "ten_days"
    AGENDA_APPROVAL = "agenda_approval"
    DOCUMENTS = "documents"
    LATE = "late"


DISPENSABLE = frozenset({GateId.WG_TREATMENT, GateId.TEN_DAYS})


class DispensationState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Dispensation:
    """Asked for by the office for ``meeting``, for one ``case`` where it is from the working group's treatment.

    ``reason`` is why it is asked; ``ruling`` the chair's own words, mandatory, printed.
    """

    id: DispensationId
    rev: int
    gate: GateId
    meeting: MeetingId
    case: CaseId | None
    reason: str
    by: PersonId
    at: datetime
    state: DispensationState = DispensationState.ASKED
    ruling: str = ""
    ruled_by: PersonId | None = None
    ruled_at: datetime | None = None

    @property
    def is_granted(self) -> bool:
        return self.state is DispensationState.GRANTED

    @property
    def is_open(self) -> bool:
        return self.state is DispensationState.ASKED

    def rule(self, actor: Actor, *, granted: bool, reason: str, now: datetime) -> Dispensation | Refusal:
        """Only the chair, once, and with a reason either way (``process.md``)."""
        if Role.CHAIR not in actor.roles:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "dispense", "roles": (Role.CHAIR,)})
        if not self.is_open:
            what = Happened.DISPENSATION_GRANTED if self.is_granted else Happened.DISPENSATION_REFUSED
            return Refusal(RefusalCode.ALREADY, {"what": what, "by": self.ruled_by, "at": self.ruled_at})
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("reason",)})
        state = DispensationState.GRANTED if granted else DispensationState.REFUSED
        return replace(self, rev=self.rev + 1, state=state, ruling=reason.strip(), ruled_by=actor.id, ruled_at=now)

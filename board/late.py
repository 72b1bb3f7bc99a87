"""A late case (ettersending): its reason, then the portfolio lead's word, then the chair's (``process.md``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from board.clock import local_day
from board.deadlines import Deadline
from board.ids import MeetingId, PersonId
from board.people import Role


@dataclass(frozen=True, slots=True)
class Late:
    """That a case should be treated at ``meeting`` although it came too late for it. ``ruling``: the refusal's reason.

    A later meeting is not concerned: for that one the case is in time, or late anew.
    """

    meeting: MeetingId
    reason: str
    by: PersonId
    at: datetime
    lead: PersonId | None = None
    lead_at: datetime | None = None
    chair: PersonId | None = None
    chair_at: datetime | None = None
    refused_by: PersonId | None = None
    refused_at: datetime | None = None
    ruling: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.chair is not None and self.refused_by is None

    @property
    def is_open(self) -> bool:
        return self.chair is None and self.refused_by is None

    @property
    def awaits(self) -> Role | None:
        """Who is to say yes or no now."""
        if not self.is_open:
            return None
        return Role.CHAIR if self.lead else Role.PORTFOLIO_LEAD

    def accepted(self, role: Role, by: PersonId, now: datetime) -> Late:
        if role is Role.CHAIR:
            return replace(self, chair=by, chair_at=now)
        return replace(self, lead=by, lead_at=now)

    def refused(self, by: PersonId, reason: str, now: datetime) -> Late:
        return replace(self, refused_by=by, refused_at=now, ruling=reason)


def intake_closed(plan: tuple[Deadline, ...], submitted_at: datetime) -> bool:
    """Whether what was handed on then came after the last day for cases to this meeting."""
    closes: date | None = next((d.planned for d in plan if d.offset.ends_by == "submission"), None)
    return closes is not None and local_day(submitted_at) > closes

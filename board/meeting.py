"""Meetings of the board, the working group and the office (mandatet § 7).

Times are instants; days are judged in Oslo. Whoever plans, moves or cancels one is the office or its lead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import MeetingId, PersonId
from board.people import HANDLERS, Actor, Body

USUAL_MINUTES = 120
LONGEST = 12 * 60
MAX_PLACE = 200


class MeetingState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """``minutes`` is the planned length; ``serves`` links a working-group meeting to the board meeting it prepares.

    ``rev`` grows by one with every change. ``changed_at`` and ``changed_by`` are None for one that was imported.
    """

    id: MeetingId
    body: Body
    starts_at: datetime
    minutes: int = USUAL_MINUTES
    place: str = ""
    serves: MeetingId | None = None
    rev: int = 1
    state: MeetingState = MeetingState.PLANNED
    changed_at: datetime | None = None
    changed_by: PersonId | None = None
    last: Happened = Happened.MEETING_PLANNED

    @property
    def day(self) -> date:
        return local_day(self.starts_at)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_planned(self) -> bool:
        return self.state is MeetingState.PLANNED

    def move(self, actor: Actor, starts_at: datetime, now: datetime) -> MeetingResult:
        """To another time, which must lie ahead. To the time it has already: nothing changes."""
        if refusal := self._gate(actor, now) or _time_refusal(starts_at, now):
            return refusal
        if starts_at == self.starts_at:
            return MeetingChanged(self, ())
        details = {"from": self.starts_at.isoformat(), "to": starts_at.isoformat()}
        return self._changed(Happened.MEETING_MOVED, actor, now, details, starts_at=starts_at)

    def cancel(self, actor: Actor, reason: str, now: datetime) -> MeetingResult:
        """For good: a meeting at another time is a new one, or this one moved instead."""
        if refusal := self._gate(actor, now):
            return refusal
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED)
        return self._changed(
            Happened.MEETING_CANCELLED, actor, now, {}, reason=reason.strip(), state=MeetingState.CANCELLED
        )

    def _gate(self, actor: Actor, now: datetime) -> Refusal | None:
        if not actor.is_handler:
            return not_for(actor)
        if not self.is_planned or self.starts_at <= now:
            return Refusal(RefusalCode.ALREADY, {"what": self.last, "by": self.changed_by, "at": self.changed_at})
        return None

    def _changed(
        self,
        what: Happened,
        actor: Actor,
        now: datetime,
        details: Mapping[str, str],
        *,
        reason: str = "",
        **values: object,
    ) -> MeetingChanged:
        stamp = {"rev": self.rev + 1, "changed_at": now, "changed_by": actor.id, "last": what}
        after = replace(self, **{**stamp, **values})  # type: ignore[arg-type]  # the callers name fields of Meeting
        event = Event(what, self.id, now, actor.id, after.rev, self.state, after.state, reason, details)
        return MeetingChanged(after, (event,))


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """An act that was let through. No events: it had already been done, and changed nothing."""

    meeting: Meeting
    events: tuple[Event, ...]


MeetingResult = MeetingChanged | Refusal


def not_for(actor: Actor) -> Refusal | None:
    """Why this person may not arrange meetings; None where that is allowed (mandatet § 7)."""
    if actor.is_handler:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "arrange_meeting", "roles": tuple(sorted(HANDLERS))})


def plan(meeting: Meeting, actor: Actor, now: datetime) -> MeetingResult:
    """A new meeting, as it was previewed."""
    if refusal := not_for(actor) or _time_refusal(meeting.starts_at, now):
        return refusal
    if not 0 < meeting.minutes <= LONGEST:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("minutes",)})
    if len(meeting.place) > MAX_PLACE:
        return Refusal(RefusalCode.TOO_LONG, {"fields": ("place",)})
    planned = replace(meeting, rev=1, changed_at=now, changed_by=actor.id, last=Happened.MEETING_PLANNED)
    details = {"body": meeting.body.value, "to": meeting.starts_at.isoformat()}
    event = Event(Happened.MEETING_PLANNED, meeting.id, now, actor.id, 1, "", MeetingState.PLANNED, "", details)
    return MeetingChanged(planned, (event,))


def _time_refusal(starts_at: datetime, now: datetime) -> Refusal | None:
    return Refusal(RefusalCode.TIME_PASSED, {"fields": ("starts_at",)}) if starts_at <= now else None

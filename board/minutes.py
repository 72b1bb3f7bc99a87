"""Minutes (referat): versions of the text, the remarks round, and the approval at the following meeting (mandatet § 7).

Silence closes the remarks round and never approves. An approved version is locked; a later correction is a new version
that points back to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from board.approval import Conclusion, Ground
from board.clock import local_day
from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import MeetingId, PersonId
from board.minutes_text import Source, Version
from board.people import HANDLERS, Actor, Body
from board.remarks import Remark, RemarkClass


class MinutesState(StrEnum):
    DRAFT = "draft"
    CIRCULATED = "circulated"
    """Sent to those entitled; from here on it goes into a pack, as minutes awaiting approval."""
    APPROVED = "approved"
    FILED = "filed"
    """From before Saksgang's time: a PDF, and nothing to approve here."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Where a meeting's minutes stand. ``version`` is the latest text's; ``rev`` grows by one with every change.

    ``called_in``: the meeting that is approving it right now, ``called_digest`` the text it has before it.
    ``concluded_in``: the last one that concluded, also that it is postponed.
    ``sha256`` is of the locked file (or of the one filed); "" until it is made. ``remarks_due``: the round's last day.
    """

    meeting: MeetingId
    body: Body
    rev: int
    state: MinutesState
    version: int
    by: PersonId
    at: datetime
    circulated_at: datetime | None = None
    remarks_due: date | None = None
    round_closed_at: datetime | None = None
    called_in: MeetingId | None = None
    called_digest: str = ""
    concluded_in: MeetingId | None = None
    conclusion: Conclusion | None = None
    approved_version: int | None = None
    approved_at: datetime | None = None
    approved_by: PersonId | None = None
    sha256: str = ""
    name: str = ""
    pages: int = 0

    @property
    def is_finished(self) -> bool:
        """Fit to go into a pack."""
        return self.state is not MinutesState.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.state is MinutesState.APPROVED

    @property
    def is_called(self) -> bool:
        return self.called_in is not None

    def takes_remarks(self, now: datetime) -> bool:
        """Until the end of the round's last day, local time."""
        due = self.remarks_due
        return self.state is MinutesState.CIRCULATED and due is not None and local_day(now) <= due

    # -- acts -------------------------------------------------------------------------------------------------------

    def edit(self, actor: Actor, now: datetime) -> MinutesResult:
        """A new version by the office, while it is a draft; circulated text changes by remarks only."""
        if refusal := not_for(actor):
            return refusal
        if self.state is not MinutesState.DRAFT:
            return self._already()
        return self._new_version(Happened.MINUTES_EDITED, actor, now)

    def circulate(self, actor: Actor, remarks_due: date, now: datetime) -> MinutesResult:
        """To those entitled, for remarks until ``remarks_due``."""
        if refusal := not_for(actor):
            return refusal
        if self.state is not MinutesState.DRAFT:
            return self._already()
        values = {"state": MinutesState.CIRCULATED, "circulated_at": now, "remarks_due": remarks_due}
        return self._changed(Happened.MINUTES_CIRCULATED, actor, now, {}, values)

    def take_in(self, actor: Actor, remark: Remark, now: datetime) -> MinutesResult:
        """An editorial remark goes into a new version. A substantive one is the meeting's (``process.md``)."""
        if refusal := not_for(actor):
            return refusal
        if self.state is not MinutesState.CIRCULATED or self.is_called or not remark.is_open:
            return self._already()
        if remark.cls is RemarkClass.SUBSTANTIVE:
            return Refusal(RefusalCode.SUBSTANTIVE)
        return self._new_version(Happened.REMARK_ACCEPTED, actor, now, {"remark": remark.id})

    def close_round(self, actor_id: PersonId, now: datetime) -> MinutesChanged:
        """The round's last day is over. That approves nothing."""
        if self.round_closed_at or self.state is not MinutesState.CIRCULATED:
            return MinutesChanged(self, ())
        return self._stamped(Happened.ROUND_CLOSED, actor_id, now, {}, {"round_closed_at": now})

    def call(self, actor: Actor, held: MeetingId, version: Version, now: datetime) -> MinutesResult:
        """The meeting ``held`` comes to the item: everybody in the room is asked about this very text."""
        if refusal := not_for(actor):
            return refusal
        if self.state is not MinutesState.CIRCULATED:
            return self._already()
        if self.called_in == held:
            return MinutesChanged(self, ())
        values = {"called_in": held, "called_digest": version.digest}
        return self._changed(Happened.MINUTES_CALLED, actor, now, {"held": held, "digest": version.digest}, values)

    def conclude(
        self, actor: Actor, held: MeetingId, conclusion: Conclusion, ground: Ground, now: datetime
    ) -> MinutesResult:
        """The chair (in the working group its leader) says what came of it; ``ground`` is what was answered."""
        if ground.leader not in actor.roles:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "conclude", "roles": (ground.leader,)})
        if self.called_in != held:
            return Refusal(RefusalCode.NOT_CALLED) if self.state is MinutesState.CIRCULATED else self._already()
        if conclusion is Conclusion.POSTPONED:
            values: dict[str, object] = {"called_in": None, "called_digest": ""}
            values |= {"conclusion": conclusion, "concluded_in": held}
            return self._changed(Happened.MINUTES_CONCLUDED, actor, now, _concluded(conclusion, held), values)
        if not ground.carries:
            return Refusal(RefusalCode.NOT_CARRIED, {"approved": ground.approved, "needed": ground.needed})
        if conclusion is Conclusion.APPROVED and ground.staged:
            return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("result",)})
        if conclusion is Conclusion.WITH_CORRECTIONS and not ground.staged:
            return Refusal(RefusalCode.NO_CORRECTIONS)
        version = self.version + bool(ground.staged)
        values = {
            "state": MinutesState.APPROVED,
            "version": version,
            "approved_version": version,
            "approved_at": now,
            "approved_by": actor.id,
            "conclusion": conclusion,
            "concluded_in": held,
            "called_in": None,
            "called_digest": "",
        }
        return self._changed(Happened.MINUTES_CONCLUDED, actor, now, _concluded(conclusion, held), values)

    def locked(self, sha256: str, pages: int, by: PersonId, now: datetime) -> MinutesChanged:
        """The approved version's file is made: its SHA-256 is in the log from now on."""
        details = {"sha256": sha256, "version": str(self.approved_version)}
        return self._stamped(Happened.MINUTES_LOCKED, by, now, details, {"sha256": sha256, "pages": pages})

    def correct(self, actor: Actor, reason: str, now: datetime) -> MinutesResult:
        """A new version after approval, that points back. Everyone who got the old text is told."""
        if refusal := not_for(actor):
            return refusal
        if self.state is not MinutesState.APPROVED or not self.sha256:
            return Refusal(RefusalCode.NOT_READY) if self.is_approved else self._already()
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("reason",)})
        version = self.version + 1
        details = {"corrects": str(self.approved_version), "version": str(version)}
        values = {"version": version, "approved_version": version, "sha256": "", "pages": 0}
        return self._changed(Happened.MINUTES_CORRECTED, actor, now, details, values, reason.strip())

    def answered(self) -> Minutes:
        """Something was said of it at the meeting: its cards show that."""
        return replace(self, rev=self.rev + 1)

    def closed_to_edits(self) -> Refusal | None:
        """Why its text is not worded anew: it is no draft any more."""
        return None if self.state is MinutesState.DRAFT else self._already()

    def closed_to_remarks(self) -> Refusal | None:
        """Why no remark is taken by the state it is in: a draft is nobody's to remark on, what is approved is over."""
        return None if self.state is MinutesState.CIRCULATED else self._already()

    def not_called(self) -> Refusal:
        """Why nobody can answer now: it is not before a meeting, or what came of it."""
        return Refusal(RefusalCode.NOT_CALLED) if self.state is not MinutesState.APPROVED else self._already()

    def _already(self) -> Refusal:
        what, by, at = _LATEST[self.state], self.by, self.at
        if self.state is MinutesState.APPROVED:
            by, at = self.approved_by or by, self.approved_at or at
        elif self.state is MinutesState.CIRCULATED:
            at = self.circulated_at or at
        return Refusal(RefusalCode.ALREADY, {"what": what, "by": by, "at": at})

    def _new_version(
        self, what: Happened, actor: Actor, now: datetime, details: Mapping[str, str] | None = None
    ) -> MinutesChanged:
        version = self.version + 1
        told = {**(details or {}), "version": str(version)}
        return self._stamped(what, actor.id, now, told, {"version": version, "by": actor.id, "at": now})

    def _changed(
        self,
        what: Happened,
        actor: Actor,
        now: datetime,
        details: Mapping[str, str],
        values: Mapping[str, object],
        reason: str = "",
    ) -> MinutesChanged:
        return self._stamped(what, actor.id, now, details, values, reason)

    def _stamped(
        self,
        what: Happened,
        by: PersonId,
        now: datetime,
        details: Mapping[str, str],
        values: Mapping[str, object],
        reason: str = "",
    ) -> MinutesChanged:
        stamped = {"rev": self.rev + 1, **values}
        after = replace(self, **stamped)  # type: ignore[arg-type]  # the callers name fields of Minutes
        about = minutes_object(self.meeting)
        event = Event(what, about, now, by, after.rev, self.state, after.state, reason, details)
        return MinutesChanged(after, (event,))


_LATEST: Final = {
    MinutesState.DRAFT: Happened.MINUTES_DRAFTED,
    MinutesState.CIRCULATED: Happened.MINUTES_CIRCULATED,
    MinutesState.APPROVED: Happened.MINUTES_CONCLUDED,
    MinutesState.FILED: Happened.MINUTES_FILED,
}


@dataclass(frozen=True, slots=True)
class MinutesChanged:
    """An act that was let through. No events: it had already been done, and changed nothing."""

    minutes: Minutes
    events: tuple[Event, ...]


MinutesResult = MinutesChanged | Refusal


def drafted(
    meeting: MeetingId, body: Body, sections: tuple[Section, ...], actor: Actor, now: datetime
) -> tuple[MinutesChanged, Version] | Refusal:
    """The first version, from what was recorded."""
    if refusal := not_for(actor):
        return refusal
    minutes = Minutes(meeting, body, 1, MinutesState.DRAFT, 1, actor.id, now)
    event = Event(Happened.MINUTES_DRAFTED, minutes_object(meeting), now, actor.id, 1, "", MinutesState.DRAFT)
    return MinutesChanged(minutes, (event,)), Version(meeting, 1, sections, actor.id, now, Source.RECORD)


def not_for(actor: Actor) -> Refusal | None:
    """Why this person may not write minutes (mandatet § 5)."""
    if actor.is_handler:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "write_minutes", "roles": tuple(sorted(HANDLERS))})


def _concluded(conclusion: Conclusion, held: MeetingId) -> dict[str, str]:
    return {"result": str(conclusion), "held": held}


_OBJECT = "minutes:"


def minutes_object(meeting: MeetingId) -> str:
    """The object that the cards of a meeting's minutes are about, and its history."""
    return f"{_OBJECT}{meeting}"


def meeting_of_minutes(object_id: str) -> MeetingId | None:
    return MeetingId(object_id.removeprefix(_OBJECT)) if object_id.startswith(_OBJECT) else None

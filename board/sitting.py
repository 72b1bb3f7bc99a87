"""A meeting while it is held (møtet): its run-sheet, who is in the room, and which item is being treated.

What was decided is :mod:`board.decision`'s; this is where the meeting stands, so that a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from board.agenda import Agenda, Item
from board.attendance import Quorum
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import HANDLERS, Actor, Body, Role

EARLY: Final = timedelta(minutes=15)
"""How long before its time a meeting may be opened."""


class SittingState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in the room who takes part: a member, or a deputy and the member he or she sits for."""

    person: PersonId
    stands_for: PersonId | None = None

    @property
    def member(self) -> PersonId:
        """The member whose seat it is: one seat each."""
        return self.stands_for or self.person


@dataclass(frozen=True, slots=True)
class Sitting:
    """``items`` are the agenda's as the meeting was opened. ``current`` is the item being treated.

    ``without_quorum``: the chair's word for going on though too few are there, which is minuted.
    ``rev`` grows by one with every change.
    """

    meeting: MeetingId
    body: Body
    rev: int
    items: tuple[ItemId, ...]
    started_at: datetime
    started_by: PersonId
    current: ItemId
    seats: tuple[Seat, ...] = ()
    state: SittingState = SittingState.OPEN
    without_quorum: str = ""
    quorum_by: PersonId | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None

    @property
    def is_open(self) -> bool:
        return self.state is SittingState.OPEN

    @property
    def present(self) -> tuple[PersonId, ...]:
        return tuple(seat.person for seat in self.seats)

    def seat_of(self, person: PersonId) -> Seat | None:
        return next((seat for seat in self.seats if seat.person == person), None)

    def neighbour(self, step: int) -> ItemId | None:
        """The item before (-1) or after (1) the current one."""
        at = self.items.index(self.current) + step
        return self.items[at] if 0 <= at < len(self.items) else None

    def after(self, decided: Collection[ItemId]) -> ItemId | None:
        """The next item that is not decided, from the current one on and round to the beginning."""
        at = self.items.index(self.current)
        ahead = (*self.items[at + 1 :], *self.items[: at + 1])
        return next((item for item in ahead if item not in decided), None)

    def undecided(self, decided: Collection[ItemId]) -> tuple[ItemId, ...]:
        return tuple(item for item in self.items if item not in decided)

    # -- acts -------------------------------------------------------------------------------------------------------

    def call(self, actor: Actor, item: ItemId, now: datetime) -> SittingResult:
        """Another item is treated now, also an earlier one."""
        if refusal := self.gate(actor):
            return refusal
        if item not in self.items:
            return Refusal(RefusalCode.NOT_FOUND)
        if item == self.current:
            return SittingChanged(self, ())
        return self._changed(Happened.ITEM_CALLED, actor, now, {"item": item}, {"current": item})

    def seat(self, actor: Actor, seat: Seat, now: datetime, *, present: bool) -> SittingResult:
        """Somebody has come or gone. One seat a member: a deputy who comes takes it over."""
        if refusal := self.gate(actor):
            return refusal
        others = tuple(one for one in self.seats if one.member != seat.member)
        seats = (*others, seat) if present else others
        if set(seats) == set(self.seats):
            return SittingChanged(self, ())
        details = {"person": seat.person, "present": str(present).lower()}
        return self._changed(Happened.SEAT_CHANGED, actor, now, details, {"seats": seats})

    def go_on(self, actor: Actor, reason: str, now: datetime) -> SittingResult:
        """The chair's word that the meeting goes on without a quorum."""
        if Role.CHAIR not in actor.roles:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "go_on", "roles": (Role.CHAIR,)})
        if not self.is_open:
            return self._over()
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("reason",)})
        if self.without_quorum:
            return Refusal(RefusalCode.ALREADY, {"what": Happened.QUORUM_WAIVED, "by": self.quorum_by, "at": None})
        values = {"without_quorum": reason.strip(), "quorum_by": actor.id}
        return self._changed(Happened.QUORUM_WAIVED, actor, now, {}, values, reason.strip())

    def close(self, actor: Actor, decided: Collection[ItemId], now: datetime) -> SittingResult:
        """Ends the meeting; not while an item is undecided (``process.md``)."""
        if refusal := self.gate(actor):
            return refusal
        if left := self.undecided(decided):
            return Refusal(RefusalCode.UNDECIDED, {"items": left})
        values = {"state": SittingState.CLOSED, "closed_at": now, "closed_by": actor.id}
        return self._changed(Happened.MEETING_CLOSED, actor, now, {}, values)

    def recorded(self) -> Sitting:
        """Something of it was decided: its cards show that."""
        return replace(self, rev=self.rev + 1)

    def gate(self, actor: Actor) -> Refusal | None:
        """Why this person cannot run it now."""
        return not_for(actor) or (None if self.is_open else self._over())

    def _over(self) -> Refusal:
        told = {"what": Happened.MEETING_CLOSED, "by": self.closed_by, "at": self.closed_at}
        return Refusal(RefusalCode.ALREADY, told)

    def _changed(
        self,
        what: Happened,
        actor: Actor,
        now: datetime,
        details: Mapping[str, str],
        values: Mapping[str, object],
        reason: str = "",
    ) -> SittingChanged:
        stamped = {"rev": self.rev + 1, **values}
        after = replace(self, **stamped)  # type: ignore[arg-type]  # the callers name fields of Sitting
        event = Event(what, self.meeting, now, actor.id, after.rev, self.state, after.state, reason, details)
        return SittingChanged(after, (event,))


@dataclass(frozen=True, slots=True)
class SittingChanged:
    """An act that was let through. No events: it had already been done, and changed nothing."""

    sitting: Sitting
    events: tuple[Event, ...]


SittingResult = SittingChanged | Refusal


def open_sitting(meeting: Meeting, agenda: Agenda, seats: Iterable[Seat], actor: Actor, now: datetime) -> SittingResult:
    """Begins the meeting with the first item. ``seats``: those who said that they come."""
    if refusal := not_for(actor):
        return refusal
    if not meeting.is_planned:
        told = {"what": meeting.last, "by": meeting.changed_by, "at": meeting.changed_at}
        return Refusal(RefusalCode.ALREADY, told)
    if now < meeting.starts_at - EARLY:
        return Refusal(RefusalCode.NOT_BEGUN, {"at": meeting.starts_at})
    items: tuple[Item, ...] = agenda.items
    if not items:
        return Refusal(RefusalCode.AGENDA_APPROVAL, {"missing": True})
    sitting = Sitting(
        meeting.id, meeting.body, 1, tuple(item.id for item in items), now, actor.id, items[0].id, tuple(seats)
    )
    event = Event(Happened.MEETING_STARTED, meeting.id, now, actor.id, 1, "", SittingState.OPEN)
    return SittingChanged(sitting, (event,))


def not_for(actor: Actor) -> Refusal | None:
    """Why this person may not run a meeting (mandatet § 5: the portfolio lead facilitates)."""
    if actor.is_handler:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "run_meeting", "roles": tuple(sorted(HANDLERS))})


def in_room(sitting: Sitting, members: int, needed: Quorum) -> Quorum:
    """The quorum as it is in the room."""
    return replace(needed, invited=members, coming=len({seat.member for seat in sitting.seats}))


_OBJECT = "sitting:"


def sitting_object(meeting: MeetingId) -> str:
    """The object that the cards of a meeting under way are about."""
    return f"{_OBJECT}{meeting}"

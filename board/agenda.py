"""The agenda (saksliste) of a meeting: its items in the mandate's order, who presents, how long, the chair's approval.

A number belongs to a case, not to its place: items move, numbers stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Body, Role

MAX_PRESENTER = 200
MAX_MINUTES = 240


class ItemKind(StrEnum):
    """In the mandate's order."""

    AGENDA = "agenda"
    """Godkjenning av innkalling og sakliste; late cases are confirmed under it."""
    MINUTES = "minutes"
    """Godkjenning av referat fra forrige møte (mandatet § 7)."""
    FOLLOW_UP = "follow_up"
    DECISION = "decision"
    DISCUSSION = "discussion"
    ORIENTATION = "orientation"
    OTHER = "other"
    """Eventuelt."""


ORDER = tuple(ItemKind)
CASE_KINDS = frozenset({ItemKind.DECISION, ItemKind.DISCUSSION, ItemKind.ORIENTATION})


class AgendaState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Item:
    """``minutes`` is the time it gets. ``case`` is None for what every meeting has."""

    id: ItemId
    kind: ItemKind
    minutes: int
    presenter: str = ""
    case: CaseId | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """``rev`` grows by one with every change. A change by anybody takes the chair's approval away."""

    meeting: MeetingId
    rev: int
    items: tuple[Item, ...]
    built_at: datetime
    built_by: PersonId
    state: AgendaState = AgendaState.DRAFT
    approved_at: datetime | None = None
    approved_by: PersonId | None = None
    changed_at: datetime | None = None
    changed_by: PersonId | None = None
    last: Happened = Happened.AGENDA_BUILT

    @property
    def is_approved(self) -> bool:
        return self.state is AgendaState.APPROVED

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def cases(self) -> tuple[CaseId, ...]:
        return tuple(item.case for item in self.items if item.case)

    def item_of(self, case: CaseId) -> Item | None:
        return next((item for item in self.items if item.case == case), None)

    def neighbour(self, item_id: ItemId, step: int) -> Item | None:
        """The one it would change places with: of the same kind, as the mandate's order stays."""
        at = next((n for n, item in enumerate(self.items) if item.id == item_id), None)
        if at is None or not 0 <= at + step < len(self.items):
            return None
        other = self.items[at + step]
        return other if other.kind is self.items[at].kind else None

    # -- acts -------------------------------------------------------------------------------------------------------

    def put(self, actor: Actor, items: Iterable[Item], now: datetime, *, approved: bool = False) -> AgendaResult:
        """Adds items, each at the end of its kind. ``approved``: the chair has said yes to them (late cases)."""
        if refusal := not_for(actor):
            return refusal
        known = set(self.cases)
        new = [item for item in items if item.case is None or item.case not in known]
        if not new:
            return AgendaChanged(self, ())
        details = {"cases": ",".join(item.case for item in new if item.case)}
        keep = self.state if approved else AgendaState.DRAFT
        return self._changed(
            Happened.AGENDA_CHANGED, actor, now, details, items=in_order([*self.items, *new]), state=keep
        )

    def without(self, actor: Actor, case: CaseId, now: datetime) -> AgendaResult:
        """Takes a case off: it was withdrawn or moved. What is left is what the chair approved; that stays."""
        left = tuple(item for item in self.items if item.case != case)
        if left == self.items:
            return AgendaChanged(self, ())
        return self._changed(Happened.AGENDA_CHANGED, actor, now, {"without": case}, items=left)

    def shift(self, actor: Actor, item_id: ItemId, step: int, now: datetime) -> AgendaResult:
        """One up (-1) or down (1) among its own kind."""
        if refusal := not_for(actor):
            return refusal
        if not any(item.id == item_id for item in self.items):
            return Refusal(RefusalCode.NOT_FOUND)
        other = self.neighbour(item_id, step)
        if other is None:
            return AgendaChanged(self, ())
        places = list(self.items)
        one, two = (next(n for n, item in enumerate(places) if item.id == i) for i in (item_id, other.id))
        places[one], places[two] = places[two], places[one]
        moved = {"item": item_id, "step": str(step)}
        return self._changed(Happened.AGENDA_CHANGED, actor, now, moved, items=tuple(places), state=AgendaState.DRAFT)

    def edit(
        self, actor: Actor, item_id: ItemId, now: datetime, *, minutes: int, presenter: str, kind: ItemKind | None
    ) -> AgendaResult:
        """Another time, presenter or, for a case, kind. The same as before changes nothing."""
        if refusal := not_for(actor):
            return refusal
        item = next((item for item in self.items if item.id == item_id), None)
        if item is None:
            return Refusal(RefusalCode.NOT_FOUND)
        if not 0 <= minutes <= MAX_MINUTES or (kind and kind is not item.kind and not {kind, item.kind} <= CASE_KINDS):
            return Refusal(
                RefusalCode.UNKNOWN_CHOICE, {"fields": ("minutes" if kind in (None, item.kind) else "kind",)}
            )
        if len(presenter) > MAX_PRESENTER:
            return Refusal(RefusalCode.TOO_LONG, {"fields": ("presenter",)})
        new = replace(item, minutes=minutes, presenter=presenter.strip(), kind=kind or item.kind)
        if new == item:
            return AgendaChanged(self, ())
        items = in_order([new if one.id == item_id else one for one in self.items])
        return self._changed(
            Happened.AGENDA_CHANGED, actor, now, {"item": item_id}, items=items, state=AgendaState.DRAFT
        )

    def approve(self, actor: Actor, now: datetime) -> AgendaResult:
        """The chair's word that this is what the board is called to (``process.md``, back-plan M−12)."""
        if Role.CHAIR not in actor.roles:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "approve_agenda", "roles": (Role.CHAIR,)})
        if self.is_approved:
            return Refusal(
                RefusalCode.ALREADY,
                {"what": Happened.AGENDA_APPROVED, "by": self.approved_by, "at": self.approved_at},
            )
        stamp = {"state": AgendaState.APPROVED, "approved_at": now, "approved_by": actor.id}
        return self._changed(Happened.AGENDA_APPROVED, actor, now, {}, **stamp)

    def _changed(
        self, what: Happened, actor: Actor, now: datetime, details: dict[str, str], **values: object
    ) -> AgendaChanged:
        stamp = {"rev": self.rev + 1, "changed_at": now, "changed_by": actor.id, "last": what}
        after = replace(self, **{**stamp, **values})  # type: ignore[arg-type]  # the callers name fields of Agenda
        if not after.is_approved:
            after = replace(after, approved_at=None, approved_by=None)
        event = Event(what, self.meeting, now, actor.id, after.rev, self.state, after.state, "", details)
        return AgendaChanged(after, (event,))


@dataclass(frozen=True, slots=True)
class AgendaChanged:
    """An act that was let through. No events: it had already been done, and changed nothing."""

    agenda: Agenda
    events: tuple[Event, ...]


AgendaResult = AgendaChanged | Refusal


def build(meeting: MeetingId, actor: Actor, items: Iterable[Item], now: datetime) -> AgendaResult:
    """A new draft."""
    if refusal := not_for(actor):
        return refusal
    agenda = Agenda(meeting, 1, in_order(items), now, actor.id, changed_at=now, changed_by=actor.id)
    event = Event(Happened.AGENDA_BUILT, meeting, now, actor.id, 1, "", AgendaState.DRAFT)
    return AgendaChanged(agenda, (event,))


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """In the mandate's order of kinds; within a kind as they stand."""
    return tuple(sorted(items, key=lambda item: ORDER.index(item.kind)))


def not_for(actor: Actor) -> Refusal | None:
    """Why this person may not arrange an agenda; None where that is allowed (mandatet § 5, § 7)."""
    if actor.is_handler:
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, {"act": "agenda", "roles": tuple(sorted(HANDLERS))})


# -- who sees it -------------------------------------------------------------------------------------------------------

_OBJECT = "agenda:"


def agenda_object(meeting: MeetingId) -> str:
    """The object that an agenda's cards are about: their copies are redrawn when it changes."""
    return f"{_OBJECT}{meeting}"


class Sight(StrEnum):
    """How much of an agenda somebody sees. A case that the reader is inhabil for is in none of them."""

    DRAFT = "draft"
    """Also before it is approved, and what came of each change."""
    FULL = "full"
    OPEN = "open"
    """The open agenda (offentlig saksliste): public titles only."""


def sight(body: Body, agenda: Agenda, actor: Actor, *, sent: bool) -> Sight | None:
    """What this person sees of it now; None where that is nothing yet. ``sent``: its pack is out.

    The working group's agenda is its members' own; the board's is public once the chair has approved it.
    """
    arranges = bool(actor.roles & (HANDLERS | {Role.CHAIR}))
    if body is Body.WORKING_GROUP:
        return Sight.DRAFT if arranges else Sight.FULL if actor.roles & WORKING_GROUP else None
    if arranges:
        return Sight.DRAFT
    if actor.roles & BOARD and (sent or agenda.is_approved):
        return Sight.FULL
    return Sight.OPEN if agenda.is_approved else None

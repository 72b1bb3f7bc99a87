"""Follow-ups (oppfølging av vedtak): a decision's conditions, each with owner and day, until they are done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from board.case_content import MAX_TEXT
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, FollowUpId, MeetingId, PersonId
from board.people import HANDLERS, Actor


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Report:
    """What the owner said of it; ``new_date``: by when it is done instead."""

    note: str
    by: PersonId
    at: datetime
    new_date: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``number`` is the decision's. ``rev`` grows by one with every change."""

    id: FollowUpId
    rev: int
    case: CaseId
    meeting: MeetingId
    number: str
    text: str
    owner: PersonId
    due: date
    opened_at: datetime
    state: FollowUpState = FollowUpState.OPEN
    reports: tuple[Report, ...] = ()
    done_at: datetime | None = None
    done_by: PersonId | None = None

    @property
    def is_open(self) -> bool:
        return self.state is FollowUpState.OPEN

    def report(self, actor: Actor, note: str, new_date: date | None, today: date, now: datetime) -> FollowUpResult:
        """How it stands, and, where it takes longer, the new day. The board sees both at its next meeting."""
        if refusal := self._gate(actor) or _said(note):
            return refusal
        if new_date is not None and new_date < today:
            return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": new_date})
        said = Report(note.strip(), actor.id, now, new_date)
        details = {"due": new_date.isoformat()} if new_date else {}
        return self._changed(
            Happened.FOLLOW_UP_REPORTED, actor, now, details, reports=(*self.reports, said), due=new_date or self.due
        )

    def finish(self, actor: Actor, note: str, now: datetime) -> FollowUpResult:
        if refusal := self._gate(actor) or _said(note):
            return refusal
        said = Report(note.strip(), actor.id, now)
        values = {"state": FollowUpState.DONE, "done_at": now, "done_by": actor.id, "reports": (*self.reports, said)}
        return self._changed(Happened.FOLLOW_UP_DONE, actor, now, {}, **values)

    def _gate(self, actor: Actor) -> Refusal | None:
        if actor.id != self.owner and not actor.is_handler:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "follow_up", "roles": tuple(sorted(HANDLERS))})
        if not self.is_open:
            told = {"what": Happened.FOLLOW_UP_DONE, "by": self.done_by, "at": self.done_at}
            return Refusal(RefusalCode.ALREADY, told)
        return None

    def _changed(
        self, what: Happened, actor: Actor, now: datetime, details: dict[str, str], **values: object
    ) -> FollowUpChanged:
        after = replace(self, rev=self.rev + 1, **values)  # type: ignore[arg-type]  # the callers name fields of FollowUp
        told = {"case": self.case, "meeting": self.meeting, **details}
        return FollowUpChanged(
            after, (Event(what, self.id, now, actor.id, after.rev, self.state, after.state, "", told),)
        )


@dataclass(frozen=True, slots=True)
class FollowUpChanged:
    follow_up: FollowUp
    events: tuple[Event, ...]


FollowUpResult = FollowUpChanged | Refusal


def _said(note: str) -> Refusal | None:
    if not note.strip():
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("note",)})
    return Refusal(RefusalCode.TOO_LONG, {"fields": {"note": MAX_TEXT}}) if len(note) > MAX_TEXT else None

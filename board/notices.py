"""Who must be told of what. One row of the table per event; the words and the card are made at delivery, in ``cards``.

A *request* asks somebody to act; *news* tells of a change in one's own case (``conversation.md``, reminders).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from board.case import Case
from board.events import Event, Happened
from board.ids import PersonId
from board.people import WORKING_GROUP, Role
from board.states import WITH_OFFICE, CaseState


class NoticeKind(StrEnum):
    CONFIRM_REQUESTED = "case.confirm_requested"
    REVIEW_REQUESTED = "case.review_requested"
    CASE_SUBMITTED = "case.submitted"
    CASE_CONFIRMED = "case.confirmed"
    CASE_DECLINED = "case.declined"
    CASE_ACCEPTED = "case.accepted"
    CASE_RETURNED = "case.returned"
    CASE_OUT_OF_SCOPE = "case.out_of_scope"
    CASE_WITHDRAWN = "case.withdrawn"
    WG_TRIAGE = "case.triage"
    """To the working group and its channel: a case is ready for it."""
    CASE_SCHEDULED_WG = "case.scheduled_wg"
    STATEMENT_REQUESTED = "case.statement_requested"
    CASE_TREATED = "case.wg_treated"
    CASE_SCHEDULED = "case.scheduled"
    CASE_MOVED = "case.moved"
    CASE_DISPATCHED = "case.dispatched"
    CASE_RELEASED = "case.released"
    """The working group's meeting that was to treat it is cancelled."""
    LATE_REQUESTED = "case.late_requested"
    LATE_RULED = "case.late_ruled"
    CONFLICT_DECLARED = "conflict.declared"
    """To the chair; the object is the case, ``part`` the person."""
    CONFLICT_RULED = "conflict.ruled"
    """To the one it is about, without a word of the case where he or she is inhabil; the object is the case."""
    AGENDA_READY = "agenda.ready"
    """To the chair: the agenda waits for approval. The object is the meeting, as for all of agenda and pack."""
    AGENDA_APPROVED = "agenda.approved"
    DISPENSATION_ASKED = "dispensation.asked"
    """To the chair; ``part`` is the dispensation."""
    DISPENSATION_RULED = "dispensation.ruled"
    WG_MINUTES = "minutes.wg_finished"
    PACK_SENT = "pack.sent"
    PACK_CHANGED = "pack.changed"
    """«Nytt siden du leste», to those who opened an earlier version; ``part`` is the version they opened."""
    PACK_FAILED = "pack.failed"
    PACK_MILESTONE = "pack.milestone"
    """To the channels: no title, no name."""
    MEETING_STARTED = "meeting.started"
    """To those in the room: the card that follows the meeting. The object is the sitting."""
    DECISION_PUBLISHED = "decision.published"
    """To submitter and owner; the object is the case, ``part`` the meeting."""
    DECISION_MILESTONE = "decision.milestone"
    """To the channels: what was decided, open cases by public title."""
    FOLLOW_UP_OPENED = "follow_up.opened"
    """To its owner."""
    FOLLOW_UP_REQUESTED = "follow_up.requested"
    """To its owner: a report for the next meeting."""
    FOLLOW_UP_REPORTED = "follow_up.reported"
    """To the office."""
    MINUTES_CIRCULATED = "minutes.circulated"
    """To those entitled: remarks? The object of all about minutes is ``board.minutes.minutes_object``."""
    REMARK_GIVEN = "minutes.remark_given"
    """To the office; ``part`` is the remark."""
    REMARK_RULED = "minutes.remark_ruled"
    """To the one who gave it; ``part`` is the remark."""
    ROUND_CLOSED = "minutes.round_closed"
    """To the office: what came of the round."""
    MINUTES_CALLED = "minutes.called"
    """To each in the room: approve?"""
    MINUTES_LOCKED = "minutes.locked"
    """To those who got it for remarks: approved and locked."""
    MINUTES_CORRECTED = "minutes.corrected"
    """To everyone who got the old text."""
    MEETING_MOVED = "meeting.moved"
    MEETING_CANCELLED = "meeting.cancelled"
    MEETING_WORD = "meeting.word"
    """A deadline's day has come; ``part`` says which."""
    DUTY_ASKED = "duty.asked"
    """A request that the back-plan makes; ``part`` is the deadline."""
    DUTY_DELEGATED = "duty.delegated"
    """To the deputy: somebody cannot, and asks the reader; ``part`` is the duty."""
    DUTY_ANSWERED = "duty.answered"
    """To the one asked: the deputy or the office has answered instead, or the deputy cannot; ``part`` is the duty."""
    DUTY_HANDED_ON = "duty.handed_on"
    """To the registered deputy: the one asked let the time pass; ``part`` is the duty."""
    ANCHOR_ASKED = "anchor.asked"
    BENEFIT_ASKED = "benefit.asked"
    """To the benefit owner; the object is the case, ``part`` the months since the decision."""
    EVALUATION_ASKED = "evaluation.asked"
    EVALUATION_RESULT = "evaluation.result"
    EVALUATION_CHART = "evaluation.chart"
    """The same as a picture."""
    DIGEST = "tasks.digest"
    """What reminds: all that one owes, at most once a person and working day."""
    CODE_GIVEN = "person.code_given"
    """To the one a code was given for, where the person is reached already; the object is the person."""
    ACCOUNT_UNCLEAR = "person.unclear"
    """To the office: a guest who may be somebody of the register; the object is the guest, ``part`` says why."""
    STANDS_IN = "delivery.stands_in"
    """To the deputy of somebody who could not be reached; ``part`` is the kind of the notice and whom it was for."""


@dataclass(frozen=True, slots=True)
class Notice:
    """``rev`` is the object's revision when it arose. ``key`` makes telling the same thing twice impossible.

    ``part`` is the deadline or duty of the object that it is about. ``once``: what makes it another notice though all
    else is the same: a local date, where it comes at most once a day, or the instant of the act. ``to`` is a person, or
    a channel (``board.ids.channel_recipient``). From ``expires_at`` it is of no use. ``because`` tells the rehearsal
    why; it is not kept.
    """

    kind: NoticeKind
    object_id: str
    rev: int
    to: PersonId
    part: str = ""
    once: str = ""
    expires_at: datetime | None = None
    because: str = ""

    @property
    def key(self) -> str:
        told = f"{self.kind}:{self.object_id}:{self.rev}:{self.to}"
        return f"{told}:{self.part}:{self.once}" if self.part or self.once else told


CASE_NOTICES = frozenset(
    kind for kind in NoticeKind if kind.startswith("case.") or kind is NoticeKind.DECISION_PUBLISHED
)

_SUBMITTER, _OWNER, _OFFICE, _LEAD = Role.SUBMITTER, Role.PROJECT_OWNER, Role.OFFICE, Role.PORTFOLIO_LEAD
_GROUP = tuple(sorted(WORKING_GROUP))
_K = NoticeKind

_TOLD: dict[tuple[Happened, CaseState], tuple[tuple[NoticeKind, tuple[Role, ...]], ...]] = {
    (Happened.CASE_SUBMITTED, CaseState.AWAITING_OWNER): ((_K.CONFIRM_REQUESTED, (_OWNER,)),),
    (Happened.CASE_SUBMITTED, CaseState.SUBMITTED): (
        (_K.REVIEW_REQUESTED, (_OFFICE,)),
        (_K.CASE_SUBMITTED, (_OWNER,)),
    ),
    (Happened.CASE_CONFIRMED, CaseState.SUBMITTED): (
        (_K.REVIEW_REQUESTED, (_OFFICE,)),
        (_K.CASE_CONFIRMED, (_SUBMITTER,)),
    ),
    (Happened.CASE_DECLINED, CaseState.DRAFT): ((_K.CASE_DECLINED, (_SUBMITTER,)),),
    (Happened.CASE_ACCEPTED, CaseState.READY_FOR_WG): (
        (_K.CASE_ACCEPTED, (_SUBMITTER, _OWNER)),
        (_K.WG_TRIAGE, _GROUP),
    ),
    (Happened.CASE_SCHEDULED_WG, CaseState.ON_WG_AGENDA): (
        (_K.CASE_SCHEDULED_WG, (_SUBMITTER, _OWNER)),
        (_K.STATEMENT_REQUESTED, (Role.EMPLOYEE_REP,)),
    ),
    **{
        (Happened.CASE_TREATED, state): ((_K.CASE_TREATED, (_SUBMITTER, _OWNER)),)
        for state in (CaseState.WG_TREATED, CaseState.READY_FOR_WG, CaseState.INCOMPLETE)
    },
    (Happened.CASE_SCHEDULED, CaseState.ON_BOARD_AGENDA): ((_K.CASE_SCHEDULED, (_SUBMITTER, _OWNER)),),
    (Happened.CASE_MOVED, CaseState.ON_BOARD_AGENDA): ((_K.CASE_MOVED, (_SUBMITTER, _OWNER)),),
    (Happened.CASE_DISPATCHED, CaseState.DISPATCHED): ((_K.CASE_DISPATCHED, (_SUBMITTER, _OWNER)),),
    (Happened.CASE_RELEASED, CaseState.READY_FOR_WG): ((_K.CASE_RELEASED, (_SUBMITTER, _OWNER)),),
    **{
        (Happened.CASE_PUBLISHED, state): ((_K.DECISION_PUBLISHED, (_SUBMITTER, _OWNER)),)
        for state in (
            *(CaseState.PUBLISHED, CaseState.WG_TREATED, CaseState.READY_FOR_WG),
            *(CaseState.INCOMPLETE, CaseState.WITHDRAWN),
        )
    },
    **{(Happened.LATE_REFUSED, state): ((_K.LATE_RULED, (_SUBMITTER, _OWNER, _OFFICE)),) for state in WITH_OFFICE},
    (Happened.CASE_RETURNED, CaseState.INCOMPLETE): ((_K.CASE_RETURNED, (_SUBMITTER, _OWNER)),),
    (Happened.CASE_OUT_OF_SCOPE, CaseState.OUT_OF_SCOPE): ((_K.CASE_OUT_OF_SCOPE, (_SUBMITTER, _OWNER)),),
    (Happened.CASE_WITHDRAWN, CaseState.WITHDRAWN): ((_K.CASE_WITHDRAWN, (_OWNER, _OFFICE)),),
}


_CASE_STATES = frozenset(CaseState)
ASKS_LATE = frozenset({Happened.CASE_SUBMITTED, Happened.CASE_CONFIRMED, Happened.LATE_ASKED, Happened.LATE_ACCEPTED})
"""What can make a late case wait for the portfolio lead or the chair."""


def roles_told(event: Event) -> frozenset[Role]:
    """The roles whose holders must be known before :func:`notices_for` can name people."""
    told = _TOLD.get((event.what, CaseState(event.to_state)), ()) if event.to_state in _CASE_STATES else ()
    late = {Role.PORTFOLIO_LEAD, Role.CHAIR, _OFFICE} if event.what in ASKS_LATE else set()
    return frozenset({role for _, roles in told for role in roles} | late)


def _late(event: Event, case: Case) -> tuple[tuple[NoticeKind, tuple[Role, ...]], ...]:
    """Who is asked about a late case now, or, once the chair has accepted it, who learns that."""
    if event.what not in ASKS_LATE or case.late is None or case.received_at is None:
        return ()
    if case.late.awaits:
        return ((_K.LATE_REQUESTED, (case.late.awaits,)),)
    accepted = event.what is Happened.LATE_ACCEPTED and case.late.is_accepted
    return ((_K.LATE_RULED, (_SUBMITTER, _OWNER, _OFFICE)),) if accepted else ()


def notices_for(event: Event, case: Case, holders: dict[Role, Iterable[PersonId]]) -> tuple[Notice, ...]:
    """One notice a person, never to the one who did it, and none about a case that its reader never saw."""
    people: dict[Role, Iterable[PersonId]] = {
        **holders,
        _SUBMITTER: (case.submitter,),
        _OWNER: (case.owner,) if case.owner else (),
    }
    if case.received_at is None:
        people |= {_OFFICE: (), _LEAD: ()}
    told = (*_TOLD.get((event.what, case.state), ()), *_late(event, case))
    if event.what is Happened.CASE_RELEASED and event.from_state != CaseState.ON_WG_AGENDA:
        told = ()  # the word that the board's meeting is cancelled goes to the same people
    found = {
        person: Notice(kind, case.id, case.rev, person)
        for kind, roles in reversed(told)
        for role in roles
        for person in people.get(role, ())
        if person != event.by and person not in case.excluded
    }
    return tuple(found.values())


def digest(to: PersonId, day: date, expires_at: datetime, because: str = "") -> Notice:
    """One a person and local day, however many duties fall due in it."""
    return Notice(NoticeKind.DIGEST, tasks_of(to), 0, to, "", day.isoformat(), expires_at, because)


def tasks_of(person: PersonId) -> str:
    """The object that a person's list of duties is: its copies are redrawn when a duty ends."""
    return f"tasks:{person}"


def person_of_tasks(object_id: str) -> PersonId | None:
    return PersonId(object_id.removeprefix("tasks:")) if object_id.startswith("tasks:") else None


_OF_A_MEETING = ("agenda:", "anchor:", "pack:", "sitting:", "minutes:")


def meeting_behind(object_id: str) -> str:
    """The id of the meeting that an agenda, pack, sitting or minutes belong to; any other object's id as it is."""
    prefix = next((one for one in _OF_A_MEETING if object_id.startswith(one)), "")
    return object_id.removeprefix(prefix)

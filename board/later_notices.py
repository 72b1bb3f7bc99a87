"""Who is told what of anchoring and benefits when it falls due, and the duty that makes it be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from board.anchoring import anchor_object
from board.duty import Duty, DutyKind, ask
from board.hours import Hours
from board.ids import CaseId, DutyId, MeetingId, PersonId
from board.later import LaterKind, LaterStep
from board.notices import Notice, NoticeKind


def duties_of(step: LaterStep, people: Iterable[PersonId], now: datetime, hours: Hours) -> tuple[Duty, ...]:
    """One each. A step that is late in being asked leaves as many days as it would have, from now on."""
    due = step.due_from(now, hours.calendar)
    kind = DutyKind.ANCHOR if step.kind is LaterKind.ANCHOR else DutyKind.BENEFIT
    return tuple(
        ask(
            Duty(duty_of(step.kind, step.object_id, who, step.part), kind, step.object_id, who, now, due, step.part),
            hours,
        )
        for who in people
    )


def duty_of(kind: LaterKind, object_id: str, person: PersonId, part: str = "") -> DutyId:
    if kind is LaterKind.ANCHOR:
        return DutyId(f"{DutyKind.ANCHOR}:{object_id}:{person}")
    return DutyId(f"{DutyKind.BENEFIT}:{object_id}:{part}:{person}")


def requests(step: LaterStep, people: Iterable[PersonId]) -> tuple[Notice, ...]:
    if step.kind is LaterKind.ANCHOR:
        kind, about = NoticeKind.ANCHOR_ASKED, anchor_object(MeetingId(step.object_id))
    else:
        kind, about = NoticeKind.BENEFIT_ASKED, str(CaseId(step.object_id))
    return tuple(Notice(kind, about, 1, who, step.part, because=str(kind)) for who in people)

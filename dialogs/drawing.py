"""What goes out to somebody, drawn as things are now: a notice, or a copy of a card that is out there already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.anchoring import meeting_of_anchor
from board.evaluation import is_round
from board.ids import MeetingId
from board.notices import NoticeKind, meeting_behind, person_of_tasks
from cards.message import Message
from dialogs import (
    agenda_notices,
    anchor_acts,
    benefit_acts,
    conflict_notices,
    duty_notices,
    evaluation_notices,
    follow_up_acts,
    group_minutes,
    joining_notices,
    locked_minutes,
    meetings,
    minutes_approval_acts,
    minutes_notices,
    pack_notices,
    present,
    publish_notices,
    sitting_notices,
    tasks,
)
from dialogs.room import Room, Wanted

_OF_CONFLICTS: Final = frozenset({NoticeKind.CONFLICT_DECLARED, NoticeKind.CONFLICT_RULED})

_DRAWN_BY: Final[Mapping[NoticeKind, Callable[[Room, Wanted], Awaitable[Message | None]]]] = {
    NoticeKind.STANDS_IN: duty_notices.stands_in,
    **dict.fromkeys(
        (NoticeKind.DUTY_DELEGATED, NoticeKind.DUTY_ANSWERED, NoticeKind.DUTY_HANDED_ON), duty_notices.notice
    ),
    **dict.fromkeys(_OF_CONFLICTS, conflict_notices.notice),
    **dict.fromkeys((NoticeKind.AGENDA_READY, NoticeKind.AGENDA_APPROVED), agenda_notices.notice),
    **dict.fromkeys(
        (
            *(NoticeKind.DISPENSATION_ASKED, NoticeKind.DISPENSATION_RULED),
            *(NoticeKind.PACK_SENT, NoticeKind.PACK_CHANGED, NoticeKind.PACK_FAILED, NoticeKind.PACK_MILESTONE),
        ),
        pack_notices.notice,
    ),
    **dict.fromkeys((NoticeKind.CODE_GIVEN, NoticeKind.ACCOUNT_UNCLEAR), joining_notices.notice),
    NoticeKind.WG_MINUTES: group_minutes.notice,
    **dict.fromkeys(
        (
            *(NoticeKind.MINUTES_CIRCULATED, NoticeKind.REMARK_GIVEN),
            *(NoticeKind.REMARK_RULED, NoticeKind.ROUND_CLOSED),
        ),
        minutes_notices.notice,
    ),
    NoticeKind.MINUTES_CALLED: minutes_approval_acts.notice,
    **dict.fromkeys((NoticeKind.MINUTES_LOCKED, NoticeKind.MINUTES_CORRECTED), locked_minutes.notice),
    NoticeKind.MEETING_STARTED: sitting_notices.notice,
    NoticeKind.DECISION_MILESTONE: publish_notices.milestone,
    NoticeKind.ANCHOR_ASKED: anchor_acts.notice,
    NoticeKind.BENEFIT_ASKED: benefit_acts.notice,
    **dict.fromkeys(
        (NoticeKind.EVALUATION_ASKED, NoticeKind.EVALUATION_RESULT, NoticeKind.EVALUATION_CHART),
        evaluation_notices.notice,
    ),
    **dict.fromkeys(
        (NoticeKind.FOLLOW_UP_OPENED, NoticeKind.FOLLOW_UP_REQUESTED, NoticeKind.FOLLOW_UP_REPORTED),
        follow_up_acts.notice,
    ),
    **dict.fromkeys(
        (NoticeKind.MEETING_MOVED, NoticeKind.MEETING_CANCELLED, NoticeKind.MEETING_WORD, NoticeKind.DUTY_ASKED),
        meetings.notice,
    ),
}
"""All others are about a case."""


async def _pack(room: Room, wanted: Wanted) -> Message | None:
    return await pack_notices.now(room, wanted.object_id)


async def _agenda(room: Room, wanted: Wanted) -> Message | None:
    return await agenda_notices.now(room, MeetingId(meeting_behind(wanted.object_id)))


async def _sitting(room: Room, wanted: Wanted) -> Message | None:
    """A channel was told of decisions under the same object."""
    milestone = _DRAWN_BY.get(NoticeKind.DECISION_MILESTONE)
    if wanted.kind == NoticeKind.DECISION_MILESTONE and milestone:
        return await milestone(room, wanted)
    return await sitting_notices.now(room, MeetingId(meeting_behind(wanted.object_id)))


_COPIES: Final[Mapping[str, Callable[[Room, Wanted], Awaitable[Message | None]]]] = {
    **dict.fromkeys(("pack", "dispensation"), _pack),
    "agenda": _agenda,
    "sitting": _sitting,
    "minutes": minutes_notices.now,
}
"""Copies of cards, by what the object's id begins with."""


async def drawn(room: Room, wanted: Wanted) -> Message | None:
    """None where there is nothing to show to this reader any more."""
    if wanted.copy:
        return await _as_now(room, wanted)
    kind = NoticeKind(wanted.kind)
    if kind is NoticeKind.DIGEST:
        return await tasks.digest(room)
    return await _DRAWN_BY.get(kind, present.case_notice)(room, wanted)


async def _as_now(room: Room, wanted: Wanted) -> Message | None:
    """The card of the object, whichever notice it went out as."""
    if person_of_tasks(wanted.object_id):
        return await tasks.redrawn(room)
    if draw := _of_after(wanted):
        return await draw(room, wanted)
    if of_kind := _COPIES.get(wanted.object_id.partition(":")[0]):
        return await of_kind(room, wanted)
    if wanted.kind in _OF_CONFLICTS:
        return await conflict_notices.redrawn(room, wanted)
    if questions := await conflict_notices.questions(room, wanted.object_id):
        return questions
    if follow_up := await follow_up_acts.now(room, wanted.object_id):
        return follow_up
    shown = await present.case_notice(room, wanted) or await meetings.now(room, wanted.object_id)
    return shown or await conflict_notices.out_of_sight(room, wanted.object_id)


def _of_after(wanted: Wanted) -> Callable[[Room, Wanted], Awaitable[Message | None]] | None:
    """What draws a copy about what follows the meetings; None for any other."""
    if is_round(wanted.object_id):
        return evaluation_notices.now
    if meeting_of_anchor(wanted.object_id):
        return anchor_acts.now
    return benefit_acts.notice if wanted.kind == NoticeKind.BENEFIT_ASKED else None

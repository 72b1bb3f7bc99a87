"""What the acts on minutes before the meeting share: the locks, in their order, and how much they were approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.approval import LEADER, Approval, Ground, Said
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.minutes import Minutes
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RemarkState
from board.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Before:
    """Minutes that a meeting has before it, and that meeting as it stands."""

    minutes: Minutes
    sitting: Sitting


async def before_meeting(meeting: MeetingId, work: UnitOfWork) -> Before | Refusal:
    """``meeting``: whose minutes. Where no meeting has them before it, that is told (NOT_CALLED, or what came of it).

    The meeting that approves is found first and locked first; then everything is read again under its lock.
    """
    known = (await work.minutes_book.named([meeting])).get(meeting)
    if known is None:
        return Refusal(RefusalCode.NOT_FOUND)
    held = known.called_in
    if held is not None:
        await work.meetings.get(held)
    sitting = await work.sittings.get(held) if held else None
    minutes = await work.minutes_book.get(meeting)
    if minutes is None or sitting is None or minutes.called_in != held or not sitting.is_open:
        return (minutes or known).not_called()
    return Before(minutes, sitting)


def tally(answers: Sequence[Approval], sitting: Sitting, digest: str) -> tuple[Approval, ...]:
    """The answers that count: to this text, of the seats that are taken now."""
    seats = {seat.member for seat in sitting.seats}
    return tuple(one for one in answers if one.digest == digest and one.member in seats)


def ground_of(
    minutes: Minutes, sitting: Sitting, answers: Sequence[Approval], remarks: Sequence[Remark], rules: Rules
) -> Ground:
    counted = tally(answers, sitting, minutes.called_digest)
    return Ground(
        leader=LEADER[sitting.body],
        seats=len({seat.member for seat in sitting.seats}),
        approved=sum(one.said is Said.APPROVE for one in counted),
        staged=sum(one.state is RemarkState.STAGED for one in remarks),
        share=rules.mandate.approval_share,
    )

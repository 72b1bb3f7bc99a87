"""At start: the back-plans of the meetings ahead as the mandate file has them now.

Meetings from before there was a planner get their steps, and an offset that the file has changed takes effect.
"""

from __future__ import annotations

from typing import Final

from board.ids import MeetingId
from board.people import Body
from board.planned import PlannedState, PlannedStep, steps_of
from board.ports import Rules, UnitOfWork

MOST: Final = 500


async def settle_plans(work: UnitOfWork, rules: Rules) -> int:
    """How many steps were written. The caller commits."""
    now = rules.clock.now()
    meetings = [meeting for body in Body for meeting in await work.meetings.upcoming(body, now, MOST)]
    known: dict[str, PlannedStep] = {}
    earlier: dict[MeetingId, list[PlannedStep]] = {}
    for step in await work.planned.of_meetings([meeting.id for meeting in meetings]):
        known[step.key] = step
        earlier.setdefault(step.meeting, []).append(step)
    wanted = [
        step
        for meeting in meetings
        for step in steps_of(
            meeting, rules.mandate.offsets_of(meeting.body), rules.hours, now, earlier.get(meeting.id, ())
        )
    ]
    changed = [step for step in wanted if _is_news(step, known.get(step.key))]
    still = {step.key for step in wanted}
    gone = [s.now_is(PlannedState.PASSED, now) for s in known.values() if s.key not in still and _waits(s)]
    await work.planned.put([*gone, *changed])
    return len(gone) + len(changed)


def _is_news(step: PlannedStep, known: PlannedStep | None) -> bool:
    """A step that waits at the same time as before stays, also one that fell due while nobody was there."""
    if known is None:
        return True
    return _waits(known) and (step.at, step.expires_at, step.due) != (known.at, known.expires_at, known.due)


def _waits(step: PlannedStep) -> bool:
    return step.state is PlannedState.OPEN

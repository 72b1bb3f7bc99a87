"""What ends the tasks of a back-plan: the act itself, whoever was asked, also where nobody was asked yet."""

from __future__ import annotations

from board.deadlines import EndsBy
from board.duty import DutyKind
from board.ids import MeetingId
from board.people import Actor
from board.planned import Does, PlannedState
from board.ports import Rules, UnitOfWork


async def task_done(ends_by: EndsBy, meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """Ends the duties of ``meeting`` that this act ends, and takes away the asking that has not come yet."""
    now = rules.clock.now()
    parts = {offset.id for offset in rules.mandate.offsets if offset.ends_by == ends_by}
    for part in sorted(parts):
        await work.duties.end(meeting, [DutyKind.TASK], actor.id, now, part)
    steps = await work.planned.of_meetings([meeting]) if parts else ()
    asked = [s for s in steps if s.deadline in parts and s.does is Does.ASK and s.state is PlannedState.OPEN]
    await work.planned.put([step.now_is(PlannedState.DONE, now) for step in asked])

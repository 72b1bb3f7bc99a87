"""Reads what the planner must know besides the rows that are due: a handful of queries, however many rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from board.case_ports import WantingCase
from board.clock import local_day
from board.ids import FollowUpId, MeetingId, PersonId
from board.notices import digest
from board.people import Role
from board.planner import ROLES, Draft, Standing
from board.ports import Rules, UnitOfWork
from board.states import EDITABLE

MOST_FOLLOW_UPS: Final = 500
SETTLED: Final = timedelta(minutes=30)
"""How long a notice may look for its reader before the office is told that it did not arrive."""


async def standing(meetings: Sequence[MeetingId], work: UnitOfWork, rules: Rules) -> Standing:
    now = rules.clock.now()
    today = local_day(now)
    wanting = await work.cases.wanting(meetings) if meetings else ()
    serving = await work.meetings.serving(meetings) if meetings else ()
    return Standing(
        hours=rules.hours,
        offsets={offset.id: offset for offset in rules.mandate.offsets},
        holders=await work.people.holders(ROLES, today),
        deputies=await work.people.deputies(today),
        meetings=await work.meetings.named(meetings) if meetings else {},
        drafts=drafts(wanting),
        prepared=frozenset(meeting.serves for meeting in serving if meeting.serves),
        channels=[channel.recipient for channel in await work.channels.all()],
        office_has_news=await office_has_news(work, rules),
        follow_ups=await open_follow_ups(meetings, work),
        anchorers=rules.mandate.anchoring.asks if rules.mandate.anchoring else (),
        evaluators=rules.mandate.evaluation.asks if rules.mandate.evaluation else (),
    )


async def open_follow_ups(meetings: Sequence[MeetingId], work: UnitOfWork) -> list[tuple[FollowUpId, PersonId]]:
    """Those that a meeting would ask about; none where no meeting is planned for now.

    Nobody is asked of a case that he or she has become inhabil for: the office reports on those.
    """
    found = await work.follow_ups.open(MOST_FOLLOW_UPS) if meetings else ()
    if not found:
        return []
    conflicts = await work.conflicts.of_cases(sorted({one.case for one in found}))
    closed = {(one.case, one.person) for one in conflicts if one.is_excluded}
    return [(one.id, one.owner) for one in found if (one.case, one.owner) not in closed]


async def office_has_news(work: UnitOfWork, rules: Rules) -> bool:
    """Something that reached nobody, and somebody of the office whose digest of today is still to come.

    Where all have had theirs it waits for the next one: marked as listed too early it would never be said.
    """
    now = rules.clock.now()
    if not await work.proof.unlisted(now - SETTLED):
        return False
    today = local_day(now)
    office = (await work.people.holders([Role.OFFICE], today))[Role.OFFICE]
    keys = [digest(person, today, now).key for person in office]
    return len(await work.outbox.knows(keys)) < len(keys)


def drafts(wanting: Sequence[WantingCase]) -> dict[MeetingId, list[Draft]]:
    """Those of the cases that are still being filled in, by the meeting they want."""
    found: dict[MeetingId, list[Draft]] = {}
    for case in wanting:
        if case.state in EDITABLE:
            found.setdefault(case.meeting, []).append((case.id, case.submitter))
    return found

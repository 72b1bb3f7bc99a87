"""The end of every use case: state, history and the outbox take in the same change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board.case import Case, Changed, Result
from board.clock import local_day
from board.duties import arising, ending, roles_asked
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import PersonId
from board.notices import Notice, NoticeKind, notices_for, roles_told
from board.people import WORKING_GROUP, Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.usecases._later import plan_later

MAX_ID = 64
"""Longer is no id of ours but something crafted; the log keeps its beginning."""

_OF_RIGHT = frozenset(
    {RefusalCode.NOT_ALLOWED, RefusalCode.NOT_FOUND, RefusalCode.MEMBERS_ONLY, RefusalCode.NOT_PRESENT}
)
"""Refusals of a right: each is in the log (``quality.md``)."""

_REDRAWN = frozenset(
    {
        *(Happened.LATE_ASKED, Happened.LATE_ACCEPTED, Happened.LATE_REFUSED, Happened.CASE_MOVED),
        *(Happened.CASE_MEETING_MOVED, Happened.CONFLICT_RULED, Happened.DOCUMENT_CLASSIFIED, Happened.CASE_DECIDED),
    }
)
"""What the copies of a case's cards show though its state is the same."""

_REGISTERED = frozenset({Role.OFFICE, Role.CHAIR, *WORKING_GROUP})


async def record(result: Result, actor: Actor, object_id: str, work: UnitOfWork, rules: Rules) -> Result:
    """Stores a change and tells those who must know; puts a refusal of right in the log. Returns ``result``."""
    if isinstance(result, Refusal):
        await refuse(result, actor, object_id, work, rules)
        return result
    if result.events:
        await _store(result, work, rules)
    return result


async def refuse(refusal: Refusal, actor: Actor, object_id: str, work: UnitOfWork, rules: Rules) -> None:
    """Puts a refusal of a right in the log; others leave no trace."""
    if refusal.code in _OF_RIGHT:
        details = {"code": str(refusal.code), "act": str(refusal.params.get("act", ""))}
        at = rules.clock.now()
        await work.history.append([Event(Happened.ACT_REFUSED, object_id[:MAX_ID], at, actor.id, details=details)])


async def _store(change: Changed, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    case = change.case
    if case.rev == 1:
        await work.cases.add(case)
    else:
        await work.cases.save(case)
    await work.history.append(change.events)
    asked = frozenset().union(*(roles_told(event) | roles_asked(event) for event in change.events)) & _REGISTERED
    holders = await work.people.holders(sorted(asked), local_day(now)) if asked else {}
    await _lay_duties(change, holders, work, rules)
    await plan_later(change, work, rules)
    notices = [notice for event in change.events for notice in notices_for(event, case, dict(holders))]
    if any(event.what is Happened.CASE_ACCEPTED for event in change.events):
        notices += await _group_channels(case, work)
    if notices:
        await work.outbox.tell(notices, now)
    if any(event.from_state != event.to_state or event.what in _REDRAWN for event in change.events) and case.rev > 1:
        await work.outbox.redraw(case.id, case.rev, now)


async def _group_channels(case: Case, work: UnitOfWork) -> list[Notice]:
    """The working group's channels. What they say names no exempt case, and none that somebody there is inhabil for."""
    channels = await work.channels.all(Body.WORKING_GROUP)
    return [Notice(NoticeKind.WG_TRIAGE, case.id, case.rev, channel.recipient) for channel in channels]


async def _lay_duties(
    change: Changed, holders: Mapping[Role, Sequence[PersonId]], work: UnitOfWork, rules: Rules
) -> None:
    """What somebody owed for the case is over, what somebody owes now begins."""
    for event in change.events:
        if over := ending(event):
            await work.duties.end(change.case.id, sorted(over), event.by, event.at)
        if begun := arising(event, change.case, holders, rules.mandate, rules.hours):
            await work.duties.add(begun, event.at)

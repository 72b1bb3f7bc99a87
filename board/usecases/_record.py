"""The end of every use case: state, history and the outbox take in the same change."""

from __future__ import annotations

from board.case import Changed, Result
from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.notices import notices_for, roles_told
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork

MAX_ID = 64
"""Longer is no id of ours but something crafted; the log keeps its beginning."""

_OF_RIGHT = frozenset({RefusalCode.NOT_ALLOWED, RefusalCode.NOT_FOUND, RefusalCode.MEMBERS_ONLY})
"""Refusals of a right: each is in the log (``quality.md``)."""

_REGISTERED = frozenset({Role.OFFICE, Role.PORTFOLIO_LEAD})


async def record(result: Result, actor: Actor, object_id: str, work: UnitOfWork, rules: Rules) -> Result:
    """Stores a change and tells those who must know; puts a refusal of right in the log. Returns ``result``."""
    now = rules.clock.now()
    if isinstance(result, Refusal):
        if result.code in _OF_RIGHT:
            details = {"code": str(result.code), "act": str(result.params.get("act", ""))}
            await work.history.append([Event(Happened.ACT_REFUSED, object_id[:MAX_ID], now, actor.id, details=details)])
        return result
    if result.events:
        await _store(result, work, rules)
    return result


async def _store(change: Changed, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    case = change.case
    if case.rev == 1:
        await work.cases.add(case)
    else:
        await work.cases.save(case)
    await work.history.append(change.events)
    asked = frozenset().union(*(roles_told(event) for event in change.events)) & _REGISTERED
    holders = await work.people.holders(sorted(asked), local_day(now)) if asked else {}
    notices = [notice for event in change.events for notice in notices_for(event, case, dict(holders))]
    if notices:
        await work.outbox.tell(notices, now)
    if any(event.from_state != event.to_state for event in change.events) and case.rev > 1:
        await work.outbox.redraw(case.id, case.rev, now)

"""A guest types the code that the office gave: the account is joined to the person whom the code is for.

Nobody comes in by guessing: a few wrong codes a day, each in the log, and the right one does nothing after them.
"""

from __future__ import annotations

from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import PersonId
from board.joining import MOST_WRONG, JoinCode, Unfit, digest_of, may_give, read_code
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._joined import joined


async def join_by_code(typed: str, actor: Actor, work: UnitOfWork, rules: Rules) -> Actor | Refusal:
    """The person whom the account belongs to from now on, with today's roles."""
    await work.people.lock([actor.id])  # of several at the same instant each sees how many were wrong before it
    if await work.people.is_registered(actor.id):
        return Refusal(RefusalCode.JOINED_ALREADY)
    code = read_code(typed)
    if not code:
        return Refusal(RefusalCode.CODE_UNREAD)
    tried = await _tried(actor.id, work, rules)
    if tried >= MOST_WRONG:
        return await _refused(Unfit.LOCKED, tried, actor, work, rules)
    found = await work.join_codes.get(digest_of(code))
    person = await _whose(found, work, rules)
    if found is None or isinstance(person, Unfit):
        unfit = person if isinstance(person, Unfit) else Unfit.UNKNOWN
        return await _refused(unfit, tried, actor, work, rules)
    now = rules.clock.now()
    await work.join_codes.use(digest_of(code), now)
    await work.history.append(
        [Event(Happened.JOIN_CODE_USED, person.id, now, actor.id, details={"given_by": found.by})]
    )
    await joined(actor.id, person.person, {"way": "code"}, actor.id, work, rules)
    return person


async def _whose(found: JoinCode | None, work: UnitOfWork, rules: Rules) -> Actor | Unfit:
    """Judged as it is now: who was somebody else's to give a code to yesterday may be the chair today."""
    if found is None:
        return Unfit.UNKNOWN
    if unfit := found.unfit(rules.clock.now()):
        return unfit
    day = local_day(rules.clock.now())
    giver, person = await work.people.actor_of(found.by, day), await work.people.actor_of(found.person, day)
    if giver is None or person is None or may_give(giver, person):
        return Unfit.WITHDRAWN
    return person


async def _tried(guest: PersonId, work: UnitOfWork, rules: Rules) -> int:
    """How many codes have been wrong today, at most as many as are let through."""
    rows = await work.history.page([guest], MOST_WRONG, only=[Happened.JOIN_CODE_REFUSED])
    today = local_day(rules.clock.now())
    return sum(local_day(row.event.at) == today for row in rows)


async def _refused(why: Unfit, tried: int, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal:
    event = Event(Happened.JOIN_CODE_REFUSED, actor.id, rules.clock.now(), actor.id, details={"why": why.value})
    await work.history.append([event])
    return Refusal(RefusalCode.CODE_UNFIT, {"why": why, "left": max(0, MOST_WRONG - tried - 1)})

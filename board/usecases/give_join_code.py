"""The office gives somebody of the register a code, which joins an account to that person when it is typed there.

The person is told of it where he or she is reached already, before the code can be used: a code that nobody asked for
is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.clock import local_day
from board.errors import Refusal
from board.events import Event, Happened
from board.ids import PersonId
from board.joining import LIFETIME, JoinCode, digest_of, make_code, may_give
from board.notices import Notice, NoticeKind
from board.people import Actor, Person
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse


@dataclass(frozen=True, slots=True)
class Given:
    """``code`` is told to the giver once, and kept nowhere."""

    code: str
    to: Actor
    expires_at: datetime


async def give_join_code(person: PersonId, actor: Actor, work: UnitOfWork, rules: Rules) -> Given | Refusal:
    now = rules.clock.now()
    to = await may_have_code(person, actor, work, rules)
    if isinstance(to, Refusal):
        return to
    code, expires_at = make_code(rules.ids.secret()), now + LIFETIME
    await work.join_codes.give(digest_of(code), JoinCode(to.id, actor.id, now, expires_at))
    await work.history.append([Event(Happened.JOIN_CODE_GIVEN, to.id, now, actor.id)])
    told = Notice(NoticeKind.CODE_GIVEN, to.id, 0, to.id, actor.id, now.isoformat(), expires_at)
    await work.outbox.tell([told], now)
    return Given(code, to, expires_at)


async def may_have_code(person: PersonId, actor: Actor, work: UnitOfWork, rules: Rules) -> Actor | Refusal:
    """Who the code would be for; a refusal of the right is in the log."""
    known = await work.people.actor_of(person, local_day(rules.clock.now()))
    to = known or Actor(Person(person, ""))  # who is not there holds no role either
    refusal = may_give(actor, to)
    if refusal:
        await refuse(refusal, actor, person, work, rules)
        return refusal
    return to

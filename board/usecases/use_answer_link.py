"""A link did its work, or was refused: both are in the log. Never the token, and of anonymous answers nothing."""

from __future__ import annotations

from board.answer_link import ANONYMOUS, AnswerLink, Why
from board.clock import local_day
from board.events import Event, Happened
from board.ports import Rules, UnitOfWork

_INBOX = "answer_link"


async def use_answer_link(link: AnswerLink, verb: str, work: UnitOfWork, rules: Rules) -> bool:
    """Spends it, in the unit of work of the answer itself. False where somebody else was first."""
    if verb in ANONYMOUS:
        return await work.answer_links.forget(link.id)
    now = rules.clock.now()
    if not await work.answer_links.use(link.id, verb, now):
        return False
    details = {"verb": verb, "kind": link.kind}
    event = Event(Happened.ANSWER_LINK_USED, link.object_id, now, link.person, link.rev, details=details)
    await work.history.append([event])
    return True


async def refuse_answer_link(why: Why, link: AnswerLink, work: UnitOfWork, rules: Rules) -> bool:
    """Puts in the log that the link was tried and refused: once a link, reason and day, however often that is.

    Who tried is not known: the one it was given to, or anybody who got it from there.
    """
    now = rules.clock.now()
    if not await work.inbox.take(_INBOX, f"{link.id}|{why}|{local_day(now).isoformat()}", now):
        return False
    details = {"why": str(why), "kind": link.kind}
    event = Event(Happened.ANSWER_LINK_REFUSED, link.object_id, now, link.person, link.rev, details=details)
    await work.history.append([event])
    return True

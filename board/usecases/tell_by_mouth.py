"""The office has said it: somebody whom no message reached counts as told, by whom and when."""

from __future__ import annotations

from board.commands import TellByMouth
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.people import HANDLERS, Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse


async def tell_by_mouth(command: TellByMouth, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """None where it is registered now."""
    about = f"outbox:{command.row}"
    if not actor.is_handler:
        refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": "tell_by_mouth", "roles": tuple(sorted(HANDLERS))})
        await refuse(refusal, actor, about, work, rules)
        return refusal
    now = rules.clock.now()
    if not await work.proof.told(command.row, actor.id, now):
        return Refusal(RefusalCode.ALREADY, {"what": Happened.TOLD_ORALLY, "by": None, "at": None})
    await work.history.append([Event(Happened.TOLD_ORALLY, about, now, actor.id)])
    return None

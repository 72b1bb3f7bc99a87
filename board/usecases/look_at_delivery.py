"""Looking at who was told and how: the office and its lead, who must tell those whom no message reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.delivery import About, Proof
from board.errors import Refusal, RefusalCode
from board.people import HANDLERS, Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse

MOST: Final = 500


async def look_at_delivery(about: About, actor: Actor, work: UnitOfWork, rules: Rules) -> Sequence[Proof] | Refusal:
    """One row a person, those whom nothing reached first."""
    if not actor.is_handler:
        refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": "delivery", "roles": tuple(sorted(HANDLERS))})
        await refuse(refusal, actor, about.object_id, work, rules)
        return refusal
    found = await work.proof.of(about, MOST)
    return found or Refusal(RefusalCode.NOT_FOUND, {"act": "delivery"})

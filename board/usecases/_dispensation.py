"""What asking for a dispensation and ruling on it share: the log's row, whom it concerns."""

from __future__ import annotations

from board.dispensation import Dispensation
from board.events import Event, Happened
from board.ids import DispensationId, PersonId
from board.people import Actor
from board.ports import Rules, UnitOfWork


def dispensation_object(dispensation: DispensationId) -> str:
    """The object that the copies of its card show."""
    return f"dispensation:{dispensation}"


def about(what: Happened, dispensation: Dispensation, reason: str, actor: Actor, rules: Rules) -> Event:
    """On the meeting, so that its history holds what the agenda and the minutes print."""
    details = {"dispensation": dispensation.id, "gate": str(dispensation.gate), "case": dispensation.case or ""}
    at = rules.clock.now()
    return Event(what, dispensation.meeting, at, actor.id, dispensation.rev, reason=reason, details=details)


async def inhabil(dispensation: Dispensation, work: UnitOfWork) -> frozenset[PersonId]:
    """Those who may not know of the case it is about."""
    case = await work.cases.get(dispensation.case) if dispensation.case else None
    return case.excluded if case else frozenset()

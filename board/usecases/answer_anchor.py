"""«Forankret og informert», «delvis», «ikke ennå»: a member's word for the own organisation, to be changed (§ 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.after_commands import AnswerAnchor
from board.anchoring import Anchor, anchor_object, chosen, may_anchor, note_refusal, to_anchor, unit_of
from board.decision import Decision
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import ItemId
from board.later import LaterKind
from board.later_notices import duty_of
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._anchoring import held
from board.usecases._record import refuse


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said now; ``left``: the decisions that this organisation has not answered."""

    anchors: tuple[Anchor, ...]
    left: tuple[ItemId, ...]


async def answer_anchor(command: AnswerAnchor, actor: Actor, work: UnitOfWork, rules: Rules) -> Answered | Refusal:
    mine = await _mine(command, actor, work, rules)
    if isinstance(mine, Refusal):
        await refuse(mine, actor, command.meeting, work, rules)
        return mine
    unit, now = unit_of(actor.person), rules.clock.now()
    before = frozenset(a.item for a in await work.anchors.of_meeting(command.meeting) if a.unit == unit)
    items = chosen(mine, command.items, before)
    if command.items is not None and not items:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("item",)})
    if long := note_refusal(command.note):
        return long
    note = command.note.strip()
    said = tuple(Anchor(command.meeting, item, unit, actor.id, command.answer, now, note) for item in items)
    for anchor in said:
        await work.anchors.put(anchor)
    await work.history.append([_event(anchor) for anchor in said])
    left = tuple(decision.item for decision in mine if decision.item not in before.union(items))
    if not left:
        await _duty_done(command, actor, work, rules)
    await work.outbox.redraw_for(actor.id, [anchor_object(command.meeting)], f"anchored:{now.isoformat()}", now)
    return Answered(said, left)


async def _mine(command: AnswerAnchor, actor: Actor, work: UnitOfWork, rules: Rules) -> Sequence[Decision] | Refusal:
    plan, found = rules.mandate.anchoring, await held(command.meeting, work)
    if plan is None or found is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "anchor"})
    if refusal := may_anchor(actor, plan):
        return refusal
    mine = to_anchor(found.decisions, found.cases, actor)
    return mine or Refusal(RefusalCode.NOT_FOUND, {"act": "anchor"})


def _event(anchor: Anchor) -> Event:
    """The note is not in the log."""
    details = {"item": anchor.item, "unit": anchor.unit, "answer": str(anchor.answer)}
    return Event(Happened.ANCHOR_ANSWERED, anchor.meeting, anchor.at, anchor.person, details=details)


async def _duty_done(command: AnswerAnchor, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    duty = await work.duties.get(duty_of(LaterKind.ANCHOR, command.meeting, actor.id))
    if duty is not None and duty.is_open:
        now = rules.clock.now()
        await work.duties.save([duty.ended(actor.id, now)], now)

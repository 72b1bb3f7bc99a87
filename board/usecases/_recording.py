"""What a decision is made of: the item it is recorded under, who was in the room for it, and the words that count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from board.agenda import Item, ItemKind
from board.case import Case
from board.decision import Decision, Outcome
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import PersonId
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting
from board.sitting_commands import RecordDecision
from board.usecases._sitting import agenda_of, held, item_in

_NOT_AS_PROPOSED: Final = frozenset({Outcome.REJECTED, Outcome.POSTPONED, Outcome.SENT_BACK, Outcome.WITHDRAWN})
"""Under these the proposal is not what was decided: where it stands there untouched, nothing was written."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What is recorded, and under what. ``before``: what stands there. ``room``: who was there for it."""

    sitting: Sitting
    item: Item
    case: Case | None
    before: Decision | None
    room: tuple[PersonId, ...]


async def basis_of(command: RecordDecision, actor: Actor, work: UnitOfWork) -> Basis | Refusal:
    """The item is there for the person, or not at all: that of a case one is inhabil for is not."""
    found = await held(command.meeting, work)
    if isinstance(found, Refusal):
        return found
    sitting = found[1]
    item = item_in(await agenda_of(sitting, work), command.item)
    before = await work.decisions.get(command.meeting, command.item)
    case = await work.cases.get(item.case) if item and item.case else None
    if item is None or item.id not in sitting.items or (case is not None and not case.may_be_seen_by(actor)):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "record"})
    treated = case is not None and sitting.body is Body.WORKING_GROUP
    if treated or item.kind is ItemKind.MINUTES:  # recorded by the treatment, and by the conclusion
        return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("outcome",)})
    return Basis(sitting, item, case, before, await _room(sitting, before, work))


async def _room(sitting: Sitting, before: Decision | None, work: UnitOfWork) -> tuple[PersonId, ...]:
    """Who is there now, while it is treated; a correction later on leaves that as it was."""
    if before is None or (sitting.is_open and not await _called_since(before, work)):
        return sitting.present
    return (*before.present, *(person for person in before.left if person not in before.present))


async def _called_since(before: Decision, work: UnitOfWork) -> bool:
    """Whether another item was called after this one was recorded first."""
    seen = False
    for event in await work.history.of(before.meeting):
        seen = seen or (event.what is Happened.DECISION_RECORDED and event.details.get("item") == before.item)
        if seen and event.what is Happened.ITEM_CALLED:
            return True
    return False


def proposal_of(case: Case | None) -> str:
    return (case.content.proposed_decision or "").strip() if case else ""


def decision_of(command: RecordDecision, basis: Basis, actor: Actor, rules: Rules) -> Decision:
    case, item, before = basis.case, basis.item, basis.before
    out = {*command.left, *(case.excluded if case else ())}
    return Decision(
        meeting=command.meeting,
        item=item.id,
        rev=before.rev + 1 if before else 1,
        kind=item.kind,
        outcome=command.outcome,
        recorded_by=actor.id,
        recorded_at=rules.clock.now(),
        case=item.case,
        number=item.number,
        proposal=proposal_of(case),
        text=_text(command, proposal_of(case)),
        conditions=tuple(replace(one, text=one.text.strip()) for one in command.conditions),
        present=tuple(person for person in basis.room if person not in out),
        left=tuple(dict.fromkeys(command.left)),
        dissent=tuple(dict.fromkeys(command.dissent)),
        statement=command.statement.strip(),
    )


def _text(command: RecordDecision, proposal: str) -> str:
    written = command.text.strip()
    if command.outcome is Outcome.ADOPTED:
        return written or proposal
    return "" if command.outcome in _NOT_AS_PROPOSED and written == proposal else written


def is_same(decision: Decision, before: Decision) -> bool:
    """Pressed twice: the same, whoever pressed and when."""
    return before == replace(
        decision, rev=before.rev, recorded_by=before.recorded_by, recorded_at=before.recorded_at,
        published_at=before.published_at, published_by=before.published_by,
    )  # fmt: skip

"""What the meeting decided under an item. It may be recorded anew until it is published (``process.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from board.agenda import ItemKind
from board.case import Case
from board.case_content import MAX_LINE
from board.case_outcome import decide
from board.clock import local_day
from board.decision import LEAVES, SETTLES, Condition, Decision, Outcome, check
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting, not_for, sitting_object
from board.sitting_commands import RecordDecision
from board.states import CaseState
from board.usecases._record import record, refuse
from board.usecases._recording import Basis, basis_of, decision_of, is_same
from board.usecases._sitting import quorum_with

CONDITIONS_WITH: Final = frozenset({Outcome.ADOPTED_WITH_CONDITIONS, Outcome.NOTED, Outcome.DISCUSSED})
"""Outcomes that somebody can be asked to follow up. Where a case is adopted, the outcome says that it is on them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """``is_new``: it says something else than what stood there."""

    sitting: Sitting
    decision: Decision
    is_new: bool


async def record_decision(command: RecordDecision, actor: Actor, work: UnitOfWork, rules: Rules) -> Recorded | Refusal:
    result = await _recorded(command, actor, work, rules)
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
    return result


async def _recorded(command: RecordDecision, actor: Actor, work: UnitOfWork, rules: Rules) -> Recorded | Refusal:
    basis = not_for(actor) or await basis_of(command, actor, work)
    if isinstance(basis, Refusal):
        return basis
    decision, before = decision_of(command, basis, actor, rules), basis.before
    if before is not None and is_same(decision, before) and not before.is_published:
        return Recorded(basis.sitting, before, is_new=False)
    refusal = _stale(command, before) or check(decision, before) or _of_room(decision, basis)
    refusal = refusal or await _of_conditions(decision, before, work, rules)
    refusal = refusal or await _of_quorum(decision, basis, work, rules)
    refusal = refusal or await _case_decided(decision, basis, actor, work, rules)
    return refusal or Recorded(await _stored(decision, basis.sitting, actor, work, rules), decision, is_new=True)


def _stale(command: RecordDecision, before: Decision | None) -> Refusal | None:
    if command.rev is None or command.rev == (before.rev if before else 0) or (before and before.is_published):
        return None
    by, at = (before.recorded_by, before.recorded_at) if before else (None, None)
    return Refusal(RefusalCode.STALE, {"what": Happened.DECISION_RECORDED, "by": by, "at": at})


def _of_room(decision: Decision, basis: Basis) -> Refusal | None:
    """Only who was in the room leaves it."""
    if set(decision.left) <= {*basis.room, *basis.sitting.present}:
        return None
    return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("left",)})


async def _of_conditions(
    decision: Decision, before: Decision | None, work: UnitOfWork, rules: Rules
) -> Refusal | None:  # fmt: skip
    """Each is about a case, and somebody's of the register by a day ahead; what stood there already is not judged."""
    unfit = Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("conditions",)})
    if decision.conditions and (not decision.case or decision.outcome not in CONDITIONS_WITH):
        return unfit
    new: list[Condition] = [one for one in decision.conditions if before is None or one not in before.conditions]
    owners = sorted({one.owner for one in new})
    known = await work.people.get(owners) if owners else {}
    if len(known) < len(owners) or any(not one.text or len(one.text) > MAX_LINE for one in new):
        return unfit
    today = local_day(rules.clock.now())
    passed = next((one.due for one in new if one.due < today), None)
    return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": passed, "fields": ("conditions",)}) if passed else None


async def _of_quorum(decision: Decision, basis: Basis, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """Too few settle nothing; they may still put a case off. What was settled already was so with enough."""
    sitting, before = basis.sitting, basis.before
    if decision.kind is not ItemKind.DECISION or decision.outcome not in SETTLES or sitting.without_quorum:
        return None
    if before is not None and before.outcome in SETTLES:
        return None
    there = await quorum_with(len({seat.member for seat in sitting.seats}), sitting, work, rules)
    if there.is_reached:
        return None
    return Refusal(RefusalCode.NO_QUORUM, {"coming": there.coming, "needed": there.needed})


async def _case_decided(
    decision: Decision, basis: Basis, actor: Actor, work: UnitOfWork, rules: Rules
) -> Refusal | None:  # fmt: skip
    """One that its submitter has taken back leaves the agenda: that is all there is to record of it."""
    case = basis.case
    if case is None or (case.state is CaseState.WITHDRAWN and decision.outcome is Outcome.WITHDRAWN):
        return None
    if decision.outcome not in LEAVES and await _was_put_off_unsent(case, work):  # mandatet § 7
        return Refusal(RefusalCode.NOT_SENT, {"case": case.id})
    result = decide(case, actor, decision.meeting, decision.outcome, rules.clock.now())
    if isinstance(result, Refusal):
        return result
    await record(result, actor, case.id, work, rules)
    return None


async def _was_put_off_unsent(case: Case, work: UnitOfWork) -> bool:
    """Whether this meeting has recorded, of a case whose papers went out for an earlier one at most, that it leaves.

    Its history knows: what else happened to it, as a word on its lateness, hides that from the case itself.
    """
    if case.state is not CaseState.DECIDED:
        return False
    decided = [event for event in await work.history.of(case.id) if event.what is Happened.CASE_DECIDED]
    first = next((one for one in reversed(decided) if one.from_state != CaseState.DECIDED), None)
    return first is not None and first.from_state == CaseState.ON_BOARD_AGENDA


async def _stored(decision: Decision, sitting: Sitting, actor: Actor, work: UnitOfWork, rules: Rules) -> Sitting:
    after, now = sitting.recorded(), rules.clock.now()
    await work.decisions.put(decision)
    details = {"item": decision.item, "case": decision.case or "", "outcome": str(decision.outcome)}
    event = Event(Happened.DECISION_RECORDED, decision.meeting, now, actor.id, decision.rev, details=details)
    await work.history.append([event])
    await work.sittings.save(after)
    await work.outbox.redraw(sitting_object(decision.meeting), after.rev, now)
    return after

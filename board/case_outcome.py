"""A case's way through the board's decision to its end: decided, published, minuted, closed (``process.md``)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from board.case import Case, Changed, Result
from board.decision import Outcome
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import MeetingId, PersonId
from board.people import BOARD, HANDLERS, Actor, Person
from board.states import CaseAct, CaseState, Transition, Variant, transition_for

INSIDE: Final = HANDLERS | BOARD
_PUTS_ON: Final = frozenset({Happened.CASE_SCHEDULED, Happened.CASE_MOVED})
_VARIANT: Final = {
    Outcome.POSTPONED: Variant.POSTPONED,
    Outcome.SENT_BACK: Variant.SENT_BACK,
    Outcome.WITHDRAWN: Variant.WITHDRAWN,
}


def decide(case: Case, actor: Actor, meeting: MeetingId, outcome: Outcome, now: datetime) -> Result:
    """What the meeting said, also where it says it anew before it is published."""
    gate = case.gate(CaseAct.DECIDE, actor)
    if isinstance(gate, Refusal):
        return gate
    if not was_sent(case) and outcome not in _VARIANT:  # mandatet § 7: it can only leave the agenda
        return Refusal(RefusalCode.NOT_SENT, {"case": case.id})
    details = {"outcome": str(outcome), "number": case.board_number, "meeting": meeting}
    return case.moved(gate, Happened.CASE_DECIDED, actor, now, details=details, board_outcome=outcome, decided_at=now)


def was_sent(case: Case) -> bool:
    """Whether its papers went out for the meeting it is at: a case that was put off was sent out for an earlier one."""
    if case.state is CaseState.DECIDED:
        return case.dispatched_at is not None and case.last.what not in _PUTS_ON
    return case.state is CaseState.DISPATCHED


def publish(case: Case, actor: Actor, text: str, now: datetime) -> Result:
    """The decision is told. A postponed case waits for another meeting, where it gets a new number (``process.md``);
    one that is sent back goes to its submitter, with ``text`` as the reason."""
    outcome = case.board_outcome
    variant = _VARIANT.get(outcome, Variant.PLAIN) if outcome else Variant.PLAIN
    if variant is Variant.POSTPONED and not case.is_wg_treated:
        variant = Variant.DISPENSED
    gate = case.gate(CaseAct.PUBLISH, actor, variant)
    if isinstance(gate, Refusal):
        return gate
    details = {"outcome": str(outcome), "number": case.board_number, "meeting": case.board_meeting or ""}
    leaves = variant in (Variant.POSTPONED, Variant.DISPENSED, Variant.SENT_BACK)
    changes: dict[str, object] = _off_agenda(case) if leaves else {}
    if variant is Variant.SENT_BACK:
        changes |= {"reason": text, "deadline": None}
    return case.moved(gate, Happened.CASE_PUBLISHED, actor, now, details=details, published_at=now, **changes)


def _off_agenda(case: Case) -> dict[str, object]:
    earlier = (*case.earlier_numbers, case.board_number) if case.board_number else case.earlier_numbers
    return {"board_meeting": None, "board_number": "", "earlier_numbers": earlier, "late": None}


def is_inside(actor: Actor) -> bool:
    """Before it is published only those who run the meeting and those of the board know what was decided."""
    return bool(actor.roles & INSIDE)


def as_known_to(case: Case, actor: Actor) -> Case:
    """The case as it reads for this person: a decision that is not published reads as sent out to the board.

    One that was put off before its papers were sent reads as on the agenda still.
    """
    if case.state is not CaseState.DECIDED or is_inside(actor):
        return case
    before = CaseState.DISPATCHED if was_sent(case) else CaseState.ON_BOARD_AGENDA
    return replace(case, state=before, board_outcome=None, decided_at=None)


def state_known_to(state: CaseState, actor: Actor) -> CaseState:
    """As :func:`as_known_to`, for lists, which know no more of a case than its state."""
    return CaseState.DISPATCHED if state is CaseState.DECIDED and not is_inside(actor) else state


def minute(case: Case, by: PersonId, now: datetime) -> Changed:
    """The minutes that hold its decision are approved: that follows from the approval, and is no act on the case."""
    return _follows(case, CaseAct.MINUTE, Happened.CASE_MINUTED, by, now)


def close(case: Case, by: PersonId, now: datetime) -> Changed:
    """No follow-up of it is open, and its minutes are approved."""
    return _follows(case, CaseAct.CLOSE, Happened.CASE_CLOSED, by, now)


def _follows(case: Case, act: CaseAct, what: Happened, by: PersonId, now: datetime) -> Changed:
    found = transition_for(act, case.state)
    if found is None:
        return Changed(case, ())
    gate = Transition(act, found.source, found.target, HANDLERS)
    return case.moved(gate, what, Actor(Person(by, "")), now)

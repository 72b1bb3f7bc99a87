"""A case's life as data (``process.md``, «A case's life»), checked when it is built.

The gate is here: an act that no transition allows has no effect, whichever channel it came through.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from board.people import HANDLERS, Role


class CaseState(StrEnum):
    DRAFT = "draft"
    AWAITING_OWNER = "awaiting_owner"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    READY_FOR_WG = "ready_for_wg"
    ON_WG_AGENDA = "on_wg_agenda"
    WG_TREATED = "wg_treated"
    ON_BOARD_AGENDA = "on_board_agenda"
    DISPATCHED = "dispatched"
    DECIDED = "decided"
    """Recorded in the meeting, and not published: to submitter and owner it still reads as dispatched."""
    PUBLISHED = "published"
    MINUTED = "minuted"
    """The minutes that hold the decision are approved."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out_of_scope"


class CaseAct(StrEnum):
    """What a person can do to a case; the value is the verb's last part (``conversation.md``)."""

    SAVE = "save"
    ATTACH = "attach"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    DECLINE = "decline"
    ACCEPT = "accept"
    RETURN = "return"
    OUT_OF_SCOPE = "out_of_scope"
    WITHDRAW = "withdraw"
    WG_SCHEDULE = "wg_schedule"
    TREAT = "treat"
    SCHEDULE = "schedule"
    MOVE = "move"
    """To another meeting's agenda; its number stays."""
    DISPATCH = "dispatch"
    CLASSIFY = "classify"
    """Says of a document whether it is open or exempt."""
    LATE_ASK = "late_ask"
    """The office asks that what came too late is taken in all the same (ettersending)."""
    LATE_ACCEPT = "late_accept"
    LATE_REFUSE = "late_refuse"
    STATEMENT = "statement"
    """An employee representative's; it changes nothing of the case itself."""
    DECIDE = "decide"
    PUBLISH = "publish"
    MINUTE = "minute"
    CLOSE = "close"
    """No follow-up of it is open any more."""
    RELEASE = "release"
    """Off the agenda of a meeting that is cancelled, to be put on another."""


ENDED = frozenset({CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE, CaseState.CLOSED})
EDITABLE = frozenset({CaseState.DRAFT, CaseState.INCOMPLETE})
"""States in which the submitter fills in fields and documents."""
BEFORE_WG = frozenset({CaseState.READY_FOR_WG, CaseState.ON_WG_AGENDA})
"""States in which only the chair's dispensation lets a case on the board's agenda (mandatet § 5)."""
WITH_OFFICE = (
    CaseState.SUBMITTED,
    CaseState.READY_FOR_WG,
    CaseState.ON_WG_AGENDA,
    CaseState.WG_TREATED,
    CaseState.ON_BOARD_AGENDA,
    CaseState.DISPATCHED,
)
"""From the office's receipt to the board's decision."""
AFTER_BOARD = (CaseState.DECIDED, CaseState.PUBLISHED, CaseState.MINUTED, CaseState.CLOSED)
AWAITING_OFFICE = tuple(state for state in WITH_OFFICE if state is not CaseState.DISPATCHED)
"""States that the office or its lead takes the case on from: «mine saker» of theirs."""


class Variant(StrEnum):
    """What makes the same act from the same state lead elsewhere."""

    PLAIN = ""
    SKIPS_OWNER = "skips_owner"
    """The owner submits, or has confirmed the case before its return."""
    POSTPONED = "postponed"
    SENT_BACK = "sent_back"
    DISPENSED = "dispensed"
    """With the chair's dispensation from the treatment in the working group (mandatet § 5)."""
    WITHDRAWN = "withdrawn"
    """The board let it leave the agenda (utgår)."""


@dataclass(frozen=True, slots=True)
class Transition:
    """``act`` by one of ``by`` takes a case from ``source`` to ``target``."""

    act: CaseAct
    source: CaseState
    target: CaseState
    by: frozenset[Role]
    variant: Variant = Variant.PLAIN


_SUBMITTER = frozenset({Role.SUBMITTER})
_OWNER = frozenset({Role.PROJECT_OWNER})
_REPRESENTATIVES = frozenset({Role.EMPLOYEE_REP})
_LATE_RULERS = frozenset({Role.PORTFOLIO_LEAD, Role.CHAIR})
_PAPERS = HANDLERS | {Role.SUBMITTER}
_S, _A = CaseState, CaseAct

CASE_TRANSITIONS = (
    Transition(_A.SAVE, _S.DRAFT, _S.DRAFT, _SUBMITTER),
    Transition(_A.SAVE, _S.INCOMPLETE, _S.INCOMPLETE, _SUBMITTER),
    Transition(_A.ATTACH, _S.DRAFT, _S.DRAFT, _SUBMITTER),
    Transition(_A.ATTACH, _S.INCOMPLETE, _S.INCOMPLETE, _SUBMITTER),
    Transition(_A.SUBMIT, _S.DRAFT, _S.AWAITING_OWNER, _SUBMITTER),
    Transition(_A.SUBMIT, _S.DRAFT, _S.SUBMITTED, _SUBMITTER, Variant.SKIPS_OWNER),
    Transition(_A.SUBMIT, _S.INCOMPLETE, _S.AWAITING_OWNER, _SUBMITTER),
    Transition(_A.SUBMIT, _S.INCOMPLETE, _S.SUBMITTED, _SUBMITTER, Variant.SKIPS_OWNER),
    Transition(_A.CONFIRM, _S.AWAITING_OWNER, _S.SUBMITTED, _OWNER),
    Transition(_A.DECLINE, _S.AWAITING_OWNER, _S.DRAFT, _OWNER),
    Transition(_A.ACCEPT, _S.SUBMITTED, _S.READY_FOR_WG, HANDLERS),
    Transition(_A.RETURN, _S.SUBMITTED, _S.INCOMPLETE, HANDLERS),
    Transition(_A.OUT_OF_SCOPE, _S.SUBMITTED, _S.OUT_OF_SCOPE, HANDLERS),
    Transition(_A.OUT_OF_SCOPE, _S.DRAFT, _S.OUT_OF_SCOPE, _SUBMITTER),
    Transition(_A.WG_SCHEDULE, _S.READY_FOR_WG, _S.ON_WG_AGENDA, HANDLERS),
    Transition(_A.TREAT, _S.ON_WG_AGENDA, _S.WG_TREATED, HANDLERS),
    Transition(_A.TREAT, _S.ON_WG_AGENDA, _S.READY_FOR_WG, HANDLERS, Variant.POSTPONED),
    Transition(_A.TREAT, _S.ON_WG_AGENDA, _S.INCOMPLETE, HANDLERS, Variant.SENT_BACK),
    Transition(_A.SAVE, _S.WG_TREATED, _S.WG_TREATED, _PAPERS),
    Transition(_A.SCHEDULE, _S.WG_TREATED, _S.ON_BOARD_AGENDA, HANDLERS),
    *(Transition(_A.SCHEDULE, state, _S.ON_BOARD_AGENDA, HANDLERS, Variant.DISPENSED) for state in sorted(BEFORE_WG)),
    Transition(_A.MOVE, _S.ON_BOARD_AGENDA, _S.ON_BOARD_AGENDA, HANDLERS),
    Transition(_A.MOVE, _S.DISPATCHED, _S.ON_BOARD_AGENDA, HANDLERS),
    Transition(_A.DISPATCH, _S.ON_BOARD_AGENDA, _S.DISPATCHED, HANDLERS),
    Transition(_A.DECIDE, _S.DISPATCHED, _S.DECIDED, HANDLERS),
    Transition(_A.DECIDE, _S.DECIDED, _S.DECIDED, HANDLERS),
    Transition(_A.DECIDE, _S.ON_BOARD_AGENDA, _S.DECIDED, HANDLERS),  # off the agenda only: its papers were not sent
    Transition(_A.PUBLISH, _S.DECIDED, _S.PUBLISHED, HANDLERS),
    Transition(_A.PUBLISH, _S.DECIDED, _S.WG_TREATED, HANDLERS, Variant.POSTPONED),
    Transition(_A.PUBLISH, _S.DECIDED, _S.READY_FOR_WG, HANDLERS, Variant.DISPENSED),
    Transition(_A.PUBLISH, _S.DECIDED, _S.INCOMPLETE, HANDLERS, Variant.SENT_BACK),
    Transition(_A.PUBLISH, _S.DECIDED, _S.WITHDRAWN, HANDLERS, Variant.WITHDRAWN),
    Transition(_A.MINUTE, _S.PUBLISHED, _S.MINUTED, HANDLERS),
    Transition(_A.CLOSE, _S.MINUTED, _S.CLOSED, HANDLERS),
    *(Transition(_A.STATEMENT, state, state, _REPRESENTATIVES) for state in (_S.ON_WG_AGENDA, _S.WG_TREATED)),
    Transition(_A.RELEASE, _S.ON_WG_AGENDA, _S.READY_FOR_WG, HANDLERS),
    *(
        Transition(_A.RELEASE, source, target, HANDLERS, variant)
        for source in (_S.ON_BOARD_AGENDA, _S.DISPATCHED)
        for target, variant in ((_S.WG_TREATED, Variant.PLAIN), (_S.READY_FOR_WG, Variant.DISPENSED))
    ),
    *(Transition(_A.ATTACH, state, state, _PAPERS) for state in WITH_OFFICE if state is not _S.SUBMITTED),
    *(Transition(_A.CLASSIFY, state, state, _SUBMITTER) for state in sorted(EDITABLE)),
    *(Transition(_A.CLASSIFY, state, state, _PAPERS) for state in WITH_OFFICE),
    *(Transition(_A.LATE_ASK, state, state, HANDLERS) for state in WITH_OFFICE),
    *(Transition(act, state, state, _LATE_RULERS) for act in (_A.LATE_ACCEPT, _A.LATE_REFUSE) for state in WITH_OFFICE),
    *(
        Transition(_A.WITHDRAW, state, _S.WITHDRAWN, _SUBMITTER)
        for state in (_S.DRAFT, _S.AWAITING_OWNER, _S.INCOMPLETE, *WITH_OFFICE)
    ),
)


def check_transitions(transitions: Iterable[Transition]) -> None:
    """Raises ``ValueError`` where the table contradicts itself or leaves a state that nothing leads to."""
    seen: set[tuple[CaseAct, CaseState, Variant]] = set()
    reached = {CaseState.DRAFT}
    for transition in transitions:
        key = (transition.act, transition.source, transition.variant)
        if key in seen:
            raise ValueError(f"two transitions for {transition.act} from {transition.source}")
        if transition.source in ENDED:
            raise ValueError(f"{transition.source} is an end")
        if not transition.by:
            raise ValueError(f"nobody may {transition.act} from {transition.source}")
        seen.add(key)
        reached.add(transition.target)
    if unreachable := set(CaseState) - reached:
        raise ValueError(f"nothing leads to {sorted(unreachable)}")


check_transitions(CASE_TRANSITIONS)

_TABLE = {(t.act, t.source, t.variant): t for t in CASE_TRANSITIONS}
_ACTORS: dict[CaseAct, frozenset[Role]] = {
    act: frozenset().union(*(t.by for t in CASE_TRANSITIONS if t.act is act)) for act in CaseAct
}


def transition_for(act: CaseAct, source: CaseState, variant: Variant = Variant.PLAIN) -> Transition | None:
    """The transition that ``act`` takes from ``source``, or None where the table has none."""
    return _TABLE.get((act, source, variant)) or _TABLE.get((act, source, Variant.PLAIN))


def roles_for(act: CaseAct) -> frozenset[Role]:
    """Everyone who may ever do this act, in any state: what a right is judged by before the state is."""
    return _ACTORS[act]

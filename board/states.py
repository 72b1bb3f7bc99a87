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


ENDED = frozenset({CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE})
EDITABLE = frozenset({CaseState.DRAFT, CaseState.INCOMPLETE})
"""States in which the submitter fills in fields and documents."""


@dataclass(frozen=True, slots=True)
class Transition:
    """``act`` by one of ``by`` takes a case from ``source`` to ``target``.

    ``skips_owner``: the variant that holds when the owner submits, or has confirmed the case before its return.
    """

    act: CaseAct
    source: CaseState
    target: CaseState
    by: frozenset[Role]
    skips_owner: bool = False


_SUBMITTER = frozenset({Role.SUBMITTER})
_OWNER = frozenset({Role.PROJECT_OWNER})
_S, _A = CaseState, CaseAct

CASE_TRANSITIONS = (
    Transition(_A.SAVE, _S.DRAFT, _S.DRAFT, _SUBMITTER),
    Transition(_A.SAVE, _S.INCOMPLETE, _S.INCOMPLETE, _SUBMITTER),
    Transition(_A.ATTACH, _S.DRAFT, _S.DRAFT, _SUBMITTER),
    Transition(_A.ATTACH, _S.INCOMPLETE, _S.INCOMPLETE, _SUBMITTER),
    Transition(_A.SUBMIT, _S.DRAFT, _S.AWAITING_OWNER, _SUBMITTER),
    Transition(_A.SUBMIT, _S.DRAFT, _S.SUBMITTED, _SUBMITTER, skips_owner=True),
    Transition(_A.SUBMIT, _S.INCOMPLETE, _S.AWAITING_OWNER, _SUBMITTER),
    Transition(_A.SUBMIT, _S.INCOMPLETE, _S.SUBMITTED, _SUBMITTER, skips_owner=True),
    Transition(_A.CONFIRM, _S.AWAITING_OWNER, _S.SUBMITTED, _OWNER),
    Transition(_A.DECLINE, _S.AWAITING_OWNER, _S.DRAFT, _OWNER),
    Transition(_A.ACCEPT, _S.SUBMITTED, _S.READY_FOR_WG, HANDLERS),
    Transition(_A.RETURN, _S.SUBMITTED, _S.INCOMPLETE, HANDLERS),
    Transition(_A.OUT_OF_SCOPE, _S.SUBMITTED, _S.OUT_OF_SCOPE, HANDLERS),
    Transition(_A.OUT_OF_SCOPE, _S.DRAFT, _S.OUT_OF_SCOPE, _SUBMITTER),
    *(
        Transition(_A.WITHDRAW, state, _S.WITHDRAWN, _SUBMITTER)
        for state in (_S.DRAFT, _S.AWAITING_OWNER, _S.SUBMITTED, _S.INCOMPLETE, _S.READY_FOR_WG)
    ),
)


def check_transitions(transitions: Iterable[Transition]) -> None:
    """Raises ``ValueError`` where the table contradicts itself or leaves a state that nothing leads to."""
    seen: set[tuple[CaseAct, CaseState, bool]] = set()
    reached = {CaseState.DRAFT}
    for transition in transitions:
        key = (transition.act, transition.source, transition.skips_owner)
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

_TABLE = {(t.act, t.source, t.skips_owner): t for t in CASE_TRANSITIONS}
_ACTORS: dict[CaseAct, frozenset[Role]] = {
    act: frozenset().union(*(t.by for t in CASE_TRANSITIONS if t.act is act)) for act in CaseAct
}


def transition_for(act: CaseAct, source: CaseState, *, skips_owner: bool = False) -> Transition | None:
    """The transition that ``act`` takes from ``source``, or None where the table has none."""
    if skips_owner and (short := _TABLE.get((act, source, True))):
        return short
    return _TABLE.get((act, source, False))


def roles_for(act: CaseAct) -> frozenset[Role]:
    """Everyone who may ever do this act, in any state: what a right is judged by before the state is."""
    return _ACTORS[act]

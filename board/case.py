"""A case (sak): what it holds, who may see it and do what with it, and the one place where it changes.

Its named acts are in ``board.case_intake`` and ``board.case_course``: they refuse, or give the changed case and what
happened. Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from board.case_content import Content
from board.completeness import Completeness, missing_in
from board.decision import Outcome
from board.documents import Document
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, MeetingId, PersonId
from board.late import Late
from board.mandate import Mandate
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Role
from board.states import BEFORE_WG, CaseAct, CaseState, Transition, Variant, roles_for, transition_for
from board.treatment import LEADS_ON, WgOutcome

BESIDE_THE_WAY = frozenset(
    {
        *(Happened.CASE_SAVED, Happened.DOCUMENT_ATTACHED, Happened.DOCUMENT_CLASSIFIED, Happened.CASE_DELEGATED),
        *(Happened.CASE_MEETING_MOVED, Happened.CONFLICT_RULED, Happened.CASE_DECIDED),
    }
)
"""What changes a case without taking it anywhere: an old button does not answer with it."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """The latest step on the case's way: an old button answers with it."""

    what: Happened
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """``rev`` grows by one with every change. ``reason`` and ``deadline`` are those of the latest return or refusal."""

    id: CaseId
    rev: int
    state: CaseState
    delivery_form: str
    case_type: str
    sub_portfolio: str
    submitter: PersonId
    created_at: datetime
    updated_at: datetime
    last: LastChange
    content: Content = field(default_factory=Content)
    documents: tuple[Document, ...] = ()
    reason: str = ""
    deadline: date | None = None
    exclusion: str = ""
    owner: PersonId | None = None
    """The project owner it was handed to. Another name in a draft counts from the next submission on."""
    owner_deputy: PersonId | None = None
    """Whom the owner asked to answer instead, for this case."""
    submitter_deputy: PersonId | None = None
    submitted_at: datetime | None = None
    """When the submitter first handed it on."""
    received_at: datetime | None = None
    """When it first reached the office: from then on the office and its lead may see it."""
    accepted_at: datetime | None = None
    """When the office first accepted it: from then on the working group may see it (mandatet § 5)."""
    agenda_at: datetime | None = None
    """When it was first put on a board agenda: from then on the chair may see it."""
    dispatched_at: datetime | None = None
    """When it was first sent out in a pack: from then on the board may see it (mandatet § 7)."""
    wg_meeting: MeetingId | None = None
    wg_number: str = ""
    """Of its latest treatment in the working group; ``earlier_numbers`` keeps those before."""
    wg_outcome: WgOutcome | None = None
    wg_remarks: str = ""
    statements_due: date | None = None
    """The last day for the employee representatives' statements."""
    board_meeting: MeetingId | None = None
    board_number: str = ""
    earlier_numbers: tuple[str, ...] = ()
    board_outcome: Outcome | None = None
    """Of its latest treatment in the board; ``work.decisions`` has each of them."""
    decided_at: datetime | None = None
    published_at: datetime | None = None
    late: Late | None = None
    excluded: frozenset[PersonId] = frozenset()
    """Those the chair ruled inhabil: the case is not there for them, whatever else they are (``process.md``)."""

    def roles_of(self, actor: Actor) -> frozenset[Role]:
        """The roles that count for this case: those in the register, and what the person is to this very case."""
        if actor.id in self.excluded:
            return frozenset()
        own = set(actor.roles & HANDLERS)
        own |= actor.roles & WORKING_GROUP if self.accepted_at else set()
        own |= actor.roles & {Role.CHAIR} if self.late or self.agenda_at else set()
        own |= actor.roles & BOARD if self.dispatched_at else set()
        if actor.id in (self.submitter, self.submitter_deputy):
            own.add(Role.SUBMITTER)
        if actor.id in (self.owner, self.owner_deputy):
            own.add(Role.PROJECT_OWNER)
        return frozenset(own)

    def may_be_seen_by(self, actor: Actor) -> bool:
        """A draft is its submitter's own; the owner sees what was handed on, the office what has reached it, the
        working group what was accepted, the board what was sent out. One who is inhabil sees nothing."""
        roles = self.roles_of(actor)
        return bool(roles - HANDLERS) or (bool(roles) and self.received_at is not None)

    def allowed_acts(self, actor: Actor) -> tuple[CaseAct, ...]:
        """The acts that would be let through now, in the order of the table."""
        if not self.may_be_seen_by(actor):
            return ()
        roles = self.roles_of(actor)
        return tuple(act for act in CaseAct if self._would_let(act, roles))

    def _would_let(self, act: CaseAct, roles: frozenset[Role]) -> bool:
        found = transition_for(act, self.state)
        if found is None or not roles & found.by:
            return False
        if act in (CaseAct.LATE_ACCEPT, CaseAct.LATE_REFUSE):
            return self.late is not None and self.late.awaits in roles
        return not (act is CaseAct.LATE_ASK and self.late is not None and self.late.is_open)

    @property
    def kind(self) -> tuple[str, str, str]:
        """(delivery form, case type, sub-portfolio)"""
        return self.delivery_form, self.case_type, self.sub_portfolio

    @property
    def is_before_wg(self) -> bool:
        """Accepted, and not treated by the working group yet."""
        return self.state in BEFORE_WG

    @property
    def is_wg_treated(self) -> bool:
        """The working group has said its word. What it postponed or sent back it has not treated (mandatet § 5)."""
        return self.wg_outcome in LEADS_ON

    def completeness(self, mandate: Mandate) -> Completeness:
        return completeness(self, mandate)

    # -- the one place where transitions are checked and made ---------------------------------------------------------

    def gate(self, act: CaseAct, actor: Actor, variant: Variant = Variant.PLAIN) -> Transition | Refusal:
        roles = self.roles_of(actor)
        if not self.may_be_seen_by(actor):
            return Refusal(RefusalCode.NOT_FOUND)
        if not roles & roles_for(act):
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": act, "roles": tuple(sorted(roles_for(act)))})
        transition = transition_for(act, self.state, variant)
        if transition is None:
            return Refusal(RefusalCode.ALREADY, {"what": self.last.what, "by": self.last.by, "at": self.last.at})
        if not roles & transition.by:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": act, "roles": tuple(sorted(transition.by))})
        return transition

    def moved(
        self,
        gate: Transition,
        what: Happened,
        actor: Actor,
        now: datetime,
        *,
        details: Mapping[str, str] | None = None,
        **changes: object,
    ) -> Changed:
        stepped = what not in BESIDE_THE_WAY
        handed_on = what is Happened.CASE_SUBMITTED and self.submitted_at is None
        received = gate.target is CaseState.SUBMITTED and self.received_at is None
        after = replace(
            self,
            rev=self.rev + 1,
            state=gate.target,
            updated_at=now,
            last=LastChange(what, actor.id, now) if stepped else self.last,
            submitted_at=now if handed_on else self.submitted_at,
            received_at=now if received else self.received_at,
            **changes,  # type: ignore[arg-type]  # the callers above name fields of Case
        )
        event = Event(
            what,
            self.id,
            now,
            actor.id,
            rev=after.rev,
            from_state=self.state,
            to_state=after.state,
            reason=str(changes.get("reason", "")),
            details=details or {},
        )
        return Changed(after, (event,))


@dataclass(frozen=True, slots=True)
class Changed:
    """An act that was let through. No events: it had already been done, and changed nothing."""

    case: Case
    events: tuple[Event, ...]


Result = Changed | Refusal


def completeness(case: Case, mandate: Mandate, *, late: bool = False) -> Completeness:
    """Every answer and document that is missing, all at once."""
    return missing_in(case.content, case.documents, case.case_type, mandate, late=late)

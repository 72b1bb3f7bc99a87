"""A case (sak): its named acts refuse or give the changed case and what happened. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from board.case_content import Content, Value, too_long, wrong_values
from board.completeness import Completeness, missing_in
from board.documents import MAX_DOCUMENTS, OTHER_DOCUMENT, Document, following, inheriting
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, MeetingId, PersonId
from board.late import Late
from board.mandate import Mandate
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Role
from board.states import BEFORE_WG, EDITABLE, CaseAct, CaseState, Transition, Variant, roles_for, transition_for
from board.treatment import LEADS_ON, WgOutcome

BESIDE_THE_WAY = frozenset(
    {
        *(Happened.CASE_SAVED, Happened.DOCUMENT_ATTACHED, Happened.DOCUMENT_CLASSIFIED, Happened.CASE_DELEGATED),
        *(Happened.CASE_MEETING_MOVED, Happened.CONFLICT_RULED),
    }
)
"""What changes a case without taking it anywhere: an old button does not answer with it."""
SETTLED = frozenset({"project_owner", "reason_late"})
"""What nobody answers anew once the working group has treated the case: its owner stands behind it already."""


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

    # -- acts -------------------------------------------------------------------------------------------------------

    def save(
        self, actor: Actor, values: Mapping[str, Value | None], unread: Mapping[str, str], now: datetime
    ) -> Result:
        """Takes answers into the draft. Nothing is required: an unfinished answer is kept too."""
        gate = self.gate(CaseAct.SAVE, actor)
        if isinstance(gate, Refusal):
            return gate
        if wrong := wrong_values(values):
            return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": wrong})
        if long := too_long({**values, **unread}):
            return Refusal(RefusalCode.TOO_LONG, {"fields": long})
        if self.state not in EDITABLE and (settled := tuple(sorted(SETTLED & {*values, *unread}))):
            return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": settled})
        content = self.content.with_answers(values, unread)
        if content == self.content:
            return Changed(self, ())
        changed = sorted(
            k for k in {*values, *unread} if getattr(content, k) != getattr(self.content, k) or k in unread
        )
        documents = following(self.documents, self.content, content)
        details = {"fields": ",".join(changed)}
        return self.moved(gate, Happened.CASE_SAVED, actor, now, content=content, documents=documents, details=details)

    def retype(self, actor: Actor, kind: tuple[str, str, str], now: datetime) -> Result:
        """The first page answered anew. What was typed is kept, also answers that the new type does not ask for.

        ``kind`` is (delivery form, case type, sub-portfolio), already checked against the mandate. It is the
        submitter's alone, and settled once the case is handed on: the final papers are of the same case.
        """
        if self.may_be_seen_by(actor) and Role.SUBMITTER not in self.roles_of(actor):
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": CaseAct.SAVE, "roles": (Role.SUBMITTER,)})
        gate = self.gate(CaseAct.SAVE, actor)
        if isinstance(gate, Refusal):
            return gate
        if self.state not in EDITABLE:
            return Refusal(RefusalCode.ALREADY, {"what": self.last.what, "by": self.last.by, "at": self.last.at})
        form, case_type, sub_portfolio = kind
        if self.kind == kind:
            return Changed(self, ())
        details = {"type": case_type}
        chosen = {"delivery_form": form, "case_type": case_type, "sub_portfolio": sub_portfolio}
        return self.moved(gate, Happened.CASE_SAVED, actor, now, details=details, **chosen)

    def attach(self, actor: Actor, document: Document, mandate: Mandate, now: datetime) -> Result:
        """Adds a document. A file that is already there (same content or link, same type) changes nothing."""
        gate = self.gate(CaseAct.ATTACH, actor)
        if isinstance(gate, Refusal):
            return gate
        if document.type != OTHER_DOCUMENT and document.type not in mandate.document_type:
            return Refusal(RefusalCode.DOCUMENT_UNKNOWN, {"document_type": document.type})
        if any(document.same_as(known) for known in self.documents):
            return Changed(self, ())
        if len(self.documents) >= MAX_DOCUMENTS:
            return Refusal(RefusalCode.DOCUMENT_LIMIT, {"limit": MAX_DOCUMENTS})
        details = {"document": document.id, "type": document.type}
        documents = (*self.documents, inheriting(document, self.content))
        return self.moved(gate, Happened.DOCUMENT_ATTACHED, actor, now, documents=documents, details=details)

    def submit(
        self, actor: Actor, owner: Actor | None, mandate: Mandate, now: datetime, late_for: MeetingId | None = None
    ) -> Result:
        """Hands the case to ``owner``, the person its form names, with the roles held today.

        ``late_for``: the meeting it wants, where the intake for that one has closed; it must then say why it is late.

        It goes past the owner to the office where the owner submits, or where the same owner has confirmed it before
        the office returned it. An owner must be in the register; to own one's own case one must be a project owner
        there, or anybody could do without one.
        """
        named = self.content.project_owner
        returned = self.state is CaseState.INCOMPLETE
        skips = named is not None and (named == actor.id or (returned and named == self.owner))
        gate = self.gate(CaseAct.SUBMIT, actor, Variant.SKIPS_OWNER if skips else Variant.PLAIN)
        if isinstance(gate, Refusal):
            return gate
        complete = completeness(self, mandate, late=late_for is not None)
        if not complete.may_be_sent:
            return Refusal(
                RefusalCode.INCOMPLETE,
                {"fields": complete.fields, "unread": complete.unread, "documents": complete.unexcused},
            )
        if owner is None or not owner.roles or (owner.id == actor.id and Role.PROJECT_OWNER not in owner.roles):
            return Refusal(RefusalCode.OWNER_UNFIT, {"fields": ("project_owner",)})
        late = Late(late_for, self.content.reason_late, actor.id, now) if late_for else self.late
        return self.moved(gate, Happened.CASE_SUBMITTED, actor, now, reason="", deadline=None, owner=named, late=late)

    def confirm(self, actor: Actor, now: datetime) -> Result:
        """The project owner stands behind the case (Prosjektveiviseren: gate documents are signed by the owner)."""
        gate = self.gate(CaseAct.CONFIRM, actor)
        return gate if isinstance(gate, Refusal) else self.moved(gate, Happened.CASE_CONFIRMED, actor, now)

    def decline(self, actor: Actor, reason: str, now: datetime) -> Result:
        """The project owner sends the case back to its submitter, with the reason."""
        gate = self.gate(CaseAct.DECLINE, actor)
        if isinstance(gate, Refusal):
            return gate
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED)
        return self.moved(gate, Happened.CASE_DECLINED, actor, now, reason=reason.strip())

    def accept(self, actor: Actor, now: datetime) -> Result:
        gate = self.gate(CaseAct.ACCEPT, actor)
        if isinstance(gate, Refusal):
            return gate
        first = self.accepted_at or now
        return self.moved(gate, Happened.CASE_ACCEPTED, actor, now, reason="", deadline=None, accepted_at=first)

    def send_back(self, actor: Actor, reason: str, deadline: date | None, today: date, now: datetime) -> Result:
        """The office returns the case, with a mandatory reason and a new deadline."""
        gate = self.gate(CaseAct.RETURN, actor)
        if isinstance(gate, Refusal):
            return gate
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED)
        if deadline is None:
            return Refusal(RefusalCode.DEADLINE_NEEDED)
        if deadline < today:
            return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": deadline})
        return self.moved(gate, Happened.CASE_RETURNED, actor, now, reason=reason.strip(), deadline=deadline)

    def rule_out_of_scope(self, actor: Actor, exclusion: str, mandate: Mandate, now: datetime) -> Result:
        """Ends the case under one of the mandate's exclusions (mandatet § 3)."""
        gate = self.gate(CaseAct.OUT_OF_SCOPE, actor)
        if isinstance(gate, Refusal):
            return gate
        if exclusion not in mandate.exclusion:
            return Refusal(RefusalCode.EXCLUSION_NEEDED)
        details = {"exclusion": exclusion}
        return self.moved(
            gate, Happened.CASE_OUT_OF_SCOPE, actor, now, exclusion=exclusion, details=details, deadline=None
        )

    def withdraw(self, actor: Actor, reason: str, now: datetime) -> Result:
        """The submitter takes the case back; once somebody else has it, with a reason."""
        gate = self.gate(CaseAct.WITHDRAW, actor)
        if isinstance(gate, Refusal):
            return gate
        if not reason.strip() and self.state is not CaseState.DRAFT:
            return Refusal(RefusalCode.REASON_NEEDED)
        return self.moved(gate, Happened.CASE_WITHDRAWN, actor, now, reason=reason.strip(), deadline=None)

    def delegate(self, actor: Actor, role: Role, deputy: Actor, now: datetime) -> Result:
        """The owner or the submitter lets ``deputy`` act instead, in this case only; oneself may go on acting.

        The submitter cannot confirm the case as the owner's deputy, nor the other way round: two must stand behind it.
        """
        whose = self.owner if role is Role.PROJECT_OWNER else self.submitter
        if not self.may_be_seen_by(actor):
            return Refusal(RefusalCode.NOT_FOUND)
        if actor.id != whose and not actor.is_handler:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "delegate", "roles": (str(role),)})
        if deputy.id in self.excluded:
            return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
        if not deputy.roles or deputy.id in (self.submitter, self.submitter_deputy, self.owner, self.owner_deputy):
            return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
        field_name = "owner_deputy" if role is Role.PROJECT_OWNER else "submitter_deputy"
        gate = Transition(CaseAct.SAVE, self.state, self.state, frozenset({role}))
        details = {"deputy": deputy.id, "role": str(role)}
        return self.moved(gate, Happened.CASE_DELEGATED, actor, now, details=details, **{field_name: deputy.id})

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


def start(
    case_id: CaseId, actor: Actor, kind: tuple[str, str, str], wanted_meeting: MeetingId | None, now: datetime
) -> Changed:
    """A new draft. ``kind`` is (delivery form, case type, sub-portfolio), already checked against the mandate."""
    form, case_type, sub_portfolio = kind
    case = Case(
        id=case_id,
        rev=1,
        state=CaseState.DRAFT,
        delivery_form=form,
        case_type=case_type,
        sub_portfolio=sub_portfolio,
        submitter=actor.id,
        created_at=now,
        updated_at=now,
        last=LastChange(Happened.CASE_STARTED, actor.id, now),
        content=Content(wanted_meeting=wanted_meeting),
    )
    event = Event(
        Happened.CASE_STARTED,
        case_id,
        now,
        actor.id,
        rev=1,
        to_state=CaseState.DRAFT,
        details={"type": case_type},
    )
    return Changed(case, (event,))

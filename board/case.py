"""A case (sak): its named acts refuse or give the changed case and what happened. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from board.case_content import Content, Value, too_long, wrong_values
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, DocumentId, MeetingId, PersonId
from board.mandate import Mandate
from board.people import HANDLERS, Actor, Role
from board.states import CaseAct, CaseState, Transition, roles_for, transition_for

MAX_DOCUMENTS = 10
OTHER_DOCUMENT = "other"
"""The type of an enclosure that the decision point does not ask for."""


@dataclass(frozen=True, slots=True)
class Document:
    """An enclosure: a link (``url``) or a stored file (``sha256``, ``size`` in bytes)."""

    id: DocumentId
    type: str
    name: str
    by: PersonId
    at: datetime
    url: str = ""
    sha256: str = ""
    size: int = 0


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

    def roles_of(self, actor: Actor) -> frozenset[Role]:
        """The roles that count for this case: those in the register, and what the person is to this very case."""
        own = set(actor.roles & HANDLERS)
        if actor.id in (self.submitter, self.submitter_deputy):
            own.add(Role.SUBMITTER)
        if actor.id in (self.owner, self.owner_deputy):
            own.add(Role.PROJECT_OWNER)
        return frozenset(own)

    def may_be_seen_by(self, actor: Actor) -> bool:
        """A draft is its submitter's own; the owner sees what was handed on, the office what has reached it."""
        roles = self.roles_of(actor)
        return (
            Role.SUBMITTER in roles
            or Role.PROJECT_OWNER in roles
            or (bool(roles & HANDLERS) and self.received_at is not None)
        )

    def allowed_acts(self, actor: Actor) -> tuple[CaseAct, ...]:
        """The acts that would be let through now, in the order of the table."""
        if not self.may_be_seen_by(actor):
            return ()
        roles, state = self.roles_of(actor), self.state
        return tuple(act for act in CaseAct if (found := transition_for(act, state)) and roles & found.by)

    def completeness(self, mandate: Mandate) -> Completeness:
        return completeness(self, mandate)

    # -- acts -------------------------------------------------------------------------------------------------------

    def save(
        self, actor: Actor, values: Mapping[str, Value | None], unread: Mapping[str, str], now: datetime
    ) -> Result:
        """Takes answers into the draft. Nothing is required: an unfinished answer is kept too."""
        gate = self._gate(CaseAct.SAVE, actor)
        if isinstance(gate, Refusal):
            return gate
        if wrong := wrong_values(values):
            return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": wrong})
        if long := too_long({**values, **unread}):
            return Refusal(RefusalCode.TOO_LONG, {"fields": long})
        content = self.content.with_answers(values, unread)
        if content == self.content:
            return Changed(self, ())
        changed = sorted(
            k for k in {*values, *unread} if getattr(content, k) != getattr(self.content, k) or k in unread
        )
        return self._moved(
            gate, Happened.CASE_SAVED, actor, now, content=content, details={"fields": ",".join(changed)}
        )

    def retype(self, actor: Actor, kind: tuple[str, str, str], now: datetime) -> Result:
        """The first page answered anew. What was typed is kept, also answers that the new type does not ask for.

        ``kind`` is (delivery form, case type, sub-portfolio), already checked against the mandate.
        """
        gate = self._gate(CaseAct.SAVE, actor)
        if isinstance(gate, Refusal):
            return gate
        form, case_type, sub_portfolio = kind
        if (self.delivery_form, self.case_type, self.sub_portfolio) == kind:
            return Changed(self, ())
        details = {"type": case_type}
        chosen = {"delivery_form": form, "case_type": case_type, "sub_portfolio": sub_portfolio}
        return self._moved(gate, Happened.CASE_SAVED, actor, now, details=details, **chosen)

    def attach(self, actor: Actor, document: Document, mandate: Mandate, now: datetime) -> Result:
        """Adds a document. A file that is already there (same content or link, same type) changes nothing."""
        gate = self._gate(CaseAct.ATTACH, actor)
        if isinstance(gate, Refusal):
            return gate
        if document.type != OTHER_DOCUMENT and document.type not in mandate.document_type:
            return Refusal(RefusalCode.DOCUMENT_UNKNOWN, {"document_type": document.type})
        if any(_same(document, known) for known in self.documents):
            return Changed(self, ())
        if len(self.documents) >= MAX_DOCUMENTS:
            return Refusal(RefusalCode.DOCUMENT_LIMIT, {"limit": MAX_DOCUMENTS})
        details = {"document": document.id, "type": document.type}
        documents = (*self.documents, document)
        return self._moved(gate, Happened.DOCUMENT_ATTACHED, actor, now, documents=documents, details=details)

    def submit(self, actor: Actor, owner: Actor | None, mandate: Mandate, now: datetime) -> Result:
        """Hands the case to ``owner``, the person its form names, with the roles held today.

        It goes past the owner to the office where the owner submits, or where the same owner has confirmed it before
        the office returned it. An owner must be in the register; to own one's own case one must be a project owner
        there, or anybody could do without one.
        """
        named = self.content.project_owner
        returned = self.state is CaseState.INCOMPLETE
        skips = named is not None and (named == actor.id or (returned and named == self.owner))
        gate = self._gate(CaseAct.SUBMIT, actor, skips_owner=skips)
        if isinstance(gate, Refusal):
            return gate
        complete = completeness(self, mandate)
        if not complete.may_be_sent:
            return Refusal(
                RefusalCode.INCOMPLETE,
                {"fields": complete.fields, "unread": complete.unread, "documents": complete.unexcused},
            )
        if owner is None or not owner.roles or (owner.id == actor.id and Role.PROJECT_OWNER not in owner.roles):
            return Refusal(RefusalCode.OWNER_UNFIT, {"fields": ("project_owner",)})
        return self._moved(gate, Happened.CASE_SUBMITTED, actor, now, reason="", deadline=None, owner=named)

    def confirm(self, actor: Actor, now: datetime) -> Result:
        """The project owner stands behind the case (Prosjektveiviseren: gate documents are signed by the owner)."""
        gate = self._gate(CaseAct.CONFIRM, actor)
        return gate if isinstance(gate, Refusal) else self._moved(gate, Happened.CASE_CONFIRMED, actor, now)

    def decline(self, actor: Actor, reason: str, now: datetime) -> Result:
        """The project owner sends the case back to its submitter, with the reason."""
        gate = self._gate(CaseAct.DECLINE, actor)
        if isinstance(gate, Refusal):
            return gate
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED)
        return self._moved(gate, Happened.CASE_DECLINED, actor, now, reason=reason.strip())

    def accept(self, actor: Actor, now: datetime) -> Result:
        gate = self._gate(CaseAct.ACCEPT, actor)
        if isinstance(gate, Refusal):
            return gate
        return self._moved(gate, Happened.CASE_ACCEPTED, actor, now, reason="", deadline=None)

    def send_back(self, actor: Actor, reason: str, deadline: date | None, today: date, now: datetime) -> Result:
        """The office returns the case, with a mandatory reason and a new deadline."""
        gate = self._gate(CaseAct.RETURN, actor)
        if isinstance(gate, Refusal):
            return gate
        if not reason.strip():
            return Refusal(RefusalCode.REASON_NEEDED)
        if deadline is None:
            return Refusal(RefusalCode.DEADLINE_NEEDED)
        if deadline < today:
            return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": deadline})
        return self._moved(gate, Happened.CASE_RETURNED, actor, now, reason=reason.strip(), deadline=deadline)

    def rule_out_of_scope(self, actor: Actor, exclusion: str, mandate: Mandate, now: datetime) -> Result:
        """Ends the case under one of the mandate's exclusions (mandatet § 3)."""
        gate = self._gate(CaseAct.OUT_OF_SCOPE, actor)
        if isinstance(gate, Refusal):
            return gate
        if exclusion not in mandate.exclusion:
            return Refusal(RefusalCode.EXCLUSION_NEEDED)
        details = {"exclusion": exclusion}
        return self._moved(
            gate, Happened.CASE_OUT_OF_SCOPE, actor, now, exclusion=exclusion, details=details, deadline=None
        )

    def withdraw(self, actor: Actor, reason: str, now: datetime) -> Result:
        """The submitter takes the case back; once somebody else has it, with a reason."""
        gate = self._gate(CaseAct.WITHDRAW, actor)
        if isinstance(gate, Refusal):
            return gate
        if not reason.strip() and self.state is not CaseState.DRAFT:
            return Refusal(RefusalCode.REASON_NEEDED)
        return self._moved(gate, Happened.CASE_WITHDRAWN, actor, now, reason=reason.strip(), deadline=None)

    def delegate(self, actor: Actor, role: Role, deputy: Actor, now: datetime) -> Result:
        """The owner or the submitter lets ``deputy`` act instead, in this case only; oneself may go on acting.

        The submitter cannot confirm the case as the owner's deputy, nor the other way round: two must stand behind it.
        """
        whose = self.owner if role is Role.PROJECT_OWNER else self.submitter
        if not self.may_be_seen_by(actor):
            return Refusal(RefusalCode.NOT_FOUND)
        if actor.id != whose and not actor.is_handler:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": "delegate", "roles": (str(role),)})
        if not deputy.roles or deputy.id in (self.submitter, self.submitter_deputy, self.owner, self.owner_deputy):
            return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
        field_name = "owner_deputy" if role is Role.PROJECT_OWNER else "submitter_deputy"
        gate = Transition(CaseAct.SAVE, self.state, self.state, frozenset({role}))
        details = {"deputy": deputy.id, "role": str(role)}
        return self._moved(gate, Happened.CASE_DELEGATED, actor, now, details=details, **{field_name: deputy.id})

    # -- the one place where transitions are checked and made ---------------------------------------------------------

    def _gate(self, act: CaseAct, actor: Actor, *, skips_owner: bool = False) -> Transition | Refusal:
        roles = self.roles_of(actor)
        if not self.may_be_seen_by(actor):
            return Refusal(RefusalCode.NOT_FOUND)
        if not roles & roles_for(act):
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": act, "roles": tuple(sorted(roles_for(act)))})
        transition = transition_for(act, self.state, skips_owner=skips_owner)
        if transition is None:
            return Refusal(RefusalCode.ALREADY, {"what": self.last.what, "by": self.last.by, "at": self.last.at})
        if not roles & transition.by:
            return Refusal(RefusalCode.NOT_ALLOWED, {"act": act, "roles": tuple(sorted(transition.by))})
        return transition

    def _moved(
        self,
        gate: Transition,
        what: Happened,
        actor: Actor,
        now: datetime,
        *,
        details: Mapping[str, str] | None = None,
        **changes: object,
    ) -> Changed:
        stepped = what not in (Happened.CASE_SAVED, Happened.DOCUMENT_ATTACHED, Happened.CASE_DELEGATED)
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


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a case still lacks. ``documents`` are missing types, ``asked`` all that the decision point asks for."""

    fields: tuple[str, ...]
    unread: tuple[str, ...]
    documents: tuple[str, ...]
    asked: tuple[str, ...]
    excused: bool

    @property
    def unexcused(self) -> tuple[str, ...]:
        """The missing documents that no reason is given for."""
        return () if self.excused else self.documents

    @property
    def may_be_sent(self) -> bool:
        """Missing documents may be sent with a reason; missing answers may not (``process.md``, documents)."""
        return not self.fields and not self.unread and not self.unexcused


def completeness(case: Case, mandate: Mandate) -> Completeness:
    """Every answer and document that is missing, all at once."""
    case_type = mandate.case_type[case.case_type]
    content = case.content
    needed = list(case_type.required)
    if content.classification == "exempt":
        needed += [f for f in ("public_title", "legal_basis") if f not in needed]
    there = {document.type for document in case.documents}
    documents = tuple(d for d in case_type.documents if d not in there)
    return Completeness(
        fields=tuple(f for f in needed if content.value(f) is None and f not in content.unread),
        unread=tuple(f for f in content.unread if f in {*case_type.required, *case_type.optional, *needed}),
        documents=documents,
        asked=case_type.documents,
        excused=bool(content.reason_incomplete.strip()),
    )


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


def _same(one: Document, other: Document) -> bool:
    return (one.type, one.url, one.sha256) == (other.type, other.url, other.sha256)

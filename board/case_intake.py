"""A case's way from its submitter past the owner to the office, or out of the process: its acts in the intake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from board.case import Case, Changed, LastChange, Result, completeness
from board.case_content import Content, Value, too_long, wrong_values
from board.documents import MAX_DOCUMENTS, OTHER_DOCUMENT, Document, following, inheriting
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId, MeetingId
from board.late import Late
from board.mandate import Mandate
from board.people import Actor, Role
from board.states import EDITABLE, CaseAct, CaseState, Transition, Variant

SETTLED = frozenset({"project_owner", "reason_late"})
"""What nobody answers anew once the working group has treated the case: its owner stands behind it already."""


def start(
    case_id: CaseId,
    actor: Actor,
    kind: tuple[str, str, str],
    wanted_meeting: MeetingId | None,
    now: datetime,
    summary: str = "",
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
        content=Content(wanted_meeting=wanted_meeting, summary=summary),
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


def save(
    case: Case, actor: Actor, values: Mapping[str, Value | None], unread: Mapping[str, str], now: datetime
) -> Result:
    """Takes answers into the draft. Nothing is required: an unfinished answer is kept too."""
    gate = case.gate(CaseAct.SAVE, actor)
    if isinstance(gate, Refusal):
        return gate
    if wrong := wrong_values(values):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": wrong})
    if long := too_long({**values, **unread}):
        return Refusal(RefusalCode.TOO_LONG, {"fields": long})
    if case.state not in EDITABLE and (settled := tuple(sorted(SETTLED & {*values, *unread}))):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": settled})
    content = case.content.with_answers(values, unread)
    if content == case.content:
        return Changed(case, ())
    changed = sorted(k for k in {*values, *unread} if getattr(content, k) != getattr(case.content, k) or k in unread)
    documents = following(case.documents, case.content, content)
    details = {"fields": ",".join(changed)}
    return case.moved(gate, Happened.CASE_SAVED, actor, now, content=content, documents=documents, details=details)


def retype(case: Case, actor: Actor, kind: tuple[str, str, str], now: datetime) -> Result:
    """The first page answered anew. What was typed is kept, also answers that the new type does not ask for.

    ``kind`` is (delivery form, case type, sub-portfolio), already checked against the mandate. It is the
    submitter's alone, and settled once the case is handed on: the final papers are of the same case.
    """
    if case.may_be_seen_by(actor) and Role.SUBMITTER not in case.roles_of(actor):
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": CaseAct.SAVE, "roles": (Role.SUBMITTER,)})
    gate = case.gate(CaseAct.SAVE, actor)
    if isinstance(gate, Refusal):
        return gate
    if case.state not in EDITABLE:
        return Refusal(RefusalCode.ALREADY, {"what": case.last.what, "by": case.last.by, "at": case.last.at})
    form, case_type, sub_portfolio = kind
    if case.kind == kind:
        return Changed(case, ())
    details = {"type": case_type}
    chosen = {"delivery_form": form, "case_type": case_type, "sub_portfolio": sub_portfolio}
    return case.moved(gate, Happened.CASE_SAVED, actor, now, details=details, **chosen)


def attach(case: Case, actor: Actor, document: Document, mandate: Mandate, now: datetime) -> Result:
    """Adds a document. A file that is already there (same content or link, same type) changes nothing."""
    gate = case.gate(CaseAct.ATTACH, actor)
    if isinstance(gate, Refusal):
        return gate
    if document.type != OTHER_DOCUMENT and document.type not in mandate.document_type:
        return Refusal(RefusalCode.DOCUMENT_UNKNOWN, {"document_type": document.type})
    if any(document.same_as(known) for known in case.documents):
        return Changed(case, ())
    if len(case.documents) >= MAX_DOCUMENTS:
        return Refusal(RefusalCode.DOCUMENT_LIMIT, {"limit": MAX_DOCUMENTS})
    details = {"document": document.id, "type": document.type}
    documents = (*case.documents, inheriting(document, case.content))
    return case.moved(gate, Happened.DOCUMENT_ATTACHED, actor, now, documents=documents, details=details)


def submit(
    case: Case, actor: Actor, owner: Actor | None, mandate: Mandate, now: datetime, late_for: MeetingId | None = None
) -> Result:
    """Hands the case to ``owner``, the person its form names, with the roles held today.

    ``late_for``: the meeting it wants, where the intake for that one has closed; it must then say why it is late.

    It goes past the owner to the office where the owner submits, or where the same owner has confirmed it before
    the office returned it. An owner must be in the register; to own one's own case one must be a project owner
    there, or anybody could do without one.
    """
    named = case.content.project_owner
    returned = case.state is CaseState.INCOMPLETE
    skips = named is not None and (named == actor.id or (returned and named == case.owner))
    gate = case.gate(CaseAct.SUBMIT, actor, Variant.SKIPS_OWNER if skips else Variant.PLAIN)
    if isinstance(gate, Refusal):
        return gate
    complete = completeness(case, mandate, late=late_for is not None)
    if not complete.may_be_sent:
        return Refusal(
            RefusalCode.INCOMPLETE,
            {"fields": complete.fields, "unread": complete.unread, "documents": complete.unexcused},
        )
    if owner is None or not owner.roles or (owner.id == actor.id and Role.PROJECT_OWNER not in owner.roles):
        return Refusal(RefusalCode.OWNER_UNFIT, {"fields": ("project_owner",)})
    late = Late(late_for, case.content.reason_late, actor.id, now) if late_for else case.late
    return case.moved(gate, Happened.CASE_SUBMITTED, actor, now, reason="", deadline=None, owner=named, late=late)


def confirm(case: Case, actor: Actor, now: datetime) -> Result:
    """The project owner stands behind the case (Prosjektveiviseren: gate documents are signed by the owner)."""
    gate = case.gate(CaseAct.CONFIRM, actor)
    return gate if isinstance(gate, Refusal) else case.moved(gate, Happened.CASE_CONFIRMED, actor, now)


def decline(case: Case, actor: Actor, reason: str, now: datetime) -> Result:
    """The project owner sends the case back to its submitter, with the reason."""
    gate = case.gate(CaseAct.DECLINE, actor)
    if isinstance(gate, Refusal):
        return gate
    if not reason.strip():
        return Refusal(RefusalCode.REASON_NEEDED)
    return case.moved(gate, Happened.CASE_DECLINED, actor, now, reason=reason.strip())


def accept(case: Case, actor: Actor, now: datetime) -> Result:
    gate = case.gate(CaseAct.ACCEPT, actor)
    if isinstance(gate, Refusal):
        return gate
    first = case.accepted_at or now
    return case.moved(gate, Happened.CASE_ACCEPTED, actor, now, reason="", deadline=None, accepted_at=first)


def send_back(case: Case, actor: Actor, reason: str, deadline: date | None, today: date, now: datetime) -> Result:
    """The office returns the case, with a mandatory reason and a new deadline."""
    gate = case.gate(CaseAct.RETURN, actor)
    if isinstance(gate, Refusal):
        return gate
    if not reason.strip():
        return Refusal(RefusalCode.REASON_NEEDED)
    if deadline is None:
        return Refusal(RefusalCode.DEADLINE_NEEDED)
    if deadline < today:
        return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": deadline})
    return case.moved(gate, Happened.CASE_RETURNED, actor, now, reason=reason.strip(), deadline=deadline)


def rule_out_of_scope(case: Case, actor: Actor, exclusion: str, mandate: Mandate, now: datetime) -> Result:
    """Ends the case under one of the mandate's exclusions (mandatet § 3)."""
    gate = case.gate(CaseAct.OUT_OF_SCOPE, actor)
    if isinstance(gate, Refusal):
        return gate
    if exclusion not in mandate.exclusion:
        return Refusal(RefusalCode.EXCLUSION_NEEDED)
    details = {"exclusion": exclusion}
    return case.moved(gate, Happened.CASE_OUT_OF_SCOPE, actor, now, exclusion=exclusion, details=details, deadline=None)


def withdraw(case: Case, actor: Actor, reason: str, now: datetime) -> Result:
    """The submitter takes the case back; once somebody else has it, with a reason."""
    gate = case.gate(CaseAct.WITHDRAW, actor)
    if isinstance(gate, Refusal):
        return gate
    if not reason.strip() and case.state is not CaseState.DRAFT:
        return Refusal(RefusalCode.REASON_NEEDED)
    return case.moved(gate, Happened.CASE_WITHDRAWN, actor, now, reason=reason.strip(), deadline=None)


def delegate(case: Case, actor: Actor, role: Role, deputy: Actor, now: datetime) -> Result:
    """The owner or the submitter lets ``deputy`` act instead, in this case only; oneself may go on acting.

    The submitter cannot confirm the case as the owner's deputy, nor the other way round: two must stand behind it.
    """
    whose = case.owner if role is Role.PROJECT_OWNER else case.submitter
    if not case.may_be_seen_by(actor):
        return Refusal(RefusalCode.NOT_FOUND)
    if actor.id != whose and not actor.is_handler:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "delegate", "roles": (str(role),)})
    if deputy.id in case.excluded:
        return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
    if not deputy.roles or deputy.id in (case.submitter, case.submitter_deputy, case.owner, case.owner_deputy):
        return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
    field_name = "owner_deputy" if role is Role.PROJECT_OWNER else "submitter_deputy"
    gate = Transition(CaseAct.SAVE, case.state, case.state, frozenset({role}))
    details = {"deputy": deputy.id, "role": str(role)}
    return case.moved(gate, Happened.CASE_DELEGATED, actor, now, details=details, **{field_name: deputy.id})

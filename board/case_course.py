"""A case's way from the office to the board: its acts from ``ready_for_wg`` on. The gate is in the transition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from board.case import Case, Changed, Result
from board.case_content import MAX_LINE, MAX_TEXT
from board.conflicts import Ruling
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import DocumentId, MeetingId, PersonId
from board.late import Late
from board.people import Actor, Role
from board.states import CaseAct, CaseState, Transition, Variant
from board.treatment import NEEDS_REMARKS, VARIANT_OF, Statement, WgOutcome


def schedule_wg(
    case: Case, actor: Actor, meeting: MeetingId, number: str, statements_due: date, now: datetime
) -> Result:
    """On a working-group meeting's agenda, with a number of its own (mandatet § 5)."""
    gate = case.gate(CaseAct.WG_SCHEDULE, actor)
    if isinstance(gate, Refusal):
        return gate
    earlier = (*case.earlier_numbers, case.wg_number) if case.wg_number else case.earlier_numbers
    return case.moved(
        gate, Happened.CASE_SCHEDULED_WG, actor, now,
        details={"meeting": meeting, "number": number}, wg_meeting=meeting, wg_number=number,
        wg_outcome=None, wg_remarks="", earlier_numbers=earlier, statements_due=statements_due,
    )  # fmt: skip


def release(case: Case, actor: Actor, now: datetime) -> Result:
    """Off the agenda of a meeting that is cancelled: it waits for another one. Its numbers stay its own."""
    untreated = not case.is_wg_treated and case.state is not CaseState.ON_WG_AGENDA
    gate = _with_its_meeting(case, actor, Variant.DISPENSED if untreated else Variant.PLAIN)
    if isinstance(gate, Refusal):
        return gate
    if case.state is CaseState.ON_WG_AGENDA:
        details = {"meeting": case.wg_meeting or "", "number": case.wg_number}
        off: dict[str, object] = {"wg_meeting": None, "statements_due": None}
    else:
        details = {"meeting": case.board_meeting or "", "number": case.board_number}
        off = {"board_meeting": None}
    return case.moved(gate, Happened.CASE_RELEASED, actor, now, details=details, **off)


def follow_meeting(case: Case, actor: Actor, statements_due: date, now: datetime) -> Result:
    """Its working-group meeting is held on another day: the last day for statements moves with it."""
    gate = _with_its_meeting(case, actor)
    if isinstance(gate, Refusal):
        return gate
    if case.state is not CaseState.ON_WG_AGENDA or statements_due == case.statements_due:
        return Changed(case, ())
    stays = Transition(CaseAct.WG_SCHEDULE, case.state, case.state, gate.by)
    details = {"meeting": case.wg_meeting or ""}
    return case.moved(stays, Happened.CASE_MEETING_MOVED, actor, now, details=details, statements_due=statements_due)


def _with_its_meeting(case: Case, actor: Actor, variant: Variant = Variant.PLAIN) -> Transition | Refusal:
    """Who may move or cancel the meeting may do so with all its cases, also one that he or she is inhabil for:
    it is no act on the case, and a case left behind would belong to a meeting that is not held."""
    return replace(case, excluded=frozenset()).gate(CaseAct.RELEASE, actor, variant)


def give_statement(case: Case, actor: Actor, text: str, today: date, now: datetime) -> Statement | Refusal:
    """What an employee representative says of the case, until the last day for it. «Ingen merknad» is a statement."""
    gate = case.gate(CaseAct.STATEMENT, actor)
    if isinstance(gate, Refusal):
        return gate
    if case.statements_due is None or today > case.statements_due:
        return Refusal(RefusalCode.STATEMENTS_CLOSED, {"deadline": case.statements_due})
    text = text.strip()
    if not text:
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("statement",)})
    if len(text) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"statement": MAX_TEXT}})
    return Statement(case.id, actor.id, text, now)


def treat(case: Case, actor: Actor, outcome: WgOutcome, remarks: str, begins_at: datetime, now: datetime) -> Result:
    """What the working group said, once its meeting, at ``begins_at``, has begun. Sent back goes to the submitter."""
    gate = case.gate(CaseAct.TREAT, actor, VARIANT_OF.get(outcome, Variant.PLAIN))
    if isinstance(gate, Refusal):
        return gate
    if now < begins_at:
        return Refusal(RefusalCode.NOT_BEGUN, {"at": begins_at})
    remarks = remarks.strip()
    if not remarks and outcome in NEEDS_REMARKS:
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("remarks",)})
    if len(remarks) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"remarks": MAX_TEXT}})
    details = {"outcome": str(outcome), "number": case.wg_number, "meeting": case.wg_meeting or ""}
    back = {"reason": remarks, "deadline": None} if outcome is WgOutcome.SENT_BACK else {}
    return case.moved(
        gate, Happened.CASE_TREATED, actor, now, details=details, wg_outcome=outcome, wg_remarks=remarks, **back
    )


def schedule(
    case: Case, actor: Actor, meeting: MeetingId, number: str, paragraph: str, now: datetime, *, dispensed: bool
) -> Result:
    """On the board's agenda. Before the working group has treated it only with the chair's dispensation (mandatet § 5).

    ``paragraph`` is that of the gate. A board that leaves the gate out of its mandate file passes ``dispensed``.
    """
    gate = case.gate(CaseAct.SCHEDULE, actor, Variant.DISPENSED if dispensed else Variant.PLAIN)
    if isinstance(gate, Refusal):
        if gate.code is RefusalCode.ALREADY and case.is_before_wg and not dispensed:
            return Refusal(RefusalCode.WG_TREATMENT, {"case": case.id}, paragraph)
        return gate
    before = (case.board_number,) if case.board_number not in ("", number) else ()
    return case.moved(
        gate, Happened.CASE_SCHEDULED, actor, now, details={"meeting": meeting, "number": number},
        board_meeting=meeting, board_number=number, agenda_at=case.agenda_at or now,
        earlier_numbers=(*case.earlier_numbers, *before),
    )  # fmt: skip


def move(case: Case, actor: Actor, meeting: MeetingId, now: datetime) -> Result:
    """To another board meeting's agenda; its number stays."""
    gate = case.gate(CaseAct.MOVE, actor)
    if isinstance(gate, Refusal):
        return gate
    details = {"meeting": meeting, "from": case.board_meeting or "", "number": case.board_number}
    return case.moved(gate, Happened.CASE_MOVED, actor, now, details=details, board_meeting=meeting)


def dispatch(case: Case, actor: Actor, now: datetime) -> Result:
    """Sent out in a pack whose gates hold: ``board.gates.refusals`` is asked in the same use case."""
    gate = case.gate(CaseAct.DISPATCH, actor)
    if isinstance(gate, Refusal):
        return gate
    details = {"meeting": case.board_meeting or "", "number": case.board_number}
    first = case.dispatched_at or now
    return case.moved(gate, Happened.CASE_DISPATCHED, actor, now, details=details, dispatched_at=first)


def classify(
    case: Case, actor: Actor, document: DocumentId, legal_basis: str, until: date | None, now: datetime, *, exempt: bool
) -> Result:
    """Says of a document that it is open, or exempt under ``legal_basis`` until a day (offentleglova)."""
    gate = case.gate(CaseAct.CLASSIFY, actor)
    if isinstance(gate, Refusal):
        return gate
    found = next((d for d in case.documents if d.id == document), None)
    if found is None:
        return Refusal(RefusalCode.DOCUMENT_UNKNOWN)
    basis = legal_basis.strip()
    if exempt and not basis:
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("legal_basis",)})
    if len(basis) > MAX_LINE:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"legal_basis": MAX_LINE}})
    new = replace(found, exempt=exempt, legal_basis=basis if exempt else "", exempt_until=until if exempt else None)
    documents = tuple(new if one.id == document else one for one in case.documents)
    if documents == case.documents:
        return Changed(case, ())
    details = {"document": document, "exempt": str(exempt).lower()}
    return case.moved(gate, Happened.DOCUMENT_CLASSIFIED, actor, now, documents=documents, details=details)


def exclude(case: Case, actor: Actor, person: PersonId, reason: str, now: datetime) -> Changed:
    """Ruled inhabil: for this person the case is not there any more. Who may rule, the use case has asked."""
    return _ruled(case, actor, person, reason, now, Ruling.EXCLUDED, case.excluded | {person})


def readmit(case: Case, actor: Actor, person: PersonId, reason: str, now: datetime) -> Changed:
    """Ruled habil after all."""
    return _ruled(case, actor, person, reason, now, Ruling.ABLE, case.excluded - {person})


def _ruled(
    case: Case,
    actor: Actor,
    person: PersonId,
    reason: str,
    now: datetime,
    ruling: Ruling,
    excluded: frozenset[PersonId],
) -> Changed:
    here = Transition(CaseAct.SAVE, case.state, case.state, frozenset({Role.CHAIR}))
    details = {"person": person, "ruling": str(ruling)}
    changed = case.moved(here, Happened.CONFLICT_RULED, actor, now, details=details, excluded=excluded)
    return Changed(changed.case, tuple(replace(event, reason=reason) for event in changed.events))


def ask_late(case: Case, actor: Actor, meeting: MeetingId, reason: str, now: datetime) -> Result:
    """The office asks that what came too late for ``meeting`` is taken in (ettersending), with a reason."""
    gate = case.gate(CaseAct.LATE_ASK, actor)
    if isinstance(gate, Refusal):
        return gate
    if not reason.strip():
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("reason",)})
    if len(reason) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"reason": MAX_TEXT}})
    if case.late and case.late.is_open:
        return Refusal(RefusalCode.ALREADY, {"what": Happened.LATE_ASKED, "by": case.late.by, "at": case.late.at})
    if case.late and case.late.is_accepted and case.late.meeting == meeting:  # the two words stand
        accepted = {"what": Happened.LATE_ACCEPTED, "by": case.late.chair, "at": case.late.chair_at}
        return Refusal(RefusalCode.ALREADY, accepted)
    late = Late(meeting, reason.strip(), actor.id, now)
    if Role.PORTFOLIO_LEAD in actor.roles:
        late = late.accepted(Role.PORTFOLIO_LEAD, actor.id, now)
    return case.moved(gate, Happened.LATE_ASKED, actor, now, details={"meeting": meeting}, late=late)


def accept_late(case: Case, actor: Actor, now: datetime) -> Result:
    """The portfolio lead first, then the chair."""
    asked = _asked_now(case, actor, CaseAct.LATE_ACCEPT)
    if isinstance(asked, Refusal):
        return asked
    gate, late, role = asked
    late = late.accepted(role, actor.id, now)
    details = {"meeting": late.meeting, "role": str(role)}
    return case.moved(gate, Happened.LATE_ACCEPTED, actor, now, details=details, late=late)


def refuse_late(case: Case, actor: Actor, reason: str, now: datetime) -> Result:
    """With a reason: the case waits for a later meeting."""
    asked = _asked_now(case, actor, CaseAct.LATE_REFUSE)
    if isinstance(asked, Refusal):
        return asked
    gate, late, role = asked
    if not reason.strip():
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("reason",)})
    late = late.refused(actor.id, reason.strip(), now)
    details = {"meeting": late.meeting, "role": str(role)}
    return case.moved(gate, Happened.LATE_REFUSED, actor, now, details=details, late=late)


def _asked_now(case: Case, actor: Actor, act: CaseAct) -> tuple[Transition, Late, Role] | Refusal:
    """The question that stands open, and the role in which this person is to answer it."""
    gate, late = case.gate(act, actor), case.late
    if isinstance(gate, Refusal):
        return gate
    if late is None:
        return Refusal(RefusalCode.NOT_FOUND)
    if late.awaits is None:
        what = Happened.LATE_REFUSED if late.refused_by else Happened.LATE_ACCEPTED
        by, at = (late.refused_by, late.refused_at) if late.refused_by else (late.chair, late.chair_at)
        return Refusal(RefusalCode.ALREADY, {"what": what, "by": by, "at": at})
    roles = case.roles_of(actor)
    if late.awaits not in roles and late.lead and Role.PORTFOLIO_LEAD in roles:
        return Refusal(RefusalCode.ALREADY, {"what": Happened.LATE_ACCEPTED, "by": late.lead, "at": late.lead_at})
    if late.awaits not in roles:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": act, "roles": (late.awaits,)})
    return gate, late, late.awaits

"""Rows of cases to the values of ``board`` and back, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement

from board.case import Case, LastChange
from board.case_content import Content
from board.case_outcome import state_known_to
from board.case_ports import CaseLine, WantingCase
from board.decision import Outcome
from board.documents import Document
from board.events import Happened
from board.ids import CaseId, DocumentId, MeetingId, PersonId
from board.late import Late
from board.people import Actor
from board.states import ENDED, CaseState
from board.treatment import WgOutcome
from storage import case_records as r
from storage.transaction import Row
from storage.words import search_text

_EMPTY_CONTENT = Content()
_CONTENT_FIELDS = tuple(f.name for f in fields(Content))
_DOCUMENT_FIELDS = tuple(f.name for f in fields(Document))
_LATE_FIELDS = tuple(f.name for f in fields(Late))
_LATE_TIMES = frozenset({"at", "lead_at", "chair_at", "refused_at"})

c = r.cases.c
CASE_COLUMNS: tuple[ColumnElement[Any], ...] = (
    c.id, c.rev, c.state, c.delivery_form, c.case_type, c.sub_portfolio, c.submitter, c.created_at, c.updated_at,
    c.last_what, c.last_by, c.last_at, c.content, c.documents, c.reason, c.deadline, c.exclusion, c.submitted_at,
    c.received_at, c.owner, c.owner_deputy, c.submitter_deputy, c.accepted_at, c.agenda_at, c.dispatched_at,
    c.wg_meeting, c.wg_number, c.board_meeting, c.board_number, c.board_outcome, c.decided_at, c.published_at,
    c.excluded, c.course,
)  # fmt: skip
LINE_COLUMNS: tuple[Column[Any], ...] = (
    c.id, c.rev, c.title, c.state, c.case_type, c.submitter, c.owner, c.updated_at, c.deadline, c.board_number,
    c.wg_number,
)  # fmt: skip


def case_from(row: Row) -> Case:
    (id_, rev, state, form, case_type, sub, submitter, created, updated, what, by, at, content, documents, *rest) = row
    reason, deadline, exclusion, submitted_at, received_at, owner, owner_deputy, submitter_deputy, *way = rest
    accepted_at, agenda_at, dispatched_at, wg_meeting, wg_number, board_meeting, board_number, *end = way
    board_outcome, decided_at, published_at, excluded, course = end
    return Case(
        id=CaseId(id_),
        rev=rev,
        state=CaseState(state),
        delivery_form=form,
        case_type=case_type,
        sub_portfolio=sub,
        submitter=PersonId(submitter),
        created_at=created,
        updated_at=updated,
        last=LastChange(Happened(what), PersonId(by), at),
        content=Content(**content),
        documents=tuple(_document_from(d) for d in documents),
        reason=reason,
        deadline=deadline,
        exclusion=exclusion,
        submitted_at=submitted_at,
        received_at=received_at,
        owner=_person_id(owner),
        owner_deputy=_person_id(owner_deputy),
        submitter_deputy=_person_id(submitter_deputy),
        accepted_at=accepted_at,
        agenda_at=agenda_at,
        dispatched_at=dispatched_at,
        wg_meeting=_meeting_id(wg_meeting),
        wg_number=wg_number,
        board_meeting=_meeting_id(board_meeting),
        board_number=board_number,
        board_outcome=Outcome(board_outcome) if board_outcome else None,
        decided_at=decided_at,
        published_at=published_at,
        excluded=frozenset(PersonId(person) for person in excluded),
        **_course_from(course),
    )


def case_values(case: Case) -> dict[str, Any]:
    content = case.content
    return {
        "id": case.id,
        "rev": case.rev,
        "state": case.state.value,
        "alive": int(case.state not in ENDED),
        "title": content.title,
        "case_type": case.case_type,
        "submitter": case.submitter,
        "owner": case.owner,
        "updated_at": case.updated_at,
        "deadline": case.deadline,
        "submitted_at": case.submitted_at,
        "received_at": case.received_at,
        "created_at": case.created_at,
        "delivery_form": case.delivery_form,
        "sub_portfolio": case.sub_portfolio,
        "last_what": case.last.what.value,
        "last_by": case.last.by,
        "last_at": case.last.at,
        "exclusion": case.exclusion,
        "search": search_text(
            content.title, content.project_ref, case.board_number, case.wg_number, *case.earlier_numbers
        ),
        "reason": case.reason,
        "wanted_meeting": content.wanted_meeting,
        "owner_deputy": case.owner_deputy,
        "submitter_deputy": case.submitter_deputy,
        "accepted_at": case.accepted_at,
        "agenda_at": case.agenda_at,
        "dispatched_at": case.dispatched_at,
        "wg_meeting": case.wg_meeting,
        "wg_number": case.wg_number,
        "board_meeting": case.board_meeting,
        "board_number": case.board_number,
        "board_outcome": case.board_outcome.value if case.board_outcome else None,
        "decided_at": case.decided_at,
        "published_at": case.published_at,
        "for_chair": int(case.late is not None or case.agenda_at is not None),
        "excluded": sorted(case.excluded),
        "course": _course_values(case),
        "documents": [_document_values(d) for d in case.documents],
        "content": _content_values(content),
    }


def line_from(row: Row, actor: Actor | None = None) -> CaseLine:
    """``actor``: whose list it is, where it may hold what was decided and not published."""
    id_, rev, title, state, case_type, submitter, owner, updated_at, deadline, board_number, wg_number = row
    who, number = (PersonId(submitter), _person_id(owner)), board_number or wg_number
    known = state_known_to(CaseState(state), actor).value if actor else state
    return CaseLine(CaseId(id_), rev, title, known, case_type, *who, updated_at, deadline, number)


def wanting_from(row: Row) -> WantingCase:
    id_, meeting, state, submitter, owner = row
    return WantingCase(CaseId(id_), MeetingId(meeting), CaseState(state), PersonId(submitter), _person_id(owner))


def _person_id(value: str | None) -> PersonId | None:
    return PersonId(value) if value else None


def _meeting_id(value: str | None) -> MeetingId | None:
    return MeetingId(value) if value else None


def _content_values(content: Content) -> dict[str, Any]:
    """Only what was answered: most of a draft is empty."""
    values = {name: getattr(content, name) for name in _CONTENT_FIELDS}
    kept = {k: v for k, v in values.items() if v != getattr(_EMPTY_CONTENT, k)}
    if content.unread:
        kept["unread"] = dict(content.unread)
    return kept


def _course_values(case: Case) -> dict[str, Any]:
    """Only what there is: most cases have not come so far."""
    values = {
        "wg_outcome": case.wg_outcome.value if case.wg_outcome else None,
        "wg_remarks": case.wg_remarks,
        "statements_due": case.statements_due,
        "earlier_numbers": list(case.earlier_numbers),
        "late": _late_values(case.late) if case.late else None,
    }
    return {name: value for name, value in values.items() if value}


def _course_from(values: Mapping[str, Any]) -> dict[str, Any]:
    course = dict(values)
    if "wg_outcome" in course:
        course["wg_outcome"] = WgOutcome(course["wg_outcome"])
    if "statements_due" in course:
        course["statements_due"] = date.fromisoformat(course["statements_due"])
    if "earlier_numbers" in course:
        course["earlier_numbers"] = tuple(course["earlier_numbers"])
    if "late" in course:
        course["late"] = _late_from(course["late"])
    return course


def _late_values(late: Late) -> dict[str, Any]:
    values = {name: getattr(late, name) for name in _LATE_FIELDS}
    return {name: value for name, value in values.items() if value is not None}


def _late_from(values: Mapping[str, Any]) -> Late:
    times = {name: datetime.fromisoformat(value) for name, value in values.items() if name in _LATE_TIMES}
    return Late(**{**values, **times})


def _document_values(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


def _document_from(values: Mapping[str, Any]) -> Document:
    ids = {"id": DocumentId(values["id"]), "by": PersonId(values["by"]), "at": datetime.fromisoformat(values["at"])}
    until = values.get("exempt_until")
    return Document(**{**values, **ids, "exempt_until": date.fromisoformat(until) if until else None})

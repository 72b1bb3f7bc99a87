"""Rows to the values of ``board`` and back, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement

from board.case import Case, Document, LastChange
from board.case_content import Content
from board.delivery import Address, Copy
from board.events import Event, Happened
from board.ids import CaseId, DocumentId, MeetingId, OrganisationId, PersonId, channel_recipient, is_channel
from board.people import Person
from board.ports import CaseLine, WantingCase
from board.states import ENDED, CaseState
from storage import records as r
from storage.transaction import Row
from storage.words import search_text

_EMPTY_CONTENT = Content()
_CONTENT_FIELDS = tuple(f.name for f in fields(Content))

c = r.cases.c
CASE_COLUMNS: tuple[ColumnElement[Any], ...] = (
    c.id, c.rev, c.state, c.delivery_form, c.case_type, c.sub_portfolio, c.submitter, c.created_at, c.updated_at,
    c.last_what, c.last_by, c.last_at, c.content, c.documents, c.reason, c.deadline, c.exclusion, c.submitted_at,
    c.received_at, c.owner, c.owner_deputy, c.submitter_deputy,
)  # fmt: skip
LINE_COLUMNS: tuple[Column[Any], ...] = (
    c.id, c.rev, c.title, c.state, c.case_type, c.submitter, c.owner, c.updated_at, c.deadline,
)  # fmt: skip
PERSON_COLUMNS: tuple[ColumnElement[Any], ...] = (
    r.people.c.id, r.people.c.name, r.people.c.email, r.people.c.organisation, r.people.c.language,
)  # fmt: skip


def case_from(row: Row) -> Case:
    (id_, rev, state, form, case_type, sub, submitter, created, updated, what, by, at, content, documents, *rest) = row
    reason, deadline, exclusion, submitted_at, received_at, *who = rest
    owner, owner_deputy, submitter_deputy = map(_person_id, who)
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
        owner=owner,
        owner_deputy=owner_deputy,
        submitter_deputy=submitter_deputy,
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
        "search": search_text(content.title, content.project_ref),
        "reason": case.reason,
        "wanted_meeting": content.wanted_meeting,
        "owner_deputy": case.owner_deputy,
        "submitter_deputy": case.submitter_deputy,
        "documents": [_document_values(d) for d in case.documents],
        "content": _content_values(content),
    }


def line_from(row: Row) -> CaseLine:
    id_, rev, title, state, case_type, submitter, owner, updated_at, deadline = row
    owner_id = PersonId(owner) if owner is not None else None
    return CaseLine(CaseId(id_), rev, title, state, case_type, PersonId(submitter), owner_id, updated_at, deadline)


def wanting_from(row: Row) -> WantingCase:
    id_, meeting, state, submitter, owner = row
    return WantingCase(CaseId(id_), MeetingId(meeting), CaseState(state), PersonId(submitter), _person_id(owner))


def person_from(row: Row) -> Person:
    id_, name, email, organisation, language = row
    return Person(PersonId(id_), name, email, OrganisationId(organisation) if organisation else None, language)


def event_from(row: Row) -> Event:
    at, by, what, object_id, rev, from_state, to_state, reason, details = row
    return Event(Happened(what), object_id, at, PersonId(by), rev, from_state, to_state, reason, details)


def address_from(row: Row) -> Address | None:
    """None where the row is the empty side of an outer join."""
    channel, tenant, service_url, conversation, scope, bot, team = row
    if channel is None:
        return None
    return Address(channel, tenant, service_url, conversation, scope, bot, team)


def address_values(address: Address) -> dict[str, Any]:
    return {name: getattr(address, name) for name in ADDRESS_FIELDS}


ADDRESS_FIELDS = tuple(f.name for f in fields(Address))


def copy_values(copy: Copy, now: datetime) -> dict[str, Any]:
    return {
        **address_values(copy.address),
        "message_id": copy.message_id,
        "person_id": copy.person,
        "kind": copy.kind,
        "object_id": copy.object_id,
        "rev": copy.rev,
        "lane": lane_of(copy),
        "at": now,
        "part": copy.part,
    }


def lane_of(copy: Copy) -> str:
    """A personal chat is the same lane as what is to be sent to that person."""
    if copy.address.scope == "personal":
        return lane_to(copy.person)
    return lane_to(channel_recipient(copy.address.channel, copy.address.conversation))


def lane_to(recipient: PersonId) -> str:
    if is_channel(recipient):
        return f"c:{recipient.removeprefix('channel:')}"
    return f"p:{recipient}"


def _person_id(value: str | None) -> PersonId | None:
    return PersonId(value) if value else None


def _content_values(content: Content) -> dict[str, Any]:
    """Only what was answered: most of a draft is empty."""
    values = {name: getattr(content, name) for name in _CONTENT_FIELDS}
    kept = {k: v for k, v in values.items() if v != getattr(_EMPTY_CONTENT, k)}
    if content.unread:
        kept["unread"] = dict(content.unread)
    return kept


def _document_values(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


def _document_from(values: Mapping[str, Any]) -> Document:
    ids = {"id": DocumentId(values["id"]), "by": PersonId(values["by"]), "at": datetime.fromisoformat(values["at"])}
    return Document(**{**values, **ids})


_DOCUMENT_FIELDS = tuple(f.name for f in fields(Document))

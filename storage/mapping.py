"""Rows to the values of ``board`` and back, by hand; those of a case are in ``storage.case_mapping``."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from board.delivery import Address, Copy
from board.events import Event, Happened
from board.ids import OrganisationId, PersonId, channel_recipient, is_channel
from board.people import Person
from storage import records as r
from storage.transaction import Row

PERSON_COLUMNS: tuple[ColumnElement[Any], ...] = (
    r.people.c.id, r.people.c.name, r.people.c.email, r.people.c.organisation, r.people.c.language,
)  # fmt: skip


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

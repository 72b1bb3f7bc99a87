"""People, organisations and the roles they hold for a body from a date to a date (mandatet § 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board.ids import OrganisationId, PersonId


class Body(StrEnum):
    BOARD = "board"
    WORKING_GROUP = "wg"
    OFFICE = "office"


class Role(StrEnum):
    CHAIR = "chair"
    MEMBER = "member"
    DEPUTY = "deputy"
    PORTFOLIO_LEAD = "portfolio_lead"
    OFFICE = "office"
    WG_MEMBER = "wg_member"
    EMPLOYEE_REP = "employee_rep"
    PROJECT_OWNER = "project_owner"
    SUBMITTER = "submitter"
    BENEFIT_OWNER = "benefit_owner"
    OBSERVER = "observer"
    ARCHIVIST = "archivist"
    ADMIN = "admin"


BODY_OF = {
    Role.CHAIR: Body.BOARD,
    Role.MEMBER: Body.BOARD,
    Role.DEPUTY: Body.BOARD,
    Role.OBSERVER: Body.BOARD,
    Role.PROJECT_OWNER: Body.BOARD,
    Role.SUBMITTER: Body.BOARD,
    Role.BENEFIT_OWNER: Body.BOARD,
    Role.PORTFOLIO_LEAD: Body.WORKING_GROUP,
    Role.WG_MEMBER: Body.WORKING_GROUP,
    Role.EMPLOYEE_REP: Body.WORKING_GROUP,
    Role.OFFICE: Body.OFFICE,
    Role.ARCHIVIST: Body.OFFICE,
    Role.ADMIN: Body.OFFICE,
}
"""The body a role is held for where an import names none."""

HANDLERS = frozenset({Role.OFFICE, Role.PORTFOLIO_LEAD})
"""Those who receive cases and hand them on: the office and its lead (mandatet § 5)."""


WORKING_GROUP = frozenset({Role.PORTFOLIO_LEAD, Role.WG_MEMBER, Role.EMPLOYEE_REP})
"""Those who treat every case before the board (mandatet § 5)."""

BOARD = frozenset({Role.CHAIR, Role.MEMBER, Role.DEPUTY, Role.OBSERVER})
"""Those who get the board's papers (mandatet § 5, § 7)."""


@dataclass(frozen=True, slots=True)
class Organisation:
    id: OrganisationId
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """``language`` is ``nb``, ``nn`` or ``en``. A guest holds no role and is in no register."""

    id: PersonId
    name: str
    email: str = ""
    organisation: OrganisationId | None = None
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account in a channel, from the authenticated envelope: the only thing that says who acts."""

    channel: str
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class Holding:
    """``person`` holds ``role`` for ``body``, both days included; ``until`` None means until further notice."""

    person: PersonId
    role: Role
    body: Body
    since: date
    until: date | None = None
    deputy_for: PersonId | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as judged on the day of the act: only ``person.id`` and ``roles`` decide anything."""

    person: Person
    roles: frozenset[Role] = frozenset()

    @property
    def id(self) -> PersonId:
        return self.person.id

    @property
    def is_handler(self) -> bool:
        return bool(self.roles & HANDLERS)

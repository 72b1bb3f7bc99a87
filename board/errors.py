"""A refusal is a value with a code and parameters: the words for people live in ``cards``.

An exception out of ``board`` is a bug, never an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RefusalCode(StrEnum):
    NOT_FOUND = "not_found"
    """No such object, or not for this person to know of."""
    NOT_ALLOWED = "not_allowed"
    """The person has not the role that the act asks for."""
    ALREADY = "already"
    """The object has moved on; ``what``, ``by`` and ``at`` tell how."""
    STALE = "stale"
    """The button shows an older revision than the one stored."""
    INCOMPLETE = "incomplete"
    """Fields or documents are missing; all of them are named at once."""
    OUT_OF_SCOPE = "out_of_scope"
    """An exclusion of the mandate stops the intake."""
    REASON_NEEDED = "reason_needed"
    DEADLINE_NEEDED = "deadline_needed"
    DEADLINE_PASSED = "deadline_passed"
    EXCLUSION_NEEDED = "exclusion_needed"
    UNKNOWN_CHOICE = "unknown_choice"
    """A value that the mandate file does not offer; ``fields`` names them."""
    TOO_LONG = "too_long"
    OWNER_UNFIT = "owner_unfit"
    """The project owner named is not in the register, or is the submitter and no project owner there."""
    DOCUMENT_UNKNOWN = "document_unknown"
    DOCUMENT_LIMIT = "document_limit"
    ADDRESS_REFUSED = "address_refused"
    TIME_PASSED = "time_passed"
    """The time that was given is over already."""
    TIME_TAKEN = "time_taken"
    """The body has a meeting at that time; ``meeting`` is its id."""
    DEPUTY_UNFIT = "deputy_unfit"
    """The deputy named is not in the register, is the person, or may not hold this duty."""
    LAST_DAY = "last_day"
    """The duty is due today or earlier: it cannot wait until tomorrow."""
    MEMBERS_ONLY = "members_only"
    """The mandate file does not let guests submit."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act had no effect. ``paragraph`` cites the mandate, e.g. ``"§ 3"``, where a rule of it refused."""

    code: RefusalCode
    params: Mapping[str, object] = field(default_factory=dict)
    paragraph: str = ""

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
    NOT_BEGUN = "not_begun"
    """The meeting at which it was to be done has not begun; ``at`` is when it does."""
    MEETING_UNFIT = "meeting_unfit"
    """The meeting is not of the body that is meant, was cancelled or is over."""
    STATEMENTS_CLOSED = "statements_closed"
    """The last day for statements has passed; ``deadline`` is it."""
    UNTREATED = "untreated"
    """The working group's minutes cannot be finished: ``cases`` are still to be treated."""
    WG_TREATMENT = "gate_wg_treatment"
    """No board agenda without a treatment in the working group; ``case``."""
    WG_MINUTES = "gate_wg_minutes"
    """Minutes of working-group meetings that treated cases of the pack are missing; ``meetings``."""
    PREVIOUS_MINUTES = "gate_previous_minutes"
    TEN_DAYS = "gate_ten_days"
    """The last day for the pack, ``deadline``, is over; the chair may grant a dispensation."""
    AGENDA_APPROVAL = "gate_agenda_approval"
    """There is no agenda, or the chair has not approved it."""
    DOCUMENTS = "gate_documents"
    """Documents are missing, and no reason is given; ``cases``."""
    LATE = "gate_late"
    """The case came too late for the meeting, and not both the portfolio lead and the chair have accepted that."""
    NOTHING_NEW = "nothing_new"
    """The pack that is out says the same already."""
    NOT_READY = "not_ready"
    """It is being made, and will be there in a moment."""
    NOT_SENT = "not_sent"
    """The papers of the meeting have not been sent yet."""
    CONFLICTED = "conflicted"
    """The person is inhabil in a case that the act would cover: somebody else must do it."""
    MEMBERS_ONLY = "members_only"
    """The mandate file does not let guests submit."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act had no effect. ``paragraph`` cites the mandate, e.g. ``"§ 3"``, where a rule of it refused."""

    code: RefusalCode
    params: Mapping[str, object] = field(default_factory=dict)
    paragraph: str = ""

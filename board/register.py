"""The register of the board's decisions: what stands in it, what is asked of it, and who may find what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final, Protocol

from board.case import Case
from board.case_content import Content
from board.decision import Decision, Outcome
from board.ids import CaseId, MeetingId
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Role

INSIDERS: Final = BOARD | WORKING_GROUP | HANDLERS
"""Those to whom every case that was decided had been sent before (mandatet § 5, § 7)."""
KEEPERS: Final = HANDLERS | {Role.CHAIR}
"""Those who see a decision before it is published."""


class Status(StrEnum):
    """What a decision can be looked up by beside its outcome."""

    ADOPTED = "adopted"
    """As proposed, amended or with conditions."""
    AMENDED = "adopted_amended"
    WITH_CONDITIONS = "adopted_with_conditions"
    REJECTED = "rejected"
    POSTPONED = "postponed"
    SENT_BACK = "sent_back"
    NOTED = "noted"
    DISCUSSED = "discussed"
    WITHDRAWN = "withdrawn"
    UNPUBLISHED = "unpublished"
    PROVISIONAL = "provisional"
    """Published; the minutes are not approved yet."""
    FINAL = "final"
    OPEN_FOLLOW_UP = "open_follow_up"
    """A condition that was set with it is not reported done."""


class Sees(IntEnum):
    """How much of a decision somebody may see."""

    NOTHING = 0
    OPEN = 1
    """What is public: its public title, never the case's own, nor the project."""
    ALL = 2


class CaseFacts(Protocol):
    """What the register takes from the case."""

    @property
    def content(self) -> Content: ...
    @property
    def case_type(self) -> str: ...
    @property
    def wg_number(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A decision of the board as the register has it. ``wg_number`` is that of the case in the working group.

    ``exempt``: kept from the public (offentleglova). ``minutes_approved``: those of the meeting. ``open_follow_ups``:
    a condition is not reported done.
    """

    case: CaseId
    meeting: MeetingId
    decided_on: date
    outcome: Outcome
    number: str = ""
    wg_number: str = ""
    title: str = ""
    public_title: str = ""
    text: str = ""
    conditions: str = ""
    project_ref: str = ""
    case_type: str = ""
    published: bool = False
    minutes_approved: bool = False
    exempt: bool = False
    open_follow_ups: bool = False

    @property
    def id(self) -> str:
        """One decision per case and meeting."""
        return f"{self.case}:{self.meeting}"

    @property
    def is_open(self) -> bool:
        """Whether anybody may see it: published, not exempt, and its minutes approved (mandatet § 7)."""
        return self.published and self.minutes_approved and not self.exempt

    @property
    def statuses(self) -> frozenset[Status]:
        found = {Status(self.outcome.value)}
        if self.outcome in (Outcome.ADOPTED_AMENDED, Outcome.ADOPTED_WITH_CONDITIONS):
            found.add(Status.ADOPTED)
        if not self.published:
            found.add(Status.UNPUBLISHED)
        else:
            found.add(Status.FINAL if self.minutes_approved else Status.PROVISIONAL)
        if self.open_follow_ups:
            found.add(Status.OPEN_FOLLOW_UP)
        return frozenset(found)


def entry_of(
    decision: Decision, case: CaseFacts, day: date, *, minutes_approved: bool, open_follow_ups: bool
) -> RegisterEntry:
    """A decision on a case as the register has it. ``day`` is the meeting's.

    An open case without a public title is called by its own; an exempt one is not seen by the public at all.
    """
    if decision.case is None:
        raise ValueError(f"item {decision.item} of {decision.meeting} is no case: it is not in the register")
    content = case.content
    return RegisterEntry(
        case=decision.case,
        meeting=decision.meeting,
        decided_on=day,
        outcome=decision.outcome,
        number=decision.number,
        wg_number=case.wg_number,
        title=content.title,
        public_title=content.public_title or content.title,
        text=decision.text,
        conditions="\n".join(condition.text for condition in decision.conditions),
        project_ref=content.project_ref,
        case_type=case.case_type,
        published=decision.is_published,
        minutes_approved=minutes_approved,
        exempt=content.classification == "exempt",
        open_follow_ups=open_follow_ups,
    )


def sees(actor: Actor, entry: RegisterEntry, case: Case) -> Sees:
    """How much of a decision on ``case`` this person may see. The register's searches give what this says."""
    if actor.id in case.excluded:
        return Sees.NOTHING
    insider = bool(actor.roles & INSIDERS) or case.may_be_seen_by(actor)
    if insider and (entry.published or actor.roles & KEEPERS):
        return Sees.ALL
    return Sees.OPEN if entry.is_open else Sees.NOTHING


@dataclass(frozen=True, slots=True)
class Number:
    """A case's number as it is asked for: «065-2014», «sak 65», «AU 3-2026». ``year`` None: of any year."""

    seq: int
    year: int | None = None
    of_group: bool = False


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What is looked for; all of it must fit, and nothing asked is the latest of all. Both days are included.

    ``words`` are as they were written: the register knows their forms.
    """

    words: tuple[str, ...] = ()
    number: Number | None = None
    project: str = ""
    statuses: tuple[Status, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == RegisterQuery()


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the register a page ended; the next one begins behind it."""

    day: date
    no: int


@dataclass(frozen=True, slots=True)
class RegisterHit:
    """A decision as somebody may see it. ``title`` is the public one where no more is theirs to see."""

    entry: RegisterEntry
    title: str
    sees: Sees
    place: Place


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Newest first. ``more``: there are further ones behind this place.

    ``looked_back_to`` is set where the search was ended before it had seen everything: it has looked through the
    decisions back to that day, and goes on behind ``more``.
    """

    hits: tuple[RegisterHit, ...] = ()
    more: Place | None = None
    looked_back_to: date | None = None

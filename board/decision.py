"""What a meeting decided under each item of its agenda (``process.md``, outcomes; Noark 5 for the codes).

One record an item and meeting. It may be recorded anew until it is published; after that only the minutes correct it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from board.agenda import ItemKind
from board.case_content import MAX_LINE, MAX_TEXT
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, ItemId, MeetingId, PersonId

MAX_CONDITIONS: Final = 12


class Outcome(StrEnum):
    ADOPTED = "adopted"
    ADOPTED_AMENDED = "adopted_amended"
    ADOPTED_WITH_CONDITIONS = "adopted_with_conditions"
    REJECTED = "rejected"
    POSTPONED = "postponed"
    SENT_BACK = "sent_back"
    NOTED = "noted"
    """An orientation was taken note of."""
    DISCUSSED = "discussed"
    WITHDRAWN = "withdrawn"
    """The case leaves the agenda without being treated (utgår)."""


NOARK: Final = {
    **dict.fromkeys(Outcome, "BE"),
    Outcome.POSTPONED: "UT",
    Outcome.SENT_BACK: "TB",
    Outcome.WITHDRAWN: "UTGÅR",
}
"""The code of each in the archive: behandlet, utsatt, tilbakesendt; one that leaves the agenda has none in Noark 5."""
LEAVES: Final = (Outcome.POSTPONED, Outcome.SENT_BACK, Outcome.WITHDRAWN)
"""The case leaves the agenda, and nothing of it is settled: that can be said also of one whose papers were not sent."""
OUTCOMES: Final[dict[ItemKind, tuple[Outcome, ...]]] = {
    ItemKind.AGENDA: (Outcome.ADOPTED, Outcome.ADOPTED_AMENDED),
    ItemKind.MINUTES: (),
    ItemKind.FOLLOW_UP: (Outcome.NOTED,),
    ItemKind.DECISION: (
        *(Outcome.ADOPTED, Outcome.ADOPTED_AMENDED, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.REJECTED),
        *LEAVES,
    ),
    ItemKind.DISCUSSION: (Outcome.DISCUSSED, *LEAVES),
    ItemKind.ORIENTATION: (Outcome.NOTED, *LEAVES),
    ItemKind.OTHER: (Outcome.NOTED, Outcome.DISCUSSED),
}
"""What may be recorded under an item. The approval of minutes is concluded by the chair, and recorded by that."""
SETTLES: Final = frozenset(
    {Outcome.ADOPTED, Outcome.ADOPTED_AMENDED, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.REJECTED}
)
"""Outcomes that have a decision text of their own."""
_AS_PROPOSED: Final = {Outcome.ADOPTED: True, Outcome.ADOPTED_AMENDED: False}
"""Whether the text is the proposal's, where there was one."""
NEEDS_TEXT: Final = SETTLES | {Outcome.POSTPONED, Outcome.SENT_BACK}


@dataclass(frozen=True, slots=True)
class Condition:
    """What was asked for with the decision: it becomes a follow-up of ``owner``'s, due on a day."""

    text: str
    owner: PersonId
    due: date


@dataclass(frozen=True, slots=True)
class Decision:
    """``proposal`` is what the case paper proposed, ``text`` what was decided; ``number`` the case's, "" for others.

    ``present`` are those in the room for this very item (members, or the deputies that sat for them), ``left`` those
    who went out for it. ``dissent``: those who voted against; none: unanimous. ``statement`` is the protokolltilførsel.
    ``rev`` grows by one with every change.
    """

    meeting: MeetingId
    item: ItemId
    rev: int
    kind: ItemKind
    outcome: Outcome
    recorded_by: PersonId
    recorded_at: datetime
    case: CaseId | None = None
    number: str = ""
    proposal: str = ""
    text: str = ""
    conditions: tuple[Condition, ...] = ()
    present: tuple[PersonId, ...] = ()
    left: tuple[PersonId, ...] = ()
    dissent: tuple[PersonId, ...] = ()
    statement: str = ""
    published_at: datetime | None = None
    published_by: PersonId | None = None

    @property
    def is_unanimous(self) -> bool:
        return not self.dissent

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def noark(self) -> str:
        return NOARK[self.outcome]

    def published(self, by: PersonId, now: datetime) -> Decision:
        return replace(self, rev=self.rev + 1, published_at=now, published_by=by)


def check(decision: Decision, before: Decision | None) -> Refusal | None:
    """Why it cannot be recorded like this; every field that is wrong is named at once.

    ``before`` is what stands there already.
    """
    if before is not None and before.is_published:
        told = {"what": Happened.DECISION_PUBLISHED, "by": before.published_by, "at": before.published_at}
        return Refusal(RefusalCode.ALREADY, told)
    if decision.outcome not in OUTCOMES[decision.kind]:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("outcome",)})
    long = _too_long(decision)
    if long:
        return Refusal(RefusalCode.TOO_LONG, {"fields": long})
    if missing := tuple(_missing(decision)):
        return Refusal(RefusalCode.INCOMPLETE, {"fields": missing})
    if unfit := tuple(_unfit(decision)):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": unfit})
    return None


def _missing(decision: Decision) -> Sequence[str]:
    missing = []
    if decision.outcome in NEEDS_TEXT and decision.case and not decision.text:
        missing.append("text")
    if decision.outcome is Outcome.ADOPTED_WITH_CONDITIONS and not decision.conditions:
        missing.append("conditions")
    return missing


def _unfit(decision: Decision) -> Sequence[str]:
    """Only who is in the room dissents; who left did not take part; adopted as proposed means: as proposed,
    and amended: not."""
    unfit = []
    if not set(decision.dissent) <= set(decision.present):
        unfit.append("dissent")
    as_proposed = _AS_PROPOSED.get(decision.outcome)
    if decision.proposal and as_proposed is not None and (decision.text == decision.proposal) is not as_proposed:
        unfit.append("outcome")
    if len(decision.conditions) > MAX_CONDITIONS:
        unfit.append("conditions")
    return unfit


def _too_long(decision: Decision) -> dict[str, int]:
    long = {name: MAX_TEXT for name in ("text", "statement") if len(getattr(decision, name)) > MAX_TEXT}
    if any(len(condition.text) > MAX_LINE for condition in decision.conditions):
        long["conditions"] = MAX_LINE
    return long

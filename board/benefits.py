"""Benefit checkpoints (mandatet § 2, § 4): how it goes with the benefits, some time after a project has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.case_content import MAX_TEXT
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, PersonId


class BenefitStatus(StrEnum):
    ON_TRACK = "on_track"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class BenefitReport:
    """What the benefit owner said at the checkpoint after ``months``. Sums are whole kroner a year.

    ``made``: the orientation case that it became.
    """

    case: CaseId
    months: int
    person: PersonId
    at: datetime
    status: BenefitStatus
    text: str
    expected: int | None = None
    realised: int | None = None
    made: CaseId | None = None


def report_refusal(status: BenefitStatus | None, text: str) -> Refusal | None:
    """All that is missing at once."""
    missing = tuple(name for name, there in (("status", status), ("text", text.strip())) if not there)
    if missing:
        return Refusal(RefusalCode.INCOMPLETE, {"fields": missing, "unread": (), "documents": ()})
    return Refusal(RefusalCode.TOO_LONG, {"fields": {"text": MAX_TEXT}}) if len(text) > MAX_TEXT else None

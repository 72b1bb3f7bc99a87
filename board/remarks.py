"""The remarks round on minutes: who answered what, and what came of each remark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from board.case_content import MAX_TEXT
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId, PersonId, RemarkId


class RemarkClass(StrEnum):
    EDITORIAL = "editorial"
    """The office may take it in."""
    SUBSTANTIVE = "substantive"
    """Only the meeting decides."""


class RemarkState(StrEnum):
    OPEN = "open"
    STAGED = "staged"
    """The meeting takes it in when it concludes *approved with corrections*."""
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wants changed. ``section`` is where, "" for the whole. ``new_text``: what that section becomes."""

    id: RemarkId
    meeting: MeetingId
    version: int
    person: PersonId
    cls: RemarkClass
    text: str
    at: datetime
    section: str = ""
    state: RemarkState = RemarkState.OPEN
    new_text: str = ""
    ruled_by: PersonId | None = None
    ruled_at: datetime | None = None
    note: str = ""
    taken_in: int | None = None
    """The version that has it."""

    @property
    def is_open(self) -> bool:
        return self.state is RemarkState.OPEN

    def ruled(self, state: RemarkState, by: PersonId, now: datetime, **values: object) -> Remark:
        after = {"state": state, "ruled_by": by, "ruled_at": now, **values}
        return replace(self, **after)  # type: ignore[arg-type]  # the callers name fields of Remark


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """*Ingen merknad* or *merknad* in the round; a person's latest answer counts."""

    meeting: MeetingId
    person: PersonId
    version: int
    remarked: bool
    at: datetime


def remark_refusal(text: str) -> Refusal | None:
    if not text.strip():
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("remark",)})
    return Refusal(RefusalCode.TOO_LONG, {"fields": {"remark": MAX_TEXT}}) if len(text) > MAX_TEXT else None

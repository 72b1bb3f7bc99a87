"""What is asked for of minutes. ``rev``: the revision the button showed; None where words asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.approval import Conclusion, Said
from board.editable import Section
from board.ids import MeetingId, RemarkId
from board.minutes_text import Source
from board.remarks import RemarkClass


@dataclass(frozen=True, slots=True)
class DraftMinutes:
    """``sections``: the record in the board's language, as ``cards`` words it."""

    meeting: MeetingId
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class EditMinutes:
    """``version``: the one that was edited; another one in between refuses. ``source``: chat or Word."""

    meeting: MeetingId
    version: int
    texts: Mapping[str, str]
    source: Source = Source.CHAT


@dataclass(frozen=True, slots=True)
class CirculateMinutes:
    meeting: MeetingId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class NoRemark:
    meeting: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class GiveRemark:
    meeting: MeetingId
    version: int
    cls: RemarkClass
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class AcceptRemark:
    """The office takes an editorial remark in; at the meeting the facilitator stages a substantive one.

    ``new_text``: what the section becomes. ``version``: the text it was written over; where the section reads otherwise
    by now, that refuses. None: whatever stands there.
    """

    remark: RemarkId
    section: str
    new_text: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RefuseRemark:
    remark: RemarkId
    note: str


@dataclass(frozen=True, slots=True)
class ApproveMinutes:
    """An answer at the meeting, to the very text of ``digest``."""

    meeting: MeetingId
    digest: str
    said: Said
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConcludeMinutes:
    meeting: MeetingId
    result: Conclusion
    digest: str = ""


@dataclass(frozen=True, slots=True)
class CorrectMinutes:
    """After approval, with a reason. ``version``: the text that it was written over."""

    meeting: MeetingId
    texts: Mapping[str, str]
    reason: str
    version: int | None = None

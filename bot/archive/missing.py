"""What an archive lacks, by code: the words are in ``cards.archive_texts``."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class MissingCode(StrEnum):
    SUMMONS = "no_summons"
    AGENDA = "no_agenda"
    PUBLIC_AGENDA = "no_public_agenda"
    CASE_PAPER = "no_case_paper"
    CASE_RECORD = "no_case_record"
    MINUTES = "no_minutes"
    MINUTES_NOT_LOCKED = "minutes_not_locked"
    WG_MINUTES_NOT_APPROVED = "wg_minutes_not_approved"
    MEETING_NOT_CLOSED = "meeting_not_closed"
    CASE_WITHOUT_NUMBER = "case_without_number"
    NO_DOCUMENT = "no_document"
    LINK_ONLY = "link_only"
    FILE_NOT_STORED = "file_not_stored"
    FILE_CHANGED = "file_changed"
    NO_ARCHIVE_FORMAT = "no_archive_format"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing. ``meeting`` and ``case`` are their numbers; ``what`` names the document, never an exempt title."""

    code: MissingCode
    meeting: str
    case: str = ""
    what: str = ""

    def as_data(self) -> dict[str, str]:
        """For another program."""
        return {key: str(value) for key, value in asdict(self).items()}

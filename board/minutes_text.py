"""The text of minutes: versions that never change, each bound to its digest, and what an edit may touch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId, PersonId

MAX_SECTION: Final = 20_000


class Source(StrEnum):
    """Where a version came from."""

    RECORD = "record"
    CHAT = "chat"
    WORD = "word"
    REMARK = "remark"
    APPROVAL = "approval"
    """Corrections that the meeting took in when it approved."""
    CORRECTION = "correction"
    """After approval."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text, never changed. ``corrects`` is the approved version it points back to, with a ``reason``."""

    meeting: MeetingId
    version: int
    sections: tuple[Section, ...]
    by: PersonId
    at: datetime
    source: Source
    reason: str = ""
    corrects: int | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text: what an answer to this very version is bound to."""
        return digest_of(self.sections)

    def opened(self, section_id: str) -> Version:
        """With this section editable: the meeting that approves may correct what nobody else words anew."""
        opened = (replace(one, editable=True) if one.id == section_id else one for one in self.sections)
        return replace(self, sections=tuple(opened))

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)


def digest_of(sections: Sequence[Section]) -> str:
    told = [[s.id, s.heading, s.text, s.editable] for s in sections]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def edited(version: Version, texts: Mapping[str, str]) -> tuple[Section, ...] | Refusal:
    """The sections with new texts. Facts are not worded anew, and no section comes or goes."""
    known = {section.id: section for section in version.sections}
    if unknown := tuple(sorted(set(texts) - set(known))):
        return Refusal(RefusalCode.SECTION_LOCKED, {"sections": unknown})
    if locked := tuple(i for i, text in texts.items() if not known[i].editable and text != known[i].text):
        return Refusal(RefusalCode.SECTION_LOCKED, {"sections": locked})
    if any(len(text) > MAX_SECTION for text in texts.values()):
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"text": MAX_SECTION}})
    return tuple(replace(s, text=texts.get(s.id, s.text)) for s in version.sections)

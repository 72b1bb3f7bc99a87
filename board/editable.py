"""A text that people edit section by section, in chat or in Word, and that is compared section by section."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """``text`` is plain paragraphs, one a line. One that is not ``editable`` is a fact that nobody words anew.

    ``level``: 1 for a part of the text, 2 for a part of the one before it; only how it is shown.
    """

    id: str
    heading: str
    text: str
    editable: bool = True
    level: int = 1


@dataclass(frozen=True, slots=True)
class EditableDocument:
    """``object_id`` and ``version`` say which text it is, ``digest`` that it is that very text."""

    object_id: str
    version: int
    digest: str
    language: str
    title: str
    sections: tuple[Section, ...]

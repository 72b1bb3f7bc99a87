"""What the cards about minutes are drawn from: one reader's view of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from board.editable import Section
from board.ids import PersonId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.minutes_text import Version
from board.people import Actor, Person
from board.remarks import Remark, RoundAnswer


@dataclass(frozen=True, slots=True)
class MinutesView:
    """``sections`` are those that are there for the reader; ``left_out``: some are not. ``text``: None for a filed PDF.

    ``takes_remarks``: the round is open today. ``asked``: everybody in the round, for those who write the minutes.
    """

    meeting: Meeting
    minutes: Minutes
    text: Version | None
    sections: tuple[Section, ...]
    people: Mapping[PersonId, Person]
    reader: Actor
    today: date
    remarks: tuple[Remark, ...] = ()
    answers: tuple[RoundAnswer, ...] = ()
    asked: tuple[PersonId, ...] = ()
    may_remark: bool = False
    takes_remarks: bool = False
    left_out: bool = False

    @property
    def object_id(self) -> str:
        return f"minutes:{self.meeting.id}"

    @property
    def writes(self) -> bool:
        """Whether the reader is one of those who write the minutes."""
        return self.reader.is_handler

    @property
    def is_draft(self) -> bool:
        return self.minutes.state is MinutesState.DRAFT

    @property
    def open_remarks(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.is_open)

    @property
    def mine(self) -> RoundAnswer | None:
        return next((one for one in self.answers if one.person == self.reader.id), None)

    def section(self, section_id: str) -> Section | None:
        return next((one for one in self.sections if one.id == section_id), None)

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else str(person or "")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was written in a section's field, and the version it was written over."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class SectionChange:
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionStep:
    """A version, and what it changed in the one before; no changes: the first."""

    version: Version
    changes: Sequence[SectionChange] = ()


@dataclass(frozen=True, slots=True)
class WordView:
    """What came back in a Word file: the changes that would be taken in, and all that would not, in words.

    ``file``: the SHA-256 of the file, which the button names. ``stopped``: why nothing of it can be taken in.
    """

    file: str
    name: str
    changes: Sequence[SectionChange] = ()
    notes: Sequence[str] = ()
    stopped: str = ""

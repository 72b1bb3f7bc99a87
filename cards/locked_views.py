"""What the card of approved minutes is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from board.editable import Section
from board.meeting import Meeting
from board.minutes import Minutes
from board.minutes_sections import Sight
from board.minutes_text import Version
from board.people import Actor


@dataclass(frozen=True, slots=True)
class LockedView:
    """``standing``: how final the text is, in words. ``before``: the version that a correction points back to."""

    minutes: Minutes
    version: Version
    meeting: Meeting
    reader: Actor
    sight: Sight
    standing: str
    before: Version | None = None

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those that are there for the reader."""
        return self.sight.of(self.version.sections)

    @property
    def changed(self) -> tuple[tuple[Section, Section], ...]:
        """What a correction changed, section by section: as it was, as it is."""
        if self.before is None:
            return ()
        pairs = ((self.before.section(one.id), one) for one in self.sections)
        return tuple((old, new) for old, new in pairs if old is not None and old.text != new.text)

    @property
    def may_correct(self) -> bool:
        return self.reader.is_handler and bool(self.minutes.sha256)

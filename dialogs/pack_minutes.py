"""What of the book of minutes a pack prints: the working group's and the last meeting's, as they stand at dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.gates import Basis
from board.ids import CaseId, ItemId, MeetingId
from board.meeting import Meeting
from board.minutes import Minutes
from board.minutes_sections import about
from board.minutes_text import Version
from board.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class PackedMinutes:
    """``numbers``: of each case that the text is about. ``approved_in``: the meeting that approved it."""

    meeting: Meeting
    minutes: Minutes
    version: Version
    cases: Mapping[ItemId, CaseId]
    numbers: Mapping[CaseId, str]
    approved_in: Meeting | None = None

    def case_of(self, section: str) -> CaseId | None:
        return about(section, self.cases)

    @property
    def firsts(self) -> frozenset[str]:
        """The first section about each case."""
        found: dict[CaseId, str] = {}
        for section in self.version.sections:
            if case := self.case_of(section.id):
                found.setdefault(case, section.id)
        return frozenset(found.values())


async def packed_minutes(basis: Basis, work: UnitOfWork) -> Mapping[MeetingId, PackedMinutes]:
    """By meeting; those that were filed as a PDF have no text."""
    held = {minutes.concluded_in for minutes in basis.finished.values() if minutes.concluded_in}
    meetings = await work.meetings.named(sorted({*basis.finished, *held}))
    found = {}
    for meeting, minutes in basis.finished.items():
        version = await work.minutes_book.version(meeting, minutes.version)
        if version is None:
            continue
        cases, numbers = await _cases(meeting, version, work)
        approved_in = meetings.get(minutes.concluded_in) if minutes.concluded_in else None
        found[meeting] = PackedMinutes(meetings[meeting], minutes, version, cases, numbers, approved_in)
    return found


async def _cases(
    meeting: MeetingId, version: Version, work: UnitOfWork
) -> tuple[Mapping[ItemId, CaseId], Mapping[CaseId, str]]:
    """The cases of the meeting's items, and the number that each had there."""
    agenda = await work.agendas.get(meeting)
    items = [item for item in agenda.items if item.case] if agenda else []
    cases = {item.id: item.case for item in items if item.case}
    known = {item.case: item.number for item in items if item.case}
    known |= {one.case: one.number for one in await work.treatments.of_meetings([meeting])}
    named = {case for section in version.sections if (case := about(section.id, cases))}
    return cases, {case: known.get(case, "") for case in named}

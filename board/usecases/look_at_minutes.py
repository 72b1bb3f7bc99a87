"""A meeting's minutes, as much of them as a person may see. That somebody else asked for them is in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from board.editable import Section
from board.errors import Refusal
from board.ids import MeetingId
from board.meeting import Meeting
from board.minutes import Minutes, minutes_object
from board.minutes_sections import Sight
from board.minutes_text import Source, Version
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RoundAnswer
from board.sitting import Sitting
from board.usecases._minutes import Kept, in_round, kept, sight_of
from board.usecases._record import refuse

DRAFTED: Final = frozenset({Source.RECORD, Source.CHAT, Source.WORD})
"""Where versions come from before the text is circulated."""
_BACK: Final = 8
"""Meetings of a body that are looked back on for minutes."""


@dataclass(frozen=True, slots=True)
class SeenMinutes:
    """``text`` has the sections that are there for the reader, None for minutes that were filed as a PDF.

    ``left_out``: whether anything was left out. ``remarks``: of what the reader may see; all of them for those who
    write the minutes, one's own for the others. ``may_remark``: whether the reader is one of those asked.
    """

    meeting: Meeting
    sitting: Sitting | None
    minutes: Minutes
    text: Version | None
    sight: Sight
    remarks: tuple[Remark, ...] = ()
    answers: tuple[RoundAnswer, ...] = ()
    may_remark: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.sight.of(self.text.sections) if self.text else ()

    @property
    def left_out(self) -> bool:
        return self.text is not None and len(self.sections) < len(self.text.sections)

    def section(self, section_id: str) -> Section | None:
        return next((one for one in self.sections if one.id == section_id), None)


async def look_at_minutes(meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> SeenMinutes | Refusal:
    found = await kept(meeting, actor, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, minutes_object(meeting), work, rules)
        return found
    return await seen(found, actor, work)


async def seen(found: Kept, actor: Actor, work: UnitOfWork) -> SeenMinutes:
    about, book = found.meeting.id, work.minutes_book
    text = await book.version(about, found.minutes.version)
    sight = await sight_of(about, text.sections if text else (), actor, work)
    remarks = await book.remarks(about) if text else ()
    answers = await book.answers(about) if text else ()
    return SeenMinutes(
        meeting=found.meeting,
        sitting=found.sitting,
        minutes=found.minutes,
        text=text,
        sight=sight,
        remarks=tuple(one for one in remarks if _shown(one, actor) and sight.shows(one.section)),
        answers=tuple(one for one in answers if actor.is_handler or one.person == actor.id),
        may_remark=await in_round(found, actor, work),
    )


def _shown(remark: Remark, actor: Actor) -> bool:
    return actor.is_handler or remark.person == actor.id


async def versions_seen(
    meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[SeenMinutes, Sequence[Version]] | Refusal:
    """Every version, oldest first. Those who did not write the draft get it as it was circulated."""
    found = await look_at_minutes(meeting, actor, work, rules)
    if isinstance(found, Refusal):
        return found
    versions = await work.minutes_book.versions(meeting)
    if actor.is_handler:
        return found, versions
    drafts = [one for one in versions if one.source in DRAFTED]
    return found, [*drafts[-1:], *(one for one in versions if one.source not in DRAFTED)]


async def latest_minutes(actor: Actor, body: Body | None, work: UnitOfWork, rules: Rules) -> Kept | None:
    """Of the last meetings, the newest minutes that the person may know of; of any body where none is named."""
    found = [
        await _latest_of(one, actor, work, rules) for one in ([body] if body else [Body.BOARD, Body.WORKING_GROUP])
    ]
    there = [one for one in found if one]
    return max(there, key=lambda one: one.meeting.starts_at, default=None)


async def _latest_of(body: Body, actor: Actor, work: UnitOfWork, rules: Rules) -> Kept | None:
    before = rules.clock.now()
    for _step in range(_BACK):
        meeting = await work.meetings.previous(body, before)
        if meeting is None:
            return None
        if (await work.minutes_book.named([meeting.id])).get(meeting.id):
            found = await kept(meeting.id, actor, work)
            if isinstance(found, Kept):
                return found
        before = meeting.starts_at
    return None

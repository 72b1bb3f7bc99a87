"""Minutes as a PDF: an address of one's own for a while. Approved ones are the locked file, made once and kept.

One who is inhabil in a case of theirs gets a print without it; the locked file is for the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from board.agenda_ports import Link
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState, minutes_object
from board.minutes_text import Version
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import kept, sight_of
from board.usecases._record import refuse
from board.usecases.open_calendar import secret_hash


@dataclass(frozen=True, slots=True)
class PdfSource:
    """What is opened: the kept file ``sha256``, or, where it is "", a print of ``text`` made now.

    ``approved_in``: the meeting that approved it. ``left_out``: whether something was left out for this reader.
    """

    meeting: Meeting
    minutes: Minutes
    sha256: str
    text: Version | None = None
    approved_in: Meeting | None = None
    left_out: bool = False


async def ask_minutes_pdf(
    meeting: MeetingId, link_hours: int, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[PdfSource, str] | Refusal:
    """What is opened, and the secret of its address for ``link_hours``."""
    found = await minutes_pdf(meeting, actor, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, minutes_object(meeting), work, rules)
        return found
    secret, until = rules.ids.secret(), rules.clock.now() + timedelta(hours=link_hours)
    await work.links.add(pdf_hash(secret), Link(actor.id, meeting, None, until))
    return found, secret


async def minutes_pdf(meeting: MeetingId, actor: Actor, work: UnitOfWork) -> PdfSource | Refusal:
    """What this person may open now."""
    found = await kept(meeting, actor, work)
    if isinstance(found, Refusal):
        return found
    minutes = found.minutes
    if minutes.state is MinutesState.FILED:
        return PdfSource(found.meeting, minutes, minutes.sha256)
    text = await work.minutes_book.version(meeting, minutes.version)
    if text is None:
        raise LookupError(f"the minutes of {meeting} have no version {minutes.version}")
    sight = await sight_of(meeting, text.sections, actor, work)
    seen = sight.of(text.sections)
    left_out = len(seen) < len(text.sections)
    if minutes.is_approved and not left_out:
        return PdfSource(found.meeting, minutes, minutes.sha256) if minutes.sha256 else Refusal(RefusalCode.NOT_READY)
    held = minutes.concluded_in
    approved_in = (await work.meetings.named([held])).get(held) if held else None
    return PdfSource(found.meeting, minutes, "", replace(text, sections=seen), approved_in, left_out)


def pdf_hash(secret: str) -> str:
    """What is kept of the secret: it opens nothing but this."""
    return secret_hash(f"minutes-pdf:{secret}")

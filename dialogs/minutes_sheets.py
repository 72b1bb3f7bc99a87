"""Minutes as they are printed: the sections of a version under the meeting's head, with how final they are."""

from __future__ import annotations

from board.clock import local_day
from board.meeting import Meeting
from board.minutes import Minutes
from board.minutes_ports import Sealing
from board.minutes_sections import HEAD, is_decision
from board.minutes_text import Version
from board.ports import Rules, UnitOfWork
from cards.documents.content import MinutesPart, MinutesSheet, Printed
from cards.formats import weekday_date
from cards.i18n import Language, _, use
from cards.templates.pack_texts import minutes_title
from dialogs.papers import head_of


async def approved_sheet(made: Sealing, work: UnitOfWork, rules: Rules) -> Printed:
    """What is locked: the approved text, whole. Errors: ``LookupError`` where the meeting is not there."""
    meetings = await work.meetings.named([m for m in (made.minutes.meeting, made.minutes.concluded_in) if m])
    return sheet_of(made.minutes, made.version, meetings[made.minutes.meeting], rules,
                    meetings.get(made.minutes.concluded_in) if made.minutes.concluded_in else None)  # fmt: skip


def sheet_of(
    minutes: Minutes, version: Version, meeting: Meeting, rules: Rules, held: Meeting | None, *, left_out: bool = False
) -> Printed:
    """``held``: the meeting that approved it, None where none has. ``left_out``: not all of it is for this reader."""
    language: Language = rules.mandate.language  # type: ignore[assignment]  # checked when the mandate file is read
    with use(language):
        return Printed(minutes_sheet(minutes, version, meeting, rules, held, left_out=left_out), language)


def minutes_sheet(
    minutes: Minutes, version: Version, meeting: Meeting, rules: Rules, held: Meeting | None, *, left_out: bool = False
) -> MinutesSheet:
    """As :func:`sheet_of`, in the language that is in use."""
    return MinutesSheet(
        head=head_of(meeting, rules.mandate, rules.clock.now()),
        name=minutes_title(meeting),
        parts=tuple(MinutesPart(s.heading, s.text, is_decision(s.id), level=s.level) for s in version.sections),
        standing=standing(minutes, version, held, left_out=left_out),
        version=version.version,
        approved=minutes.approved_version == version.version,
        tells_head=any(section.id == HEAD for section in version.sections),
    )


def standing(minutes: Minutes, version: Version, held: Meeting | None, *, left_out: bool = False) -> str:
    """How final the text is. ``held``: as :func:`sheet_of`."""
    words = [_of_version(minutes, version, held)]
    if left_out:
        words.append(_("Deler av referatet er utelatt for deg, fordi du er inhabil i saken."))
    return " ".join(words)


def _of_version(minutes: Minutes, version: Version, held: Meeting | None) -> str:
    number = version.version
    if minutes.approved_version is None or (number < minutes.approved_version and not version.corrects):
        return _("Ikke godkjent. Versjon {number}.", number=number)
    day = weekday_date(held.day if held else local_day(minutes.approved_at or minutes.at))
    approved = _("Godkjent i møtet {day}. Versjon {number}.", day=day, number=number)
    if version.corrects is None:
        return approved
    corrected = _(
        "Rettet {day}: {reason} Denne versjonen erstatter versjon {before}.",
        day=weekday_date(local_day(version.at)), reason=version.reason.rstrip(".") + ".", before=version.corrects,
    )  # fmt: skip
    return f"{approved} {corrected}"

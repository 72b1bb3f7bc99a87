"""Reads what the cards about minutes need, as much of it as the reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board.editable import Section
from board.errors import Refusal
from board.ids import MeetingId, PersonId
from board.minutes import MinutesState
from board.minutes_sections import Sight
from board.minutes_text import Version
from board.remarks import Remark
from board.usecases._minutes import kept, round_people
from board.usecases.look_at_minutes import SeenMinutes, look_at_minutes, versions_seen
from cards.message import Banner, Message
from cards.minutes_views import MinutesView, SectionChange, Typed, VersionStep
from cards.templates.minutes_card import minutes_card
from cards.templates.minutes_remarks import remark_card
from cards.templates.minutes_section import section_card
from cards.templates.minutes_texts import section_name
from cards.templates.minutes_versions import versions_card
from cards.templates.refusals import plain_refusal
from dialogs.present import refusal_note
from dialogs.room import Room


async def view_of(room: Room, meeting: MeetingId) -> MinutesView | Refusal:
    found = await look_at_minutes(meeting, room.actor, room.work, room.rules)
    return found if isinstance(found, Refusal) else await view_from(room, found)


async def view_from(room: Room, found: SeenMinutes, others: Sequence[Version] = ()) -> MinutesView:
    """``others``: versions whose writers are named too."""
    asked = await _asked(room, found)
    named: set[PersonId | None] = {*asked, *(one.person for one in found.answers), found.minutes.approved_by}
    named |= {one.by for one in (*others, *([found.text] if found.text else []))}
    named |= {person for remark in found.remarks for person in (remark.person, remark.ruled_by)}
    return MinutesView(
        meeting=found.meeting,
        minutes=found.minutes,
        text=found.text,
        sections=found.sections,
        people=await room.work.people.get(sorted(person for person in named if person)),
        reader=room.actor,
        today=room.today,
        remarks=found.remarks,
        answers=found.answers,
        asked=asked,
        may_remark=found.may_remark,
        takes_remarks=found.minutes.takes_remarks(room.now),
        left_out=found.left_out,
    )


async def _asked(room: Room, found: SeenMinutes) -> tuple[PersonId, ...]:
    """Who is in the round, for those who follow it up; the one who sent it out is not asked."""
    if not room.actor.is_handler or found.minutes.state is not MinutesState.CIRCULATED:
        return ()
    known = await kept(found.meeting.id, room.actor, room.work)
    return () if isinstance(known, Refusal) else await round_people(known, room.work, room.rules)


async def card_of(
    room: Room, meeting: MeetingId, note: Banner | None = None, why: str = "", typed: Mapping[str, str] | None = None
) -> Message:
    view = await view_of(room, meeting)
    if isinstance(view, Refusal):
        return plain_refusal(await refusal_note(room, view))
    return minutes_card(view, note, why, typed)


async def refused(
    room: Room, refusal: Refusal, meeting: MeetingId, typed: Mapping[str, str] | None = None
) -> Message:  # fmt: skip
    """The card as it is now with the reason on top and what was typed; the reason alone where there is nothing."""
    banner = await refusal_note(room, refusal)
    view = await view_of(room, meeting)
    return plain_refusal(banner) if isinstance(view, Refusal) else minutes_card(view, banner, typed=typed)


async def section_of(
    room: Room, meeting: MeetingId, section_id: str, note: Banner | None = None, typed: Typed | None = None
) -> Message:
    """``typed`` over an older version: with what others changed there meanwhile."""
    view = await view_of(room, meeting)
    if isinstance(view, Refusal):
        return plain_refusal(await refusal_note(room, view))
    section = view.section(section_id)
    if section is None:
        return minutes_card(view, note)
    between = await change_since(room, view, typed.version, section_id) if typed else None
    return section_card(view, section, note, typed, between)


async def remark_of(
    room: Room,
    view: MinutesView,
    remark: Remark,
    section_id: str = "",
    note: Banner | None = None,
    why: str = "",
    typed: Mapping[str, str] | None = None,
) -> Message:
    """``section_id``: where it is to go, when it was about the whole."""
    section = view.section(section_id or remark.section)
    since = await change_since(room, view, remark.version, remark.section)
    return remark_card(view, remark, section, note, why, typed, since)


async def change_since(room: Room, view: MinutesView, version: int, section_id: str) -> SectionChange | None:
    """What has changed in a section since that version; None where nothing has."""
    now = view.section(section_id)
    if now is None or view.text is None or version == view.text.version:
        return None
    seen = await room.work.minutes_book.version(view.meeting.id, version)
    before = seen.section(section_id) if seen else None
    return change(view.sections, before, now) if before and before.text != now.text else None


def change(sections: Sequence[Section], before: Section, after: Section) -> SectionChange:
    return SectionChange(section_name(sections, after.id), before.text, after.text)


async def versions_of(room: Room, meeting: MeetingId) -> Message:
    found = await versions_seen(meeting, room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return plain_refusal(await refusal_note(room, found))
    seen, versions = found
    steps = [VersionStep(one, changes_between(seen.sight, before, one)) for before, one in _pairs(versions)]
    return versions_card(await view_from(room, seen, versions), steps)


def _pairs(versions: Sequence[Version]) -> list[tuple[Version | None, Version]]:
    return list(zip([None, *versions[:-1]], versions, strict=True))


def changes_between(sight: Sight, before: Version | None, after: Version) -> tuple[SectionChange, ...]:
    """Of what is there for the reader."""
    known = {one.id: one for one in before.sections} if before else {}
    sections = sight.of(after.sections)
    return tuple(
        change(sections, known[one.id], one) for one in sections if one.id in known and known[one.id].text != one.text
    )

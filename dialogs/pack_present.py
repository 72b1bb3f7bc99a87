"""Reads what a card of a pack or a dispensation needs, in a few queries, and hands it to the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.agenda import Agenda
from board.case import Case
from board.conflicts import Conflict
from board.dispensation import Dispensation
from board.errors import Refusal, RefusalCode
from board.gates import Basis, changes, refusals
from board.ids import CaseId, DispensationId, MeetingId, PersonId
from board.meeting import Meeting
from board.pack import Change, Pack, PackRead, changes_since
from board.people import Person, Role
from board.usecases.pack_basis import earlier_meeting, pack_basis
from board.usecases.pack_readers import (
    Recipients,
    conflicts_in,
    left_out,
    may_read,
    recipients,
)
from cards.message import Banner, Message
from cards.pack_views import DispensationView, OfficeView, PackLine, PackView
from cards.templates.meeting_card import meeting_refusal
from cards.templates.pack_card import pack_card
from cards.templates.pack_dispensation import NOTHING, dispensation_card
from cards.templates.pack_gates import NOTHING_TYPED, Typed
from cards.templates.refusals import plain_refusal
from dialogs.papers import kind_of
from dialogs.room import Room

_MOST_NAMED: Final = 200


async def pack_view(room: Room, meeting: Meeting) -> PackView | None:
    """None where the reader is nobody that the papers are for."""
    if not await may_read(room.actor, meeting, room.work):
        return None
    basis = await pack_basis(meeting, room.work, room.rules)
    pack, latest = basis.sent, await room.work.packs.latest(meeting.id)
    conflicts = await conflicts_in(latest, room.work) if latest else ()
    whom = await recipients(meeting, room.work, room.rules)
    reads = {mark.person: mark for mark in await room.work.packs.reads(meeting.id)}
    office = await _office(room, basis, whom, reads) if room.actor.is_handler else None
    read = reads.get(room.actor.id)
    pages, minutes = await _extent(room, pack, conflicts)
    return PackView(
        meeting=meeting,
        viewer=room.actor,
        mandate=room.mandate,
        now=room.now,
        rev=latest.card_rev if latest else 0,
        pack=pack,
        latest=latest,
        lines=lines_of(room, basis),
        pages=pages,
        reading_minutes=minutes,
        read=read,
        changes=await _since(room, pack, read, _hidden(basis, room)),
        is_recipient=room.actor.id in whom.people,
        declares=room.actor.id in whom.people,
        office=office,
        people=await _people(room, whom if office else None),
    )


def lines_of(room: Room, basis: Basis) -> tuple[PackLine, ...]:
    """The cases the reader gets, in the agenda's order: of a version that is out, else of the agenda."""
    agenda, sent = basis.agenda, basis.sent
    shown = [case for case in basis.on_agenda if room.actor.id not in case.excluded]
    if sent is not None:
        shown = [case for case in shown if sent.item_of(case.id)]
    board = basis.meeting.body == "board"
    return tuple(_line(case, agenda, case.board_number if board else case.wg_number, room) for case in shown)


def _line(case: Case, agenda: Agenda | None, number: str, room: Room) -> PackLine:
    item = agenda.item_of(case.id) if agenda else None
    return PackLine(case.id, number, case.content.title, kind_of(case, item, room.mandate))


def _hidden(basis: Basis, room: Room) -> frozenset[CaseId]:
    return frozenset(case.id for case in basis.cases.values() if room.actor.id in case.excluded)


async def _since(room: Room, pack: Pack | None, read: PackRead | None, hidden: frozenset[CaseId]) -> tuple[Change, ...]:
    if pack is None or read is None or read.version >= pack.version:
        return ()
    before = await room.work.packs.version(pack.meeting, read.version)
    found = changes_since(before, pack) if before else ()
    return tuple(change for change in found if change.case not in hidden)


async def _extent(room: Room, pack: Pack | None, conflicts: Sequence[Conflict]) -> tuple[int, int]:
    """Pages and reading time of what this reader gets; nought where that is not made yet."""
    if pack is None:
        return 0, 0
    without = left_out(conflicts).get(room.actor.id, ())
    if not without or not pack.pages:
        return pack.pages, pack.reading_minutes
    file = await room.work.packs.file(pack.id, None, without)
    if file is None:
        return 0, 0
    return file.pages, max(1, round(pack.reading_minutes * file.pages / pack.pages))


async def _office(room: Room, basis: Basis, whom: Recipients, reads: Mapping[PersonId, PackRead]) -> OfficeView:
    stands = refusals(basis, room.mandate, room.now)
    earlier = await earlier_meeting(basis.meeting, room.work)
    missing = earlier is not None and basis.previous is None
    hidden = _hidden(basis, room)
    new = changes(basis.sent, basis) if basis.sent else ()
    meetings = await room.work.meetings.named([*basis.wg_meetings, *([earlier.id] if earlier else [])])
    return OfficeView(
        recipients=whom.people,
        reads=reads,
        refusals=stands,
        new=tuple(change for change in new if change.case not in hidden),
        dispensations=tuple(basis.dispensations),
        titles={str(case.id): _title(case, basis) for case in basis.on_agenda if case.id not in hidden},
        meetings={str(name): held for name, held in meetings.items()},
        earlier=earlier if missing else None,
        has_agenda=basis.agenda is not None,
        last_day=basis.last_day,
    )


def _title(case: Case, basis: Basis) -> str:
    number = case.board_number if basis.meeting.body == "board" else case.wg_number
    return f"{number} {case.content.title}".strip()


async def _people(room: Room, whom: Recipients | None) -> Mapping[PersonId, Person]:
    """Whom the office's card names."""
    return await room.work.people.get(sorted(whom.people)[:_MOST_NAMED]) if whom else {}


async def card_of(
    room: Room, meeting: Meeting, note: Banner | None = None, link: str = "", typed: Typed = NOTHING_TYPED
) -> Message:
    """The card of a meeting's papers; for whom they are not for, that there is no such thing."""
    view = await pack_view(room, meeting)
    if view is None:
        return plain_refusal(note or await refusal_note(room, Refusal(RefusalCode.NOT_FOUND)))
    return pack_card(view, note, link, typed)


async def shown(room: Room, meeting_id: str) -> Message | None:
    """A copy of the card as things are now; None where it is no longer for this reader."""
    meeting = await room.work.meetings.get(MeetingId(meeting_id))
    view = await pack_view(room, meeting) if meeting else None
    return pack_card(view) if view else None


async def refusal_note(room: Room, refusal: Refusal, meeting: Meeting | None = None) -> Banner:
    """Why an act had no effect, in words that fit papers of a meeting."""
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    begun = meeting is not None and meeting.is_planned and meeting.starts_at <= room.now
    return meeting_refusal(refusal, people, room.mandate, begun=begun)


# -- dispensations -------------------------------------------------------------------------------------------------


async def dispensation_view(room: Room, dispensation: Dispensation) -> DispensationView | None:
    """None where the reader is neither the chair nor of the office, or is inhabil in the case it is about."""
    may_rule = Role.CHAIR in room.actor.roles
    meeting = await room.work.meetings.get(dispensation.meeting)
    case = await room.work.cases.get(dispensation.case) if dispensation.case else None
    if meeting is None or not (may_rule or room.actor.is_handler):
        return None
    if case is not None and room.actor.id in case.excluded:
        return None
    number = (case.board_number or case.wg_number) if case else ""
    named = [dispensation.by, *([dispensation.ruled_by] if dispensation.ruled_by else [])]
    return DispensationView(
        dispensation=dispensation,
        meeting=meeting,
        viewer=room.actor,
        mandate=room.mandate,
        people=await room.work.people.get(named),
        case=f"{number} {case.content.title}".strip() if case else "",
        may_rule=may_rule,
    )


async def dispensation_shown(
    room: Room, dispensation_id: str, note: Banner | None = None, typed: Mapping[str, str] = NOTHING
) -> Message | None:
    """Its card as things are now; also what *gjør nå* shows of the chair's duty."""
    found = await room.work.dispensations.get(DispensationId(dispensation_id))
    view = await dispensation_view(room, found) if found else None
    return dispensation_card(view, note, typed) if view else None

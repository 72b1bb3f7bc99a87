"""Reads what the approval of minutes is drawn from, for one reader."""

from __future__ import annotations

from board.minutes import Minutes
from board.usecases._minutes import sight_of
from board.usecases.approval_basis import ground_of, tally
from cards.approval_views import ApprovalView
from dialogs.room import Room


async def approval_view(room: Room, minutes: Minutes) -> ApprovalView | None:
    """None where no meeting has them before it, or the reader has no part in it."""
    work, held = room.work, minutes.called_in
    sitting = (await work.sittings.named([held])).get(held) if held else None
    meeting = (await work.meetings.named([minutes.meeting])).get(minutes.meeting)
    version = await work.minutes_book.version(minutes.meeting, minutes.version)
    if sitting is None or held is None or meeting is None or version is None:
        return None
    answers = tally(await work.minutes_book.approvals(minutes.meeting, held), sitting, minutes.called_digest)
    remarks = await work.minutes_book.remarks(minutes.meeting)
    named = {*sitting.present, *(one.person for one in answers), *(one.person for one in remarks)}
    people = await work.people.get(sorted(named))
    known = ground_of(minutes, sitting, answers, remarks, room.rules)
    sight = await sight_of(minutes.meeting, version.sections, room.actor, work)
    hidden = frozenset(one.id for one in version.sections if not sight.shows(one.id))
    view = ApprovalView(
        minutes, version, meeting, sitting, answers, remarks, known, people, room.actor, room.mandate, hidden
    )
    return view if view.seat or view.runs else None

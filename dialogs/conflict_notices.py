"""What goes out about habilitet, drawn for one reader."""

from __future__ import annotations

from board.ids import CaseId, MeetingId, PersonId
from board.notices import NoticeKind
from cards.message import Message
from cards.templates import conflict_notices as texts
from dialogs.conflict_present import meeting_of, question_of, ruling_of
from dialogs.room import Room, Wanted

_QUESTIONS = "conflicts:"


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where there is nothing to show to this reader any more."""
    case_id, person = CaseId(wanted.object_id), PersonId(wanted.part)
    if NoticeKind(wanted.kind) is NoticeKind.CONFLICT_DECLARED:
        return await ruling_of(room, case_id, person)
    return await _ruled(room, case_id) if person == room.actor.id else None


async def redrawn(room: Room, wanted: Wanted) -> Message | None:
    """A copy as things are now: one that named a case its reader may not see any more says only that."""
    return await notice(room, wanted) or texts.out_of_sight()


async def questions(room: Room, object_id: str) -> Message | None:
    """A copy of the reader's own questions; None where the object is something else."""
    if not object_id.startswith(_QUESTIONS):
        return None
    return await question_of(room, MeetingId(object_id.removeprefix(_QUESTIONS)))


async def out_of_sight(room: Room, object_id: str) -> Message | None:
    """In place of a copy that shows a case its reader may not see any more; None where it is no case."""
    there = await room.work.cases.get(CaseId(object_id))
    return texts.out_of_sight() if there else None


async def _ruled(room: Room, case_id: CaseId) -> Message | None:
    case = await room.work.cases.get(case_id)
    conflict = await room.work.conflicts.get(case_id, room.actor.id)
    if case is None or conflict is None or conflict.ruling is None:
        return None
    if conflict.is_excluded:
        return texts.ruled_out(await meeting_of(room, case))
    return texts.ruled_able(case, conflict) if case.may_be_seen_by(room.actor) else None

"""The shape that acts on an agenda share: read it again, refuse an old button, act, record, redraw what is out there.

Locks are taken in the documented order (``board.agenda_ports``): the meeting, its agenda, its cases by id.
"""

from __future__ import annotations

from collections.abc import Callable

from board.agenda import Agenda, AgendaResult, agenda_object, not_for
from board.errors import Refusal, RefusalCode
from board.ids import ItemId, MeetingId
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases._sitting import unless_started


async def on_agenda(
    meeting_id: MeetingId,
    rev: int | None,
    actor: Actor,
    work: UnitOfWork,
    rules: Rules,
    act: Callable[[Agenda], AgendaResult],
    *,
    right: Callable[[Actor], Refusal | None] = not_for,
    item: ItemId | None = None,
) -> AgendaResult:
    """Does ``act`` on the agenda as it is stored now, and records what came of it.

    ``rev`` is the revision that the button showed. ``item``: the one it is about, which must be there for the person.
    """
    result: AgendaResult
    found = right(actor) or await arrangeable(meeting_id, work, rules)
    if isinstance(found, Refusal):
        result = found
    else:
        result = await _tried(found[1], rev, actor, work, act, item)
    await recorded(result, work)
    if isinstance(result, Refusal):
        await refuse(result, actor, meeting_id, work, rules)
    return result


async def _tried(
    agenda: Agenda, rev: int | None, actor: Actor, work: UnitOfWork, act: Callable[[Agenda], AgendaResult],
    item: ItemId | None,
) -> AgendaResult:  # fmt: skip
    if item is not None and not await _is_there_for(actor, agenda, item, work):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "agenda"})
    return stale(agenda, rev) or act(agenda)


async def arrangeable(
    meeting_id: MeetingId, work: UnitOfWork, rules: Rules, *, late: bool = False
) -> tuple[Meeting, Agenda] | Refusal:
    """A meeting that lies ahead, and its agenda; both locked. ``late``: also after its time, until it is opened."""
    meeting = await ahead(meeting_id, work, rules, late=late)
    if isinstance(meeting, Refusal):
        return meeting
    agenda = await work.agendas.get(meeting.id)
    return (meeting, agenda) if agenda else Refusal(RefusalCode.NOT_FOUND, {"act": "agenda"})


async def ahead(meeting_id: MeetingId, work: UnitOfWork, rules: Rules, *, late: bool = False) -> Meeting | Refusal:
    """A meeting that an agenda can be arranged for: of the board or the working group, planned, not begun.

    ``late``: its time may have come, as long as it is not opened.
    """
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "agenda"})
    if refusal := await unless_started(meeting.id, work):
        return refusal
    over = meeting.starts_at <= rules.clock.now() and not late
    if meeting.body is Body.OFFICE or not meeting.is_planned or over:
        return Refusal(RefusalCode.MEETING_UNFIT)
    return meeting


def stale(agenda: Agenda, rev: int | None) -> Refusal | None:
    if rev is None or rev == agenda.rev:
        return None
    return Refusal(RefusalCode.STALE, {"what": agenda.last, "by": agenda.changed_by, "at": agenda.changed_at})


async def recorded(result: AgendaResult, work: UnitOfWork) -> None:
    """Stores a change. A first revision is a new agenda."""
    if isinstance(result, Refusal) or not result.events:
        return
    agenda = result.agenda
    if agenda.rev == 1:
        if not await work.agendas.add(agenda):
            raise RuntimeError(f"{agenda.meeting} has an agenda already, though its lock was held")
    else:
        await work.agendas.save(agenda)
    await work.history.append(result.events)
    await work.outbox.redraw(agenda_object(agenda.meeting), agenda.rev, result.events[-1].at)


async def _is_there_for(actor: Actor, agenda: Agenda, item: ItemId, work: UnitOfWork) -> bool:
    """Not where the case under it is one that the person is inhabil for: that one is not there at all."""
    found = next((one for one in agenda.items if one.id == item), None)
    if found is None or found.case is None:
        return found is not None
    case = await work.cases.get(found.case)
    return case is not None and case.may_be_seen_by(actor)

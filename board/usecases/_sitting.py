"""What acts in a meeting under way share: its locks, what is decided, who counts, and whose cards follow it.

Locks are taken in the documented order (``board.sitting_ports``): the meeting, its sitting, its agenda, its decisions.
"""

from __future__ import annotations

from collections.abc import Iterable

from board.agenda import Agenda, Item
from board.attendance import INVITED, Quorum, quorum
from board.case import Case
from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.notices import Notice, NoticeKind
from board.people import HANDLERS, WORKING_GROUP, Body, Role
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting, SittingChanged, sitting_object
from board.states import CaseState

_SEATS = {Body.BOARD: INVITED, Body.WORKING_GROUP: WORKING_GROUP}
FIRST_CARD = 1
"""The revision that a card is told of with: whoever comes late gets the same one, and nobody gets it twice."""


async def held(meeting_id: MeetingId, work: UnitOfWork) -> tuple[Meeting, Sitting] | Refusal:
    """A meeting that was opened, and where it stands; both locked."""
    meeting = await work.meetings.get(meeting_id)
    if meeting is None or meeting.body is Body.OFFICE:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "run_meeting"})
    sitting = await work.sittings.get(meeting_id)
    return (meeting, sitting) if sitting else Refusal(RefusalCode.NOT_STARTED)


async def unless_started(meeting_id: MeetingId, work: UnitOfWork) -> Refusal | None:
    """Why nothing of a meeting's agenda, papers or time changes any more; its lock must be held."""
    sitting = await work.sittings.get(meeting_id)
    if sitting is None:
        return None
    told = {"what": Happened.MEETING_STARTED, "by": sitting.started_by, "at": sitting.started_at}
    return Refusal(RefusalCode.ALREADY, told)


async def stored(result: SittingChanged, work: UnitOfWork) -> None:
    """Stores a change and has its cards drawn anew; none where nothing changed."""
    for event in result.events:
        await work.sittings.save(result.sitting)
        await work.history.append([event])
        await work.outbox.redraw(sitting_object(result.sitting.meeting), result.sitting.rev, event.at)


async def agenda_of(sitting: Sitting, work: UnitOfWork) -> Agenda:
    agenda = await work.agendas.get(sitting.meeting)
    if agenda is None:
        raise LookupError(f"{sitting.meeting} was opened without an agenda")
    return agenda


def item_in(agenda: Agenda, item: ItemId) -> Item | None:
    return next((one for one in agenda.items if one.id == item), None)


async def decided_items(sitting: Sitting, agenda: Agenda, work: UnitOfWork) -> frozenset[ItemId]:
    """Those with a decision. In the working group a case's is its treatment; what was taken back needs none."""
    decided = {decision.item for decision in await work.decisions.of_meeting(sitting.meeting)}
    if sitting.body is Body.WORKING_GROUP:
        cases = await work.cases.on_agenda(sitting.meeting)
        waiting = {case.id for case in cases if awaits_treatment(case, sitting.meeting)}
        decided |= {item.id for item in agenda.items if item.case and item.case not in waiting}
    return frozenset(decided)


def awaits_treatment(case: Case, meeting: MeetingId) -> bool:
    return case.state is CaseState.ON_WG_AGENDA and case.wg_meeting == meeting


async def members(body: Body, work: UnitOfWork, rules: Rules) -> tuple[PersonId, ...]:
    """Whose seats there are, each once (mandatet § 5)."""
    roles = sorted(_SEATS[body])
    holders = await work.people.holders(roles, local_day(rules.clock.now()))
    return tuple(dict.fromkeys(person for role in roles for person in holders.get(role, ())))


async def quorum_with(present: int, sitting: Sitting, work: UnitOfWork, rules: Rules) -> Quorum:
    """``present`` seats are taken."""
    return quorum(len(await members(sitting.body, work, rules)), present, rules.mandate.quorum)


async def tell_started(meeting: MeetingId, people: Iterable[PersonId], work: UnitOfWork, rules: Rules) -> None:
    """The card that follows the meeting, once a person."""
    about = sitting_object(meeting)
    told = [Notice(NoticeKind.MEETING_STARTED, about, FIRST_CARD, person) for person in dict.fromkeys(people)]
    if told:
        await work.outbox.tell(told, rules.clock.now())


async def redraw_beside(meeting: MeetingId | None, once: str, work: UnitOfWork, rules: Rules) -> None:
    """A case changed under the meeting, which is not locked: the cards of those who follow it are drawn anew."""
    sitting = (await work.sittings.named([meeting])).get(meeting) if meeting else None
    if meeting is None or sitting is None:
        return
    now = rules.clock.now()
    roles = sorted({*HANDLERS, Role.CHAIR})
    holders = await work.people.holders(roles, local_day(now))
    people = [*sitting.present, *(person for role in roles for person in holders.get(role, ()))]
    for person in dict.fromkeys(people):
        await work.outbox.redraw_for(person, [sitting_object(meeting)], once, now)

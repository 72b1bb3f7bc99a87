"""What acts on a meeting's minutes share: who gets them, what each may see of them, and how a change is stored.

Locks are taken in the documented order (``board.sitting_ports``): the meeting, its sitting, its minutes, cases last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from board.attendance import INVITED
from board.clock import local_day
from board.duty import DutyKind
from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesChanged, MinutesState, minutes_object
from board.minutes_sections import Sight, cases_named
from board.minutes_text import Version
from board.notices import Notice, NoticeKind
from board.people import HANDLERS, WORKING_GROUP, Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting
from board.usecases.pack_readers import READERS

ENTITLED: Final = {
    Body.BOARD: frozenset({*INVITED, *HANDLERS, Role.OBSERVER}),
    Body.WORKING_GROUP: frozenset({*WORKING_GROUP, *HANDLERS}),
    Body.OFFICE: frozenset[Role](),
}
"""Who is asked for remarks, besides the deputies that sat in the meeting (mandatet § 5, § 7)."""
OWES: Final = {Body.BOARD: INVITED, Body.WORKING_GROUP: WORKING_GROUP, Body.OFFICE: frozenset[Role]()}
"""Those of them who owe an answer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A meeting's minutes and what they are of. ``sitting``: None for minutes that were filed."""

    meeting: Meeting
    sitting: Sitting | None
    minutes: Minutes

    @property
    def object_id(self) -> str:
        return minutes_object(self.meeting.id)

    def sat(self, person: PersonId) -> bool:
        return self.sitting is not None and self.sitting.seat_of(person) is not None


async def kept(meeting_id: MeetingId, actor: Actor, work: UnitOfWork) -> Kept | Refusal:
    """Minutes that the person may know of; locked in a writing unit. A draft is there for those who write it only."""
    meeting = await work.meetings.get(meeting_id)
    sitting = await work.sittings.get(meeting_id) if meeting else None
    minutes = await work.minutes_book.get(meeting_id) if meeting else None
    if meeting is None or minutes is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})
    found = Kept(meeting, sitting, minutes)
    return found if may_know(found, actor) else Refusal(RefusalCode.NOT_FOUND, {"act": "minutes"})


def may_know(found: Kept, actor: Actor) -> bool:
    if found.minutes.state is MinutesState.DRAFT:
        return actor.is_handler
    return bool(actor.roles & READERS[found.meeting.body]) or found.sat(actor.id)


async def in_round(found: Kept, actor: Actor, work: UnitOfWork) -> bool:
    """Whether the person is asked for remarks, or was asked to answer in somebody's place."""
    if actor.roles & ENTITLED[found.meeting.body] or found.sat(actor.id):
        return True
    duties = await work.duties.of_object(found.object_id)
    return any(duty.kind is DutyKind.REMARK and duty.deputy == actor.id for duty in duties)


async def latest(found: Kept, work: UnitOfWork) -> Version:
    """Errors: ``LookupError`` for minutes that have no text: those that were filed."""
    version = await work.minutes_book.version(found.meeting.id, found.minutes.version)
    if version is None:
        raise LookupError(f"the minutes of {found.meeting.id} have no version {found.minutes.version}")
    return version


async def sight_of(meeting: MeetingId, sections: Sequence[Section], actor: Actor, work: UnitOfWork) -> Sight:
    """What the person may see of these sections. Also those of cases that have left the meeting since."""
    agenda = await work.agendas.get(meeting)
    cases = {item.id: item.case for item in agenda.items if item.case} if agenda else {}
    known = {case.id: case for case in await work.cases.on_agenda(meeting)}
    for case_id in sorted({*cases.values(), *cases_named(sections)} - set(known)):
        if case := await work.cases.get(case_id):
            known[case_id] = case
    hidden: frozenset[CaseId] = frozenset(id_ for id_, case in known.items() if actor.id in case.excluded)
    return Sight(cases, hidden)


async def stored(result: MinutesChanged, work: UnitOfWork, version: Version | None = None) -> None:
    """Stores a change, with its new text, and has its cards drawn anew; nothing where nothing changed."""
    for event in result.events:
        await work.minutes_book.save(result.minutes, version)
        await work.history.append([event])
        await work.outbox.redraw(event.object_id, result.minutes.rev, event.at)


async def answered(found: Kept, person: PersonId, work: UnitOfWork, rules: Rules) -> Minutes:
    """Something was said by, or to, ``person`` of the text, which is the same: the cards of who sees it show that."""
    after = found.minutes.answered()
    await work.minutes_book.save(after)
    await redraw_for_some(after, (person, *await handlers(work, rules)), work, rules)
    return after


async def redraw_for_some(minutes: Minutes, people: Iterable[PersonId], work: UnitOfWork, rules: Rules) -> None:
    """Nobody else's card is drawn anew: somebody may be writing a remark in it."""
    about, now = minutes_object(minutes.meeting), rules.clock.now()
    for person in dict.fromkeys(people):
        await work.outbox.redraw_for(person, [about], f"answered:{minutes.rev}", now)


async def duty_done(found: Kept, person: PersonId, work: UnitOfWork, rules: Rules) -> None:
    """What the person owed in the round, also in another's place, is over."""
    duties = await work.duties.of_object(found.object_id)
    mine = [d for d in duties if d.kind is DutyKind.REMARK and d.is_open and person in (d.person, d.deputy)]
    now = rules.clock.now()
    await work.duties.save([duty.ended(person, now) for duty in mine], now)


async def round_people(found: Kept, work: UnitOfWork, rules: Rules) -> tuple[PersonId, ...]:
    """Everybody who is asked for remarks."""
    roles = sorted(ENTITLED[found.meeting.body])
    holders = await work.people.holders(roles, local_day(rules.clock.now()))
    people = [person for role in roles for person in holders.get(role, ())]
    sat = found.sitting.present if found.sitting and found.meeting.body is Body.BOARD else ()
    return tuple(dict.fromkeys([*people, *sat]))


async def handlers(work: UnitOfWork, rules: Rules) -> tuple[PersonId, ...]:
    """The office and its lead."""
    roles = sorted(HANDLERS)
    holders = await work.people.holders(roles, local_day(rules.clock.now()))
    return tuple(dict.fromkeys(person for role in roles for person in holders.get(role, ())))


async def tell(
    kind: NoticeKind, minutes: Minutes, to: Sequence[PersonId], work: UnitOfWork, rules: Rules, part: str = ""
) -> None:
    about, now = minutes_object(minutes.meeting), rules.clock.now()
    notices = [Notice(kind, about, minutes.rev, person, part, because=str(kind)) for person in dict.fromkeys(to)]
    if notices:
        await work.outbox.tell(notices, now)

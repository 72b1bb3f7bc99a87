"""What acts on habilitet share: who rules, who is asked about what, and when the question is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board.case import Case
from board.clock import local_day
from board.conflicts import RECIPIENTS, Conflict, Declared
from board.deadlines import working_day_after
from board.duty import Duty, DutyKind, ask
from board.ids import CaseId, DutyId, MeetingId, PersonId
from board.notices import Notice, NoticeKind
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.states import ENDED

RULE_DAYS = 1
"""Working days for a ruling: the papers are out already."""


def conflicts_of(meeting: MeetingId) -> str:
    """The object that a person's card with the questions of one meeting is."""
    return f"conflicts:{meeting}"


async def rulers(case: Case, person: PersonId, work: UnitOfWork, rules: Rules) -> tuple[PersonId, ...]:
    """Who rules on ``person`` in this case: the chair.

    Where it is about the chair, or the chair is inhabil in it, the chair's registered deputy, if there is one.
    """
    day = local_day(rules.clock.now())
    chairs = (await work.people.holders([Role.CHAIR], day))[Role.CHAIR]
    out = {person, *case.excluded}
    if able := tuple(chair for chair in chairs if chair not in out):
        return able
    registered = await work.people.deputies(day)
    deputies = [deputy for chair in chairs for deputy in registered.get(chair, ())]
    return tuple(dict.fromkeys(deputy for deputy in deputies if deputy not in out))


async def asked_about(meeting: MeetingId, actor: Actor, work: UnitOfWork) -> tuple[Case, ...]:
    """The cases of the meeting that the person gets the papers of, or prepares; as the pack has them, the rest last.

    In a writing unit of work it locks them, in the order of their ids: nothing of a case may be locked before.
    """
    pack = await work.packs.ready(meeting)
    places = {item.case: place for place, item in enumerate(pack.items)} if pack else {}
    found = [case for case in await work.cases.on_agenda(meeting) if _is_asked(case, meeting, actor)]
    return tuple(sorted(found, key=lambda case: places.get(case.id, len(places))))


def _is_asked(case: Case, meeting: MeetingId, actor: Actor) -> bool:
    there = meeting in (case.board_meeting, case.wg_meeting) and case.state not in ENDED
    return there and case.may_be_seen_by(actor) and bool(case.roles_of(actor) & RECIPIENTS)


async def answers_of(person: PersonId, cases: Sequence[CaseId], work: UnitOfWork) -> Mapping[CaseId, Conflict]:
    """What the person has answered, by case."""
    found = await work.conflicts.of_cases(cases) if cases else ()
    return {one.case: one for one in found if one.person == person and one.answer is not Declared.SILENT}


async def ask_rulers(case: Case, conflict: Conflict, by: PersonId, work: UnitOfWork, rules: Rules) -> None:
    """Word to those who rule, but for the one who acted; and, where a ruling is wanted, a duty for each."""
    now = rules.clock.now()
    told = await rulers(case, conflict.person, work, rules)
    notices = [
        Notice(NoticeKind.CONFLICT_DECLARED, case.id, case.rev, to, conflict.person, str(conflict.rev)) for to in told
    ]
    await work.outbox.tell([notice for notice in notices if notice.to != by], now)
    if conflict.awaits_ruling:
        await work.duties.add([_duty(conflict, to, rules) for to in told], now)


def _duty(conflict: Conflict, ruler: PersonId, rules: Rules) -> Duty:
    now = rules.clock.now()
    name = DutyId(f"{DutyKind.RULE}:{conflict.case}:{conflict.person}:{conflict.rev}:{ruler}")
    due = working_day_after(local_day(now), RULE_DAYS, rules.calendar)
    return ask(Duty(name, DutyKind.RULE, conflict.case, ruler, now, due, conflict.person), rules.hours)


async def redraw_rulers(case: Case, conflict: Conflict, work: UnitOfWork, rules: Rules) -> None:
    """Their cards of the case, as what is asked there has changed though the case has not."""
    once = f"conflict:{conflict.case}:{conflict.person}:{conflict.rev}"
    for ruler in await rulers(case, conflict.person, work, rules):
        await work.outbox.redraw_for(ruler, [case.id], once, rules.clock.now())


async def settle(actor: Actor, meeting: MeetingId | None, work: UnitOfWork, rules: Rules) -> None:
    """Ends the person's question about the pack of the meeting once every case of it is answered for.

    Locks no case: its caller may hold one.
    """
    duty = await _open_question(actor.id, meeting, work) if meeting else None
    pack = await work.packs.ready(meeting) if meeting and duty else None
    if duty is None or pack is None:
        return
    seen = await work.cases.titles(actor, [item.case for item in pack.items])
    if not set(seen) - set(await answers_of(actor.id, sorted(seen), work)):
        await end_question(duty, actor.id, work, rules)


async def settle_with(cases: Sequence[Case], meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The same, of cases that were read: those that were withdrawn meanwhile need no answer."""
    duty = await _open_question(actor.id, meeting, work)
    asked = {case.id for case in cases}
    if duty and not asked - set(await answers_of(actor.id, sorted(asked), work)):
        await end_question(duty, actor.id, work, rules)


async def end_question(duty: Duty, by: PersonId, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    await work.duties.save([duty.ended(by, now)], now)


async def _open_question(person: PersonId, meeting: MeetingId, work: UnitOfWork) -> Duty | None:
    duties = await work.duties.of_object(meeting)
    return next((d for d in duties if d.kind is DutyKind.DECLARE and d.person == person and d.is_open), None)

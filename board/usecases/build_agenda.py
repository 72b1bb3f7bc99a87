"""«Lag saksliste»: a draft in the mandate's order, with numbers; built again it takes in what came since.

Numbers are taken in one go and last, after everything that can be refused: a refused press takes none. One that was
given stays, also where its case is withdrawn or moved (``process.md``, numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board import agenda as agendas
from board.agenda import Agenda, AgendaChanged, AgendaResult, Item, ItemKind, not_for
from board.case import Case, Changed
from board.case_course import schedule
from board.dispensation import GateId
from board.errors import Refusal
from board.gates import late_accepted
from board.meeting import Meeting
from board.meeting_commands import BuildAgenda
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._agenda import ahead, recorded
from board.usecases._ready_cases import (
    TOLD,
    Chosen,
    LeftOut,
    in_kinds,
    item_for,
    judged,
    ready_for,
    standing_item,
    standing_of_group,
)
from board.usecases._record import record, refuse
from board.usecases.ask_approval import approval_asked

SERIES = "board"


@dataclass(frozen=True, slots=True)
class Built:
    """The agenda as it is now; ``added`` the cases that came on it, ``left_out`` those that could not, and why."""

    meeting: Meeting
    agenda: Agenda
    added: tuple[Case, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    is_new: bool = False


async def build_agenda(command: BuildAgenda, actor: Actor, work: UnitOfWork, rules: Rules) -> Built | Refusal:
    meeting = not_for(actor) or await ahead(command.meeting, work, rules)
    if isinstance(meeting, Refusal):
        await refuse(meeting, actor, command.meeting, work, rules)
        return meeting
    agenda = await work.agendas.get(meeting.id)
    if meeting.body is Body.WORKING_GROUP:
        return await _for_group(meeting, agenda, actor, work, rules)
    ids = await ready_for(meeting, work, rules) if command.cases is None else command.cases
    chosen, left_out, unknown = await judged(ids, meeting, agenda, actor, work, rules)
    if command.cases is not None:
        for refusal in unknown:
            await refuse(refusal, actor, str(refusal.params["case"]), work, rules)
        if why := _none_of_them(chosen, left_out, unknown):
            return why
    cases = await _scheduled(in_kinds(chosen, rules.mandate), meeting, actor, work, rules)
    items = [item_for(case, case.board_number, rules) for case in cases]
    built = await _put(meeting, agenda, items, cases, actor, work, rules)
    told = left_out if command.cases is not None else [one for one in left_out if one.refusal.code in TOLD]
    return Built(meeting, built, cases, tuple(told), agenda is None)


def _none_of_them(chosen: Sequence[Chosen], left_out: Sequence[LeftOut], unknown: Sequence[Refusal]) -> Refusal | None:
    """The refusal of cases that were named, where not one of them may go on."""
    refusals = [*unknown, *(one.refusal for one in left_out)]
    return refusals[0] if refusals and not chosen else None


async def _scheduled(
    chosen: Sequence[Chosen], meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[Case, ...]:
    """Each put on the board's agenda; one that has a number of its own, from before, keeps it."""
    new = sum(not one.case.board_number for one in chosen)
    year = meeting.day.year
    free = await work.numbers.take(SERIES, year, new) if new else 0
    found = []
    for one in chosen:
        number = one.case.board_number
        if not number:
            number, free = rules.mandate.board_number.format(seq=free, year=year), free + 1
        found.append(one.case if one.is_scheduled else await _on(one, number, meeting, actor, work, rules))
    return tuple(found)


async def _on(one: Chosen, number: str, meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> Case:
    paragraph, now = rules.mandate.gates.get(GateId.WG_TREATMENT, ""), rules.clock.now()
    result = schedule(one.case, actor, meeting.id, number, paragraph, now, dispensed=one.dispensed)
    if not isinstance(result, Changed):
        raise TypeError(f"{one.case.id} was tried, locked, and is refused now: {result.code}")
    await record(result, actor, one.case.id, work, rules)
    return result.case


async def _put(
    meeting: Meeting, agenda: Agenda | None, items: Sequence[Item], cases: Sequence[Case],
    actor: Actor, work: UnitOfWork, rules: Rules,
) -> Agenda:  # fmt: skip
    now = rules.clock.now()
    if agenda is None:
        result = agendas.build(meeting.id, actor, [*await _standing(meeting, work, rules), *items], now)
        after = await _stored(result, work)
        await work.outbox.tell(await approval_asked(after, actor, work, rules), now)
        return after
    if not any(item.kind is ItemKind.FOLLOW_UP for item in agenda.items) and await work.follow_ups.open(1):
        items = [standing_item(ItemKind.FOLLOW_UP, rules), *items]  # decisions were published since it was first built
    accepted = bool(cases) and all(late_accepted(case, meeting.id) for case in cases)
    return await _stored(agenda.put(actor, items, now, approved=accepted), work)


async def _standing(meeting: Meeting, work: UnitOfWork, rules: Rules) -> list[Item]:
    """What every board meeting has; the approval of minutes where there was a meeting before (mandatet § 7)."""
    previous = await work.meetings.previous(Body.BOARD, meeting.starts_at)
    follow_ups = await work.follow_ups.open(1)
    kinds = [
        ItemKind.AGENDA,
        *([ItemKind.MINUTES] if previous else []),
        *([ItemKind.FOLLOW_UP] if follow_ups else []),
        ItemKind.OTHER,
    ]
    return [standing_item(kind, rules) for kind in kinds]


async def _for_group(
    meeting: Meeting, agenda: Agenda | None, actor: Actor, work: UnitOfWork, rules: Rules
) -> Built:  # fmt: skip
    """The working group's cases have their numbers from when they were put on its meeting; nobody else approves it."""
    there = [c for c in await work.cases.on_agenda(meeting.id) if c.state is CaseState.ON_WG_AGENDA]
    mine = [c for c in there if c.wg_meeting == meeting.id and c.may_be_seen_by(actor)]
    new = sorted((c for c in mine if agenda is None or not agenda.item_of(c.id)), key=lambda c: c.wg_number)
    items, now = [item_for(case, case.wg_number, rules) for case in new], rules.clock.now()
    if agenda is None:
        standing = [standing_item(kind, rules) for kind in await standing_of_group(meeting, work)]
        after = await _stored(agendas.build(meeting.id, actor, [*standing, *items], now), work)
    else:
        after = await _stored(agenda.put(actor, items, now), work)
    return Built(meeting, after, tuple(new), is_new=agenda is None)


async def _stored(result: AgendaResult, work: UnitOfWork) -> Agenda:
    if not isinstance(result, AgendaChanged):
        raise TypeError(f"the right was judged before, and is refused now: {result.code}")
    await recorded(result, work)
    return result.agenda

"""Turns that change nothing: help, my cases, where a case is, deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from board.case import Case
from board.deadlines import back_plan
from board.ids import CaseId
from board.meeting import Meeting
from board.people import HANDLERS, Body, Role
from board.ports import CaseLine
from board.states import CaseState
from cards.formats import date_time, short_date
from cards.i18n import _
from cards.labels import deadline_name, label
from cards.message import Button, Message, Say
from cards.templates import lists, system
from cards.views import DeadlineLine
from dialogs.present import card_of
from dialogs.room import Room

MOST_CASES = 50
MEETINGS_AHEAD = 2


def waits_for(line: CaseLine, room: Room) -> bool:
    """Whether the next step on the case is this person's."""
    state = CaseState(line.state)
    if state is CaseState.AWAITING_OWNER:
        return line.owner == room.actor.id
    if state is CaseState.SUBMITTED:
        return bool(room.actor.roles & HANDLERS)
    return state in (CaseState.DRAFT, CaseState.INCOMPLETE) and line.submitter == room.actor.id


async def my_cases(room: Room) -> Message:
    lines = await room.work.cases.lines_for(room.actor, MOST_CASES)
    return lists.my_cases(lines, frozenset(line.id for line in lines if waits_for(line, room)))


async def where_is(room: Room, words: str) -> Message:
    if not words:
        return lists.which_case()
    lines = await room.work.cases.find(room.actor, words, lists.SHOWN)
    if not lines:
        return lists.no_case(words)
    if len(lines) > 1:
        return lists.found_cases(lines, words)
    case = await room.work.cases.get(CaseId(lines[0].id))
    if not isinstance(case, Case):
        return lists.no_case(words)
    return await card_of(room, case)


async def deadlines(room: Room, *, own: bool = True) -> Message:
    """My deadlines first, then the next meetings'; what has passed is left out. Without ``own``, as anyone may see."""
    meetings = await room.work.meetings.upcoming(Body.BOARD, room.now, MEETINGS_AHEAD)
    plans = [(meeting, _plan(room, meeting)) for meeting in meetings]
    ahead = [(_("Styremøte {when}", when=date_time(meeting.starts_at)), plan) for meeting, plan in plans]
    return lists.deadlines(await _own_deadlines(room, plans) if own else None, ahead)


async def _own_deadlines(room: Room, plans: Sequence[tuple[Meeting, Sequence[DeadlineLine]]]) -> Sequence[DeadlineLine]:
    lines = await room.work.cases.lines_for(room.actor, MOST_CASES)
    mine = [
        DeadlineLine(line.deadline, _("Send inn igjen: {title}", title=lists.name(line)), mine=True)
        for line in lines
        if line.deadline and line.submitter == room.actor.id and waits_for(line, room)
    ]
    planned = [_with_meeting(entry, meeting) for meeting, plan in plans for entry in plan if entry.mine]
    return sorted([*mine, *planned], key=lambda entry: entry.day)


def _with_meeting(entry: DeadlineLine, meeting: Meeting) -> DeadlineLine:
    return replace(entry, name=_("{what}, til styremøtet {day}", what=entry.name, day=short_date(meeting.day)))


def _plan(room: Room, meeting: Meeting) -> Sequence[DeadlineLine]:
    roles, today = {str(role) for role in room.actor.roles}, room.today
    plan = back_plan(meeting.day, room.mandate.offsets, room.calendar)
    return [
        DeadlineLine(d.planned, deadline_name(d.offset.id), mine=d.offset.owed_by in roles)
        for d in plan
        if d.planned >= today
    ]


async def help_(room: Room, *, own: bool = True) -> Message:
    """What *this* person can do now. Without ``own``, as anyone in the channel may see: nothing of what waits."""
    lines = await room.work.cases.lines_for(room.actor, MOST_CASES) if own else ()
    waiting = sum(waits_for(line, room) for line in lines)
    can = [
        (_("meld sak"), _("melder en sak til styret, med kort eller med ord")),
        (_("mine saker"), _my_cases_help(room, waiting)),
        (_("hvor er saken …"), _("hvor en sak er, og hvem som har den")),
        (_("frister"), _("dine frister og de neste møtene")),
        (_("språk nynorsk"), _("bytter språk: bokmål, nynorsk eller engelsk")),
    ]
    if waiting:
        can.insert(0, can.pop(1))
    buttons: list[Button] = [Say(_("Meld sak"), _("meld sak")), Say(_("Mine saker"), _("mine saker"))]
    buttons.append(Say(_("Frister"), _("frister")))
    return system.help_card(can, waiting, buttons, room.mandate)


def _my_cases_help(room: Room, waiting: int) -> str:
    if room.actor.roles & HANDLERS:
        return _("saker som venter på {office}", office=label(room.mandate.office))
    if Role.PROJECT_OWNER in room.actor.roles and waiting:
        return _("saker som venter på at du bekrefter dem")
    return _("saker du har meldt, eier eller skal ta stilling til")

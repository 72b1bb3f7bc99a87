"""Turns that change nothing: help, my cases, where a case is, deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from board.case import Case
from board.case_ports import CaseLine
from board.deadlines import Deadline
from board.ids import CaseId
from board.meeting import Meeting
from board.people import BOARD, HANDLERS, Body, Role
from board.states import CaseState
from cards.formats import short_date
from cards.i18n import _
from cards.labels import deadline_name, label, the_meeting
from cards.message import Button, Message, Say
from cards.templates import lists, system
from cards.templates.duty_texts import what
from cards.templates.meeting_card import meeting_title
from cards.views import DeadlineLine
from dialogs import tasks
from dialogs.meeting_present import plan_of
from dialogs.present import card_of
from dialogs.room import Room

MOST_CASES = 50
MEETINGS_AHEAD = 2
MOST_HELPS = 9
WORKING_GROUP = frozenset({*HANDLERS, Role.WG_MEMBER, Role.EMPLOYEE_REP})


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
    exact = [line for line in lines if line.number.casefold() == words.strip().casefold()]
    if len(exact or lines) > 1:
        return lists.found_cases(lines, words)
    case = await room.work.cases.get(CaseId((exact or lines)[0].id))
    if not isinstance(case, Case):
        return lists.no_case(words)
    return await card_of(room, case)


async def deadlines(room: Room, *, own: bool = True) -> Message:
    """My deadlines first, then the next meetings'; what has passed is left out. Without ``own``, as anyone may see.

    Those who meet in the working group see its meetings too.
    """
    meetings = list(await room.work.meetings.upcoming(Body.BOARD, room.now, MEETINGS_AHEAD))
    if own and room.actor.roles & WORKING_GROUP:
        meetings += await room.work.meetings.upcoming(Body.WORKING_GROUP, room.now, MEETINGS_AHEAD)
    plans = [(meeting, _plan(room, meeting)) for meeting in sorted(meetings, key=lambda m: m.starts_at)]
    ahead = [(meeting_title(meeting), plan) for meeting, plan in plans]
    return lists.deadlines(await _own_deadlines(room, [meeting for meeting, _lines in plans]) if own else None, ahead)


async def _own_deadlines(room: Room, meetings: Sequence[Meeting]) -> Sequence[DeadlineLine]:
    """What was asked of the reader and is open; and what lies ahead of the reader's role, not asked yet."""
    duties = await tasks.owed(room)
    names = await tasks.names_for(room, duties)
    open_ = [DeadlineLine(duty.due, what(duty, names), mine=True) for duty in duties]
    return sorted([*open_, *_not_asked(room, meetings)], key=lambda entry: entry.day)


def _not_asked(room: Room, meetings: Sequence[Meeting]) -> list[DeadlineLine]:
    today = room.today
    return [
        _with_meeting(DeadlineLine(d.planned, deadline_name(d.offset.id), mine=True), meeting)
        for meeting in meetings
        for d in plan_of(room, meeting)
        if d.planned >= today and _owes(room, d) and (d.asked is None or d.asked > today)
    ]


def _owes(room: Room, deadline: Deadline) -> bool:
    return bool(room.actor.roles & set(deadline.offset.owed_by)) and not deadline.offset.is_news


def _with_meeting(entry: DeadlineLine, meeting: Meeting) -> DeadlineLine:
    held = the_meeting(meeting.body)
    return replace(entry, name=_("{what}, til {held} {day}", what=entry.name, held=held, day=short_date(meeting.day)))


def _plan(room: Room, meeting: Meeting) -> Sequence[DeadlineLine]:
    today = room.today
    return [
        DeadlineLine(d.planned, deadline_name(d.offset.id), mine=_owes(room, d))
        for d in plan_of(room, meeting)
        if d.planned >= today
    ]


async def help_(room: Room, *, own: bool = True) -> Message:
    """What *this* person can do now. Without ``own``, as anyone in the channel may see: nothing of what waits."""
    waiting = len(await tasks.owed(room)) if own else 0
    can = _helps(room, waiting)
    buttons: list[Button] = [Say(_("Meld sak"), _("meld sak")), Say(_("Mine saker"), _("mine saker"))]
    buttons.append(Say(_("Oppgaver"), _("oppgaver")) if waiting else Say(_("Frister"), _("frister")))
    return system.help_card(can[:MOST_HELPS], waiting, buttons, room.mandate)


def _helps(room: Room, waiting: int) -> list[tuple[str, str]]:
    """The most useful for this person first."""
    submit = (_("meld sak"), _("melder en sak til styret, med kort eller med ord"))
    duties = (_("oppgaver"), _("oppgavene dine, med frist"))
    often = [
        (_("mine saker"), _my_cases_help(room, waiting)),
        (_("hvor er saken …"), _("hvor en sak er, og hvem som har den")),
        (_("frister"), _("dine frister og de neste møtene")),
        (_("vedtak …"), _("søker i vedtakene til styret")),
    ]
    year = (_("årshjul"), _("møter og frister gjennom året, som kort og bilde"))
    if room.actor.is_handler:
        return [duties, *often, *_arranging(), year]
    rest = [
        (_("kalender"), _("møtene og fristene dine i din egen kalender")),
        (_("språk nynorsk"), _("bytter språk: bokmål, nynorsk eller engelsk")),
    ]
    archive = (_("arkiver møte"), _("et møte som ZIP til arkivet, med metadata etter Noark 5"))
    keeps = [archive] if Role.ARCHIVIST in room.actor.roles else []
    first = [duties, submit] if waiting else [submit, duties]
    if not room.actor.roles:  # perhaps somebody of the register, in an account that is not joined yet
        first.append((_("koble"), _("kobler deg til styrets register, med koden du har fått")))
    anchored = (_("forankring"), _("hvordan vedtakene er forankret i helseforetakene"))
    board = [anchored] if room.actor.roles & (BOARD - {Role.OBSERVER}) else []
    return [*first, *keeps, *often, *board, year, *rest]


def _arranging() -> list[tuple[str, str]]:
    return [
        (_("nytt møte …"), _("setter opp et møte, for eksempel «nytt møte styret 24.09.2026 kl. 9»")),
        (_("flytt møte …"), _("flytter et møte og viser hvilke frister som følger med")),
        (_("kanal"), _("skriv det i en kanal, så kommer milepælene der")),
    ]


def _my_cases_help(room: Room, waiting: int) -> str:
    if room.actor.roles & HANDLERS:
        return _("saker som venter på {office}", office=label(room.mandate.office))
    if Role.PROJECT_OWNER in room.actor.roles and waiting:
        return _("saker som venter på at du bekrefter dem")
    return _("saker du har meldt, eier eller skal ta stilling til")

"""Presses about the working group: scheduling, statements, treatment, minutes; and about cases that came late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.case import Changed, Result
from board.commands import AcceptLate, AskLate, GiveStatement, RefuseLate, ScheduleForGroup, TreatCase
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.states import CaseAct
from board.treatment import WgOutcome
from board.usecases._case import why_not
from board.usecases.accept_late import accept_late
from board.usecases.ask_late import ask_late
from board.usecases.give_statement import give_statement
from board.usecases.refuse_late import refuse_late
from board.usecases.schedule_for_group import schedule_for_group
from board.usecases.treat_case import treat_case
from cards import actions
from cards.i18n import _
from cards.labels import outcome_name
from cards.meeting_views import Typed
from cards.message import Banner, Option
from cards.templates.sheet_card import NOTHING_TYPED
from dialogs import group_minutes, sitting_present
from dialogs.present import card_of, done_card, refusal_note, refused
from dialogs.pressed import Data, Handler, case_id, chosen, rev, text
from dialogs.room import Reply, Room, show


def _meeting(data: Data) -> MeetingId:
    return MeetingId(text(data, "meeting")[:64])


async def _shown(room: Room, data: Data, result: Result, verb: str, *fields: str) -> Reply:
    """The case as it is now. Where it was refused, what was typed in ``fields`` stands under the button still."""
    if isinstance(result, Changed):
        return show(await done_card(room, result.case), redrawn=bool(result.events))
    typed = {name: written for name in fields if (written := text(data, name))}
    return show(await refused(room, result, case_id(data), {verb: typed}))


# -- the working group -------------------------------------------------------------------------------------------------


async def _schedule(room: Room, data: Data) -> Reply:
    command = ScheduleForGroup(case_id(data), _meeting(data), rev(data))
    result = await schedule_for_group(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result, actions.WG_SCHEDULE, "meeting")


async def _statement(room: Room, data: Data) -> Reply:
    command = GiveStatement(case_id(data), text(data, "statement"))
    result = await give_statement(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return await _shown(room, data, result, actions.WG_STATEMENT, "statement")
    case = await room.work.cases.get(result.case)
    if case is None:  # it was just there, in this unit of work
        return await _shown(room, data, Refusal(RefusalCode.NOT_FOUND), actions.WG_STATEMENT)
    note = Banner(_("Takk. Uttalelsen er registrert. Du kan endre den til fristen er ute."), "good")
    return show(await card_of(room, case, note))


async def _treat(room: Room, data: Data) -> Reply:
    fields = ("outcome", "remarks")
    outcome = _outcome(text(data, "outcome"))
    if outcome is None:
        refusal = await why_not(case_id(data), CaseAct.TREAT, room.actor, room.work, room.rules)
        wrong = refusal or Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("outcome",)})
        return await _shown(room, data, wrong, actions.WG_TREAT, *fields)
    command = TreatCase(case_id(data), outcome, text(data, "remarks"), rev(data))
    result = await treat_case(command, room.actor, room.work, room.rules)
    if sheet := text(data, "sheet")[:64]:  # pressed in the run-sheet, where it goes on
        typed = Typed({name: text(data, name) for name in fields}) if isinstance(result, Refusal) else NOTHING_TYPED
        return await _in_sheet(room, MeetingId(sheet), result, typed)
    reply = await _shown(room, data, result, actions.WG_TREAT, *fields)
    if isinstance(result, Refusal) or (minutes := await group_minutes.all_treated(room, result.case)) is None:
        return reply
    return Reply((minutes,), reply.card, reply.redrawn)


async def _in_sheet(room: Room, meeting: MeetingId, result: Result, typed: Typed) -> Reply:
    note = Banner(_("Behandlingen er registrert."), "good")
    if isinstance(result, Refusal):
        note = await refusal_note(room, result)
    return show(await sitting_present.sheet_of(room, meeting, None, note, typed))


def _outcome(written: str) -> WgOutcome | None:
    """By its code or by its name."""
    options = [Option(str(outcome), outcome_name(outcome)) for outcome in WgOutcome]
    found = chosen(written, options) if written else ""
    return WgOutcome(found) if found in set(WgOutcome) else None


# -- late cases --------------------------------------------------------------------------------------------------------


async def _ask_late(room: Room, data: Data) -> Reply:
    command = AskLate(case_id(data), _meeting(data), text(data, "reason"), rev(data))
    result = await ask_late(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result, actions.CASE_LATE_ASK, "meeting", "reason")


async def _accept_late(room: Room, data: Data) -> Reply:
    result = await accept_late(AcceptLate(case_id(data), rev(data)), room.actor, room.work, room.rules)
    return await _shown(room, data, result, actions.CASE_LATE_ACCEPT)


async def _refuse_late(room: Room, data: Data) -> Reply:
    command = RefuseLate(case_id(data), text(data, "reason"), rev(data))
    result = await refuse_late(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result, actions.CASE_LATE_REFUSE, "reason")


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.WG_SCHEDULE: _schedule,
    actions.WG_STATEMENT: _statement,
    actions.WG_TREAT: _treat,
    actions.WG_MINUTES: group_minutes.press,
    actions.MINUTES_FILE: group_minutes.begin,
    actions.CASE_LATE_ASK: _ask_late,
    actions.CASE_LATE_ACCEPT: _accept_late,
    actions.CASE_LATE_REFUSE: _refuse_late,
}

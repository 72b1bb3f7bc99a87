"""Presses on a meeting's buttons: the data is a request, never authority; everything is read again on the server."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import USUAL_MINUTES, MeetingChanged
from board.meeting_commands import CancelMeeting, MoveMeeting, PlanMeeting
from board.people import Body
from board.usecases.cancel_meeting import cancel_meeting
from board.usecases.look_at_meeting import look_at_meeting
from board.usecases.move_meeting import move_meeting
from board.usecases.plan_meeting import plan_meeting
from board.usecases.preview_meeting import may_arrange
from cards import actions
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Banner, Json, Message
from cards.templates import meeting_previews as cards
from cards.templates.meeting_card import meeting_card
from dialogs.answers import read_choice
from dialogs.attend_act import attend
from dialogs.meeting_present import card_of, meeting_view, refusal_note, refused
from dialogs.meeting_previews import (
    ahead,
    as_written,
    ask_or_preview_new,
    move_form,
    preview_cancel,
    preview_move,
    read_form,
    wg_deadline,
)
from dialogs.pressed import rev, text
from dialogs.room import Reply, Room, show

Data = Mapping[str, Json]
_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_FORM: Final = ("body", "date", "time", "place", "minutes")


def meeting_id(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:64])


def starts_at(data: Data) -> datetime | None:
    """The instant that the preview gave; None for anything else."""
    try:
        found = datetime.fromisoformat(text(data, "starts_at"))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _values(data: Data, *names: str) -> dict[str, str]:
    return {name: text(data, name) for name in names}


# -- a new one -----------------------------------------------------------------------------------------------------


async def _create(room: Room, data: Data) -> Reply:
    if refusal := await may_arrange(room.actor, meeting_id(data) or "meeting", room.work, room.rules):
        return show(await refused(room, refusal))
    new = text(data, "id")
    new = new if _ID.fullmatch(new) else room.rules.ids.new()
    values, at = _values(data, *_FORM), starts_at(data)
    body = values["body"]
    if at and not data.get("preview"):
        values |= as_written(at)
    if data.get("form"):
        return show(cards.new_form(new, Typed(values)))
    if data.get("preview") or at is None or body not in list(Body):
        return show(await ask_or_preview_new(room, new, read_form(values, room.today), values))
    return await _plan(room, MeetingId(new), Body(body), at, values)


async def _plan(room: Room, new: MeetingId, body: Body, at: datetime, values: dict[str, str]) -> Reply:
    wish = read_form(values, room.today)
    if values["minutes"] and wish.minutes is None:
        return show(await ask_or_preview_new(room, new, wish, values))
    command = PlanMeeting(new, body, at, wish.minutes or USUAL_MINUTES, values["place"])
    result = await plan_meeting(command, room.actor, room.work, room.rules)
    if isinstance(result, MeetingChanged):
        return show(await _created(room, result), redrawn=bool(result.events))
    note = await refusal_note(room, result)
    return show(cards.new_form(new, Typed(values, _field_errors(result, note)), note))


async def _created(room: Room, result: MeetingChanged) -> Message:
    words = _("Møtet er satt opp. Ingen har fått beskjed ennå: påminnelsene kommer etter planen.")
    note = Banner(words if result.events else _("Møtet er alt satt opp."), "good")
    view = await meeting_view(room, result.meeting)
    card = meeting_card(view, note)
    due = wg_deadline(view.plan)
    step = cards.may_schedule_wg(view, due, MeetingId(room.rules.ids.new())) if result.events else None
    return card if step is None else cards.with_first_button(card, step)


def _field_errors(refusal: Refusal, note: Banner) -> dict[str, str]:
    """The fields of the form that a refusal is about."""
    fields = refusal.params.get("fields", ())
    names = [str(name) for name in fields] if isinstance(fields, tuple) else []
    return {"date" if name == "starts_at" else name: note.text for name in names}


# -- moved, cancelled ----------------------------------------------------------------------------------------------


async def _chosen(room: Room, data: Data) -> MeetingId:
    """The meeting that the button knows, or the one that was chosen in the form."""
    if known := meeting_id(data):
        return known
    written = text(data, "meeting")
    field = cards.which_field(await ahead(room), Typed())
    found = read_choice(written, field.options)
    return MeetingId(getattr(found, "value", written)[:64])


async def _move(room: Room, data: Data) -> Reply:
    chosen = await _chosen(room, data)
    if refusal := await may_arrange(room.actor, chosen or "meeting", room.work, room.rules):
        return show(await refused(room, refusal, chosen))
    at = starts_at(data)
    if at is None or data.get("preview"):
        return show(await _move_preview(room, chosen, _values(data, "date", "time")))
    command = MoveMeeting(chosen, at, rev(data))
    result = await move_meeting(command, room.actor, room.work, room.rules)
    if isinstance(result, MeetingChanged):
        note = Banner(_("Møtet er flyttet. De det gjelder, får én melding."), "good")
        return show(await card_of(room, result.meeting, note), redrawn=bool(result.events))
    meeting = await room.work.meetings.get(chosen)
    if meeting and result.code in (RefusalCode.TIME_PASSED, RefusalCode.TIME_TAKEN):
        note = await refusal_note(room, result)
        return show(move_form(meeting, as_written(at), _field_errors(result, note)))
    return show(await refused(room, result, chosen))


async def _move_preview(room: Room, chosen: MeetingId, values: dict[str, str]) -> Message:
    if not chosen:
        return cards.move_form(await ahead(room), *_which(values))
    meeting = await look_at_meeting(chosen, room.actor, room.work, room.rules)
    if isinstance(meeting, Refusal):
        return await refused(room, meeting)
    return await preview_move(room, meeting, read_form(values, room.today), values)


async def _cancel(room: Room, data: Data) -> Reply:
    chosen, reason = await _chosen(room, data), text(data, "reason")
    if refusal := await may_arrange(room.actor, chosen or "meeting", room.work, room.rules):
        return show(await refused(room, refusal, chosen))
    if data.get("preview"):
        return show(await _cancel_preview(room, chosen, reason))
    result = await cancel_meeting(CancelMeeting(chosen, reason, rev(data)), room.actor, room.work, room.rules)
    if isinstance(result, MeetingChanged):
        note = Banner(_("Møtet er avlyst. De det gjelder, får én melding."), "good")
        return show(await card_of(room, result.meeting, note), redrawn=bool(result.events))
    if result.code in (RefusalCode.REASON_NEEDED, RefusalCode.STALE):
        return show(await _cancel_again(room, chosen, reason, result))
    return show(await refused(room, result, chosen))


async def _cancel_preview(room: Room, chosen: MeetingId, reason: str) -> Message:
    if not chosen:
        return cards.cancel_form(await ahead(room), *_which({"reason": reason}))
    meeting = await look_at_meeting(chosen, room.actor, room.work, room.rules)
    if isinstance(meeting, Refusal):
        return await refused(room, meeting)
    return await preview_cancel(room, meeting, reason)


async def _cancel_again(room: Room, chosen: MeetingId, reason: str, refusal: Refusal) -> Message:
    """The preview as things are now, with what was written."""
    meeting = await look_at_meeting(chosen, room.actor, room.work, room.rules)
    if isinstance(meeting, Refusal):
        return await refused(room, meeting)
    error = "" if reason else _("Skriv hvorfor, så de som får beskjed, forstår det.")
    return await preview_cancel(room, meeting, reason, error=error, note=await refusal_note(room, refusal, meeting))


def _which(values: dict[str, str]) -> tuple[Typed, Banner]:
    words = _("Velg hvilket møte det gjelder.")
    return Typed(values, {"meeting": words}), Banner(words, "warning")


async def _open(room: Room, data: Data) -> Reply:
    found = await look_at_meeting(meeting_id(data), room.actor, room.work, room.rules)
    return show(await refused(room, found) if isinstance(found, Refusal) else await card_of(room, found))


HANDLERS: Final[Mapping[str, Callable[[Room, Data], Awaitable[Reply]]]] = {
    actions.MEETING_CREATE: _create,
    actions.MEETING_MOVE: _move,
    actions.MEETING_CANCEL: _cancel,
    actions.MEETING_ATTEND: attend,
    actions.MEETING_OPEN: _open,
}

"""Presses on an agenda's buttons: the data is a request, never authority; everything is read again on the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.agenda import AgendaChanged, ItemKind
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, ItemId, MeetingId
from board.meeting_commands import ApproveAgenda, AskApproval, BuildAgenda, EditItem, MoveItem, ShiftItem
from board.people import Body
from board.usecases.approve_agenda import approve_agenda
from board.usecases.ask_approval import ask_approval
from board.usecases.build_agenda import build_agenda
from board.usecases.edit_item import edit_item
from board.usecases.look_at_agenda import look_at_agenda, seen
from board.usecases.move_item import Moved, move_item
from board.usecases.shift_item import shift_item
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Banner, Json, Message
from cards.templates.agenda_card import item_options
from cards.templates.agenda_item import edit_fields
from dialogs.agenda_present import (
    agenda_view,
    built_card,
    card_of,
    elsewhere,
    item_of,
    note_of,
    refused,
)
from dialogs.amounts import read_minutes
from dialogs.meeting_acts import meeting_id
from dialogs.pressed import chosen, rev, text
from dialogs.room import Reply, Room, show

Data = Mapping[str, Json]
_MOST: Final = 64
_STAYS: Final = frozenset({RefusalCode.STALE, RefusalCode.UNKNOWN_CHOICE, RefusalCode.TOO_LONG, RefusalCode.LATE,
                           RefusalCode.MEETING_UNFIT})  # fmt: skip
"""Refusals after which the item's card stands there still, with what was typed."""


def item_id(data: Data) -> ItemId:
    return ItemId(text(data, "item")[:_MOST])


# -- the whole agenda --------------------------------------------------------------------------------------------------


async def _open(room: Room, data: Data) -> Reply:
    found = await look_at_agenda(meeting_id(data), room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return show(await refused(room, found, meeting_id(data)))
    return show(await card_of(room, found))


async def _build(room: Room, data: Data) -> Reply:
    """All that are ready, or the one case that is named."""
    named = text(data, "case")[:_MOST]
    command = BuildAgenda(meeting_id(data), (CaseId(named),) if named else None)
    made = await build_agenda(command, room.actor, room.work, room.rules)
    if isinstance(made, Refusal):
        return show(await refused(room, made, meeting_id(data)))
    return show(await built_card(room, made), redrawn=bool(made.added) or made.is_new)


async def _ask(room: Room, data: Data) -> Reply:
    result = await ask_approval(AskApproval(meeting_id(data), rev(data)), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, meeting_id(data)))
    words = _("Sendt til leder for godkjenning.") if result.events else _("Leder er alt bedt om å godkjenne den.")
    return show(await _agenda(room, meeting_id(data), Banner(words, "good")))


async def _approve(room: Room, data: Data) -> Reply:
    result = await approve_agenda(ApproveAgenda(meeting_id(data), rev(data)), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, meeting_id(data)))
    note = Banner(_("Takk. Sakslisten er godkjent, og porteføljekontoret har fått beskjed."), "good")
    return show(await _agenda(room, meeting_id(data), note), redrawn=True)


async def _agenda(room: Room, meeting_id_: MeetingId, note: Banner) -> Message:
    meeting = await room.work.meetings.get(meeting_id_)
    if meeting is None:
        return await refused(room, Refusal(RefusalCode.NOT_FOUND), meeting_id_)
    return await card_of(room, await seen(meeting, room.actor, room.work), note)


# -- one item ----------------------------------------------------------------------------------------------------------


async def _item(room: Room, data: Data) -> Reply:
    """By its id, its number in the list or its name. A message of its own, which stays while the agenda is redrawn."""
    found = await look_at_agenda(meeting_id(data), room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return show(await refused(room, found, meeting_id(data)))
    if found.agenda is None:
        return show(await card_of(room, found))
    written = text(data, "item")[:200]
    view = await agenda_view(room, found)
    card = await item_of(room, found.meeting.id, ItemId(chosen(written, item_options(view))))
    return Reply((card,)) if view.may_arrange else show(card)


async def _up(room: Room, data: Data) -> Reply:
    return await _shift(room, data, -1)


async def _down(room: Room, data: Data) -> Reply:
    return await _shift(room, data, 1)


async def _shift(room: Room, data: Data, step: int) -> Reply:
    command = ShiftItem(meeting_id(data), item_id(data), step, rev(data))
    result = await shift_item(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return await _refused_item(room, data, result)
    words = _("Flyttet.") if result.events else _("Punktet kan ikke flyttes lenger den veien.")
    return await _changed(room, data, result, words)


async def _edit(room: Room, data: Data) -> Reply:
    values = {name: text(data, name) for name in ("minutes", "presenter", "kind")}
    kind = await _kind(room, data, values["kind"])
    minutes = read_minutes(values["minutes"])
    if minutes is None or (values["kind"] and kind is None):
        wrong = {"minutes": _("Skriv et antall minutter, for eksempel 15.")} if minutes is None else {}
        return await _again(room, data, values, wrong or {"kind": _("Velg ett svar.")})
    command = EditItem(meeting_id(data), item_id(data), minutes, values["presenter"], kind, rev(data))
    result = await edit_item(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return await _refused_item(room, data, result, values)
    words = _("Lagret.") if result.events else _("Ingenting var annerledes.")
    return await _changed(room, data, result, words)


async def _kind(room: Room, data: Data, written: str) -> ItemKind | None:
    """As the item's own field offers it, by code or name."""
    found = await look_at_agenda(meeting_id(data), room.actor, room.work, room.rules) if written else None
    if found is None or isinstance(found, Refusal) or found.agenda is None:
        return None
    line = (await agenda_view(room, found)).line(item_id(data))
    fields = {field.id: field for field in edit_fields(line, Typed())} if line else {}
    code = chosen(written, fields["kind"].options) if "kind" in fields else written
    return ItemKind(code) if code in list(ItemKind) else None


async def _move(room: Room, data: Data) -> Reply:
    command = MoveItem(meeting_id(data), item_id(data), await _to(room, data), rev(data))
    result = await move_item(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return await _refused_item(room, data, result, {"meeting": text(data, "meeting")})
    return show(await _agenda(room, meeting_id(data), _moved(result)))


async def _to(room: Room, data: Data) -> MeetingId:
    """By its id, its number in the list or its day. Nothing is locked here: the two meetings are, in their order."""
    return MeetingId(chosen(text(data, "meeting")[:200], await elsewhere(room, meeting_id(data)))[:_MOST])


def _moved(result: Moved) -> Banner:
    case, day = result.case, weekday_date(result.to.day)
    if result.waits:
        words = _("{number} er flyttet til møtet {day}, og kommer på sakslisten når den lages.",
                  number=case.board_number, day=day)  # fmt: skip
    else:
        words = _("{number} er flyttet til sakslisten for møtet {day}.", number=case.board_number, day=day)
    return Banner(words, "good")


# -- shared ------------------------------------------------------------------------------------------------------------


async def _changed(room: Room, data: Data, result: AgendaChanged, words: str) -> Reply:
    """Says too that the chair's approval is wanting, where there must be one."""
    meeting = await room.work.meetings.get(result.agenda.meeting)
    if meeting and meeting.body is Body.BOARD and not result.agenda.is_approved:
        words = f"{words} {_('Leder må godkjenne sakslisten før papirene sendes.')}"
    card = await item_of(room, result.agenda.meeting, item_id(data), Banner(words, "good"))
    return show(card)


async def _again(room: Room, data: Data, values: Mapping[str, str], errors: Mapping[str, str]) -> Reply:
    """The item's card with what was typed and what is wrong with it."""
    note = Banner(" ".join(errors.values()), "attention")
    return show(await item_of(room, meeting_id(data), item_id(data), note, Typed(values, errors)))


async def _refused_item(
    room: Room, data: Data, refusal: Refusal, values: Mapping[str, str] | None = None
) -> Reply:  # fmt: skip
    if refusal.code not in _STAYS:
        return show(await refused(room, refusal, meeting_id(data)))
    note = await note_of(room, refusal)
    fields = refusal.params.get("fields", ())
    errors = {str(name): note.text for name in fields} if isinstance(fields, tuple) else {}
    return show(await item_of(room, meeting_id(data), item_id(data), note, Typed(values or {}, errors)))


HANDLERS: Final[Mapping[str, Callable[[Room, Data], Awaitable[Reply]]]] = {
    actions.AGENDA_OPEN: _open,
    actions.AGENDA_BUILD: _build,
    actions.AGENDA_ASK: _ask,
    actions.AGENDA_UP: _up,
    actions.AGENDA_DOWN: _down,
    actions.AGENDA_ITEM: _item,
    actions.AGENDA_EDIT: _edit,
    actions.AGENDA_MOVE: _move,
    actions.AGENDA_APPROVE: _approve,
}

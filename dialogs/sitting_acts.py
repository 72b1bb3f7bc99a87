"""Presses in a meeting under way: the data is a request, never authority; everything is read again on the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import ItemId, PersonId
from board.sitting_commands import CallItem, CloseMeeting, GoOnWithoutQuorum, SeatPerson, StartMeeting
from board.usecases.call_item import call_item
from board.usecases.close_meeting import close_meeting
from board.usecases.go_on_without_quorum import go_on_without_quorum
from board.usecases.seat_person import seat_person
from board.usecases.start_meeting import start_meeting
from cards import actions
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Act, Banner, Message, Option
from cards.sitting_views import SittingLine, SittingView
from cards.templates.presence_card import presence_card
from cards.templates.refusals import plain_refusal
from cards.templates.sheet_card import sheet_card
from cards.templates.sheet_fields import FORM, standing
from cards.templates.sitting_card import sitting_card
from dialogs import decision_talk
from dialogs.answers import SPACES
from dialogs.meeting_acts import meeting_id
from dialogs.pressed import Data, Handler, chosen, text
from dialogs.room import Reply, Room, show
from dialogs.sitting_present import card_of, look, note_of, refused, sheet_of

_MOST: Final = 64


def item_id(data: Data, key: str = "item") -> ItemId | None:
    """What is named, or None."""
    found = text(data, key)[:_MOST]
    return ItemId(found) if found else None


async def _open(room: Room, data: Data) -> Reply:
    """The run-sheet and who is there are messages of their own: the card that follows the meeting is drawn anew."""
    meeting = meeting_id(data)
    if data.get("sheet"):
        return Reply((await sheet_of(room, meeting, item_id(data)),))
    if data.get("presence"):
        return Reply((await _presence(room, data),))
    return show(await card_of(room, meeting))


async def _start(room: Room, data: Data) -> Reply:
    meeting = meeting_id(data)
    result = await start_meeting(StartMeeting(meeting), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, meeting))
    words = _("Møtet er i gang. De som er med, har fått et kort som følger møtet.")
    note = Banner(words if result.is_new else _("Møtet er alt i gang."), "good")
    return show(await decision_talk.asked(room, meeting, note))


async def _call(room: Room, data: Data) -> Reply:
    meeting = meeting_id(data)
    if unsaved := await _unsaved(room, data):
        return show(unsaved)
    result = await call_item(CallItem(meeting, item_id(data)), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, meeting))
    return show(await decision_talk.asked(room, meeting), redrawn=bool(result.events))


async def _close(room: Room, data: Data) -> Reply:
    meeting = meeting_id(data)
    if unsaved := await _unsaved(room, data):
        return show(unsaved)
    result = await close_meeting(CloseMeeting(meeting), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await refused(room, result, meeting, item_id(data, "shown"), _typed(data)))
    await decision_talk.drop(room, meeting)
    note = Banner(_("Møtet er lukket. Nå kan vedtakene kunngjøres og referatet skrives."), "good")
    return show(await card_of(room, meeting, note), redrawn=bool(result.events))


# -- what was typed and not saved --------------------------------------------------------------------------------------


async def _unsaved(room: Room, data: Data) -> Message | None:
    """The same item with what was typed in it, where going on would lose that; pressed once more it goes on."""
    shown = item_id(data, "shown")
    if shown is None or data.get("sure") or not room.actor.is_handler:
        return None
    view = await look(room, meeting_id(data))
    line = None if isinstance(view, Refusal) else view.line(shown)
    if isinstance(view, Refusal) or line is None or not view.by_hand(line) or not _differs(view, line, data):
        return None
    note = Banner(_("Det du har skrevet her, er ikke lagret. Trykk Lagre, eller gå videre uten."), "warning")
    card = sheet_card(view, line, note, _typed(data))
    return replace(card, buttons=tuple(_sure(one) if isinstance(one, Act) else one for one in card.buttons))


def _sure(act: Act) -> Act:
    if act.verb not in (actions.SITTING_CALL, actions.SITTING_CLOSE):
        return act
    return replace(act, data={**act.data, "sure": True})


def _typed(data: Data) -> Typed:
    return Typed({name: text(data, name) for name in FORM if isinstance(data.get(name), str)})


def _differs(view: SittingView, line: SittingLine, data: Data) -> bool:
    if line.decision and line.decision.is_published:
        return False
    stands = standing(view, line)
    return any(_plain(name, written) != _plain(name, stands[name]) for name, written in _typed(data).values.items())


def _plain(name: str, value: str) -> str:
    if name in ("left", "dissent"):
        return ",".join(sorted(one.strip() for one in value.split(",") if one.strip()))
    return SPACES.sub(" ", value).strip()


# -- who is there ------------------------------------------------------------------------------------------------------


async def _presence(room: Room, data: Data, note: Banner | None = None, person: str = "", error: str = "") -> Message:
    view = await look(room, meeting_id(data))
    if isinstance(view, Refusal):
        return plain_refusal(note or await note_of(room, view))
    return presence_card(view, note, person, error) if view.runs else sitting_card(view, note)


async def _seat(room: Room, data: Data) -> Reply:
    view = await look(room, meeting_id(data))
    offered = () if isinstance(view, Refusal) else tuple(Option(s.person, view.name(s.person)) for s in view.coming)
    who, present = PersonId(chosen(text(data, "person")[:200], offered)), text(data, "present") != "false"
    command = SeatPerson(meeting_id(data), who, present)
    result = await seat_person(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        wrong = _("Velg hvem det gjelder.") if result.code is RefusalCode.UNKNOWN_CHOICE else ""
        note = Banner(wrong, "attention") if wrong else await note_of(room, result)
        return show(await _presence(room, data, note, who, wrong))
    name = next((option.label for option in offered if option.value == who), "")
    come = _("{who} er registrert som til stede.", who=name)
    gone = _("{who} er registrert som gått.", who=name)
    note = Banner(come if present else gone, "good")
    return show(await _presence(room, data, note), redrawn=bool(result.events))


async def _go_on(room: Room, data: Data) -> Reply:
    command = GoOnWithoutQuorum(meeting_id(data), text(data, "reason"))
    result = await go_on_without_quorum(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await card_of(room, meeting_id(data), await note_of(room, result)))
    said = _("Notert: møtet går videre. Begrunnelsen kommer i referatet.")
    words = said if result.events else _("Det er mange nok til stede. Det trengs ikke.")
    return show(await card_of(room, meeting_id(data), Banner(words, "good")), redrawn=bool(result.events))


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.SITTING_OPEN: _open,
    actions.SITTING_START: _start,
    actions.SITTING_CALL: _call,
    actions.SITTING_SEAT: _seat,
    actions.SITTING_GO_ON: _go_on,
    actions.SITTING_CLOSE: _close,
}

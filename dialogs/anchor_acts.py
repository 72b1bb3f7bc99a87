"""Anchoring: «forankring», the presses, and what goes out. Read again on the server, every time (mandatet § 4)."""

from __future__ import annotations

from typing import Final

from board.after_commands import AnswerAnchor
from board.anchoring import Anchored, meeting_of_anchor
from board.errors import Refusal, RefusalCode
from board.ids import ItemId, MeetingId
from board.later import LaterKind
from board.later_notices import duty_of
from board.notices import NoticeKind
from board.usecases.answer_anchor import answer_anchor
from board.usecases.look_at_anchoring import latest_decided, look_at_anchoring
from cards import actions
from cards.after_views import AnchorView
from cards.i18n import _
from cards.message import Banner, Message
from cards.templates.anchor_card import REST, Typed, anchor_card, map_card, nothing_decided, text_message, why_asked
from cards.templates.refusals import plain_refusal, refusal_banner
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, Wanted, say, show

MAX_ID: Final = 64


async def anchoring(room: Room) -> Reply:
    """«forankring»: the map for the board, a member's own questions for who answers only."""
    meeting = await latest_decided(room.actor, room.work, room.rules)
    view = await _view(room, meeting) if meeting else None
    if view is None or isinstance(view, Refusal):
        return say(nothing_decided())
    return say(map_card(view) if view.may_read else anchor_card(view))


async def card(room: Room, meeting: MeetingId, note: Banner | None = None) -> Message:
    """The reader's own questions for a meeting, from a list of duties too."""
    view = await _view(room, meeting)
    return plain_refusal(note or _note(room, view)) if isinstance(view, Refusal) else anchor_card(view, note)


async def _view(room: Room, meeting: MeetingId) -> AnchorView | Refusal:
    seen = await look_at_anchoring(meeting, room.actor, room.work, room.rules)
    if isinstance(seen, Refusal):
        return seen
    duty = await room.work.duties.get(duty_of(LaterKind.ANCHOR, meeting, room.actor.id))
    return AnchorView(
        seen.meeting,
        seen.decisions,
        seen.asked,
        seen.cases,
        seen.answers,
        seen.units,
        room.mandate,
        room.today,
        seen.unit,
        seen.approved,
        seen.may_read,
        duty.due if duty and duty.is_open else None,
    )


def _meeting(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:MAX_ID])


def _note(room: Room, refusal: Refusal) -> Banner:
    if refusal.code is RefusalCode.NOT_FOUND:
        return Banner(_("Jeg finner ingen vedtak som du kan svare om her. Ingenting er endret."), "attention")
    if refusal.code is RefusalCode.UNKNOWN_CHOICE:
        return Banner(_("Velg hvilket vedtak det gjelder, og svaret. Ingenting er endret."), "attention")
    return refusal_banner(refusal, {}, room.mandate)


async def _open(room: Room, data: Data) -> Reply:
    return show(await card(room, _meeting(data)))


async def _map(room: Room, data: Data) -> Reply:
    view = await _view(room, _meeting(data))
    if isinstance(view, Refusal):
        return show(plain_refusal(_note(room, view)))
    return show(map_card(view) if view.may_read else anchor_card(view))


async def _answer(room: Room, data: Data) -> Reply:
    meeting, item, said = _meeting(data), text(data, "item"), text(data, "answer")
    if said not in list(Anchored):
        return show(await _again(room, data, Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("answer",)})))
    items = None if item in ("", REST) else (ItemId(item[:MAX_ID]),)
    command = AnswerAnchor(meeting, Anchored(said), text(data, "note"), items)
    result = await answer_anchor(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _again(room, data, result))
    if not result.anchors:
        return show(await card(room, meeting, Banner(_("Du har svart for alle. Ingenting er endret."), "warning")))
    words = _("Takk. Svaret er registrert, og kan endres her.")
    return show(await card(room, meeting, Banner(words, "good")))


async def _again(room: Room, data: Data, refusal: Refusal) -> Message:
    """The card with what was typed, and why nothing was taken in."""
    view, note = await _view(room, _meeting(data)), _note(room, refusal)
    if isinstance(view, Refusal):
        return plain_refusal(note)
    typed: Typed = {text(data, "answer"): {name: text(data, name) for name in ("item", "note")}}
    return anchor_card(view, note, typed)


async def _text(room: Room, data: Data) -> Reply:
    view = await _view(room, _meeting(data))
    if isinstance(view, Refusal):
        return show(plain_refusal(_note(room, view)))
    item = text(data, "item")
    decision = next((one for one in view.told if one.item == item), None)
    shown = map_card(view) if view.may_read else anchor_card(view)
    if decision is None:
        return show(plain_refusal(_note(room, Refusal(RefusalCode.UNKNOWN_CHOICE))))
    return Reply((text_message(view, decision),), shown)


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where it is answered meanwhile, or not for this reader."""
    meeting = meeting_of_anchor(wanted.object_id)
    view = await _view(room, meeting) if meeting else None
    if view is None or isinstance(view, Refusal) or not view.left:
        return None
    return anchor_card(view, why=why_asked())


async def now(room: Room, wanted: Wanted) -> Message | None:
    """A copy of the question as things are now."""
    meeting = meeting_of_anchor(wanted.object_id)
    view = await _view(room, meeting) if meeting and wanted.kind == NoticeKind.ANCHOR_ASKED else None
    return None if view is None or isinstance(view, Refusal) else anchor_card(view, why=why_asked())


HANDLERS: Final[dict[str, Handler]] = {
    actions.ANCHOR_ANSWER: _answer,
    actions.ANCHOR_OPEN: _open,
    actions.ANCHOR_MAP: _map,
    actions.ANCHOR_TEXT: _text,
}

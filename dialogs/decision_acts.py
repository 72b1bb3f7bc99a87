"""Presses on what a meeting decided: recording it, one condition more, reading it. The data is a request only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.decision import Outcome
from board.errors import Refusal, RefusalCode
from board.ids import ItemId, MeetingId
from board.sitting_commands import RecordDecision
from board.usecases.record_decision import Recorded, record_decision
from cards import actions
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Banner, Message
from cards.sitting_views import SittingLine, SittingView
from cards.templates.decision_card import decision_card
from cards.templates.decision_errors import decision_errors
from cards.templates.refusals import plain_refusal
from cards.templates.sheet_card import sheet_card
from cards.templates.sheet_fields import FORM, standing
from cards.templates.sitting_card import item_options, sitting_card
from cards.templates.sitting_texts import condition_line
from dialogs import decision_talk
from dialogs.conditions import Unread, read_condition
from dialogs.decision_reading import command_of, saved
from dialogs.meeting_acts import meeting_id
from dialogs.pressed import Data, Handler, chosen, rev, text
from dialogs.room import Reply, Room, show
from dialogs.sitting_present import look, note_of, refused, sheet_of


def _item(data: Data) -> ItemId:
    return ItemId(text(data, "item")[:200])


async def _record(room: Room, data: Data) -> Reply:
    meeting, item = meeting_id(data), _item(data)
    view = await look(room, meeting)
    line = None if isinstance(view, Refusal) else view.line(item)
    if isinstance(view, Refusal) or line is None or line.is_hidden or not view.runs:
        return show(await _not_there(room, meeting, item))
    typed = typed_in(data)
    read = await command_of(room, view, line, typed, rev(data))
    if isinstance(read, Mapping):
        note = Banner(" ".join(read.values()), "attention")
        return show(sheet_card(view, line, note, Typed(typed, read)))
    result = await record_decision(read, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await not_taken(room, result, read, view, line, typed))
    await decision_talk.drop(room, meeting)
    return show(await sheet_of(room, meeting, item, saved(result)), redrawn=result.is_new)


async def _not_there(room: Room, meeting: MeetingId, item: ItemId) -> Message:
    """For who may not, or of what is not there: asked of the rules, so that it is in the log."""
    command = RecordDecision(meeting, item, Outcome.NOTED)
    result = await record_decision(command, room.actor, room.work, room.rules)
    if isinstance(result, Recorded):
        raise TypeError(f"{item} is not there for {room.actor.id}, and was recorded")
    return await refused(room, result, meeting, item)


def typed_in(data: Data) -> dict[str, str]:
    """What the card's inputs held; one that it did not have is left as it is stored."""
    return {name: text(data, name) for name in FORM if isinstance(data.get(name), str)}


async def not_taken(
    room: Room, refusal: Refusal, command: RecordDecision, view: SittingView, line: SittingLine,
    typed: Mapping[str, str],
) -> Message:  # fmt: skip
    """The form with all that was typed, and the reason; drawn from what stands there by now."""
    errors = decision_errors(refusal, command.outcome, line)
    if not errors and refusal.code in (RefusalCode.NOT_FOUND, RefusalCode.NOT_ALLOWED):
        return await refused(room, refusal, view.meeting.id, line.item.id)
    note = Banner(" ".join(errors.values()), "attention") if errors else await note_of(room, refusal, view)
    return sheet_card(view, line, note, Typed(typed, errors))


# -- one condition more ------------------------------------------------------------------------------------------------


async def _condition(room: Room, data: Data) -> Reply:
    """Adds a line to the form, which is saved with the rest of it."""
    meeting, item = meeting_id(data), _item(data)
    view = await look(room, meeting)
    line = None if isinstance(view, Refusal) else view.line(item)
    if isinstance(view, Refusal) or line is None or line.is_hidden or not view.runs:
        return show(await _not_there(room, meeting, item))
    typed = typed_in(data)
    asked = {name: text(data, name) for name in ("condition", "owner", "owner_name", "due")}
    owner = asked["owner_name"] or chosen(asked["owner"], view.owners)
    read = await read_condition(room, asked["condition"], owner, asked["due"], view.owners)
    if isinstance(read, Unread):
        field = read.part if read.part != "owner" or view.owners else "owner_name"
        note = Banner(_("Vilkåret: {why}", why=read.words), "attention")
        return show(sheet_card(view, line, note, Typed({**typed, **asked}, {field: read.words})))
    people = {**view.people, **await room.work.people.get([read.owner])}
    before = typed.get("conditions", standing(view, line)["conditions"]).rstrip()
    typed["conditions"] = f"{before}\n{condition_line(read, people)}".strip()
    typed["outcome"] = typed.get("outcome") or str(Outcome.ADOPTED_WITH_CONDITIONS)
    note = Banner(_("Vilkåret står i skjemaet. Trykk Lagre når resten er med."), "accent")
    return show(sheet_card(view, line, note, Typed(typed)))


# -- reading -----------------------------------------------------------------------------------------------------------


async def _open(room: Room, data: Data) -> Reply:
    """A message of its own, by the item's id, its number in the list or its name."""
    view = await look(room, meeting_id(data))
    if isinstance(view, Refusal):
        return show(plain_refusal(await note_of(room, view)))
    offered = item_options(view, [line for line in view.lines if line.decision])
    line = view.line(ItemId(chosen(_item(data), offered)))
    if line is None or line.decision is None:
        return show(sitting_card(view, Banner(_("Det er ikke registrert noe under det punktet."), "warning")))
    return Reply((decision_card(view, line),))


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.DECISION_OPEN: _open,
    actions.DECISION_RECORD: _record,
    actions.DECISION_CONDITION: _condition,
}

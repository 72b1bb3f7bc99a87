"""Presses on a case's buttons: the data is a request, never authority; everything is read again on the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.case import Changed, Result
from board.commands import AcceptCase, ConfirmCase, DeclineCase, ReturnCase, RuleOutOfScope, WithdrawCase
from board.errors import Refusal
from board.usecases.accept_case import accept_case
from board.usecases.confirm_case import confirm_case
from board.usecases.decline_case import decline_case
from board.usecases.look_at_case import look_at_case
from board.usecases.return_case import return_case
from board.usecases.rule_out_of_scope import rule_out_of_scope
from board.usecases.withdraw_case import withdraw_case
from cards import actions
from cards.labels import label
from cards.message import Option
from cards.templates.case_text import full_text
from dialogs import form_acts, start_talk
from dialogs.dates import read_date
from dialogs.present import card_of, case_view, done_card, refused
from dialogs.pressed import Data, Handler, case_id, chosen, rev, text
from dialogs.room import Reply, Room, show

__all__ = ["HANDLERS", "Data", "Handler", "case_id", "chosen", "rev", "text"]


# -- the way through -----------------------------------------------------------------------------------------------


async def _shown(room: Room, data: Data, result: Result) -> Reply:
    if isinstance(result, Changed):
        return show(await done_card(room, result.case), redrawn=bool(result.events))
    typed = {k: v for k in ("reason", "deadline", "exclusion") if (v := text(data, k))}
    verbs = (actions.CASE_DECLINE, actions.CASE_RETURN, actions.CASE_WITHDRAW, actions.CASE_OUT_OF_SCOPE)
    return show(await refused(room, result, case_id(data), dict.fromkeys(verbs, typed)))


async def _confirm(room: Room, data: Data) -> Reply:
    result = await confirm_case(ConfirmCase(case_id(data), rev(data)), room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _decline(room: Room, data: Data) -> Reply:
    command = DeclineCase(case_id(data), text(data, "reason"), rev(data))
    result = await decline_case(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _accept(room: Room, data: Data) -> Reply:
    result = await accept_case(AcceptCase(case_id(data), rev(data)), room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _return(room: Room, data: Data) -> Reply:
    deadline = read_date(text(data, "deadline"), room.today)
    command = ReturnCase(case_id(data), text(data, "reason"), deadline, rev(data))
    result = await return_case(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _out_of_scope(room: Room, data: Data) -> Reply:
    exclusions = [Option(e.id, label(e.label)) for e in room.mandate.exclusions]
    exclusion = chosen(text(data, "exclusion").removeprefix("scope_"), exclusions)
    command = RuleOutOfScope(case_id(data), exclusion, rev(data))
    result = await rule_out_of_scope(command, room.actor, room.work, room.rules)
    return await _shown(room, data, result)


async def _withdraw(room: Room, data: Data) -> Reply:
    command = WithdrawCase(case_id(data), text(data, "reason"), rev(data))
    result = await withdraw_case(command, room.actor, room.work, room.rules)
    if isinstance(result, Changed):
        await room.work.talks.drop(room.actor.id)
    return await _shown(room, data, result)


# -- looking -------------------------------------------------------------------------------------------------------


async def _open(room: Room, data: Data) -> Reply:
    found = await look_at_case(case_id(data), room.actor, room.work, room.rules)
    return show(await refused(room, found, case_id(data)) if isinstance(found, Refusal) else await card_of(room, found))


async def _text(room: Room, data: Data) -> Reply:
    """The long texts in full, as new messages; the card stays as it is now."""
    found = await look_at_case(case_id(data), room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return show(await refused(room, found, case_id(data)))
    view = await case_view(room, found)
    return Reply(messages=full_text(view), card=await card_of(room, found))


async def _new(room: Room, _data: Data) -> Reply:
    await room.work.talks.drop(room.actor.id)
    return show(await start_talk.begin(room, {}))


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.CASE_START: start_talk.press,
    actions.CASE_BEGIN: start_talk.begin_with,
    **form_acts.HANDLERS,
    actions.CASE_CONFIRM: _confirm,
    actions.CASE_DECLINE: _decline,
    actions.CASE_ACCEPT: _accept,
    actions.CASE_RETURN: _return,
    actions.CASE_OUT_OF_SCOPE: _out_of_scope,
    actions.CASE_WITHDRAW: _withdraw,
    actions.CASE_OPEN: _open,
    actions.CASE_TEXT: _text,
    actions.CASE_NEW: _new,
}

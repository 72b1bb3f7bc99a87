"""Reads what the cards about follow-ups need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.errors import Refusal
from board.follow_up import FollowUp
from board.ids import FollowUpId
from board.people import BOARD
from board.usecases.follow_up import seen_follow_up
from cards.follow_up_views import FollowUpList, FollowUpView
from cards.message import Banner, Message
from cards.templates.follow_up_card import follow_up_card, follow_up_list
from cards.templates.refusals import plain_refusal
from dialogs.present import refusal_note
from dialogs.room import Room

MOST: Final = 100


async def view_of(room: Room, one: FollowUp) -> FollowUpView:
    titles = await room.work.cases.titles(room.actor, [one.case])
    named = {one.owner, *(report.by for report in one.reports), *((one.done_by,) if one.done_by else ())}
    people = await room.work.people.get(sorted(named))
    return FollowUpView(one, titles.get(one.case, ""), people, room.actor, room.today, room.mandate)


async def card_of(
    room: Room,
    one: FollowUp,
    note: Banner | None = None,
    why: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Message:
    return follow_up_card(await view_of(room, one), note, why, typed, errors)


async def refused(room: Room, refusal: Refusal, follow_up: FollowUpId, typed: Mapping[str, str]) -> Message:
    """The card as it is now with the reason on top and what was typed; the reason alone where nothing is to be seen."""
    banner = await refusal_note(room, refusal)
    one = await seen_follow_up(follow_up, room.actor, room.work)
    return plain_refusal(banner) if isinstance(one, Refusal) else await card_of(room, one, banner, typed=typed)


async def listed(room: Room) -> Message:
    """One's own; for the board, the office and its lead all those whose case they may see."""
    wide = room.actor.is_handler or bool(room.actor.roles & BOARD)
    found = await (room.work.follow_ups.open(MOST) if wide else room.work.follow_ups.of_owner(room.actor.id, MOST))
    titles = await room.work.cases.titles(room.actor, sorted({one.case for one in found}))
    mine = tuple(one for one in found if one.case in titles or one.owner == room.actor.id)
    people = await room.work.people.get(sorted({one.owner for one in mine}))
    return follow_up_list(FollowUpList(mine, titles, people, room.today, own=not wide))

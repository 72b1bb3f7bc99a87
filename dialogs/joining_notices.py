"""Word of joining, as things are when it goes out."""

from __future__ import annotations

from board.ids import PersonId
from board.joining import Unclear
from board.notices import NoticeKind
from cards.i18n import _
from cards.message import Message
from cards.templates import joining_notices as cards
from dialogs.room import Room, Wanted


async def notice(room: Room, wanted: Wanted) -> Message | None:
    if wanted.kind == NoticeKind.CODE_GIVEN:
        return await _code_made(room, wanted)
    return await _unclear(room, wanted)


async def _code_made(room: Room, wanted: Wanted) -> Message | None:
    """To the one it is for, and to nobody who stands in."""
    if wanted.object_id != room.actor.id:
        return None
    giver = PersonId(wanted.part)
    known = (await room.work.people.get([giver])).get(giver)
    return cards.code_made(known.name if known else _("en annen"), room.mandate)


async def _unclear(room: Room, wanted: Wanted) -> Message | None:
    """None where the account has found its person meanwhile, or the reader has left the office."""
    guest = PersonId(wanted.object_id)
    why, _colon, channel = wanted.part.partition(":")
    if not room.actor.is_handler or why not in frozenset(Unclear) or not await room.work.people.accounts_of(guest):
        return None
    person = (await room.work.people.get([guest])).get(guest)
    if person is None:
        return None
    return cards.account_unclear(person.name, person.email, channel, Unclear(why), room.mandate)

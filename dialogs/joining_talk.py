"""«kode …» for the office, «koble …» for whoever got the code; the same by buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import PersonId
from board.joining import GIVERS, in_halves
from board.people import Actor, Person, Role
from board.usecases._record import refuse
from board.usecases.give_join_code import give_join_code
from board.usecases.join_by_code import join_by_code
from cards import actions
from cards.i18n import LANGUAGES, current, use
from cards.message import Message
from cards.safe import cut
from cards.templates import joining_card as cards
from cards.templates.refusals import plain_refusal, refusal_banner
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, say, show

MOST_FOUND: Final = 5
_LOOKED_AT: Final = 20
"""Guests are found by their names too, and are left out afterwards."""


# -- the office --------------------------------------------------------------------------------------------------------


async def code(room: Room, words: str) -> Reply:
    """Who would get the code is shown before it is made."""
    if not room.actor.roles & GIVERS:
        refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": "join_code", "roles": tuple(sorted(GIVERS))})
        await refuse(refusal, room.actor, "join_code", room.work, room.rules)
        return say(plain_refusal(refusal_banner(refusal, {}, room.mandate)))
    if not words.strip():
        return say(cards.who_gets_it())
    found = await _registered(room, await room.work.people.named(words, _LOOKED_AT))
    return say(cards.offer_code(found[:MOST_FOUND]) if found else cards.nobody_called(cut(words, cards.MAX_TYPED)))


async def _registered(room: Room, people: Sequence[Person]) -> list[cards.Listed]:
    holders = await room.work.people.holders(tuple(Role), room.today)
    roles = {p.id: frozenset(role for role, held in holders.items() if p.id in held) for p in people}
    known = await room.work.people.organisations([p.organisation for p in people if p.organisation])
    names = {organisation.id: organisation.name for organisation in known.values()}
    return [
        cards.Listed(p, names.get(p.organisation, "") if p.organisation else "", roles[p.id])
        for p in people
        if roles[p.id]
    ]


async def give(room: Room, data: Data) -> Reply:
    given = await give_join_code(PersonId(text(data, "id")[:64]), room.actor, room.work, room.rules)
    if isinstance(given, Refusal):
        return show(plain_refusal(refusal_banner(given, {}, room.mandate)))
    return show(cards.code_given(given.to.person.name, in_halves(given.code), given.expires_at))


# -- the one who is to be joined ---------------------------------------------------------------------------------------


async def join(room: Room, words: str) -> Reply:
    if words.strip():
        return say(await _typed(room, words))
    return say(await _as_now(room))


async def use_code(room: Room, data: Data) -> Reply:
    return show(await _typed(room, text(data, "code")))


async def _typed(room: Room, typed: str) -> Message:
    """What was typed stays in its field, also where it did nothing."""
    typed = cut(typed, cards.MAX_TYPED)
    found = await join_by_code(typed, room.actor, room.work, room.rules)
    if isinstance(found, Actor):
        chosen = next((known for known in LANGUAGES if known == found.person.language), current())
        with use(chosen):
            return cards.joined_card(found.person.name)
    if found.code is RefusalCode.JOINED_ALREADY:
        return await _as_now(room)
    note = cards.unread_note() if found.code is RefusalCode.CODE_UNREAD else cards.unfit_note(found)
    return cards.enter_code(room.mandate, typed, note)


async def shown(room: Room, _data: Data) -> Reply:
    return show(await _as_now(room))


async def _as_now(room: Room) -> Message:
    """The field for a code; to those who are in the register, which accounts are theirs."""
    if not await room.work.people.is_registered(room.actor.id):
        return cards.enter_code(room.mandate)
    accounts = await room.work.people.accounts_of(room.actor.id)
    return cards.known_card(room.actor.person.name, sorted({account.channel for account in accounts}))


HANDLERS: Final[dict[str, Handler]] = {
    actions.JOIN_GIVE: give,
    actions.JOIN_USE: use_code,
    actions.JOIN_SHOW: shown,
}

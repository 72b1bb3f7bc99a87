"""Shorthand for chats about meetings: who is there, and what a card says where."""

from __future__ import annotations

from typing import Any

from board.attendance import Coming
from board.ids import MeetingId, PersonId, channel_recipient
from board.people import Actor, Person
from cards.message import Banner, Facts, Message
from tests.dialogs.support import CHANNEL, House, fields_of

APRIL, JUNE = MeetingId("april"), MeetingId("june")
IN_CHANNEL = Actor(Person(channel_recipient("teams", CHANNEL.conversation), ""))
OTHER_MEMBER = Actor(Person(PersonId("ola-vik"), ""))


def facts(card: Message) -> dict[str, str]:
    return {name: value for block in card.blocks if isinstance(block, Facts) for name, value in block.rows}


def banners(card: Message) -> str:
    return " ".join(block.text for block in card.blocks if isinstance(block, Banner))


def errors(card: Message) -> dict[str, str]:
    return {f.id: f.error for f in fields_of(card) if f.error}


def standing(card: Message) -> dict[str, Any]:
    return {f.id: f.value for f in fields_of(card)}


async def answers(house: House, meeting: MeetingId) -> dict[PersonId, tuple[Coming, PersonId]]:
    async with house.work.read() as work:
        return {a.person: (a.answer, a.by) for a in await work.attendance.of_meeting(meeting)}

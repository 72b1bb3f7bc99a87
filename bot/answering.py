"""How an e-mail says that it can be answered: by a link of its own where it asks something, and in which chats."""

from __future__ import annotations

from dataclasses import dataclass, replace

from board.answer_link import carried_by, token_of
from board.ids import PersonId, is_channel
from board.ports import Rules, UnitOfWork, Work
from board.usecases.give_answer_link import Asked, answer_until, give_answer_link, signing_key
from cards.message import Answering, Message
from cards.plain import button_text
from dialogs import answer_link
from dialogs.room import Room, Wanted

PATH = "/answer/"


@dataclass(frozen=True, slots=True)
class Offer:
    """How a message can be answered from a mail. ``asked`` None: by no link."""

    answering: Answering
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """``site``: the bot's own public address, without a slash at its end; empty: no links."""

    work: Work
    rules: Rules
    site: str

    async def offer(self, room: Room, wanted: Wanted, message: Message) -> Offer:
        """What could be answered, read while the message is drawn."""
        person = room.actor.id
        chats = await _chats(person, room.work)
        if not self.site or is_channel(person) or not carried_by(wanted.kind):
            return Offer(Answering(chats))
        question = await answer_link.asked_by(room, wanted, message)
        if not question.answers:
            return Offer(Answering(chats))
        until = await answer_until(wanted.object_id, person, question.verbs, room.work, self.rules)
        asks = question.message.title if question.message.title != message.title else ""
        answering = Answering(chats, "", until, tuple(button_text(one.act) for one in question.answers), asks)
        return Offer(answering, Asked(person, wanted.kind, wanted.object_id, wanted.part, wanted.rev, until))

    async def with_link(self, message: Message, offer: Offer, seed: str) -> Message:
        """The message with its link, made now: the same ``seed`` gives the same, as a mail may have to go twice."""
        answering = offer.answering
        if offer.asked is None:
            return replace(message, answering=answering)
        key = await signing_key(self.work, self.rules)
        async with self.work.write() as unit:
            link = await give_answer_link(offer.asked, seed, key, unit, self.rules)
            await unit.commit()
        if link.used_at is not None:
            return replace(message, answering=Answering(answering.chats))
        url = f"{self.site}{PATH}{token_of(link, key)}"
        return replace(message, answering=replace(answering, url=url, until=link.expires_at))


async def _chats(person: PersonId, work: UnitOfWork) -> tuple[str, ...]:
    return tuple(sorted({account.channel for account in await work.people.accounts_of(person)}))

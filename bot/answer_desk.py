"""What a link's reader is asked, and the answer taken in: one unit of work with the mark that the link is used."""

from __future__ import annotations

from dataclasses import dataclass

from board.answer_link import SEVERAL, AnswerLink, Why, token_of
from board.clock import local_day
from board.people import Actor
from board.ports import Clashed, Rules, UnitOfWork, Work
from board.usecases.give_answer_link import give_next
from board.usecases.use_answer_link import use_answer_link
from bot.answering import PATH
from cards.message import Message
from dialogs import answer_link
from dialogs.answer_link import Asked, Standing
from dialogs.room import ReadWord, Room

MOST_CLASHES = 4


@dataclass(frozen=True, slots=True)
class Taken:
    """``done`` False: nothing came of it, the link is not spent, and ``card`` says why. ``following``: an address."""

    card: Message
    done: bool
    following: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """``site``: the bot's own public address. ``link_hours`` and ``read_word`` as for a chat (``Room``)."""

    work: Work
    rules: Rules
    site: str = ""
    link_hours: int = 24
    read_word: ReadWord | None = None

    async def asked(self, link: AnswerLink) -> Asked | None:
        """None where this person is asked nothing by it any more. Only reads."""
        async with self.work.read() as unit:
            actor = await self._actor(link, unit)
            if actor is None:
                return None
            asked = await answer_link.asked(self._room(actor, unit), answer_link.wanted_by(link))
        return asked if asked and asked.answers else None

    async def look(self, link: AnswerLink, one: Standing) -> Message | None:
        """What can be read before one answers. An address of papers is made for it, as in a chat."""
        async with self.work.write() as unit:
            actor = await self._actor(link, unit)
            if actor is None:
                return None
            card = await answer_link.look(self._room(actor, unit), one)
            await unit.commit()
        return card

    async def take(
        self, link: AnswerLink, one: Standing, rev: int | None, inputs: dict[str, str], key: str
    ) -> Taken | Why:
        """The act, once. Where it clashes with others who act on the same it was taken back whole, and is done again.

        Errors: ``Clashed`` where that happened again and again.
        """
        for _attempt in range(MOST_CLASHES):
            try:
                return await self._once(link, one, rev, inputs, key)
            except Clashed:
                continue
        return await self._once(link, one, rev, inputs, key)

    async def _once(
        self, link: AnswerLink, one: Standing, rev: int | None, inputs: dict[str, str], key: str
    ) -> Taken | Why:
        async with self.work.write() as unit:
            now = await unit.answer_links.get(link.id)  # locked: of many at once one passes
            if now is None:
                return Why.USED
            if why := now.refuses(self.rules.clock.now()):
                return why
            actor = await self._actor(now, unit)
            if actor is None:
                return Why.OVER
            room = self._room(actor, unit)
            answered = await answer_link.answer(room, now, one, rev, inputs)
            following = await self._spent(room, now, one, key) if answered.done else ""
            await unit.commit()
        return Taken(answered.card, answered.done, following)

    async def _spent(self, room: Room, link: AnswerLink, one: Standing, key: str) -> str:
        """Marks it as used; the address for what is left of a question that has several answers."""
        if not await use_answer_link(link, one.act.verb, room.work, self.rules):
            raise Clashed  # somebody else was first after all: this is taken back whole
        if one.act.verb not in SEVERAL or not self.site:
            return ""
        left = await answer_link.asked(room, answer_link.wanted_by(link))
        if left is None or one.act.verb not in left.verbs:
            return ""
        return f"{self.site}{PATH}{token_of(await give_next(link, key, room.work, self.rules), key)}"

    async def _actor(self, link: AnswerLink, unit: UnitOfWork) -> Actor | None:
        """With the roles of today, whatever the person was when the mail went out."""
        return await unit.people.actor_of(link.person, local_day(self.rules.clock.now()))

    def _room(self, actor: Actor, unit: UnitOfWork) -> Room:
        return Room(actor, unit, self.rules, None, self.site, self.link_hours, self.read_word)

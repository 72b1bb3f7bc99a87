"""From a channel's turn to the conversation and back: who it is, one unit of work, one effect however often it comes.

The natural flow: identity → what is meant → use case → state, history and outbox committed together → the answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from board.clock import local_day
from board.delivery import Copy
from board.ids import PersonId
from board.people import Actor
from board.ports import Account, Clashed, Rules, UnitOfWork, Work
from board.usecases.join_by_email import meet, recognise
from bot.channels.base import Answer, IncomingFile, Installed, Introduce, Introduced, Pressed, Removed, Said, Turn
from bot.known import KnownAddresses
from cards.i18n import LANGUAGES, Language, use
from cards.message import Message
from cards.safe import clean, cut, one_line
from cards.templates import system
from dialogs import conversation
from dialogs.documents_talk import Found
from dialogs.home import home as home_of
from dialogs.room import ReadWord, Reply, Room
from dialogs.understand import Meant, understand

FetchFile = Callable[[IncomingFile], Awaitable[Found]]
MoveClock = Callable[[str], Awaitable[Message]]
MAX_NAME = 120
MOST_CLASHES = 4
"""Each time somebody else got through: of that many who act at once the last one is let in."""


@dataclass(frozen=True, slots=True)
class Conversations:
    """Implements ``bot.channels.base.Receiver`` over the dialogs.

    ``fetch`` stores a file that was sent; ``move_clock`` answers «tid …» and is None outside local mode.
    ``introduce`` says who stands behind a new account, by the channel's name, where a channel can.
    """

    work: Work
    rules: Rules
    known: KnownAddresses
    fetch: FetchFile
    move_clock: MoveClock | None = None
    site: str = ""
    link_hours: int = 24
    read_word: ReadWord | None = None
    introduce: Mapping[str, Introduce] = field(default_factory=dict)

    # -- turns ---------------------------------------------------------------------------------------------------------

    async def said(self, turn: Said) -> Answer:
        text = clean(turn.text).strip()
        if self.move_clock and (meant := conversation.clock_wish(text)) is not None:
            return Answer((await self.move_clock(meant),))
        if not turn.files and (answer := await self._read(turn, text)):
            return answer
        files = [await self.fetch(file) for file in turn.files]
        return await self._write(turn, lambda room: self._say(room, turn, text, files))

    async def _say(self, room: Room, turn: Said, text: str, files: Sequence[Found]) -> Reply:
        return await conversation.write(room, text, files, turn.address.scope)

    async def pressed(self, turn: Pressed) -> Answer:
        if turn.address.scope != "personal":  # others would read the card that answers
            return await self._write(turn, _only_in_private)
        return await self._write(turn, lambda room: conversation.press(room, turn.verb, turn.data))

    async def installed(self, turn: Installed) -> Answer:
        """Welcomes once: clients tell of an installation again and again."""
        now = self.rules.clock.now()
        who = await self._introduced(turn)
        async with self.work.write() as work:
            actor = await self._actor(work, turn, who)
            person = actor.id if turn.address.scope == "personal" else None
            new = await work.addresses.remember(person, turn.address, now)
            await work.commit()
        self.known.note(_account(turn), turn.address)
        with use(_language(actor)):
            reply = Reply((system.welcome(self.rules.mandate),) if new else ())
        return _answer(reply, _language(actor))

    async def removed(self, turn: Removed) -> None:
        self.known.forget(turn.address)
        async with self.work.write() as work:
            await work.addresses.forget(turn.address, self.rules.clock.now())
            await work.commit()

    async def home(self, turn: Turn) -> Answer:
        """One's own page; for whom nobody knows yet, what the bot is: an account is met when it writes or presses."""
        async with self.work.read() as work:
            actor = await work.people.actor(_account(turn), local_day(self.rules.clock.now()))
            if actor is None:
                return Answer((system.welcome(self.rules.mandate),))
            with use(_language(actor)):
                reply = Reply(await home_of(self._room(actor, work, turn)))
        return _answer(reply, _language(actor))

    async def sent(self, turn: Turn, message: Message, message_id: str) -> None:
        if message.about is None:
            return
        async with self.work.write() as work:
            actor = await work.people.actor(_account(turn), local_day(self.rules.clock.now()))
            if actor:
                await self._keep_copy(work, turn, actor.id, message, message_id)
                await work.commit()

    def failure(self, turn: Turn, incident: str) -> Message:
        return system.failure(incident)

    def slow_down(self, turn: Turn) -> Message:
        return system.slow_down()

    # -- how -----------------------------------------------------------------------------------------------------------

    async def _read(self, turn: Said, text: str) -> Answer | None:
        """The answer to a turn that changes nothing; None where it may change something."""
        meant = understand(text)
        if conversation.reading(meant, None) is None or not self.known.holds(_account(turn), turn.address):
            return None
        async with self.work.read() as work:
            actor = await work.people.actor(_account(turn), local_day(self.rules.clock.now()))
            if actor is None:
                return None
            talk = await work.talks.get(actor.id) if turn.address.scope == "personal" else None
            wish = conversation.reading(meant, talk)
            if wish is None:
                return None
            with use(_language(actor)):
                reply = await conversation.read(self._room(actor, work, turn), wish, turn.address.scope)
        return _answer(reply, _language(actor))

    async def _write(self, turn: Turn, act: Callable[[Room], Awaitable[Reply]]) -> Answer:
        """Where it clashes with others who act on the same at once, it was taken back whole, and is done again."""
        who = await self._introduced(turn)
        for _attempt in range(MOST_CLASHES):
            with suppress(Clashed):
                return await self._once(turn, who, act)
        return await self._once(turn, who, act)

    async def _once(self, turn: Turn, who: Introduced, act: Callable[[Room], Awaitable[Reply]]) -> Answer:
        now = self.rules.clock.now()
        async with self.work.write() as work:
            if turn.activity_id and not await work.inbox.take(turn.address.channel, _key(turn), now):
                return await self._again(turn, work)
            actor = await self._actor(work, turn, who)
            if turn.address.scope == "personal":
                await work.addresses.remember(actor.id, turn.address, now)
            with use(_language(actor)):
                reply = await act(self._room(actor, work, turn))
            if isinstance(turn, Pressed) and turn.message_id and reply.card and reply.card.about:
                await self._keep_copy(work, turn, actor.id, reply.card, turn.message_id)
            await work.commit()
        self.known.note(_account(turn), turn.address)
        return _answer(reply, _language(actor))

    async def _again(self, turn: Turn, work: UnitOfWork) -> Answer:
        """The same activity once more, after a restart or at another process: no second effect.

        A press is answered with the case as it is now, words with the question that stands open; what only asked to
        see something is shown again, as its answer may have been lost with the process that owed it.
        """
        actor = await work.people.actor(_account(turn), local_day(self.rules.clock.now()))
        if actor is None or turn.address.scope != "personal":
            return Answer()
        room = self._room(actor, work, turn)
        with use(_language(actor)):
            if isinstance(turn, Pressed):
                reply = await conversation.pressed_again(room, turn.verb, turn.data)
            elif isinstance(turn, Said) and (wish := await self._wish(turn, actor, work)) is not None:
                reply = await conversation.read(room, wish, turn.address.scope)
            else:
                reply = await conversation.again(room)
        return _answer(reply, _language(actor))

    async def _wish(self, turn: Said, actor: Actor, work: UnitOfWork) -> Meant | None:
        """What the words ask to see; None where they may change something."""
        return conversation.reading(understand(clean(turn.text).strip()), await work.talks.get(actor.id))

    async def _keep_copy(
        self, work: UnitOfWork, turn: Turn, person: PersonId, message: Message, message_id: str
    ) -> None:
        about = message.about
        if about:
            copy = Copy(turn.address, message_id, person, "", about.object_id, about.rev)
            await work.addresses.keep_copy(copy, self.rules.clock.now())

    async def _introduced(self, turn: Turn) -> Introduced:
        """Who stands behind an account that is new here, where the platform can say it: before anything is locked.

        Asked again where it could not say it the last time.
        """
        introduce = self.introduce.get(turn.address.channel)
        as_sent = Introduced(turn.sender.name)
        if introduce is None or self.known.holds(_account(turn), turn.address):
            return as_sent
        async with self.work.read() as work:
            actor = await work.people.actor(_account(turn), local_day(self.rules.clock.now()))
        if actor is not None and (actor.roles or actor.person.email):
            return as_sent
        found = await introduce(turn.sender)
        return found if found.name else replace(found, name=turn.sender.name)

    async def _actor(self, work: UnitOfWork, turn: Turn, who: Introduced) -> Actor:
        """Who acts, from the authenticated account; somebody new is joined to the register, or becomes a guest."""
        account, email = _account(turn), one_line(clean(who.email))
        actor = await work.people.actor(account, local_day(self.rules.clock.now()))
        if actor is None:
            return await meet(account, cut(one_line(clean(who.name)), MAX_NAME), email, work, self.rules)
        return await recognise(actor, account, email, work, self.rules) if email else actor

    def _room(self, actor: Actor, work: UnitOfWork, turn: Turn) -> Room:
        return Room(actor, work, self.rules, turn.address, self.site, self.link_hours, self.read_word)


async def _only_in_private(_room: Room) -> Reply:
    return Reply((system.in_private(),))


def _account(turn: Turn) -> Account:
    return Account(turn.address.channel, turn.sender.tenant, turn.sender.user)


def _key(turn: Turn) -> str:
    return f"{turn.address.conversation}|{turn.activity_id}"[:500]


def _language(actor: Actor) -> Language:
    return next((known for known in LANGUAGES if known == actor.person.language), "nb")


def _answer(reply: Reply, language: Language) -> Answer:
    messages = tuple(replace(message, language=language) for message in reply.messages)
    card = replace(reply.card, language=language) if reply.card else None
    return Answer(messages, card, persist=card is not None and not reply.redrawn)

"""Everything that one person can get out of the bot, searched for the traces of a case: nothing sampled by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pypdfium2

from board.ids import PersonId
from cards import actions
from dialogs.commands import PHRASES, Command
from tests.scenarios.slack_chat import SlackChat
from tests.scenarios.world import Chat, World, elements, words

IN_SLACK = 12
VERBS = tuple(sorted(v for k, v in vars(actions).items() if k.isupper() and isinstance(v, str)))


def commands(arguments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every phrase in every language, alone and with each argument: (what is written, what of it may be echoed)."""
    for phrase in PHRASES:
        if phrase.command is Command.CLOCK:
            continue
        yield phrase.words, ""
        if phrase.takes_more:
            yield from ((f"{phrase.words} {argument}", argument) for argument in arguments)


@dataclass
class Watch:
    """What came to a person from now on: new messages, cards drawn anew, answers to presses.

    ``every``: of so many commands and buttons one is tried, others with the next data.
    """

    chat: Chat
    every: int = 1
    found: set[str] = field(default_factory=set)
    seen: int = 0

    def __post_init__(self) -> None:
        chat: object = self.chat
        if isinstance(chat, SlackChat):  # each takes several requests there; what may be said is the same
            self.every = IN_SLACK
        self.seen = len(self.chat.world.wire())

    def news(self) -> list[str]:
        """What was sent since last asked, as it went over the wire."""
        wire, chat = self.chat.world.wire(), self.chat.persona.chat
        fresh, self.seen = wire[self.seen :], len(wire)
        return [json.dumps(payload, ensure_ascii=False) for conversation, payload in fresh if conversation == chat]

    async def say_all(self, arguments: Iterable[str], traces: Iterable[str]) -> list[tuple[str, str]]:
        """Writes every command; gives each trace that came back, with the command."""
        wrong = []
        for text, echoed in list(commands(arguments))[:: self.every]:
            await self.chat.say(text)
            wrong += [(text, trace) for trace in _in(without(echoed, "\n".join(self.news())), traces)]
            if await self._is_asked():
                await self.chat.say("avbryt")
        return wrong

    async def _is_asked(self) -> bool:
        """Whether what is written next would be an answer; to stop where nothing stands open is a command as any."""
        bot = self.chat.world.bot
        assert bot is not None
        async with bot.store.work.read() as work:
            return await work.talks.get(PersonId(self.chat.id)) is not None

    async def press_all(self, data: Iterable[Mapping[str, Any]], traces: Iterable[str]) -> list[tuple[str, str]]:
        """Presses every button there is, with each of the crafted data."""
        wrong = []
        for number, crafted in enumerate(data):
            for verb in VERBS[number % self.every :: self.every]:
                card = await self.chat.press_raw(verb, dict(crafted))
                got = "\n".join([json.dumps(card, ensure_ascii=False), *self.news()])
                wrong += [(f"{verb} {crafted}", trace) for trace in _in(got, traces)]
        return wrong


def _in(text: str, traces: Iterable[str]) -> list[str]:
    folded = text.casefold()
    return [trace for trace in traces if trace.casefold() in folded]


def without(echoed: str, text: str) -> str:
    """The text without the words that the person wrote: to read them back tells nothing.

    An argument is one word, or «AU» and one: of a title that came back more than the word would still stand there.
    """
    for words_ in (echoed, echoed.rpartition(" ")[2]):
        text = re.sub(re.escape(words_), "", text, flags=re.IGNORECASE) if words_ else text
    return text


def still_there(chat: Chat, traces: Iterable[str]) -> list[tuple[str, str]]:
    """Cards that stand in the chat now and hold a trace."""
    return [(words(card)[:80], trace) for card in chat.cards.values() for trace in _in(json.dumps(card), traces)]


def in_text(text: str, traces: Iterable[str]) -> list[str]:
    return _in(text, traces)


def mail_text(mail: EmailMessage) -> str:
    """Its subject and every part, decoded."""
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(mail["Subject"]), *parts])


async def pdf_text(world: World, card: dict[str, Any]) -> str:
    """The text of the PDF that a card's first link opens."""
    links = [e["url"] for e in elements(card) if e.get("type") == "Action.OpenUrl"]
    assert links, words(card)
    path = links[0][links[0].index("/papers/") :]
    async with world.session.get(f"{world.url}{path}") as response:
        assert response.status == 200, (response.status, await response.text())
        body = await response.read()
    pdf = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)

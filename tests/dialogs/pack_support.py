"""Chats about papers, over the double of the store; a press that makes no files, for what is told and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from board.case import Case
from board.people import HANDLERS, Actor
from bot.documents.press import Built, DocumentError
from bot.packing import Packing
from cards.documents.content import Pack, Printed
from cards.message import Message, Open
from tests.board.pack_support import pack_desk
from tests.board.support import LEAD, OFFICE, OTHERS, OWNER, STRANGER, SUBMITTER, Desk
from tests.dialogs.support import SITE, Chat, House

__all__ = ["EVERYBODY", "HANDLERS", "SECRET_TITLE", "PaperPress", "Papers", "labels", "links", "papers"]
SECRET_TITLE = "Ny journal for Sunnaas"
EVERYBODY = (*OTHERS, OFFICE, LEAD, SUBMITTER, OWNER, STRANGER)


class PaperPress:
    """Keeps what it was asked to print. ``fails``: it says that it could not."""

    def __init__(self, *, fails: bool = False) -> None:
        self.printed: list[Printed] = []
        self.fails = fails

    async def build(self, printed: Printed) -> Built:
        self.printed.append(printed)
        if self.fails:
            raise DocumentError("the worker was ended, or took too long")
        return Built(f"{len(self.printed):064x}", 80 + len(self.printed), 1000, (), 20)

    @property
    def packs(self) -> list[Pack]:
        return [one.document for one in self.printed if isinstance(one.document, Pack)]


class Papers:
    """A desk whose people chat, and a place where packs are made."""

    def __init__(self, desk: Desk, site: str = SITE) -> None:
        self.desk, self.press = desk, PaperPress()
        self.house = House(desk.memory.work, desk.rules, desk.clock, desk.memory.queue, site)
        self.packing = Packing(desk.memory.work, desk.rules, self.press)

    def chat(self, who: Actor) -> Chat:
        return self.house.chat(who)

    async def send(self, by: Actor = OFFICE) -> Message:
        """In words and by the button, then made."""
        office = self.chat(by)
        card = await office.click(await office.say("send pakke"), "pack.send")
        while await self.packing.round():
            continue
        return card

    def told(self, kind: str) -> set[str]:
        return {person for one, person in self.desk.told if one == kind}

    @property
    def frozen(self) -> Mapping[str, Any]:
        (found,) = self.desk.memory.state.frozen.values()
        words: Mapping[str, Any] = found
        return words


async def papers(*cases: Case, site: str = SITE, **how: Any) -> Papers:
    return Papers(await pack_desk(*cases, **how), site)


def links(card: Message) -> list[str]:
    return [button.url for button in card.buttons if isinstance(button, Open)]


def labels(card: Message) -> list[str]:
    return [button.label for button in card.buttons]

"""What one turn of a conversation has at hand, and what it gives back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from board.clock import local_day
from board.deadlines import WorkingCalendar
from board.delivery import Address
from board.mandate import Mandate
from board.people import Actor
from board.ports import Rules, UnitOfWork
from cards.documents.word_read import Unreadable
from cards.documents.word_zones import ReadBack
from cards.message import Message

ReadWord = Callable[[str], Awaitable[ReadBack | Unreadable]]
"""Reads a Word file that is kept, by its SHA-256."""


@dataclass(frozen=True, slots=True)
class Room:
    """``work`` is open for writing, or for reading only where the turn changes nothing.

    ``here``: the conversation that is answered in, where it is one. ``site``: the bot's own public address (https, no
    slash at its end), or empty where it has none. ``link_hours``: how long an address of papers opens them.
    ``read_word``: None where no files are kept.
    """

    actor: Actor
    work: UnitOfWork
    rules: Rules
    here: Address | None = None
    site: str = ""
    link_hours: int = 24
    read_word: ReadWord | None = None

    @property
    def calendar(self) -> WorkingCalendar:
        return self.rules.calendar

    @property
    def now(self) -> datetime:
        return self.rules.clock.now()

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def mandate(self) -> Mandate:
        return self.rules.mandate


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn for delivery: the notice's kind, object, revision and part; ``copy``: a card redrawn."""

    object_id: str
    kind: str
    rev: int = 0
    part: str = ""
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """``messages`` are new; ``card`` takes the place of the card that was pressed.

    ``redrawn``: the act put a redrawing of all copies in line, so that the card need not be kept by other means.
    """

    messages: tuple[Message, ...] = ()
    card: Message | None = None
    redrawn: bool = False


def say(*messages: Message) -> Reply:
    return Reply(messages=messages)


def show(card: Message, *, redrawn: bool = False) -> Reply:
    return Reply(card=card, redrawn=redrawn)

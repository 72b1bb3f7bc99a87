"""What an e-mail's link asks of its reader now, and the answer taken in: the same card, the same acts as in a chat."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from board.answer_link import ANSWERS, AnswerLink
from board.events import Event, Happened
from board.ids import MeetingId
from board.notices import NoticeKind
from board.ports import History, UnitOfWork
from cards import actions
from cards.message import Act, Inputs, Json, Message
from dialogs import conversation
from dialogs.conflict_present import question_of
from dialogs.drawing import drawn
from dialogs.room import Reply, Room, Wanted

LOOKS: Final = frozenset({actions.MINUTES_PDF, actions.CASE_PAPER, actions.CASE_TEXT})
"""What one must be able to read before one answers: changes nothing, and does not spend the link."""

_ASKS_OF_HABILITET: Final = frozenset({NoticeKind.PACK_SENT, NoticeKind.PACK_CHANGED})
"""The papers come with this question; in a chat it is behind a button."""
_KEY_LENGTH: Final = 16
_NO_EFFECT: Final = frozenset({Happened.ACT_REFUSED, Happened.INTAKE_REFUSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """A button that the page offers. ``key`` says which it is: verb and data, but for the revision."""

    key: str
    act: Act

    @property
    def looks(self) -> bool:
        return self.act.verb in LOOKS


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it is now for the reader. ``answers``: no button that only shows something."""

    message: Message
    standing: tuple[Standing, ...]

    @property
    def answers(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standing if not one.looks)

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset(one.act.verb for one in self.answers)

    def find(self, key: str) -> Standing | None:
        return next((one for one in self.standing if one.key == key), None)

    def inputs(self, act: Act) -> tuple[Inputs, ...]:
        """The message's own, where the act sends them along."""
        return tuple(b for b in self.message.blocks if isinstance(b, Inputs)) if act.with_inputs else ()


@dataclass(frozen=True, slots=True)
class Answered:
    """``card`` is what answers; ``done`` False: nothing came of it, and the card says why."""

    card: Message
    done: bool


async def asked(room: Room, wanted: Wanted) -> Asked | None:
    """None where there is nothing to show to this reader any more. Only reads."""
    message = await drawn(room, wanted)
    return await asked_by(room, wanted, message) if message else None


async def asked_by(room: Room, wanted: Wanted, message: Message) -> Asked:
    """The question that comes with a message that is drawn already."""
    if wanted.kind in _ASKS_OF_HABILITET:
        return of_message(await question_of(room, MeetingId(wanted.object_id)))
    return of_message(message)


def of_message(message: Message) -> Asked:
    """Of a card, what the page offers; of several buttons with the same key the first."""
    found: dict[str, Standing] = {}
    for button in message.buttons:
        if isinstance(button, Act) and (button.verb in ANSWERS or button.verb in LOOKS):
            one = Standing(key_of(button), button)
            found.setdefault(one.key, one)
    return Asked(message, tuple(found.values()))


def wanted_by(link: AnswerLink) -> Wanted:
    return Wanted(link.object_id, link.kind, link.rev, link.part)


def key_of(act: Act) -> str:
    told = json.dumps([act.verb, {k: v for k, v in act.data.items() if k != "rev"}], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_KEY_LENGTH]


async def answer(room: Room, link: AnswerLink, one: Standing, rev: int | None, inputs: Mapping[str, str]) -> Answered:
    """The press, as from a chat, with what was filled in and the revision that was shown. To be committed either way.

    The link is not looked at: that is the caller's.
    """
    data: dict[str, Json] = {**one.act.data, **inputs}
    if rev is not None and "rev" in one.act.data:
        data["rev"] = rev
    watched = _Watched(room.work)
    reply = await conversation.press(_over(room, watched), one.act.verb, data)
    done = watched.history.happened or not await _stands(room, link, one)
    return Answered(_card_of(reply), done)


async def look(room: Room, one: Standing) -> Message:
    """What a button that only shows something shows."""
    return _card_of(await conversation.press(room, one.act.verb, one.act.data))


async def _stands(room: Room, link: AnswerLink, one: Standing) -> bool:
    """Whether the same is still asked: an act of which nothing may be in the log did something if it is not."""
    now = await asked(room, wanted_by(link))
    return now is not None and now.find(one.key) is not None


def _card_of(reply: Reply) -> Message:
    found = (reply.card, *reply.messages)
    return next(card for card in found if card is not None)


# -- whether something came of it --------------------------------------------------------------------------------------


class _Log:
    """The log of a unit of work, watched."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.happened = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._history, name)

    async def append(self, events: Sequence[Event]) -> None:
        self.happened |= any(event.what not in _NO_EFFECT for event in events)
        await self._history.append(events)


class _Watched:
    """A unit of work whose log is watched: what had an effect left a row there. All else is the unit's own."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self.history = _Log(work.history)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._work, name)


def _over(room: Room, watched: _Watched) -> Room:
    return replace(room, work=cast(UnitOfWork, watched))

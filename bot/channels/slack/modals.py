"""The windows in which forms are filled in: what stands behind one, and which comes next.

``private_metadata`` is the shelf's id of an :class:`Opened`, and that names the message on the shelf. Both went through
the client and are of no authority: who acts is the sender, and the rules read everything again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import orjson

from board.clock import Clock
from bot.channels.slack.shelf import Shelf
from cards import actions, blockkit
from cards.blockkit import Form
from cards.i18n import _, use
from cards.message import Act, Banner, Block, Field, Inputs, Json, Message, Paragraph
from cards.templates import modal_texts

SAVING: Final = frozenset({actions.CASE_SAVE})
"""Acts that keep what was typed and do nothing else: what a closed window tells is saved by them."""
TITLE: Final = 24
_PROBLEMS: Final = ("attention", "warning")

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """``form``: the message on the shelf, ``act`` the place of its button; where it was pressed, and by whom."""

    form: str
    act: int
    conversation: str
    message_id: str
    user: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A window as it was opened."""

    opened: Opened
    message: Message
    form: Form

    def typed(self, values: Mapping[str, Any]) -> dict[str, Json]:
        """What was filled in, of what was asked."""
        asked = {field.id for field in self.form.fields}
        return {name: value for name, value in blockkit.read_state(values).items() if name in asked}

    def place_of(self, verb: str, data: Mapping[str, Json]) -> int | None:
        """The button of the message that was pressed in the window."""
        for place, button in enumerate(self.message.buttons):
            if isinstance(button, Act) and button.verb == verb and _is_of(button, data):
                return place
        return None

    @property
    def saving(self) -> Act | None:
        found = (b for b in self.message.buttons if isinstance(b, Act) and b.verb in SAVING and b.with_inputs)
        return next(found, None)


def _is_of(button: Act, data: Mapping[str, Json]) -> bool:
    """A button that outgrew its value holds a part of its data only."""
    return all(button.data.get(name) == value for name, value in data.items() if name not in ("form", "act"))


class Modals:
    """Draws windows and finds again what stands behind them."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf, self._clock = shelf, clock

    async def message(self, form: Json) -> Message | None:
        """What lies on the shelf under a button's ``form``; None where it is gone, or is none of ours."""
        body = await self._shelf.get(form) if isinstance(form, str) and len(form) <= MAX_ID else None
        return _loaded(body) if body is not None else None

    async def form_id(self, message: Message) -> str:
        """Under which id its buttons find it; empty where they ask nothing."""
        return await self._kept(message) if blockkit.asks(message) else ""

    async def _kept(self, message: Message) -> str:
        return await self._shelf.keep(blockkit.dump(message), self._clock.now())

    async def view(self, message: Message, form: Form, opened: Opened) -> View:
        """The window of ``form``, a form of ``message``. Without ``opened.form`` the message is put on the shelf."""
        if not opened.form:
            opened = replace(opened, form=await self._kept(message))
        metadata = await self._shelf.keep(orjson.dumps(asdict(opened)).decode(), self._clock.now())
        with use(form.language):
            if any(act.verb in SAVING for act in form.others):
                form = replace(form, notes=(*form.notes, modal_texts.unsaved()))
            return blockkit.to_view(form, callback_id=form.submit.verb, private_metadata=metadata)

    async def standing(self, metadata: str, user: str) -> Standing | None:
        """None where it was too long ago, or somebody else's."""
        body = await self._shelf.get(metadata) if 0 < len(metadata) <= MAX_ID else None
        opened = _opened(body) if body is not None else None
        if opened is None or opened.user != user:
            return None
        message = await self.message(opened.form)
        if message is None:
            return None
        with use(message.language):
            form = blockkit.form_of(message, opened.act)
        return Standing(opened, message, form) if form is not None else None


MAX_ID: Final = 128
"""Characters; the shelf's ids are shorter."""


def _opened(body: str) -> Opened | None:
    try:
        return Opened(**orjson.loads(body))
    except (TypeError, ValueError):  # something else of the shelf
        return None


def _loaded(body: str) -> Message | None:
    try:
        return blockkit.load(body)
    except (TypeError, ValueError, KeyError, AttributeError):  # something else of the shelf
        return None


# -- what comes next -----------------------------------------------------------------------------------------------


def main_act(message: Message) -> int | None:
    """The place of the button that a message's own inputs are for, where they are what it is about."""
    first = next((block for block in message.blocks if not isinstance(block, Banner | Paragraph)), None)
    if not isinstance(first, Inputs) or first.folded:
        return None
    return first_taking(message)


def first_taking(message: Message) -> int | None:
    taking = (n for n, b in enumerate(message.buttons) if isinstance(b, Act) and b.with_inputs and not b.fields)
    return next(taking, None)


def next_page(card: Message, verb: str) -> int | None:
    """The form that follows on the one that ``verb`` sent: a card that asks for something else now."""
    place = main_act(card)
    button = card.buttons[place] if place is not None else None
    return place if isinstance(button, Act) and button.verb != verb else None


def same_act(card: Message, act: Act) -> int | None:
    """The place of the button in a fresh card that asks the same as before."""
    for place, button in enumerate(card.buttons):
        if isinstance(button, Act) and button.verb == act.verb and _same_part(button, act):
            return place
    return None


def _same_part(one: Act, other: Act) -> bool:
    """Revisions and marks of what was shown change; what the button is about does not."""
    return all(one.data.get(name) == value for name, value in other.data.items() if isinstance(value, str))


def complaint(card: Message, before: Message) -> Banner | None:
    """The sentence that says why an act had no effect, where the card was given for that reason."""
    for block in card.blocks:
        if isinstance(block, Banner) and block.tone in _PROBLEMS and block not in before.blocks:
            return block
    return Banner(card.title, "attention") if card.tone == "attention" else None


def filled(form: Form, typed: Mapping[str, Json], errors: Mapping[str, str] | None = None) -> Form:
    """The form with what was typed in it, and what is wrong with that."""

    def field(one: Field) -> Field:
        value, error = typed.get(one.id), (errors or {}).get(one.id)
        return replace(one, value=one.value if value is None else str(value), error=error or one.error)

    def block(one: Block) -> Block:
        return replace(one, fields=tuple(field(f) for f in one.fields)) if isinstance(one, Inputs) else one

    return replace(form, body=tuple(block(one) for one in form.body))


def with_note(form: Form, note: Banner) -> Form:
    """The sentence stands first, once."""
    return replace(form, notes=(note, *(block for block in form.notes if block != note)))


def labelled(form: Form, typed: Mapping[str, Json]) -> list[tuple[str, str]]:
    """What was written, under what was asked: choices and ticks are made again in a moment, words are not."""
    written = [f for f in form.fields if f.kind not in ("choice", "choices", "toggle")]
    return [(f.label, str(typed[f.id])) for f in written if str(typed.get(f.id) or "").strip()]


def first_input(values: Mapping[str, Any]) -> str:
    """The block of the first input, where an error of the whole form is shown; empty where there is none."""
    return next(iter(values), "")


def window(message: Message) -> View:
    """A message in a window that asks nothing."""
    with use(message.language):
        return {
            "type": "modal",
            "title": {"type": "plain_text", "text": _short(message.title), "emoji": False},
            "close": {"type": "plain_text", "text": _("Lukk"), "emoji": False},
            "blocks": blockkit.to_message_blocks(replace(message, buttons=())),
        }


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


def errors_of(card: Message, form: Form) -> dict[str, str]:
    with use(card.language):
        return blockkit.field_errors(card, form)

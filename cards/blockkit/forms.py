"""Which buttons of a message must first ask, and the form that each of them asks in.

Slack has no inputs under a button, and a message's own inputs are filled in in a modal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cards import actions
from cards.blockkit.buttons import outgrows
from cards.message import Act, Banner, Block, Field, Inputs, Language, LongText, Message
from cards.safe import cut

CARRYING: Final = frozenset({actions.CASE_EDIT, actions.SITTING_CALL, actions.SITTING_CLOSE})
"""What takes inputs along only so that nothing typed is lost when a card is left. In a message of Slack's nothing is
typed, so there these act at once; inside a modal they take along what stands in it.
"""
FEW: Final = 3
"""So many inputs of a message say what its buttons are about; more are a form of their own."""
NOTE: Final = 600
"""Characters of a long text that stand above the inputs."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a modal asks. ``notes`` stand above; ``body`` is the inputs with what stands between them.

    ``others``: what else can be done with the same inputs, like saving them.
    """

    title: str
    notes: tuple[Block, ...]
    body: tuple[Block, ...]
    submit: Act
    others: tuple[Act, ...] = ()
    language: Language = "nb"

    @property
    def fields(self) -> tuple[Field, ...]:
        """All that is asked, each id once."""
        found: dict[str, Field] = {}
        for block in self.body:
            if isinstance(block, Inputs):
                for field in block.fields:
                    found.setdefault(field.id, field)
        return tuple(found.values())


def asking(message: Message) -> frozenset[int]:
    """The places of the buttons that the shelf is needed for: those that ask, and those with too much data."""
    return frozenset(
        place
        for place, button in enumerate(message.buttons)
        if isinstance(button, Act) and (_must_ask(button, message) or outgrows(button))
    )


def _must_ask(act: Act, message: Message) -> bool:
    return bool(act.fields) or (act.with_inputs and act.verb not in CARRYING and _has_inputs(message))


def _has_inputs(message: Message) -> bool:
    return any(block.fields for block in message.blocks if isinstance(block, Inputs))


def are_inputs_asked(message: Message) -> bool:
    """Whether some button asks for the message's own inputs; else they are there to be read."""
    return any(
        isinstance(button, Act) and button.with_inputs and _must_ask(button, message) for button in message.buttons
    )


def form_of(message: Message, act: int) -> Form | None:
    """The form of the button at this place. None where there is no such button, or where it asks nothing."""
    button = message.buttons[act] if 0 <= act < len(message.buttons) else None
    if not isinstance(button, Act) or not _must_ask(button, message):
        return None
    if button.fields:
        return Form(message.title, _banners(message), _own(button, message), button, (), message.language)
    places = [place for place, block in enumerate(message.blocks) if isinstance(block, Inputs)]
    notes = _shorter(message.blocks[: places[0]])
    body = _shorter(message.blocks[places[0] : places[-1] + 1])
    return Form(message.title, (*_banners(message), *notes), body, button, _others(message, button), message.language)


def _shorter(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """What is good to have before one's eyes while writing; banners stand above it all."""
    return tuple(
        replace(block, text=cut(block.text, NOTE)) if isinstance(block, LongText) else block
        for block in blocks
        if not isinstance(block, Banner)
    )


def _own(act: Act, message: Message) -> tuple[Block, ...]:
    """What the button asks, after the message's own inputs where it takes a few of them along.

    A button on a long form brings none: nothing was typed in the message that could be lost.
    """
    own = Inputs(act.fields)
    taken = [block for block in message.blocks if isinstance(block, Inputs) and block.fields]
    few = sum(len(block.fields) for block in taken) <= FEW
    return (*taken, own) if act.with_inputs and few else (own,)


def _banners(message: Message) -> tuple[Block, ...]:
    return tuple(block for block in message.blocks if isinstance(block, Banner))


def _others(message: Message, submit: Act) -> tuple[Act, ...]:
    return tuple(
        button
        for button in message.buttons
        if isinstance(button, Act) and button is not submit and button.with_inputs and not button.fields
    )


def field_errors(message: Message, form: Form) -> dict[str, str]:
    """By block id: what is wrong with the answers to ``form``, as the message says that answered them."""
    asked = {field.id for field in form.fields}
    return {field.id: field.error for field in _all_fields(message) if field.error and field.id in asked}


def _all_fields(message: Message) -> Iterator[Field]:
    for block in message.blocks:
        if isinstance(block, Inputs):
            yield from block.fields
    for button in message.buttons:
        if isinstance(button, Act):
            yield from button.fields

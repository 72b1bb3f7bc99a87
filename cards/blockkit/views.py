"""Modals that ask, a modal that shows a message whole, and the home tab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from cards import actions
from cards.blockkit.blocks import draw_block, draw_title
from cards.blockkit.buttons import act_button, rows
from cards.blockkit.fit import shortened
from cards.blockkit.forms import Form
from cards.blockkit.inputs import draw_field, is_long
from cards.blockkit.text import Element, context, label, section
from cards.i18n import _
from cards.message import Block, Inputs, Message
from cards.safe import one_line

BLOCKS: Final = 100
SAVING: Final = frozenset({actions.CASE_SAVE})
"""Saves what there is, complete or not."""
_TITLE: Final = 24
_NOTES: Final = 30
"""Blocks above the inputs."""
_FEW_LONG: Final = 2
"""So many long texts in a form have room for all of their answer at once; of more, the page would double."""
_HOME_TEXTS: Final = 6_000
"""Characters of one message on the home tab."""


def to_view(form: Form, *, callback_id: str, private_metadata: str) -> Element:
    """The modal in the current language. Errors: ``ValueError`` where the form asks nothing."""
    if not form.fields:
        raise ValueError("a form without fields")
    drawn = _asking(form)
    others = rows(act_button(act, {}) for act in form.others)
    return {
        "type": "modal",
        "title": label(_short_title(form), _TITLE),
        "submit": label(form.submit.send or form.submit.label, _TITLE),
        "close": label(_("Lukk"), _TITLE),
        "callback_id": callback_id,
        "private_metadata": private_metadata,
        "notify_on_close": True,
        "blocks": [*_notes(form), *drawn, *others][:BLOCKS],
    }


def _short_title(form: Form) -> str:
    """What a button asks by itself is named by the button."""
    title = one_line(form.title)
    return form.submit.label if form.submit.fields and len(title) > _TITLE else title


def _notes(form: Form) -> list[Element]:
    title = one_line(form.title)
    named = [section((title, True))] if len(title) > _TITLE else []
    notes = [element for block in form.notes for element in draw_block(block)]
    return [*named, *notes[:_NOTES]]


def _asking(form: Form) -> list[Element]:
    """The inputs with what stands between them, each once; a line on how to write more where inputs are short."""
    roomy = sum(map(is_long, form.fields)) <= _FEW_LONG
    body = _each_once(form.body, drafting=form.submit.verb in SAVING)
    drawn = [element for block in body for element in _body(block, roomy=roomy)]
    if roomy:
        return drawn
    more = _("Et felt tar 3 000 tegn. Trenger du mer: lagre når det er fullt, så kommer det et felt til under det.")
    return [*drawn, context(more)]


def _body(block: Block, *, roomy: bool) -> Iterator[Element]:
    if not isinstance(block, Inputs):
        yield from draw_block(block)
        return
    if block.heading and block.fields:
        yield section((one_line(block.heading), True))
    for field in block.fields:
        yield from draw_field(field, roomy=roomy)


def _each_once(body: Iterable[Block], *, drafting: bool) -> Iterator[Block]:
    """``drafting``: whatever is filled in can be sent."""
    seen: set[str] = set()
    for block in body:
        if isinstance(block, Inputs):
            found = {field.id: field for field in reversed(block.fields) if field.id not in seen}
            seen.update(found)
            fields = tuple(replace(field, required=field.required and not drafting) for field in found.values())
            yield replace(block, fields=fields[::-1])
        else:
            yield block


def to_reading(message: Message) -> Element:
    """The whole of a message that had to be shortened, without its buttons."""
    blocks = [*draw_title(message), *(element for block in message.blocks for element in draw_block(block))]
    return {
        "type": "modal",
        "title": label(_("Hele teksten"), _TITLE),
        "close": label(_("Lukk"), _TITLE),
        "blocks": blocks[:BLOCKS],
    }


def to_home(messages: Sequence[Message], form: Sequence[str] = ()) -> Element:
    """The home tab in the current language. ``form``: the shelf's id of each message that asks, empty where none does.

    What the tab has no room for is left out from below, whole messages at a time.
    """
    blocks: list[Element] = []
    for number, message in enumerate(messages):
        drawn = shortened(message, form[number] if number < len(form) else "", _HOME_TEXTS)
        if len(blocks) + len(drawn) + 2 > BLOCKS:
            blocks.append(context(_("Det er mer enn det er plass til her. Spør meg i chatten.")))
            break
        blocks += [{"type": "divider"}, *drawn] if blocks else drawn
    return {"type": "home", "blocks": blocks}

"""A message in words alone: for the phone's notification, for e-mail, for anyone who sees no card."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from cards.i18n import _
from cards.message import (
    Act,
    Banner,
    Block,
    Button,
    Facts,
    Field,
    Inputs,
    LongText,
    Message,
    Meter,
    Open,
    Paragraph,
    Say,
    Steps,
)
from cards.safe import clean, cut, one_line
from cards.signs import MISSING, NOTHING, PRESENT, STEP_SIGNS, STEP_WORDS, TONE_SIGNS

SUMMARY_LENGTH: Final = 250


def to_summary(message: Message) -> str:
    """One line of at most 250 characters, as a notification shows it."""
    return cut(one_line(message.summary or message.title), SUMMARY_LENGTH)


def to_text(message: Message) -> str:
    """The whole message as text, with the buttons as words."""
    parts = [
        message.title,
        *(block_text(block) for block in message.blocks),
        _buttons(message.buttons),
        message.why,
    ]
    return "\n\n".join(clean(part).strip() for part in parts if part.strip())


def block_text(block: Block) -> str:
    """One block in words, as they are: the caller makes them harmless."""
    return _WRITTEN[type(block)](block)


def _text(block: Paragraph | Banner) -> str:
    return block.text


def _facts(block: Facts) -> str:
    return "\n".join(f"{label}: {value or NOTHING}" for label, value in block.rows)


def _long_text(block: LongText) -> str:
    return f"{block.label}:\n{block.text or NOTHING}"


def _steps(block: Steps) -> str:
    return "\n".join(
        " · ".join(filter(None, (f"{STEP_SIGNS[step.state]} {step.label}", _(STEP_WORDS[step.state]), step.detail)))
        for step in block.steps
    )


def _meter(block: Meter) -> str:
    count = _("{done} av {total} på plass", done=block.done, total=block.total)
    items = (
        f"{PRESENT} {item.label}" if item.present else f"{MISSING} {item.label} – {_('mangler')}"
        for item in block.items
    )
    return "\n".join([f"{block.label}: {count}", *items])


def _inputs(block: Inputs) -> str:
    heading = [block.heading] if block.heading and block.fields else []
    return "\n".join([*heading, *(line for field in block.fields for line in _field(field))])


def _field(field: Field) -> Iterable[str]:
    yield f"{field_label(field)}: {field_answer(field) or NOTHING}"
    if field.error:
        yield f"  {TONE_SIGNS['attention']} {field.error}"
    if not field_answer(field):
        yield from (f"  {number}. {option.label}" for number, option in enumerate(field.options, 1))


def field_label(field: Field) -> str:
    return _("{label} (påkrevd)", label=field.label) if field.required else field.label


def field_answer(field: Field) -> str:
    """What was answered, in words; empty where nothing was."""
    if field.kind == "toggle":
        return _("Ja") if field.value == "true" else _("Nei")
    if field.kind not in ("choice", "choices"):
        return field.value
    values = field.value.split(",") if field.kind == "choices" else [field.value]
    return ", ".join(option.label for option in field.options if option.value in values)


def _buttons(buttons: tuple[Button, ...]) -> str:
    if not buttons:
        return ""
    return "\n".join([_("Dette kan du gjøre:"), *(f"- {button_text(button)}" for button in buttons)])


def button_text(button: Button) -> str:
    """What a button does, for somebody who has no button: its label, what it asks, what it writes or opens."""
    match button:
        case Act(fields=()):
            return button.label
        case Act():
            return f"{button.label} ({', '.join(field.label for field in button.fields)})"
        case Say():
            return _("{label}: skriv «{words}»", label=button.label, words=button.text)
        case Open():
            return f"{button.label}: {button.url}"


_WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    Paragraph: _text,
    Banner: _text,
    Facts: _facts,
    LongText: _long_text,
    Steps: _steps,
    Meter: _meter,
    Inputs: _inputs,
}

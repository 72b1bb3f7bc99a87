"""What was posted from the page: only what the card asks for is read, and what is missing is said at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cards.i18n import _
from cards.message import Act, Field, Inputs, Message
from cards.page.asking import OWN, input_name
from cards.safe import clean

Form = Mapping[str, Sequence[str]]
"""The posted values by name, as they came."""


@dataclass(frozen=True, slots=True)
class Filled:
    """``fields`` with what was typed, and with an error where it cannot be right; ``kept`` to post it once more."""

    fields: tuple[Field, ...]
    kept: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> bool:
        return any(field.error for field in self.fields)

    @property
    def inputs(self) -> dict[str, str]:
        """As a button in a chat sends them."""
        return {field.id: field.value for field in self.fields}


def filled_in(act: Act, key: str, own: Iterable[Inputs], form: Form) -> Filled:
    """The fields of one button, and the message's own where it sends them along."""
    named = [(input_name(OWN, field), field) for block in own for field in block.fields]
    named += [(input_name(key, field), field) for field in act.fields]
    read = [(name, _checked(replace(field, value=_value(field, form.get(name, ()))))) for name, field in named]
    kept = tuple((name, f.value) for name, f in read if f.value and not (f.kind == "toggle" and f.value == "false"))
    return Filled(tuple(field for _name, field in read), kept)


def typed(form: Form) -> dict[str, str]:
    """All that was typed, by the input's name, to be shown again."""
    return {name: clean(",".join(values)) for name, values in form.items()}


def with_errors(message: Message, act: Act, filled: Filled) -> Message:
    """The card with the errors of one button at their fields."""
    wrong = {field.id: field.error for field in filled.fields if field.error}

    def marked(fields: Iterable[Field]) -> tuple[Field, ...]:
        return tuple(replace(field, error=wrong.get(field.id, "")) for field in fields)

    blocks = tuple(
        replace(block, fields=marked(block.fields)) if isinstance(block, Inputs) and act.with_inputs else block
        for block in message.blocks
    )
    buttons = tuple(replace(act, fields=marked(act.fields)) if one is act else one for one in message.buttons)
    return replace(message, blocks=blocks, buttons=buttons)


def _value(field: Field, values: Sequence[str]) -> str:
    if field.kind == "toggle":
        return "true" if "true" in values else "false"
    return clean(",".join(values)).strip() if field.kind == "choices" else clean(values[0] if values else "").strip()


def _checked(field: Field) -> Field:
    chosen = field.value.split(",") if field.kind == "choices" else [field.value]
    known = {option.value for option in field.options}
    if field.required and not field.value:
        error = _("Velg et svar.") if field.kind in ("choice", "choices") else _("Skriv noe her.")
    elif field.kind in ("choice", "choices") and field.value and not known.issuperset(chosen):
        error = _("Velg et av svarene i listen.")
    elif len(field.value) > field.max_length:
        error = _("For lang: høyst {n} tegn.", n=field.max_length)
    else:
        error = ""
    return replace(field, error=error)

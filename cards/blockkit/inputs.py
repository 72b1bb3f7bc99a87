"""Form fields as inputs of a modal, and what Slack says of them afterwards under the fields' names.

``block_id`` and ``action_id`` are the field's id. People write «16. april» and «12,5 mill», so dates and sums are
text. What must be filled in Slack's client asks for by itself, all at once, before a form is sent, and lets other
buttons pass; it marks what is optional, so nothing here says «påkrevd».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cards.blockkit.continued import INPUT, field_of, input_id, inputs_for, join
from cards.blockkit.text import Element, context, label
from cards.i18n import _, noop
from cards.message import Field, FieldKind, Json, Option
from cards.safe import clean, one_line
from cards.signs import TONE_SIGNS

MOST_RADIO_BUTTONS: Final = 5
_MENU: Final = 100
"""Options of a menu, and of each group of them where there are more."""
_OPTION: Final = 75
_VALUE: Final = 150
_LABEL: Final = 2_000
_PLACEHOLDERS: Final[dict[FieldKind, str]] = {
    "date": noop("for eksempel 16. april"),
    "money": noop("for eksempel 12,5 mill"),
    "url": "https://…",
}


def draw_field(field: Field, *, roomy: bool) -> list[Element]:
    """The input, or several for a long text, and what is wrong with the answer. ``roomy``: see :func:`inputs_for`.

    A field with an id that an input already has in the same view must be left out by the caller.
    """
    drawn = _DRAWN.get(field.kind, _text)(field)
    inputs = [drawn] if drawn is not None else _texts(field, roomy=roomy)
    return [*inputs, context(f"{TONE_SIGNS['attention']} {field.error}")] if field.error else inputs


def _input(field: Field, element: Element, number: int = 1) -> Element:
    name = one_line(field.label)
    drawn: Element = {
        "type": "input",
        "block_id": input_id(field.id, number),
        "label": label(name if number == 1 else _("{label} (fortsettelse)", label=name), _LABEL),
        "element": element | {"action_id": input_id(field.id, number)},
        "optional": not field.required or number > 1,
    }
    if field.hint.strip() and number == 1:
        drawn["hint"] = label(field.hint, _LABEL)
    return drawn


def _texts(field: Field, *, roomy: bool) -> list[Element]:
    parts = inputs_for(clean(field.value), field.max_length, roomy=roomy and field.kind == "long_text")
    return [_input(field, _text_element(field, part), number) for number, part in enumerate(parts, 1)]


def _text(_field: Field) -> None:
    return None


def _text_element(field: Field, value: str) -> Element:
    element: Element = {
        "type": "plain_text_input",
        "multiline": field.kind == "long_text" or "\n" in value,
        "max_length": max(1, min(field.max_length, INPUT), len(value)),
    }
    if value:
        element["initial_value"] = value
    example = _PLACEHOLDERS.get(field.kind)
    if example and not field.hint:
        element["placeholder"] = label(_(example), _VALUE)
    return element


def _choice(field: Field) -> Element | None:
    """Few choices stand open. None where there is nothing to choose from: then it is answered in words."""
    options = _options(field)
    if not options:
        return None
    chosen = next((option for option in options if option["value"] == field.value), None)
    first = {"initial_option": chosen} if chosen else {}
    if len(options) <= MOST_RADIO_BUTTONS:
        return _input(field, {"type": "radio_buttons", "options": options, **first})
    return _input(field, {"type": "static_select", **_menu(options), **_pick(), **first})


def _choices(field: Field) -> Element | None:
    """A menu also where there are few: boxes to tick are what :func:`read_state` knows a toggle by."""
    options = _options(field)
    if not options:
        return None
    known = set(field.value.split(","))
    chosen = [option for option in options if option["value"] in known]
    first = {"initial_options": chosen} if chosen else {}
    return _input(field, {"type": "multi_static_select", **_menu(options), **_pick(), **first})


def _pick() -> Element:
    return {"placeholder": label(_("Velg …"), _VALUE)}


def _toggle(field: Field) -> Element:
    yes = {"text": label(_("Ja"), _OPTION), "value": "true"}
    first = {"initial_options": [yes]} if field.value == "true" else {}
    return _input(field, {"type": "checkboxes", "options": [yes], **first})


def _options(field: Field) -> list[Element]:
    found = {option.value: option for option in field.options if 0 < len(option.value.strip()) <= _VALUE}
    return [_option(option) for option in found.values()]


def _option(option: Option) -> Element:
    """What a long label has no room for stands below it."""
    words = one_line(option.label)
    drawn: Element = {"text": label(words, _OPTION), "value": option.value}
    if len(words) > _OPTION:
        start = drawn["text"]["text"].removesuffix("…")
        drawn["description"] = label("…" + words.removeprefix(start), _OPTION)
    return drawn


def _menu(options: list[Element]) -> Element:
    if len(options) <= _MENU:
        return {"options": options}
    groups = [
        {"label": label(f"{start + 1}–{min(start + _MENU, len(options))}", _OPTION), "options": options[start:][:_MENU]}
        for start in range(0, min(len(options), _MENU * _MENU), _MENU)
    ]
    return {"option_groups": groups}


_DRAWN: Final[dict[FieldKind, Any]] = {"choice": _choice, "choices": _choices, "toggle": _toggle}


def read_state(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Json]:
    """``state.values`` of a view or a message under the fields' ids. What is empty is an empty text.

    Several choices come with a comma between them, a toggle as ``"true"`` or ``"false"``.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for inputs in values.values():
        for action_id, state in inputs.items():
            name, number = field_of(action_id)
            found.setdefault(name, []).append((number, _answer(state)))
    return {name: join([text for _number, text in sorted(parts)]) for name, parts in found.items()}


def _answer(state: Mapping[str, Any]) -> str:
    kind = state.get("type")
    if kind == "checkboxes":
        return "true" if state.get("selected_options") else "false"
    if kind in ("radio_buttons", "static_select"):
        return _value(state.get("selected_option"))
    if kind == "multi_static_select":
        return ",".join(_value(option) for option in _listed(state.get("selected_options")))
    value = state.get("value")
    return value if isinstance(value, str) else ""


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _value(option: object) -> str:
    value = option.get("value") if isinstance(option, Mapping) else None
    return value if isinstance(value, str) else ""


def is_long(field: Field) -> bool:
    """Whether its answer may be longer than one input takes."""
    return field.kind == "long_text" and field.max_length > INPUT

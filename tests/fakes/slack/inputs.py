"""``state.values``: what stands in the inputs of a view or a message, in the shapes that Slack sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.fakes.slack.blocks import Json, elements

Typed = dict[tuple[str, str], Json]
"""What a person filled in, by block id and action id."""

_TEXTS: Final = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
_PLAIN: Final = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
} | dict.fromkeys(_TEXTS, ("value", "initial_value"))
_ONE: Final = ("static_select", "radio_buttons", "external_select")
_SEVERAL: Final = ("multi_static_select", "checkboxes", "multi_external_select")


class CannotDo(ValueError):
    """A person could not do this: the Slack client would not let them."""


class Unfilled(CannotDo):
    """These inputs must be filled in first, and the client says so at each."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"these must be filled in first: {list(names)}")
        self.names = tuple(names)


def state_of(blocks: Sequence[Json], typed: Typed) -> Json:
    """``state.values``: what was typed, else what the input began with."""
    values: Json = {}
    for block_id, element in elements(blocks):
        kind = element["type"]
        if kind in _PLAIN or kind in _ONE or kind in _SEVERAL:
            place = (block_id, element["action_id"])
            values.setdefault(block_id, {})[element["action_id"]] = typed.get(place) or begins(element)
    return values


def begins(element: Json) -> Json:
    """The value of an input that nobody touched."""
    kind = element["type"]
    if kind in _PLAIN:
        key, initial = _PLAIN[kind]
        nothing: object = [] if kind.startswith("multi_") else None
        return {"type": kind, key: element.get(initial, nothing)}
    if kind in _ONE:
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "selected_options": element.get("initial_options", [])}


def fill(blocks: Sequence[Json], values: Mapping[str, Any], typed: Typed) -> None:
    """Fills in by block id: a text, a date, an option's value or its text, a list of them; None empties.

    Raises :class:`CannotDo` where there is no such input, no such option or the text is too long for it.
    """
    there = {block_id: element for block_id, element in elements(blocks) if element["type"] != "button"}
    for block_id, value in values.items():
        if block_id not in there:
            raise CannotDo(f"no input {block_id!r} among {sorted(there)}")
        element = there[block_id]
        typed[block_id, element["action_id"]] = _filled(element, value)


def _filled(element: Json, value: Any) -> Json:
    kind = element["type"]
    if kind in _ONE:
        return {"type": kind, "selected_option": None if value is None else option(element, value)}
    if kind in _SEVERAL:
        chosen = _all(element) if value is True else [option(element, one) for one in value or ()]
        return {"type": kind, "selected_options": chosen}
    if kind not in _PLAIN:
        raise CannotDo(f"{kind} is not an input that can be filled in here")
    if kind in _TEXTS and value is not None and len(value) > element.get("max_length", 3000):
        raise CannotDo(f"{len(value)} characters do not fit in {element['action_id']!r}")
    return {"type": kind, _PLAIN[kind][0]: value or None}


def option(element: Json, wanted: str) -> Json:
    """One of its options, by value or by text. Raises :class:`CannotDo` where there is none."""
    for one in _all(element):
        if wanted in (one["value"], one["text"]["text"]):
            return one
    there = [(one["value"], one["text"]["text"]) for one in _all(element)]
    raise CannotDo(f"no option {wanted!r} in {element['action_id']!r}: {there}")


def _all(element: Json) -> list[Json]:
    grouped = [one for group in element.get("option_groups", ()) for one in group["options"]]
    return [*element.get("options", ()), *grouped]


def missing(blocks: Sequence[Json], values: Json) -> list[str]:
    """The inputs that must be filled in and are not: with these the client does not submit."""
    return [
        block["block_id"]
        for block in blocks
        if block["type"] == "input" and not block.get("optional") and not _any(values.get(block["block_id"], {}))
    ]


def _any(actions: Json) -> bool:
    return any(value for state in actions.values() for key, value in state.items() if key != "type")

"""Form fields as inputs. What a client could check the server checks.

People write «16. april» and «12,5 mill», every missing field is named at once, and saving a draft always
works: so dates and sums are text, and nothing is required by the client.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson

from cards.adaptive.text import Element, rich, run, shown, sign
from cards.i18n import _, noop
from cards.message import Field, FieldKind, Json
from cards.safe import clean, is_markdown_free, one_line

RENAMED: Final = "renamed"
"""In a button's data: which drawn input ids stand for which fields (``{"reason~2": "reason"}``)."""

MOST_ROUND_BUTTONS: Final = 4
"""Up to so many choices are shown at once, as round buttons; more are a drop-down list."""

_ROOM: Final[dict[FieldKind, int]] = {"long_text": 90, "choice": 0, "choices": 0, "toggle": 0}
_ROOM_ON_A_PHONE: Final = 38
"""Characters of a hint that one line of an input shows on a phone; a longer hint stands below it."""

_DEPTHS: Final = ("case_type", "sub_portfolio", "project_owner", "wanted_meeting", "field")
_PLACEHOLDERS: Final[dict[FieldKind, str]] = {
    "date": noop("for eksempel 16. april"),
    "money": noop("for eksempel 12,5 mill"),
    "url": "https://…",
    "choice": noop("Velg …"),
}
_NUMBERED: Final = re.compile(r"~\d+$")


class Ids:
    """The ids of one card. Phones refuse a card where two inputs share one, also under different buttons."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._own = 0

    def own(self) -> str:
        """An id for an element that is no input. All are of one length, so that a drawing's size is its own matter."""
        self._own += 1
        return f"~{self._own:02x}"

    def of(self, name: str) -> str:
        """``name`` itself the first time, then ``name~2``; :func:`read_inputs` gives the name back."""
        drawn, number = name, 1
        while drawn in self._used:
            number += 1
            drawn = f"{name}~{number}"
        self._used.add(drawn)
        return drawn


def read_inputs(data: Mapping[str, Json]) -> dict[str, Json]:
    """The data of a press under the names of the fields: the inverse of :meth:`Ids.of`.

    What the pressed button's own inputs say counts; inputs of other buttons that came along are left out.
    """
    renamed = data.get(RENAMED)
    names = renamed if isinstance(renamed, dict) else {}
    read = {name: value for name, value in data.items() if name != RENAMED and not _NUMBERED.search(name)}
    for drawn, name in names.items():
        if isinstance(name, str) and drawn in data:
            read[name] = data[drawn]
    return read


def draw_field(field: Field, drawn_id: str) -> list[Element]:
    """The input and, under it, the hint that found no room in it and what is wrong with the answer.

    Never ``isRequired``: a client then blocks every button that takes the input along, also «Bekreft» beside the
    unfolded «Send tilbake», and saving a draft (measured in the Playground).
    """
    hint = one_line(field.hint)
    hint_inside = len(hint) <= _ROOM.get(field.kind, _ROOM_ON_A_PHONE)
    element = _DRAWN.get(field.kind, _text)(field, hint if hint_inside else "")
    element["id"] = drawn_id
    _mark_required(field, element)
    drawn = [_apart(field, element)]
    if field.error:
        drawn.append(rich(sign("attention"), run(field.error, color="attention"), spacing="none"))
    if hint and not hint_inside:
        drawn.append(rich(run(hint, size="small", isSubtle=True), spacing="none"))
    return drawn


def _apart(field: Field, element: Element) -> Element:
    """A drop-down list at a depth of its own.

    Works around Microsoft's renderer (measured in the Playground): when a card is replaced, a list keeps the choices
    of the list that stood at the same place, so «Prosjekteier» would offer case types.
    """
    if element.get("style") == "expanded" or field.id not in _DEPTHS:
        return element
    for _level in range(_DEPTHS.index(field.id)):
        element = {"type": "Container", "items": [element]}
    return element


def _mark_required(field: Field, element: Element) -> None:
    """Required fields and wrong answers are told in the label: a screen reader says it with the field."""
    key = "label" if "label" in element else "title"
    if field.required:
        element[key] = _("{label} (påkrevd)", label=element[key])
    if field.error:
        element[key] = f"✕ {element[key]}"


def _text(field: Field, hint: str) -> Element:
    element: Element = {
        "type": "Input.Text",
        "id": field.id,
        "label": shown(one_line(field.label)),
        "maxLength": field.max_length,
    }
    if field.value:
        element["value"] = clean(field.value)
    if field.kind == "long_text":
        element["isMultiline"] = True
    if field.kind == "url":
        element["style"] = "url"
    placeholder = hint or ("" if field.hint else _placeholder(field.kind))
    if placeholder:
        element["placeholder"] = shown(placeholder)
    return element


def _placeholder(kind: FieldKind) -> str:
    example = _PLACEHOLDERS.get(kind)
    return _(example) if example else ""


def _choice(field: Field, _hint: str) -> Element:
    """A drop-down list where there are many options: ``filtered`` is not in the published schema of 1.5."""
    element: Element = {
        "type": "Input.ChoiceSet",
        "id": field.id,
        "label": shown(one_line(field.label)),
        "choices": [{"title": shown(one_line(option.label)), "value": option.value} for option in field.options],
    }
    if len(field.options) <= MOST_ROUND_BUTTONS:
        element |= {"style": "expanded", "wrap": True}
    else:
        element["placeholder"] = shown(_placeholder("choice"))
    if any(option.value == field.value for option in field.options):
        element["value"] = field.value
    return element


def _choices(field: Field, _hint: str) -> Element:
    """Boxes to tick, all of them at once: what a client makes of a list with several answers differs too much."""
    chosen = set(field.value.split(","))
    element: Element = {
        "type": "Input.ChoiceSet",
        "id": field.id,
        "label": shown(one_line(field.label)),
        "isMultiSelect": True,
        "style": "expanded",
        "wrap": True,
        "choices": [{"title": shown(one_line(option.label)), "value": option.value} for option in field.options],
    }
    if known := [option.value for option in field.options if option.value in chosen]:
        element["value"] = ",".join(known)
    return element


def _toggle(field: Field, _hint: str) -> Element:
    """The words stand beside the box where the client's markdown leaves them alone, else above it."""
    label = one_line(field.label)
    element: Element = {
        "type": "Input.Toggle",
        "id": field.id,
        "title": label,
        "value": "true" if field.value == "true" else "false",
        "wrap": True,
    }
    if not is_markdown_free(label):
        element |= {"label": shown(label), "title": _("Ja")}
    return element


_DRAWN: Final[dict[FieldKind, Any]] = {"choice": _choice, "choices": _choices, "toggle": _toggle}


def field_bytes(field: Field) -> int:
    """What a field takes in a card, in bytes of compact JSON: a form that outgrows a card splits by it."""
    return len(orjson.dumps(draw_field(field, field.id))) - 1

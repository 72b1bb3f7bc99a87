"""Buttons. ``action_id`` is the verb, ``value`` the request: the same JSON as a Teams button carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import orjson

from cards.blockkit.text import Element, context, label
from cards.i18n import _
from cards.message import Act, Button, Json, Open, Say
from cards.safe import may_be_opened, one_line

MAX_BUTTONS: Final = 6
SAY: Final = "say"
OPEN: Final = "open"
READ: Final = "read"
"""Opens the whole of a message that was shortened; ``value`` holds the message's ``form``."""

VALUE: Final = 2_000
_LABEL: Final = 75
_URL: Final = 3_000
_STYLES: Final = {"positive": "primary", "destructive": "danger"}


def draw_buttons(buttons: tuple[Button, ...], form: str, asking: frozenset[int]) -> list[Element]:
    """In rows. ``asking``: the places of those that the shelf's ``form`` is needed for.

    Errors: ``ValueError`` for more than six buttons, or an address that no button may lead to.
    """
    if len(buttons) > MAX_BUTTONS:
        raise ValueError(f"{len(buttons)} buttons; a message holds at most {MAX_BUTTONS}")
    pressed = [
        _draw(button, {"form": form, "act": place} if form and place in asking else {})
        for place, button in enumerate(buttons)
        if not _is_too_long(button)
    ]
    return [*rows(pressed), *(context(_too_long(button)) for button in buttons if _is_too_long(button))]


def rows(drawn: Iterable[Element]) -> list[Element]:
    """A row ends before a verb that stands in it already, as it may hold each only once; Say and Open are numbered."""
    found: list[list[Element]] = [[]]
    for button in _numbered(drawn):
        if any(other["action_id"] == button["action_id"] for other in found[-1]):
            found.append([])
        found[-1].append(button)
    return [{"type": "actions", "elements": row} for row in found if row]


def _numbered(drawn: Iterable[Element]) -> Iterator[Element]:
    counted: dict[str, int] = {}
    for button in drawn:
        name = button["action_id"]
        counted[name] = number = counted.get(name, 0) + 1
        again = number > 1 and name in (SAY, OPEN)
        yield button | {"action_id": f"{name}~{number}"} if again else button


def _draw(button: Button, place: Mapping[str, Json]) -> Element:
    match button:
        case Act():
            return act_button(button, place)
        case Say():
            return _button(SAY, button.label, {"say": one_line(button.text)})
        case Open():
            return _opening(button)


def act_button(act: Act, place: Mapping[str, Json]) -> Element:
    """``place`` says where its form is to be found; without one it acts at once with its data."""
    drawn = _button(act.verb, act.label, {**act.data, **place})
    return drawn | {"style": _STYLES[act.style]} if act.style in _STYLES else drawn


def _button(action_id: str, words: str, value: Mapping[str, Json]) -> Element:
    return {"type": "button", "text": label(words, _LABEL), "action_id": action_id, "value": _value(value)}


def _value(data: Mapping[str, Json]) -> str:
    """Where it is more than a button holds, what it is about and where on the shelf the rest is."""
    written = as_json(data)
    if len(written) <= VALUE:
        return written
    return as_json({key: data[key] for key in ("id", "rev", "form", "act") if key in data})


def outgrows(act: Act) -> bool:
    """Whether its data is more than a button holds, so that it is read off the shelf instead."""
    return len(as_json(act.data)) > VALUE - _PLACE


_PLACE: Final = 100
"""Characters that ``form`` and ``act`` add to a value."""


def as_json(data: Mapping[str, Json]) -> str:
    return orjson.dumps(dict(data)).decode()


def _opening(button: Open) -> Element:
    if not may_be_opened(button.url):
        raise ValueError(f"neither an https address nor this machine: {button.url!r}")
    return {"type": "button", "text": label(button.label, _LABEL), "action_id": OPEN, "url": _address(button)}


def _address(button: Open) -> str:
    return button.url.replace(" ", "%20")


def _is_too_long(button: Button) -> bool:
    return isinstance(button, Open) and len(_address(button)) > _URL


def _too_long(button: Button) -> str:
    return _("{label}: adressen er for lang for en knapp i Slack. Be kontoret om den.", label=one_line(button.label))

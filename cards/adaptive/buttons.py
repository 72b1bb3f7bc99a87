"""Buttons as actions. Clients of today know ``Action.Execute``, so no fallback doubles its bytes."""

from __future__ import annotations

from typing import Final

from cards.adaptive.inputs import RENAMED, Ids, draw_field
from cards.adaptive.text import Element, shown
from cards.message import Act, Button, Open, Say
from cards.safe import may_be_opened, one_line

MAX_BUTTONS: Final = 6


def draw_buttons(buttons: tuple[Button, ...], ids: Ids) -> list[Element]:
    """Errors: ``ValueError`` for more than six buttons, or an address that no button may lead to."""
    if len(buttons) > MAX_BUTTONS:
        raise ValueError(f"{len(buttons)} buttons; a card holds at most {MAX_BUTTONS}")
    return [_draw(button, ids) for button in buttons]


def _draw(button: Button, ids: Ids) -> Element:
    title = shown(one_line(button.label))
    match button:
        case Act(fields=()):
            return _execute(button, title, {})
        case Act():
            return _unfolding(button, title, ids)
        case Say():
            return _say(button, title)
        case Open():
            return {"type": "Action.OpenUrl", "title": title, "url": _opened(button.url)}


def _execute(act: Act, title: str, renamed: dict[str, str]) -> Element:
    data = dict(act.data) | ({RENAMED: renamed} if renamed else {})
    action: Element = {"type": "Action.Execute", "title": title, "verb": act.verb, "data": data}
    if act.style != "default":
        action["style"] = act.style
    if not act.with_inputs and not act.fields:
        action["associatedInputs"] = "none"
    return action


def _unfolding(act: Act, title: str, ids: Ids) -> Element:
    """A button that first asks. Its inputs come with the message's: the format cannot send the ones alone."""
    drawn_ids = {field.id: ids.of(field.id) for field in act.fields}
    renamed = {drawn: name for name, drawn in drawn_ids.items() if drawn != name}
    body = [element for field in act.fields for element in draw_field(field, drawn_ids[field.id])]
    card = {
        "type": "AdaptiveCard",
        "body": body,
        "actions": [_execute(act, shown(one_line(act.send)) if act.send else title, renamed)],
    }
    return {"type": "Action.ShowCard", "title": title, "card": card}


def _say(button: Say, title: str) -> Element:
    words = one_line(button.text)
    data = {"msteams": {"type": "imBack", "value": words}, "say": words}
    return {"type": "Action.Submit", "title": title, "data": data, "associatedInputs": "none"}


def _opened(url: str) -> str:
    if not may_be_opened(url):
        raise ValueError(f"neither an https address nor this machine: {url!r}")
    return url

"""What a person sees in Slack, told in the words that the scenarios read Teams' cards by.

Nothing is made up here: texts, inputs and buttons are those of the blocks that went over the wire. A scenario then asks
the same of both chats: what is written, what can be filled in, what can be pressed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Card = dict[str, Any]
_NUMBERED = re.compile(r"~\d+$")


def message_card(message: Mapping[str, Any]) -> Card:
    """A message as it looks now."""
    return {"type": "Message", "ts": message.get("ts"), "body": list(_body(message.get("blocks") or [], {}))}


def view_card(view: Mapping[str, Any], errors: Mapping[str, str]) -> Card:
    """A modal that stands open, with what Slack shows at its fields."""
    title = {"type": "TextBlock", "text": _text(view.get("title"))}
    body = [title, *_body(view.get("blocks") or [], errors)]
    if submit := view.get("submit"):
        body.append({"type": "Action.Execute", "title": _text(submit), "verb": view["callback_id"], "data": {}})
    return {"type": "View", "body": body}


def asking(card: Card) -> list[Card]:
    """The buttons that open a window."""
    return [e for e in card["body"] if e.get("type") == "Action.Execute" and "form" in e.get("place", {})]


def _body(blocks: Sequence[Mapping[str, Any]], errors: Mapping[str, str]) -> Iterable[Card]:
    written: dict[str, Card] = {}
    last: Card | None = None
    for block in blocks:
        kind = block["type"]
        if kind == "input":
            read = _input(block, errors)
            if read["id"] in written:  # a long text goes on in a second input
                written[read["id"]]["value"] = written[read["id"]].get("value", "") + read.get("value", "")
            else:
                written[read["id"]] = last = read
                yield read
        elif kind == "context" and last is not None and (wrong := _complaint(block)):
            last |= {"label": f"✕ {last['label']}", "errorMessage": wrong}
        elif kind == "actions":
            yield from (_button(element, block) for element in block["elements"])
        else:
            yield from _texts(block)


def _complaint(block: Mapping[str, Any]) -> str:
    """What is wrong with the answer above it, where that is what the block says."""
    text = _text(block["elements"][0])
    return text[1:].strip() if text.startswith("✕") else ""


def _texts(block: Mapping[str, Any]) -> Iterable[Card]:
    parts = [
        block.get("text"),
        *block.get("fields", ()),
        *(block.get("elements", ()) if block["type"] == "context" else ()),
    ]
    yield from ({"type": "TextBlock", "text": _text(part)} for part in parts if part)
    if block["type"] == "image":
        yield {"type": "Image", "altText": block["alt_text"]}
    if block["type"] == "rich_text":
        yield from ({"type": "TextBlock", "text": text} for text in _rich(block))
    if accessory := block.get("accessory"):
        yield _button(accessory, block)


def _rich(node: Any) -> Iterable[str]:
    if isinstance(node, Mapping):
        if node.get("type") == "text":
            yield str(node["text"])
        for value in node.values():
            yield from _rich(value)
    elif isinstance(node, list):
        for value in node:
            yield from _rich(value)


def _text(part: Any) -> str:
    """What is read: entities as characters, the stars of bold type left out."""
    if not isinstance(part, Mapping):
        return ""
    text = str(part.get("text", part.get("alt_text", ""))).replace("\u2060", "")  # joins, and is not seen
    if part.get("type") != "mrkdwn":
        return text
    return html.unescape(re.sub(r"(?m)(?<!\w)[*_](.+?)[*_](?!\w)", r"\1", text))


def _button(element: Mapping[str, Any], block: Mapping[str, Any]) -> Card:
    title, action = _text(element.get("text")), str(element.get("action_id", ""))
    if element.get("url"):
        return {"type": "Action.OpenUrl", "title": title, "url": element["url"]}
    value = json.loads(element.get("value") or "{}")
    place = {key: value.pop(key) for key in ("form", "act") if key in value}
    verb = _NUMBERED.sub("", action)
    kind = "Action.Submit" if verb == "say" else "Action.Execute"
    where = {"action_id": action, "block_id": block.get("block_id", "")}
    return {"type": kind, "title": title, "verb": verb, "data": value, "place": place, "pressed": where}


def _input(block: Mapping[str, Any], errors: Mapping[str, str]) -> Card:
    element, id_ = block["element"], _NUMBERED.sub("", block["block_id"])
    label = _text(block["label"])
    read: Card = {"type": f"Input.{element['type']}", "id": id_, "label": label, "value": _value(element)}
    options = [*element.get("options", ()), *(o for g in element.get("option_groups", ()) for o in g["options"])]
    read["choices"] = [{"title": _text(option["text"]), "value": option["value"]} for option in options]
    if wrong := errors.get(block["block_id"]):
        read |= {"label": f"✕ {label}", "errorMessage": wrong}
    return read


def _value(element: Mapping[str, Any]) -> str:
    """What stands in the input before anybody touches it."""
    if element["type"] == "checkboxes" and len(element["options"]) == 1 and element["options"][0]["value"] == "true":
        return "true" if element.get("initial_options") else "false"
    if "initial_options" in element:
        return ",".join(option["value"] for option in element["initial_options"])
    if "initial_option" in element:
        return str(element["initial_option"]["value"])
    return str(element.get("initial_value", element.get("initial_date", "")))

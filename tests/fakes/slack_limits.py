"""The limits that Slack publishes for messages, modals and the home tab, held against what a bot sends.

Read from Slack's reference of blocks, elements, text objects and views. Two things are not in it: that all blocks of
one message hold about 13,200 characters (``msg_blocks_too_long``; its staff say «12,000 and a buffer»), measured here
as compact JSON; and that a text of blanks alone is refused.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tests.fakes.slack_elements import HOME, MESSAGE, MODAL, Node, check_element, check_image
from tests.fakes.slack_texts import PLAIN, check_markup, check_optional, check_string, check_text

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_TEXT: Final = 40_000
MESSAGE_CHARACTERS: Final = 13_200
VIEW_BYTES: Final = 250_000

_EVERYWHERE: Final = frozenset({MESSAGE, MODAL, HOME})
_BLOCKS: Final[dict[str, tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]]] = {
    "section": (_EVERYWHERE, (), ("text", "fields", "accessory", "expand")),
    "divider": (_EVERYWHERE, (), ()),
    "header": (_EVERYWHERE, ("text",), ()),
    "image": (_EVERYWHERE, ("alt_text",), ("image_url", "slack_file", "title")),
    "context": (_EVERYWHERE, ("elements",), ()),
    "actions": (_EVERYWHERE, ("elements",), ()),
    "input": (_EVERYWHERE, ("label", "element"), ("dispatch_action", "hint", "optional")),
    "rich_text": (_EVERYWHERE, ("elements",), ()),
    "markdown": (frozenset({MESSAGE}), ("text",), ()),
}
"""Where each block may stand, what it needs, what else it knows."""

_MODAL_KEYS: Final = frozenset(
    [
        "type",
        "title",
        "blocks",
        "close",
        "submit",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
        "external_id",
        "submit_disabled",
    ]
)
_HOME_KEYS: Final = frozenset(["type", "blocks", "private_metadata", "callback_id", "external_id"])
_ATTACHMENT_KEYS: Final = frozenset(
    [
        "blocks",
        "color",
        "fallback",
        "text",
        "pretext",
        "title",
        "title_link",
        "author_name",
        "author_link",
        "author_icon",
        "fields",
        "footer",
        "footer_icon",
        "image_url",
        "thumb_url",
        "ts",
        "mrkdwn_in",
        "id",
    ]
)


def problems_of_message(payload: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in ``text``, ``blocks`` and ``attachments`` of a message; the last two also as JSON."""
    return list(_message(payload))


def problems_of_view(view: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in a modal or a home tab."""
    if view.get("type") not in (MODAL, HOME):
        return [f"a view of type {view.get('type')!r}"]
    return list(_view(view, str(view["type"])))


def _message(payload: Mapping[str, Any]) -> Iterator[str]:
    text = payload.get("text") or ""
    blocks, attachments = (_listed(payload.get(key)) for key in ("blocks", "attachments"))
    if blocks is None or attachments is None:
        yield "blocks and attachments are lists"
        return
    if not text and not blocks and not attachments:
        yield "no_text: neither text nor blocks nor attachments"
    if text:
        yield from check_string(text, "text", MESSAGE_TEXT)
        yield from check_markup(str(text), "text")
    yield from _blocks(blocks, MESSAGE, MESSAGE_BLOCKS)
    written = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    if written > MESSAGE_CHARACTERS:
        yield f"msg_blocks_too_long: {written} characters, about {MESSAGE_CHARACTERS} at most"
    yield from _attachments(attachments)


def _attachments(attachments: Sequence[Any]) -> Iterator[str]:
    if len(attachments) > 100:
        yield f"{len(attachments)} attachments, at most 100"
    for number, attachment in enumerate(attachments):
        yield from (f"attachments[{number}]: knows no {key}" for key in sorted(attachment.keys() - _ATTACHMENT_KEYS))
        yield from _blocks(attachment.get("blocks", []), MESSAGE, MESSAGE_BLOCKS, f"attachments[{number}].blocks")


def _listed(value: object) -> list[Any] | None:
    """A list, also where it came as a form's JSON; None where it is something else."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value else []
        except ValueError:
            return None
    if value is None:
        return []
    return value if isinstance(value, list) else None


def _view(view: Mapping[str, Any], surface: str) -> Iterator[str]:
    known = _MODAL_KEYS if surface == MODAL else _HOME_KEYS
    yield from (f"a {surface} knows no {key}" for key in sorted(view.keys() - known))
    if surface == MODAL:
        yield from check_text(view.get("title"), "title", 24, PLAIN)
        for key in ("submit", "close"):
            if key in view:
                yield from check_text(view[key], key, 24, PLAIN)
    for key, most in (("private_metadata", 3_000), ("callback_id", 255), ("external_id", 255)):
        yield from check_string(view.get(key, ""), key, most, least=0)
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        yield "blocks: no list"
        return
    if surface == MODAL and "submit" not in view and any(_is(block, "input") for block in blocks):
        yield "submit: must be there where a block is an input"
    yield from _blocks(blocks, surface, VIEW_BLOCKS)
    size = len(json.dumps(view, ensure_ascii=False).encode(errors="replace"))
    if size > VIEW_BYTES:
        yield f"view_too_large: {size} bytes, at most {VIEW_BYTES}"


def _is(block: object, kind: str) -> bool:
    return isinstance(block, Mapping) and block.get("type") == kind


def _blocks(blocks: Sequence[object], surface: str, most: int, where: str = "blocks") -> Iterator[str]:
    if len(blocks) > most:
        yield f"{where}: {len(blocks)} blocks, at most {most} in a {surface}"
    for number, block in enumerate(blocks):
        yield from _block(block, surface, f"{where}[{number}]")
    ids = Counter(block["block_id"] for block in blocks if isinstance(block, Mapping) and "block_id" in block)
    yield from (f"{where}: block_id {name!r} stands twice" for name, count in ids.items() if count > 1)


def _block(block: object, surface: str, where: str) -> Iterator[str]:
    if not isinstance(block, Mapping) or block.get("type") not in _BLOCKS:
        yield f"{where}: no block of Slack's: {block.get('type') if isinstance(block, Mapping) else block!r}"
        return
    kind = str(block["type"])
    surfaces, needed, others = _BLOCKS[kind]
    if surface not in surfaces:
        yield f"{where}: {kind} does not stand in a {surface}"
    known = {"type", "block_id", *needed, *others}
    yield from (f"{where}: {kind} knows no {key}" for key in sorted(block.keys() - known))
    yield from (f"{where}: {kind} without {key}" for key in needed if key not in block)
    yield from check_optional(block, "block_id", where, 255)
    lists = [key for key in ("elements", "fields") if not isinstance(block.get(key, []), list)]
    yield from (f"{where}.{key}: no list" for key in lists)
    if kind in _CHECKS and not lists and all(key in block for key in needed):
        yield from _CHECKS[kind](block, where, surface)


def _section(block: Node, where: str, surface: str) -> Iterator[str]:
    if "text" not in block and not block.get("fields"):
        yield f"{where}: a section with neither text nor fields"
    if "text" in block:
        yield from check_text(block["text"], f"{where}.text")
    fields = block.get("fields", [])
    if "fields" in block and not 1 <= len(fields) <= 10:
        yield f"{where}.fields: {len(fields)}, 1 to 10"
    for number, field in enumerate(fields):
        yield from check_text(field, f"{where}.fields[{number}]", 2_000)
    if "accessory" in block:
        yield from check_element(block["accessory"], f"{where}.accessory", "section", surface)


def _header(block: Node, where: str, _surface: str) -> Iterator[str]:
    yield from check_text(block["text"], f"{where}.text", 150, PLAIN)


def _image(block: Node, where: str, _surface: str) -> Iterator[str]:
    yield from check_image(block, where)
    if "title" in block:
        yield from check_text(block["title"], f"{where}.title", 2_000, PLAIN)


def _context(block: Node, where: str, _surface: str) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 10:
        yield f"{where}.elements: {len(elements)}, 1 to 10"
    for number, element in enumerate(elements):
        place = f"{where}.elements[{number}]"
        yield from check_image(element, place) if _is(element, "image") else check_text(element, place)


def _actions(block: Node, where: str, surface: str) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"{where}.elements: {len(elements)}, 1 to 25"
    for number, element in enumerate(elements):
        yield from check_element(element, f"{where}.elements[{number}]", "actions", surface)
    ids = Counter(element.get("action_id") for element in elements if isinstance(element, Mapping))
    yield from (f"{where}: action_id {name!r} stands twice" for name, count in ids.items() if name and count > 1)


def _input(block: Node, where: str, surface: str) -> Iterator[str]:
    yield from check_text(block["label"], f"{where}.label", 2_000, PLAIN)
    if "hint" in block:
        yield from check_text(block["hint"], f"{where}.hint", 2_000, PLAIN)
    yield from check_element(block["element"], f"{where}.element", "input", surface)


def _markdown(block: Node, where: str, _surface: str) -> Iterator[str]:
    yield from check_string(block["text"], f"{where}.text", 12_000)


_CHECKS: Final[dict[str, Callable[[Node, str, str], Iterator[str]]]] = {
    "section": _section,
    "header": _header,
    "image": _image,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "markdown": _markdown,
}

"""The elements of Slack's blocks: where each may stand, which keys it knows, and the limits of those."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.fakes.slack_texts import BOTH, PLAIN, check_optional, check_string, check_text

Node = Mapping[str, Any]
MODAL, MESSAGE, HOME = "modal", "message", "home"

_MENUS: Final = ("static", "external", "users", "conversations", "channels")
_SINGLE: Final = frozenset(f"{menu}_select" for menu in _MENUS)
_MULTI: Final = frozenset(f"multi_{menu}_select" for menu in _MENUS)
_PICKED: Final = frozenset({"checkboxes", "radio_buttons", "datepicker", "timepicker"})
_MODAL_ONLY: Final = frozenset({"email_text_input", "url_text_input", "number_input", "file_input"})
STANDS_IN: Final = {
    "section": _SINGLE | _MULTI | _PICKED | {"button", "image", "overflow"},
    "actions": _SINGLE | _PICKED | {"button", "overflow", "datetimepicker"},
    "input": _SINGLE | _MULTI | _PICKED | _MODAL_ONLY | {"plain_text_input", "datetimepicker", "rich_text_input"},
}
"""Which elements each block holds."""

_TYPED: Final = "placeholder initial_value focus_on_load dispatch_action_config"
_KEYS: Final = {
    "button": "text url value style confirm accessibility_label",
    "image": "image_url slack_file alt_text",
    "overflow": "options confirm",
    "checkboxes": "options initial_options confirm focus_on_load",
    "radio_buttons": "options initial_option confirm focus_on_load",
    "datepicker": "initial_date placeholder confirm focus_on_load",
    "timepicker": "initial_time placeholder confirm focus_on_load timezone",
    "datetimepicker": "initial_date_time confirm focus_on_load",
    "plain_text_input": f"{_TYPED} multiline min_length max_length",
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "number_input": f"{_TYPED} is_decimal_allowed min_value max_value",
    "rich_text_input": _TYPED,
    "file_input": "filetypes max_files",
    "static_select": "options option_groups initial_option placeholder confirm focus_on_load",
    "multi_static_select": "options option_groups initial_options max_selected_items placeholder confirm focus_on_load",
}
_OTHER_MENU: Final = (
    "placeholder confirm focus_on_load max_selected_items min_query_length filter response_url_enabled "
    "default_to_current_conversation initial_option initial_options initial_user initial_users "
    "initial_conversation initial_conversations initial_channel initial_channels"
)
_NEEDS: Final = {
    "button": ("text",),
    "image": ("alt_text",),
    "overflow": ("options",),
    "checkboxes": ("options",),
    "radio_buttons": ("options",),
}


def check_element(node: object, where: str, block: str, surface: str) -> Iterator[str]:
    """An element of a block (``section``, ``actions``, ``input``) on a surface."""
    if not isinstance(node, Mapping):
        yield f"{where}: no element"
        return
    kind = str(node.get("type"))
    if kind not in STANDS_IN[block]:
        yield f"{where}: {kind} does not stand in {block}"
        return
    if (kind in _MODAL_ONLY and surface != MODAL) or (kind == "rich_text_input" and surface == MESSAGE):
        yield f"{where}: {kind} does not stand in a {surface}"
    known = {"type", *_KEYS.get(kind, _OTHER_MENU).split(), *(() if kind == "image" else ("action_id",))}
    yield from (f"{where}: {kind} knows no {key}" for key in sorted(node.keys() - known))
    yield from (f"{where}: {kind} without {key}" for key in _NEEDS.get(kind, ()) if key not in node)
    yield from check_optional(node, "action_id", where, 255)
    if "placeholder" in node:
        yield from check_text(node["placeholder"], f"{where}.placeholder", 150, PLAIN)
    if "confirm" in node:
        yield from _confirm(node["confirm"], f"{where}.confirm")
    if kind in _CHECKS:
        yield from _CHECKS[kind](node, where)


def _button(node: Node, where: str) -> Iterator[str]:
    yield from check_text(node.get("text"), f"{where}.text", 75, PLAIN)
    yield from check_optional(node, "value", where, 2_000)
    yield from check_optional(node, "accessibility_label", where, 75)
    yield from check_optional(node, "url", where, 3_000)
    if "url" in node and not re.match(r"[a-z][a-z0-9+.-]*:\S+$", str(node["url"])):
        yield f"{where}.url: no address"
    if node.get("style", "primary") not in ("primary", "danger"):
        yield f"{where}.style: {node['style']!r}"


def _confirm(node: object, where: str) -> Iterator[str]:
    if not isinstance(node, Mapping):
        yield f"{where}: no confirmation"
        return
    for key, most, kinds in (("title", 100, PLAIN), ("text", 300, BOTH), ("confirm", 30, PLAIN), ("deny", 30, PLAIN)):
        yield from check_text(node.get(key), f"{where}.{key}", most, kinds)


def check_image(node: Node, where: str) -> Iterator[str]:
    """Also of an image block."""
    yield from check_string(node.get("alt_text"), f"{where}.alt_text", 2_000)
    yield from check_optional(node, "image_url", where, 3_000)
    if ("image_url" in node) == ("slack_file" in node):
        yield f"{where}: one of image_url and slack_file"


def _typed(node: Node, where: str) -> Iterator[str]:
    most = node.get("max_length", 3_000)
    if not isinstance(most, int) or not 1 <= most <= 3_000:
        yield f"{where}.max_length: {most!r}, 1 to 3000"
        most = 3_000
    least = node.get("min_length", 0)
    if not isinstance(least, int) or not 0 <= least <= most:
        yield f"{where}.min_length: {least!r}, 0 to {most}"
    yield from check_string(node.get("initial_value", ""), f"{where}.initial_value", most, least=0)


def _menu(node: Node, where: str) -> Iterator[str]:
    """Options, or groups of them, never both; a hundred of each at most."""
    if ("options" in node) == ("option_groups" in node):
        yield f"{where}: one of options and option_groups"
        return
    if "options" in node:
        yield from _options(node["options"], f"{where}.options", 100, PLAIN)
    else:
        yield from _groups(node["option_groups"], f"{where}.option_groups")
    yield from _initial(node, where)


def _groups(groups: object, where: str) -> Iterator[str]:
    if not isinstance(groups, list) or not 1 <= len(groups) <= 100:
        yield f"{where}: 1 to 100 groups"
        return
    for number, group in enumerate(groups):
        yield from check_text(group.get("label"), f"{where}[{number}].label", 75, PLAIN)
        yield from _options(group.get("options"), f"{where}[{number}].options", 100, PLAIN)


def _picked(node: Node, where: str) -> Iterator[str]:
    yield from _options(node.get("options"), f"{where}.options", 10, BOTH)
    yield from _initial(node, where)


def _overflow(node: Node, where: str) -> Iterator[str]:
    yield from _options(node.get("options"), f"{where}.options", 5, PLAIN)


def _options(options: object, where: str, most: int, kinds: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        yield f"{where}: 1 to {most} options, not {len(options) if isinstance(options, list) else options!r}"
        return
    for number, option in enumerate(options):
        place = f"{where}[{number}]"
        yield from (f"{place}: an option knows no {key}" for key in sorted(option.keys() - _OPTION))
        yield from check_text(option.get("text"), f"{place}.text", 75, kinds)
        yield from check_string(option.get("value"), f"{place}.value", 150)
        if "description" in option:
            yield from check_text(option["description"], f"{place}.description", 75, kinds)
    values = [option.get("value") for option in options]
    if len(set(map(str, values))) < len(values):
        yield f"{where}: two options of one value"


_OPTION: Final = frozenset({"text", "value", "description", "url"})


def _initial(node: Node, where: str) -> Iterator[str]:
    """What is chosen at first is one of the options, letter by letter."""
    offered = [*node.get("options", ()), *(one for group in node.get("option_groups", ()) for one in group["options"])]
    if "initial_option" in node and node["initial_option"] not in offered:
        yield f"{where}.initial_option: none of the options"
    if "initial_options" in node:
        chosen = node["initial_options"]
        if not isinstance(chosen, list) or not chosen or any(one not in offered for one in chosen):
            yield f"{where}.initial_options: some of the options, at least one"


_CHECKS: Final[dict[str, Callable[[Node, str], Iterator[str]]]] = {
    "button": _button,
    "image": check_image,
    "overflow": _overflow,
    "checkboxes": _picked,
    "radio_buttons": _picked,
    "plain_text_input": _typed,
    "static_select": _menu,
    "multi_static_select": _menu,
}

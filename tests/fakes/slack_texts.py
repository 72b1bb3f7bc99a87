"""What Slack publishes about text objects, and what of a text in its markup is no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_ENTITY: Final = re.compile(
    r"<(?:"
    r"@[UW][A-Z0-9]+(?:\|[^<>\n]*)?"
    r"|#C[A-Z0-9]+(?:\|[^<>\n]*)?"
    r"|!(?:here|channel|everyone)(?:\|[^<>\n]*)?"
    r"|!subteam\^S[A-Z0-9]+(?:\|[^<>\n]*)?"
    r"|!date\^\d+\^[^<>\n|]+\|[^<>\n]+"
    r"|(?:https?|mailto|tel):[^<>\s|]+(?:\|[^<>\n]*)?"
    r")>"
)
_BARE_AND: Final = re.compile(r"&(?!(?:amp|lt|gt);)")
_QUOTE: Final = re.compile(r"^[ \t]*>", re.MULTILINE)
_KEYS: Final = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
BOTH: Final = ("plain_text", "mrkdwn")
PLAIN: Final = ("plain_text",)


def check_text(node: object, where: str, most: int = 3_000, kinds: tuple[str, ...] = BOTH) -> Iterator[str]:
    """A text object of one of ``kinds``, of 1 to ``most`` characters."""
    if not isinstance(node, Mapping):
        yield f"{where}: no text object"
        return
    kind = node.get("type")
    if kind not in kinds:
        yield f"{where}: a text of type {kind!r}, not {' or '.join(kinds)}"
        return
    unknown = sorted(node.keys() - _KEYS[str(kind)])
    if unknown:
        yield f"{where}: {kind} knows no {', '.join(unknown)}"
    yield from check_string(node.get("text"), f"{where}.text", most)
    if kind == "mrkdwn" and isinstance(node.get("text"), str):
        yield from check_markup(node["text"], f"{where}.text")


def check_string(value: object, where: str, most: int, least: int = 1) -> Iterator[str]:
    """Characters as Slack counts them, of the text as it is sent; blanks alone are nothing."""
    if not isinstance(value, str):
        yield f"{where}: no string"
        return
    if least and not value.strip():
        yield f"{where}: must be at least {least} character"
    if len(value) > most:
        yield f"{where}: {len(value)} characters, at most {most}"


def check_optional(node: Mapping[str, Any], key: str, where: str, most: int) -> Iterator[str]:
    if key in node:
        yield from check_string(node[key], f"{where}.{key}", most)


def check_markup(text: str, where: str) -> Iterator[str]:
    """``<``, ``>`` and ``&`` stand for themselves in entities only; a line may begin with the sign of a quote."""
    rest = _QUOTE.sub("", _ENTITY.sub("", text))
    if "<" in rest or ">" in rest:
        yield f"{where}: < or > that is no entity of Slack's"
    if _BARE_AND.search(rest):
        yield f"{where}: & that is not escaped"

"""What a person wrote, without Slack's markup: the mention of the bot, others' mentions, links, the three entities.

Slack puts in angle brackets what it found in a text, and writes a typed ``<``, ``>`` or ``&`` as an entity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FOUND = re.compile(r"<([^<>]{1,4000})>")
_SCHEME = re.compile(r"^(?:mailto:|tel:|https?://)", re.IGNORECASE)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""In this order: ``&amp;lt;`` is a typed ``&lt;``."""


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    mentioned: bool


def read_words(written: str, bot: str) -> Words:
    """The words of a message, and whether the bot, whose user id is ``bot``, was mentioned in them."""
    mentioned = False

    def plain(match: re.Match[str]) -> str:
        nonlocal mentioned
        what, _, label = match[1].partition("|")
        if bot and what == f"@{bot}":
            mentioned = True
            return " "
        return _plain(what, label)

    text = _FOUND.sub(plain, written)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return Words(text.replace("\u00a0", " ").strip(), mentioned)


def _plain(what: str, label: str) -> str:
    if what.startswith("@"):
        return label.removeprefix("@") or what
    if what.startswith("#"):
        return f"#{label.removeprefix('#') or what[1:]}"
    if what.startswith("!"):
        return label or f"@{what[1:].partition('^')[0]}"
    return _link(what, label)


def _link(address: str, label: str) -> str:
    """The link as it was typed. One that hides behind other words shows where it leads."""
    bare = _SCHEME.sub("", address).rstrip("/")
    if not label:
        return address
    return label if _SCHEME.sub("", label).rstrip("/") == bare else f"{label} ({address})"

"""What a person wrote, without Teams' markup: the mention of the bot, other mentions' tags, HTML entities.

Every pattern is bounded, so that 256 kB of broken markup costs no more than 256 kB of words.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from bot.channels.payload import Payload, part, parts, text

_AT = re.compile(r"<at(?:\s[^<>]{0,200})?>([^<>]{0,300})</at>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_BREAK = re.compile(r"<br\s?/?>|</p>|</div>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_AT_START = re.compile(r"\s{0,9}@\w{1,40}[ \u00a0]?")


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    mentioned: bool


def read_words(payload: Payload, local: bool) -> Words:
    """The words of a message activity, and whether the bot was mentioned in it.

    The Playground has no mentions: in local mode ``@name`` at the start counts as one.
    """
    written = text(payload, "text")
    bot = text(part(payload, "recipient"), "id")
    mine = [mention for mention in parts(payload, "entities") if _is_mention_of(mention, bot)]
    for mention in mine:
        written = _remove(written, mention)
    mentioned = bool(mine)
    if local and not mentioned and (match := _AT_START.match(written)):
        written, mentioned = written[match.end() :], True
    written = _AT.sub(r"\1", written) if "<" in written else written
    if text(payload, "textFormat") == "xml":
        written = _TAG.sub("", _BREAK.sub("\n", written))
    return Words(_entities(written).replace("\u00a0", " ").strip(), mentioned)


def _is_mention_of(entity: Payload, bot: str) -> bool:
    if not bot or text(entity, "type").lower() != "mention":
        return False
    return text(part(entity, "mentioned"), "id") == bot


def _remove(written: str, mention: Payload) -> str:
    """The text without this mention, as the entity spells it or, where it does not, as its name in tags."""
    spelled = text(mention, "text")
    if spelled and spelled in written:
        return written.replace(spelled, " ")
    name = text(part(mention, "mentioned"), "name")
    return _AT.sub(lambda match: " " if match[1] == name else match[0], written) if name else written


def _entities(written: str) -> str:
    """HTML entities as characters; ``html.unescape`` on the whole text breaks on numbers of any length."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\ufffd", ""), written)

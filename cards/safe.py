"""What people typed, made harmless: no character hides or reorders it, no parser finds a format in it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

_LINE_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls other than tab and the line breaks
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # change the direction of what follows
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # take no room: hide text in text
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # cannot be written as UTF-8, or are no characters
    "]"
)
_BLANK_LINES: Final = re.compile(r"\n(?: *\n){3,}")
_MAX_BLANK: Final = "\n\n\n"

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

WORD_JOINER: Final = "\u2060"
"""Takes no room and breaks no line: put where a parser would otherwise see the start of something."""

_PARSED: Final = re.compile(
    r"[\\`*_~\[\]<>|\n@]|==|&(?=[#\w])|\{\{|://|\bwww\.|\w\.[a-z]{2,}"
    r"|^\s*(?:#|[-+=]|\d+[.)])|^ {4}|^\t|  $",
    re.IGNORECASE,
)
_ESCAPED: Final = re.compile(r"[\\`*_~\[\]<>|&#]")
_AT_LINE_START: Final = re.compile(r"^([ \t]*)(\d*)([-+=.)])", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_PARSED_UNESCAPED: Final = re.compile(
    r"(?<=\{\{)(?=DATE\(|TIME\()|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?=@)|(?<=\w)(?=\.[a-z]{2})", re.IGNORECASE
)
_LINKED_BY_READERS: Final = re.compile(
    r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?=@)|(?<=\\)(?=\\)|(?<=\w)(?=[.\u3002\uff0e\uff61][^\W\d_]{2})"
    r"|\b(?:mailto|tel|callto|sms|sip|skype|news|file|outlook|onenote|msteams|ms-[a-z]+):(?=\S)",
    re.IGNORECASE,
)
_STYLED_BY_READERS: Final = re.compile(r"^ *(?:>|--)|(?<!\w)[*_/|](?=\w)", re.MULTILINE)


def clean(text: str) -> str:
    """The same words in NFC, without control, direction-changing and invisible characters.

    Line breaks of every kind become ``\\n``, a tab a space, and more than two blank lines two. Idempotent.
    """
    if text.isascii():
        if text.isprintable():
            return text
    elif text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    return _cleaned(text)


def _cleaned(text: str) -> str:
    text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    if not text.replace("\n", "").isprintable():
        text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _BLANK_LINES.sub(_MAX_BLANK, text)


def one_line(text: str) -> str:
    """:func:`clean` with every run of white space as one space."""
    return " ".join(clean(text).split())


def cut(text: str, length: int) -> str:
    """At most ``length`` characters; where some were cut it ends in «…», at a word's end if one is near."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ", max(0, len(head) - 20))
    if space > 0:
        head = head[:space]
    return head.rstrip(" \n\u200d") + "…"


def is_markdown_free(text: str) -> bool:
    """Whether markdown shows this line as it is written, also where bare addresses become links."""
    return _PARSED.search(text) is None


def escape_markdown(text: str) -> str:
    """Cleaned text that a CommonMark parser shows as written: no format, list, link, mention or HTML.

    Addresses are broken with :data:`WORD_JOINER`: parsers that find bare ones look after resolving escapes.
    """
    text = clean(text)
    if is_markdown_free(text):
        return text
    text = _INDENT.sub("", text)
    text = _ESCAPED.sub(r"\\\g<0>", text)
    text = _AT_LINE_START.sub(r"\1\2\\\3", text)
    return _PARSED_UNESCAPED.sub(WORD_JOINER, text)


def unlinked(text: str) -> str:
    """Cleaned text in which a mail reader finds no address to make a link of, whatever kind it looks for.

    Addresses are broken with :data:`WORD_JOINER`, also ``\\\\server\\share``, which would send a password's hash there.
    """
    return _LINKED_BY_READERS.sub(r"\g<0>" + WORD_JOINER, clean(text))


def unstyled(text: str) -> str:
    """:func:`unlinked` text for a mail without formats, where readers still draw quotes, signatures and ``*bold*``."""
    return _STYLED_BY_READERS.sub(r"\g<0>" + WORD_JOINER, unlinked(text))


def may_be_opened(url: str) -> bool:
    """Whether a button may lead there: https, or this very machine, where the bot itself is tried out.

    A person can give no address but an https one (``attach_document``): the other kind is the bot's own.
    """
    if is_https(url):
        return True
    try:
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK and parts.username is None
    except ValueError:
        return False
    return local and url == one_line(url) and " " not in url


def is_https(url: str) -> bool:
    """Whether it is a whole https address on one line, fit to be a link. Spaces are let pass: people paste them."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and url == one_line(url)
    except ValueError:  # a bracket that never closes
        return False

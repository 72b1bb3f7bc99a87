"""The smallest parts of a block: texts that Slack shows as they are written.

Words in Slack's markup (``mrkdwn``) carry no more than what cannot be parsed; anything else is ``plain_text`` without
emoji, where no format, mention or link exists, and where addresses are broken besides, as phones look for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from cards.message import Tone
from cards.safe import WORD_JOINER, clean, cut, one_line, unlinked, unstyled
from cards.signs import NOTHING, TONE_SIGNS

Element: TypeAlias = dict[str, Any]
Run: TypeAlias = tuple[str, bool]
"""Words, and whether they are bold."""

TEXT: Final = 3_000
"""Characters that one text of a block holds."""
HEADER: Final = 150
FIELD: Final = 2_000
_NEAR: Final = 600
"""Characters back from where a text must break in which a better place is looked for."""

_SUSPECT: Final = re.compile(r"[@\\]|:\S|[.\u3002\uff0e\uff61][^\W\d_]{2}|[wW]{3}\.")
"""No text without one of these holds what :func:`unlinked` breaks up, which takes a hundred times as long to look."""
_MARKUP: Final = re.compile(r"[*_~`<>&|@\\]|#\w|:[^\s:]+:")
_FORMATS: Final = re.compile(r"[*_~`]|(?<=:)(?=[^\s:]+:)")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def plain(text: str, most: int = TEXT) -> Element:
    """A text to read, with its line breaks, in at most ``most`` characters; a sign where there is nothing to say."""
    return _plain(cut(linkless(text).strip(), most))


def label(text: str, most: int) -> Element:
    """One line on something that is pressed or filled in, where no client looks for addresses."""
    return _plain(cut(one_line(text), most))


def _plain(text: str) -> Element:
    return {"type": "plain_text", "text": text if text.strip() else NOTHING, "emoji": False}


def words(*runs: Run, most: int = TEXT) -> Element:
    """Runs one after the other: in bold where nothing in them can be parsed, else all of them as plain text."""
    text = clean("".join(words for words, _bold in runs))
    if _is_free(text) and any(bold and text.strip() for text, bold in runs):
        drawn = "".join(_bold(clean(text)) if bold else clean(text) for text, bold in runs).strip()
        if len(drawn) <= most:
            return {"type": "mrkdwn", "text": drawn, "verbatim": True}
    return plain(text, most)


def _is_free(text: str) -> bool:
    """Whether Slack finds neither a format nor an address in a clean text."""
    return _MARKUP.search(text) is None and linkless(text) == text


def linkless(text: str) -> str:
    """The same as :func:`unlinked`."""
    text = clean(text)
    return unlinked(text) if _SUSPECT.search(text) else text


def _bold(text: str) -> str:
    """Line by line, as a format ends with its line, and without the blanks that would keep it from beginning."""
    return "\n".join(_bold_line(line) for line in text.split("\n"))


def _bold_line(line: str) -> str:
    inside = line.strip()
    return line.replace(inside, f"*{inside}*", 1) if inside else line


def section(*runs: Run) -> Element:
    return {"type": "section", "text": words(*runs)}


def sections(text: str) -> Iterator[Element]:
    """A text whole, in as many sections as it takes; Slack folds what is long by itself."""
    for piece in pieces(linkless(text).strip(), TEXT):
        yield {"type": "section", "text": _plain(piece)}


def context(text: str) -> Element:
    """Small and subdued."""
    return {"type": "context", "elements": [plain(text)]}


def pieces(text: str, most: int) -> list[str]:
    """Cut where a line, else a word ends, into parts that each hold something; one empty part where there is nothing.

    White space at the cuts is left out.
    """
    found = []
    while len(text) > most:
        end = _break(text, most)
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [part for part in [*found, text] if part] or [""]


def _break(text: str, most: int) -> int:
    for mark in ("\n", " "):
        end = text.rfind(mark, max(1, most - _NEAR), most)
        if end > 0:
            return end
    return most


def signed(text: str, tone: Tone) -> str:
    return f"{TONE_SIGNS[tone]} {text}" if tone != "default" and text.strip() else text


def escaped(text: str) -> str:
    """One line for a message's own ``text``, which phones and screen readers get: no format, mention, emoji or link."""
    text = _FORMATS.sub(r"\g<0>" + WORD_JOINER, unstyled(one_line(text)))
    return "".join(_ENTITIES.get(character, character) for character in text)

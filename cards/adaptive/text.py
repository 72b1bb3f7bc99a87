"""The smallest parts of a card: runs of text that are shown as they are written."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from cards.message import Tone
from cards.safe import WORD_JOINER, clean, is_markdown_free, one_line
from cards.signs import TONE_SIGNS

Element: TypeAlias = dict[str, Any]

EXPANDED: Final = "{{"
"""With this begins what clients expand."""
_FUNCTIONS: Final = (f"{EXPANDED}DATE(", f"{EXPANDED}TIME(")


def shown(text: str) -> str:
    """Text for a run or an attribute. The two functions that clients expand even there are broken up."""
    text = clean(text)
    if EXPANDED in text:
        for function in _FUNCTIONS:
            text = text.replace(function, function[:2] + WORD_JOINER + function[2:])
    return text


def run(text: str, **style: Any) -> Element:
    return {"type": "TextRun", "text": shown(text), **style}


def rich(*inlines: Element | str, **properties: Any) -> Element:
    """A paragraph. A string is a run without style; it must be :func:`shown` already."""
    return {"type": "RichTextBlock", "inlines": list(inlines), **properties}


def plain(text: str, **properties: Any) -> Element:
    return {"type": "RichTextBlock", "inlines": [shown(text)], **properties}


def signed(text: str, tone: Tone, **style: Any) -> Element:
    """A paragraph in a tone: its sign carries the colour, as coloured text is hard to read."""
    if tone == "default":
        return rich(run(text, **style)) if style else plain(text)
    return rich(sign(tone, **style), run(text, **style) if style else shown(text))


def sign(tone: Tone, **style: Any) -> Element:
    colour = "default" if tone == "warning" else tone  # yellow on white cannot be read
    return {
        "type": "TextRun",
        "text": f"{TONE_SIGNS[tone]} ",
        **{"weight": "bolder", "color": colour} | style,
    }


def heading(text: str) -> Element:
    """A heading to screen readers. Text that markdown would change keeps its look and loses that role."""
    text = one_line(text)
    if is_markdown_free(text):
        return {
            "type": "TextBlock",
            "style": "heading",
            "text": text,
            "size": "large",
            "weight": "bolder",
            "wrap": True,
        }
    return rich(run(text, size="large", weight="bolder"))

"""The frame of every page: language, one heading of the first rank, where one is, whose the page is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from cards.i18n import _, current
from cards.page.style import STYLE
from cards.safe import clean, one_line


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose page it is: ``board`` asks, ``name`` answers. Both empty where it is not known who reads."""

    board: str = ""
    name: str = ""


def page(title: str, heading: str, body: Iterable[str], reader: Reader, *, wrong: bool = False) -> str:
    """HTML in the current language. ``title`` names no case, as browsers keep it; ``body`` is HTML already."""
    shown = one_line(title)
    if wrong:
        shown = _("Feil: {title}", title=shown)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{current()}" dir="ltr">\n<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex, nofollow">',
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">',
        f"<title>{escape(shown)}</title>\n<style>{STYLE}</style></head>\n<body>",
        f"<header><p>{line(reader.board)}</p></header>" if reader.board else "",
        f"<main>\n<h1>{line(heading)}</h1>",
        *body,
        "</main>",
        f'<footer><p class="small">{line(_whose(reader))}</p></footer>' if reader.name else "",
        "</body>\n</html>\n",
    ]
    return "\n".join(filter(None, parts))


def _whose(reader: Reader) -> str:
    return _("Denne siden er for {name}. Er det ikke deg, lukk den uten å svare.", name=reader.name)


def line(text: str) -> str:
    """Harmless, on one line."""
    return escape(one_line(text))


def lines(text: str) -> str:
    """Harmless; its line breaks are kept by the style."""
    return escape(clean(text).strip())

"""Pages of an enclosed PDF, each on a page of its own with what it says as alternative text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cards.documents.content import EnclosedPage
from cards.documents.markup import block, call, title, words
from cards.documents.style import HEIGHT, WIDTH
from cards.i18n import _
from cards.safe import clean, cut, one_line
from cards.typst_source import literal, points

_MARGIN: Final = 34.0
_FOOT: Final = 52.0
_HEADER: Final = 36.0
"""Room for what stands above the page: on the first a heading and a line, on the others a line or two."""
_LARGEST: Final = 1.6
"""How much a small page is made larger: a slide fills the sheet, a receipt does not."""
_MOST_TEXT: Final = 8000
"""Letters of alternative text: PDF/A-2 allows a string of 32,767 bytes, and a letter may take four."""
_LONGEST_NAME: Final = 110


@dataclass(frozen=True, slots=True)
class Named:
    """What is enclosed. ``name``: «Vedlegg 2 til sak 012-2026: Konseptrapport.pdf»; ``short``: the file's own."""

    name: str
    short: str
    level: int
    anchor: str = ""
    outlined: bool = False


def enclosed(named: Named, pages: Sequence[EnclosedPage]) -> Iterator[str]:
    """The first page bears the heading, which is a bookmark; every page says which it is."""
    for number, page in enumerate(pages, start=1):
        flipped = page.width > page.height
        foot = f"(x: {points(_MARGIN)}, top: {points(_MARGIN)}, bottom: {points(_FOOT)})"
        content = block([*_line(named, number, len(pages)), _picture(named, page, number, flipped=flipped)])
        yield call("page", content, flipped=str(flipped).lower(), margin=foot, footer_descent="18pt")


def _line(named: Named, number: int, count: int) -> Iterator[str]:
    name = cut(one_line(named.name), _LONGEST_NAME)
    if number > 1:
        line = words(_("{name}, side {number} av {count}", name=name, number=number, count=count))
        yield call("block", call("par", call("quiet", line)), below="8pt")
        return
    target = f"<{named.anchor}>" if named.anchor else "none"
    outlined = str(named.outlined).lower()
    yield call("small-heading", str(named.level), title(name), outlined=outlined, target=target)
    line = words(_("Side {number} av {count} i dokumentet", number=number, count=count))
    yield call("block", call("par", call("quiet", line)), below="8pt")


def _picture(named: Named, page: EnclosedPage, number: int, *, flipped: bool) -> str:
    across, down = (HEIGHT, WIDTH) if flipped else (WIDTH, HEIGHT)
    room = (across - 2 * _MARGIN, down - _MARGIN - _FOOT - _HEADER)
    scale = min(room[0] / page.width, room[1] / page.height, _LARGEST)
    picture = call(
        "image",
        literal(page.image),
        width=points(page.width * scale),
        height=points(page.height * scale),
        fit='"stretch"',
        alt=literal(_alternative(named, page, number)),
    )
    return call("align", "center", picture)


def _alternative(named: Named, page: EnclosedPage, number: int) -> str:
    text = clean(page.text).strip()
    if text:
        return cut(text, _MOST_TEXT)
    return _("Bilde av side {number} i «{name}», uten lesbar tekst.", number=number, name=one_line(named.short))

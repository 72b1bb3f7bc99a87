"""How every document looks: A4, one typeface, calm. The Typst functions that the parts of a document call.

Nothing is told by colour alone: what is set apart has a line beside it and a word that says what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cards.documents.letters import shown
from cards.documents.markup import BREAK, words
from cards.i18n import _, current
from cards.safe import cut, one_line
from cards.typst_source import literal, points

GROUND: Final = "#ffffff"
BAND: Final = "#eef2f6"
COLOURS: Final[dict[str, str]] = {"text": "#1b2733", "quiet": "#4d5863", "accent": "#0b3d6e", "warning": "#8a3a00"}
"""All of them stand against :data:`GROUND` and :data:`BAND` with a contrast of 4.5 or more."""
_LINE: Final = "#a9b4bf"

WIDTH: Final = 595.28
HEIGHT: Final = 841.89
"""A4 upright, in points."""
SIDE: Final = 68.0
TOP: Final = 64.0
BOTTOM: Final = 70.0
"""The margins of a page of text, in points."""

_LONGEST_TITLE: Final = 500
_LONGEST_FOOT: Final = 90
"""Letters: the foot has one line."""

_FEW_HYPHENS: Final = "costs: (hyphenation: 900%)"

_SIZES: Final = (24.0, 18.0, 13.0, 11.5)
"""Headings, in points, from the title of a pack to what is said under a section."""


@dataclass(frozen=True, slots=True)
class Titled:
    """What a document is called, who it is from, and whether it has a cover (a pack) above its parts."""

    title: str
    author: str
    cover: bool = False


def preamble(titled: Titled) -> str:
    """All that comes before the first word: language, page, headings and the functions of this document."""
    sizes = _SIZES if titled.cover else _SIZES[1:]
    headings = "\n".join(_heading(level, size) for level, size in enumerate(sizes, start=1))
    return "\n".join((_document(titled), _page(titled), _TEXT, headings, _FUNCTIONS))


def _document(titled: Titled) -> str:
    region = "GB" if current() == "en" else "NO"
    return (
        f"#set document(title: {_plain(titled.title)}, author: ({_plain(titled.author)},))\n"
        f'#set text(font: "Libertinus Serif", size: 11pt, fill: rgb("{COLOURS["text"]}"), hyphenate: true, '
        f"lang: {literal(current())}, region: {literal(region)})\n"
        f"#let {BREAK} = h(0.001pt)"
    )


def _plain(text: str) -> str:
    """Of the file's own data: a string, never content."""
    return literal(cut(one_line(shown(text)), _LONGEST_TITLE) or "–")


def _page(titled: Titled) -> str:
    """The foot says where one is: the document on the left, «Side 3 av 40» on the right. It is no part of the text."""
    before, between, after = _around("{page}", "{pages}", _("Side {page} av {pages}", page="{page}", pages="{pages}"))
    number = f"{literal(before)} + str(here().page()) + {literal(between)} + str(counter(page).final().first())"
    foot = words(cut(one_line(f"{titled.author} · {titled.title}"), _LONGEST_FOOT))
    return (
        f'#set page(paper: "a4", margin: (x: {points(SIDE)}, top: {points(TOP)}, bottom: {points(BOTTOM)}), '
        f'numbering: "1", footer-descent: 26pt,\n'
        f'  footer: text(size: 9pt, fill: rgb("{COLOURS["quiet"]}"), grid(columns: (1fr, auto), column-gutter: 12pt,\n'
        f"    {foot}, context {{ {number} + {literal(after)} }})))"
    )


def _around(first: str, second: str, sentence: str) -> tuple[str, str, str]:
    before, _found, rest = sentence.replace(" ", "\u00a0").partition(first)
    between, _found, after = rest.partition(second)
    return before, between, after


def _heading(level: int, size: float) -> str:
    above, below = (22.0, size * 0.6) if size >= _SIZES[1] else (size * 1.35, size * 0.6)
    words_of_it = f'text(size: {points(size)}, weight: 600, fill: rgb("{COLOURS["accent"]}"), {_FEW_HYPHENS}, it.body)'
    room = f"above: {points(above)}, below: {points(below)}, sticky: true"
    return f"#show heading.where(level: {level}): it => {{ set par(leading: 0.42em); block({room}, {words_of_it}) }}"


_TEXT: Final = f"""\
#set par(leading: 0.66em, spacing: 0.95em, justify: false, linebreaks: "optimized")
#set list(indent: 2pt, body-indent: 7pt, spacing: 0.66em)
#set enum(indent: 2pt, body-indent: 7pt, spacing: 0.66em)
#set strong(delta: 200)
#set terms(separator: none, hanging-indent: 130pt, spacing: 0.62em)
#set table(stroke: (x, y) => (bottom: 0.6pt + rgb("{_LINE}")), inset: (x: 6pt, y: 6pt), align: left + top)
#set outline.entry(fill: repeat(gap: 0.25em, "."))
#show outline.entry: set block(spacing: 0.85em)"""

_FUNCTIONS: Final = f"""\
#let quiet(body) = text(size: 10pt, fill: rgb("{COLOURS["quiet"]}"), body)
#let lead(body) = block(above: 0pt, below: 1.1em, par(quiet(body)))
#let eyebrow(body) = block(above: 0pt, below: 14pt,
  par(text(size: 13pt, fill: rgb("{COLOURS["quiet"]}"), body)))
#let fact(label, body) = terms.item(box(width: 130pt, inset: (right: 6pt), strong(label)), body)
#let stamp(body) = block(above: 0.7em, below: 0.7em, width: 100%, inset: (x: 9pt, y: 6pt),
  stroke: (left: 3pt + rgb("{COLOURS["warning"]}"), rest: 0.6pt + rgb("{COLOURS["warning"]}")), body)
#let apart(body) = block(above: 1.3em, below: 1.3em, width: 100%, inset: (left: 14pt, right: 12pt, y: 12pt),
  fill: rgb("{BAND}"), stroke: (left: 4pt + rgb("{COLOURS["accent"]}")), body)
#let said(body) = block(above: 0.8em, below: 1.2em, width: 100%, inset: (left: 12pt, y: 2pt),
  stroke: (left: 1.5pt + rgb("{_LINE}")), body)
#let linked(target, body) = link(target, underline(offset: 2pt, stroke: 0.6pt, body))
#let page-of(target) = link(target, context str(counter(page).at(target).first()))
#let sheet(columns, ..cells) = {{
  set text(size: 10pt, costs: (hyphenation: 900%))
  set par(leading: 0.5em)
  table(columns: columns, fill: (x, y) => if y == 0 {{ rgb("{BAND}") }}, ..cells)
}}
#let group(columns, body) = table.header(level: 2, repeat: true,
  table.cell(colspan: columns, inset: (x: 6pt, top: 11pt, bottom: 5pt),
    text(weight: 600, fill: rgb("{COLOURS["accent"]}"), body)))
#let small-heading(level, body, outlined: false, target: none) = {{
  show heading: it => block(above: 0pt, below: 4pt, sticky: true,
    text(size: 9.5pt, weight: 600, fill: rgb("{COLOURS["text"]}"), it.body))
  [#heading(level: level, outlined: outlined, bookmarked: true, body) #target]
}}"""

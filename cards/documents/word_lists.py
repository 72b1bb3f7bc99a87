"""Lists of a Word file: the sign or number that Word draws before a line is not in its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from cards.documents.word_names import MAIN

W: Final = f"{{{MAIN}}}"
VAL: Final = f"{W}val"
BULLET: Final = "– "
_MOST_STYLES: Final = 20
"""How far a style may be based on others; longer chains are rings."""


def value(element: etree._Element, path: str) -> str:
    """``w:val`` of the element at ``path``, empty where it is not there."""
    found = element.find(path)
    return "" if found is None else found.get(VAL, "")


@dataclass(slots=True)
class Lists:
    """``forms``: what each list looks like. ``levels``: by form and level, how its lines are numbered and from what.
    ``styles``: the list, the level and the base of each. ``counts``: by list and level, the last number given."""

    forms: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def sign(self, paragraph: etree._Element) -> str:
        """«– », «2. » or nothing, for the next paragraph in the document's order."""
        number, level = self._place(paragraph)
        if number in ("", "0"):
            return ""
        form, start = self.levels.get((self.forms.get(number, ""), level), ("bullet", 1))
        if form == "none":
            return ""
        if form == "bullet":
            return BULLET
        for deeper in range(int(level) + 1, 9) if level.isdecimal() else ():
            self.counts.pop((number, str(deeper)), None)
        self.counts[number, level] = self.counts.get((number, level), start - 1) + 1
        return f"{self.counts[number, level]}. "

    def _place(self, paragraph: etree._Element) -> tuple[str, str]:
        """(list, level), of the paragraph itself or else of its style."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", "0"
        number = value(properties, f"{W}numPr/{W}numId")
        level = value(properties, f"{W}numPr/{W}ilvl")
        style = value(properties, f"{W}pStyle")
        for _step in range(_MOST_STYLES):
            if number or style not in self.styles:
                break
            number, styled, style = self.styles[style]
            level = level or styled
        return number, level or "0"


def lists(numbering: etree._Element | None, styles: etree._Element | None) -> Lists:
    found = Lists()
    for style in () if styles is None else styles.iterchildren(f"{W}style"):
        place = f"{W}pPr/{W}numPr/{W}"
        found.styles[style.get(f"{W}styleId", "")] = (
            value(style, f"{place}numId"),
            value(style, f"{place}ilvl"),
            value(style, f"{W}basedOn"),
        )
    if numbering is not None:
        _read_levels(numbering, found)
    return found


def _read_levels(numbering: etree._Element, found: Lists) -> None:
    for form in numbering.iterchildren(f"{W}abstractNum"):
        for level in form.iterchildren(f"{W}lvl"):
            start = value(level, f"{W}start")[:6]
            key = form.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0")
            found.levels[key] = value(level, f"{W}numFmt") or "decimal", int(start) if start.isdecimal() else 1
    for number in numbering.iterchildren(f"{W}num"):
        found.forms[number.get(f"{W}numId", "")] = value(number, f"{W}abstractNumId")


def placeholder_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the style for text that is no text yet; a Norwegian Word calls it otherwise, its name stays."""
    rows = () if styles is None else styles.iterchildren(f"{W}style")
    named = (row.get(f"{W}styleId", "") for row in rows if value(row, f"{W}name").lower() == "placeholder text")
    return frozenset({"PlaceholderText", *named})

"""Text and lengths for a typst source. What a person typed goes in as a string literal, never as markup."""

from __future__ import annotations

from typing import Final

from cards.safe import clean

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}

_WIDTHS: Final[tuple[tuple[float, str], ...]] = (
    (0.25, " \u00a0,.;:'"),
    (0.29, "ijl|"),
    (0.34, "t)/!{}\\·"),
    (0.38, '-[]"fI'),
    (0.41, "rsš(`J"),
    (0.44, "czčž*?"),
    (0.48, "aeåáäéS§"),
    (0.50, "0123456789_$"),
    (0.54, "bdgkopqvxøöđŋ^<>#"),
    (0.57, "hnuyüEF«»+–=~"),
    (0.63, "BLPRTZ"),
    (0.74, "æACDGKOQUVYÅÄÁÖØÜ&%"),
    (0.81, "mwHNX…—"),
    (1.03, "MWÆ@"),
)
_WIDTH_OF: Final = {letter: width for width, letters in _WIDTHS for letter in letters}
_KERNING: Final = 1.01


def literal(text: str) -> str:
    """``text``, cleaned, as a typst string: no character of it can end the string or run as code."""
    return '"' + "".join(_escaped(letter) for letter in clean(text)) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}"


def points(length: float) -> str:
    """A length in points, always written alike."""
    return f"{round(length, 2) + 0:.2f}pt"


def width(text: str, size: float) -> float:
    """How wide one line is at most, in the unit of ``size``: Libertinus Serif semibold, which typst brings along.

    Measured by letter and rounded up; a letter that is not Norwegian, Sami or English counts as an em.
    """
    return sum(_WIDTH_OF.get(letter, 1.0) for letter in text) * size * _KERNING

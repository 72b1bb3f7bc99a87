"""Which letters the fonts of a document can draw, and what stands for one that they cannot.

PDF/A-2a refuses a document in which a single letter has no glyph. The fonts are the ones that typst brings along, so
that a document looks the same wherever it is made; they know Latin, Greek, Cyrillic and most signs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cards.safe import clean

_DRAWN: Final = """
    20-7E A0-AC AE-2FF 370-373 375-377 37A-37D 37F 384-386 388-38A 38C 38E-3A1 3A3-482 48A-4FF 510-513 51A-51D
    1D00-1DBF 1E00-1EFF 2002-200A 2010-2027 202F-2040 2042 2044-2052 2054-205F 2070-2071 2074-208E 2090-209C 20A0-20C0
    2100-211E 2120 2122 2124 2127-2129 212C-2151 2153-2184 2189 2190-2328 232B-23FF 2422-2423 2460-2606 2609-262F
    2638-268B 2690-269C 26A0-26A7 26AA-26AF 26B2 2701-2704 2706-2709 270C-2714 2717-2726 272A-274B 274D 274F-2752 2756
    2758-275E 2761-277F 2794 2798-27AF 27B1-27FF 2900-2ADB 2ADD-2B73 2B76-2B95 2B97-2BFF 2C60-2C7F FB00-FB06
"""
"""Read from the fonts of typst 0.15.2, upright and bold; a test draws every one of them in a PDF/A-2a."""

_UNSEEN: Final = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u3164\ufe00-\ufe0f\uffa0]")
"""Takes no room: joins, variants and fillers that mean nothing where no emoji can be drawn. Soft hyphens with them."""

_TOGETHER: Final = re.compile(
    r"(?<=§) (?=\d)|(?<=\b[Kk]l\.) (?=\d)|(?<=\b[Nn]r\.) (?=\d)|(?<=\d) (?=(?:kr|mill|mrd|%))"
)


def _ranges(written: str) -> tuple[tuple[int, int], ...]:
    spans = (span.partition("-") for span in written.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in spans)


DRAWN: Final = _ranges(_DRAWN)
_NOT_DRAWN: Final = re.compile("[^\n" + "".join(f"{chr(a)}-{chr(z)}".replace("\\", r"\\") for a, z in DRAWN) + "]")


def shown(text: str) -> str:
    """``text`` with no letter that cannot be drawn: a picture sign becomes its Unicode name in brackets, any other
    letter its code («[U+4E2D]»), so that nothing that was written is lost unseen. «§ 7» and «kl. 09.00» do not break.
    """
    text = _UNSEEN.sub("", clean(text))
    return _NOT_DRAWN.sub(_instead, _TOGETHER.sub("\u00a0", text))


def _instead(found: re.Match[str]) -> str:
    letter = found.group()
    name = unicodedata.name(letter, "") if unicodedata.category(letter) in {"So", "Sk"} else ""
    return f"[{name.lower()}]" if name else f"[U+{ord(letter):04X}]"

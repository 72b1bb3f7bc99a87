"""Content streams: read operator by operator, checked, and written again without marks.

Marked content of an enclosure would point into its own tag tree, which is not carried along: the page's place in the
document's tree is the figure around it (ISO 14289-1, 7.3).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    Object,
    PdfInlineImage,
    parse_content_stream,
    unparse_content_stream,
)

from bot.documents.unfit import Unfit

_MARKS: Final = frozenset(("BMC", "BDC", "EMC", "MP", "DP"))
_PLAIN: Final = frozenset(
    (
        *("w", "J", "j", "M", "d", "i", "cm", "m", "l", "c", "v", "y", "h", "re"),
        *("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "BT", "ET"),
        *("Tc", "Tw", "Tz", "TL", "Tr", "Ts", "Td", "TD", "Tm", "T*"),
        *("SC", "sc", "G", "g", "RG", "rg", "d0", "d1"),
    )
)
_NAMES: Final = {"Do": "/XObject", "gs": "/ExtGState", "sh": "/Shading"}
_SHOW: Final = frozenset(("Tj", "'", '"', "TJ"))
_DEVICE: Final = frozenset(("/DeviceGray", "/DeviceRGB", "/Pattern"))
INTENTS: Final = frozenset(("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"))
_DEEPEST: Final = 28
_LONGEST_STRING: Final = 32_767
_INLINE_FILTERS: Final = frozenset(
    ("/ASCII85Decode", "/ASCIIHexDecode", "/FlateDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/DCTDecode")
)
_INLINE_SPACES: Final = frozenset(("/DeviceGray", "/DeviceRGB"))


@dataclass(slots=True)
class Content:
    """A stream without its marks. ``used``: names by the resources' categories; ``shown``: strings by font name."""

    data: bytes = b""
    used: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))


def without_marks(source: Object) -> Content:
    """Reads a page or a stream. Errors: :class:`Unfit` at the first operator that a PDF/A may not have."""
    reader = _Reader()
    kept = [one for one in parse_content_stream(source) if reader.keeps(one)]
    reader.content.data = unparse_content_stream(kept) + b"\nQ" * reader.depth
    return reader.content


class _Reader:
    """Follows one stream. The graphics state is followed as far as it names the font."""

    def __init__(self) -> None:
        self.content = Content()
        self._fonts: list[str] = [""]

    @property
    def depth(self) -> int:
        return len(self._fonts) - 1

    def keeps(self, instruction: Any) -> bool:
        """Whether the operator is carried along; a mark is not."""
        if isinstance(instruction, ContentStreamInlineImage):
            _check_inline(instruction.iimage)
            return True
        operator, operands = str(instruction.operator), instruction.operands
        if operator in _PLAIN:
            return True
        if operator in _MARKS:
            if operands and str(operands[0]) == "/OC":
                raise Unfit("6.9", "parts of the page can be switched off")
            return False
        if operator in _SHOW:
            self._show(operands[-1])
        elif operator in ("q", "Q"):
            self._nest(operator)
        else:
            self._name(operator, operands)
        return True

    def _nest(self, operator: str) -> None:
        if operator == "q":
            self._fonts.append(self._fonts[-1])
        else:
            self._fonts.pop()
        if not self._fonts:
            raise Unfit("6.2.2", "the graphics state is restored more often than saved")
        if self.depth > _DEEPEST:
            raise Unfit("6.1.13", f"the graphics state is saved more than {_DEEPEST} times over")

    def _name(self, operator: str, operands: Any) -> None:
        used = self.content.used
        if operator in _NAMES:
            used[_NAMES[operator]].add(str(operands[0]))
        elif operator == "Tf":
            self._fonts[-1] = str(operands[0])
            used["/Font"].add(self._fonts[-1])
        elif operator in ("cs", "CS"):
            self._space(str(operands[0]))
        elif operator in ("scn", "SCN"):
            if operands and isinstance(operands[-1], Object):
                used["/Pattern"].add(str(operands[-1]))
        elif operator in ("k", "K"):
            raise Unfit("6.2.4.3", "colours of a printing press without their profile")
        elif operator != "ri" or str(operands[0]) not in INTENTS:
            raise Unfit("6.2.6" if operator == "ri" else "6.2.2", f"the operator {operator[:10]!a}")

    def _space(self, name: str) -> None:
        if name == "/DeviceCMYK":
            raise Unfit("6.2.4.3", "colours of a printing press without their profile")
        if name not in _DEVICE:
            self.content.used["/ColorSpace"].add(name)

    def _show(self, shown: Any) -> None:
        if not self._fonts[-1]:
            raise Unfit("6.2.2", "text without a font")
        pieces = shown if isinstance(shown, Array) else [shown]
        text = [bytes(piece) for piece in pieces if isinstance(piece, Object)]
        if any(len(piece) > _LONGEST_STRING for piece in text):
            raise Unfit("6.1.13", f"a string of more than {_LONGEST_STRING} bytes")
        self.content.shown[self._fonts[-1]] += text


def _check_inline(image: PdfInlineImage) -> None:
    if not _INLINE_FILTERS.issuperset(image.filters):
        raise Unfit("6.1.10", "a filter of an inline image")
    if not image.image_mask and str(image.obj.get("/ColorSpace")) not in _INLINE_SPACES:
        raise Unfit("6.2.4.3", "the colour space of an inline image")
    if image.obj.get("/Interpolate", False):
        raise Unfit("6.2.8", "an inline image that wants to be smoothed")

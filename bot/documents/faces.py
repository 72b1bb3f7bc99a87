"""Fonts of an enclosed page: embedded, with known characters, and each with a text (ISO 19005-2, 6.2.11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import iter_unpack
from typing import Any, Final, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Stream

from bot.documents.characters import Meanings, read_meanings
from bot.documents.colours import check_stream
from bot.documents.limits import PROFILE
from bot.documents.unfit import Unfit

ShowCheck: TypeAlias = Callable[[Sequence[bytes]], None]
"""Looks at the strings that one page shows in a font."""

_KNOWN: Final = frozenset(("/WinAnsiEncoding", "/MacRomanEncoding"))
_NAMED: Final = _KNOWN | {"/MacExpertEncoding"}
_PROGRAMS: Final = {
    "/Type1": ("/FontFile", "/FontFile3"),
    "/MMType1": ("/FontFile", "/FontFile3"),
    "/TrueType": ("/FontFile2", "/FontFile3"),
    "/CIDFontType0": ("/FontFile3",),
    "/CIDFontType2": ("/FontFile2", "/FontFile3"),
}
_SYMBOLIC: Final = 4
_ADDED: Final = ("/CIDSet", "/CharSet")
"""Lists of what a subset holds. Writers get them wrong, and the standard does without (6.2.11.4.2)."""


def check_font(font: Object) -> ShowCheck:
    """Errors: :class:`Unfit`. Returns the check of what is shown in it. A font of drawings is checked by the caller."""
    kind = str(font.get("/Subtype"))
    if kind == "/Type0":
        return _composite(font)
    if kind != "/Type3":
        _embedded(font, kind)
    if kind == "/TrueType":
        _truetype(font)
    meanings = _meanings(font)
    if meanings is None:
        if kind == "/Type3" or _base_encoding(font) not in _NAMED or _has_differences(font):
            raise Unfit("6.2.11.7.2", "a font whose characters do not tell what they mean")
        return _nothing
    return lambda shown: meanings.check(set(b"".join(shown)))


def _nothing(_: Sequence[bytes]) -> None:
    """Predefined encodings say what each code means."""


def _composite(font: Object) -> ShowCheck:
    if str(font.get("/Encoding")) not in ("/Identity-H", "/Identity-V"):
        raise Unfit("6.2.11.3.3", "a character map that is not the plain one")
    descendants = font.get("/DescendantFonts")
    if not isinstance(descendants, Array) or len(descendants) != 1:
        raise Unfit("6.2.11.2", "a composite font that is not whole")
    inner = descendants[0]
    kind = str(inner.get("/Subtype"))
    _embedded(inner, kind)
    glyphs = _glyphs(inner) if kind == "/CIDFontType2" else b""
    meanings = _meanings(font)
    if meanings is None:
        raise Unfit("6.2.11.7.2", "a font whose characters do not tell what they mean")

    def check(shown: Sequence[bytes]) -> None:
        if any(len(piece) % 2 for piece in shown):
            raise Unfit("6.2.11.2", "half a character")
        codes = {code for piece in shown for (code,) in iter_unpack(">H", piece)}
        _no_notdef(codes, glyphs)
        meanings.check(codes)

    return check


def _no_notdef(codes: set[int], glyphs: bytes) -> None:
    """``glyphs``: two bytes a code, empty where the code is the glyph."""
    missing = 0 in codes if not glyphs else any(not any(glyphs[2 * code : 2 * code + 2]) for code in codes)
    if missing:
        raise Unfit("6.2.11.8", "a character that the font does not have")


def _glyphs(inner: Object) -> bytes:
    way = inner.get("/CIDToGIDMap")
    if isinstance(way, Stream):
        return _bounded(way)
    if str(way) != "/Identity":
        raise Unfit("6.2.11.3.2", "a font that does not tell which glyph is whose")
    return b""


def _embedded(font: Object, kind: str) -> None:
    descriptor: Any = font.get("/FontDescriptor")
    if kind not in _PROGRAMS or not isinstance(descriptor, Dictionary):
        raise Unfit("6.2.11.4.1", "a font that is not embedded")
    programs = [descriptor[name] for name in _PROGRAMS[kind] if isinstance(descriptor.get(name), Stream)]
    if not programs:
        raise Unfit("6.2.11.4.1", "a font that is not embedded")
    for program in programs:
        check_stream(program)
    for name in _ADDED:
        if name in descriptor:
            del descriptor[name]


def _truetype(font: Object) -> None:
    symbolic = int(font.FontDescriptor.get("/Flags", 0)) & _SYMBOLIC
    encoding = font.get("/Encoding")
    if symbolic and encoding is not None:
        raise Unfit("6.2.11.6", "a font of symbols with an encoding")
    if not symbolic and _base_encoding(font) not in _KNOWN:
        raise Unfit("6.2.11.6", "a font without a known encoding")
    if not symbolic and _has_differences(font):
        raise Unfit("6.2.11.6", "a font with characters of its own")


def _base_encoding(font: Object) -> str:
    encoding: Any = font.get("/Encoding")
    if isinstance(encoding, Name):
        return str(encoding)
    if isinstance(encoding, Dictionary):
        return str(encoding.get("/BaseEncoding"))
    return ""


def _has_differences(font: Object) -> bool:
    encoding: Any = font.get("/Encoding")
    return isinstance(encoding, Dictionary) and "/Differences" in encoding


def _meanings(font: Object) -> Meanings | None:
    stream = font.get("/ToUnicode")
    return read_meanings(_bounded(stream)) if isinstance(stream, Stream) else None


def _bounded(stream: Stream) -> bytes:
    data = stream.read_bytes()
    if len(data) > PROFILE:
        raise Unfit("6.2.11", "a character map of unusual size")
    return data

"""Whether a page of a stranger's PDF may stand in a PDF/A-2a and PDF/UA-1 document as it is, and the page as a drawing.

What cannot be shown to keep the promises is not carried along: the page becomes a picture. Clauses are those of
ISO 19005-2. Not looked into: whether a font's program and its widths agree (6.2.11.5), and fax and JBIG2 data.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream

from bot.documents import colours
from bot.documents.content import Content, without_marks
from bot.documents.faces import ShowCheck, check_font
from bot.documents.limits import CONTENT, LONGEST, NESTING, SHORTEST
from bot.documents.unfit import Unfit

_SILENT: Final = frozenset(("/Link", "/Popup"))
"""Annotations that draw nothing of their own."""
_DEFAULTS: Final = ("/DefaultGray", "/DefaultRGB")
_TRIED: Final = (PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError, MemoryError)
"""What a PDF whose objects are not what they should be leads to."""


def unfit_reason(pdf: Pdf, page: Page) -> str | None:
    """Why this page does not fit, with the clause that it breaks; None where it does."""
    try:
        Carrier(pdf).drawing(page)
    except Unfit as why:
        return str(why)
    return None


class Carrier:
    """Pages of one PDF as drawings (Form XObjects). What pages share is looked at once."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._seen: dict[tuple[int, int], Unfit | None] = {}
        self._faces: dict[tuple[int, int], ShowCheck] = {}
        self._damaged = bool(pdf.get_warnings())

    def drawing(self, page: Page) -> Stream:
        """The page's visible part, upright in the unit square, as an image is drawn. Errors: :class:`Unfit`."""
        if self._damaged:
            raise Unfit("6.1", "the file is damaged")
        if self._pdf.is_encrypted:
            raise Unfit("6.1.3", "the file is encrypted")
        try:
            drawing = self._drawing(page)
        except _TRIED as error:
            raise Unfit("6.1", f"the page is damaged ({type(error).__name__})") from error
        if self._pdf.get_warnings():
            raise Unfit("6.1", "the page is damaged")
        return drawing

    def _drawing(self, page: Page) -> Stream:
        for note in page.obj.get("/Annots", Array()):
            if str(note.get("/Subtype")) not in _SILENT and "/AP" in note:
                raise Unfit("6.3", "notes or fields on the page, which would be lost")
        colours.check_group(page.obj.get("/Group"))
        _check_size(page.obj.get("/Contents"))
        found = without_marks(page.obj)
        drawing = self._pdf.make_stream(found.data)
        drawing.Type, drawing.Subtype = Name.XObject, Name.Form
        drawing.BBox, drawing.Matrix = _placed(page)
        drawing.Resources = self._resources(found, page.obj.get("/Resources", Dictionary()), 0)
        if "/Group" in page.obj:
            drawing.Group = page.obj.Group
        return drawing

    def _resources(self, found: Content, given: Object, depth: int) -> Dictionary:
        """What the content uses, looked at; nothing else comes along."""
        if depth > NESTING:
            raise Unfit("6.2.9", "drawings within drawings without end")
        kept = Dictionary()
        spaces: Any = given.get("/ColorSpace", Dictionary())
        found.used["/ColorSpace"].update(name for name in _DEFAULTS if name in spaces)
        if "/DefaultCMYK" in spaces:
            raise Unfit("6.2.4.3", "colours of a printing press")
        for category, names in sorted(found.used.items()):
            if names:
                kept[category] = Dictionary()
            for name in sorted(names):
                thing = given.get(category, Dictionary()).get(name)
                if thing is None:
                    raise Unfit("6.2.2", f"something of {category} is missing")
                self._check(category, thing, given, depth)
                kept[category][name] = thing
        for name, shown in found.shown.items():
            self._face(kept.Font[name])(shown)
        return kept

    def _check(self, category: str, thing: Object, given: Object, depth: int) -> None:
        """Once for each object; one that is met again while it is looked at holds itself."""
        key = thing.objgen
        if key in self._seen:
            why = self._seen[key]
            if why is not None:
                raise why
            return
        if key != (0, 0):
            self._seen[key] = Unfit("6.2.9", "a drawing that holds itself")
        try:
            self._checks[category](self, thing, given, depth)
        except Unfit as why:
            if key != (0, 0):
                self._seen[key] = why
            raise
        if key != (0, 0):
            self._seen[key] = None

    def _face(self, font: Object) -> ShowCheck:
        if font.objgen == (0, 0):
            return check_font(font)
        if font.objgen not in self._faces:
            self._faces[font.objgen] = check_font(font)
        return self._faces[font.objgen]

    def _xobject(self, thing: Object, given: Object, depth: int) -> None:
        kind = str(thing.get("/Subtype"))
        if kind == "/Image":
            colours.check_image(thing)
        elif kind == "/Form":
            colours.check_form(thing)
            self._stream(thing, given, depth)
        else:
            raise Unfit("6.2.9", "a drawing in PostScript")

    def _stream(self, stream: Object, given: Object, depth: int) -> None:
        """Writes the stream again without marks, with resources of its own (6.2.2)."""
        _check_size(stream)
        found = without_marks(stream)
        own = self._resources(found, stream.get("/Resources", given), depth + 1)
        stream.write(found.data)
        stream.Resources = own

    def _state(self, thing: Object, given: Object, depth: int) -> None:
        colours.check_state(thing)
        mask = colours.soft_mask(thing)
        if mask is not None:
            if "/TR" in thing.SMask and str(thing.SMask.TR) != "/Identity":
                raise Unfit("6.2.5", "a transfer function")
            self._check("/XObject", mask, given, depth + 1)

    def _pattern(self, thing: Object, given: Object, depth: int) -> None:
        if thing.get("/PatternType") == 1:
            colours.check_stream(thing)
            self._stream(thing, given, depth)
            return
        colours.check_shading(thing.Shading)
        if "/ExtGState" in thing:
            self._check("/ExtGState", thing.ExtGState, given, depth + 1)

    def _font(self, thing: Object, given: Object, depth: int) -> None:
        self._face(thing)
        if str(thing.get("/Subtype")) != "/Type3":
            return
        every = Content()
        for drawing in thing.CharProcs.values():
            _check_size(drawing)
            found = without_marks(drawing)
            drawing.write(found.data)
            for category, names in found.used.items():
                every.used[category] |= names
            for name, shown in found.shown.items():
                every.shown[name] += shown
        thing.Resources = self._resources(every, thing.get("/Resources", given), depth + 1)

    def _space(self, thing: Object, _given: Object, _depth: int) -> None:
        colours.check_space(thing)

    def _shading(self, thing: Object, _given: Object, _depth: int) -> None:
        colours.check_shading(thing)

    _checks: Final[dict[str, Callable[[Carrier, Object, Object, int], None]]] = {
        "/XObject": _xobject,
        "/ExtGState": _state,
        "/Pattern": _pattern,
        "/Font": _font,
        "/ColorSpace": _space,
        "/Shading": _shading,
    }


def _check_size(content: Any) -> None:
    """Decodes, within what qpdf is told to allow: a stream may be a thousand times as large as it looks."""
    streams = list(content) if isinstance(content, Array) else [content] if content is not None else []
    size = 0
    for stream in streams:
        colours.check_stream(stream)
        size += len(stream.read_bytes())
    if size > CONTENT:
        raise Unfit("6.2.2", "a drawing of unusual size, which is not looked into")


def _box(page: Page) -> tuple[float, float, float, float]:
    """The visible part in the page's own space: x and y of the lower left and the upper right corner."""
    media, crop = ([float(side) for side in box] for box in (page.mediabox, page.cropbox))
    left, right = sorted((media[0], media[2]))
    low, high = sorted((media[1], media[3]))
    x0, x1 = sorted((crop[0], crop[2]))
    y0, y1 = sorted((crop[1], crop[3]))
    return max(left, x0), max(low, y0), min(right, x1), min(high, y1)


def _turned(page: Page) -> int:
    """Quarters of a turn, clockwise."""
    return int(page.obj.get("/Rotate", 0)) // 90 % 4


def visible_size(page: Page) -> tuple[float, float]:
    """Width and height in points, as the page is read. Errors: :class:`Unfit` where it is no size for a page."""
    x0, y0, x1, y1 = _box(page)
    unit = float(page.obj.get("/UserUnit", 1))
    wide, high = (x1 - x0) * unit, (y1 - y0) * unit
    if not (SHORTEST <= wide <= LONGEST and SHORTEST <= high <= LONGEST):
        raise Unfit("6.1.13", "a page of unusual size")
    return (high, wide) if _turned(page) % 2 else (wide, high)


def _placed(page: Page) -> tuple[Array, Array]:
    """The box, and the matrix that brings it upright into the unit square (ISO 32000-1, 8.9.5)."""
    visible_size(page)
    x0, y0, x1, y1 = _box(page)
    across, up = 1 / (x1 - x0), 1 / (y1 - y0)
    matrix = (
        (across, 0.0, 0.0, up, -x0 * across, -y0 * up),
        (0.0, -across, up, 0.0, -y0 * up, x1 * across),
        (-across, 0.0, 0.0, -up, x1 * across, y1 * up),
        (0.0, across, -up, 0.0, y1 * up, -x0 * across),
    )[_turned(page)]
    return Array([_real(side, 4) for side in (x0, y0, x1, y1)]), Array([_real(one, 12) for one in matrix])


def _real(number: float, digits: int) -> Decimal:
    return Decimal(f"{number:.{digits}f}")

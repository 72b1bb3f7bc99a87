"""Which pages may stand in a PDF/A as they are: each promise broken once, by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from bot.documents.fitness import Carrier, unfit_reason, visible_size
from bot.documents.limits import CONTENT
from bot.documents.unfit import Unfit
from tests.bot.documents.pdfs import changed, drawn, typeset

HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def reason(data: bytes) -> str | None:
    with Pdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        return unfit_reason(pdf, pdf.pages[0])


def adding(content: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].contents_add(content)

    return change


def fonts(pdf: Pdf) -> list[Any]:
    return list(pdf.pages[0].obj.Resources.Font.values())


def no_program(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.DescendantFonts[0].FontDescriptor.FontFile3


def no_meaning(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.ToUnicode


def empty_meaning(pdf: Pdf) -> None:
    for font in fonts(pdf):
        font.ToUnicode = pdf.make_stream(b"1 beginbfrange <0000> <FFFF> <> endbfrange")


def other_map(pdf: Pdf) -> None:
    for font in fonts(pdf):
        font.Encoding = Name("/UniGB-UCS2-H")


def state(**keys: Any) -> bytes:
    return drawn(b"/G0 gs 0 0 9 9 re f", ExtGState=Dictionary(G0=Dictionary(**keys)))


def image(**keys: Any) -> bytes:
    """A picture of one grey pixel, changed."""
    pdf = Pdf.open(io.BytesIO(drawn(b"q 99 0 0 99 0 0 cm /I0 Do Q")))
    plain = {"Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    pixel = pdf.make_stream(b"\x80")
    for key, value in {**plain, **keys}.items():
        if value is not None:
            pixel[f"/{key}"] = value
    pdf.pages[0].obj.Resources.XObject = Dictionary(I0=pixel)
    out = io.BytesIO()
    pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


def form(content: bytes = b"0 0 9 9 re f", **keys: Any) -> bytes:
    pdf = Pdf.open(io.BytesIO(drawn(b"/F0 Do")))
    inner = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
    for key, value in keys.items():
        inner[f"/{key}"] = value
    pdf.pages[0].obj.Resources.XObject = Dictionary(F0=inner)
    if b"/F0" in content:
        inner.Resources = Dictionary(XObject=Dictionary(F0=inner))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def nested(depth: int) -> bytes:
    pdf = Pdf.open(io.BytesIO(drawn(b"/F0 Do")))
    inner = pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(depth):
        outer = pdf.make_stream(b"/F0 Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        outer.Resources = Dictionary(XObject=Dictionary(F0=inner))
        inner = outer
    pdf.pages[0].obj.Resources.XObject = Dictionary(F0=inner)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def a_note(subtype: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        look = Dictionary(N=pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
        note = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array([0, 0, 9, 9]), AP=look)
        pdf.pages[0].obj.Annots = Array([note])
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(note)]))

    return change


def script(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert('hei')"))
    pdf.Root.OpenAction = action
    pdf.pages[0].obj.AA = Dictionary(O=action)


def profiled(data: bytes, components: int) -> bytes:
    pdf = Pdf.open(io.BytesIO(drawn(b"/C0 cs 0.5 sc 0 0 9 9 re f")))
    profile = pdf.make_stream(data, N=components)
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C0=Array([Name.ICCBased, profile]))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def huge(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 9e6, 9e6])


def not_embedded() -> bytes:
    return drawn(b"BT /F0 9 Tf (a) Tj ET", Font=Dictionary(F0=HELVETICA))


INK = Array([Name.Separation, Name("/Pantone"), Name.DeviceRGB, Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)])
GREY_CMYK = b"\0" * 8 + b"\2\0\0\0prtrCMYKXYZ " + b"\0" * 12 + b"acsp" + b"\0" * 88
UNFIT: dict[str, tuple[Callable[[], bytes], str]] = {
    "a font that is not embedded": (not_embedded, "6.2.11.4.1"),
    "a font without its program": (lambda: changed(no_program), "6.2.11.4.1"),
    "characters without meaning": (lambda: changed(no_meaning), "6.2.11.7.2"),
    "characters that mean nothing": (lambda: changed(empty_meaning), "6.2.11.7.2"),
    "another character map": (lambda: changed(other_map), "6.2.11.3.3"),
    "a character that is not there": (lambda: changed(adding(b"BT /f0 9 Tf <0000> Tj ET")), "6.2.11.8"),
    "text without a font": (lambda: drawn(b"BT (a) Tj ET"), "6.2.2"),
    "a font that is missing": (lambda: drawn(b"BT /F0 9 Tf (a) Tj ET"), "6.2.2"),
    "an operator of nobody's": (lambda: drawn(b"BX 1 2 hei EX"), "6.2.2"),
    "restored too often": (lambda: drawn(b"q Q Q"), "6.2.2"),
    "saved too often": (lambda: drawn(b"q " * 29 + b"Q " * 29), "6.1.13"),
    "an intent of nobody's": (lambda: drawn(b"/Nice ri"), "6.2.6"),
    "press colours": (lambda: drawn(b"0 0 0 1 k 0 0 9 9 re f"), "6.2.4.3"),
    "press colours by name": (lambda: drawn(b"/DeviceCMYK cs 0 0 0 1 sc"), "6.2.4.3"),
    "a picture in press colours": (lambda: image(ColorSpace=Name.DeviceCMYK), "6.2.4.3"),
    "an ink": (lambda: drawn(b"/C0 cs 1 scn", ColorSpace=Dictionary(C0=INK)), "6.2.4.4"),
    "a profile of a press": (lambda: profiled(GREY_CMYK, 4), "6.2.4.2"),
    "no profile at all": (lambda: profiled(b"nothing", 1), "6.2.4.2"),
    "LZW": (lambda: image(Filter=Name.LZWDecode), "6.1.7.2"),
    "a JPEG that is none": (lambda: image(Filter=Name.DCTDecode), "6.1"),
    "JPEG 2000": (lambda: image(Filter=Name.JPXDecode), "6.2.8.3"),
    "data in another file": (lambda: image(F=String("/etc/passwd")), "6.1.7.1"),
    "three bits": (lambda: image(BitsPerComponent=3), "6.2.8"),
    "an inline picture with LZW": (lambda: drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID x EI"), "6.1.10"),
    "an inline picture for a press": (lambda: drawn(b"BI /W 1 /H 1 /BPC 8 /CS /CMYK ID xxxx EI"), "6.2.4.3"),
    "a layer": (lambda: drawn(b"/OC /P0 BDC 0 0 9 9 re f EMC"), "6.9"),
    "a drawing on a layer": (lambda: form(OC=Dictionary(Type=Name.OCG, Name=String("lag"))), "6.9"),
    "a drawing in PostScript": (lambda: form(Subtype=Name.PS), "6.2.9"),
    "a drawing from elsewhere": (lambda: form(Ref=Dictionary()), "6.2.9"),
    "a drawing that holds itself": (lambda: form(b"/F0 Do"), "6.2.9"),
    "drawings without end": (lambda: nested(15), "6.2.9"),
    "a group for a press": (lambda: form(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)), "6.2.4.3"),
    "a transfer function": (lambda: state(TR=Name.Identity), "6.2.5"),
    "a blending of nobody's": (lambda: state(BM=Name.Strange), "6.2.10"),
    "a note": (lambda: changed(a_note("/FreeText")), "6.3"),
    "a field": (lambda: changed(a_note("/Widget")), "6.3"),
    "a page of ten kilometres": (lambda: changed(huge), "6.1.13"),
    "too much to look into": (lambda: drawn(b"0 0 9 9 re f\n" * (CONTENT // 13 + 1)), "6.2.2"),
    "encryption": (lambda: changed(lambda _: None, encryption=pikepdf.Encryption(owner="x")), "6.1.3"),
    "content that is no content": (lambda: drawn(b"[ << ( 0 0 re"), "6.1"),
    "resources that are none": (lambda: changed(lambda pdf: pdf.pages[0].obj.update({"/Resources": Array()})), "6.1"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "clause"), UNFIT.values(), ids=UNFIT.keys())
def test_what_breaks_a_promise_is_named_with_its_clause(make: Callable[[], bytes], clause: str) -> None:
    why = reason(make())
    assert why is not None
    assert why.startswith(f"ISO 19005-2, {clause}: ")


FIT: dict[str, Callable[[], bytes]] = {
    "typeset": lambda: typeset(1),
    "drawn": lambda: drawn(b"q 1 0 0 rg 0 0 9 9 re f Q"),
    "grey picture": image,
    "smoothed picture": lambda: image(Interpolate=True),
    "inline picture": lambda: drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"),
    "a drawing": form,
    "transparent": lambda: state(ca=0.5, BM=Name.Multiply),
    "ten drawings deep": lambda: nested(9),
    "a link": lambda: changed(a_note("/Link")),
    "JavaScript, which stays behind": lambda: changed(script),
    "marked": lambda: drawn(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC"),
    "left open": lambda: drawn(b"q q 0 0 9 9 re f"),
    "an empty page": lambda: changed(lambda pdf: pdf.pages[0].obj.update({"/Contents": pdf.make_stream(b"")})),
    "a font that is not used": lambda: drawn(b"0 0 9 9 re f", Font=Dictionary(F0=HELVETICA)),
}


@pytest.mark.parametrize("make", FIT.values(), ids=FIT.keys())
def test_what_keeps_the_promises_is_carried_as_it_is(make: Callable[[], bytes]) -> None:
    assert reason(make()) is None


@contextmanager
def carried(data: bytes) -> Iterator[Any]:
    with Pdf.open(io.BytesIO(data)) as pdf:
        yield Carrier(pdf).drawing(pdf.pages[0])


def test_no_mark_is_left_on_the_page_nor_in_its_drawings() -> None:
    marked = b"/P <</MCID 3>> BDC /Span BMC 0 0 9 9 re f EMC EMC /Here MP /There <</MCID 4>> DP"
    with carried(changed(adding(marked), form(marked, StructParent=3, Metadata=Dictionary()))) as page:
        inner = page.Resources.XObject.F0
        assert "/StructParent" not in inner
        assert "/Metadata" not in inner
        for content in (page.read_bytes(), inner.read_bytes()):
            assert b"0 0 9 9 re" in content
            assert not any(mark in content for mark in (b"BDC", b"BMC", b"EMC", b"MP", b"DP", b"MCID"))


def test_what_was_left_open_is_closed() -> None:
    with carried(FIT["left open"]()) as page:
        assert page.read_bytes().split().count(b"Q") == 2


def test_only_what_the_page_uses_comes_along() -> None:
    with carried(FIT["a font that is not used"]()) as page:
        assert "/Font" not in page.Resources


def test_a_drawing_without_resources_gets_those_of_its_page() -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Resources.ExtGState = Dictionary(G0=Dictionary(ca=0.5))

    with carried(changed(change, form(b"/G0 gs 0 0 9 9 re f"))) as page:
        assert "/G0" in page.Resources.XObject.F0.Resources.ExtGState


def test_a_drawing_that_does_not_fit_is_refused_on_every_page_that_shows_it() -> None:
    data = changed(lambda pdf: pdf.pages.append(pdf.pages[0]), form(Ref=Dictionary()))
    with Pdf.open(io.BytesIO(data)) as pdf:
        carrier = Carrier(pdf)
        for page in pdf.pages:
            with pytest.raises(Unfit, match=r"6\.2\.9"):
                carrier.drawing(page)


@pytest.mark.parametrize(("turn", "size"), [(0, (300, 200)), (90, (200, 300)), (-90, (200, 300)), (540, (300, 200))])
def test_a_turned_page_has_the_size_that_is_read(turn: int, size: tuple[float, float]) -> None:
    data = changed(lambda pdf: pdf.pages[0].obj.update({"/Rotate": turn}), drawn(b""))
    with Pdf.open(io.BytesIO(data)) as pdf:
        assert visible_size(pdf.pages[0]) == size

"""Colour spaces, images, shadings and graphics states of an enclosed page. The document's output intent is sRGB."""

from __future__ import annotations

from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Stream, StreamDecodeLevel

from bot.documents.content import INTENTS
from bot.documents.limits import PROFILE
from bot.documents.unfit import Unfit

_PLAIN: Final = frozenset(("/DeviceGray", "/DeviceRGB", "/Pattern", "/CalGray", "/CalRGB", "/Lab"))
_COMPONENTS: Final = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3}
_CLASSES: Final = frozenset((b"scnr", b"mntr", b"prtr", b"spac"))
_NEWEST_PROFILE: Final = 4
_DEEPEST: Final = 4
_FILTERS: Final = frozenset(
    (
        *("/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode"),
        *("/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"),
    )
)
_UNPACKED: Final = _FILTERS - {"/CCITTFaxDecode", "/JBIG2Decode"}
"""What qpdf can unpack, and so tell whether it is whole."""
_BITS: Final = frozenset((1, 2, 4, 8, 16))
_BLENDS: Final = frozenset(
    f"/{name}"
    for name in (
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn"),
        *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    )
)
LOOSE: Final = ("/Metadata", "/StructParent", "/StructParents", "/PieceInfo", "/LastModified", "/Interpolate", "/OPI")
"""What a drawing does without. Smoothing only changes how a picture looks when it is made larger (6.2.8)."""


def check_space(space: Object | None, depth: int = 0) -> None:
    """Errors: :class:`Unfit` for colours that sRGB, or a sound profile of their own, does not define."""
    found: Any = space
    name = str(found[0]) if isinstance(found, Array) and len(found) else str(found)
    if name in _PLAIN:
        if name == "/Pattern" and isinstance(found, Array) and len(found) > 1:
            _inner(found[1], depth)
    elif name == "/ICCBased":
        _check_profile(found[1])
    elif name == "/Indexed":
        _inner(found[1], depth)
    elif name in ("/Separation", "/DeviceN"):
        raise Unfit("6.2.4.4", "inks of a printing press, which must agree over the whole document")
    else:
        raise Unfit("6.2.4.3", "colours without their profile")


def _inner(space: Object, depth: int) -> None:
    if depth >= _DEEPEST:
        raise Unfit("6.2.4.5", "a colour space within itself")
    check_space(space, depth + 1)


def _check_profile(stream: Any) -> None:
    if not isinstance(stream, Stream):
        raise Unfit("6.2.4.2", "a colour profile that is missing")
    check_stream(stream)
    data = stream.read_bytes()
    sound = (
        128 <= len(data) <= PROFILE
        and data[36:40] == b"acsp"
        and data[12:16] in _CLASSES
        and data[8] <= _NEWEST_PROFILE
        and _COMPONENTS.get(data[16:20]) == stream.get("/N")
    )
    if not sound:
        raise Unfit("6.2.4.2", "a colour profile that is damaged, or for a printing press")
    if "/Metadata" in stream:
        del stream["/Metadata"]


def check_stream(stream: Object) -> None:
    """Errors: :class:`Unfit` where the data lie elsewhere, or are packed in a way that PDF/A does not take.

    ``PdfError`` where they cannot be unpacked. Fax and JBIG2 are not tried.
    """
    if any(key in stream for key in ("/F", "/FFilter", "/FDecodeParms")):
        raise Unfit("6.1.7.1", "data that lie in another file")
    filters: Any = stream.get("/Filter", Array())
    names = [str(filters)] if isinstance(filters, Name) else [str(one) for one in filters]
    if "/JPXDecode" in names:
        raise Unfit("6.2.8.3", "a JPEG 2000 picture, which is not looked into")
    if not _FILTERS.issuperset(names):
        raise Unfit("6.1.7.2", "data packed with LZW or a filter that is not known")
    if _UNPACKED.issuperset(names):
        stream.read_bytes(StreamDecodeLevel.all)


def check_image(image: Object) -> None:
    """Its data are not looked at. Errors: :class:`Unfit`."""
    check_stream(image)
    for key in (*LOOSE, "/Alternates"):
        if key in image:
            del image[key]
    _check_switch(image)
    if str(image.get("/Intent", Name.Perceptual)) not in INTENTS:
        raise Unfit("6.2.6", "a rendering intent that is not known")
    if not image.get("/ImageMask", False):
        if image.get("/BitsPerComponent") not in _BITS:
            raise Unfit("6.2.8", "a picture with an unusual number of bits")
        check_space(image.get("/ColorSpace"))
    for key in ("/SMask", "/Mask"):
        if isinstance(image.get(key), Stream):
            _check_mask(image[key])


def _check_mask(mask: Object) -> None:
    if "/SMask" in mask or isinstance(mask.get("/Mask"), Stream):
        raise Unfit("6.2.8", "a mask with a mask")
    check_image(mask)


def check_form(form: Object) -> None:
    """A drawing's own dictionary. Errors: :class:`Unfit`."""
    check_stream(form)
    for key in LOOSE:
        if key in form:
            del form[key]
    _check_switch(form)
    if any(key in form for key in ("/Ref", "/PS", "/Subtype2")):
        raise Unfit("6.2.9", "a drawing from another file, or in PostScript")
    check_group(form.get("/Group"))


def check_group(group: Object | None) -> None:
    """A transparency group. Errors: :class:`Unfit`."""
    if group is not None and group.get("/CS") is not None:
        check_space(group.CS)


def check_shading(shading: Object) -> None:
    if isinstance(shading, Stream):
        check_stream(shading)
    check_space(shading.get("/ColorSpace"))


def check_state(state: Object) -> None:
    """A graphics state, but for its soft mask. Errors: :class:`Unfit`."""
    if any(key in state for key in ("/TR", "/HTP", "/HT")) or str(state.get("/TR2", Name.Default)) != "/Default":
        raise Unfit("6.2.5", "a transfer function or a halftone")
    if "/Font" in state:
        raise Unfit("6.2.5", "a font that is set apart from the text")
    if str(state.get("/RI", Name.Perceptual)) not in INTENTS:
        raise Unfit("6.2.6", "a rendering intent that is not known")
    blend: Any = state.get("/BM", Name.Normal)
    if any(str(one) not in _BLENDS for one in (blend if isinstance(blend, Array) else [blend])):
        raise Unfit("6.2.10", "a way of blending that is not known")


def _check_switch(drawing: Object) -> None:
    if "/OC" in drawing:
        raise Unfit("6.9", "parts of the page can be switched off")


def soft_mask(state: Object) -> Object | None:
    """The drawing of a graphics state's soft mask."""
    mask: Any = state.get("/SMask")
    return mask.get("/G") if isinstance(mask, Dictionary) else None

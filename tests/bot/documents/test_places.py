"""A page in the place of its placeholder looks as it did: turned, cropped, moved, of any shape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Array, Pdf
from PIL import Image, ImageChops, ImageStat

from bot.documents.compose import finish, typeset
from bot.documents.enclosed import Enclosures
from bot.documents.pictures import packed
from bot.documents.placeholders import NotPlaced, placeholder, sign
from cards.documents.content import EnclosedPage
from tests.bot.documents import pdfs

AT = datetime(2026, 9, 10, 12, 0, tzinfo=UTC)
SHAPE = (
    b"1 0 0 rg 20 10 60 40 re f 0 0 1 rg 220 150 70 40 re f "
    b"0 0.5 0 rg 30 140 m 90 190 l 20 190 l f 2 w 0 0 m 300 200 l S"
)


def box(**boxes: tuple[float, ...] | int) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for name, value in boxes.items():
            pdf.pages[0].obj[f"/{name}"] = value if isinstance(value, int) else Array(value)

    return change


def rendered(pdf: bytes | Path, page: int = 0, scale: float = 2.0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[page].render(scale=scale).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def alone(folder: Path, data: bytes) -> tuple[EnclosedPage, Enclosures, bytes]:
    """The first page on a sheet of its own size, without margins."""
    (folder / "in.pdf").write_bytes(data)
    enclosures = Enclosures(folder)
    page = enclosures.take(folder / "in.pdf")[0]
    (folder / "alone.typ").write_text(
        f'#set document(title: "Alene")\n#set page(width: {page.width}pt, height: {page.height}pt, margin: 0pt)\n'
        f'#image("{page.image}", width: 100%, height: 100%, fit: "stretch", alt: "Side")\n'
    )
    made, _ = finish(typeset(folder / "alone.typ", AT), enclosures)
    return page, enclosures, made


CASES = {
    "as it is": box(),
    **{f"turned {turn}": box(Rotate=turn) for turn in (90, 180, 270)},
    "cropped": box(CropBox=(10, 20, 250, 190)),
    **{f"cropped and turned {turn}": box(CropBox=(10, 20, 250, 190), Rotate=turn) for turn in (90, 180, 270)},
    "away from the corner": box(MediaBox=(-50, 5, 250, 205)),
    "turned over": box(MediaBox=(300, 200, 0, 0)),
    "cropped beyond the sheet": box(CropBox=(-100, 50, 900, 900)),
}


@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_the_page_looks_as_it_did(change: Callable[[Pdf], None], tmp_path: Path) -> None:
    data = pdfs.changed(change, pdfs.drawn(SHAPE))
    page, enclosures, made = alone(tmp_path, data)
    assert enclosures.drawings, "it was to be carried as it is"
    before, after = rendered(data), rendered(made)
    assert (round(page.width * 2), round(page.height * 2)) == before.size
    difference = ImageChops.difference(before, after.resize(before.size))
    assert max(ImageStat.Stat(difference).mean) < 2, "of 255"


def test_another_page_looks_otherwise(tmp_path: Path) -> None:
    """The comparison above sees a turn."""
    _, _, made = alone(tmp_path, pdfs.drawn(SHAPE))
    turned = rendered(pdfs.changed(box(Rotate=180), pdfs.drawn(SHAPE)))
    difference = ImageChops.difference(turned, rendered(made).resize(turned.size))
    assert max(ImageStat.Stat(difference).mean) > 10


def test_its_text_stays_text(tmp_path: Path) -> None:
    page, enclosures, made = alone(tmp_path, pdfs.typeset(1, words="Styringsdokument"))
    assert enclosures.drawings
    assert page.text.startswith("Styringsdokument 1 Lorem ipsum")
    document = pypdfium2.PdfDocument(made)
    assert "Styringsdokument 1" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_a_page_that_does_not_fit_is_a_picture_that_looks_alike(tmp_path: Path) -> None:
    data = pdfs.drawn(SHAPE + b" 0 0 0 1 k 100 60 90 70 re f")
    _, enclosures, made = alone(tmp_path, data)
    assert not enclosures.drawings
    before, after = rendered(data), rendered(made)
    assert max(ImageStat.Stat(ImageChops.difference(before, after.resize(before.size))).mean) < 4


def test_a_placeholder_that_is_not_in_the_document_is_no_page_left_out_in_silence(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(pdfs.drawn(SHAPE))
    enclosures = Enclosures(tmp_path)
    enclosures.take(tmp_path / "in.pdf")
    (tmp_path / "empty.typ").write_text('#set document(title: "Tom")\n#heading[Tom]')
    with pytest.raises(NotPlaced, match="1 of 1"):
        finish(typeset(tmp_path / "empty.typ", AT), enclosures)


def test_no_two_placeholders_are_alike() -> None:
    assert len({sign(number) for number in range(2_000)}) == 2_000
    with Image.open(BytesIO(placeholder(7))) as picture:
        assert picture.tobytes() == sign(7)


@pytest.mark.parametrize(("colour", "mode"), [((90, 91, 92), "L"), ((200, 30, 30), "RGB")])
def test_a_picture_without_colour_has_none(colour: tuple[int, int, int], mode: str) -> None:
    content, ending = packed(Image.new("RGB", (60, 60), colour))
    assert ending == ".png", "one colour is packed best"
    with Image.open(BytesIO(content)) as picture:
        assert picture.mode == mode


def test_a_photograph_is_packed_as_one() -> None:
    noise = Image.effect_noise((300, 300), 80)
    assert packed(noise)[1] == ".jpg"

"""What is carried along, judged by somebody else: the validator of PDF/A-2b that comes with pikepdf.

It approves only what it knows. Of Typst's own documents it does not know the fonts (CFF), the extension schemas and
level A, so a document with enclosures is held against the same document without: it must find nothing more.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from pikepdf import Array, Name, Pdf
from PIL import Image

from bot.documents.compose import finish, typeset
from bot.documents.enclosed import Enclosures
from bot.documents.pictures import Reader
from tests.bot.documents import pdfs
from tests.bot.documents.test_places import AT


def truetype() -> bytes:
    """Text in a TrueType font, half transparent shapes, a table: what the validator knows."""
    source = (
        '#set document(title: "T")\n#set text(font: "DejaVu Sans Mono")\n= Hei æøå\n#lorem(200)\n'
        "#text(fill: rgb(255, 0, 0, 50%))[gjennomsiktig]\n#table(columns: 2)[a][b]\n"
    )
    made = typst.compile(source.encode(), format="pdf", font_paths=typst.Fonts(include_system_fonts=False), timestamp=0)
    assert isinstance(made, bytes)
    return made


def photograph() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((80, 60), 60).save(out, "PDF")
    return out.getvalue()


def marked() -> bytes:
    content = b"/P <</MCID 0>> BDC 1 0 0 rg 0 0 99 99 re f EMC BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
    return pdfs.changed(lambda pdf: pdf.pages[0].obj.update({"/StructParents": 0}), pdfs.drawn(content))


def press_colours() -> bytes:
    return pdfs.drawn(b"0 0 0 1 k 0 0 99 99 re f")


def sheet(folder: Path, enclosures: Enclosures, images: list[str]) -> bytes:
    lines = "\n".join(f'#image("{name}", width: 8cm, height: 8cm, fit: "stretch", alt: "Side")' for name in images)
    (folder / "sheet.typ").write_text(f'#set document(title: "Ark")\n= Ark\n{lines}')
    return finish(typeset(folder / "sheet.typ", AT), enclosures)[0]


def findings(made: bytes) -> set[tuple[str, str]]:
    """Rule and words, without the numbers of objects."""
    from pikepdf.pdfa import validate_written  # takes seconds to load, in every test process that only collects

    return {(one.rule, re.sub(r"\d+", "0", one.message)) for one in validate_written(io.BytesIO(made), "2b").findings}


@pytest.mark.parametrize("make", [truetype, photograph, marked, press_colours])
def test_an_enclosed_page_brings_nothing_that_an_independent_validator_objects_to(make: Any, tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(make())
    enclosures = Enclosures(tmp_path)
    images = [page.image for page in enclosures.take(tmp_path / "in.pdf")]
    assert bool(enclosures.drawings) == (make is not press_colours)
    more = findings(sheet(tmp_path, enclosures, images))
    assert more - findings(sheet(tmp_path, Enclosures(tmp_path), [])) == set()


def test_the_validator_sees_what_our_check_would_let_through(tmp_path: Path) -> None:
    """The comparison above can fail: the same press colours, carried without being checked."""
    (tmp_path / "in.pdf").write_bytes(pdfs.drawn(b"0 0 9 9 re f"))
    enclosures = Enclosures(tmp_path)
    images = [page.image for page in enclosures.take(tmp_path / "in.pdf")]
    (number,) = enclosures.drawings
    enclosures.drawings[number].write(b"0 0 0 1 k 0 0 99 99 re f")
    more = findings(sheet(tmp_path, enclosures, images)) - findings(sheet(tmp_path, Enclosures(tmp_path), []))
    assert any("6.2.4.3" in rule for rule, _ in more)


def test_a_picture_of_a_page_is_what_the_page_shows(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(press_colours())
    reader = Reader(tmp_path / "in.pdf")
    picture, _ = reader.picture(0)
    reader.close()
    with Image.open(io.BytesIO(picture)) as seen:
        assert seen.size == (625, 417)
        assert seen.convert("L").getpixel((20, 400)) < 60  # type: ignore[operator]  # one band: a number
        assert seen.convert("L").getpixel((500, 50)) == 255


def test_a_drawing_is_written_for_the_standard(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(truetype())
    enclosures = Enclosures(tmp_path)
    images = [page.image for page in enclosures.take(tmp_path / "in.pdf")]
    with Pdf.open(io.BytesIO(sheet(tmp_path, enclosures, images))) as made:
        forms = [one for one in made.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Form]
        assert len(forms) >= 1
        assert all("/Resources" in form and isinstance(form.BBox, Array) for form in forms)
        assert made.Root.OutputIntents[0].S == Name.GTS_PDFA1
        assert not made.is_encrypted

"""PDFs that are damaged at any place: taken in whole, or left out whole."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from pikepdf import ObjectStreamMode, Pdf

from bot.documents.compose import finish, typeset
from bot.documents.enclosed import Enclosures, NotTakenIn
from tests.bot.documents import pdfs


@pytest.mark.parametrize("seed", range(4))
def test_a_mutilated_pdf_is_taken_in_or_left_out_and_what_it_brings_can_be_printed(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    with Pdf.open(io.BytesIO(pdfs.typeset(2))) as pdf:
        out = io.BytesIO()
        pdf.save(out, qdf=True, object_stream_mode=ObjectStreamMode.disable)
    outcomes = set()
    for number in range(12):
        data = bytearray(out.getvalue())
        for _ in range(chance.choice([1, 3, 20])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "in.pdf").write_bytes(data)
        enclosures = Enclosures(tmp_path)
        try:
            pages = enclosures.take(tmp_path / "in.pdf")
        except NotTakenIn:
            outcomes.add("left out")
            continue
        lines = (f'#image("{page.image}", width: 9cm, height: 9cm, fit: "stretch", alt: "Side")' for page in pages)
        (tmp_path / f"{number}.typ").write_text('#set document(title: "Ark")\n= Ark\n' + "\n".join(lines))
        finish(typeset(tmp_path / f"{number}.typ", pdfs.SENT), enclosures)
        outcomes.add("taken in")
    assert "taken in" in outcomes


def test_an_enclosure_of_which_one_page_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """A page that fits, then one that cannot even be drawn, as its picture cannot be written."""
    with Pdf.open(io.BytesIO(pdfs.drawn(b"0 0 0 1 k"))) as press_colours:
        data = pdfs.changed(lambda pdf: pdf.pages.append(press_colours.pages[0]), pdfs.drawn(b"0 0 9 9 re f"))
    (tmp_path / "in.pdf").write_bytes(data)
    (tmp_path / "2.png").mkdir()
    enclosures = Enclosures(tmp_path)
    with pytest.raises(NotTakenIn):
        enclosures.take(tmp_path / "in.pdf")
    assert (enclosures.drawings, enclosures.taken) == ({}, 0)

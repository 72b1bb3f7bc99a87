"""PDF/A-2a and PDF/UA-1: what typst refuses, what ``pdfua`` checks (16 of 106 rules), what the file says of itself."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest

from cards.documents.content import Document
from cards.i18n import LANGUAGES, Language
from tests.cards.documents import samples
from tests.cards.documents.printing import printed

KINDS: dict[str, Document] = {
    "pack": samples.pack(),
    "paper": samples.case_paper("012-2026"),
    "agenda": samples.agenda_sheet(),
    "public agenda": samples.agenda_sheet(public=True),
    "minutes": samples.working_group_minutes(),
}
TITLES = {
    "pack": "Sakspapirer: Styremøte 16. april 2026",
    "paper": "Sak 012-2026: Felles meldingstjeneste: gjennomføring (BP3)",
    "agenda": "Saksliste: Styremøte 16. april 2026",
    "public agenda": "Offentlig saksliste: Styremøte 16. april 2026",
    "minutes": "Referat fra arbeidsutvalget: Møte i arbeidsutvalget 27. mars 2026",
}
REGIONS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_document_passes_the_validator(kind: str, language: Language, tmp_path: Path) -> None:
    pdf = printed(KINDS[kind], tmp_path, samples.enclosed_pages(tmp_path), language)
    (tmp_path / "document.pdf").write_bytes(pdf)
    report = pdfua.validate(str(tmp_path / "document.pdf"))
    assert not report.findings
    with pikepdf.open(BytesIO(pdf)) as file:
        assert str(file.Root.Lang) == REGIONS[language]


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    pdf = printed(KINDS["agenda"], tmp_path)
    with pikepdf.open(BytesIO(pdf)) as file:
        del file.Root.Lang
        file.save(tmp_path / "broken.pdf")
    assert pdfua.validate(str(tmp_path / "broken.pdf")).findings


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_file_says_of_itself(kind: str, tmp_path: Path) -> None:
    pdf = printed(KINDS[kind], tmp_path, samples.enclosed_pages(tmp_path))
    with pikepdf.open(BytesIO(pdf)) as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as xmp:
            said = {key: str(xmp[key]) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
            assert said == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
            assert str(xmp["dc:title"]) == TITLES[kind]
            assert KINDS[kind].head.body in str(xmp["dc:creator"])

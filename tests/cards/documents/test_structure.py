"""Tags, bookmarks, links and reading order of what is printed."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from cards.documents.content import AgendaLine, Printed
from cards.documents.source import typst_source
from tests.cards.documents import samples
from tests.cards.documents.printing import (
    alternatives,
    bookmarks,
    headings,
    page_texts,
    printed,
    squeezed,
    tags,
    text,
)

PAPER = samples.case_paper("012-2026")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("pack")
    return printed(samples.pack(), folder, samples.enclosed_pages(folder))


def test_a_bookmark_for_each_part_case_and_enclosure(pack: bytes) -> None:
    marks = bookmarks(pack)
    assert [(depth, title) for depth, title, _page in marks] == [
        (0, "Sakspapirer: Styremøte 16. april 2026"),
        (1, "Saksliste"),
        (1, "Sak 012-2026: Felles meldingstjeneste: gjennomføring (BP3)"),
        (2, "Vedlegg 1 til sak 012-2026: Styringsdokument.pdf"),
        (2, "Vedlegg 2 til sak 012-2026: Gevinstkart.pdf"),
        (1, "Sak 013-2026: Identitets- og tilgangsstyring: avvik på leveranse"),
        (2, "Vedlegg 1 til sak 013-2026: Styringsdokument.pdf"),
        (2, "Vedlegg 2 til sak 013-2026: Gevinstkart.pdf"),
        (1, "Sak 014-2026: Porteføljestrategi 2027–2030"),
        (2, "Vedlegg 1 til sak 014-2026: Styringsdokument.pdf"),
        (2, "Vedlegg 2 til sak 014-2026: Gevinstkart.pdf"),
        (1, "Sak 015-2026: Sluttrapport for legemiddelkurve"),
        (1, "Referat fra arbeidsutvalget fredag 27. mars 2026"),
        (1, "Referat fra styremøtet 5. mars 2026"),
    ]
    pages = page_texts(pack)
    for _depth, title, page in marks:
        assert squeezed(title) in squeezed(pages[page - 1])


def test_headings_begin_with_one_and_skip_no_level(pack: bytes) -> None:
    levels = [int(tag[2:]) for tag, _words in headings(pack)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pages_are_numbered_and_contents_name_the_right_ones(pack: bytes) -> None:
    pages = page_texts(pack)
    assert [f"Side {number} av {len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )
    for depth, title, page in bookmarks(pack):
        if depth == 1:
            assert re.search(re.escape(squeezed(title)) + rf"\.+{page}\D", squeezed(pages[0]) + " ")


def test_the_agenda_links_to_the_papers(pack: bytes) -> None:
    case_pages = {page for depth, title, page in bookmarks(pack) if depth == 1 and title.startswith("Sak 0")}
    with pikepdf.open(BytesIO(pack)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        links = [link for link in file.pages[1].Annots if link.Subtype == "/Link"]
        linked = {numbers[pikepdf.Page(_destination(file, link)[0]).obj.objgen] for link in links}
        assert linked == case_pages
        assert all("/StructParent" in link for link in links)


def _destination(file: pikepdf.Pdf, link: pikepdf.Object) -> pikepdf.Object:
    target = link.Dest if "/Dest" in link else link.A.D
    if isinstance(target, pikepdf.Array):
        return target
    found = pikepdf.NameTree(file.Root.Names.Dests)[str(target)]
    return found.D if isinstance(found, pikepdf.Dictionary) else found


def test_tables_have_headers_and_pictures_alternative_text(pack: bytes) -> None:
    found = tags(pack)
    assert {"/Table", "/THead", "/TH", "/TD", "/L", "/LI", "/TOC", "/Figure", "/P"} <= set(found)
    said = alternatives(pack)
    assert said[:3] == [f"Innholdet på siden 012-2026-{page}." for page in (1, 2, 3)]
    assert said[3] == "Bilde av side 1 i «Gevinstkart.pdf», uten lesbar tekst."
    assert len(said) == 14


def test_the_proposed_decision_comes_first(tmp_path: Path) -> None:
    pdf = printed(PAPER, tmp_path)
    assert [words for _tag, words in headings(pdf)] == [
        "Sak 012-2026: Felles meldingstjeneste: gjennomføring (BP3)",
        "Forslag til vedtak",
        "Hva saken gjelder",
        "Bakgrunn",
        "Vurdering og alternativer",
        "Økonomi",
        "Gevinster",
        "Risiko",
        "Medvirkning",
        "Råd fra arbeidsutvalget",
        "Uttalelser fra konserntillitsvalgte",
        "Vedlegg",
    ]
    said = squeezed(text(pdf))
    places = [
        said.index(squeezed(part)) for part in ("Beslutningssak", PAPER.proposed_decision[:30], "erstatte elleve")
    ]
    assert places == sorted(places)


def test_an_enclosure_that_could_not_be_read_is_named(tmp_path: Path) -> None:
    pages = samples.enclosed_pages(tmp_path)
    assert text(printed(PAPER, tmp_path, pages)).count("Vedlegget kunne ikke tas inn: Usikkerhetsanalyse.pdf") == 1
    assert text(printed(PAPER, tmp_path)).count("Vedlegget kunne ikke tas inn") == 3


def test_every_page_of_an_enclosure_says_which_it_is(tmp_path: Path) -> None:
    pages = page_texts(printed(PAPER, tmp_path, samples.enclosed_pages(tmp_path)))
    named = [page for page in pages if page.startswith("Vedlegg 1 til sak 012-2026: Styringsdokument.pdf")]
    assert "Side 1 av 3 i dokumentet" in named[0]
    assert [f"Styringsdokument.pdf, side {number} av 3" in named[number - 1] for number in (2, 3)] == [True, True]
    assert len(named) == 3


def test_a_late_and_exempt_case_says_so_under_its_title(tmp_path: Path) -> None:
    said = text(printed(samples.pack().papers[1], tmp_path))
    for words in ("Ettersendt sak: sendt ut etter fristen", "Unntatt offentlighet, offl. § 23", "nummer 009-2026"):
        assert words in said[: said.index("Forslag til vedtak")]
    assert "Dokumenter som mangler" in said


def test_what_has_no_text_is_left_out(tmp_path: Path) -> None:
    bare = replace(
        PAPER, proposed_decision=" ", sections=(("Tom", ""),), advice="", statements=(), enclosures=(), facts=()
    )
    assert [words for _tag, words in headings(printed(bare, tmp_path))] == [headings(printed(PAPER, tmp_path))[0][1]]


def test_time_is_told_in_words(tmp_path: Path) -> None:
    sheet = samples.agenda_sheet()
    assert "For lang saksliste: sakene tar 145 minutter" in squeezed_lines(printed(sheet, tmp_path))
    fits = replace(sheet, head=replace(sheet.head, minutes=145))
    assert "Sakene tar 145 minutter av møtets 145 minutter." in squeezed_lines(printed(fits, tmp_path))
    unknown = replace(sheet, head=replace(sheet.head, minutes=0))
    assert "Sakene tar 145 minutter til sammen." in squeezed_lines(printed(unknown, tmp_path))


def squeezed_lines(pdf: bytes) -> str:
    return " ".join(text(pdf).split())


def test_a_draft_agenda_says_that_it_is_one(tmp_path: Path) -> None:
    assert "Utkast: lederen har ikke godkjent" in text(printed(replace(samples.agenda_sheet(), approved=""), tmp_path))


def test_a_long_agenda_repeats_its_headers_on_every_page(tmp_path: Path) -> None:
    lines = tuple(
        AgendaLine(n, f"Orientering nummer {n}", f"{n:03d}-2026", "O", "Leder Demo", 1) for n in range(1, 101)
    )
    sheet = replace(samples.agenda_sheet(), groups=(("Orienteringssaker", lines),))
    pages = page_texts(printed(sheet, tmp_path))
    tables = [page for page in pages if "-2026\r\n" in page]
    assert len(tables) >= 4
    assert all("Legges fram av" in page and "Orienteringssaker" in page for page in tables)


def test_the_public_agenda_is_called_so(tmp_path: Path) -> None:
    assert headings(printed(samples.agenda_sheet(public=True), tmp_path))[0] == ("/H1", "Offentlig saksliste")


def test_the_same_document_gives_the_same_source(tmp_path: Path) -> None:
    pages = samples.enclosed_pages(tmp_path)
    assert typst_source(Printed(samples.pack()), pages) == typst_source(Printed(samples.pack()), pages)

"""What people write comes out as they wrote it: it runs no code, makes no link, and stays inside the page."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.documents.content import AgendaLine, AgendaSheet, Enclosure, FiledMinutes, Pack, Paper
from cards.documents.letters import DRAWN, shown
from cards.documents.markup import prose, words
from cards.documents.style import BAND, COLOURS, GROUND, SIDE, WIDTH
from cards.typst_source import literal
from tests.cards.documents import samples
from tests.cards.documents.printing import compiled, outside, printed, squeezed, text

HOSTILE = [
    '#import "@preview/cetz:0.1.0": *',
    '#read("/etc/passwd") #eval("1+1") #panic()',
    "$ x^2 $ and `raw` *bold* _it_ @case-1 <case-1> = heading",
    '"); panic("',
    '\\"); #panic("x") \\u{41} \\\\',
    "/* comment */ // comment",
    "]]]}}})))\n#pagebreak()",
    "gro\u202egpj.exe",
    "https://example.no/a?b=c&d mailto:a@b.no www.example.no",
    "x" * 4000,
    "a1b2" * 1000,
    "å\u00a0" * 500,
    "Forvaltningsinformasjonssikkerhetsarkitekturprinsippenes" * 20,
    "| a | b |\n|---|---|\n\t\tcelle, ]) table.cell(colspan: 9)[",
]


def everywhere(typed: str) -> Paper:
    """A paper in which one text stands wherever a person can write."""
    paper = samples.case_paper("012-2026")
    return replace(
        paper,
        title=typed,
        proposed_decision=typed,
        facts=((typed, typed),),
        sections=((typed, typed),),
        advice=typed,
        statements=(replace(samples.STATEMENTS[0], who=typed, text=typed),),
        enclosures=(Enclosure(typed, typed, exempt=typed, url=f"ikke {typed}"),),
        stamps=(typed,),
        missing=typed,
        before=typed,
        head=replace(samples.HEAD, meeting=typed, body=typed),
    )


def whole_pack(typed: str) -> Pack:
    """A pack of such papers, with an enclosure and minutes that follow page for page."""
    enclosure = Enclosure(typed, typed, samples.digest("hostile"))
    paper = replace(everywhere(typed), enclosures=(enclosure,))
    filed = (FiledMinutes(typed, samples.digest("hostile")), FiledMinutes(typed, samples.digest("lost")))
    minutes = replace(samples.working_group_minutes(), present=(typed,), remarks=typed, finished=typed)
    treated = replace(minutes.cases[0], number=typed, title=typed, outcome=typed, remarks=typed, notes=(typed,))
    return replace(
        samples.pack(),
        head=paper.head,
        agenda=agenda(typed),
        papers=(paper,),
        group_minutes=(replace(minutes, cases=(treated,)),),
        previous=filed,
        changes=(typed,),
    )


def agenda(typed: str) -> AgendaSheet:
    line = AgendaLine(1, typed, typed, "B", typed, 10, (typed,))
    return replace(samples.agenda_sheet(), groups=((typed, (line,)),), notes=(typed,), approved=typed)


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: typed[:20])
def test_hostile_text_comes_out_as_text(typed: str, tmp_path: Path) -> None:
    pdf = printed(everywhere(typed), tmp_path)
    lines = [squeezed(line) for line in shown(typed).split("\n") if line.strip()]
    said = re.sub(r"Side\d+av\d+", "", squeezed(text(pdf)))
    if len(typed) < 500:  # a longer one runs over a page, with the foot of it in between
        assert all(said.count(line) >= 5 for line in lines)
    else:
        assert said.count(typed[0]) >= 5 * typed.count(typed[0])
    assert not outside(pdf, left=SIDE - 6, right=WIDTH - SIDE + 6)
    with pikepdf.open(BytesIO(pdf)) as file:
        assert not [
            link for page in file.pages for link in page.get("/Annots", []) if "/A" in link and "/URI" in link.A
        ]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: typed[:20])
def test_no_cell_of_the_agenda_is_wider_than_the_page(typed: str, tmp_path: Path) -> None:
    assert not outside(printed(agenda(typed), tmp_path), left=SIDE - 6, right=WIDTH - SIDE + 6)


def test_an_address_of_an_enclosure_is_a_link_where_it_is_https(tmp_path: Path) -> None:
    def targets(url: str) -> list[str]:
        paper = replace(samples.case_paper("012-2026"), enclosures=(Enclosure("Faseplan", "Faseplan", url=url),))
        with pikepdf.open(BytesIO(printed(paper, tmp_path))) as file:
            links = [link for page in file.pages for link in page.get("/Annots", [])]
            return sorted({str(link.A.URI) for link in links})

    assert targets("https://example.no/faseplan.xlsx") == ["https://example.no/faseplan.xlsx"]
    assert targets("javascript:alert(1)") == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_compiles(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    page = samples.enclosed_page(folder, "hostile", samples.A4, typed)
    printed(everywhere(typed), folder)
    printed(whole_pack(typed), folder, {samples.digest("hostile"): [page, page]})


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("abcåm WMijl.,-–•*1)\n\u00a0§/_\\\"#$[]{}()@<>`~'=+"), min_size=1, max_size=400))
def test_what_is_written_is_read_inside_the_margins(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    paper = replace(samples.case_paper("012-2026"), proposed_decision=f"først {typed} sist")
    pdf = printed(paper, tmp_path_factory.getbasetemp())
    assert not outside(pdf, left=SIDE - 6, right=WIDTH - SIDE + 6)
    said = squeezed(text(pdf))
    between = said[said.index("først") + len("først") : said.index("sist")]
    marks = str.maketrans("", "", "•-–*·")  # at the start of a line they are a list's, drawn as bullets
    assert between.translate(marks) == squeezed(shown(typed)).translate(marks)


@pytest.mark.parametrize("style", ["", "strong"])
def test_every_letter_that_is_let_through_can_be_drawn(style: str, tmp_path: Path) -> None:
    letters = [chr(code) for first, last in DRAWN for code in range(first, last + 1)]
    assert shown("".join(letters)).count("[U+") == 0
    body = "\n".join(f"#par({style}({literal(letter)}))" for letter in letters)
    head = '#set document(title: "T", author: ("A",))\n#set text(lang: "nb", font: "Libertinus Serif")\n= T\n'
    compiled(head + body, tmp_path)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Fremdrift 👍", "Fremdrift [thumbs up sign]"),
        ("中", "[U+4E2D]"),
        ("👩\u200d👧", "[woman][girl]"),
        ("x\u0302", "x[U+0302]"),
        ("mandatet § 7, kl. 09.00, 12 mill.", "mandatet §\u00a07, kl.\u00a009.00, 12\u00a0mill."),
        ("áŋš ČĐŦ – «№» −5 €", "áŋš ČĐŦ – «№» −5 €"),
    ],
)
def test_a_letter_that_cannot_be_drawn_is_named(typed: str, expected: str) -> None:
    assert shown(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a\nb\n\nc", '{\npar("a" + linebreak() + "b")\npar("c")\n}'),
        ("Vi:\n- en\n• to\nslutt", '{\npar("Vi:")\nlist("en", "to")\npar("slutt")\n}'),
        ("1. en\n2. to", '{\nenum("en", "to", numbering: "1.")\n}'),
        ("1) en\n2) to", '{\nenum("en", "to", numbering: "1)")\n}'),
        ("møtes\n12. mars\n13. mars", '{\npar("møtes" + linebreak() + "12. mars" + linebreak() + "13. mars")\n}'),
        ("1. alene", '{\npar("1. alene")\n}'),
        ("-5 grader", '{\npar("-5 grader")\n}'),
    ],
)
def test_paragraphs_and_lists(typed: str, expected: str) -> None:
    assert prose(typed) == expected


def test_long_words_can_be_broken() -> None:
    assert words("kommunikasjonsdirektør") == '"kommunikasjonsdirektør"'
    assert words("https://example.no/sider") == '"https://" + brk + "example." + brk + "no/" + brk + "sider"'
    assert words("x" * 20) == '"xxxxxxxx" + brk + "xxxxxxxx" + brk + "xxxx"'


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", COLOURS)
@pytest.mark.parametrize("ground", [GROUND, BAND])
def test_colours_stand_out_from_their_ground(name: str, ground: str) -> None:
    lighter, darker = sorted((luminance(ground), luminance(COLOURS[name])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5

"""A draft as Word, LibreOffice and others write it: the same words in many wrappings, and things that are no words."""

from __future__ import annotations

import pytest

from cards.documents.word_names import MAIN, RELATIONS
from cards.documents.word_zones import Problem
from tests.cards.documents.word_files import (
    DECISION,
    TEXT,
    TEXTS,
    decision,
    edited,
    file_of,
    packed,
    para,
    read,
    run,
    unpacked,
)  # fmt: skip


def wrapped(text: str) -> dict[str, str]:
    """Ways in which the same words stand in a file."""
    half = len(text) // 2
    split = run(text[:half]) + run(text[half:])
    return {
        "saved again, with marks of the session": (
            f'<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:r w:rsidRPr="00FF00FF"><w:t xml:space="preserve">'
            f"{text[:half]}</w:t></w:r>{run(text[half:])}</w:p>"
        ),
        "spelling and grammar": para(
            run(text[:half]), '<w:proofErr w:type="spellStart"/>', run(text[half:]), '<w:proofErr w:type="spellEnd"/>'
        ),
        "bookmarks": para('<w:bookmarkStart w:id="0" w:name="_GoBack"/>', split, '<w:bookmarkEnd w:id="0"/>'),
        "smart tags": para(f'<w:smartTag w:uri="u" w:element="place"><w:smartTagPr/>{split}</w:smartTag>'),
        "custom xml": para(f'<w:customXml w:element="x">{split}</w:customXml>'),
        "a link": para(f'<w:hyperlink r:id="rId9" w:history="1">{split}</w:hyperlink>'),
        "a simple field": para(f'<w:fldSimple w:instr=" REF x ">{split}</w:fldSimple>'),
        "a field": para(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://x"</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', split, '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "a control in the line": para(
            f'<w:sdt><w:sdtPr><w:tag w:val="date"/></w:sdtPr><w:sdtContent>{split}</w:sdtContent></w:sdt>'
        ),
        "a control around the lines": f"<w:sdt><w:sdtPr/><w:sdtContent>{para(split)}</w:sdtContent></w:sdt>",
        "newer and older": para(
            f"<mc:AlternateContent><mc:Choice Requires='w14'>{split}</mc:Choice>"
            f"<mc:Fallback>{run('GAMMELT')}</mc:Fallback></mc:AlternateContent>"
        ),
        "older only": para(
            f"<mc:AlternateContent><mc:Fallback>{split}</mc:Fallback></mc:AlternateContent>"
        ),
        "direction": para(f'<w:bdo w:val="ltr">{split}</w:bdo>'),
        "a page that broke there": para(run(text[:half]), "<w:r><w:lastRenderedPageBreak/></w:r>", run(text[half:])),
        "permissions": para('<w:permStart w:id="1" w:edGrp="everyone"/>', split, '<w:permEnd w:id="1"/>'),
    }  # fmt: skip


@pytest.mark.parametrize("wrapping", list(wrapped("x")))
def test_the_words_are_the_same_in_any_wrapping(wrapping: str) -> None:
    text = "Styret godkjenner å gå videre."
    assert decision(wrapped(text)[wrapping]) == text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:t>En</w:t><w:br/><w:t>to</w:t>", "En\nto"),
        ("<w:t>En</w:t><w:cr/><w:t>to</w:t>", "En\nto"),
        ('<w:t>En</w:t><w:br w:type="page"/><w:t>to</w:t>', "Ento"),
        ("<w:t>En</w:t><w:tab/><w:t>to</w:t>", "En\tto"),
        ("<w:t>En</w:t><w:noBreakHyphen/><w:t>to</w:t>", "En\u2011to"),
        ("<w:t>En</w:t><w:softHyphen/><w:t>to</w:t>", "En\u00adto"),
        ("<w:t>12\u00a0500</w:t>", "12\u00a0500"),
        ("<w:t>“Ja” – ‘nei’ … «kanskje»</w:t>", "“Ja” – ‘nei’ … «kanskje»"),
        ("<w:t> En </w:t>", "En"),
        ('<w:t xml:space="preserve"> En </w:t>', " En "),
        ('<w:t xml:space="preserve">En\n  to</w:t>', "En   to"),
        ('<w:t>Se </w:t><w:sym w:font="Wingdings" w:char="F0E0"/>', "Se→"),
        ("<w:ruby><w:rt><w:r><w:t>o</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>E</w:t></w:r></w:rubyBase></w:ruby>", "E"),
    ],
)  # fmt: skip
def test_breaks_tabs_and_hyphens_are_letters(inside: str, text: str) -> None:
    assert decision(para(f"<w:r>{inside}</w:r>")) == text


# ---------------------------------------------------------------- lists

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
    '<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="5"><w:abstractNumId '
    'w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Punktliste"><w:name w:val="List Bullet"/><w:pPr><w:numPr>'
    '<w:numId w:val="4"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Min"><w:basedOn '
    'w:val="Punktliste"/></w:style><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
)


def item(text: str, number: str, level: str = "0") -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return para(run(text) if text else "", properties=place)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (para(run("Slik:")) + item("en", "4") + item("to", "4", "1"), "Slik:\n– en\n– to"),
        (item("en", "5") + item("to", "5"), "3. en\n4. to"),
        (item("en", "5") + item("a", "5", "1") + item("b", "5", "1") + item("to", "5") + item("c", "5", "1"),
         "3. en\n1. a\n2. b\n4. to\n1. c"),
        (item("en", "5") + item("", "5") + item("to", "5"), "3. en\n\n4. to"),
        (item("en", "6") + item("to", "0") + item("tre", "77"), "en\nto\n– tre"),
        (para(run("en"), properties='<w:pStyle w:val="Punktliste"/>'), "– en"),
        (para(run("en"), properties='<w:pStyle w:val="Min"/>'), "– en"),
        (para(run("en"), properties='<w:pStyle w:val="A"/>'), "en"),
        (para(run("en"), properties='<w:pStyle w:val="Min"/><w:numPr><w:numId w:val="0"/></w:numPr>'), "en"),
    ],
)  # fmt: skip
def test_a_list_is_lines_with_the_signs_that_were_seen(inside: str, text: str) -> None:
    assert decision(inside, numbering=NUMBERING, styles=STYLES) == text


def test_a_deleted_item_takes_no_number() -> None:
    gone = '<w:del w:id="1" w:author="A"><w:r><w:delText>to</w:delText></w:r></w:del>'
    properties = '<w:numPr><w:numId w:val="5"/></w:numPr><w:rPr><w:del w:id="2" w:author="A"/></w:rPr>'
    inside = item("en", "5") + para(gone, properties=properties) + item("tre", "5")
    assert read(edited(DECISION, inside, numbering=NUMBERING)).sections[DECISION] == "3. en\n4. tre"


# ---------------------------------------------------------------- what is no text


def cell(*paragraphs: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"


def test_a_table_is_told_and_taken_as_lines() -> None:
    inner = f"<w:tbl><w:tr>{cell(para(run('x')))}{cell(para(run('y')))}</w:tr></w:tbl>"
    rows = (
        f"<w:tr>{cell(para(run('Sak')), para(run('12')))}{cell(para(run('Ja')))}</w:tr>"
        f"<w:tr>{cell(para())}{cell(inner)}</w:tr>"
        f'<w:tr><w:trPr><w:del w:id="1" w:author="Anne"/></w:trPr>{cell(para(run("Borte")))}</w:tr>'
    )
    back = read(edited(DECISION, para(run("Før")) + f"<w:tbl><w:tblPr/>{rows}</w:tbl>" + para(run("Etter"))))
    assert back.sections[DECISION] == "Før\nSak 12 | Ja\nx | y\nEtter"
    assert [problem.kind for problem in back.problems] == ["table", "table", "tracked"]


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ('<w:drawing><wp:inline><wp:docPr id="1" name="Bilde 1" descr="Et kart"/></wp:inline></w:drawing>',
         Problem("picture", DECISION, "Et kart")),
        ('<w:pict><v:shape><v:imagedata r:id="rId7"/></v:shape></w:pict>', Problem("picture", DECISION)),
        ('<w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object>', Problem("object", DECISION)),
        ('<w:sym w:font="Ukjent" w:char="F055"/>', Problem("symbol", DECISION, "F055")),
    ],
)  # fmt: skip
def test_things_are_told_and_the_words_around_them_stay(inside: str, problem: Problem) -> None:
    back = read(edited(DECISION, para(run("Før "), f"<w:r>{inside}</w:r>", run("etter"))))
    assert back.sections[DECISION].replace("\ufffd", "") == "Før etter"
    assert back.problems == (problem,)


def test_a_formula_is_told() -> None:
    back = read(edited(DECISION, para(run("Slik: "), "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")))
    assert back.sections[DECISION] == "Slik: "
    assert back.problems == (Problem("object", DECISION, "a+b"),)


def test_another_document_put_in_whole_is_told() -> None:
    assert read(edited(DECISION, para(run("En")) + '<w:altChunk r:id="rId8"/>')).problems == (
        Problem("object", DECISION),
    )


def test_a_text_box_is_told_once_with_its_words() -> None:
    box = f"<w:txbxContent>{para(run('I en boks'))}</w:txbxContent>"
    shape = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:wsp><wps:txbx>{box}</wps:txbx>"
        f"</wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    back = read(edited(DECISION, para(run("Før"), f"<w:r>{shape}</w:r>", run(" etter"))))
    assert back.sections[DECISION] == "Før etter"
    assert back.problems == (Problem("textbox", DECISION, "I en boks"),)


def test_things_outside_the_fields_are_told_too() -> None:
    parts = unpacked(file_of())
    picture = b"<w:p><w:r><w:pict/></w:r></w:p><w:sectPr>"
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr>", picture)
    assert read(packed(parts)).problems == (Problem("picture", "closing"),)


def test_a_file_with_thousands_of_things_is_told_in_short() -> None:
    problems = read(edited(DECISION, para("<w:r><w:pict/></w:r>" * 1000))).problems
    assert len(problems) == 201
    assert problems[-1] == Problem("more", "", "800")


# ---------------------------------------------------------------- other ways to name the same


def test_strict_open_xml_is_the_same() -> None:
    parts = {
        name: content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in unpacked(file_of()).items()
    }
    assert b"purl.oclc.org" in parts["word/document.xml"]
    assert read(packed(parts)).sections == TEXTS


def test_any_prefix_for_the_names_will_do() -> None:
    parts = unpacked(file_of())
    body = parts["word/document.xml"].replace(b"<w:", b"<ns0:").replace(b"</w:", b"</ns0:").replace(b" w:", b" ns0:")
    parts["word/document.xml"] = body.replace(b"xmlns:w=", b"xmlns:ns0=")
    assert read(packed(parts)).sections == TEXTS


def test_the_main_part_may_have_another_name() -> None:
    parts = unpacked(file_of())
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"word/document.xml", b"word/document2.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b'Target="word', b'Target="/word')
    assert read(packed(parts)).sections == TEXTS


def test_spaces_kept_by_the_whole_document_are_kept() -> None:
    parts = unpacked(edited(TEXT, para("<w:r><w:t> En </w:t></w:r>")))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:document ", b'<w:document xml:space="preserve" '
    )
    assert read(packed(parts)).sections[TEXT] == " En "

"""Any bytes may come as «the draft, edited»: they are read or refused with a reason, in bounded time and room."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from time import process_time
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.documents.word_names import DOCUMENT_TYPE
from cards.documents.word_package import MAX_FILE, MAX_PART, MAX_TAGS, Unfit
from cards.documents.word_read import Unreadable, from_docx
from cards.documents.word_zones import ReadBack
from tests.cards.documents.word_files import DECISION, body_of, edited, file_of, packed, para, run, unpacked, with_body

GOOD = file_of()
Parts = dict[str, bytes]


def changed(change: Callable[[Parts], object]) -> bytes:
    parts = unpacked(GOOD)
    change(parts)
    return packed(parts)


def replacing(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return changed(change)


def flagged_encrypted() -> bytes:
    data = bytearray(GOOD)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def compressed_otherwise() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_BZIP2) as archive:
        for name, content in unpacked(GOOD).items():
            archive.writestr(name, content)
    return file.getvalue()


def twice() -> bytes:
    file = BytesIO(GOOD)
    with ZipFile(file, "a") as archive:
        archive.writestr("word/DOCUMENT.xml", b"<x/>")
    return file.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1")
DOCUMENT = "word/document.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

REFUSED: dict[str, tuple[Unfit, Callable[[], bytes]]] = {
    "nothing": (Unfit.NOT_WORD, lambda: b""),
    "text": (Unfit.NOT_WORD, lambda: b"Styret vedtar"),
    "a pdf": (Unfit.NOT_WORD, lambda: b"%PDF-1.7\n" * 10),
    "cut off": (Unfit.DAMAGED, lambda: GOOD[:-200]),
    "a .doc": (Unfit.OLD_FORMAT, lambda: OLD + bytes(1000)),
    "with a password": (Unfit.ENCRYPTED, lambda: OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    "an encrypted archive": (Unfit.ENCRYPTED, flagged_encrypted),
    "another archive": (Unfit.NOT_WORD, lambda: packed({"a.txt": b"a"})),
    "a spreadsheet": (
        Unfit.NOT_WORD,
        lambda: replacing(
            "[Content_Types].xml", DOCUMENT_TYPE.encode(),
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        ),
    ),
    "a .docm": (
        Unfit.MACROS,
        lambda: replacing(
            "[Content_Types].xml", DOCUMENT_TYPE.encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml"
        ),
    ),
    "a .docm that calls itself .docx": (
        Unfit.MACROS, lambda: changed(lambda parts: parts.update({"word/vbaProject.bin": b"x"})),
    ),
    "too large": (Unfit.TOO_LARGE, lambda: bytes(MAX_FILE + 1)),
    "a part too large": (
        Unfit.TOO_LARGE,
        lambda: replacing(DOCUMENT, b"</w:body>", b" " * MAX_PART + b"</w:body>"),
    ),
    "many parts too large together": (
        Unfit.TOO_LARGE,
        lambda: with_body(
            body_of(GOOD) + " " * (7 * 2**20), styles=" " * (7 * 2**20), numbering=" " * (7 * 2**20)
        ),
    ),
    "a part of nothing but tags": (
        Unfit.TOO_LARGE, lambda: edited(DECISION, para("<w:r/>" * MAX_TAGS)),
    ),
    "thousands of parts": (
        Unfit.HARMFUL, lambda: changed(lambda parts: parts.update({f"x/{n}": b"" for n in range(2500)})),
    ),
    "a part that stands there twice": (Unfit.HARMFUL, twice),
    "entities that grow": (Unfit.HARMFUL, lambda: replacing(DOCUMENT, b"<w:document", BOMB + b"<w:document")),
    "entities from a file": (Unfit.HARMFUL, lambda: replacing(DOCUMENT, b"<w:document", OUTSIDE + b"<w:document")),
    "another encoding": (
        Unfit.HARMFUL,
        lambda: changed(
            lambda parts: parts.update({DOCUMENT: body_of(GOOD).replace("UTF-8", "UTF-16").encode("utf-16")})
        ),
    ),
    "elements without end": (
        Unfit.HARMFUL,
        lambda: edited(DECISION, para("<w:smartTag>" * 180 + run("x") + "</w:smartTag>" * 180)),
    ),
    "elements without end, for the parser": (
        Unfit.DAMAGED,
        lambda: edited(DECISION, para("<w:smartTag>" * 9000 + run("x") + "</w:smartTag>" * 9000)),
    ),
    "no body": (Unfit.DAMAGED, lambda: replacing(DOCUMENT, b"w:body", b"w:boddy")),
    "no main part": (Unfit.DAMAGED, lambda: changed(lambda parts: parts.pop(DOCUMENT))),
    "broken xml": (Unfit.DAMAGED, lambda: replacing(DOCUMENT, b"</w:body>", b"")),
    "compressed otherwise": (Unfit.NOT_WORD, compressed_otherwise),
    "another draft's name gone": (Unfit.NOT_OURS, lambda: changed(lambda parts: parts.pop("docProps/custom.xml"))),
    "a version that is none": (Unfit.NOT_OURS, lambda: replacing("docProps/custom.xml", b">3<", b">tre<")),
}  # fmt: skip


@pytest.mark.parametrize("case", list(REFUSED))
def test_it_is_refused_and_the_reason_is_the_right_one(case: str) -> None:
    reason, data = REFUSED[case]
    assert from_docx(data()) == Unreadable(reason)


def test_every_reason_there_is_is_shown_here() -> None:
    assert {reason for reason, _data in REFUSED.values()} == set(Unfit)


INVITED = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"
BOXED = "<w:pict><w:txbxContent>", "</w:txbxContent></w:pict>"
TABLED = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(("start", "end"), [INVITED, BOXED, TABLED], ids=["controls", "boxes", "tables"])
def test_one_in_another_takes_no_longer_than_one_beside_another(start: str, end: str) -> None:
    """The same number of elements, thirty deep and thirty side by side."""
    many = "<w:r/><w:tc/>" * 20_000
    nested, flat = start * 30 + many + end * 30, (start + end) * 29 + start + many + end
    assert seconds(edited(DECISION, nested)) < 4 * seconds(edited(DECISION, flat))


def seconds(data: bytes) -> float:
    times = []
    for _try in range(3):
        began = process_time()
        assert isinstance(from_docx(data), ReadBack)
        times.append(process_time() - began)
    return min(times)


def test_a_relation_that_leads_out_of_the_file_is_not_followed() -> None:
    parts = unpacked(with_body(body_of(GOOD), comments="<w:comment w:id='0' w:author='x'/>"))
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b'Target="comments.xml"', b'Target="http://127.0.0.1:9/x" TargetMode="External"')
    back = from_docx(packed(parts))
    assert isinstance(back, ReadBack)
    assert back.comments == ()


def test_a_letter_that_nobody_put_there_is_taken_as_it_is_seen() -> None:
    forged = (
        '<w:sdt><w:sdtPr><w:tag w:val="c:202e"/></w:sdtPr><w:sdtContent>' + run("�") + "</w:sdtContent></w:sdt>"
        '<w:sdt><w:sdtPr><w:tag w:val="c:0007"/></w:sdtPr><w:sdtContent>' + run("synlig") + "</w:sdtContent></w:sdt>"
    )
    back = from_docx(edited(DECISION, para(forged)))
    assert isinstance(back, ReadBack)
    assert back.sections[DECISION] == "�synlig"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_bytes_that_were_changed_on_the_way_are_read_or_refused(data: st.DataObject) -> None:
    bytes_ = bytearray(GOOD)
    for at in data.draw(st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=6)):
        bytes_[at] = data.draw(st.integers(0, 255))
    assert isinstance(from_docx(bytes(bytes_)), (ReadBack, Unreadable))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_xml_that_was_changed_on_the_way_is_read_or_refused(data: st.DataObject) -> None:
    parts = unpacked(GOOD)
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name])
    start = data.draw(st.integers(0, len(part) - 1))
    part[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    assert isinstance(from_docx(packed({**parts, name: bytes(part)})), (ReadBack, Unreadable))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert isinstance(from_docx(data), Unreadable)
    assert isinstance(from_docx(b"PK\x03\x04" + data), Unreadable)

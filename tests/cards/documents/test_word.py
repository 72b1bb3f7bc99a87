"""A draft as a Word file: what nobody edits comes back as it went, letter by letter, and the file is well made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from board.editable import EditableDocument, Section
from board.text_diff import changed_sections
from cards.documents.word import to_docx
from tests.cards.documents.word_files import AT, DECISION, DRAFT, TEXTS, body_of, file_of, read, unpacked

PARTS = [
    "Styret vedtar ", "å gå til BP3", "kr 12\u00a0500\u00a0000", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "– punkt",
    "<w:p>", "</w:t></w:r>", "&amp;", "]]>", "<!--", "\x00", "\x07", "\x0b", "\x1f", "\ufffe", "\ud800", "\u2028",
    "\x85", "\ufeff", "\u202e", "\u2011", "\u00ad", "👩🏽‍⚕️", "🇳🇴", "e\u0301", "«ja»", "“no”", "_x0041_", "␇", "�",
    "Skriv her.",
    "ord" * 400,
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(exclude_categories=[]), max_size=40),
    st.lists(st.sampled_from(PARTS), max_size=12).map("".join),
)
IDS = st.lists(st.from_regex(r"[!-~]{1,50}", fullmatch=True), min_size=1, max_size=5, unique=True)


@st.composite
def drafts(draw: st.DrawFn) -> EditableDocument:
    sections = tuple(
        Section(id_, draw(ANY_TEXT), draw(ANY_TEXT), draw(st.booleans()), draw(st.sampled_from([1, 2])))
        for id_ in draw(IDS)
    )
    language = draw(st.sampled_from(["nb", "nn", "en"]))
    return EditableDocument("minutes-1", draw(st.integers(1, 9999)), "d1", language, draw(ANY_TEXT), sections)


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_what_nobody_edited_comes_back_as_it_went(draft: EditableDocument) -> None:
    back = read(file_of(draft))
    assert back.sections == {section.id: section.text for section in draft.sections}
    assert back.headings == {section.id: section.heading for section in draft.sections if section.heading}
    assert (back.object_id, back.version, back.digest, back.title) == ("minutes-1", draft.version, "d1", draft.title)
    assert (back.problems, back.comments) == ((), ())
    assert changed_sections(draft, back.sections) == ()


@settings(max_examples=25, deadline=None)
@given(drafts())
def test_any_draft_is_a_file_that_another_library_opens(draft: EditableDocument) -> None:
    opened = docx.Document(BytesIO(file_of(draft)))
    assert opened.core_properties.language in {"nb-NO", "nn-NO", "en-GB"}


def test_the_same_draft_is_the_same_file() -> None:
    assert file_of() == file_of()


def opened(language: str = "nb") -> WordDocument:
    return docx.Document(BytesIO(file_of(replace(DRAFT, language=language))))


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_spelling_and_screen_readers_know_the_language(language: str, locale: str) -> None:
    document = opened(language)
    assert document.core_properties.language == locale
    defaults = document.styles.element.xpath("w:docDefaults//w:lang")[0]
    assert defaults.get(f"{{{defaults.nsmap['w']}}}val") == locale


def test_the_properties_say_what_it_is_and_who_made_it_when() -> None:
    properties = opened().core_properties
    assert properties.title == DRAFT.title
    assert properties.author == "Porteføljekontor Demo"
    assert properties.created == properties.modified == AT


def test_the_page_is_a4_and_the_headings_are_headings() -> None:
    document = opened()
    (section,) = document.sections
    assert [round(side.mm) for side in (section.page_width, section.page_height) if side] == [210, 297]
    styles = {
        "".join(node.text for node in paragraph.iter(f"{{{paragraph.nsmap['w']}}}t")): paragraph.style
        for paragraph in document.element.body.xpath(".//w:p")
    }
    assert styles[DRAFT.title] == "Title"
    assert styles["Til stede"] == styles["Avslutning"] == "Heading1"
    assert styles["Vedtak"] == styles["Behandling"] == "Heading2"
    assert styles["Elleve medlemmer"] == "LockedText"
    assert styles["Styret godkjenner rammen."] is None
    assert {"Title", "Heading 1", "Heading 2", "Normal"} <= {style.name for style in document.styles}


def test_the_foot_has_the_title_and_the_pages() -> None:
    foot = unpacked(file_of())["word/footer1.xml"].decode()
    assert DRAFT.title in foot
    assert foot.index("Side ") < foot.index(" PAGE ") < foot.index(" av ") < foot.index(" NUMPAGES ")


def test_every_part_is_locked_as_it_should_be() -> None:
    body = docx.Document(BytesIO(file_of())).element.body
    locks = dict(
        zip(body.xpath("./w:sdt/w:sdtPr/w:tag/@w:val"), body.xpath("./w:sdt/w:sdtPr/w:lock/@w:val"), strict=True)
    )
    assert locks.pop(f"s:{DECISION}") == locks.pop("s:item:3f2a:text") == locks.pop("s:closing") == "sdtLocked"
    assert set(locks.values()) == {"sdtContentLocked"}
    assert {"t:", "h:attendance", "s:attendance", "b:item:3f2a", f"h:{DECISION}"} <= set(locks)
    assert body.xpath("./w:p") == []


def test_each_control_has_a_number_of_its_own_that_depends_on_the_version() -> None:
    def numbers(draft: EditableDocument) -> list[str]:
        return [
            str(one) for one in docx.Document(BytesIO(file_of(draft))).element.body.xpath("./w:sdt/w:sdtPr/w:id/@w:val")
        ]

    first, second = numbers(DRAFT), numbers(replace(DRAFT, version=4))
    assert len({*first, *second}) == 2 * len(first)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_note_at_the_top_says_what_to_do(language: str) -> None:
    body = body_of(file_of(replace(DRAFT, language=language)))
    assert body.index("Note") < body.index("Heading1")
    assert "Saksgang" in body


def test_an_empty_field_invites_to_write_and_is_empty() -> None:
    data = file_of()
    assert "Skriv her." in body_of(data)
    assert read(data).sections["closing"] == ""


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DRAFT, language="sv"),
        replace(DRAFT, object_id=""),
        replace(DRAFT, object_id="m\x00"),
        replace(DRAFT, digest="å"),
        replace(DRAFT, sections=(Section("x" * 63, "", ""),)),
        replace(DRAFT, sections=(Section("", "", ""),)),
        replace(DRAFT, sections=(Section("a b", "", ""),)),
        replace(DRAFT, sections=(Section("a", "", ""), Section("a", "", ""))),
    ],
)
def test_a_draft_that_no_file_can_hold_is_an_error(wrong: EditableDocument) -> None:
    with pytest.raises(ValueError, match=r"."):
        file_of(wrong)


def test_a_time_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_docx(DRAFT, author="x", at=datetime(2026, 4, 19))  # noqa: DTZ001  # what is refused
    assert read(to_docx(DRAFT, author="\x00<&>", at=datetime(2026, 4, 19, tzinfo=UTC))).sections == TEXTS

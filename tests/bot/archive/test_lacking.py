"""What a meeting's archive should hold and does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive.codes import CaseStatus, RegistrationType, Variant
from bot.archive.lacking import lacking
from bot.archive.missing import Missing, MissingCode
from bot.archive.record import Extraction, Registration
from cards.archive_texts import missing_line, missing_list, missing_words
from tests.bot.archive.samples import document, extraction, registration, stored_file

M = "2026-04-16"
LINK = Missing(MissingCode.LINK_ONLY, M, "012-2026", "VL, styringsdokument")


def without(given: Extraction, kind: RegistrationType, case: str = "") -> Extraction:
    (meeting,) = given.meetings
    left = tuple(one for one in meeting.registrations if (one.type, one.case) != (kind, case))
    return replace(given, meetings=(replace(meeting, registrations=left),))


def with_last(given: Extraction, last: Registration) -> Extraction:
    (meeting,) = given.meetings
    return replace(given, meetings=(replace(meeting, registrations=(*meeting.registrations, last)),))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (RegistrationType.SUMMONS, MissingCode.SUMMONS),
        (RegistrationType.AGENDA, MissingCode.AGENDA),
        (RegistrationType.PUBLIC_AGENDA, MissingCode.PUBLIC_AGENDA),
        (RegistrationType.MINUTES, MissingCode.MINUTES),
    ],
)
def test_what_the_meeting_lacks(tmp_path: Path, kind: RegistrationType, code: MissingCode) -> None:
    assert list(lacking(without(extraction(tmp_path), kind))) == [Missing(code, M), LINK]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (RegistrationType.CASE_PAPER, MissingCode.CASE_PAPER),
        (RegistrationType.CASE_RECORD, MissingCode.CASE_RECORD),
    ],
)
def test_what_a_case_lacks(tmp_path: Path, kind: RegistrationType, code: MissingCode) -> None:
    assert list(lacking(without(extraction(tmp_path), kind, "c2"))) == [Missing(code, M, "013-2026"), LINK]


def test_a_body_that_makes_no_such_paper_lacks_none(tmp_path: Path) -> None:
    given = without(extraction(tmp_path), RegistrationType.SUMMONS)
    (meeting,) = given.meetings
    less = replace(meeting, expects=meeting.expects - {RegistrationType.SUMMONS})
    assert list(lacking(replace(given, meetings=(less,)))) == [LINK]


def test_a_withdrawn_case_needs_no_record(tmp_path: Path) -> None:
    given = without(extraction(tmp_path), RegistrationType.CASE_RECORD, "c2")
    opened, exempt = given.cases
    assert list(lacking(replace(given, cases=(opened, replace(exempt, status=CaseStatus.LAPSED))))) == [LINK]


def test_a_meeting_that_is_not_closed_is_told(tmp_path: Path) -> None:
    given = extraction(tmp_path)
    opened = replace(given, meetings=(replace(given.meetings[0], closed=None),))
    assert Missing(MissingCode.MEETING_NOT_CLOSED, M) in list(lacking(opened))


def test_a_registration_and_a_document_without_content_are_told(tmp_path: Path) -> None:
    empty = with_last(extraction(tmp_path), registration(RegistrationType.ENCLOSURE, suffix="-9"))
    assert Missing(MissingCode.NO_DOCUMENT, M, "", "VL") in list(lacking(empty))
    bare = registration(RegistrationType.ENCLOSURE, document("d99", "notat"), suffix="-9")
    assert Missing(MissingCode.NO_DOCUMENT, M, "", "VL, notat") in list(lacking(with_last(extraction(tmp_path), bare)))


def test_a_document_in_its_production_format_alone_is_told(tmp_path: Path) -> None:
    file = replace(stored_file(tmp_path, b"docx", "notat"), variant=Variant.PRODUCTION)
    word = registration(RegistrationType.ENCLOSURE, document("d99", "notat", file), case="c1", suffix="-9")
    told = list(lacking(with_last(extraction(tmp_path), word)))
    assert Missing(MissingCode.NO_ARCHIVE_FORMAT, M, "012-2026", "VL, notat") in told


def test_a_case_without_a_number_is_told_by_its_public_title(tmp_path: Path) -> None:
    given = extraction(tmp_path)
    opened, exempt = given.cases
    told = list(lacking(replace(given, cases=(opened, replace(exempt, number="")))))
    assert Missing(MissingCode.CASE_WITHOUT_NUMBER, "", "", "Avtale") in told


def test_what_the_collector_knows_comes_first(tmp_path: Path) -> None:
    known = Missing(MissingCode.WG_MINUTES_NOT_APPROVED, "AU 2026-04-01")
    assert next(iter(lacking(replace(extraction(tmp_path), missing=(known,))))) == known


@pytest.mark.parametrize("code", MissingCode)
def test_every_code_has_words(code: MissingCode) -> None:
    assert missing_words(code).endswith(".")


def test_a_line_names_meeting_case_and_document_and_stays_one_line() -> None:
    one = Missing(MissingCode.LINK_ONLY, M, "012-2026", "VL,\nnotat\u202e")
    assert missing_line(one) == (
        "Møte 2026-04-16, sak 012-2026: Dokumentet er bare en lenke; innholdet er ikke med. (VL, notat)"
    )
    assert missing_line(Missing(MissingCode.CASE_WITHOUT_NUMBER, "")) == "Saken har ikke fått nummer."


def test_an_archive_that_lacks_nothing_says_so() -> None:
    assert missing_list(["2026-04-16"], ()) == "Arkiv av 2026-04-16\n\nIngenting mangler.\n"

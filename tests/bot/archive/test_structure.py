"""``arkivstruktur.xml``: the standard's elements in the standard's order, whatever people typed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.archive.codes import OUTCOME_WORDS, REGISTRATION_WORDS, OutcomeCode, RegistrationType
from bot.archive.elements import instant, xml_text
from bot.archive.placing import place
from bot.archive.record import ArchivedDocument, Extra, Extraction, Participant, Remark, Stamp
from bot.archive.structure import write_structure
from tests.bot.archive.samples import N5, SENT, cases, extraction, faults, text_file

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
"""Also controls, halves of a pair, emoji and what changes the direction."""


def written(given: Extraction) -> bytes:
    out = io.BytesIO()
    write_structure(given, place(given).placed, out)
    return out.getvalue()


def values(structure: bytes, name: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(structure).iter(f"{N5}{name}")]


def test_it_holds_to_the_rules(tmp_path: Path) -> None:
    assert faults(written(extraction(tmp_path))) == []


def test_an_archive_of_nothing_holds_to_the_rules_too(tmp_path: Path) -> None:
    assert faults(written(replace(extraction(tmp_path), meetings=(), cases=()))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<tittel>Styrem", b"<overskrift>x</overskrift><tittel>Styrem"),
        (b"<moetedato>2026-04-16</moetedato>", b""),
        (b"<moetedato>2026-04-16</moetedato>", b"<moetedato>16.04.2026</moetedato>"),
        (b"<variantformat>Arkivformat", b"<variantformat>Skrivemaskin"),
        (b"<moeteregistreringstype>SF", b"<moeteregistreringstype>XX"),
        (b'<mappe xsi:type="moetemappe">', b'<mappe xsi:type="saksmappe">'),
        (b"<filstoerrelse>2<", b"<filstoerrelse>to<"),
    ],
)
def test_the_rules_refuse_what_is_wrong(tmp_path: Path, old: bytes, new: bytes) -> None:
    structure = written(extraction(tmp_path))
    assert old in structure
    assert faults(structure.replace(old, new, 1))


def test_every_type_of_registration_is_there_with_its_code(tmp_path: Path) -> None:
    found = values(written(extraction(tmp_path)), "moeteregistreringstype")
    assert found == ["MI", "SL", "OL", "SF", "SF", "VL", "VL", "SP", "SP", "MP"]
    assert set(REGISTRATION_WORDS) == set(RegistrationType)


@pytest.mark.parametrize("outcome", OutcomeCode)
def test_every_outcome_is_a_code_that_the_rules_know(tmp_path: Path, outcome: OutcomeCode) -> None:
    given = extraction(tmp_path)
    (meeting,) = given.meetings
    treated = [replace(one, outcome=outcome) if one.outcome else one for one in meeting.registrations]
    structure = written(replace(given, meetings=(replace(meeting, registrations=tuple(treated)),)))
    assert faults(structure) == []
    assert values(structure, "moeteregistreringsstatus") == [outcome.value] * 2
    assert outcome in OUTCOME_WORDS


def test_every_reference_leads_to_something_in_the_archive(tmp_path: Path) -> None:
    structure = written(extraction(tmp_path))
    there = set(values(structure, "systemID"))
    names = ("referanseTilMappe", "referanseTilRegistrering", "referanseTilMoeteregistrering")
    references = [one for name in names for one in values(structure, name)]
    assert len(references) >= 10
    assert set(references) <= there


def test_system_ids_are_unique_and_the_same_in_every_archive(tmp_path: Path) -> None:
    ids = values(written(extraction(tmp_path)), "systemID")
    assert len(ids) == len(set(ids))
    assert ids == values(written(extraction(tmp_path / "again")), "systemID")


def test_an_exempt_case_says_so_with_paragraph_and_time(tmp_path: Path) -> None:
    structure = written(extraction(tmp_path))
    root = etree.fromstring(structure)
    screened = root.findall(f".//{N5}skjerming")
    assert [parent.tag for one in screened if (parent := one.getparent()) is not None] == [
        f"{N5}mappe",
        f"{N5}registrering",
    ]
    assert values(structure, "skjermingshjemmel") == ["offl. § 23"] * 2
    assert values(structure, "skjermingOpphoererDato") == ["2028-01-01"]
    assert values(structure, "offentligTittel") == ["Avtale"] * 2


def test_a_file_has_its_path_checksum_and_size(tmp_path: Path) -> None:
    given = extraction(tmp_path)
    structure = written(given)
    placed = list(place(given).placed.values())
    assert values(structure, "referanseDokumentfil") == [one.path for one in placed]
    assert values(structure, "sjekksum") == [one.file.sha256 for one in placed]
    assert values(structure, "filstoerrelse") == [str(one.file.size) for one in placed]
    assert values(structure, "variantformat").count("Produksjonsformat") == 1


def test_a_link_has_no_object_and_tells_where_it_leads(tmp_path: Path) -> None:
    structure = written(extraction(tmp_path))
    assert "https://dokument.example.org/1" in values(structure, "beskrivelse")
    assert len(values(structure, "dokumentnummer")) == len(values(structure, "sjekksum"))  # two objects of the Word one


def test_a_meeting_that_is_open_ends_with_the_archive(tmp_path: Path) -> None:
    given = extraction(tmp_path)
    (meeting,) = given.meetings
    structure = written(replace(given, meetings=(replace(meeting, closed=None),)))
    assert faults(structure) == []
    ended = etree.fromstring(structure).findall(f".//{N5}mappe/{N5}avsluttetAv")
    assert ended[-1].text == "Saksgang"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT, other=ANY_TEXT)
def test_any_text_gives_a_valid_file_that_says_the_same(tmp_path: Path, text: str, other: str) -> None:
    given = extraction(tmp_path)
    (meeting,) = given.meetings
    opened, _exempt = cases()
    first, *rest = meeting.registrations
    odd = replace(
        first, title=text, description=other, authors=(text,), remarks=(Remark(text, Stamp(SENT.at, other), other),),
        extras=(Extra(text, other),), handler=other,
        documents=(ArchivedDocument("d1", text, other, SENT, (text_file("x", text),)),),
    )  # fmt: skip
    there = replace(
        meeting, title=text, place=other, participants=(Participant(text, other),), registrations=(odd, *rest)
    )
    structure = written(
        replace(given, meetings=(there,), cases=(replace(opened, title=other, earlier_numbers=(text,)), *cases()[1:]))
    )
    assert faults(structure) == []
    assert values(structure, "moetedeltakerNavn") == [xml_text(text)]
    assert xml_text(other) in values(structure, "tittel")


def test_what_xml_cannot_hold_is_shown_as_unknown() -> None:
    assert xml_text("a\x00b\x0bc\ud800d\uffffe\r\nf\rg\t😀") == "a�b�c�d�e\nf\ng\t😀"


def test_times_are_written_in_utc() -> None:
    assert instant(datetime(2026, 4, 16, 9, tzinfo=UTC)) == "2026-04-16T09:00:00Z"
    with pytest.raises(ValueError, match="zone"):
        instant(datetime(2026, 4, 16, 9))  # noqa: DTZ001  # the very thing that is refused

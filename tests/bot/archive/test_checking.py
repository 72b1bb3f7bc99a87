"""A ZIP that was changed after it was made is found out; its XML is held against a schema that somebody has."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.archive.bundle import write_bundle
from bot.archive.checking import SCHEMA, Fault, check_bundle
from tests.bot.archive.samples import extraction

MINUTES = "dokumenter/2026-04-16/MP-referat.pdf"
ROOT = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="http://www.arkivverket.no/standarder/noark5/arkivstruktur">
  <xs:element name="arkiv"><xs:complexType><xs:sequence>
    <xs:any minOccurs="%d" maxOccurs="%d" processContents="skip"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return write_bundle(extraction(tmp_path / "files"), tmp_path / "ut.zip", "nb").path


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The ZIP with some of its files changed (None: left out)."""
    other = path.with_name("endret.zip")
    with ZipFile(path) as old, ZipFile(other, "w") as new:
        contents = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in contents.items():
            if content is not None:
                new.writestr(name, content)
    return other


def test_as_it_was_made_it_is_whole(made: Path) -> None:
    assert check_bundle(made) == ()
    assert check_bundle(rewritten(made, {})) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({MINUTES: b"mq"}, Fault("differs", MINUTES)),
        ({MINUTES: None}, Fault("absent", MINUTES)),
        ({"dokumenter/ny.pdf": b"ny"}, Fault("unlisted", "dokumenter/ny.pdf")),
        ({"mangler.txt": b"Ingenting mangler."}, Fault("differs", "mangler.txt")),
    ],
)
def test_a_change_is_found(made: Path, changes: dict[str, bytes | None], fault: Fault) -> None:
    assert check_bundle(rewritten(made, changes)) == (fault,)


def test_the_structure_is_held_against_a_schema(made: Path, tmp_path: Path) -> None:
    (tmp_path / SCHEMA).write_text(ROOT % (1, 99))
    assert check_bundle(made, tmp_path) == ()
    (tmp_path / SCHEMA).write_text(ROOT % (1, 2))
    (fault,) = check_bundle(made, tmp_path)
    assert (fault.what, fault.path) == ("invalid", "arkivstruktur.xml")
    assert "arkivstatus" in fault.why

"""A meeting with everything a meeting's archive can hold, made small."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from lxml import etree

from bot.archive.codes import CaseStatus, OutcomeCode, RegistrationType, Variant
from bot.archive.record import (
    ArchivedDocument,
    ArchivedFile,
    CaseFolder,
    Extra,
    Extraction,
    MeetingFolder,
    Participant,
    Party,
    Registration,
    Remark,
    Screening,
    Stamp,
)
from bot.stored import keep, stored_path

SCHEMA = Path(__file__).parents[2] / "schemas" / "noark5-meeting.rng"
N5 = "{http://www.arkivverket.no/standarder/noark5/arkivstruktur}"
SENT = Stamp(datetime(2026, 4, 1, 8, 30, tzinfo=UTC), "Porteføljekontor Demo")
LOCKED = Stamp(datetime(2026, 5, 27, 10, 15, tzinfo=UTC), "Leder Demo")
EVERYTHING = frozenset(RegistrationType)


@cache
def rules() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(SCHEMA)))


def faults(structure: bytes) -> list[str]:
    """What the rules of this project's arkivstruktur.xml say against it. Errors: ``etree.XMLSyntaxError``."""
    rules().validate(etree.fromstring(structure))
    return str(rules().error_log).splitlines()


def stored_file(folder: Path, content: bytes, label: str, version: int = 1) -> ArchivedFile:
    sha256 = keep(folder, content)
    return ArchivedFile(
        stored_path(folder, sha256), sha256, len(content), label, SENT, "PDF/A-2a", "application/pdf", "fmt/476",
        version=version, suffix=".pdf",
    )  # fmt: skip


def text_file(text: str, label: str) -> ArchivedFile:
    content = text.encode()
    return ArchivedFile(
        content, hashlib.sha256(content).hexdigest(), len(content), label, SENT, "UTF-8", "text/plain", suffix=".txt"
    )


def document(id_: str, type_: str, *files: ArchivedFile, url: str = "") -> ArchivedDocument:
    return ArchivedDocument(id_, type_, f"{type_} til saken", SENT, files, url=url)


def registration(
    kind: RegistrationType, *documents: ArchivedDocument, case: str = "", suffix: str = ""
) -> Registration:
    name = f"{kind.value}{'-' + case if case else ''}{suffix}"
    return Registration(name, kind, f"Tittel {name}", SENT, LOCKED, "Porteføljekontor Demo", documents, name, case=case)


def cases() -> tuple[CaseFolder, ...]:
    opened = CaseFolder(
        "c1", "012-2026", 2026, 12, "Felles meldingstjeneste", date(2026, 2, 2), "Prosjekteier Demo", SENT, LOCKED,
        CaseStatus.CLOSED, earlier_numbers=("004-2026",), parties=(Party("Prosjektleder Demo", "prosjektleder"),),
    )  # fmt: skip
    exempt = CaseFolder(
        "c2", "013-2026", 2026, 13, "Avtale med leverandør", date(2026, 2, 9), "Prosjekteier Demo", SENT,
        public_title="Avtale", screening=Screening("offl. § 23", date(2028, 1, 1)), related=("c1",),
    )  # fmt: skip
    return opened, exempt


def extraction(folder: Path) -> Extraction:
    """One meeting with two cases, one of them exempt, an enclosure in two formats and one that is only a link."""
    word = replace(
        stored_file(folder, b"word", "013-2026 avtale"), variant=Variant.PRODUCTION, format="DOCX", suffix=".docx"
    )
    kinds = RegistrationType
    paper = registration(kinds.CASE_PAPER, document("d4", "saksframlegg", stored_file(folder, b"sf", "012")), case="c1")
    exempt = registration(
        kinds.CASE_PAPER, document("d5", "saksframlegg", stored_file(folder, b"sf2", "013")), case="c2"
    )
    enclosure = document("d6", "avtale", word, stored_file(folder, b"avtale", "013-2026 avtale"))
    link = document("d7", "styringsdokument", url="https://dokument.example.org/1")
    record = registration(kinds.CASE_RECORD, document("d8", "saksprotokoll", text_file("Vedtatt.", "012")), case="c1")
    sent_back = registration(
        kinds.CASE_RECORD, document("d9", "saksprotokoll", text_file("Sendt tilbake.", "013")), case="c2"
    )
    meeting = MeetingFolder(
        "m1", "2026-04-16", "Regionalt porteføljestyre", "Styremøte 16. april 2026", date(2026, 4, 16), SENT, LOCKED,
        "Hamar", "m0", "m2", (Participant("Leder Demo", "leder"), Participant("AU-medlem Demo")), ("c1", "c2"),
        (
            registration(kinds.SUMMONS, document("d1", "innkalling", stored_file(folder, b"mi", "innkalling"))),
            registration(kinds.AGENDA, document("d2", "saksliste", stored_file(folder, b"sl", "saksliste"))),
            registration(kinds.PUBLIC_AGENDA, document("d3", "saksliste", stored_file(folder, b"ol", "saksliste"))),
            replace(paper, extras=(Extra("investering", "12500000"),)),
            replace(exempt, screening=Screening("offl. § 23"), public_title="Avtale"),
            registration(kinds.ENCLOSURE, enclosure, case="c2", suffix="-1"),
            registration(kinds.ENCLOSURE, link, case="c1", suffix="-1"),
            replace(record, outcome=OutcomeCode.TREATED, refers_to=(paper.id,), remarks=(Remark("Enig.", SENT),)),
            replace(sent_back, outcome=OutcomeCode.SENT_BACK, refers_to=(exempt.id,)),
            registration(kinds.MINUTES, document("d10", "referat", stored_file(folder, b"mp", "referat"))),
        ),
        expects=EVERYTHING,
    )  # fmt: skip
    return Extraction(
        "board", "Regionalt porteføljestyre: møter og saker", "991324968", "Helse Sør-Øst RHF", "Porteføljekontoret",
        LOCKED.at, (meeting,), cases(),
    )  # fmt: skip

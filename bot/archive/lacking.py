"""What a meeting's archive should hold and does not. The files themselves are looked at by ``bot.archive.placing``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.archive.codes import CaseStatus, RegistrationType, Variant
from bot.archive.missing import Missing, MissingCode
from bot.archive.record import ArchivedDocument, CaseFolder, Extraction, MeetingFolder, Registration

_OF_THE_MEETING: Final = {
    RegistrationType.SUMMONS: MissingCode.SUMMONS,
    RegistrationType.AGENDA: MissingCode.AGENDA,
    RegistrationType.PUBLIC_AGENDA: MissingCode.PUBLIC_AGENDA,
    RegistrationType.MINUTES: MissingCode.MINUTES,
}
_OF_A_CASE: Final = {
    RegistrationType.CASE_PAPER: MissingCode.CASE_PAPER,
    RegistrationType.CASE_RECORD: MissingCode.CASE_RECORD,
}


def lacking(extraction: Extraction) -> Iterator[Missing]:
    """All of it, meeting by meeting; what the collector knew comes first."""
    yield from extraction.missing
    cases = {case.id: case for case in extraction.cases}
    for meeting in extraction.meetings:
        yield from _in_meeting(meeting)
        yield from _in_cases(meeting, cases)
        for registration in meeting.registrations:
            yield from _in_registration(meeting, registration, cases)
    for case in extraction.cases:
        if not case.number:
            yield Missing(MissingCode.CASE_WITHOUT_NUMBER, "", "", case.public_title or case.id)


def _in_meeting(meeting: MeetingFolder) -> Iterator[Missing]:
    there = {registration.type for registration in meeting.registrations}
    for kind, code in _OF_THE_MEETING.items():
        if kind in meeting.expects and kind not in there:
            yield Missing(code, meeting.number)
    if meeting.closed is None:
        yield Missing(MissingCode.MEETING_NOT_CLOSED, meeting.number)


def _in_cases(meeting: MeetingFolder, cases: dict[str, CaseFolder]) -> Iterator[Missing]:
    there = {(registration.case, registration.type) for registration in meeting.registrations}
    for case in dict.fromkeys((*meeting.cases, *(one.case for one in meeting.registrations if one.case))):
        if case in cases and cases[case].status is CaseStatus.LAPSED:
            continue
        for kind, code in _OF_A_CASE.items():
            if kind in meeting.expects and (case, kind) not in there:
                yield Missing(code, meeting.number, _number(cases, case))


def _in_registration(
    meeting: MeetingFolder, registration: Registration, cases: dict[str, CaseFolder]
) -> Iterator[Missing]:
    number = _number(cases, registration.case)
    if not registration.documents:
        yield Missing(MissingCode.NO_DOCUMENT, meeting.number, number, registration.type.value)
    for document in registration.documents:
        for code in _in_document(document):
            yield Missing(code, meeting.number, number, f"{registration.type.value}, {document.type}")


def _in_document(document: ArchivedDocument) -> Iterator[MissingCode]:
    if not document.files:
        yield MissingCode.LINK_ONLY if document.url else MissingCode.NO_DOCUMENT
    elif all(file.variant is Variant.PRODUCTION for file in document.files):
        yield MissingCode.NO_ARCHIVE_FORMAT


def _number(cases: dict[str, CaseFolder], case: str) -> str:
    return cases[case].number if case in cases else ""

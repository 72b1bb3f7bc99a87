"""``arkivstruktur.xml`` of Noark 5 v5: the elements in the order that the standard's schema demands.

Source: Noark 5 v5, arkivstruktur.xsd 5.0. There each archive and folder must say when it was ended (avsluttetDato): one
that is still open gets the time of the archive itself, and the list of what is missing says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.archive.codes import FOLDER_TITLE, MEDIUM
from bot.archive.elements import Elements, Sink
from bot.archive.parts import (
    BUSINESS,
    INSTANCE,
    NAMESPACE,
    TYPE,
    put_ended,
    put_extras,
    put_made,
    put_references,
    put_remarks,
    put_screening,
    system_id,
)
from bot.archive.record import CaseFolder, Extraction, MeetingFolder, Stamp
from bot.archive.registrations import Placed, put_registration

FILE: Final = "arkivstruktur.xml"
_SYSTEM: Final = "Saksgang"
_ROOT: Final = {"xmlns": NAMESPACE, "xmlns:xsi": INSTANCE, "xmlns:sg": BUSINESS}


def write_structure(extraction: Extraction, placed: Mapping[str, Placed], out: Sink) -> None:
    """The whole archive. ``placed`` tells where each file lies in the ZIP, by :func:`registrations.object_id`."""
    to = Elements(out)
    made = Stamp(extraction.at, _SYSTEM)
    with to.open("arkiv", _ROOT):
        _put_archive(to, extraction, made)
        with to.open("arkivdel"):
            to.put("systemID", system_id("part", extraction.id))
            to.put("tittel", extraction.title)
            to.put("arkivdelstatus", "Avsluttet periode")
            to.put("dokumentmedium", MEDIUM)
            put_made(to, made)
            put_ended(to, made)
            for case in extraction.cases:
                _put_case(to, case, extraction)
            for meeting in extraction.meetings:
                _put_meeting(to, meeting, extraction, placed)


def _put_archive(to: Elements, extraction: Extraction, made: Stamp) -> None:
    to.put("systemID", system_id("archive", extraction.id))
    to.put("tittel", extraction.title)
    to.put("arkivstatus", "Avsluttet")
    to.put("dokumentmedium", MEDIUM)
    put_made(to, made)
    put_ended(to, made)
    with to.open("arkivskaper"):
        to.put("arkivskaperID", extraction.creator_id)
        to.put("arkivskaperNavn", extraction.creator)


def _put_case(to: Elements, case: CaseFolder, extraction: Extraction) -> None:
    """Saksmappe: without registrations of its own, as all that is in them was treated in a meeting."""
    with to.open("mappe", {TYPE: "saksmappe"}):
        _put_folder(to, "case", case, case.closed or Stamp(extraction.at, _SYSTEM))
        put_extras(to, case.extras, earlier=case.earlier_numbers)
        for party in case.parties:
            with to.open("part"):
                to.put("partNavn", party.name)
                to.put("partRolle", party.role)
        put_references(to, "referanseTilMappe", (system_id("case", other) for other in case.related))
        put_references(to, "referanseTilRegistrering", _registrations_of(case, extraction))
        put_remarks(to, case.remarks)
        put_screening(to, case.screening, FOLDER_TITLE)
        to.put("saksaar", case.year)
        to.put("sakssekvensnummer", case.sequence)
        to.put("saksdato", case.day)
        to.put("administrativEnhet", extraction.unit)
        to.put("saksansvarlig", case.responsible)
        to.put("saksstatus", case.status.value)


def _registrations_of(case: CaseFolder, extraction: Extraction) -> Iterable[str]:
    return (
        system_id("registration", registration.id)
        for meeting in extraction.meetings
        for registration in meeting.registrations
        if registration.case == case.id
    )


def _put_meeting(to: Elements, meeting: MeetingFolder, extraction: Extraction, placed: Mapping[str, Placed]) -> None:
    """Møtemappe, with its registrations."""
    here = frozenset(case.id for case in extraction.cases)
    with to.open("mappe", {TYPE: "moetemappe"}):
        _put_folder(to, "meeting", meeting, meeting.closed or Stamp(extraction.at, _SYSTEM))
        put_extras(to, meeting.extras)
        put_references(
            to, "referanseTilMappe", (system_id("case", case) for case in _cases_of(meeting) if case in here)
        )
        put_remarks(to, meeting.remarks)
        for registration in meeting.registrations:
            put_registration(to, registration, meeting, extraction.unit, placed)
        to.put("moetenummer", meeting.number)
        to.put("utvalg", meeting.body)
        to.put("moetedato", meeting.day)
        to.put_if("moetested", meeting.place)
        to.put_if("referanseForrigeMoete", system_id("meeting", meeting.previous) if meeting.previous else "")
        to.put_if("referanseNesteMoete", system_id("meeting", meeting.next) if meeting.next else "")
        for participant in meeting.participants:
            with to.open("moetedeltaker"):
                to.put("moetedeltakerNavn", participant.name)
                to.put_if("moetedeltakerFunksjon", participant.function)


def _cases_of(meeting: MeetingFolder) -> Iterable[str]:
    return dict.fromkeys((*meeting.cases, *(one.case for one in meeting.registrations if one.case)))


def _put_folder(to: Elements, kind: str, folder: CaseFolder | MeetingFolder, ended: Stamp) -> None:
    """What every folder begins with, as far as avsluttetAv."""
    to.put("systemID", system_id(kind, folder.id))
    to.put("mappeID", folder.number or folder.id)
    to.put("tittel", folder.title)
    if isinstance(folder, CaseFolder):
        to.put_if("offentligTittel", folder.public_title)
        to.put_if("beskrivelse", folder.description)
    to.put("dokumentmedium", MEDIUM)
    put_made(to, folder.created)
    put_ended(to, ended)

"""A registration of a meeting (møteregistrering) with its documents and their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.archive.codes import (
    ATTACHED,
    BEING_EDITED,
    CHECKSUM,
    DOCUMENT_TITLE,
    FINISHED,
    MAIN_DOCUMENT,
    MEDIUM,
    RECIPIENT,
    REGISTRATION_TITLE,
    SENDER,
)
from bot.archive.elements import Elements
from bot.archive.parts import (
    TYPE,
    put_extras,
    put_made,
    put_references,
    put_remarks,
    put_screening,
    system_id,
)
from bot.archive.record import ArchivedDocument, ArchivedFile, MeetingFolder, Registration


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a file lies in the ZIP, with what was found in it when it was looked at."""

    path: str
    file: ArchivedFile
    sha256: str
    size: int


def object_id(document: ArchivedDocument, file: ArchivedFile) -> str:
    """Names a dokumentobjekt: one version and variant of one document."""
    return f"{document.id}/{file.version}/{file.variant.name}/{file.sha256}"


def put_registration(
    to: Elements, registration: Registration, meeting: MeetingFolder, unit: str, placed: Mapping[str, Placed]
) -> None:
    with to.open("registrering", {TYPE: "moeteregistrering"}):
        to.put("systemID", system_id("registration", registration.id))
        put_made(to, registration.created)
        to.put("arkivertDato", registration.archived.at)
        to.put("arkivertAv", registration.archived.by)
        put_screening(to, registration.screening, REGISTRATION_TITLE)
        for number, document in enumerate(registration.documents, start=1):
            _put_document(to, document, number, registration, placed)
        _put_description(to, registration)
        _put_correspondents(to, meeting, unit)
        _put_treatment(to, registration, unit)


def _put_description(to: Elements, registration: Registration) -> None:
    to.put_if("registreringsID", registration.number)
    to.put("tittel", registration.title)
    to.put_if("offentligTittel", registration.public_title)
    to.put_if("beskrivelse", registration.description)
    for author in registration.authors:
        to.put("forfatter", author)
    to.put("dokumentmedium", MEDIUM)
    put_extras(to, registration.extras)
    put_remarks(to, registration.remarks)
    if registration.case:
        put_references(to, "referanseTilMappe", [system_id("case", registration.case)])


def _put_correspondents(to: Elements, meeting: MeetingFolder, unit: str) -> None:
    """The schema asks every registration for one: the office sends, the board or the working group receives."""
    for kind, name in ((SENDER, unit), (RECIPIENT, meeting.body)):
        with to.open("korrespondansepart"):
            to.put("korrespondanseparttype", kind)
            to.put("korrespondansepartNavn", name)


def _put_treatment(to: Elements, registration: Registration, unit: str) -> None:
    to.put("moeteregistreringstype", registration.type.value)
    to.put_if("moetesakstype", registration.case_type)
    to.put_if("moeteregistreringsstatus", registration.outcome.value if registration.outcome else "")
    to.put("administrativEnhet", unit)
    to.put("saksbehandler", registration.handler)
    for other in registration.refers_to:
        to.put("referanseTilMoeteregistrering", system_id("registration", other))


def _put_document(
    to: Elements, document: ArchivedDocument, number: int, registration: Registration, placed: Mapping[str, Placed]
) -> None:
    with to.open("dokumentbeskrivelse"):
        to.put("systemID", system_id("document", document.id))
        to.put("dokumenttype", document.type)
        to.put("dokumentstatus", FINISHED if document.finished else BEING_EDITED)
        to.put("tittel", document.title)
        to.put_if("beskrivelse", document.url or document.description)
        put_made(to, document.created)
        to.put("dokumentmedium", MEDIUM)
        to.put("tilknyttetRegistreringSom", MAIN_DOCUMENT if document.main else ATTACHED)
        to.put("dokumentnummer", number)
        to.put("tilknyttetDato", registration.created.at)
        to.put("tilknyttetAv", registration.created.by)
        put_screening(to, document.screening, DOCUMENT_TITLE, document=True)
        for one, found in _found(document, placed):
            _put_object(to, one, found)


def _found(document: ArchivedDocument, placed: Mapping[str, Placed]) -> Iterator[tuple[str, Placed]]:
    """A file that is not in the ZIP has no object: the list of what is missing names it."""
    for file in document.files:
        one = object_id(document, file)
        if one in placed:
            yield one, placed[one]


def _put_object(to: Elements, one: str, found: Placed) -> None:
    file = found.file
    with to.open("dokumentobjekt"):
        to.put("systemID", system_id("object", one))
        to.put("versjonsnummer", file.version)
        to.put("variantformat", file.variant.value)
        to.put("format", file.format)
        to.put_if("pronomMIME", file.mime)
        to.put_if("pronomPUID", file.puid)
        put_made(to, file.created)
        to.put("referanseDokumentfil", found.path)
        to.put("sjekksum", found.sha256)
        to.put("sjekksumAlgoritme", CHECKSUM)
        to.put("filstoerrelse", found.size)

"""Groups of Noark 5 elements that more than one unit of the archive has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID, uuid5

from bot.archive.codes import EXEMPT, WHOLE_DOCUMENT
from bot.archive.elements import Elements
from bot.archive.record import Extra, Remark, Screening, Stamp

NAMESPACE: Final = "http://www.arkivverket.no/standarder/noark5/arkivstruktur"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
BUSINESS: Final = "urn:saksgang:noark5:1"
"""Of what the standard leaves to each to say (virksomhetsspesifikkeMetadata)."""
TYPE: Final = "xsi:type"
_IDS: Final = UUID("5f0e8f5c-6a34-4f2e-9d0a-6b1f6c1b7a51")


def system_id(kind: str, name: str) -> str:
    """The systemID (M001) of one of ours: the same in every archive that is made."""
    return str(uuid5(_IDS, f"{kind}:{name}"))


def put_made(to: Elements, made: Stamp) -> None:
    to.put("opprettetDato", made.at)
    to.put("opprettetAv", made.by)


def put_ended(to: Elements, ended: Stamp) -> None:
    to.put("avsluttetDato", ended.at)
    to.put("avsluttetAv", ended.by)


def put_extras(to: Elements, extras: Sequence[Extra], earlier: Sequence[str] = ()) -> None:
    if not extras and not earlier:
        return
    with to.open("virksomhetsspesifikkeMetadata"):
        for number in earlier:
            to.put("sg:tidligereSaksnummer", number)
        for extra in extras:
            to.put("sg:felt", extra.value, {"navn": extra.name})


def put_references(to: Elements, element: str, ids: Iterable[str]) -> None:
    for one in ids:
        with to.open("kryssreferanse"):
            to.put(element, one)


def put_remarks(to: Elements, remarks: Sequence[Remark]) -> None:
    for remark in remarks:
        with to.open("merknad"):
            to.put("merknadstekst", remark.text)
            to.put_if("merknadstype", remark.kind)
            to.put("merknadsdato", remark.stamp.at)
            to.put("merknadRegistrertAv", remark.stamp.by)


def put_screening(to: Elements, screening: Screening | None, metadata: str, *, document: bool = False) -> None:
    """``metadata`` says which title is kept back (M502); ``document``: all of the document is."""
    if screening is None:
        return
    with to.open("skjerming"):
        to.put("tilgangsrestriksjon", EXEMPT)
        to.put("skjermingshjemmel", screening.legal_basis)
        to.put("skjermingMetadata", metadata)
        if document:
            to.put("skjermingDokument", WHOLE_DOCUMENT)
        to.put_if("skjermingOpphoererDato", screening.until)

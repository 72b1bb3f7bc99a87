"""The code lists of Noark 5 that a meeting's archive uses, with the standard's own words.

Source: Noark 5 v5, the metadata catalogue (M054, M055, M085, M217, M500 to M503, M700), and for the short codes of
M055 and M085, which the standard leaves open, the lists that Norwegian archive systems share (Noark 4, Fiks arkiv).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class RegistrationType(StrEnum):
    """Møteregistreringstype (M085)."""

    SUMMONS = "MI"
    AGENDA = "SL"
    PUBLIC_AGENDA = "OL"
    CASE_PAPER = "SF"
    ENCLOSURE = "VL"
    CASE_RECORD = "SP"
    MINUTES = "MP"


REGISTRATION_WORDS: Final = {
    RegistrationType.SUMMONS: "Møteinnkalling",
    RegistrationType.AGENDA: "Saksliste",
    RegistrationType.PUBLIC_AGENDA: "Offentlig saksliste",
    RegistrationType.CASE_PAPER: "Saksframlegg",
    RegistrationType.ENCLOSURE: "Vedlegg til møtesak",
    RegistrationType.CASE_RECORD: "Saksprotokoll",
    RegistrationType.MINUTES: "Møteprotokoll",
}


class OutcomeCode(StrEnum):
    """Møteregistreringsstatus (M055). A case that was withdrawn has no short code in the lists."""

    TREATED = "BE"
    POSTPONED = "UT"
    SENT_BACK = "TB"
    WITHDRAWN = "UTGÅR"


OUTCOME_WORDS: Final = {
    OutcomeCode.TREATED: "Ferdig behandlet av utvalget",
    OutcomeCode.POSTPONED: "Utsatt til nytt møte i samme utvalg",
    OutcomeCode.SENT_BACK: "Sendt tilbake til foregående utvalg",
    OutcomeCode.WITHDRAWN: "Utgår",
}


class CaseStatus(StrEnum):
    """Saksstatus (M052)."""

    OPEN = "Under behandling"
    CLOSED = "Avsluttet"
    LAPSED = "Utgår"


class Variant(StrEnum):
    """Variantformat (M700)."""

    PRODUCTION = "Produksjonsformat"
    ARCHIVE = "Arkivformat"


MEDIUM: Final = "Elektronisk arkiv"
"""Dokumentmedium (M300)."""
MAIN_DOCUMENT: Final = "Hoveddokument"
ATTACHED: Final = "Vedlegg"
FINISHED: Final = "Dokumentet er ferdigstilt"
BEING_EDITED: Final = "Dokumentet er under redigering"
EXEMPT: Final = "Unntatt offentlighet"
"""Tilgangsrestriksjon (M500)."""
FOLDER_TITLE: Final = "Skjerming tittel mappe - unntatt første linje"
REGISTRATION_TITLE: Final = "Skjerming tittel registrering - unntatt første linje"
DOCUMENT_TITLE: Final = "Skjerming tittel dokumentbeskrivelse"
WHOLE_DOCUMENT: Final = "Skjerming av hele dokumentet"
SENDER: Final = "Intern avsender"
RECIPIENT: Final = "Intern mottaker"
CHECKSUM: Final = "SHA-256"

"""What is handed over, as plain facts: meeting folders, registrations, case folders, documents and their files.

The names of Noark 5 stand in each docstring. ``id`` is Saksgang's own; the archive's system ids are made from it.
Times are aware.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot.archive.codes import CaseStatus, OutcomeCode, RegistrationType, Variant
from bot.archive.missing import Missing


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, and by whom: opprettet, arkivert, avsluttet."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Screening:
    """Skjerming: kept from the public under ``legal_basis``, until ``until`` (None: until further notice)."""

    legal_basis: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Merknad."""

    text: str
    stamp: Stamp
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """A fact that the standard has no element for (virksomhetsspesifikke metadata)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """Dokumentobjekt. ``source`` is where the file lies, or what is in it; ``label`` names it in the ZIP.

    ``label`` is no secret: it must not hold a title that is kept from the public. ``sha256`` (hex) and ``size``
    (bytes) are what the board's log says of the file: what is found is held against them.
    """

    source: Path | bytes
    sha256: str
    size: int
    label: str
    created: Stamp
    format: str
    mime: str = ""
    puid: str = ""
    variant: Variant = Variant.ARCHIVE
    version: int = 1
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """Dokumentbeskrivelse. With no ``files`` but a ``url`` it is a link: what it leads to is not in the archive."""

    id: str
    type: str
    title: str
    created: Stamp
    files: tuple[ArchivedFile, ...] = ()
    main: bool = True
    finished: bool = True
    url: str = ""
    description: str = ""
    screening: Screening | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Møteregistrering. ``case`` is the id of the case folder it belongs to; ``refers_to`` ids of registrations."""

    id: str
    type: RegistrationType
    title: str
    created: Stamp
    archived: Stamp
    handler: str
    documents: tuple[ArchivedDocument, ...] = ()
    number: str = ""
    public_title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    case: str = ""
    case_type: str = ""
    outcome: OutcomeCode | None = None
    refers_to: tuple[str, ...] = ()
    screening: Screening | None = None
    remarks: tuple[Remark, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Part: who the case is about or comes from."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """Saksmappe. ``number`` is the latest; ``earlier`` and ``later`` name the folders of the same matter by id."""

    id: str
    number: str
    year: int
    sequence: int
    title: str
    day: date
    responsible: str
    created: Stamp
    closed: Stamp | None = None
    status: CaseStatus = CaseStatus.OPEN
    public_title: str = ""
    description: str = ""
    earlier_numbers: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    screening: Screening | None = None
    remarks: tuple[Remark, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Møtedeltaker: one who was there, and as what."""

    name: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFolder:
    """Møtemappe. ``previous`` and ``next`` are ids of the meetings before and after in the same body (utvalg)."""

    id: str
    number: str
    body: str
    title: str
    day: date
    created: Stamp
    closed: Stamp | None = None
    place: str = ""
    previous: str = ""
    next: str = ""
    participants: tuple[Participant, ...] = ()
    cases: tuple[str, ...] = ()
    """Ids of the case folders on its agenda, in the agenda's order."""
    registrations: tuple[Registration, ...] = ()
    remarks: tuple[Remark, ...] = ()
    extras: tuple[Extra, ...] = ()
    expects: frozenset[RegistrationType] = frozenset()
    """What a meeting of this body has: what is not among the registrations is told as missing."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Arkivuttrekk. ``at`` is the latest event in it, so that the same state gives the same bytes whenever it is made.

    ``missing`` is what the collector knows to be lacking; the rest is found by looking.
    """

    id: str
    title: str
    creator_id: str
    creator: str
    unit: str
    at: datetime
    meetings: tuple[MeetingFolder, ...]
    cases: tuple[CaseFolder, ...] = ()
    missing: tuple[Missing, ...] = field(default=())

    def documents(self) -> Iterator[tuple[MeetingFolder, Registration, ArchivedDocument]]:
        """Every document, in the order of the archive."""
        for meeting in self.meetings:
            for registration in meeting.registrations:
                for document in registration.documents:
                    yield meeting, registration, document

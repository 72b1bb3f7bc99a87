"""What a document says, in words that are ready to print. Built by ``dialogs`` from what was frozen at dispatch.

Fixed words (headings, labels) are the templates' own; everything here is text that people wrote, or names and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from cards.message import Language

ItemKind: TypeAlias = Literal["B", "D", "O", ""]
"""Beslutning, diskusjon, orientering; empty for items that are no case."""


@dataclass(frozen=True, slots=True)
class Head:
    """The meeting a document belongs to. ``body``: «Regionalt porteføljestyre»; ``starts_at`` in UTC."""

    body: str
    meeting: str
    starts_at: datetime
    minutes: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """An employee representative's statement (uttalelse), printed word for word."""

    who: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An enclosure of a case paper. A PDF (``sha256`` set, ``name`` ending in .pdf) follows the paper, page for page.

    Anything else is listed with its name and, where it has one, its address. ``exempt``: why it is kept from the
    public («offl. § 23, til 1. januar 2028»), empty for an open one.
    """

    name: str
    kind: str
    sha256: str = ""
    url: str = ""
    exempt: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A case paper (saksfremlegg). A section is (heading, text); one without text is left out.

    ``stamps`` are printed under the title: late, dispensation, exempt. ``advice``: what the working group said, in a
    sentence or more. ``missing``: documents that are not there, and why.
    """

    number: str
    kind: ItemKind
    title: str
    head: Head
    proposed_decision: str
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    advice: str = ""
    statements: tuple[Statement, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    stamps: tuple[str, ...] = ()
    missing: str = ""
    before: str = ""
    """The case's earlier number, where it was postponed."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """``minutes`` 0: no time of its own. ``paper``: the number of the case paper that it points to, in a pack."""

    position: int
    title: str
    number: str = ""
    kind: ItemKind = ""
    presenter: str = ""
    minutes: int = 0
    stamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """What an earlier decision asked for and is not done. ``latest``: what was reported last, word for word."""

    number: str
    title: str
    text: str
    who: str
    due: str
    latest: str = ""


@dataclass(frozen=True, slots=True)
class AgendaSheet:
    """``groups`` are (heading, lines) in the mandate's order. ``notes``: dispensations and the like, a sentence each.

    ``public``: the open agenda, with public titles only. ``approved``: «Godkjent av … torsdag …», empty for a draft.
    """

    head: Head
    groups: tuple[tuple[str, tuple[AgendaLine, ...]], ...]
    notes: tuple[str, ...] = ()
    approved: str = ""
    public: bool = False
    follow_ups: tuple[FollowUpLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Treated:
    """A case as the working group treated it."""

    number: str
    title: str
    outcome: str
    remarks: str = ""
    statements: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupMinutes:
    """Minutes of a working-group meeting. ``present`` are names with roles."""

    head: Head
    cases: tuple[Treated, ...]
    present: tuple[str, ...] = ()
    remarks: str = ""
    finished: str = ""
    """«Ferdigstilt av … torsdag …»."""


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """One section of minutes. ``decision``: what was decided, set apart so that it is found at a glance.

    ``number``: that of the case it is about, so that it is left out for one who is inhabil. ``level``: 2 for a part of
    the one before it.
    """

    heading: str
    text: str
    decision: bool = False
    number: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    """Minutes (referat) as their sections say. ``standing``: approved when and how, or not yet; ``version`` of them."""

    head: Head
    name: str
    parts: tuple[MinutesPart, ...]
    standing: str
    version: int = 1
    approved: bool = False
    tells_head: bool = False
    """Whether the sections say body, time and place themselves."""


@dataclass(frozen=True, slots=True)
class FiledMinutes:
    """Minutes that came as a PDF: they follow page for page, as an enclosure does."""

    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One PDF: cover, agenda, every case paper with its PDF enclosures, minutes. ``changes``: since the last one.

    ``minutes`` are texts of Saksgang's own; ``group_minutes`` those of packs from before they were.
    """

    head: Head
    version: int
    sent_at: datetime
    agenda: AgendaSheet
    papers: tuple[Paper, ...]
    group_minutes: tuple[GroupMinutes, ...] = ()
    previous: tuple[FiledMinutes, ...] = ()
    minutes: tuple[MinutesSheet, ...] = ()
    changes: tuple[str, ...] = ()


Document: TypeAlias = Pack | Paper | AgendaSheet | GroupMinutes | MinutesSheet


@dataclass(frozen=True, slots=True)
class Printed:
    """A document to be made. ``language`` is that of the board (``nb``, ``nn``) or, for a reader's own, any."""

    document: Document
    language: Language = "nb"


@dataclass(frozen=True, slots=True)
class EnclosedPage:
    """One page of an enclosed PDF, as the typst source places it: the picture ``image`` (a path within the build's own
    folder) fills ``width`` by ``height`` points, and ``text`` is what the page says, its alternative text."""

    image: str
    text: str
    width: float
    height: float

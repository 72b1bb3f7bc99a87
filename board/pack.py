"""The pack (saksgrunnlag): what is sent ahead of a meeting, its versions and what sets them apart (mandatet § 7)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.agenda import Agenda
from board.case import Case
from board.ids import CaseId, DocumentId, MeetingId, PackId, PersonId
from board.treatment import Statement


class PackState(StrEnum):
    WAITING = "waiting"
    """Decided, and to be made into files; nobody was told yet."""
    READY = "ready"
    FAILED = "failed"
    """It could not be made; the office was told."""


@dataclass(frozen=True, slots=True)
class PackItem:
    """A case as a version of the pack has it. ``digest`` is of what its paper says, so that a change is seen."""

    case: CaseId
    number: str
    wg_number: str
    digest: str
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """One version. ``agenda`` is a digest of order and times, ``minutes`` name the minutes it holds.

    ``sent_at`` is the dispatch itself, which the ten-day gate judges; ``pages`` and ``reading_minutes`` are those of
    the whole pack, known once it is ready.
    """

    id: PackId
    meeting: MeetingId
    version: int
    sent_at: datetime
    by: PersonId
    items: tuple[PackItem, ...]
    agenda: str
    minutes: tuple[str, ...]
    state: PackState = PackState.WAITING
    pages: int = 0
    reading_minutes: int = 0
    ready_at: datetime | None = None

    @property
    def card_rev(self) -> int:
        return card_rev(self.version, self.state)

    def item_of(self, case: CaseId) -> PackItem | None:
        return next((item for item in self.items if item.case == case), None)


def pack_object(meeting: str) -> str:
    """The object that the copies of a pack's card show."""
    return f"pack:{meeting}"


def card_rev(version: int, state: PackState) -> int:
    """The revision of that object: grows with every version, and when it is ready. 0 where there is no version."""
    return 2 * version + (state is not PackState.WAITING) if version else 0


@dataclass(frozen=True, slots=True)
class PackFile:
    """A built PDF: the whole pack or one case's paper (``case``), without the cases ``left_out`` for somebody."""

    pack: PackId
    case: CaseId | None
    left_out: tuple[CaseId, ...]
    sha256: str
    pages: int
    size: int


@dataclass(frozen=True, slots=True)
class PackRead:
    """That a person opened a version: the latest, and when first and last."""

    meeting: MeetingId
    person: PersonId
    version: int
    first_at: datetime
    at: datetime


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    TEXT = "text"
    DOCUMENTS = "documents"
    AGENDA = "agenda"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Change:
    """What a version has that the one before had not. ``case`` and ``number`` for those about a case."""

    kind: ChangeKind
    case: CaseId | None = None
    number: str = ""


def agenda_digest(agenda: Agenda, starts_at: datetime) -> str:
    """Of its order and times. ``starts_at`` is the meeting's: papers that say an old day may be sent anew."""
    items = [(i.kind, i.case, i.minutes, i.presenter, i.number) for i in agenda.items]
    return _hash(repr((int(starts_at.timestamp()), items)))


def paper_digest(case: Case, statements: Sequence[Statement]) -> str:
    """Of what the case's paper says: its content, documents, statements and stamps."""
    said = [(s.person, s.text) for s in statements]
    documents = [(d.id, d.exempt, d.legal_basis, d.exempt_until) for d in case.documents]
    stamps = (case.late.reason if case.late else "", case.wg_outcome, case.wg_remarks)
    return _hash(repr((case.content, documents, said, stamps, case.case_type)))


def changes_since(before: Pack, after: Pack) -> tuple[Change, ...]:
    """What ``after`` has that an earlier version had not."""
    return differences(before, after.items, after.minutes, after.agenda)


def differences(before: Pack, now: tuple[PackItem, ...], minutes: tuple[str, ...], agenda: str) -> tuple[Change, ...]:
    """Between a version and what another one holds, the cases in the agenda's order. ``agenda`` "": there is none."""
    found: list[Change] = []
    for item in now:
        old = before.item_of(item.case)
        if old is None:
            found.append(Change(ChangeKind.ADDED, item.case, item.number))
        elif old.documents != item.documents:
            found.append(Change(ChangeKind.DOCUMENTS, item.case, item.number))
        elif old.digest != item.digest:
            found.append(Change(ChangeKind.TEXT, item.case, item.number))
    still = {item.case for item in now}
    found += [Change(ChangeKind.REMOVED, old.case, old.number) for old in before.items if old.case not in still]
    if set(minutes) - set(before.minutes):  # those that left with their case are told already
        found.append(Change(ChangeKind.MINUTES))
    if agenda and agenda != before.agenda and not _only_cases(found):
        found.append(Change(ChangeKind.AGENDA))
    return tuple(found)


def _only_cases(found: Iterable[Change]) -> bool:
    """The agenda differs, but only by the cases that came or went: those are told already."""
    return any(change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) for change in found)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

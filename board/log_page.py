"""The log as somebody reads it: events and what was sent, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.delivery import NEWEST, SentRow
from board.events import Event
from board.ids import PersonId


@dataclass(frozen=True, slots=True)
class LogRow:
    """An event with its place in the log."""

    seq: int
    event: Event


class LogOf(StrEnum):
    CASE = "case"
    MEETING = "meeting"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where a page begins: below these rows of the log and of what was sent."""

    seq: int = NEWEST
    row: int = NEWEST


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Either an event or something sent."""

    at: datetime
    event: Event | None = None
    sent: SentRow | None = None

    @property
    def by(self) -> PersonId:
        if self.event:
            return self.event.by
        if self.sent:
            return self.sent.proof.person
        raise ValueError("an entry that is nothing")


@dataclass(frozen=True, slots=True)
class LogPage:
    """``below``: where the next page begins; None where this is the last."""

    entries: tuple[LogEntry, ...]
    below: LogPlace | None = None


def merged(events: Iterable[LogRow], sent: Iterable[SentRow], place: LogPlace, limit: int) -> LogPage:
    """The latest ``limit`` of both, each list newest first already. Nothing is lost between two pages, nor told twice.

    One row more than ``limit`` of either tells that there is a next page.
    """
    told, out = list(events), list(sent)
    entries: list[LogEntry] = []
    seq, row = place.seq, place.row
    while (told or out) and len(entries) < limit:
        if told and (not out or told[0].event.at >= out[0].at):
            one = told.pop(0)
            seq, entry = one.seq, LogEntry(one.event.at, event=one.event)
        else:
            other = out.pop(0)
            row, entry = other.proof.row, LogEntry(other.at, sent=other)
        entries.append(entry)
    return LogPage(tuple(entries), LogPlace(seq, row) if told or out else None)


def newest(*streams: Sequence[LogRow]) -> list[LogRow]:
    """Several parts of the log as one, each row once."""
    return sorted({one.seq: one for stream in streams for one in stream}.values(), key=lambda one: -one.seq)


def newest_sent(*streams: Sequence[SentRow]) -> list[SentRow]:
    return sorted({one.proof.row: one for stream in streams for one in stream}.values(), key=lambda one: -one.proof.row)

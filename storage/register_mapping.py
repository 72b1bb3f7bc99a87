"""Rows of the decision register to the values of ``board`` and back, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from board.decision import Outcome
from board.ids import CaseId, MeetingId
from board.register import Place, RegisterEntry, RegisterHit, Sees
from storage.transaction import Row

_FLAGS: Final = ("published", "minutes_approved", "exempt", "open_follow_ups")
_TEXTS: Final = ("number", "wg_number", "title", "public_title", "text", "conditions", "project_ref", "case_type")
ENTRY_FIELDS: Final = ("no", "case_id", "meeting_id", "decided_on", "outcome", *_TEXTS, *_FLAGS)
"""The columns that :func:`entry_from` reads, in its order."""


def entry_values(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "case_id": entry.case,
        "meeting_id": entry.meeting,
        "decided_on": entry.decided_on,
        "outcome": entry.outcome.value,
        **{name: getattr(entry, name) for name in _TEXTS},
        **{name: int(getattr(entry, name)) for name in _FLAGS},
    }


def entry_from(row: Row) -> tuple[int, RegisterEntry]:
    """(its number in the register, the decision)"""
    (
        no,
        case,
        meeting,
        day,
        outcome,
        number,
        wg_number,
        title,
        public_title,
        text,
        conditions,
        ref,
        case_type,
        *flags,
    ) = row
    return no, RegisterEntry(
        case=CaseId(case),
        meeting=MeetingId(meeting),
        decided_on=day,
        outcome=Outcome(outcome),
        number=number,
        wg_number=wg_number,
        title=title,
        public_title=public_title,
        text=text,
        conditions=conditions,
        project_ref=ref,
        case_type=case_type,
        **{name: bool(flag) for name, flag in zip(_FLAGS, flags, strict=True)},
    )


def hit_from(row: Row, seen: Sees) -> RegisterHit:
    """What is not the reader's to see is not in it."""
    no, entry = entry_from(row)
    place = Place(entry.decided_on, no)
    if seen is Sees.ALL:
        return RegisterHit(entry, entry.title or entry.public_title, seen, place)
    return RegisterHit(replace(entry, title="", project_ref="", wg_number=""), entry.public_title, seen, place)

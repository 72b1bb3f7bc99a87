"""Keeps the decision register equal to what is stored of decisions, cases, minutes and follow-ups.

The repositories tell what a unit of work changes; before its commit those decisions are read once and indexed anew.
So no use case has to think of it, and none can forget.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, select

from board.case_content import Content
from board.clock import local_day
from board.decision import Decision
from board.ids import CaseId, MeetingId
from board.minutes import MinutesState
from board.register import RegisterEntry, entry_of
from storage import case_records, minutes_records, records, sitting_records
from storage.register_index import index
from storage.sitting_mapping import DECISION_COLUMNS, decision_from
from storage.statements import listed, one_of, size_for
from storage.transaction import Row, Tx
from storage.unit import Unit

c, d, f = case_records.cases.c, sitting_records.decisions.c, sitting_records.follow_ups.c
b, m = minutes_records.minutes_book.c, records.meetings.c
_CASES_OF: Final = select(d.case_id).where(d.meeting_id == bindparam("meeting"), d.case_id.is_not(None))


class _Facts(NamedTuple):
    """Implements ``board.register.CaseFacts``."""

    content: Content
    case_type: str
    wg_number: str


@lru_cache
def _decided(size: int) -> Select[Any]:
    rows = select(
        *(d.no, c.no, c.case_type, c.wg_number, c.content, m.starts_at, b.state), *DECISION_COLUMNS
    ).join_from(sitting_records.decisions, case_records.cases, c.id == d.case_id)
    rows = rows.join(records.meetings, m.id == d.meeting_id)
    rows = rows.outerjoin(minutes_records.minutes_book, b.meeting_id == d.meeting_id)
    return rows.where(one_of(d.case_id, "case", size)).order_by(d.no)


@lru_cache
def _open(size: int) -> Select[Any]:
    return select(f.case_id, f.meeting_id).where(one_of(f.case_id, "case", size), f.state == "open").distinct()


class Keeping:
    """Notes what a unit of work changes of the register, and does once, before the commit, what follows."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._cases: set[str] = set()
        self._meetings: set[str] = set()

    def case(self, case: CaseId) -> None:
        self._due()
        self._cases.add(case)

    def minutes_of(self, meeting: MeetingId) -> None:
        self._due()
        self._meetings.add(meeting)

    def _due(self) -> None:
        if not self._cases and not self._meetings:
            self._unit.settle(self._settle)

    def _settle(self, tx: Tx) -> None:
        """In the order of the decisions, so that two units that change the same ones wait for each other, no more."""
        for meeting in sorted(self._meetings):
            self._cases |= {row[0] for row in tx.all(_CASES_OF, {"meeting": meeting})}
        cases = sorted(self._cases)
        self._cases.clear()
        self._meetings.clear()
        if not cases:
            return
        size = size_for(len(cases))
        params = listed("case", cases, size)
        to_do = {(case, meeting) for case, meeting in tx.all(_open(size), params)}
        for row in tx.all(_decided(size), params):
            decision = decision_from(row[7:])
            index(tx, row[0], row[1], _entry(decision, row, (decision.case, decision.meeting) in to_do))


def _entry(decision: Decision, row: Row, open_follow_ups: bool) -> RegisterEntry:
    _, _, case_type, wg_number, content, starts_at, minutes, *_ = row
    return entry_of(
        decision,
        _Facts(Content(**content), case_type, wg_number),
        local_day(starts_at),
        minutes_approved=minutes == MinutesState.APPROVED,
        open_follow_ups=open_follow_ups,
    )

"""Decisions for the tests of the register, on cases that have been to the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from board.agenda import ItemKind
from board.case import Case
from board.decision import Condition, Decision, Outcome
from board.follow_up import FollowUp
from board.ids import CaseId, FollowUpId, ItemId, MeetingId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.people import Actor, Body
from board.ports import UnitOfWork, Work
from board.register import RegisterEntry, RegisterPage, RegisterQuery
from tests.contracts.agenda_samples import dispatched
from tests.contracts.samples import LISE, NOW, OLA, fill

DAY = date(2026, 4, 16)


def decision(case: str, **given: Any) -> RegisterEntry:
    """Adopted on :data:`DAY`, published, its minutes approved, unless told otherwise."""
    usual: dict[str, Any] = {
        "meeting": MeetingId("made-by-stored"),
        "decided_on": DAY,
        "outcome": Outcome.ADOPTED,
        "title": f"Sak {case}",
        "public_title": f"Offentlig {case}",
        "published": True,
        "minutes_approved": True,
    }
    return RegisterEntry(case=CaseId(case), **{**usual, **given})


def on_board(case: str, **given: Any) -> Case:
    return replace(dispatched(case), accepted_at=NOW, agenda_at=NOW, **given)


def meeting_of(entry: RegisterEntry) -> MeetingId:
    """One for each day, and for each state of its minutes."""
    return MeetingId(f"board-{entry.decided_on}-{entry.minutes_approved}")


async def stored(work: Work, entries: Sequence[RegisterEntry], cases: Sequence[Case] = ()) -> None:
    """All that makes up these decisions. Their cases, where they are given, say who may see them."""
    await fill(work)
    await decided(work, entries, cases)


async def decided(work: Work, entries: Sequence[RegisterEntry], cases: Sequence[Case] = ()) -> None:
    """The same where people are there already."""
    known = {case.id: case for case in cases}
    async with work.write() as unit:
        for number, entry in enumerate(entries):
            case = known.get(entry.case) or on_board(entry.case)
            await unit.cases.add(_says(case, entry))
            await _held(unit, entry)
            await _recorded(unit, entry, number)
        await unit.commit()


def _says(case: Case, entry: RegisterEntry) -> Case:
    content = replace(
        case.content,
        title=entry.title,
        public_title=entry.public_title,
        project_ref=entry.project_ref,
        classification="exempt" if entry.exempt else "open",
    )
    return replace(case, content=content, wg_number=entry.wg_number)


async def _held(unit: UnitOfWork, entry: RegisterEntry) -> None:
    """The meeting, and its minutes where they are approved."""
    name, starts = meeting_of(entry), datetime.combine(entry.decided_on, time(9), UTC)
    hour = timedelta(hours=1 if entry.minutes_approved else 0)
    if await unit.meetings.add(Meeting(name, Body.BOARD, starts + hour, 60, "Hamar", None)) and entry.minutes_approved:
        draft = Minutes(name, Body.BOARD, 1, MinutesState.CIRCULATED, 1, LISE, NOW)
        await unit.minutes_book.add(draft, None)
        await unit.minutes_book.save(replace(draft, rev=2, state=MinutesState.APPROVED, approved_version=1))


async def _recorded(unit: UnitOfWork, entry: RegisterEntry, number: int) -> None:
    name = meeting_of(entry)
    recorded = Decision(
        name, ItemId(f"i{number}"), 1, ItemKind.DECISION, entry.outcome, LISE, NOW, entry.case, entry.number,
        text=entry.text, conditions=(Condition(entry.conditions, OLA, DAY),) if entry.conditions else (),
    )  # fmt: skip
    await unit.decisions.put(recorded)
    if entry.published:
        await unit.decisions.put(recorded.published(LISE, NOW))
    if entry.open_follow_ups:
        asked = FollowUpId(f"{entry.case}-follow-up")
        await unit.follow_ups.add([FollowUp(asked, 1, entry.case, name, entry.number, "Rapport", OLA, DAY, NOW)])


async def now_says(work: Work, case: str, **content: Any) -> None:
    """Somebody changes what the case says, or how it is classified."""
    async with work.write() as unit:
        stored = await unit.cases.get(CaseId(case))
        assert stored is not None
        await unit.cases.save(replace(stored, rev=stored.rev + 1, content=replace(stored.content, **content)))
        await unit.commit()


async def found(work: Work, who: Actor, query: RegisterQuery, limit: int = 50, before: Any = None) -> RegisterPage:
    async with work.read() as unit:
        return await unit.register.find(who, query, limit, before)


async def ids(work: Work, who: Actor, *words: str, **given: Any) -> list[str]:
    page = await found(work, who, RegisterQuery(words, **given))
    return [hit.entry.case for hit in page.hits]

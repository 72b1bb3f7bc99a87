"""A board meeting in April, ready to be sent, over the double of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from board.agenda import AgendaChanged, Item, ItemKind, build
from board.case import Case
from board.clock import OSLO
from board.conflicts import Conflict, Declared, Ruling
from board.editable import Section
from board.errors import Refusal
from board.gates import Basis
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.meeting import Meeting
from board.meeting_commands import SendPack
from board.minutes import Minutes, MinutesState
from board.minutes_text import Source, Version
from board.pack import Pack, PackFile
from board.people import Actor, Body, Holding, Role
from board.ports import Account, Rules
from board.states import CaseState
from board.usecases.pack_built import pack_built
from board.usecases.send_pack import send_pack
from bot.calendar import NorwegianCalendar
from tests.board.support import (
    BOARD_MEETING,
    NOW,
    OFFICE,
    OTHERS,
    SHIPPED,
    WG_MEETING,
    Desk,
    actor,
    case_in,
    desk,
    document,
)
from tests.fakes.clock import CountedIds, SetClock

CHAIR, MEMBER, OBSERVER = (
    next(one for one in OTHERS if role in one.roles) for role in (Role.CHAIR, Role.MEMBER, Role.OBSERVER)
)
REP = next(one for one in OTHERS if Role.EMPLOYEE_REP in one.roles)
SECOND = actor("mads", Role.MEMBER)
DAY = date(2026, 4, 16)
FIRST_CASE, OTHER_CASE = CaseId("case-1"), CaseId("case-2")
LEASE = timedelta(minutes=3)


def at(day: date, hour: str = "09:00") -> datetime:
    """A local time as an instant."""
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=OSLO).astimezone(UTC)


def clear_days() -> Mandate:
    return read_mandate(SHIPPED.read_text("utf-8").replace("clear_days = false", "clear_days = true"))


def board_case(case: str = "case-1", number: str = "001-2026", title: str = "Felles meldingstjeneste") -> Case:
    made = case_in(CaseState.ON_BOARD_AGENDA)
    content = replace(made.content, title=title)
    return replace(made, id=CaseId(case), board_number=number, wg_number=f"AU {number}", content=content)


async def pack_desk(
    *cases: Case, day: date = DAY, rules: Mandate | None = None, approved: bool = True, finished: bool = True
) -> Desk:
    """All gates hold, from the office's point of view on :data:`NOW`."""
    made = await desk(Rules(rules, SetClock(), CountedIds(), NorwegianCalendar()) if rules else None)
    if rules:
        made.clock = made.rules.clock  # type: ignore[assignment]  # the clock that was just given
    cases = cases or (board_case(),)
    meeting = Meeting(BOARD_MEETING, Body.BOARD, at(day), 120, "Grev Wedels plass 5")
    wg = Meeting(WG_MEETING, Body.WORKING_GROUP, at(day.replace(day=1)), serves=BOARD_MEETING)
    async with made.memory.work.write() as work:
        for held in (meeting, wg):
            await work.meetings.add(held)
        await work.people.add(SECOND.person, Account("teams", "tenant", "aad-mads"))
        await work.people.hold(Holding(SECOND.id, Role.MEMBER, Body.BOARD, date(2022, 1, 1)))
        await work.agendas.add(agenda_of(cases, approved=approved))
        if finished:
            await work.minutes_book.add(circulated(WG_MEETING), group_text())
        await work.commit()
    await made.keep(*cases)
    return made


def group_text(*sections: Section) -> Version:
    return Version(WG_MEETING, 1, sections, OFFICE.id, NOW, Source.RECORD)


def circulated(meeting: MeetingId, version: int = 1, body: Body = Body.WORKING_GROUP) -> Minutes:
    """Minutes that await approval."""
    return Minutes(meeting, body, 1, MinutesState.CIRCULATED, version, OFFICE.id, NOW, circulated_at=NOW)


def filed(meeting: MeetingId) -> Minutes:
    """A PDF from before."""
    return Minutes(meeting, Body.BOARD, 1, MinutesState.FILED, 1, OFFICE.id, NOW, sha256="b" * 64, name="Referat.pdf")


def agenda_of(cases: tuple[Case, ...], *, approved: bool) -> Any:
    items = [
        Item(ItemId("agenda"), ItemKind.AGENDA, 5),
        *(Item(ItemId(f"i-{c.id}"), ItemKind.DECISION, 15, case=c.id, number=c.board_number) for c in cases),
        Item(ItemId("other"), ItemKind.OTHER, 5),
    ]
    built = build(BOARD_MEETING, OFFICE, items, NOW)
    assert isinstance(built, AgendaChanged)
    if not approved:
        return replace(built.agenda, rev=1)
    signed = built.agenda.approve(CHAIR, NOW)
    assert isinstance(signed, AgendaChanged)
    return replace(signed.agenda, rev=1)


async def no_words(_basis: Basis, _pack: Pack) -> Mapping[str, Any]:
    """What is frozen is the dialogs' matter."""
    return {"document": {}}


async def sent(made: Desk, by: Actor = OFFICE, meeting: MeetingId = BOARD_MEETING) -> Pack | Refusal:
    async with made.memory.work.write() as work:
        result = await send_pack(SendPack(meeting), no_words, by, work, made.rules)
        await work.commit()
    return result


async def built(made: Desk, pages: int = 84, minutes: int = 55) -> Pack:
    """The version that waits is made into files."""
    async with made.memory.work.write() as work:
        found = await work.packs.claim(made.clock.now(), LEASE)
        assert found is not None, "no version waits"
        file = PackFile(found.pack.id, None, (), "a" * 64, pages, 1000)
        assert await pack_built(found.pack, [file], minutes, work, made.rules)
        await work.commit()
    return made.memory.state.packs[found.pack.id]


async def out(made: Desk) -> Pack:
    """Sent and built."""
    result = await sent(made)
    assert isinstance(result, Pack), result
    return await built(made)


async def exclude(made: Desk, case: CaseId, person: PersonId) -> None:
    """As after the chair's ruling."""
    async with made.memory.work.write() as work:
        found = await work.cases.get(case)
        assert found is not None
        ruled = Conflict(case, person, 1, Declared.POSSIBLE, "", NOW, Ruling.EXCLUDED, CHAIR.id, NOW)
        await work.conflicts.put(ruled)
        await work.cases.save(replace(found, rev=found.rev + 1, excluded=found.excluded | {person}))
        await work.commit()


async def attach(made: Desk, case: CaseId = FIRST_CASE, name: str = "nytt") -> None:
    """A new enclosure, so that there is something new to send."""
    async with made.memory.work.write() as work:
        found = await work.cases.get(case)
        assert found is not None
        documents = (*found.documents, document("other", name))
        await work.cases.save(replace(found, rev=found.rev + 1, documents=documents))
        await work.commit()

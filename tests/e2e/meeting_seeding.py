"""A board two weeks before its meeting: six cases through the working group, an approved agenda, all answers in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from board.agenda import ItemKind
from board.attendance import Coming
from board.clock import OSLO
from board.commands import ScheduleForGroup, TreatCase
from board.ids import CaseId, MeetingId
from board.meeting_commands import (
    AnswerAttendance,
    ApproveAgenda,
    BuildAgenda,
    EditItem,
    FileMinutes,
    FinishGroupMinutes,
)
from board.people import Actor, Person, Role
from board.ports import Rules, UnitOfWork
from board.treatment import WgOutcome
from board.usecases.answer_attendance import answer_attendance
from board.usecases.approve_agenda import approve_agenda
from board.usecases.build_agenda import build_agenda
from board.usecases.edit_item import edit_item
from board.usecases.file_minutes import file_minutes
from board.usecases.finish_group_minutes import finish_group_minutes
from board.usecases.schedule_for_group import schedule_for_group
from board.usecases.treat_case import treat_case
from bot.clocks import MovableClock
from bot.demo import demo_id
from bot.rules import rules_for
from bot.settings import Settings
from bot.stored import keep
from dialogs.group_sections import group_sections
from dialogs.room import Room
from storage.engine import open_store
from tests.bot.documents.pdfs import typeset
from tests.e2e.board_cases import CASES, ON_TIME, Seeded
from tests.e2e.seeding import BEFORE, BOARD, GROUP, MEETINGS, OFFICE, PREVIOUS_MINUTES, let_through, seeded_case

NEXT_BOARD: Final = MeetingId("board-november")
LEAD: Final = Actor(Person(demo_id(4), "Porteføljeansvarlig Demo"), frozenset({Role.PORTFOLIO_LEAD}))
CHAIR: Final = Actor(Person(demo_id(5), "Leder Demo"), frozenset({Role.CHAIR}))
DEPUTY: Final = Actor(Person(demo_id(31), "Vara Akershus universitetssykehus"), frozenset({Role.DEPUTY}))
MEMBERS: Final = tuple(
    Actor(Person(demo_id(digits), f"Direktør {digits}"), frozenset({Role.MEMBER})) for digits in range(11, 22)
)
DISCUSSION: Final = "Felles prinsipper for kunstig intelligens i pasientbehandlingen"
"""For discussion: the office made it one."""

_TALK: Final = Seeded(
    ("project", "framework", "none"),
    {
        "title": DISCUSSION,
        "presenter": "Åse Bjørnør",
        "proposed_decision": "Styret drøfter prinsippene.",
        "summary": "Fem helseforetak har hver sine prinsipper. Forslaget samler dem i ett sett.",
        "background": "Helsedirektoratet ga ut sin veileder i mai.",
    },
)
SIX: Final = (*(replace(case, at=ON_TIME) for case in CASES[:5]), _TALK)
"""Two as people write them, one exempt, one for orientation, one that the working group is against, and a talk."""


def seed_two_meetings(database: str, files: Path) -> None:
    """Fills the database, which holds the people of the demo board, while no bot has it open."""
    asyncio.run(_seed(Settings(database_url=database, files=files)))


async def _seed(settings: Settings) -> None:
    clock = MovableClock(ON_TIME)
    rules = rules_for(settings, clock)
    async with await open_store(settings.database_url) as store:

        async def at(when: str, act: Callable[[UnitOfWork, Rules], Awaitable[Any]]) -> Any:
            """One act, at a time in Oslo."""
            clock.move_to(datetime.fromisoformat(when).replace(tzinfo=OSLO).astimezone(UTC))
            async with store.work.write() as work:
                done = await act(cast(UnitOfWork, Quiet(work)), rules)
                let_through(done)
                await work.commit()
            return done

        await at("2026-08-14T11:00", lambda work, rules: _meetings(settings.files, work, rules))
        cases = [await at("2026-08-14T12:00", partial(seeded_case, case, settings.files)) for case in SIX]
        for case in cases:
            await at("2026-08-26T09:00", partial(schedule_for_group, ScheduleForGroup(case, GROUP), OFFICE))
        for case in cases:
            await at("2026-09-04T12:30", partial(_treated, case))
        await at("2026-09-04T15:00", _group_minutes)
        await at("2026-09-07T09:00", lambda w, r: _agenda(cases[-1], w, r))
        await at("2026-09-08T09:00", lambda w, r: approve_agenda(ApproveAgenda(BOARD), CHAIR, w, r))
        await at("2026-09-09T09:00", _answers)


class Silence:
    """An outbox that tells nobody."""

    async def tell(self, _notices: object, _now: datetime) -> None:
        return None

    async def knows(self, _keys: object) -> frozenset[str]:
        return frozenset()

    async def redraw(self, _object_id: str, _rev: int, _now: datetime) -> None:
        return None

    async def redraw_for(self, _person: object, _objects: object, _once: str, _now: datetime) -> None:
        return None


class Quiet:
    """The unit of work with a silent outbox: what was told in August is no news to those who come in September."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.outbox = Silence()

    def __getattr__(self, name: str) -> object:
        return getattr(self._unit, name)


async def _meetings(files: Path, work: UnitOfWork, rules: Rules) -> object:
    for meeting in MEETINGS:
        await work.meetings.add(meeting)
    content = await asyncio.to_thread(typeset, 2, words="Referat")
    return await file_minutes(FileMinutes(BEFORE, PREVIOUS_MINUTES, keep(files, content)), OFFICE, work, rules)


async def _treated(case: CaseId, work: UnitOfWork, rules: Rules) -> object:
    return await treat_case(TreatCase(case, WgOutcome.RECOMMENDED, ""), LEAD, work, rules)


async def _group_minutes(work: UnitOfWork, rules: Rules) -> object:
    """With the words that its leader's press gives them."""
    meeting = (await work.meetings.named([GROUP]))[GROUP]
    there = tuple(demo_id(digits) for digits in (4, 6, 7))
    sections = await group_sections(Room(LEAD, work, rules), meeting, there, "")
    return await finish_group_minutes(FinishGroupMinutes(GROUP, present=there, sections=sections), LEAD, work, rules)


async def _agenda(talk: CaseId, work: UnitOfWork, rules: Rules) -> object:
    """With the last case as a discussion."""
    built = await build_agenda(BuildAgenda(BOARD), OFFICE, work, rules)
    let_through(built)
    agenda = await work.agendas.get(BOARD)
    item = agenda.item_of(talk) if agenda else None
    assert item
    return await edit_item(EditItem(BOARD, item.id, 15, "Åse Bjørnør", ItemKind.DISCUSSION), OFFICE, work, rules)


async def _answers(work: UnitOfWork, rules: Rules) -> None:
    """All but one come to the first meeting. To the next one nine, and a deputy; one stays away."""
    for actor in (CHAIR, *MEMBERS):
        first = Coming.NO if actor is MEMBERS[-2] else Coming.YES
        let_through(await answer_attendance(AnswerAttendance(BOARD, first), actor, work, rules))
    for actor in (CHAIR, *MEMBERS[1:]):
        then = Coming.NO if actor is MEMBERS[-1] else Coming.YES
        let_through(await answer_attendance(AnswerAttendance(NEXT_BOARD, then), actor, work, rules))
    away = MEMBERS[0]
    sent = AnswerAttendance(NEXT_BOARD, Coming.DEPUTY, deputy=DEPUTY.id)
    let_through(await answer_attendance(sent, away, work, rules))
    let_through(await answer_attendance(AnswerAttendance(NEXT_BOARD, Coming.YES, away.id), DEPUTY, work, rules))

"""A board with six cases ready for the working group, brought there by the same acts as anybody's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from board.case import Changed, Result
from board.clock import OSLO
from board.commands import AcceptCase, AttachDocument, ConfirmCase, SaveCase, StartCase, SubmitCase
from board.errors import Refusal
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting
from board.meeting_commands import FileMinutes
from board.people import Actor, Body, Person, Role
from board.ports import Rules, UnitOfWork
from board.usecases.accept_case import accept_case
from board.usecases.attach_document import attach_document
from board.usecases.confirm_case import confirm_case
from board.usecases.file_minutes import file_minutes
from board.usecases.save_case import save_case
from board.usecases.start_case import start_case
from board.usecases.submit_case import submit_case
from bot.clocks import MovableClock
from bot.demo import demo_id
from bot.rules import rules_for
from bot.settings import Settings
from bot.stored import keep
from storage.engine import open_store
from tests.bot.documents.pdfs import typeset
from tests.e2e.board_cases import CASES, Seeded

BOARD: Final = MeetingId("board-september")
GROUP: Final = MeetingId("group-september")
BEFORE: Final = MeetingId("board-june")
PREVIOUS_MINUTES: Final = "Referat styremøte 12. juni 2026.pdf"

SUBMITTER: Final = Actor(Person(demo_id(1), "Prosjektleder Demo"), frozenset({Role.SUBMITTER}))
OWNER: Final = Actor(Person(demo_id(2), "Prosjekteier Demo"), frozenset({Role.PROJECT_OWNER}))
OFFICE: Final = Actor(Person(demo_id(3), "Porteføljekontor Demo"), frozenset({Role.OFFICE}))


def _meeting(
    name: MeetingId, body: Body, day: str, hour: int, minutes: int, serves: MeetingId | None = None
) -> Meeting:
    starts = datetime.combine(datetime.fromisoformat(day), time(hour), OSLO).astimezone(UTC)
    return Meeting(name, body, starts, minutes, "Hamar" if body is Body.BOARD else "Teams", serves=serves)


MEETINGS: Final = (
    _meeting(BEFORE, Body.BOARD, "2026-06-12", 9, 180),
    _meeting(BOARD, Body.BOARD, "2026-09-25", 9, 120),
    _meeting(GROUP, Body.WORKING_GROUP, "2026-09-04", 12, 120, BOARD),
    _meeting(MeetingId("board-november"), Body.BOARD, "2026-11-13", 9, 180),
)


def seed_cases(database: str, files: Path) -> None:
    """Fills the database, which holds the people of the demo board, while no bot has it open."""
    asyncio.run(_seed(Settings(database_url=database, files=files)))


async def _seed(settings: Settings) -> None:
    clock = MovableClock(min(case.at for case in CASES))
    rules = rules_for(settings, clock)
    async with await open_store(settings.database_url) as store:
        async with store.work.write() as work:
            for meeting in MEETINGS:
                await work.meetings.add(meeting)
            minutes = FileMinutes(BEFORE, PREVIOUS_MINUTES, keep(settings.files, typeset(2, words="Referat")))
            let_through(await file_minutes(minutes, OFFICE, work, rules))
            await work.commit()
        for case in CASES:
            clock.move_to(case.at)
            async with store.work.write() as work:
                await seeded_case(case, settings.files, work, rules)
                await work.commit()


async def seeded_case(seeded: Seeded, files: Path, work: UnitOfWork, rules: Rules) -> CaseId:
    """Handed in, confirmed by its owner and accepted by the office."""
    form, kind, sub_portfolio = seeded.kind
    scope = {exclusion.id: False for exclusion in rules.mandate.exclusions}
    case = _done(await start_case(StartCase(form, kind, sub_portfolio, scope), SUBMITTER, work, rules))
    values = {**seeded.content, "project_owner": PersonId(demo_id(2)), "wanted_meeting": BOARD}
    _done(await save_case(SaveCase(case, values), SUBMITTER, work, rules))
    for enclosed in seeded.enclosed:
        content = await asyncio.to_thread(typeset, enclosed.pages, words=f"{enclosed.name[:-4]}, del")
        command = AttachDocument(case, enclosed.type, enclosed.name, sha256=keep(files, content), size=len(content))
        _done(await attach_document(command, SUBMITTER, work, rules))
    _done(await submit_case(SubmitCase(case), SUBMITTER, work, rules))
    _done(await confirm_case(ConfirmCase(case), OWNER, work, rules))
    return _done(await accept_case(AcceptCase(case), OFFICE, work, rules))


def _done(result: Result) -> CaseId:
    let_through(result)
    assert isinstance(result, Changed)
    return result.case.id


def let_through(result: object) -> None:
    """Errors: ``AssertionError`` where the rules refuse what the seeding does."""
    if isinstance(result, Refusal):
        raise AssertionError(f"the seeding breaks a rule: {result}")

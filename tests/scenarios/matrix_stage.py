"""Where every role presses every verb: what may be done is in the log; what may not is refused without effect."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from board.ids import MeetingId
from tests.scenarios.pack_steps import ARCHIVIST, BOARD, DEPUTY, GROUP, SITE, Course, a_course
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import MEMBER, Chat, words

OTHER_GROUP, OTHER_BOARD, EARLIER = MeetingId("au-2"), MeetingId("styret-2"), MeetingId("styret-0")
REFUSED: Final = "act.refused"
HANDLERS: Final = {"office", "lead"}


@dataclass
class Log:
    """The log's table, and the tables of what people answer, read beside the bot."""

    path: Path
    seen: int = 0

    def new(self) -> list[tuple[str, str, str]]:
        """What, by whom, about what: since last asked."""
        with sqlite3.connect(self.path) as database:
            rows = database.execute(
                "SELECT seq, what, by, object_id FROM history WHERE seq > ? ORDER BY seq", (self.seen,)
            ).fetchall()
        self.seen = rows[-1][0] if rows else self.seen
        return [(what, by, about) for _, what, by, about in rows]


@dataclass
class Stage:
    course: Course
    chats: dict[str, Chat]
    log: Log

    async def press(self, role: str, verb: str, data: dict[str, Any]) -> str:
        return words(await self.chats[role].press_raw(verb, data))

    async def refused(self, role: str, verb: str, data: dict[str, Any], *, logged: bool | None) -> str:
        """Presses what may not be done: in words, without effect; ``logged``: None where either is right."""
        before = await self.everything()
        self.log.new()
        said = await self.press(role, verb, data)
        new, where = self.log.new(), (verb, role, data, said[:300])
        assert all(what == REFUSED for what, _, _ in new), where
        assert role == "guest" or all(by == self.chats[role].id for _, by, _ in new), where
        assert len(new) == 1 if logged else len(new) <= 1, (where, new)
        assert await self.everything() == before, where
        assert len(said) > 20, where
        return said

    async def done(self, role: str, verb: str, data: dict[str, Any]) -> str:
        """Presses what may be done: it is in the log, and nothing is refused."""
        self.log.new()
        said = await self.press(role, verb, data)
        new = [what for what, _, _ in self.log.new()]
        assert new, (verb, role, data, said[:300])
        assert REFUSED not in new, (verb, role, data, said[:300])
        return said

    async def everything(self, *, reads: bool = True) -> Any:
        """What an act could change; ``reads``: the marks of who has opened the papers too."""
        async with self.course.work.read() as work:
            cases = [await work.cases.get(case) for case in self.course.cases]
            statements = await work.treatments.statements(self.course.cases)
            conflicts = await work.conflicts.of_cases(self.course.cases)
            meetings = [
                (
                    await work.agendas.get(meeting),
                    await work.packs.latest(meeting),
                    tuple(await work.dispensations.of_meeting(meeting)),
                    tuple(await work.packs.reads(meeting)) if reads else (),
                )
                for meeting in (BOARD, GROUP)
            ]
            minutes = await work.minutes_book.finished([BOARD, GROUP, EARLIER])
        return cases, statements, tuple(conflicts), meetings, minutes


@asynccontextmanager
async def a_stage(chat: str, url: str, folder: Path) -> AsyncIterator[Stage]:
    """Everybody, and a board meeting and a working group's further ahead too."""
    async with a_town(chat, url, folder, public_url=SITE) as world:
        course = await a_course(world)
        await course.meeting(OTHER_GROUP, "wg", "2026-04-01 12:00")
        await course.meeting(OTHER_BOARD, "board", "2026-05-28 09:00")
        people = course.people
        chats = {"submitter": people.submitter, "owner": people.owner, "office": people.office, "lead": people.lead}
        chats |= {"chair": course.chair, "rep": course.rep, "wg_member": course.wg_member}
        others = {"member": MEMBER, "deputy": DEPUTY, "archivist": ARCHIVIST, "guest": 900}
        chats |= {role: world.person(digits, role) for role, digits in others.items()}
        for one in chats.values():
            await one.join()
        await chats["guest"].say("hjelp")  # that somebody is new is in the log once
        yield Stage(course, chats, Log(folder / "store.db"))

"""People who owe answers about meetings, each to be reminded at the opening of one and the same day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from board.clock import OSLO
from board.duty import Duty, DutyKind, Rung, ask
from board.hours import Hours
from board.ids import DutyId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Body, Role
from bot.clocks import MovableClock
from bot.rules import rules_for
from bot.settings import Settings
from storage.engine import open_store
from tests.fakes.teams import Persona
from tests.resilience.crowd import settle

ASKED: Final = datetime(2026, 3, 2, 9, tzinfo=OSLO)
DAY: Final = date(2026, 3, 17)
"""The last for an answer, on which people are reminded."""


async def owe(url: str, people: Sequence[Persona], meetings: int, platform: str, late: Sequence[Persona] = ()) -> None:
    """Everybody owes an answer about each of the meetings, in no order; ``late`` are there and owe none yet."""
    await settle(url, [*people, *late], Role.MEMBER, platform, ASKED)
    async with await open_store(url) as store, store.work.write() as unit:
        for number in range(meetings):
            starts_at = datetime(2026, 9, 1 + number, 9, tzinfo=OSLO)
            assert await unit.meetings.add(Meeting(_meeting(number), Body.BOARD, starts_at, 120, "Hamar"))
        hours = _hours()
        duties = [_reminder(number, persona, hours) for number in range(meetings) for persona in people]
        random.Random(17).shuffle(duties)
        await unit.duties.add(duties, ASKED)
        await unit.commit()


async def owe_more(url: str, people: Sequence[Persona]) -> None:
    """About the first of the meetings."""
    async with await open_store(url) as store, store.work.write() as unit:
        hours = _hours()
        await unit.duties.add([_reminder(0, persona, hours) for persona in people], ASKED)
        await unit.commit()


def _meeting(number: int) -> MeetingId:
    return MeetingId(f"board-{number}")


def _reminder(meeting: int, persona: Persona, hours: Hours) -> Duty:
    person, about = PersonId(persona.user), _meeting(meeting)
    duty = Duty(DutyId(f"{about}:{person}"), DutyKind.ATTEND, about, person, ASKED, DAY, "attendance")
    asked = ask(replace(duty, rung=Rung.UNDERWAY), hours)
    assert asked.next_at == hours.opening(DAY)
    return asked


def _hours() -> Hours:
    return rules_for(Settings(_env_file=None), MovableClock(ASKED)).hours

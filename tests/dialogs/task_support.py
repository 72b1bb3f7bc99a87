"""Duties laid by hand, and the digest as it goes out, for the tests of tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from board.case import Case
from board.duty import Duty, DutyKind, ask
from board.ids import DutyId, PersonId
from board.notices import NoticeKind, tasks_of
from board.people import Actor, Person
from cards.message import Message
from tests.dialogs.support import MEETINGS, House

APRIL = MEETINGS[0].id
TODAY = date(2026, 3, 2)


def duty(kind: DutyKind, about: str, who: Actor, days: int = 3, part: str = "", asked_days_ago: int = 0) -> Duty:
    asked = datetime(2026, 3, 2, 7, tzinfo=UTC) - timedelta(days=asked_days_ago)
    name = DutyId(f"{kind}:{about}:{part}:1:{who.id}")
    return Duty(name, kind, about, who.id, asked, TODAY + timedelta(days=days), part)


async def keep(house: House, *duties: Duty, cases: tuple[Case, ...] = ()) -> None:
    async with house.work.write() as work:
        for case in cases:
            await work.cases.add(case)
        await work.duties.add([ask(one, house.rules.hours) for one in duties], house.clock.now())
        await work.commit()


async def stored(house: House, name: str) -> Duty:
    async with house.work.read() as work:
        found = await work.duties.get(DutyId(name))
    assert found is not None
    return found


async def digest(house: House, who: Actor, *, copy: bool = False) -> Message | None:
    return await house.chat(who).drawn(NoticeKind.DIGEST, tasks_of(who.id), copy=copy)


async def the_digest(house: House, who: Actor) -> Message:
    card = await digest(house, who)
    assert card is not None
    return card


def labels(card: Message) -> list[str]:
    return [one.label for one in card.buttons]


async def person(house: House, name: str) -> Person:
    async with house.work.read() as work:
        return (await work.people.get([PersonId(name)]))[PersonId(name)]

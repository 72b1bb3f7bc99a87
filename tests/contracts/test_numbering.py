"""Numbers of the board (``process.md``): gap-free when many schedule at once, never given again, on every store."""

from __future__ import annotations

import asyncio
from datetime import date

from board.commands import WithdrawCase
from board.ids import CaseId, MeetingId
from board.meeting_commands import BuildAgenda
from board.people import Body, Holding
from board.ports import Rules, Work
from board.usecases.build_agenda import Built, build_agenda
from board.usecases.withdraw_case import withdraw_case
from bot.calendar import NorwegianCalendar
from tests.board.agenda_support import APRIL, CHAIR, FEBRUARY, JUNE, case
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER, done, mandate
from tests.fakes.clock import CountedIds, SetClock

MANY = 20
PATIENCE = 60.0
RULES = Rules(mandate(), SetClock(), CountedIds(), NorwegianCalendar())


async def _fill(work: Work, count: int) -> None:
    async with work.write() as unit:
        for one in (SUBMITTER, OWNER, OFFICE, LEAD, CHAIR):
            await unit.people.add(one.person)
            for role in one.roles:
                await unit.people.hold(Holding(one.id, role, Body.BOARD, date(2022, 1, 1)))
        for meeting in (FEBRUARY, APRIL, JUNE):
            await unit.meetings.add(meeting)
        for n in range(count):
            await unit.cases.add(case(f"c{n:02d}", minute=n))
        await unit.commit()


async def _schedule(work: Work, meeting: MeetingId, name: str = "") -> Built:
    """The one that is named, or all that are ready."""
    async with work.write() as unit:
        named = (CaseId(name),) if name else None
        made = await build_agenda(BuildAgenda(meeting, named), OFFICE, unit, RULES)
        await unit.commit()
    assert isinstance(made, Built), made
    return made


async def _numbers(work: Work) -> list[str]:
    async with work.read() as unit:
        agendas = [await unit.agendas.get(meeting.id) for meeting in (APRIL, JUNE)]
    return sorted(item.number for agenda in agendas if agenda for item in agenda.items if item.case)


async def test_twenty_at_once_get_twenty_consecutive_numbers(work: Work) -> None:
    """Half of them on one agenda, half on another."""
    await _fill(work, MANY)
    async with asyncio.timeout(PATIENCE):
        meetings = (APRIL.id, JUNE.id)
        await asyncio.gather(*(_schedule(work, meetings[n % 2], f"c{n:02d}") for n in range(MANY)))
    assert await _numbers(work) == [f"{n:03d}-2026" for n in range(1, MANY + 1)]


async def test_what_is_given_up_leaves_no_gap(work: Work) -> None:
    await _fill(work, 3)
    async with work.write() as unit:
        await build_agenda(BuildAgenda(APRIL.id, (CaseId("c00"),)), OFFICE, unit, RULES)
    assert await _numbers(work) == []
    await _schedule(work, APRIL.id, "c01")
    assert await _numbers(work) == ["001-2026"]


async def test_a_withdrawn_number_is_never_given_again(work: Work) -> None:
    await _fill(work, 3)
    for n in (0, 1):
        await _schedule(work, APRIL.id, f"c{n:02d}")
    async with work.write() as unit:
        done(await withdraw_case(WithdrawCase(CaseId("c01"), "Utgår."), SUBMITTER, unit, RULES))
        await unit.commit()
    assert await _numbers(work) == ["001-2026"]
    await _schedule(work, APRIL.id, "c02")
    assert await _numbers(work) == ["001-2026", "003-2026"]


async def test_withdrawing_while_agendas_are_built_ends_both(work: Work) -> None:
    """Everybody takes the locks in one order: nobody waits for somebody who waits for them."""
    await _fill(work, MANY)
    for n in range(0, MANY, 2):
        await _schedule(work, APRIL.id, f"c{n:02d}")

    async def withdraw(name: str) -> None:
        async with work.write() as unit:
            done(await withdraw_case(WithdrawCase(CaseId(name), "Utgår."), SUBMITTER, unit, RULES))
            await unit.commit()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(
            *(withdraw(f"c{n:02d}") for n in range(0, MANY, 2)),
            *(_schedule(work, APRIL.id) for _ in range(1, MANY, 2)),
        )
    assert await _numbers(work) == [f"{n:03d}-2026" for n in range(MANY // 2 + 1, MANY + 1)]

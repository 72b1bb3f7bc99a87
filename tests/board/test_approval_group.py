"""The working group's minutes: circulated as they are finished, approved at its next meeting by its own leader."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board.agenda import Agenda, ItemKind
from board.approval import Conclusion, Said
from board.editable import Section
from board.errors import Refusal, RefusalCode
from board.ids import ItemId, MeetingId
from board.meeting_commands import FinishGroupMinutes
from board.minutes import MinutesState
from board.minutes_commands import ApproveMinutes, ConcludeMinutes
from board.people import Actor
from board.sitting_commands import CallItem, StartMeeting
from board.usecases.approve_minutes import approve_minutes
from board.usecases.call_item import call_item
from board.usecases.conclude_minutes import conclude_minutes
from board.usecases.finish_group_minutes import finish_group_minutes
from board.usecases.start_meeting import Started, start_meeting
from tests.board.agenda_support import CHAIR
from tests.board.group_support import REP, WG, WG_MEMBER, group_desk
from tests.board.support import LEAD, OFFICE, Desk, refused

NEXT = replace(WG, id=MeetingId("wg-2"), starts_at=WG.starts_at + timedelta(days=28), serves=None)
SAID = (Section("remarks", "Andre merknader", "Kort møte."),)


async def called() -> Desk:
    """Finished after the first meeting, and before the second."""
    made = await group_desk()
    made.clock.set(WG.starts_at)
    async with made.memory.work.write() as work:
        await work.meetings.add(NEXT)
        await finish_group_minutes(FinishGroupMinutes(WG.id, sections=SAID), OFFICE, work, made.rules)
        await work.commit()
    made.clock.set(NEXT.starts_at)
    async with made.memory.work.write() as work:
        started = await start_meeting(StartMeeting(NEXT.id), LEAD, work, made.rules)
        assert isinstance(started, Started), started
        await call_item(CallItem(NEXT.id, item(await work.agendas.get(NEXT.id))), LEAD, work, made.rules)
        await work.commit()
    return made


def item(agenda: object) -> ItemId:
    assert isinstance(agenda, Agenda)
    return next(one.id for one in agenda.items if one.kind is ItemKind.MINUTES)


async def answer(made: Desk, who: Actor) -> object:
    digest = made.memory.state.minutes_book[WG.id].called_digest
    async with made.memory.work.write() as work:
        result = await approve_minutes(ApproveMinutes(WG.id, digest, Said.APPROVE), who, work, made.rules)
        await work.commit()
    return result


async def conclude(made: Desk, who: Actor) -> object:
    async with made.memory.work.write() as work:
        result = await conclude_minutes(ConcludeMinutes(WG.id, Conclusion.APPROVED), who, work, made.rules)
        await work.commit()
    return result


async def test_they_wait_for_the_groups_next_meeting() -> None:
    made = await called()
    minutes = made.memory.state.minutes_book[WG.id]
    assert (minutes.state, minutes.called_in, minutes.version) == (MinutesState.CIRCULATED, NEXT.id, 1)
    assert made.memory.state.minutes_versions[WG.id, 1].sections == SAID
    seats = made.memory.state.sittings[NEXT.id].present
    people = [one for one in (LEAD, REP, WG_MEMBER) if one.id in seats]
    assert len(people) == len(seats)
    refused(await conclude(made, LEAD), RefusalCode.NOT_CARRIED)
    for who in people:
        assert not isinstance(await answer(made, who), Refusal)
    refused(await conclude(made, CHAIR), RefusalCode.NOT_ALLOWED)
    await conclude(made, LEAD)
    assert made.memory.state.minutes_book[WG.id].is_approved
    assert any(one.kind is ItemKind.MINUTES for one in made.memory.state.decisions.values())


@pytest.mark.parametrize("who", [CHAIR, OFFICE])
async def test_only_the_group_answers(who: Actor) -> None:
    refused(await answer(await called(), who), RefusalCode.NOT_PRESENT)

"""Opening papers: who may, without which cases, the mark that they were read, a link that is kept as a digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board.attendance import Attendance, Coming
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, MeetingId
from board.meeting_commands import ReadPack
from board.people import Actor, Role
from board.states import CaseState
from board.treatment import Treatment, WgOutcome
from board.usecases.open_calendar import secret_hash
from board.usecases.read_pack import Source, mark_read, read_pack, source_for
from tests.board.pack_support import (
    CHAIR,
    MEMBER,
    OBSERVER,
    OTHER_CASE,
    attach,
    board_case,
    exclude,
    out,
    pack_desk,
    sent,
)
from tests.board.support import (
    BOARD_MEETING,
    LEAD,
    NOW,
    OFFICE,
    OTHERS,
    OWNER,
    STRANGER,
    SUBMITTER,
    WG_MEETING,
    Desk,
    actor,
    case_in,
    refused,
)

MAY = frozenset({Role.CHAIR, Role.MEMBER, Role.DEPUTY, Role.OBSERVER, Role.OFFICE, Role.PORTFOLIO_LEAD})
EVERYBODY = (*OTHERS, OFFICE, LEAD, SUBMITTER, OWNER, STRANGER)
CASE = CaseId("case-1")


async def _read(
    desk: Desk, by: Actor, case: CaseId | None = None, meeting: MeetingId = BOARD_MEETING
) -> tuple[Source, str] | Refusal:
    async with desk.memory.work.write() as work:
        result = await read_pack(ReadPack(meeting, case), 24, by, work, desk.rules)
        await work.commit()
    return result


async def _opened(desk: Desk, by: Actor, case: CaseId | None = None) -> Source:
    result = await _read(desk, by, case)
    assert not isinstance(result, Refusal), result
    return result[0]


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda a: a.id)
async def test_by_role_papers_open_or_are_not_there_and_that_is_in_the_log(who: Actor) -> None:
    desk = await pack_desk()
    await out(desk)
    result = await _read(desk, who)
    if who.roles & MAY:
        assert not isinstance(result, Refusal)
        return
    refused(result, RefusalCode.NOT_FOUND)
    assert ("act.refused", BOARD_MEETING, who.id) in desk.log
    assert not desk.memory.state.links


async def test_before_they_are_out_there_is_nothing_to_read() -> None:
    desk = await pack_desk()
    refused(await _read(desk, MEMBER), RefusalCode.NOT_SENT)
    await sent(desk)
    refused(await _read(desk, MEMBER), RefusalCode.NOT_READY)
    assert not desk.memory.state.links


async def test_the_mark_is_kept_and_in_the_log_once_a_person_and_version() -> None:
    desk = await pack_desk()
    await out(desk)
    await _opened(desk, MEMBER)
    desk.clock.move(hours=1)
    await _opened(desk, MEMBER)
    mark = desk.memory.state.pack_reads[BOARD_MEETING, MEMBER.id]
    assert (mark.version, mark.first_at) == (1, NOW)
    assert desk.log.count(("pack.read", BOARD_MEETING, MEMBER.id)) == 1
    await attach(desk)
    await out(desk)
    await _opened(desk, MEMBER)
    assert desk.memory.state.pack_reads[BOARD_MEETING, MEMBER.id].version == 2
    assert desk.log.count(("pack.read", BOARD_MEETING, MEMBER.id)) == 2


async def test_the_office_reads_without_counting_as_a_recipient() -> None:
    desk = await pack_desk()
    await out(desk)
    await _opened(desk, OFFICE)
    assert not desk.memory.state.pack_reads
    await _opened(desk, OBSERVER)
    assert {person for _m, person in desk.memory.state.pack_reads} == {OBSERVER.id}


async def test_of_the_secret_only_a_digest_is_kept_and_it_ends() -> None:
    desk = await pack_desk()
    await out(desk)
    result = await _read(desk, MEMBER)
    assert not isinstance(result, Refusal)
    secret = result[1]
    assert secret not in desk.memory.state.links
    assert all(secret not in str(event) for event in desk.memory.state.history)
    async with desk.memory.work.read() as work:
        link = await work.links.whose(secret_hash(secret), desk.clock.now())
        assert link is not None
        assert (link.person, link.meeting, link.case) == (MEMBER.id, BOARD_MEETING, None)
        assert link.expires_at == NOW + timedelta(hours=24)
        assert await work.links.whose(secret_hash(secret), NOW + timedelta(hours=24)) is None


async def test_one_who_is_inhabil_gets_the_pack_without_the_case_and_not_its_paper() -> None:
    desk = await pack_desk(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    await out(desk)
    await exclude(desk, OTHER_CASE, MEMBER.id)
    assert (await _opened(desk, MEMBER)).without == (OTHER_CASE,)
    assert (await _opened(desk, CHAIR)).without == ()
    refused(await _read(desk, MEMBER, OTHER_CASE), RefusalCode.NOT_FOUND)
    assert (await _opened(desk, MEMBER, CASE)).case == CASE


async def test_a_case_that_only_the_enclosed_minutes_tell_of_is_left_out_too() -> None:
    desk = await pack_desk()
    treated = Treatment(OTHER_CASE, WG_MEETING, "AU 002-2026", WgOutcome.POSTPONED, "Mer tall.", OFFICE.id, NOW)
    desk.memory.state.treatments.append(treated)
    await desk.keep(replace(case_in(CaseState.READY_FOR_WG), id=OTHER_CASE))
    await out(desk)
    await exclude(desk, OTHER_CASE, MEMBER.id)
    assert (await _opened(desk, MEMBER)).without == (OTHER_CASE,)


async def test_who_was_asked_to_come_instead_may_read_whatever_the_role() -> None:
    desk = await pack_desk()
    await out(desk)
    instead = Attendance(BOARD_MEETING, MEMBER.id, Coming.DEPUTY, OWNER.id, NOW, OWNER.id)
    desk.memory.state.attendance[BOARD_MEETING, MEMBER.id] = instead
    assert (await _opened(desk, OWNER)).pack is not None
    assert (BOARD_MEETING, OWNER.id) in desk.memory.state.pack_reads


@pytest.mark.parametrize("who", [OFFICE, LEAD, SUBMITTER, OWNER, CHAIR], ids=lambda a: a.id)
async def test_before_it_is_sent_a_cases_paper_is_a_draft_for_those_who_may_see_the_case(who: Actor) -> None:
    desk = await pack_desk()
    source = await _opened(desk, who, CASE)
    assert (source.pack, source.case) == (None, CASE)
    assert not desk.memory.state.pack_reads


async def test_before_it_is_sent_a_cases_paper_is_not_there_for_the_board() -> None:
    desk = await pack_desk()
    for who in (MEMBER, OBSERVER, STRANGER):
        refused(await _read(desk, who, CASE), RefusalCode.NOT_FOUND)
        assert ("act.refused", CASE, who.id) in desk.log


async def test_afterwards_everybody_who_may_see_the_case_gets_what_was_sent() -> None:
    desk = await pack_desk()
    pack = await out(desk)
    for who in (OFFICE, SUBMITTER, OWNER, MEMBER):
        assert (await _opened(desk, who, CASE)).pack == pack
    refused(await _read(desk, STRANGER, CASE), RefusalCode.NOT_FOUND)


async def test_what_an_old_link_opens_is_judged_by_the_roles_of_today() -> None:
    desk = await pack_desk()
    await out(desk)
    async with desk.memory.work.read() as work:
        left = actor(MEMBER.id)
        assert isinstance(await source_for(BOARD_MEETING, None, left, work), Refusal)
        assert isinstance(await source_for(BOARD_MEETING, None, MEMBER, work), Source)


async def test_a_mark_is_moved_forward_only() -> None:
    desk = await pack_desk()
    first = await out(desk)
    await _opened(desk, MEMBER)
    await attach(desk)
    await out(desk)
    await _opened(desk, MEMBER)
    async with desk.memory.work.write() as work:
        assert not await mark_read(Source(BOARD_MEETING, first), MEMBER, work, desk.rules)

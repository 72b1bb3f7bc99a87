"""Sending the papers: every gate in the use case itself, versions, who is told, what begins and ends with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.case_course import accept_late, ask_late
from board.commands import DelegateDuty
from board.delivery import Address
from board.dispensation import Dispensation, DispensationState, GateId
from board.duty import Duty, DutyKind, ask
from board.errors import RefusalCode
from board.ids import DispensationId, DutyId, MeetingId, PersonId, channel_recipient
from board.pack import Pack, PackRead, PackState
from board.planning_ports import ChannelPost
from board.states import CaseState
from board.usecases.delegate_duty import delegate_duty
from board.usecases.pack_built import pack_built, pack_failed
from tests.board.pack_support import (
    CHAIR,
    DAY,
    MEMBER,
    OBSERVER,
    OTHER_CASE,
    SECOND,
    at,
    attach,
    board_case,
    built,
    clear_days,
    exclude,
    filed,
    out,
    pack_desk,
    sent,
)
from tests.board.support import (
    BOARD_MEETING,
    COLLEAGUE,
    LEAD,
    NOW,
    OFFICE,
    OTHERS,
    OWNER,
    STRANGER,
    SUBMITTER,
    WG_MEETING,
    Desk,
    done,
    mandate,
    refused,
)

VOTING = {CHAIR.id, MEMBER.id, SECOND.id}
RECIPIENTS = VOTING | {OBSERVER.id}


# -- the dispatch --------------------------------------------------------------------------------------------------


async def test_a_pack_that_lacks_nothing_dispatches_its_cases_and_waits_to_be_made() -> None:
    desk = await pack_desk()
    pack = await sent(desk)
    assert isinstance(pack, Pack)
    assert (pack.version, pack.state, pack.sent_at) == (1, PackState.WAITING, NOW)
    assert desk.case().state is CaseState.DISPATCHED
    assert ("pack.sent", BOARD_MEETING, OFFICE.id) in desk.log
    told = {kind for kind, _person in desk.told}
    assert told == {"case.dispatched"}, "nobody is told of papers that are not there yet"
    assert {p for k, p in desk.told if k == "case.dispatched"} == {SUBMITTER.id, OWNER.id}


async def test_while_a_version_waits_another_press_has_no_effect() -> None:
    desk = await pack_desk()
    await sent(desk)
    before = len(desk.log)
    refused(await sent(desk), RefusalCode.NOT_READY)
    assert len(desk.memory.state.packs) == 1
    assert len(desk.log) == before


async def test_what_is_out_and_says_the_same_is_not_sent_again() -> None:
    desk = await pack_desk()
    await out(desk)
    refused(await sent(desk), RefusalCode.NOTHING_NEW)


async def test_every_right_to_send_is_the_offices_and_its_leads_and_a_refusal_is_in_the_log() -> None:
    for who in (*OTHERS, SUBMITTER, OWNER, STRANGER):
        desk = await pack_desk()
        refused(await sent(desk, who), RefusalCode.NOT_ALLOWED)
        assert ("act.refused", BOARD_MEETING, who.id) in desk.log
        assert not desk.memory.state.packs
    for who in (OFFICE, COLLEAGUE, LEAD):
        assert isinstance(await sent(await pack_desk(), who), Pack)


async def test_a_meeting_that_is_not_there_or_over_has_no_papers_to_send() -> None:
    desk = await pack_desk()
    refused(await sent(desk, meeting=MeetingId("nowhere")), RefusalCode.NOT_FOUND)
    desk.clock.set(at(DAY, "09:00"))
    refused(await sent(desk), RefusalCode.MEETING_UNFIT)


async def test_one_who_is_inhabil_in_a_case_does_not_send_it() -> None:
    desk = await pack_desk()
    await exclude(desk, board_case().id, OFFICE.id)
    refused(await sent(desk), RefusalCode.CONFLICTED)
    assert desk.case().state is CaseState.ON_BOARD_AGENDA
    assert isinstance(await sent(desk, COLLEAGUE), Pack)


# -- the gates -----------------------------------------------------------------------------------------------------


async def test_each_gate_stands_in_the_use_case_with_its_paragraph() -> None:
    untreated = replace(board_case(), wg_outcome=None)
    bare = replace(board_case(), documents=())
    late = replace(board_case(), submitted_at=at(date(2026, 3, 20)))
    wanting = {
        "approval": (await pack_desk(approved=False), RefusalCode.AGENDA_APPROVAL, ""),
        "treatment": (await pack_desk(untreated), RefusalCode.WG_TREATMENT, "§ 5"),
        "documents": (await pack_desk(bare), RefusalCode.DOCUMENTS, ""),
        "late": (await pack_desk(late), RefusalCode.LATE, "§ 7"),
        "minutes": (await pack_desk(finished=False), RefusalCode.WG_MINUTES, "§ 5"),
    }
    for name, (desk, code, paragraph) in wanting.items():
        refusal = refused(await sent(desk), code)
        assert refusal.paragraph == paragraph, name
        assert not desk.memory.state.packs, name
        assert desk.case().state is CaseState.ON_BOARD_AGENDA, name


async def test_the_minutes_of_the_board_meeting_before_count_where_they_are_saksgangs_to_find() -> None:
    desk = await pack_desk()
    earlier = replace(
        desk.memory.state.meetings[BOARD_MEETING], id=MeetingId("before"), starts_at=at(date(2026, 1, 15))
    )
    desk.memory.state.meetings["before"] = earlier
    agenda = replace(desk.memory.state.agendas[BOARD_MEETING], meeting=MeetingId("before"))
    desk.memory.state.agendas["before"] = agenda
    assert refused(await sent(desk), RefusalCode.PREVIOUS_MINUTES).params["meetings"] == ("before",)
    desk.memory.state.minutes_book[MeetingId("before")] = filed(MeetingId("before"))
    pack = await sent(desk)
    assert isinstance(pack, Pack)
    assert pack.minutes == (f"{WG_MEETING}:1", "before:1")


async def test_minutes_from_before_saksgangs_time_are_no_gate() -> None:
    desk = await pack_desk()
    earlier = replace(
        desk.memory.state.meetings[BOARD_MEETING], id=MeetingId("before"), starts_at=at(date(2026, 1, 15))
    )
    desk.memory.state.meetings["before"] = earlier
    assert isinstance(await sent(desk), Pack)


_SPRING = date(2026, 4, 2)
"""The clocks went forward on 29 March: within its ten days."""
_AUTUMN = date(2026, 10, 29)
"""The clocks go back on 25 October: within its ten days."""


@pytest.mark.parametrize("day", [date(2026, 9, 24), _SPRING, _AUTUMN])
@pytest.mark.parametrize(
    ("before", "hour", "clear", "lets"),
    [
        (11, "23:59", False, True),
        (10, "00:00", False, True),
        (10, "23:59", False, True),
        (9, "00:00", False, False),
        (9, "12:00", False, False),
        (12, "23:59", True, True),
        (11, "23:59", True, True),
        (10, "00:00", True, False),
        (10, "23:59", True, False),
    ],
)
async def test_ten_days_to_the_minute_also_over_both_changes_of_the_clock(
    day: date, before: int, hour: str, clear: bool, lets: bool
) -> None:
    case = replace(board_case(), submitted_at=at(day - timedelta(days=60)))
    desk = await pack_desk(case, day=day, rules=clear_days() if clear else mandate())
    desk.clock.set(at(day - timedelta(days=before), hour))
    result = await sent(desk)
    if lets:
        assert isinstance(result, Pack)
        return
    refusal = refused(result, RefusalCode.TEN_DAYS)
    assert (refusal.paragraph, refusal.params["deadline"]) == ("§ 7", day - timedelta(days=11 if clear else 10))


async def test_after_the_last_day_a_dispensation_that_was_granted_lets_it_go_and_one_that_was_refused_does_not() -> (
    None
):
    for state, lets in ((DispensationState.GRANTED, True), (DispensationState.REFUSED, False)):
        desk = await pack_desk()
        desk.clock.set(at(DAY - timedelta(days=9)))
        given = Dispensation(
            DispensationId("d"), 2, GateId.TEN_DAYS, BOARD_MEETING, None, "Sykdom.", OFFICE.id, NOW, state
        )
        desk.memory.state.dispensations["d"] = given
        assert isinstance(await sent(desk), Pack) is lets


async def test_what_comes_after_the_last_day_goes_only_as_late() -> None:
    desk = await pack_desk()
    await out(desk)
    desk.clock.set(at(DAY - timedelta(days=5)))
    await attach(desk)
    refused(await sent(desk), RefusalCode.LATE)
    case = done(ask_late(desk.case(), OFFICE, BOARD_MEETING, "Ny tegning.", desk.clock.now())).case
    for ruler in (LEAD, CHAIR):
        case = done(accept_late(case, ruler, desk.clock.now())).case
    desk.memory.state.cases["case-1"] = case
    pack = await sent(desk)
    assert isinstance(pack, Pack)
    assert pack.version == 2


# -- who is told ---------------------------------------------------------------------------------------------------


async def test_once_it_is_made_every_recipient_is_told_and_the_office_that_did_not_send_it() -> None:
    desk = await pack_desk()
    await out(desk)
    told = {person for kind, person in desk.told if kind == "pack.sent"}
    assert told == RECIPIENTS | {LEAD.id, COLLEAGUE.id}
    assert ("pack.built", BOARD_MEETING, OFFICE.id) in desk.log


async def test_each_who_votes_is_asked_about_habilitet_until_the_day_of_the_plan() -> None:
    desk = await pack_desk()
    await out(desk)
    asked = [d for d in desk.memory.state.duties.values() if d.kind is DutyKind.DECLARE]
    assert {d.person for d in asked} == VOTING
    assert {d.id for d in asked} == {f"conflict.declare:{BOARD_MEETING}:{person}" for person in VOTING}
    assert {d.due for d in asked} == {date(2026, 4, 10)}


async def test_a_duty_that_would_be_past_its_day_is_due_today() -> None:
    desk = await pack_desk()
    desk.clock.set(at(DAY - timedelta(days=3)))
    desk.memory.state.dispensations["d"] = Dispensation(
        *(DispensationId("d"), 2, GateId.TEN_DAYS, BOARD_MEETING, None, "", OFFICE.id, NOW),
        state=DispensationState.GRANTED,
    )
    await out(desk)
    asked = [d for d in desk.memory.state.duties.values() if d.kind is DutyKind.DECLARE]
    assert {d.due for d in asked} == {DAY - timedelta(days=3)}


async def test_channels_get_a_milestone_with_the_first_version_only() -> None:
    desk = await pack_desk()
    where = Address("teams", "tenant", "https://example.org/", "19:x", "channel", "bot")
    channel = channel_recipient("teams", "19:x")
    async with desk.memory.work.write() as work:
        await work.channels.open(ChannelPost(channel, "nb", OFFICE.id, NOW), where)
        await work.commit()
    await out(desk)
    assert ("pack.milestone", channel) in desk.told
    await attach(desk)
    await out(desk)
    assert sum(kind == "pack.milestone" for kind, _p in desk.told) == 1


async def test_a_new_version_is_news_only_to_those_who_opened_the_old_one() -> None:
    desk = await pack_desk()
    await out(desk)
    desk.memory.state.pack_reads[BOARD_MEETING, MEMBER.id] = PackRead(BOARD_MEETING, MEMBER.id, 1, NOW, NOW)
    before = desk.told
    await attach(desk)
    await out(desk)
    assert desk.told - before == {("pack.changed", MEMBER.id)}
    (row,) = [r for r in desk.memory.state.outbox.values() if r.kind == "pack.changed"]
    assert (row.part, row.rev) == ("1", 2)


def _attend(person: PersonId, deputy: PersonId | None = None) -> Duty:
    name = DutyId(f"meeting.attend:{BOARD_MEETING}:{person}")
    return Duty(name, DutyKind.ATTEND, BOARD_MEETING, person, NOW, DAY, "attendance", deputy=deputy)


async def test_a_deputy_who_was_asked_before_it_goes_out_gets_it_like_the_others() -> None:
    desk = await pack_desk()
    deputy = PersonId("other-deputy")
    desk.memory.state.duties["x"] = _attend(MEMBER.id, deputy)
    await out(desk)
    assert ("pack.sent", deputy) in desk.told
    assert any(d.kind is DutyKind.DECLARE and d.person == deputy for d in desk.memory.state.duties.values())


async def test_a_deputy_who_is_asked_afterwards_gets_it_at_once_and_once() -> None:
    desk = await pack_desk()
    deputy = PersonId("other-deputy")
    duty = ask(_attend(MEMBER.id), desk.rules.hours)
    desk.memory.state.duties[duty.id] = duty
    await out(desk)
    assert ("pack.sent", deputy) not in desk.told
    async with desk.memory.work.write() as work:
        await delegate_duty(DelegateDuty(duty.id, deputy), MEMBER, work, desk.rules)
        await work.commit()
    assert ("pack.sent", deputy) in desk.told
    assert any(d.kind is DutyKind.DECLARE and d.person == deputy for d in desk.memory.state.duties.values())
    await attach(desk)
    before = desk.told
    await out(desk)
    assert desk.told == before, "nobody has opened the first version"


async def test_the_offices_task_of_sending_ends_with_it() -> None:
    desk = await pack_desk()
    task = Duty(DutyId("t"), DutyKind.TASK, BOARD_MEETING, OFFICE.id, NOW, DAY, "pack")
    other = Duty(DutyId("o"), DutyKind.TASK, BOARD_MEETING, OFFICE.id, NOW, DAY, "wg_minutes")
    desk.memory.state.duties.update({"t": task, "o": other})
    await sent(desk)
    assert not desk.memory.state.duties["t"].is_open
    assert desk.memory.state.duties["o"].is_open


# -- the working group's papers ------------------------------------------------------------------------------------


async def test_the_working_groups_papers_have_no_gates_of_the_board_and_dispatch_nothing() -> None:
    desk = await pack_desk(approved=False, finished=False)
    agenda = desk.memory.state.agendas[BOARD_MEETING]
    desk.memory.state.agendas[WG_MEETING] = replace(agenda, meeting=WG_MEETING)
    task = Duty(DutyId("t"), DutyKind.TASK, BOARD_MEETING, OFFICE.id, NOW, DAY, "wg_papers")
    desk.memory.state.duties["t"] = task
    pack = await sent(desk, meeting=WG_MEETING)
    assert isinstance(pack, Pack)
    assert [item.number for item in pack.items] == ["AU 001-2026"]
    assert desk.case().state is CaseState.ON_BOARD_AGENDA
    assert not desk.memory.state.duties["t"].is_open
    await built(desk)
    told = {person for kind, person in desk.told if kind == "pack.sent"}
    assert told == {LEAD.id, COLLEAGUE.id, PersonId("other-wg_member"), PersonId("other-employee_rep")}
    assert not any(d.kind is DutyKind.DECLARE for d in desk.memory.state.duties.values())


async def test_without_an_agenda_there_is_nothing_to_send() -> None:
    desk = await pack_desk()
    refusal = refused(await sent(desk, meeting=WG_MEETING), RefusalCode.AGENDA_APPROVAL)
    assert refusal.params["missing"] is True


# -- when it cannot be made ----------------------------------------------------------------------------------------


async def _fail(desk: Desk, pack: Pack) -> bool:
    async with desk.memory.work.write() as work:
        done_ = await pack_failed(pack, "4f2a", work, desk.rules)
        await work.commit()
    return done_


async def test_a_pack_that_cannot_be_made_is_told_to_the_office_alone_and_may_be_sent_again() -> None:
    desk = await pack_desk()
    pack = await sent(desk)
    assert isinstance(pack, Pack)
    assert await _fail(desk, pack)
    assert {p for k, p in desk.told if k == "pack.failed"} == {OFFICE.id, LEAD.id, COLLEAGUE.id}
    assert not any(kind == "pack.sent" for kind, _p in desk.told)
    again = await sent(desk)
    assert isinstance(again, Pack)
    assert again.version == 2
    assert not await _fail(desk, pack), "the second time somebody says so changes nothing"
    await built(desk)
    assert {p for k, p in desk.told if k == "pack.sent"} >= RECIPIENTS


async def test_two_processes_that_made_the_same_version_tell_of_it_once() -> None:
    desk = await pack_desk()
    pack = await out(desk)
    before = len(desk.log)
    async with desk.memory.work.write() as work:
        assert not await pack_built(pack, [], 1, work, desk.rules)
        await work.commit()
    assert len(desk.log) == before


async def test_two_cases_go_in_the_agendas_order() -> None:
    desk = await pack_desk(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    pack = await out(desk)
    assert [(item.case, item.number) for item in pack.items] == [("case-1", "001-2026"), (OTHER_CASE, "002-2026")]
    assert desk.case("case-2").state is CaseState.DISPATCHED

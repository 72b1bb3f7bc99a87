"""What follows a meeting: its back-plan, its duties, and one message to each person concerned and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from board.attendance import Answered, Coming
from board.case import Case, Changed
from board.clock import OSLO
from board.commands import ConfirmCase, DelegateDuty, FinishDuty, SnoozeDuties
from board.duty import Duty, DutyKind
from board.errors import RefusalCode
from board.ids import CaseId, DutyId, MeetingId, PersonId
from board.meeting import Meeting, MeetingChanged
from board.meeting_commands import AnswerAttendance, CancelMeeting, MoveMeeting, PlanMeeting
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Role
from board.planned import PlannedState
from board.states import CaseState
from board.usecases.answer_attendance import answer_attendance
from board.usecases.cancel_meeting import cancel_meeting
from board.usecases.confirm_case import confirm_case
from board.usecases.delegate_duty import delegate_duty
from board.usecases.finish_duty import finish_duty
from board.usecases.move_meeting import move_meeting
from board.usecases.plan_due import plan_due
from board.usecases.plan_meeting import plan_meeting
from board.usecases.settle_plans import settle_plans
from board.usecases.snooze_duties import snooze_duties
from tests.board.support import LEAD, OFFICE, OTHERS, OWNER, SUBMITTER, Desk, case_in, desk, refused

MEMBER = next(one for one in OTHERS if Role.MEMBER in one.roles)
CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
VARA = next(one for one in OTHERS if Role.DEPUTY in one.roles)
BOARD_ID = MeetingId("styret")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


async def planned(
    house: Desk, starts: str, who: Actor = OFFICE, body: Body = Body.BOARD, name: str = "styret"
) -> Meeting:
    async with house.memory.work.write() as unit:
        command = PlanMeeting(MeetingId(name), body, at(starts), 180, "Hamar")
        result = await plan_meeting(command, who, unit, house.rules)
        await unit.commit()
    assert isinstance(result, MeetingChanged), result
    return result.meeting


async def ticked(house: Desk, when: str) -> None:
    house.clock.set(at(when))
    async with house.memory.work.write() as unit:
        while await plan_due(unit, house.rules):
            pass
        await unit.commit()


def duties(house: Desk, kind: DutyKind) -> list[Duty]:
    return [duty for duty in house.memory.state.duties.values() if duty.kind is kind]


def steps(house: Desk) -> dict[str, PlannedState]:
    return {f"{s.deadline}:{s.does}": s.state for s in house.memory.state.planned.values()}


async def moved(house: Desk, to: str, who: Actor = OFFICE, rev: int | None = None) -> object:
    async with house.memory.work.write() as unit:
        result = await move_meeting(MoveMeeting(BOARD_ID, at(to), rev), who, unit, house.rules)
        await unit.commit()
    return result


async def test_confirming_the_same_preview_twice_makes_one_meeting() -> None:
    house = await desk()
    first = await planned(house, "2026-05-28 09:00")
    assert await planned(house, "2026-05-28 09:00", LEAD) == first
    assert len(house.log) == 1
    async with house.memory.work.write() as unit:
        again = PlanMeeting(MeetingId("another"), Body.BOARD, at("2026-05-28 09:00"), 60)
        refused(await plan_meeting(again, OFFICE, unit, house.rules), RefusalCode.TIME_TAKEN)
        strange = PlanMeeting(MeetingId("third"), Body.BOARD, at("2026-06-11 09:00"), 60)
        refused(await plan_meeting(strange, SUBMITTER, unit, house.rules), RefusalCode.NOT_ALLOWED)
        await unit.commit()
    assert house.log[-1][0] == "act.refused"


async def test_a_meeting_is_planned_with_its_steps_and_a_tick_asks_for_attendance() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    assert steps(house)["attendance:ask"] is PlannedState.OPEN
    await ticked(house, "2026-05-18 07:59")
    assert not duties(house, DutyKind.ATTEND), "before the hours nothing is asked"
    await ticked(house, "2026-05-18 08:00")
    assert {d.person for d in duties(house, DutyKind.ATTEND)} == {CHAIR.id, MEMBER.id}
    assert {("duty.asked", CHAIR.id), ("duty.asked", MEMBER.id)} <= house.told
    count = len(house.memory.state.outbox)
    await ticked(house, "2026-05-18 08:01")
    assert len(house.memory.state.outbox) == count, "said once"


async def test_an_answer_ends_the_duty_the_second_it_is_given() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    async with house.memory.work.write() as unit:
        result = await answer_attendance(AnswerAttendance(BOARD_ID, Coming.YES), MEMBER, unit, house.rules)
        await unit.commit()
    assert isinstance(result, Answered)
    (own,) = (d for d in duties(house, DutyKind.ATTEND) if d.person == MEMBER.id)
    assert (own.is_open, own.next_at, own.ended_by) == (False, None, MEMBER.id)
    await ticked(house, "2026-05-22 08:00")
    assert ("tasks.digest", MEMBER.id) not in house.told
    assert ("tasks.digest", CHAIR.id) in house.told


async def test_a_deputy_of_the_register_answers_and_the_members_later_answer_wins() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    async with house.memory.work.write() as unit:
        asked = AnswerAttendance(BOARD_ID, Coming.DEPUTY, deputy=VARA.id)
        handed = await answer_attendance(asked, MEMBER, unit, house.rules)
        assert isinstance(handed, Duty)
        assert (handed.deputy, handed.is_open) == (VARA.id, True)
        yes = AnswerAttendance(BOARD_ID, Coming.YES, MEMBER.id)
        comes = await answer_attendance(yes, VARA, unit, house.rules)
        assert isinstance(comes, Answered)
        assert (comes.attendance.answer, comes.attendance.deputy) == (Coming.DEPUTY, VARA.id)
        house.clock.move(minutes=5)
        own = await answer_attendance(AnswerAttendance(BOARD_ID, Coming.YES), MEMBER, unit, house.rules)
        assert isinstance(own, Answered)
        refused(await answer_attendance(yes, VARA, unit, house.rules), RefusalCode.ALREADY)
        await unit.commit()
    assert {("duty.delegated", VARA.id), ("duty.answered", MEMBER.id), ("duty.answered", VARA.id)} <= house.told


async def test_who_said_yes_and_then_sends_the_deputy_is_taken_at_the_last_word() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    async with house.memory.work.write() as unit:
        assert isinstance(
            await answer_attendance(AnswerAttendance(BOARD_ID, Coming.YES), MEMBER, unit, house.rules), Answered
        )
        instead = AnswerAttendance(BOARD_ID, Coming.DEPUTY, deputy=VARA.id)
        assert isinstance(await answer_attendance(instead, MEMBER, unit, house.rules), Duty)
        comes = await answer_attendance(AnswerAttendance(BOARD_ID, Coming.YES, MEMBER.id), VARA, unit, house.rules)
        assert isinstance(comes, Answered)
        assert comes.attendance.answer is Coming.DEPUTY
        nobody = await answer_attendance(AnswerAttendance(BOARD_ID, Coming.DEPUTY), MEMBER, unit, house.rules)
        refused(nobody, RefusalCode.DEPUTY_UNFIT)
        await unit.commit()


async def test_a_deputy_who_cannot_gives_the_question_back() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    async with house.memory.work.write() as unit:
        await answer_attendance(AnswerAttendance(BOARD_ID, Coming.DEPUTY, deputy=VARA.id), MEMBER, unit, house.rules)
        back = await answer_attendance(AnswerAttendance(BOARD_ID, Coming.NO, MEMBER.id), VARA, unit, house.rules)
        assert isinstance(back, Duty)
        assert (back.deputy, back.is_open) == (None, True)
        await unit.commit()
    assert ("duty.answered", MEMBER.id) in house.told


async def test_the_office_answers_on_behalf_visibly() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    async with house.memory.work.write() as unit:
        behalf = AnswerAttendance(BOARD_ID, Coming.NO, MEMBER.id)
        assert isinstance(await answer_attendance(behalf, OFFICE, unit, house.rules), Answered)
        refused(await answer_attendance(behalf, SUBMITTER, unit, house.rules), RefusalCode.NOT_ALLOWED)
        await unit.commit()
    assert ("duty.answered", MEMBER.id) in house.told


async def test_moving_shifts_what_lies_ahead_and_tells_those_concerned_once() -> None:
    house = await desk()
    await house.keep(_wanting("mine", "styret"), _wanting("other", "another"))
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-19 09:00")
    house.memory.state.outbox.clear()
    result = await moved(house, "2026-06-04 09:00")
    assert isinstance(result, MeetingChanged)
    told = [(row.kind, row.person) for row in house.memory.state.outbox.values() if row.copy is None]
    assert len(told) == len({person for _, person in told}), "one message each"
    assert {kind for kind, _ in told} == {"meeting.moved"}
    concerned = {CHAIR.id, MEMBER.id, LEAD.id, "liv", "kari", *_holding(Role.OBSERVER)}
    assert {person for _, person in told} == concerned, "not the one who did it, not those of other meetings"
    attend = duties(house, DutyKind.ATTEND)
    assert {d.due for d in attend if d.is_open} <= {date(2026, 5, 29)}
    assert steps(house)["practical:tell"] is PlannedState.OPEN


async def test_moved_far_ahead_what_was_asked_ends_and_is_asked_again_on_its_day() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-19 09:00")
    async with house.memory.work.write() as unit:
        await answer_attendance(AnswerAttendance(BOARD_ID, Coming.YES), MEMBER, unit, house.rules)
        await unit.commit()
    await moved(house, "2026-08-27 09:00")
    assert not house.memory.state.attendance, "the answers were for the old day"
    assert not [d for d in duties(house, DutyKind.ATTEND) if d.is_open]
    await ticked(house, "2026-08-17 08:00")
    assert {d.person for d in duties(house, DutyKind.ATTEND) if d.is_open} == {CHAIR.id, MEMBER.id}


async def test_an_old_button_moves_nothing() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await moved(house, "2026-06-04 09:00", rev=1)
    refused(await moved(house, "2026-06-11 09:00", LEAD, rev=1), RefusalCode.STALE)
    refused(await moved(house, "2026-06-11 09:00", MEMBER), RefusalCode.NOT_ALLOWED)


async def test_a_cancelled_meeting_asks_nothing_more() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    async with house.memory.work.write() as unit:
        result = await cancel_meeting(CancelMeeting(BOARD_ID, "For få saker."), OFFICE, unit, house.rules)
        await unit.commit()
    assert isinstance(result, MeetingChanged)
    assert not [d for d in house.memory.state.duties.values() if d.object_id == "styret" and d.is_open]
    assert PlannedState.OPEN not in steps(house).values()
    count = len(house.memory.state.outbox)
    await ticked(house, "2026-05-27 08:00")
    assert len(house.memory.state.outbox) == count


async def test_a_working_group_meeting_prepares_the_next_board_meeting() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-04-16 08:00")
    (task,) = (d for d in duties(house, DutyKind.TASK) if d.part == "wg_meeting")
    assert task.is_open
    group = await planned(house, "2026-05-08 12:00", LEAD, Body.WORKING_GROUP, "au")
    assert group.serves == BOARD_ID
    (task,) = (d for d in duties(house, DutyKind.TASK) if d.part == "wg_meeting")
    assert not task.is_open


async def test_without_its_working_group_meeting_it_is_to_be_set_up_again() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-04-16 08:00")
    await planned(house, "2026-05-08 12:00", LEAD, Body.WORKING_GROUP, "au")
    async with house.memory.work.write() as unit:
        cancelled = CancelMeeting(MeetingId("au"), "Sykdom.")
        assert isinstance(await cancel_meeting(cancelled, LEAD, unit, house.rules), MeetingChanged)
        await unit.commit()
    (task,) = (d for d in duties(house, DutyKind.TASK) if d.part == "wg_meeting")
    assert task.is_open


async def test_what_reached_nobody_after_the_digest_is_listed_in_the_next_one() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-13 08:00")
    digests = [key for key in _keys(house) if key.startswith("tasks.digest")]
    assert any(OFFICE.id in key for key in digests)
    async with house.memory.work.write() as unit:
        await unit.outbox.tell([Notice(NoticeKind.MEETING_MOVED, "styret", 9, MEMBER.id)], house.clock.now())
        await unit.commit()
    queue = house.memory.queue
    for due in await queue.claim(house.clock.now(), 99, timedelta(minutes=2)):
        await (queue.unreached if due.kind == "meeting.moved" else queue.failed)(due, "no way", house.clock.now())
    await ticked(house, "2026-05-13 10:00")
    assert [key for key in _keys(house) if key.startswith("tasks.digest")] == digests, "one a day"
    await ticked(house, "2026-05-15 08:00")
    assert f"tasks.digest:tasks:{OFFICE.id}:0:{OFFICE.id}::2026-05-15" in _keys(house)
    await ticked(house, "2026-05-18 08:00")


def _keys(house: Desk) -> list[str]:
    return [row.key for row in house.memory.state.outbox.values()]


async def test_a_task_that_is_done_is_over_for_all_who_were_asked() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-13 08:00")
    pack = [d for d in duties(house, DutyKind.TASK) if d.part == "pack"]
    assert {d.person for d in pack} == {OFFICE.id, "liv"}
    async with house.memory.work.write() as unit:
        refused(await finish_duty(FinishDuty(pack[0].id), SUBMITTER, unit, house.rules), RefusalCode.NOT_FOUND)
        assert isinstance(await finish_duty(FinishDuty(pack[0].id), OFFICE, unit, house.rules), Duty)
        refused(await finish_duty(FinishDuty(pack[1].id), OFFICE, unit, house.rules), RefusalCode.ALREADY)
        await unit.commit()


async def test_put_off_until_tomorrow() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    await ticked(house, "2026-05-18 08:00")
    (own,) = (d for d in duties(house, DutyKind.ATTEND) if d.person == MEMBER.id)
    async with house.memory.work.write() as unit:
        put_off = await snooze_duties(SnoozeDuties((own.id,)), MEMBER, unit, house.rules)
        refused(await snooze_duties(SnoozeDuties((own.id,)), SUBMITTER, unit, house.rules), RefusalCode.NOT_FOUND)
        await unit.commit()
    assert isinstance(put_off, tuple)
    assert put_off[0].next_at == at("2026-05-19 08:00")


# -- duties of cases ---------------------------------------------------------------------------------------------------


async def test_the_owners_deputy_of_the_register_confirms_in_the_owners_place() -> None:
    house = await desk()
    case = case_in(CaseState.SUBMITTED)
    case = replace(case, state=CaseState.AWAITING_OWNER, received_at=None)
    await house.keep(case)
    kept = Duty(DutyId("confirm"), DutyKind.CONFIRM, case.id, OWNER.id, house.clock.now(), date(2026, 3, 9))
    async with house.memory.work.write() as unit:
        await unit.duties.add([kept], house.clock.now())
        to_submitter = await delegate_duty(DelegateDuty(kept.id, SUBMITTER.id), OWNER, unit, house.rules)
        refused(to_submitter, RefusalCode.DEPUTY_UNFIT)
        assert isinstance(await delegate_duty(DelegateDuty(kept.id, VARA.id), OWNER, unit, house.rules), Duty)
        await unit.commit()
    assert ("duty.delegated", VARA.id) in house.told
    async with house.memory.work.write() as unit:
        done = await confirm_case(ConfirmCase(case.id), VARA, unit, house.rules)
        await unit.commit()
    assert isinstance(done, Changed), done
    assert not house.memory.state.duties[kept.id].is_open
    assert {d.kind for d in house.memory.state.duties.values() if d.is_open} == {DutyKind.REVIEW}


async def test_settling_at_start_is_done_once_and_takes_a_changed_file_in() -> None:
    house = await desk()
    await planned(house, "2026-05-28 09:00")
    house.memory.state.planned.clear()
    async with house.memory.work.write() as unit:
        assert await settle_plans(unit, house.rules) > 10
        assert await settle_plans(unit, house.rules) == 0
        await unit.commit()
    later = replace(
        house.rules.mandate,
        offsets=tuple(replace(o, days=o.days - 1) if o.id == "call" else o for o in house.rules.mandate.offsets),
    )
    async with house.memory.work.write() as unit:
        assert await settle_plans(unit, replace(house.rules, mandate=later)) == 2
        await unit.commit()


def _wanting(name: str, meeting: str) -> Case:
    who = "kari" if name == "mine" else "nils"
    case = case_in(CaseState.DRAFT)
    content = replace(case.content, wanted_meeting=MeetingId(meeting))
    return replace(case, id=CaseId(name), submitter=PersonId(who), content=content)


def _holding(role: Role) -> set[str]:
    return {one.id for one in OTHERS if role in one.roles}

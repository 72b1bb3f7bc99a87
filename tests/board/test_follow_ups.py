"""Conditions are followed up until they are done: who may report, what ends a case, and what asks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.case import Changed
from board.case_outcome import decide
from board.conflicts import Conflict, Declared, Ruling
from board.decision import Outcome
from board.duty import Duty, DutyKind
from board.errors import RefusalCode
from board.events import Happened
from board.follow_up import FollowUp, FollowUpChanged, FollowUpState
from board.ids import CaseId, DutyId, FollowUpId
from board.meeting_commands import BuildAgenda
from board.people import HANDLERS, Actor
from board.states import CaseState
from board.usecases.build_agenda import Built, build_agenda
from board.usecases.follow_up import seen_follow_up
from board.usecases.standing import open_follow_ups
from tests.board.agenda_support import case as treated_case
from tests.board.published_support import JUNE, LATER, Held, condition, held
from tests.board.support import BOARD_MEETING, NOW, OFFICE, OWNER, REGISTER, STRANGER, SUBMITTER, refused


async def followed(*more: str) -> tuple[Held, FollowUp]:
    at = await held()
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition(), *(condition(text) for text in more))
    await at.told()
    return at, (await at.follow_ups("a"))[0]


async def stored(at: Held, one: FollowUp) -> FollowUp:
    async with at.desk.memory.work.read() as work:
        found = await work.follow_ups.get(one.id)
    assert found is not None
    return found


async def test_a_condition_is_its_owners_with_the_decisions_number_and_day() -> None:
    at, one = await followed()
    assert (one.owner, one.due, one.number, one.state) == (OWNER.id, JUNE, "001-2026", FollowUpState.OPEN)
    assert ("follow_up.opened", OWNER.id) in at.desk.told
    assert ("follow_up.opened", one.id, OFFICE.id) in at.desk.log


async def test_a_report_may_bring_a_new_day_and_the_office_learns_it() -> None:
    at, one = await followed()
    day = JUNE + timedelta(days=30)
    made = await at.report(one.id, note=" Halvveis. ", day=day)
    assert isinstance(made, FollowUpChanged)
    after = await stored(at, one)
    assert (after.due, after.rev, [(r.note, r.by, r.new_date) for r in after.reports]) == (
        day, 2, [("Halvveis.", OWNER.id, day)],
    )  # fmt: skip
    assert ("follow_up.reported", OFFICE.id) in at.desk.told
    assert ("follow_up.reported", OWNER.id) not in at.desk.told


async def test_without_a_new_day_the_day_stays() -> None:
    at, one = await followed()
    await at.report(one.id)
    assert (await stored(at, one)).due == JUNE


async def test_done_is_done_once() -> None:
    at, one = await followed()
    await at.finish(one.id)
    log = at.desk.log
    again = refused(await at.finish(one.id), RefusalCode.ALREADY)
    assert (again.params["what"], again.params["by"]) == (Happened.FOLLOW_UP_DONE, OWNER.id)
    refused(await at.report(one.id), RefusalCode.ALREADY)
    assert at.desk.log == log
    assert (await stored(at, one)).done_by == OWNER.id


@pytest.mark.parametrize("note", ["", "   "])
async def test_nothing_said_is_refused(note: str) -> None:
    at, one = await followed()
    refused(await at.report(one.id, note=note), RefusalCode.REASON_NEEDED)
    refused(await at.finish(one.id, note=note), RefusalCode.REASON_NEEDED)
    assert (await stored(at, one)).rev == 1


async def test_a_day_that_has_passed_and_an_old_button_are_refused() -> None:
    at, one = await followed()
    refused(await at.report(one.id, day=date(2026, 3, 1)), RefusalCode.DEADLINE_PASSED)
    await at.report(one.id, rev=1)
    stale = refused(await at.finish(one.id, rev=1), RefusalCode.STALE)
    assert (stale.params["what"], stale.params["by"]) == (Happened.FOLLOW_UP_REPORTED, OWNER.id)
    assert (await stored(at, one)).is_open


@pytest.mark.parametrize("first", ["minutes", "done"])
async def test_the_case_is_closed_when_both_minutes_and_the_last_follow_up_are_there(first: str) -> None:
    at, one = await followed("Meld tilbake.")
    other = (await at.follow_ups("a"))[1]
    await (at.approve("a") if first == "minutes" else at.finish(other.id))
    await at.finish(one.id)
    assert at.state("a") is not CaseState.CLOSED
    await (at.finish(other.id) if first == "minutes" else at.approve("a"))
    assert at.state("a") is CaseState.CLOSED


async def test_a_case_without_conditions_is_closed_by_its_minutes() -> None:
    at = await held()
    await at.decide("b")
    await at.told()
    await at.approve("b")
    assert at.state("b") is CaseState.CLOSED


@pytest.mark.parametrize("person", [*REGISTER, STRANGER], ids=lambda one: one.id)
@pytest.mark.parametrize("act", ["report", "finish"])
@pytest.mark.parametrize("standing", ["open", "done"])
async def test_who_may_do_what_in_which_state(person: Actor, act: str, standing: str) -> None:
    at, one = await followed()
    if standing == "done":
        await at.finish(one.id)
    before = await stored(at, one)
    made = await (at.report if act == "report" else at.finish)(one.id, by=person)
    may = person.id == OWNER.id or bool(person.roles & HANDLERS)
    log = [(what, by) for what, about, by in at.desk.log if about == one.id]
    if may and standing == "open":
        assert isinstance(made, FollowUpChanged)
        return
    sees = at.desk.case("a").may_be_seen_by(person)
    expected = RefusalCode.ALREADY if may else RefusalCode.NOT_ALLOWED if sees else RefusalCode.NOT_FOUND
    refused(made, expected)
    assert await stored(at, one) == before
    assert (("act.refused", person.id) in log) is (not may)


async def test_an_owner_who_is_inhabil_finds_nothing() -> None:
    at, one = await followed()
    await at.exclude("a", OWNER.id)
    refused(await at.report(one.id), RefusalCode.NOT_FOUND)
    async with at.desk.memory.work.read() as work:
        refused(await seen_follow_up(one.id, OWNER, work), RefusalCode.NOT_FOUND)
        assert await seen_follow_up(one.id, SUBMITTER, work) == one
        refused(await seen_follow_up(FollowUpId("nothing"), OFFICE, work), RefusalCode.NOT_FOUND)


async def build(at: Held) -> Built:
    async with at.desk.memory.work.write() as work:
        made = await build_agenda(BuildAgenda(LATER.id), OFFICE, work, at.desk.rules)
        assert isinstance(made, Built), made
        await work.commit()
    return made


@pytest.mark.parametrize("built_before", [False, True])
async def test_the_next_agenda_has_them_as_an_item_once(built_before: bool) -> None:
    """Also where it was built before the decisions were told."""
    at = await held()
    await at.desk.keep(treated_case("x"))
    if built_before:
        first = await build(at)
        assert "follow_up" not in [item.kind for item in first.agenda.items]
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition())
    await at.told()
    for _time in range(2):
        made = await build(at)
        assert [item.kind for item in made.agenda.items] == ["agenda", "minutes", "follow_up", "decision", "other"]


async def test_a_postponed_case_comes_on_the_next_agenda_with_a_new_number() -> None:
    at = await held()
    await at.decide("b", Outcome.POSTPONED)
    await at.told()
    made = await build(at)
    assert [case.id for case in made.added] == [CaseId("b")]
    case = at.desk.case("b")
    assert case.board_meeting == LATER.id
    assert case.board_number not in ("", "002-2026")
    assert case.earlier_numbers[-1] == "002-2026"
    async with at.desk.memory.work.read() as work:
        before = (await work.decisions.of_cases([case.id]))[case.id]
    assert [(d.meeting, d.number) for d in before] == [(BOARD_MEETING, "002-2026")]


async def test_what_was_put_off_is_not_settled_before_its_papers_are_sent_again() -> None:
    """It was sent out once, for the meeting that put it off (mandatet § 7)."""
    at = await held()
    await at.decide("b", Outcome.POSTPONED)
    await at.told()
    await build(at)
    now = at.desk.clock.now()
    case = at.desk.case("b")
    refused(decide(case, OFFICE, LATER.id, Outcome.ADOPTED, now), RefusalCode.NOT_SENT)
    put_off = decide(case, OFFICE, LATER.id, Outcome.POSTPONED, now)
    assert isinstance(put_off, Changed)
    refused(decide(put_off.case, OFFICE, LATER.id, Outcome.ADOPTED, now), RefusalCode.NOT_SENT)


async def test_what_is_asked_ends_with_the_report_and_nobody_inhabil_is_asked() -> None:
    at, one = await followed("Meld tilbake.")
    other = (await at.follow_ups("a"))[1]
    ruled = Conflict(CaseId("b"), OWNER.id, 1, Declared.POSSIBLE, "", NOW, Ruling.EXCLUDED, OFFICE.id, NOW)
    duty = Duty(DutyId("d"), DutyKind.FOLLOW_UP, one.id, OWNER.id, NOW, JUNE)
    async with at.work.write() as work:
        await work.duties.add([duty], NOW)
        assert await open_follow_ups([LATER.id], work) == [(one.id, OWNER.id), (other.id, OWNER.id)]
        assert await open_follow_ups([], work) == []
        await work.conflicts.put(ruled)
        assert len(await open_follow_ups([LATER.id], work)) == 2
        await work.conflicts.put(replace(ruled, case=CaseId("a")))
        assert await open_follow_ups([LATER.id], work) == []
        await work.commit()
    await at.report(one.id)
    async with at.work.read() as work:
        ended = await work.duties.get(duty.id)
    assert ended is not None
    assert (ended.is_open, ended.ended_by) == (False, OWNER.id)

"""Decisions are told once, to those who own them; where a case goes is what the outcome says."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from board.decision import Outcome
from board.delivery import Address
from board.duty import DutyKind
from board.errors import RefusalCode
from board.events import Happened
from board.ids import CaseId, ItemId, channel_recipient
from board.minutes import MinutesState
from board.minutes_text import Source, Version
from board.people import HANDLERS, Actor, Body
from board.planning_ports import ChannelPost
from board.sitting_commands import PublishDecisions, RecordDecision
from board.states import CaseState
from board.usecases.publish_decisions import Published, publish_decisions
from board.usecases.record_decision import record_decision
from tests.board.pack_support import MEMBER, circulated
from tests.board.published_support import HELD, LATER, NAMES, Held, condition, held, item_of, sent_out
from tests.board.support import BOARD_MEETING, LEAD, NOW, OFFICE, OWNER, REGISTER, STRANGER, SUBMITTER, refused

S = CaseState
GOES_TO = {
    Outcome.ADOPTED: S.PUBLISHED,
    Outcome.ADOPTED_AMENDED: S.PUBLISHED,
    Outcome.ADOPTED_WITH_CONDITIONS: S.PUBLISHED,
    Outcome.REJECTED: S.PUBLISHED,
    Outcome.POSTPONED: S.WG_TREATED,
    Outcome.SENT_BACK: S.INCOMPLETE,
    Outcome.WITHDRAWN: S.WITHDRAWN,
}


@pytest.mark.parametrize("outcome", sorted(GOES_TO))
async def test_the_case_goes_where_the_outcome_says_and_those_who_own_it_learn_it(outcome: Outcome) -> None:
    at = await held()
    conditions = (condition(),) if outcome is Outcome.ADOPTED_WITH_CONDITIONS else ()
    await at.decide("a", outcome, *conditions)
    assert at.state("a") is S.DECIDED
    assert not {k for k, _ in at.desk.told if k.startswith(("decision.", "follow_up."))}
    await at.told("a")
    assert at.state("a") is GOES_TO[outcome]
    assert {p for k, p in at.desk.told if k == "decision.published"} == {SUBMITTER.id, OWNER.id}
    assert len(await at.follow_ups("a")) == len(conditions)


async def test_a_postponed_case_loses_its_number_and_its_meeting_and_keeps_the_link() -> None:
    at = await held()
    await at.decide("a", Outcome.POSTPONED)
    await at.told()
    case = at.desk.case("a")
    assert (case.board_meeting, case.board_number, case.earlier_numbers[-1]) == (None, "", "001-2026")
    async with at.desk.memory.work.read() as work:
        (decision,) = (await work.decisions.of_cases([CaseId("a")]))[CaseId("a")]
    assert (decision.number, decision.outcome) == ("001-2026", Outcome.POSTPONED)


async def test_one_that_the_working_group_never_treated_waits_for_it_again() -> None:
    at = await held(sent_out("a", "001-2026", wg_outcome=None))
    await at.decide("a", Outcome.POSTPONED)
    await at.told()
    assert at.state("a") is S.READY_FOR_WG


async def test_a_case_that_is_sent_back_is_its_submitters_to_complete() -> None:
    at = await held()
    await at.decide("a", Outcome.SENT_BACK, text="Vis driftskostnadene.")
    await at.told()
    assert at.desk.case("a").reason == "Vis driftskostnadene."
    async with at.desk.memory.work.read() as work:
        duties = await work.duties.of_object(CaseId("a"))
    assert [(d.kind, d.person) for d in duties if d.is_open] == [(DutyKind.COMPLETE, SUBMITTER.id)]


async def test_told_twice_is_told_once() -> None:
    at = await held()
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition(), condition("Meld tilbake."))
    await at.told()
    told, log = at.desk.told, at.desk.log
    again = refused(await at.publish(), RefusalCode.ALREADY)
    assert again.params["what"] is Happened.DECISION_PUBLISHED
    assert again.params["by"] == OFFICE.id
    assert (at.desk.told, at.desk.log) == (told, log)
    assert [one.text for one in await at.follow_ups("a")] == ["Vis gevinstplanen.", "Meld tilbake."]


async def test_one_at_a_time_or_the_rest_in_one_go() -> None:
    at = await held()
    for name in NAMES:
        await at.decide(name)
    first = await at.told("b")
    assert [one.case for one in first.decisions] == ["b"]
    assert [at.state(n) for n in NAMES] == [S.DECIDED, S.PUBLISHED, S.DECIDED]
    rest = await at.told()
    assert [one.case for one in rest.decisions] == ["a", "c"]
    assert {at.state(n) for n in NAMES} == {S.PUBLISHED}


async def test_an_item_that_is_not_decided_or_not_there_is_refused() -> None:
    at = await held()
    refused(await at.publish(), RefusalCode.UNDECIDED)
    refused(await at.publish("a"), RefusalCode.UNDECIDED)
    await at.decide("a")
    assert refused(await at.publish("b"), RefusalCode.UNDECIDED).params["items"] == (item_of("b"),)
    refused(await at.publish("nothing"), RefusalCode.UNDECIDED)
    assert at.state("a") is S.DECIDED


@pytest.mark.parametrize("outcome", [Outcome.ADOPTED, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.POSTPONED])
async def test_what_is_told_after_the_minutes_were_approved_is_minuted_at_once(outcome: Outcome) -> None:
    at = await held()
    await at.decide("a", outcome, *([condition()] if outcome is Outcome.ADOPTED_WITH_CONDITIONS else []))
    approved = replace(circulated(BOARD_MEETING, body=Body.BOARD), state=MinutesState.APPROVED, approved_version=1)
    async with at.desk.memory.work.write() as work:
        await work.minutes_book.add(approved, Version(BOARD_MEETING, 1, (), OFFICE.id, NOW, Source.RECORD))
        await work.commit()
    await at.told("a")
    ends = {Outcome.ADOPTED: S.CLOSED, Outcome.ADOPTED_WITH_CONDITIONS: S.MINUTED, Outcome.POSTPONED: S.WG_TREATED}
    assert at.state("a") is ends[outcome]
    for one in await at.follow_ups("a"):
        await at.finish(one.id)
        assert at.state("a") is S.CLOSED


async def test_a_meeting_that_was_not_opened_has_nothing_to_tell() -> None:
    at = await held()
    async with at.desk.memory.work.write() as work:
        made = await publish_decisions(PublishDecisions(LATER.id), OFFICE, work, at.desk.rules)
    refused(made, RefusalCode.NOT_STARTED)


async def test_after_it_was_told_nothing_can_be_recorded_anew() -> None:
    at = await held()
    await at.decide("a")
    await at.told()
    command = RecordDecision(BOARD_MEETING, item_of("a"), Outcome.REJECTED, "Nei.")
    async with at.desk.memory.work.write() as work:
        refused(await record_decision(command, OFFICE, work, at.desk.rules), RefusalCode.ALREADY)
    assert at.state("a") is S.PUBLISHED


async def test_one_who_is_inhabil_tells_the_others_and_learns_only_how_many_are_left() -> None:
    at = await held()
    await at.decide("a")
    await at.decide("b", Outcome.REJECTED)
    await at.exclude("b", OFFICE.id)
    made = await at.told()
    assert ([d.case for d in made.decisions], made.left) == (["a"], (item_of("b"),))
    assert at.state("b") is S.DECIDED
    refused(await at.publish("b"), RefusalCode.CONFLICTED)
    other = await at.publish(by=LEAD)
    assert isinstance(other, Published)
    assert at.state("b") is S.PUBLISHED


async def test_a_case_that_its_submitter_took_back_stays_taken_back() -> None:
    at = await held()
    at.desk.memory.state.cases[CaseId("a")] = replace(at.desk.case("a"), state=S.WITHDRAWN)
    await at.decide("a", Outcome.WITHDRAWN)
    made = await at.told()
    assert (at.state("a"), len(made.decisions)) == (S.WITHDRAWN, 1)


@pytest.mark.parametrize("person", [*REGISTER, STRANGER], ids=lambda one: one.id)
@pytest.mark.parametrize("standing", ["nothing", "recorded", "told"])
async def test_who_may_tell_in_which_state(person: Actor, standing: str) -> None:
    at = await held()
    if standing != "nothing":
        await at.decide("a")
    if standing == "told":
        await at.told()
    before = at.state("a")
    made = await at.publish("a", by=person)
    log = [what for what, about, by in at.desk.log if (about, by) == (BOARD_MEETING, person.id)]
    if not person.roles & HANDLERS:
        refused(made, RefusalCode.NOT_ALLOWED)
        assert log.count("act.refused") == 1
        assert at.state("a") is before
        return
    assert log.count("act.refused") == 0
    expected = {"nothing": RefusalCode.UNDECIDED, "told": RefusalCode.ALREADY}.get(standing)
    if expected:
        refused(made, expected)
    else:
        assert isinstance(made, Published)
        assert at.state("a") is S.PUBLISHED


CHANNEL = channel_recipient("teams", "19:x@thread")


async def _channel(at: Held) -> str:
    address = Address("teams", "tenant", "https://example.org/", "19:x@thread", "channel", "bot", "team")
    async with at.desk.memory.work.write() as work:
        await work.channels.open(ChannelPost(CHANNEL, "nb", OFFICE.id, HELD.starts_at), address)
        await work.commit()
    return CHANNEL


@pytest.mark.parametrize(("classification", "is_told"), [("open", True), ("exempt", False)])
async def test_a_channel_is_told_of_open_cases_only(classification: Literal["open", "exempt"], is_told: bool) -> None:
    case = sent_out("a", "001-2026")
    at = await held(replace(case, content=replace(case.content, classification=classification)))
    recipient = await _channel(at)
    await at.decide("a")
    await at.told()
    assert (("decision.milestone", recipient) in at.desk.told) is is_told


async def test_nor_of_one_that_somebody_is_inhabil_for() -> None:
    at = await held()
    recipient = await _channel(at)
    await at.decide("a")
    await at.exclude("a", MEMBER.id)
    await at.told()
    assert ("decision.milestone", recipient) not in at.desk.told


async def test_what_is_no_case_is_told_and_goes_nowhere() -> None:
    at = await held()
    async with at.desk.memory.work.write() as work:
        await record_decision(_noted(), OFFICE, work, at.desk.rules)
        await work.commit()
    made = await at.told()
    assert [(d.item, d.is_published) for d in made.decisions] == [("other", True)]
    assert not {k for k, _ in at.desk.told if k.startswith("decision.")}


def _noted() -> RecordDecision:
    return RecordDecision(BOARD_MEETING, ItemId("other"), Outcome.NOTED)

"""Cases, meetings and minutes under acts in any order: doubled, at once, and with crashes before and after the commit.

After every step: only states that the table of transitions reaches; one decision a case and meeting; what the log says
is what is stored; what was put in line is what the log says.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from board.approval import Conclusion, Said
from board.commands import WithdrawCase
from board.decision import Condition, Outcome
from board.editable import Section
from board.ids import ItemId, MeetingId
from board.minutes import MinutesState
from board.minutes_commands import (
    AcceptRemark,
    ApproveMinutes,
    CirculateMinutes,
    ConcludeMinutes,
    DraftMinutes,
    EditMinutes,
    GiveRemark,
    NoRemark,
)
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.remarks import RemarkClass, RemarkState
from board.sitting_commands import (
    CallItem,
    CloseMeeting,
    FinishFollowUp,
    PublishDecisions,
    RecordDecision,
    ReportFollowUp,
    SeatPerson,
    StartMeeting,
)
from board.usecases.accept_remark import accept_remark
from board.usecases.approve_minutes import approve_minutes
from board.usecases.call_item import call_item
from board.usecases.circulate_minutes import circulate_minutes
from board.usecases.close_meeting import close_meeting
from board.usecases.close_rounds import close_rounds
from board.usecases.conclude_minutes import conclude_minutes
from board.usecases.draft_minutes import draft_minutes
from board.usecases.edit_minutes import edit_minutes
from board.usecases.follow_up import finish_follow_up, report_follow_up
from board.usecases.give_remark import give_remark, no_remark
from board.usecases.publish_decisions import publish_decisions
from board.usecases.record_decision import record_decision
from board.usecases.seal_minutes import claim_sealing, minutes_sealed
from board.usecases.seat_person import seat_person
from board.usecases.stage_remark import stage_remark
from board.usecases.start_meeting import start_meeting
from board.usecases.withdraw_case import withdraw_case
from storage.engine import open_store
from tests.contracts import course_laws as laws
from tests.contracts.course_world import CASES, CHAIR, LEAD, MEMBERS, PEOPLE, STARTS, A, B, Looked, World, person
from tests.fakes.memory import Memory
from tests.storage.databases import TEMPLATE
from tests.storage.server import Server

Do = Callable[[UnitOfWork, Rules], Awaitable[Any]]
WHOLE_WAY: Final = 14
"""Steps from the first meeting's start to the last follow-up."""
FATES: Final = ("done", "done", "done", "twice", "crash before", "crash after", "at once")
DRAFT: Final = (
    Section("head", "", "Styremøte", editable=False),
    Section("item:item-1:text", "Sak 001-2026", "Saken ble lagt fram."),
    Section("item:item-1:decision", "Vedtak", "Vedtatt.", editable=False),
)
MEETINGS = st.sampled_from([A, A, B])
WHO = st.integers(0, len(PEOPLE) - 1).map(person)
RUNS = st.sampled_from([LEAD, LEAD, LEAD, CHAIR, *PEOPLE])
LEADS = st.sampled_from([CHAIR, CHAIR, CHAIR, *PEOPLE])
ITEMS = st.sampled_from(["item-1", "item-2", "item-3", "april-agenda", "april-other", "june-agenda", "june-other"])
FATE = st.sampled_from(FATES)
OUTCOMES = st.sampled_from(
    [Outcome.ADOPTED, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.POSTPONED, Outcome.SENT_BACK, Outcome.REJECTED]
)
_names = itertools.count()


class Course(RuleBasedStateMachine):
    """``opened`` makes the world: each database its own class."""

    opened: ClassVar[Callable[[AsyncExitStack], Coroutine[Any, Any, World]]]
    world: World
    reached: ClassVar[set[str]]
    """What some example came to: a machine that never gets far shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.digest = ""
        self.before: Looked | None = None

    def teardown(self) -> None:
        self._runner.run(self._stack.aclose())
        self._runner.close()

    @initialize()
    def begin(self) -> None:
        self.world = self._runner.run(type(self).opened(self._stack))
        self._runner.run(self.world.seed())

    def act(self, fate: str, do: Do, beside: Do | None = None) -> None:
        """Does it as fate has it. What was cut off before its commit leaves nothing behind."""
        run, world = self._runner.run, self.world
        if fate == "crash before":
            was = run(world.look())
            run(world.act(do, crash=True))
            assert run(world.look()) == was, "nothing remains of what was never committed"
        elif fate == "at once":
            run(world.at_once(do, beside or do))
        else:
            run(world.act(do))
            if fate != "done":  # pressed twice, or asked again because the answer was lost with its process
                run(world.act(do))

    # -- time and the meeting ----------------------------------------------------------------------------------------

    @rule(days=st.sampled_from([0, 0, 1, 8, 30]))
    def time_passes(self, days: int) -> None:
        now = self.world.clock.now()
        nearest = min((at for at in STARTS.values() if at > now), default=now)
        self.world.clock.set(nearest if days == 0 else now + timedelta(days=days, minutes=1))

    @rule(meeting=MEETINGS, who=RUNS, fate=FATE)
    def start(self, meeting: MeetingId, who: Actor, fate: str) -> None:
        self.act(fate, lambda work, rules: start_meeting(StartMeeting(meeting), who, work, rules))

    @rule(meeting=MEETINGS, item=st.none() | ITEMS, who=RUNS, fate=FATE)
    def call(self, meeting: MeetingId, item: str | None, who: Actor, fate: str) -> None:
        named = ItemId(item) if item else None
        self.act(fate, lambda work, rules: call_item(CallItem(meeting, named), who, work, rules))

    @rule(meeting=MEETINGS, whom=WHO, there=st.booleans(), fate=FATE)
    def seat(self, meeting: MeetingId, whom: Actor, there: bool, fate: str) -> None:
        self.act(fate, lambda work, rules: seat_person(SeatPerson(meeting, whom.id, there), LEAD, work, rules))

    @rule(
        meeting=MEETINGS, item=ITEMS, outcome=st.sampled_from(Outcome), who=RUNS, fate=FATE,
        other=st.sampled_from(Outcome), conditions=st.integers(0, 2),
    )  # fmt: skip
    def record(
        self, meeting: MeetingId, item: str, outcome: Outcome, who: Actor, fate: str, other: Outcome, conditions: int
    ) -> None:
        def said(what: Outcome) -> Do:
            asked = tuple(Condition(f"Vilkår {n}", LEAD.id, date(2026, 9, 1)) for n in range(conditions))
            with_them = asked if what is Outcome.ADOPTED_WITH_CONDITIONS else ()
            text = "Svar om proposed_decision" if what is Outcome.ADOPTED else f"Styret sier {what}."
            command = RecordDecision(meeting, ItemId(item), what, text, with_them)
            return lambda work, rules: record_decision(command, who, work, rules)

        self.act(fate, said(outcome), said(other))

    def decide_the_rest(self, meeting: MeetingId, fate: str, outcomes: list[Outcome]) -> None:
        """What is left, so that meetings come to an end within few steps."""
        decided = {one.item for one in self._runner.run(self.world.look()).decisions[meeting]}
        rest = {f"{meeting}-agenda": Outcome.ADOPTED, f"{meeting}-other": Outcome.NOTED}
        rest |= {f"item-{n}": outcome for n, outcome in enumerate(outcomes, 1)} if meeting == A else {}
        for item, outcome in rest.items():
            if item not in decided:
                self.record(meeting, item, outcome, LEAD, fate, outcome, 1)

    @rule(meeting=MEETINGS, who=RUNS, fate=FATE)
    def close(self, meeting: MeetingId, who: Actor, fate: str) -> None:
        self.act(fate, lambda work, rules: close_meeting(CloseMeeting(meeting), who, work, rules))

    @rule(item=st.none() | ITEMS, who=RUNS, fate=FATE)
    def publish(self, item: str | None, who: Actor, fate: str) -> None:
        command = PublishDecisions(A, (ItemId(item),) if item else None)
        self.act(fate, lambda work, rules: publish_decisions(command, who, work, rules))

    @rule(case=st.sampled_from(CASES), who=WHO, fate=FATE)
    def withdraw(self, case: Any, who: Actor, fate: str) -> None:
        self.act(fate, lambda work, rules: withdraw_case(WithdrawCase(case, "Ikke lenger."), who, work, rules))

    @rule(number=st.integers(0, 5), done=st.booleans(), who=st.sampled_from([LEAD, LEAD, *PEOPLE]), fate=FATE)
    def follow_up(self, number: int, done: bool, who: Actor, fate: str) -> None:
        if one := self._runner.run(self.world.follow_up(number)):
            if done:
                self.act(fate, lambda work, rules: finish_follow_up(FinishFollowUp(one, "Gjort."), who, work, rules))
            else:
                self.act(
                    fate, lambda work, rules: report_follow_up(ReportFollowUp(one, "Er i gang."), who, work, rules)
                )

    # -- minutes -----------------------------------------------------------------------------------------------------

    @rule(meeting=MEETINGS, who=RUNS, fate=FATE)
    def draft(self, meeting: MeetingId, who: Actor, fate: str) -> None:
        self.act(fate, lambda work, rules: draft_minutes(DraftMinutes(meeting, DRAFT), who, work, rules))

    @rule(version=st.integers(1, 3), text=st.sampled_from(["Ny tekst.", "Enda en."]), who=RUNS, fate=FATE)
    def edit(self, version: int, text: str, who: Actor, fate: str) -> None:
        command = EditMinutes(A, version, {"item:item-1:text": text})
        self.act(fate, lambda work, rules: edit_minutes(command, who, work, rules))

    @rule(who=RUNS, fate=FATE)
    def circulate(self, who: Actor, fate: str) -> None:
        self.act(fate, lambda work, rules: circulate_minutes(CirculateMinutes(A), who, work, rules))

    @rule(version=st.integers(1, 3), cls=st.sampled_from([None, *RemarkClass]), who=WHO, fate=FATE)
    def answer_round(self, version: int, cls: RemarkClass | None, who: Actor, fate: str) -> None:
        if cls is None:
            self.act(fate, lambda work, rules: no_remark(NoRemark(A, version), who, work, rules))
        else:
            command = GiveRemark(A, version, cls, "Det ble sagt mer.", "item:item-1:text")
            self.act(fate, lambda work, rules: give_remark(command, who, work, rules))

    @rule(number=st.integers(0, 5), who=RUNS, fate=FATE, staged=st.booleans())
    def take_in(self, number: int, who: Actor, fate: str, staged: bool) -> None:
        remarks = self._runner.run(self.world.look()).remarks[A]
        if remarks:
            one = remarks[number % len(remarks)]
            command = AcceptRemark(one.id, "item:item-1:text", f"Rettet etter {one.id}.")
            do = stage_remark if staged else accept_remark
            self.act(fate, lambda work, rules: do(command, who, work, rules))

    @rule(fate=FATE)
    def round_over(self, fate: str) -> None:
        self.act(fate, close_rounds)

    @rule()
    def look_at_text(self) -> None:
        """What somebody has on the screen: it may be old when the answer comes."""
        found = self._runner.run(self.world.look()).versions[A]
        self.digest = found[-1].digest if found else ""

    @rule(who=WHO, said=st.sampled_from([Said.APPROVE, Said.APPROVE, Said.REMARK]), fate=FATE, forged=st.booleans())
    def approve(self, who: Actor, said: Said, fate: str, forged: bool) -> None:
        command = ApproveMinutes(A, "0" * 64 if forged else self.digest, said, "Nei." if said is Said.REMARK else "")
        self.act(fate, lambda work, rules: approve_minutes(command, who, work, rules))

    @rule()
    def everybody_at_once(self) -> None:
        command = ApproveMinutes(A, self.digest, Said.APPROVE)
        acts: list[Do] = [
            lambda work, rules, one=one: approve_minutes(command, one, work, rules)  # type: ignore[misc]  # bound now
            for one in PEOPLE
        ]
        self._runner.run(self.world.at_once(*acts))

    @rule(result=st.sampled_from(Conclusion), who=LEADS, fate=FATE)
    def conclude(self, result: Conclusion, who: Actor, fate: str) -> None:
        self.act(fate, lambda work, rules: conclude_minutes(ConcludeMinutes(A, result), who, work, rules))

    @rule(fate=FATE)
    def lock(self, fate: str) -> None:
        async def sealed(work: UnitOfWork, rules: Rules) -> None:
            if made := await claim_sealing(work, rules):
                await minutes_sealed(made, made.version.digest, 3, 1000, work, rules)

        self.act(fate, sealed)

    # -- the usual way, so that what comes late is reached as well ----------------------------------------------------

    @rule(fate=FATE, steps=st.integers(1, 5), outcomes=st.lists(OUTCOMES, min_size=3, max_size=3))
    def goes_on(self, fate: str, steps: int, outcomes: list[Outcome]) -> None:
        for _step in range(steps):
            self._next_step(fate, outcomes)

    def _next_step(self, fate: str, outcomes: list[Outcome]) -> None:
        now = self._runner.run(self.world.look())
        first, second, minutes = now.sittings.get(A), now.sittings.get(B), now.minutes.get(A)
        if first is None:
            self._begin_at(A, fate)
        elif first.is_open:
            self.decide_the_rest(A, fate, outcomes)
            self.close(A, LEAD, fate)
        elif any(not one.is_published for one in now.decisions[A]):
            self.publish(None, LEAD, fate)
        elif minutes is None:
            self.draft(A, LEAD, fate)
        elif minutes.state is MinutesState.DRAFT:
            self.circulate(LEAD, fate)
        elif second is None:
            self._remarked(now, fate)
            self._begin_at(B, fate)
        elif minutes.is_approved:
            self._end(now, fate)
        elif not minutes.is_called:
            self.call(B, f"{B}-minutes", LEAD, fate)
        else:
            self.take_in(0, LEAD, fate, staged=True)
            self.look_at_text()
            self.everybody_at_once()
            staged = any(one.state is RemarkState.STAGED for one in now.remarks[A])
            self.conclude(Conclusion.WITH_CORRECTIONS if staged else Conclusion.APPROVED, CHAIR, fate)

    def _remarked(self, now: Looked, fate: str) -> None:
        if not now.remarks[A]:
            self.answer_round(now.minutes[A].version, RemarkClass.SUBSTANTIVE, MEMBERS[0], fate)

    def _begin_at(self, meeting: MeetingId, fate: str) -> None:
        self.world.clock.set(max(STARTS[meeting], self.world.clock.now()))
        self.start(meeting, LEAD, fate)

    def _end(self, now: Looked, fate: str) -> None:
        minutes = now.minutes[A]
        if not minutes.sha256:
            self.lock(fate)
        else:
            self.follow_up(0, True, LEAD, fate)

    # -- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        if not hasattr(self, "world"):
            return
        now = self._runner.run(self.world.look())
        laws.only_states_that_are_reached(now)
        laws.one_decision_a_case_and_meeting(now)
        laws.the_log_says_what_is_stored(now)
        laws.in_line_is_what_the_log_says(now)
        laws.nothing_is_undone(self.before, now)
        self.before = now
        type(self).reached |= laws.reached(now)


# -- the stores --------------------------------------------------------------------------------------------------------


def _machine(opened: Callable[[AsyncExitStack], Coroutine[Any, Any, World]]) -> type[Course]:
    return type("CourseHere", (Course,), {"opened": staticmethod(opened), "reached": set()})


def _run(machine: type[Course], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    for fate in dict.fromkeys(FATES):
        _walk(machine, fate)
    assert machine.reached >= laws.FAR


def _walk(machine: type[Course], fate: str) -> None:
    """The whole way, every act of it as this fate has it: to locked minutes and cases that are closed."""
    course = machine()
    try:
        course.begin()
        for _step in range(WHOLE_WAY):
            course._next_step(fate, [Outcome.ADOPTED_WITH_CONDITIONS, Outcome.POSTPONED, Outcome.SENT_BACK])
            course.holds()
    finally:
        course.teardown()


def test_on_the_double() -> None:
    async def opened(_stack: AsyncExitStack) -> World:
        memory = Memory()
        return World(memory.work, "", memory)

    _run(_machine(opened), 40, 60)


@pytest.mark.slow
def test_on_sqlite(migrated_file: Path, tmp_path: Path) -> None:
    async def opened(stack: AsyncExitStack) -> World:
        path = tmp_path / f"course-{next(_names)}.db"
        shutil.copy(migrated_file, path)
        url = f"sqlite:///{path}"
        store = await stack.enter_async_context(await open_store(url, pool_size=4, urn_keys=tmp_path / "urn"))
        return World(store.work, url, None)

    _run(_machine(opened), 6, 40)


@pytest.mark.slow
@pytest.mark.postgres
def test_on_postgres(postgres_server: Server, tmp_path: Path) -> None:
    async def opened(stack: AsyncExitStack) -> World:
        name = f"course_{next(_names)}"
        await postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        url = postgres_server.url(name)
        store = await stack.enter_async_context(await open_store(url, pool_size=12, urn_keys=tmp_path / "urn"))
        return World(store.work, url, None)

    _run(_machine(opened), 4, 40)

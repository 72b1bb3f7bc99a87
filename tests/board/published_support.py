"""A board meeting that is held: cases sent out, a run-sheet that is open, decisions recorded as the office does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from board.case import Case
from board.case_outcome import minute
from board.decision import Condition, Outcome
from board.errors import Refusal
from board.follow_up import FollowUp, FollowUpResult
from board.ids import CaseId, FollowUpId, ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork, Work
from board.sitting import Seat, Sitting
from board.sitting_commands import FinishFollowUp, PublishDecisions, RecordDecision, ReportFollowUp
from board.states import CaseState
from board.usecases._record import record
from board.usecases.follow_up import close_where_done, finish_follow_up, report_follow_up
from board.usecases.publish_decisions import Published, publish_decisions
from board.usecases.record_decision import record_decision
from tests.board.pack_support import CHAIR, MEMBER, agenda_of
from tests.board.support import BOARD_MEETING, NOW, OFFICE, OWNER, Desk, case_in, desk

HELD = Meeting(BOARD_MEETING, Body.BOARD, NOW, 180)
JUNE = date(2026, 6, 1)
LATER = Meeting(MeetingId("board-2"), Body.BOARD, datetime(2026, 6, 4, 7, tzinfo=UTC), 180)
NAMES = ("a", "b", "c")
WAIVED: Final[dict[str, Any]] = {"without_quorum": "Saken haster.", "quorum_by": CHAIR.id}
"""Two are too few: the chair has said go on."""


def sent_out(name: str, number: str, **changes: object) -> Case:
    made = replace(case_in(CaseState.DISPATCHED), id=CaseId(name), board_number=number, wg_number=f"AU 9{number[1:]}")
    return replace(made, content=replace(made.content, title=f"Sak{name.upper() * 3}"), **changes)  # type: ignore[arg-type]  # the callers name fields of Case


def item_of(name: str) -> ItemId:
    return ItemId(f"i-{name}")


def condition(text: str = "Vis gevinstplanen.", owner: Actor = OWNER, due: date = JUNE) -> Condition:
    return Condition(text, owner.id, due)


async def fill(work: UnitOfWork, *cases: Case) -> None:
    """The meeting, its agenda and its open run-sheet; everybody of the board sits in it."""
    agenda = agenda_of(cases, approved=True)
    for meeting in (HELD, LATER):
        await work.meetings.add(meeting)
    await work.agendas.add(agenda)
    items = tuple(item.id for item in agenda.items)
    seats = (Seat(CHAIR.id), Seat(MEMBER.id))
    await work.sittings.add(Sitting(BOARD_MEETING, Body.BOARD, 1, items, NOW, OFFICE.id, items[0], seats, **WAIVED))
    for case in cases:
        await work.cases.add(case)


@dataclass
class Held:
    """Over any store; ``desk`` where it is the double."""

    work: Work
    rules: Rules
    given: Desk | None = None

    @property
    def desk(self) -> Desk:
        assert self.given is not None
        return self.given

    async def decide(
        self, name: str, outcome: Outcome = Outcome.ADOPTED, *conditions: Condition, text: str = "", by: Actor = OFFICE
    ) -> None:
        given = text or {Outcome.ADOPTED: ""}.get(outcome, f"Styret sier {outcome}.")
        command = RecordDecision(BOARD_MEETING, item_of(name), outcome, given, conditions)
        async with self.work.write() as work:
            made = await record_decision(command, by, work, self.rules)
            assert not isinstance(made, Refusal), made
            await work.commit()

    async def publish(self, *names: str, by: Actor = OFFICE) -> Published | Refusal:
        command = PublishDecisions(BOARD_MEETING, tuple(item_of(n) for n in names) or None)
        async with self.work.write() as work:
            made = await publish_decisions(command, by, work, self.rules)
            await work.commit()
        return made

    async def told(self, *names: str) -> Published:
        made = await self.publish(*names)
        assert isinstance(made, Published), made
        return made

    async def approve(self, name: str) -> None:
        """The minutes that hold the case's decision are approved."""
        async with self.work.write() as work:
            case = await work.cases.get(CaseId(name))
            assert case is not None
            now = self.rules.clock.now()
            await record(minute(case, OFFICE.id, now), OFFICE, case.id, work, self.rules)
            await close_where_done(case.id, OFFICE, work, self.rules)
            await work.commit()

    async def report(
        self,
        one: FollowUpId,
        by: Actor = OWNER,
        note: str = "Halvveis.",
        day: date | None = None,
        rev: int | None = None,
    ) -> FollowUpResult:
        async with self.work.write() as work:
            made = await report_follow_up(ReportFollowUp(one, note, day, rev), by, work, self.rules)
            await work.commit()
        return made

    async def finish(
        self, one: FollowUpId, by: Actor = OWNER, note: str = "Levert.", rev: int | None = None
    ) -> FollowUpResult:
        async with self.work.write() as work:
            made = await finish_follow_up(FinishFollowUp(one, note, rev), by, work, self.rules)
            await work.commit()
        return made

    async def follow_ups(self, name: str) -> tuple[FollowUp, ...]:
        async with self.work.read() as work:
            return tuple((await work.follow_ups.of_cases([CaseId(name)])).get(CaseId(name), ()))

    async def exclude(self, name: str, person: PersonId) -> None:
        async with self.work.write() as work:
            case = await work.cases.get(CaseId(name))
            assert case is not None
            await work.cases.save(replace(case, rev=case.rev + 1, excluded=case.excluded | {person}))
            await work.commit()

    def state(self, name: str) -> CaseState:
        return self.desk.case(name).state


async def held(*cases: Case) -> Held:
    made = await desk()
    cases = cases or tuple(sent_out(name, f"00{n}-2026") for n, name in enumerate(NAMES, 1))
    async with made.memory.work.write() as work:
        await fill(work, *cases)
        await work.commit()
    return Held(made.memory.work, made.rules, made)

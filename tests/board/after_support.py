"""A board meeting that has decided, for the tests of what follows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from board.after_commands import AnswerAnchor, ReportBenefit
from board.agenda import ItemKind
from board.anchoring import Anchored
from board.benefits import BenefitReport, BenefitStatus
from board.case import Case
from board.case_outcome import decide, minute, publish
from board.decision import Condition, Decision, Outcome
from board.errors import Refusal
from board.ids import CaseId, ItemId, OrganisationId, PersonId
from board.meeting import Meeting
from board.people import Actor, Body, Holding, Organisation, Person, Role
from board.ports import UnitOfWork
from board.states import CaseState
from board.usecases._record import record
from board.usecases.answer_anchor import Answered, answer_anchor
from board.usecases.keep_later import keep_later
from board.usecases.report_benefit import report_benefit
from tests.board.support import BOARD_MEETING, NOW, OFFICE, OWNER, Desk, case_in, desk, done

HELD = Meeting(BOARD_MEETING, Body.BOARD, datetime(2026, 2, 26, 8, tzinfo=UTC), 180)
ORGANISATIONS = tuple(Organisation(OrganisationId(name), name.upper()) for name in ("ahus", "ous", "vv"))
DIRECTORS = tuple(
    Actor(Person(PersonId(f"dir-{one.id}"), f"Dir {one.name}", organisation=one.id), frozenset({Role.MEMBER}))
    for one in ORGANISATIONS
)
FIRST, SECOND = ItemId("item-1"), ItemId("item-2")


def decided_case(name: str, number: str, case_type: str = "bp2", outcome: Outcome = Outcome.ADOPTED) -> Case:
    """Sent out, and decided by the board; ready to be published."""
    case = replace(case_in(CaseState.DISPATCHED), id=CaseId(name), board_number=number, case_type=case_type)
    if case_type == "bp5":
        case = replace(case, sub_portfolio="clinical")
    return done(decide(case, OFFICE, BOARD_MEETING, outcome, NOW)).case


def decision(item: ItemId, case: Case, outcome: Outcome = Outcome.ADOPTED) -> Decision:
    conditions = (Condition("Vis gevinstplanen.", OWNER.id, date(2026, 9, 1)),)
    return Decision(
        BOARD_MEETING, item, 1, ItemKind.DECISION, outcome, OFFICE.id, NOW, case.id, case.board_number,
        "Styret godkjenner.", f"Styret godkjenner {case.board_number}.", conditions,
        published_at=NOW, published_by=OFFICE.id,
    )  # fmt: skip


async def fill(unit: UnitOfWork, *cases: tuple[ItemId, Case]) -> None:
    """Directors with their organisations, the meeting, its decisions, and the cases as they are before publishing."""
    for organisation in ORGANISATIONS:
        await unit.people.add_organisation(organisation)
    for one in DIRECTORS:
        await unit.people.add(one.person)
        await unit.people.hold(Holding(one.id, Role.MEMBER, Body.BOARD, date(2022, 1, 1)))
    await unit.meetings.add(HELD)
    for item, case in cases:
        await unit.cases.add(case)
        outcome = case.board_outcome
        assert outcome is not None
        await unit.decisions.put(decision(item, case, outcome))


@dataclass
class After:
    desk: Desk

    async def publish(self, name: str) -> None:
        async with self.desk.memory.work.write() as unit:
            case = await unit.cases.get(CaseId(name))
            assert case is not None
            result = done(publish(case, OFFICE, "", self.desk.clock.now()))
            await record(result, OFFICE, case.id, unit, self.desk.rules)
            await unit.commit()

    async def approve(self, name: str) -> None:
        """The minutes that hold the case's decision are approved."""
        async with self.desk.memory.work.write() as unit:
            case = await unit.cases.get(CaseId(name))
            assert case is not None
            result = minute(case, OFFICE.id, self.desk.clock.now())
            await record(result, OFFICE, case.id, unit, self.desk.rules)
            await unit.commit()

    async def tick(self) -> None:
        async with self.desk.memory.work.write() as unit:
            await keep_later(unit, self.desk.rules)
            await unit.commit()

    async def anchor(
        self, who: Actor, answer: Anchored = Anchored.YES, *items: ItemId, note: str = ""
    ) -> Answered | Refusal:
        async with self.desk.memory.work.write() as unit:
            command = AnswerAnchor(BOARD_MEETING, answer, note, items or None)
            result = await answer_anchor(command, who, unit, self.desk.rules)
            await unit.commit()
        return result

    async def report(
        self, who: Actor, months: int = 6, status: BenefitStatus | None = BenefitStatus.PARTLY, text: str = "Halvveis."
    ) -> BenefitReport | Refusal:
        async with self.desk.memory.work.write() as unit:
            command = ReportBenefit(CaseId("slutt"), months, status, text, 12_500_000, 4_000_000)
            result = await report_benefit(command, who, words, unit, self.desk.rules)
            await unit.commit()
        return result


def words(case: Case, report: BenefitReport) -> dict[str, str]:
    return {"title": f"Gevinster {case.board_number}", "summary": report.text, "benefits": report.text}


async def after_meeting(*cases: tuple[ItemId, Case]) -> After:
    at = await desk()
    async with at.memory.work.write() as unit:
        await fill(unit, *cases)
        await unit.commit()
    return After(at)

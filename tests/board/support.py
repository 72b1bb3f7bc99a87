"""People, a filled-in case in every state, and the shipped mandate, for the tests of the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from board import case_intake
from board.case import Case, Changed, Result
from board.case_content import Value
from board.case_course import dispatch, schedule, schedule_wg, treat
from board.case_intake import start
from board.case_outcome import close, decide, minute, publish
from board.decision import Outcome
from board.documents import Document
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DocumentId, MeetingId, PersonId
from board.mandate import Mandate
from board.mandate_file import read_mandate
from board.people import Actor, Body, Holding, Person, Role
from board.ports import Account, Rules
from board.states import CaseState
from board.treatment import WgOutcome
from bot.calendar import NorwegianCalendar
from tests.fakes.clock import MONDAY, CountedIds, SetClock
from tests.fakes.memory import Memory

S = CaseState
NOW = MONDAY
TODAY = date(2026, 3, 2)
DEADLINE = date(2026, 3, 12)
SHIPPED = Path(__file__).parents[2] / "board" / "mandates" / "helse_sor_ost.toml"
_SINCE = date(2022, 1, 1)


@lru_cache(maxsize=1)
def mandate() -> Mandate:
    return read_mandate(SHIPPED.read_text(encoding="utf-8"))


def actor(name: str, *roles: Role) -> Actor:
    return Actor(Person(PersonId(name), name.title()), frozenset(roles))


SUBMITTER, OWNER = actor("kari", Role.SUBMITTER), actor("ola", Role.PROJECT_OWNER)
OFFICE, COLLEAGUE, LEAD = actor("lise", Role.OFFICE), actor("liv", Role.OFFICE), actor("per", Role.PORTFOLIO_LEAD)
STRANGER = actor("gjest")
OTHERS = tuple(actor(f"other-{role}", role) for role in Role if role not in (Role.OFFICE, Role.PORTFOLIO_LEAD))
"""One person for each role that gives no right over somebody else's case."""
REGISTER = (SUBMITTER, OWNER, OFFICE, COLLEAGUE, LEAD, *OTHERS)

_T = TypeVar("_T")


def done(result: Result) -> Changed:
    assert isinstance(result, Changed), result
    return result


def refused(result: object, code: RefusalCode) -> Refusal:
    assert isinstance(result, Refusal), result
    assert result.code is code, result
    return result


def answers(case_type: str = "bp2", owner: Actor = OWNER) -> dict[str, Value | None]:
    """Every required answer of a case type, each different."""
    numbers = {"minutes": 15, "cost_investment": 12_500_000, "cost_operation": 800_000}
    required = mandate().case_type[case_type].required
    return {f: numbers.get(f, owner.id if f == "project_owner" else f"Svar om {f}") for f in required}


def document(kind: str, name: str = "") -> Document:
    link = f"https://example.org/{name or kind}"
    return Document(DocumentId(f"doc-{name or kind}"), kind, f"{kind}.pdf", SUBMITTER.id, NOW, url=link)


def draft(case_type: str = "bp2", by: Actor = SUBMITTER) -> Case:
    kind = mandate().case_type[case_type]
    chosen = (kind.delivery_forms[0], case_type, kind.sub_portfolios[0])
    return start(CaseId("case-1"), by, chosen, None, NOW).case


def complete(case_type: str = "bp2", by: Actor = SUBMITTER, owner: Actor = OWNER) -> Case:
    """A draft that lacks nothing."""
    case = done(case_intake.save(draft(case_type, by), by, answers(case_type, owner), {}, NOW)).case
    for kind in mandate().case_type[case_type].documents:
        case = done(case_intake.attach(case, by, document(kind), mandate(), NOW)).case
    return case


def case_in(state: CaseState, by: Actor = SUBMITTER, owner: Actor = OWNER) -> Case:
    """A complete case, brought to the state by the acts that lead there."""
    case = complete(by=by, owner=owner)
    if state in (S.DRAFT, S.WITHDRAWN):
        return case if state is S.DRAFT else done(case_intake.withdraw(case, by, "", NOW)).case
    case = done(case_intake.submit(case, by, owner, mandate(), NOW)).case
    if state is S.AWAITING_OWNER:
        return case
    if case.state is S.AWAITING_OWNER:
        case = done(case_intake.confirm(case, owner, NOW)).case
    if state in (*COURSE, *AFTER):
        return on_its_way(done(case_intake.accept(case, OFFICE, NOW)).case, state)
    ways: dict[CaseState, Callable[[], Result]] = {
        S.SUBMITTED: lambda: Changed(case, ()),
        S.INCOMPLETE: lambda: case_intake.send_back(case, OFFICE, "Gevinstplanen mangler tall.", DEADLINE, TODAY, NOW),
        S.OUT_OF_SCOPE: lambda: case_intake.rule_out_of_scope(case, OFFICE, "building", mandate(), NOW),
    }
    return done(ways[state]()).case


COURSE = (S.READY_FOR_WG, S.ON_WG_AGENDA, S.WG_TREATED, S.ON_BOARD_AGENDA, S.DISPATCHED)
AFTER = (S.DECIDED, S.PUBLISHED, S.MINUTED, S.CLOSED)
WG_MEETING, BOARD_MEETING = MeetingId("wg-1"), MeetingId("board-1")


def on_its_way(case: Case, state: CaseState) -> Case:
    """An accepted case, brought as far as ``state`` by the acts that lead there."""
    steps: tuple[Callable[[Case], Result], ...] = (
        lambda c: schedule_wg(c, OFFICE, WG_MEETING, "AU 001-2026", DEADLINE, NOW),
        lambda c: treat(c, OFFICE, WgOutcome.WITH_REMARKS, "Vis drift for seg.", NOW, NOW),
        lambda c: schedule(c, OFFICE, BOARD_MEETING, "001-2026", "§ 5", NOW, dispensed=False),
        lambda c: dispatch(c, OFFICE, NOW),
        lambda c: decide(c, OFFICE, BOARD_MEETING, Outcome.ADOPTED, NOW),
        lambda c: publish(c, OFFICE, "Vedtatt.", NOW),
        lambda c: minute(c, OFFICE.id, NOW),
        lambda c: close(c, OFFICE.id, NOW),
    )
    for step in steps[: (*COURSE, *AFTER).index(state)]:
        case = done(step(case)).case
    return case


@dataclass
class Desk:
    """The rules over the double of the store."""

    memory: Memory
    rules: Rules
    clock: SetClock

    async def keep(self, *cases: Case) -> None:
        async with self.memory.work.write() as unit:
            for case in cases:
                await unit.cases.add(replace(case))
            await unit.commit()

    def case(self, name: str = "case-1") -> Case:
        return self.memory.state.cases[name]

    @property
    def told(self) -> set[tuple[str, str]]:
        """Who has which notice in line."""
        return {(row.kind, row.person) for row in self.memory.state.outbox.values() if row.copy is None}

    @property
    def log(self) -> list[tuple[str, str, str]]:
        """(what, about, by) of every row of the history."""
        return [(str(event.what), event.object_id, event.by) for event in self.memory.state.history]


async def desk(rules: Rules | None = None) -> Desk:
    clock = SetClock()
    memory = Memory()
    async with memory.work.write() as unit:
        for one in (*REGISTER, STRANGER):
            await unit.people.add(one.person, Account("teams", "tenant", f"aad-{one.id}"))
            for role in one.roles:
                await unit.people.hold(Holding(one.id, role, Body.BOARD, _SINCE))
        await unit.commit()
    return Desk(memory, rules or Rules(mandate(), clock, CountedIds(), NorwegianCalendar()), clock)

"""A board with cases sent out in a pack, and what people say and rule of habilitet there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from board.case import Case
from board.commands import DeclareConflict, RuleConflict
from board.conflicts import Conflict, Declared, Ruling
from board.delivery import Address
from board.duty import Duty, DutyKind, ask
from board.errors import Refusal
from board.ids import CaseId, DutyId, PersonId
from board.meeting import Meeting
from board.pack import Pack, PackItem, PackState
from board.people import Actor, Body, Holding, Role
from board.states import CaseState
from board.usecases.declare_conflict import declare_conflict
from board.usecases.rule_conflict import rule_conflict
from tests.board.support import (
    BOARD_MEETING,
    NOW,
    OFFICE,
    TODAY,
    Desk,
    actor,
    case_in,
    desk,
)

S, D = CaseState, Declared
CHAIR, MEMBER = actor("other-chair", Role.CHAIR), actor("other-member", Role.MEMBER)
DEPUTY, WG = actor("other-deputy", Role.DEPUTY), actor("other-wg_member", Role.WG_MEMBER)
ONE = CaseId("case-1")
CHAT = Address("teams", "tenant", "https://example.org/", "chat-member", "personal", "bot")


def numbered(name: str, state: CaseState = S.DISPATCHED) -> Case:
    case = case_in(state)
    return Case(**{**{f: getattr(case, f) for f in case.__dataclass_fields__}, "id": CaseId(name)})


async def board_with(*cases: Case, deputy_for_chair: bool = False) -> Desk:
    """The cases sent out in a pack, and the member asked about them."""
    board = await desk()
    await board.keep(*cases)
    async with board.memory.work.write() as work:
        await work.meetings.add(Meeting(BOARD_MEETING, Body.BOARD, datetime(2026, 4, 16, 7, tzinfo=UTC)))
        items = tuple(PackItem(case.id, case.board_number, case.wg_number, "") for case in cases)
        pack = Pack("p-1", BOARD_MEETING, 1, NOW, OFFICE.id, items, "", (), PackState.READY, ready_at=NOW)  # type: ignore[arg-type]  # an id
        await work.packs.add(pack, {})
        name = DutyId(f"{DutyKind.DECLARE}:{BOARD_MEETING}:{MEMBER.id}")
        duty = Duty(name, DutyKind.DECLARE, BOARD_MEETING, MEMBER.id, NOW, TODAY + timedelta(days=5))
        await work.duties.add([ask(duty, board.rules.hours)], NOW)
        if deputy_for_chair:
            since = date(2022, 1, 1)
            await work.people.hold(Holding(DEPUTY.id, Role.DEPUTY, Body.BOARD, since, deputy_for=CHAIR.id))
        await work.commit()
    return board


async def declare(board: Desk, who: Actor, answer: Declared, note: str = "", case: CaseId = ONE) -> Conflict | Refusal:
    async with board.memory.work.write() as work:
        result = await declare_conflict(DeclareConflict(case, answer, note), who, work, board.rules)
        await work.commit()
    return result


async def rule(
    board: Desk, who: Actor, person: Actor, ruling: Ruling, rev: int | None = None, reason: str = ""
) -> Conflict | Refusal:
    async with board.memory.work.write() as work:
        result = await rule_conflict(RuleConflict(ONE, person.id, ruling, reason, rev), who, work, board.rules)
        await work.commit()
    return result


def ok(result: Conflict | Refusal) -> Conflict:
    assert isinstance(result, Conflict), result
    return result


def open_duties(board: Desk, kind: DutyKind) -> set[PersonId]:
    return {d.owed_by for d in board.memory.state.duties.values() if d.kind is kind and d.is_open}

"""Every role, every act on minutes, every state they can be in: who is let through, and what the log says of others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

import pytest

from board.errors import Refusal, RefusalCode
from board.ids import RemarkId
from board.minutes import MinutesState
from board.minutes_commands import (
    AcceptRemark,
    CirculateMinutes,
    DraftMinutes,
    EditMinutes,
    GiveRemark,
    NoRemark,
    RefuseRemark,
)
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.remarks import Remark, RemarkClass
from board.usecases.accept_remark import accept_remark
from board.usecases.ask_minutes_word import ask_minutes_word
from board.usecases.circulate_minutes import circulate_minutes
from board.usecases.draft_minutes import draft_minutes
from board.usecases.edit_minutes import edit_minutes
from board.usecases.give_remark import give_remark, no_remark
from board.usecases.look_at_minutes import look_at_minutes
from board.usecases.refuse_remark import refuse_remark
from tests.board.minutes_support import SAID, SECTIONS, circulated, closed, drafted, minutes
from tests.board.sitting_support import BOARD_MEETING
from tests.board.support import NOW, OFFICE, Desk, actor

Act = Callable[[Actor, UnitOfWork, Rules], Awaitable[Any]]
REMARK: Final = RemarkId("r1")
ACTS: Final[dict[str, Act]] = {
    "draft": lambda who, work, rules: draft_minutes(DraftMinutes(BOARD_MEETING, SECTIONS), who, work, rules),
    "edit": lambda who, work, rules: edit_minutes(EditMinutes(BOARD_MEETING, 1, {SAID: "Nytt."}), who, work, rules),
    "word": lambda who, work, rules: ask_minutes_word(BOARD_MEETING, 24, who, work, rules),
    "circulate": lambda who, work, rules: circulate_minutes(CirculateMinutes(BOARD_MEETING), who, work, rules),
    "look": lambda who, work, rules: look_at_minutes(BOARD_MEETING, who, work, rules),
    "none": lambda who, work, rules: no_remark(NoRemark(BOARD_MEETING, 1), who, work, rules),
    "remark": lambda who, work, rules: give_remark(
        GiveRemark(BOARD_MEETING, 1, RemarkClass.EDITORIAL, "Feil.", SAID), who, work, rules
    ),
    "accept": lambda who, work, rules: accept_remark(AcceptRemark(REMARK, SAID, "Nytt."), who, work, rules),
    "refuse": lambda who, work, rules: refuse_remark(RefuseRemark(REMARK, "Nei."), who, work, rules),
}
WRITES: Final = {Role.OFFICE, Role.PORTFOLIO_LEAD}
ASKED: Final = WRITES | {Role.CHAIR, Role.MEMBER, Role.OBSERVER}
READS: Final = ASKED | {Role.DEPUTY}
ROLES: Final = (*Role, None)
LETS: Final[dict[str, dict[str, set[Role]]]] = {
    "not drafted": {"draft": WRITES},
    "draft": {"edit": WRITES, "word": WRITES, "circulate": WRITES, "look": WRITES},
    "circulated": {"look": READS, "none": ASKED, "remark": ASKED, "accept": WRITES, "refuse": WRITES},
    "round over": {"look": READS, "accept": WRITES, "refuse": WRITES},
    "approved": {"look": READS},
}
"""Whom each act lets through, by state; nobody else, and no other act."""
OF_RIGHT: Final = {RefusalCode.NOT_ALLOWED, RefusalCode.NOT_FOUND}


async def in_state(state: str) -> Desk:
    if state == "not drafted":
        return await closed()
    made = await (drafted() if state == "draft" else circulated())
    given = Remark(REMARK, BOARD_MEETING, 1, OFFICE.id, RemarkClass.EDITORIAL, "Feil.", NOW, SAID)
    made.memory.state.remarks[REMARK] = given
    if state == "round over":
        made.clock.set(made.clock.now().replace(month=6))
    if state == "approved":
        made.memory.state.minutes_book[BOARD_MEETING] = replace(minutes(made), state=MinutesState.APPROVED)
    return made


@pytest.mark.parametrize("state", LETS)
async def test_who_is_let_through(state: str) -> None:
    made = await in_state(state)
    for role in ROLES:
        who = actor(f"one-{role}", *([role] if role else []))
        for name, act in ACTS.items():
            may = role in LETS[state].get(name, set())
            async with made.memory.work.write() as work:
                result = await act(who, work, made.rules)
                assert isinstance(result, Refusal) is not may, (state, role, name, result)
                if not may:
                    await work.commit()
            if isinstance(result, Refusal) and result.code in OF_RIGHT:
                assert made.log[-1][0] == "act.refused", (state, role, name)
                assert made.log[-1][2] == who.id
            if isinstance(result, Refusal) and role not in READS:
                assert result.code in OF_RIGHT, (state, role, name, result)

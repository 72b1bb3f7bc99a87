"""Who runs a meeting, who lets it go on, and who sees what of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest

from board.commands import RuleConflict
from board.conflicts import Ruling
from board.decision import Outcome
from board.errors import RefusalCode
from board.ids import CaseId
from board.people import Actor
from board.sitting_commands import GoOnWithoutQuorum
from board.usecases.go_on_without_quorum import go_on_without_quorum
from board.usecases.look_at_sitting import SeenSitting, look_at_sitting
from board.usecases.rule_conflict import rule_conflict
from tests.board.pack_support import OBSERVER, exclude
from tests.board.sitting_support import (
    BOARD_MEETING,
    CASE,
    CHAIR,
    DEPUTY,
    FIRST,
    LEAD,
    MEMBER,
    OFFICE,
    ONE,
    OTHER,
    SECOND,
    TWO,
    call,
    close,
    did,
    empty,
    ready,
    record,
    seat,
    sitting,
    start,
    under_way,
)
from tests.board.support import COLLEAGUE, OTHERS, OWNER, STRANGER, SUBMITTER, Desk, refused

PEOPLE = (SUBMITTER, OWNER, OFFICE, LEAD, STRANGER, *OTHERS)
MAY = {OFFICE.id, LEAD.id}


# -- who may -----------------------------------------------------------------------------------------------------------

ACTS: Final[dict[str, Callable[[Desk, Actor], Awaitable[Any]]]] = {
    "start": start,
    "call": lambda made, who: call(made, None, who),
    "seat": lambda made, who: seat(made, SECOND.id, who, present=False),
    "record": lambda made, who: record(made, FIRST, who=who),
    "close": close,
}


@pytest.mark.parametrize("state", ["ready", "open", "closed"])
@pytest.mark.parametrize("act", ACTS)
async def test_only_the_office_and_its_lead_run_a_meeting(act: str, state: str) -> None:
    of_state: dict[str, dict[str, RefusalCode | None]] = {
        "ready": {"start": None, **dict.fromkeys(("call", "seat", "record", "close"), RefusalCode.NOT_STARTED)},
        "open": {"close": RefusalCode.UNDECIDED},
        "closed": {"record": None, **dict.fromkeys(("start", "call", "seat", "close"), RefusalCode.ALREADY)},
    }
    expected = of_state[state]
    for who in PEOPLE:
        made = await (ready() if state == "ready" else under_way())
        if state == "closed":
            for item in (FIRST, ONE, TWO):
                await record(made, item)
            await record(made, OTHER, Outcome.NOTED)
            await close(made)
        made.memory.state.history.clear()
        result = await ACTS[act](made, who)
        wanted = expected.get(act) if who.id in MAY else RefusalCode.NOT_ALLOWED
        if wanted is None:
            assert not hasattr(result, "code"), (who.id, result)
            continue
        refused(result, wanted)
        of_right = wanted is RefusalCode.NOT_ALLOWED
        assert made.log == ([("act.refused", BOARD_MEETING, who.id)] if of_right else [])


@pytest.mark.parametrize("who", PEOPLE, ids=lambda one: one.id)
async def test_only_the_chair_lets_it_go_on(who: Actor) -> None:
    made = await under_way()
    await empty(made)
    result = await did(made, go_on_without_quorum, GoOnWithoutQuorum(BOARD_MEETING, "Derfor."), who)
    if who.id == CHAIR.id:
        assert sitting(made).quorum_by == CHAIR.id
        return
    refused(result, RefusalCode.NOT_ALLOWED)
    assert not sitting(made).without_quorum
    assert ("act.refused", BOARD_MEETING, who.id) in made.log


# -- looking -----------------------------------------------------------------------------------------------------------


async def look(made: Desk, who: Actor) -> Any:
    return await did(made, look_at_sitting, BOARD_MEETING, who)


async def test_one_who_is_inhabil_finds_neither_the_case_nor_what_was_decided() -> None:
    made = await under_way()
    await exclude(made, CASE, SECOND.id)
    await record(made, ONE)
    seen = await look(made, SECOND)
    assert isinstance(seen, SeenSitting)
    assert CASE not in seen.cases
    assert ONE not in seen.decisions
    assert ONE in seen.decided, "how far it has come is no secret"
    mine = await look(made, CHAIR)
    assert isinstance(mine, SeenSitting)
    assert mine.decisions[ONE].present == (CHAIR.id, DEPUTY.id), "one who is inhabil takes no part"


async def test_a_ruling_in_the_middle_of_it_draws_that_persons_card_anew() -> None:
    made = await under_way()
    await did(made, rule_conflict, RuleConflict(CASE, SECOND.id, Ruling.EXCLUDED), CHAIR)
    assert CASE not in (await look(made, SECOND)).cases


@pytest.mark.parametrize("who", PEOPLE, ids=lambda one: one.id)
async def test_who_may_follow_it(who: Actor) -> None:
    made = await under_way()
    result = await look(made, who)
    follows = {OFFICE.id, LEAD.id, CHAIR.id, MEMBER.id, DEPUTY.id, OBSERVER.id}
    if who.id in follows:
        assert isinstance(result, SeenSitting)
        return
    refused(result, RefusalCode.NOT_FOUND)
    assert ("act.refused", BOARD_MEETING, who.id) in made.log


async def test_before_it_is_opened_there_is_nothing_to_see() -> None:
    made = await ready()
    refused(await look(made, CHAIR), RefusalCode.NOT_STARTED)


async def test_colleagues_share_one_run_sheet() -> None:
    made = await under_way()
    await call(made, who=COLLEAGUE)
    await record(made, ONE, who=OFFICE)
    assert sitting(made).current == ONE
    assert made.memory.state.decisions[(BOARD_MEETING, ONE)].case == CaseId("case-1")

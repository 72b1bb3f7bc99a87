"""Where notices of minutes are due."""

from __future__ import annotations

from board.notices import NoticeKind
from cards import actions
from tests.board import minutes_support as minutes
from tests.board.approval_support import MEMBERS, TEXT, remarked, table
from tests.board.sitting_support import MEMBER as SITTER
from tests.board.support import OFFICE
from tests.cards.notice_stages import (
    Example,
    at,
    day,
    locked,
    sealed,
)

K = NoticeKind


async def minutes_circulated() -> Example:
    return Example(at(await minutes.circulated()), SITTER, minutes.ABOUT)


async def remark_given() -> Example:
    made = await minutes.circulated()
    minutes.done(await minutes.remark(made, SITTER))
    (remark,) = made.memory.state.remarks.values()
    return Example(at(made), OFFICE, minutes.ABOUT, part=remark.id)


async def remark_ruled() -> Example:
    given = await remark_given()
    office = given.house.chat(OFFICE)
    card = await office.drawn(K.REMARK_GIVEN, minutes.ABOUT, part=given.part)
    assert card is not None
    await office.click(card, actions.MINUTES_REFUSE_REMARK, note="Det ble sagt slik.")
    return Example(given.house, SITTER, minutes.ABOUT, part=given.part)


async def round_closed() -> Example:
    house = (await remark_given()).house
    house.clock.set(day(6, 1))
    return Example(house, OFFICE, minutes.ABOUT)


async def minutes_called() -> Example:
    made = await table()
    await remarked(made)
    return Example(at(made.desk), MEMBERS[0], f"minutes:{made.about}", 1, made.held)


async def minutes_locked() -> Example:
    made = await locked()
    return Example(at(made.desk), MEMBERS[0], f"minutes:{made.about}", made.minutes.rev)


async def minutes_corrected() -> Example:
    made = await locked()
    office = at(made.desk).chat(OFFICE)
    card = await office.press(actions.MINUTES_CORRECT, {"id": made.about, "section": TEXT})
    words = {"text": "Styret drøftet saken grundig.", "reason": "Et ord falt ut."}
    await office.click(card, actions.MINUTES_CORRECT, **words)
    await sealed(made)
    return Example(at(made.desk), MEMBERS[0], f"minutes:{made.about}", made.minutes.rev)

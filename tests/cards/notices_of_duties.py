"""Where notices of duties, of what follows a meeting, and of accounts are due."""

from __future__ import annotations

from typing import Final

from board.anchoring import anchor_object
from board.duty import DutyKind
from board.notices import NoticeKind, tasks_of
from board.ports import Account
from board.states import CaseState
from cards import actions
from tests.board import evaluation_support as evaluation
from tests.board.after_support import DIRECTORS, FIRST, SECOND, after_meeting, decided_case
from tests.board.support import BOARD_MEETING, OFFICE, OWNER
from tests.cards.notice_stages import (
    Example,
    at,
    day,
    empty_house,
    person,
    unreached,
    with_case,
)
from tests.dialogs.group_support import ID
from tests.dialogs.meeting_support import APRIL
from tests.dialogs.support import DEPUTY, MEMBER, House
from tests.dialogs.task_support import duty, keep

K, S = NoticeKind, CaseState


async def moved() -> House:
    house = await empty_house()
    office = house.chat(OFFICE)
    await office.click(await office.say("flytt møte 16. april til 23. april"), actions.MEETING_MOVE, "Flytt")
    return house


async def meeting_moved() -> Example:
    return Example(await moved(), MEMBER, APRIL, 2)


async def meeting_cancelled() -> Example:
    house = await empty_house()
    office = house.chat(OFFICE)
    shown = await office.say("avlys møte 16. april fordi det er for få saker")
    await office.click(shown, actions.MEETING_CANCEL)
    return Example(house, MEMBER, APRIL, 2)


async def meeting_word() -> Example:
    return Example(await empty_house(), MEMBER, APRIL, 1, "practical")


ATTEND: Final = duty(DutyKind.ATTEND, APRIL, MEMBER, 5, "attendance")


async def owing() -> House:
    house = await empty_house()
    await keep(house, ATTEND)
    return house


async def duty_asked() -> Example:
    return Example(await owing(), MEMBER, APRIL, 1, "attendance")


async def duty_delegated() -> Example:
    house = await owing()
    await house.chat(MEMBER).press(actions.TASK_DELEGATE, {"id": ATTEND.id, "rev": 0, "deputy": DEPUTY.id})
    return Example(house, DEPUTY, APRIL, 0, ATTEND.id)


async def duty_answered() -> Example:
    house = await owing()
    await house.chat(OFFICE).press(actions.MEETING_ATTEND, {"id": APRIL, "rev": 1, "person": MEMBER.id, "answer": "no"})
    return Example(house, MEMBER, APRIL, 0, ATTEND.id)


async def duty_handed_on() -> Example:
    house = await empty_house()
    late_one = duty(DutyKind.ATTEND, APRIL, MEMBER, -1, "attendance", asked_days_ago=9)
    await keep(house, late_one)
    return Example(house, DEPUTY, APRIL, 0, late_one.id)


async def stands_in() -> Example:
    house = await owing()
    return Example(house, DEPUTY, APRIL, 1, await unreached(house, K.DUTY_ASKED, APRIL, "attendance"))


async def digest() -> Example:
    house = await with_case(S.AWAITING_OWNER)
    duties = (duty(DutyKind.CONFIRM, ID, OWNER), duty(DutyKind.ATTEND, APRIL, OWNER, 5, "attendance"))
    await keep(house, *duties)
    return Example(house, OWNER, tasks_of(OWNER.id))


async def anchor_asked() -> Example:
    board = await after_meeting((FIRST, decided_case("en", "001-2026")), (SECOND, decided_case("to", "002-2026")))
    for name in ("en", "to"):
        await board.publish(name)
        await board.approve(name)
    board.desk.clock.set(day(3, 16))
    await board.tick()
    return Example(at(board.desk), DIRECTORS[0], anchor_object(BOARD_MEETING))


async def benefit_asked() -> Example:
    board = await after_meeting((FIRST, decided_case("slutt", "003-2026", "bp5")))
    await board.publish("slutt")
    board.desk.clock.set(day(9, 2))
    await board.tick()
    return Example(at(board.desk), OWNER, "slutt", 1, "6")


async def evaluation_asked() -> Example:
    return Example(at((await evaluation.a_board()).desk), evaluation.DIRECTORS[0], evaluation.THIS)


async def evaluation_result() -> Example:
    board = await evaluation.a_board()
    for who in evaluation.DIRECTORS:
        await board.answer(who, comment=f"Møtene bør være kortere, sier {who.person.name}.")
    await board.close()
    return Example(at(board.desk), OFFICE, evaluation.THIS, board.round.rev)


async def code_given() -> Example:
    house = await empty_house()
    office = house.chat(OFFICE)
    await office.click(await office.say("kode ola dal"), actions.JOIN_GIVE)
    return Example(house, person("ola-dal"), "ola-dal", 0, OFFICE.id)


async def account_unclear() -> Example:
    house = await empty_house()
    async with house.work.write() as work:
        await work.people.add(person("gjest").person, Account("slack", "T1", "U1"))
        await work.commit()
    return Example(house, OFFICE, "gjest", 0, "shared:slack")

"""Where notices of a case, and of habilitet in it, are due."""

from __future__ import annotations

from board.duty import DutyKind
from board.people import Actor
from board.states import CaseState
from cards import actions
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER
from tests.cards.notice_stages import (
    Example,
    Stage,
    with_case,
)
from tests.dialogs.group_support import ID
from tests.dialogs.meeting_support import APRIL
from tests.dialogs.support import CHAIR, MEMBER, House
from tests.dialogs.task_support import duty, keep

S = CaseState


def of_case(state: CaseState, who: Actor) -> Stage:
    async def stage() -> Example:
        return Example(await with_case(state), who, ID)

    return stage


async def withdrawn() -> Example:
    house = await with_case(S.SUBMITTED)
    chat = house.chat(SUBMITTER)
    card = await chat.press(actions.CASE_OPEN, {"id": ID})
    await chat.click(card, actions.CASE_WITHDRAW, reason="Tiltaket er stanset.")
    return Example(house, OWNER, ID)


async def late() -> House:
    """The office has asked that a case is taken in after its time."""
    house = await with_case(S.READY_FOR_WG)
    office = house.chat(OFFICE)
    card = await office.say("ettersending")
    await office.click(card, actions.CASE_LATE_ASK, meeting=APRIL, reason="Tilbudet kom i går, og pasientene venter.")
    return house


async def late_requested() -> Example:
    return Example(await late(), LEAD, ID)


async def late_ruled() -> Example:
    house = await late()
    lead = house.chat(LEAD)
    card = await lead.press(actions.CASE_OPEN, {"id": ID})
    await lead.click(card, actions.CASE_LATE_REFUSE, reason="Vent til juni.")
    return Example(house, SUBMITTER, ID)


async def conflicted() -> House:
    house = await with_case(S.DISPATCHED, board_meeting=APRIL, board_number="001-2026")
    await keep(house, duty(DutyKind.DECLARE, APRIL, MEMBER, 5))
    return house


async def conflict_declared() -> Example:
    house = await conflicted()
    said = {"id": APRIL, "case": ID, "answer": "possible", "note": "Søsteren min leder prosjektet."}
    await house.chat(MEMBER).press(actions.CONFLICT_DECLARE, said)
    return Example(house, CHAIR, ID, part=MEMBER.id)


async def conflict_ruled() -> Example:
    house = (await conflict_declared()).house
    ruling = {"id": APRIL, "case": ID, "person": MEMBER.id, "ruling": "excluded"}
    await house.chat(CHAIR).press(actions.CONFLICT_RULE, ruling)
    return Example(house, MEMBER, ID, part=MEMBER.id)

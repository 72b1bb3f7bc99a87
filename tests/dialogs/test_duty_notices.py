"""What goes out about a duty at once, drawn when it is sent: to the deputy, to the one asked, for one not reached."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.duty import Duty, DutyKind
from board.ids import PersonId
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Holding, Role
from board.states import CaseState
from cards import actions
from cards.message import Json, Message
from cards.plain import to_summary
from tests.board.support import OFFICE, OWNER, case_in
from tests.dialogs.support import CHAIR, DEPUTY, MEMBER, House, button, words
from tests.dialogs.task_support import APRIL, duty, keep, person

ATTEND = duty(DutyKind.ATTEND, APRIL, MEMBER, 5, "attendance")
OTHER = Actor(CHAIR.person, CHAIR.roles)


async def drawn(house: House, who: Actor, kind: NoticeKind, about: Duty) -> Message | None:
    return await house.chat(who).drawn(kind, about.object_id, 0, about.id)


async def the(house: House, who: Actor, kind: NoticeKind, about: Duty) -> Message:
    card = await drawn(house, who, kind, about)
    assert card is not None
    return card


async def delegate(house: House, who: Actor, about: Duty, deputy: PersonId) -> None:
    await house.chat(who).press(actions.TASK_DELEGATE, {"id": about.id, "rev": 0, "deputy": deputy})


async def attend(house: House, who: Actor, **data: str) -> None:
    await house.chat(who).press(actions.MEETING_ATTEND, {"id": APRIL, "rev": 1, **data})


# -- to the deputy -----------------------------------------------------------------------------------------------------


async def test_the_deputy_gets_the_same_question(house: House) -> None:
    await keep(house, ATTEND)
    await delegate(house, MEMBER, ATTEND, DEPUTY.id)
    card = await the(house, DEPUTY, NoticeKind.DUTY_DELEGATED, ATTEND)
    assert to_summary(card).startswith("Mads ber deg svare i stedet. Svar om du kommer: styremøtet torsdag 16.")
    assert "Du får denne fordi Mads har bedt deg være vara." in words(card)
    yes = button(card, actions.MEETING_ATTEND)
    assert (yes.data["person"], yes.data["answer"]) == (MEMBER.id, "yes")
    assert await drawn(house, OTHER, NoticeKind.DUTY_DELEGATED, ATTEND) is None


async def test_the_deputy_of_an_owner_gets_the_case_with_its_buttons(house: House) -> None:
    confirm = duty(DutyKind.CONFIRM, "case-1", OWNER)
    await keep(house, confirm, cases=(case_in(CaseState.AWAITING_OWNER),))
    await delegate(house, OWNER, confirm, PersonId("anne"))
    anne = Actor(await person(house, "anne"))
    card = await the(house, anne, NoticeKind.DUTY_DELEGATED, confirm)
    assert card.title == (await house.case("case-1")).content.title
    assert "Ola ber deg svare i stedet." in words(card)
    assert button(card, actions.CASE_CONFIRM).label == "Bekreft saken"
    await house.chat(anne).press(actions.CASE_CONFIRM, dict(button(card, actions.CASE_CONFIRM).data))
    assert (await house.case("case-1")).state is CaseState.SUBMITTED
    assert await drawn(house, anne, NoticeKind.DUTY_DELEGATED, confirm) is None


async def test_a_task_is_handed_over_with_its_buttons(house: House) -> None:
    task = duty(DutyKind.TASK, APRIL, OFFICE, 5, "pack")
    await keep(house, task)
    await delegate(house, OFFICE, task, DEPUTY.id)
    card = await the(house, DEPUTY, NoticeKind.DUTY_DELEGATED, task)
    assert "Lise ber deg svare i stedet." in words(card)
    done = await house.chat(DEPUTY).click(card, actions.TASK_DONE)
    assert "tatt hånd om av Vigdis" in words(done)
    assert await drawn(house, DEPUTY, NoticeKind.DUTY_DELEGATED, task) is None


async def test_nothing_is_said_that_is_no_longer_so(house: House) -> None:
    await keep(house, ATTEND)
    await delegate(house, MEMBER, ATTEND, DEPUTY.id)
    await delegate(house, MEMBER, ATTEND, CHAIR.id)
    assert await drawn(house, DEPUTY, NoticeKind.DUTY_DELEGATED, ATTEND) is None
    await attend(house, MEMBER, answer="yes")
    assert await drawn(house, OTHER, NoticeKind.DUTY_DELEGATED, ATTEND) is None
    for kind in (NoticeKind.DUTY_DELEGATED, NoticeKind.DUTY_ANSWERED, NoticeKind.DUTY_HANDED_ON):
        assert await house.chat(MEMBER).drawn(kind, APRIL, 0, "finnes-ikke") is None


# -- to the one asked --------------------------------------------------------------------------------------------------


async def test_the_one_asked_learns_that_the_deputy_comes_and_may_change_it(house: House) -> None:
    await keep(house, ATTEND)
    await delegate(house, MEMBER, ATTEND, DEPUTY.id)
    await attend(house, DEPUTY, person=MEMBER.id, answer="yes")
    card = await the(house, MEMBER, NoticeKind.DUTY_ANSWERED, ATTEND)
    assert to_summary(card) == "Vigdis kommer i stedet for deg."
    assert button(card, actions.MEETING_ATTEND, "Kommer").data["answer"] == "yes"
    assert await drawn(house, DEPUTY, NoticeKind.DUTY_ANSWERED, ATTEND) is None


@pytest.mark.parametrize(("answer", "words_of"), [("yes", "du kommer"), ("no", "du ikke kommer")])
async def test_the_one_asked_learns_what_the_office_registered(house: House, answer: str, words_of: str) -> None:
    await keep(house, ATTEND)
    await attend(house, OFFICE, person=MEMBER.id, answer=answer)
    card = await the(house, MEMBER, NoticeKind.DUTY_ANSWERED, ATTEND)
    assert f"Lise (Regionalt porteføljekontor) har registrert at {words_of}." in words(card)
    await attend(house, MEMBER, answer="no" if answer == "yes" else "yes")
    assert await drawn(house, MEMBER, NoticeKind.DUTY_ANSWERED, ATTEND) is None


async def test_the_answer_is_ones_own_again_when_the_deputy_cannot(house: House) -> None:
    await keep(house, ATTEND)
    await delegate(house, MEMBER, ATTEND, DEPUTY.id)
    await attend(house, DEPUTY, person=MEMBER.id, answer="no")
    card = await the(house, MEMBER, NoticeKind.DUTY_ANSWERED, ATTEND)
    assert to_summary(card) == "Vigdis kan ikke komme for deg. Svaret er ditt igjen."
    assert button(card, actions.MEETING_ATTEND, "Kommer").label == "Kommer"
    await delegate(house, MEMBER, ATTEND, CHAIR.id)
    assert await drawn(house, MEMBER, NoticeKind.DUTY_ANSWERED, ATTEND) is None


async def test_the_deputy_learns_that_no_answer_is_wanted_any_more(house: House) -> None:
    await keep(house, ATTEND)
    await delegate(house, MEMBER, ATTEND, DEPUTY.id)
    await attend(house, MEMBER, answer="yes")
    card = await the(house, DEPUTY, NoticeKind.DUTY_ANSWERED, ATTEND)
    assert card.title == "Det er svart for Mads. Du trenger ikke svare."
    assert await drawn(house, MEMBER, NoticeKind.DUTY_ANSWERED, ATTEND) is None


# -- after the day -----------------------------------------------------------------------------------------------------


async def test_the_registered_deputy_gets_the_question_when_nobody_answered(house: House) -> None:
    late = duty(DutyKind.ATTEND, APRIL, MEMBER, -1, "attendance", asked_days_ago=9)
    await keep(house, late)
    card = await the(house, DEPUTY, NoticeKind.DUTY_HANDED_ON, late)
    assert "Mads har ikke svart: over fristen, som var søndag 1. mars 2026." in words(card)
    assert "Du får denne fordi du er vara for Mads." in words(card)
    assert button(card, actions.MEETING_ATTEND, "Jeg kommer").data["person"] == MEMBER.id
    await house.chat(DEPUTY).click(card, actions.MEETING_ATTEND, "Jeg kommer")
    assert await drawn(house, DEPUTY, NoticeKind.DUTY_HANDED_ON, late) is None
    assert await drawn(house, OTHER, NoticeKind.DUTY_HANDED_ON, late) is None


async def test_a_registered_deputy_learns_nothing_of_a_case(house: House) -> None:
    async with house.work.write() as work:
        since = date(2022, 1, 1)
        await work.people.hold(Holding(CHAIR.id, Role.DEPUTY, Body.BOARD, since, deputy_for=OWNER.id))
        await work.commit()
    late = duty(DutyKind.CONFIRM, "case-1", OWNER, -1, asked_days_ago=9)
    await keep(house, late, cases=(case_in(CaseState.AWAITING_OWNER),))
    assert await drawn(house, CHAIR, NoticeKind.DUTY_HANDED_ON, late) is None


# -- not reached -------------------------------------------------------------------------------------------------------


async def missed(house: House, kind: NoticeKind, rev: int, part: str = "") -> str:
    """The member was told, and no way reached the member; gives the part of the deputy's notice."""
    async with house.work.write() as work:
        await work.outbox.tell([Notice(kind, APRIL, rev, MEMBER.id, part)], house.clock.now())
        await work.commit()
    for row in await house.queue.claim(house.clock.now(), 8, timedelta(minutes=1)):
        await house.queue.unreached(row, "403", house.clock.now())
    return f"{kind}|{MEMBER.id}|{part}"


async def test_the_deputy_is_asked_in_the_place_of_one_not_reached(house: House) -> None:
    await keep(house, ATTEND)
    part = await missed(house, NoticeKind.DUTY_ASKED, 1, "attendance")
    card = await house.chat(DEPUTY).drawn(NoticeKind.STANDS_IN, APRIL, 1, part)
    assert card is not None
    assert to_summary(card).startswith("Mads ble ikke nådd. Du får dette som vara.")
    assert button(card, actions.MEETING_ATTEND, "Jeg kommer").data["person"] == MEMBER.id
    await attend(house, OFFICE, person=MEMBER.id, answer="yes")
    assert await house.chat(DEPUTY).drawn(NoticeKind.STANDS_IN, APRIL, 1, part) is None


async def test_the_deputy_gets_the_word_of_a_meeting(house: House) -> None:
    part = await missed(house, NoticeKind.MEETING_WORD, 1, "practical")
    card = await house.chat(DEPUTY).drawn(NoticeKind.STANDS_IN, APRIL, 1, part)
    assert card is not None
    assert "Mads ble ikke nådd" in words(card)
    assert "torsdag 16. april 2026" in words(card)


async def test_nothing_goes_to_the_deputy_when_the_person_was_told_meanwhile(house: House) -> None:
    part = await missed(house, NoticeKind.MEETING_WORD, 1, "practical")
    table = house.chat(OFFICE)
    data: dict[str, Json] = {"id": APRIL, "rev": 1, "kind": "meeting.word", "part": "practical"}
    await table.press(actions.NOTICE_MISSED, data)
    await table.click(table.all[0], actions.NOTICE_TOLD)
    assert await house.chat(DEPUTY).drawn(NoticeKind.STANDS_IN, APRIL, 1, part) is None


@pytest.mark.parametrize("part", ["", "nonsense|mads|", "case.returned|mads|", "tasks.digest|mads|", "|||"])
async def test_other_things_are_no_business_of_a_deputy(house: House, part: str) -> None:
    await keep(house, cases=(case_in(CaseState.INCOMPLETE),))
    for about in ("case-1", APRIL):
        assert await house.chat(DEPUTY).drawn(NoticeKind.STANDS_IN, about, 1, part) is None

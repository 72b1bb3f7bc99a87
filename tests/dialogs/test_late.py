"""A case that comes too late, in chat: the form, the words, the two who decide."""

from __future__ import annotations

from datetime import UTC, datetime

from board.notices import NoticeKind
from board.states import CaseState
from cards import actions
from cards.message import Act, Message
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER
from tests.dialogs.group_support import (
    ID,
    opened,
    prepare,
    titled,
)
from tests.dialogs.meeting_support import APRIL, banners, errors, facts
from tests.dialogs.support import CHAIR, House, fields_of, words

S = CaseState


# -- late cases --------------------------------------------------------------------------------------------------------


async def test_a_late_case_by_the_form_from_the_question_to_the_chair(house: House) -> None:
    await prepare(house, titled(S.DRAFT))
    house.clock.set(datetime(2026, 3, 20, 8, tzinfo=UTC))  # the intake for 16 April closed on 12 March
    chat = house.chat(SUBMITTER)
    form = await chat.press(actions.CASE_EDIT, {"id": ID, "rev": 0})
    assert not next(f for f in fields_of(form) if f.id == "reason_late").required
    lacking = await chat.click(form, actions.CASE_SUBMIT)
    assert "hvorfor saken kommer etter fristen" in banners(lacking).lower()
    assert errors(lacking) == {"reason_late": "Må fylles ut."}
    await chat.click(lacking, actions.CASE_SUBMIT, reason_late="Tilbudet kom i går.")
    await house.chat(OWNER).click(await opened(house, OWNER), actions.CASE_CONFIRM)
    lead = await house.chat(LEAD).drawn(NoticeKind.LATE_REQUESTED, ID)
    assert lead is not None
    assert "Saken kom etter fristen til styremøtet torsdag 16. april 2026" in banners(lead)
    assert "Tilbudet kom i går." in words(lead)
    assert "Nå er leder spurt" in banners(await house.chat(LEAD).click(lead, actions.CASE_LATE_ACCEPT))
    chair = await house.chat(CHAIR).drawn(NoticeKind.LATE_REQUESTED, ID)
    assert chair is not None
    assert chair.why == "Du får denne fordi du er leder i styret."
    done = await house.chat(CHAIR).click(chair, actions.CASE_LATE_ACCEPT)
    assert "godtatt av Tove" in facts(done)["Etter fristen"]
    told = await house.chat(SUBMITTER).drawn(NoticeKind.LATE_RULED, ID)
    assert told is not None
    assert "tas inn etter fristen" in told.summary


async def test_a_late_case_in_words_is_asked_why(house: House) -> None:
    await prepare(house, titled(S.DRAFT))
    house.clock.set(datetime(2026, 3, 20, 8, tzinfo=UTC))
    chat = house.chat(SUBMITTER)
    await chat.say("fortsett")
    asked = await chat.say("send inn")
    assert asked.title == "Hvorfor kommer saken etter fristen?"
    await chat.say("Tilbudet kom i går.")
    await chat.say("send inn")
    case = await house.case(ID)
    assert case.state is S.AWAITING_OWNER
    assert case.late is not None


async def test_no_to_a_late_case_keeps_the_reason_where_it_lacks(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await _asked_late(house)
    rev = (await house.case(ID)).rev
    card = await house.chat(LEAD).press(actions.CASE_LATE_REFUSE, {"id": ID, "rev": rev, "reason": " "})
    assert "begrunnelse" in banners(card)
    done = await house.chat(LEAD).click(card, actions.CASE_LATE_REFUSE, reason="Vent til juni.")
    assert "Vent til juni." in facts(done)["Etter fristen"]


async def _asked_late(house: House) -> Message:
    card = await house.chat(OFFICE).say("ettersending")
    return await house.chat(OFFICE).click(
        card, actions.CASE_LATE_ASK, meeting=APRIL, reason="Papirene ble ferdige i dag."
    )


async def test_ettersending_in_words_for_the_office_and_for_others(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    done = await _asked_late(house)
    assert "Det er bedt om at saken tas inn" in banners(done)
    late = (await house.case(ID)).late
    assert late is not None
    assert (late.meeting, late.reason) == (APRIL, "Papirene ble ferdige i dag.")
    other = await house.chat(SUBMITTER).say("ettersending")
    assert other.title == "Kommer saken etter fristen?"
    assert not [b for b in other.buttons if isinstance(b, Act)]

"""The seven exclusions by words: a yes ends the intake kindly with its paragraph, and a wrong yes can be corrected."""

from __future__ import annotations

import pytest

from tests.board.support import OFFICE, SUBMITTER, mandate
from tests.dialogs.support import Chat, House, button, words

NUMBERS = range(1, 8)
START = ("meld sak", "prosjekt", "bp2", "kliniske løsninger")


async def _question(house: House) -> str:
    talk = await house.talk()
    return talk.question if talk else ""


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_yes_ends_it_and_a_no_goes_on(number: int, house: House, chat: Chat) -> None:
    exclusion = mandate().exclusions[number - 1]
    await chat.answer(*START, *["nei"] * (number - 1))
    assert chat.last.title == exclusion.question["nb"]
    ended = words(await chat.say("ja, det stemmer"))
    assert exclusion.label["nb"] in ended
    assert "mandatet § 3" in ended
    assert mandate().office_email in ended
    assert await house.cases() == []
    (row,) = await house.log(SUBMITTER.id)
    assert (str(row.what), row.details) == ("intake.refused", {"exclusion": exclusion.id})
    await chat.answer("nei", *["nei"] * (7 - number))
    assert (await house.only_case()).case_type == "bp2"


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_yes_on_the_card_is_corrected_with_its_button(number: int, house: House, chat: Chat) -> None:
    card = await chat.say("meld sak")
    chosen = {"delivery_form": "project", "case_type": "bp1"}
    ended = await chat.click(card, "case.start", **chosen, **{f"scope_{number}": "true"})
    assert "mandatet § 3" in words(ended)
    assert await house.cases() == []
    again = await chat.click(ended, "case.start")
    assert "Hva gjelder det" not in words(again)
    await chat.click(again, "case.start", **chosen)
    assert (await house.only_case()).case_type == "bp1"


@pytest.mark.parametrize("text", ["kanskje", "vet ikke", "ja, men bare delvis", "både og", "hva er STIM?", "12"])
async def test_a_doubtful_answer_is_asked_again(text: str, house: House, chat: Chat) -> None:
    await chat.answer(*START, "nei")
    before = chat.last.title
    again = await chat.say(text)
    assert again.title == before
    assert "Svar ja eller nei" in words(again)
    assert await _question(house) == "scope_2"


async def test_no_to_all_counts_for_those_not_asked_yet(house: House, chat: Chat) -> None:
    await chat.answer(*START, "nei", "nei", "nei til alle")
    assert (await house.only_case()).case_type == "bp2"


async def test_back_takes_a_no_back(house: House, chat: Chat) -> None:
    await chat.answer(*START, "nei", "nei", "tilbake")
    assert await _question(house) == "scope_2"
    await chat.say("ja")
    assert "STIM" in words(chat.last)
    assert await house.cases() == []


async def test_a_yes_found_later_takes_nothing_that_was_typed(house: House, chat: Chat) -> None:
    await chat.answer(*START, "nei til alle", "Regional kurve")
    form = await chat.say("fortsett")
    page_one = await chat.click(form, "case.edit", "sakstype")
    ended = await chat.click(page_one, "case.start", scope_4="true")
    assert "tatt vare på" in words(ended)
    assert "Ingenting om saken er lagret" not in words(ended)
    case = await house.only_case()
    assert (case.content.title, case.state) == ("Regional kurve", "draft")
    assert [str(e.what) for e in await house.log(case.id)][-1] == "intake.refused"
    back = await chat.click(ended, "case.start")
    button(await chat.click(back, "case.start", scope_4="false", case_type="bp3"), "case.submit")
    assert (await house.only_case()).case_type == "bp3"
    assert (await house.only_case()).content.title == "Regional kurve"


async def test_the_first_page_of_somebody_elses_draft_is_not_to_be_had(house: House, chat: Chat) -> None:
    await chat.answer(*START, "nei til alle", "Regional kurve")
    before = await house.only_case()
    data = {"id": before.id, "case_type": "bp3", "delivery_form": "project", "sub_portfolio": "other"}
    answers = {f"scope_{n}": "false" for n in NUMBERS}
    for scope in ({}, {"scope_1": "true"}):
        answer = words(await house.chat(OFFICE).press("case.start", {**data, **answers, **scope}))
        assert "Regional kurve" not in answer
        assert "STIM" not in answer
    assert await house.only_case() == before
    assert [(str(e.what), e.by) for e in await house.log(before.id)][-2:] == [("act.refused", OFFICE.id)] * 2

"""The yearly evaluation in the chat: the question, the thanks, how far it has come, the result, its picture."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from board.evaluation import round_id
from board.notices import NoticeKind
from board.people import Actor, Body, Holding, Role
from board.usecases.keep_evaluation import keep_evaluation
from cards.message import Inputs, Message
from dialogs.evaluation_acts import worder
from tests.board.support import LEAD, OFFICE, SUBMITTER, actor
from tests.dialogs.support import CHAIR, DEPUTY, MEMBER, Chat, House, button, fields_of, words

THIS = round_id(2026)
OTHERS = tuple(actor(f"hf-{n}", Role.MEMBER) for n in range(4))
GIVEN = {f"q{n}": str(n) for n in range(1, 6)}


async def _tick(house: House) -> None:
    async with house.work.write() as unit:
        await keep_evaluation(worder(house.rules.mandate), unit, house.rules)
        await unit.commit()


@pytest.fixture
async def opened(house: House) -> House:
    """A house whose round of 2026 has opened by itself; seven are asked."""
    async with house.work.write() as unit:
        for one in OTHERS:
            await unit.people.add(one.person)
            await unit.people.hold(Holding(one.id, Role.MEMBER, Body.BOARD, date(2022, 1, 1)))
        await unit.commit()
    house.clock.set(datetime(2026, 11, 2, 7, tzinfo=UTC))
    await _tick(house)
    return house


async def asked(house: House, who: Actor) -> Message:
    card = await house.chat(who).drawn(NoticeKind.EVALUATION_ASKED, THIS)
    assert card is not None
    return card


async def answer(house: House, who: Actor, **inputs: str) -> Message:
    chat = house.chat(who)
    return await chat.click(await asked(house, who), "evaluation.answer", **{**GIVEN, **inputs})


async def closed(house: House, answers: int = 5) -> None:
    for who in (CHAIR, MEMBER, *OTHERS)[:answers]:
        await answer(house, who, comment=f"Fra {who.id}")
    house.clock.set(datetime(2026, 11, 24, 7, tzinfo=UTC))
    await _tick(house)


async def test_the_question_has_five_choices_and_a_comment(opened: House) -> None:
    card = await asked(opened, MEMBER)
    assert [field.id for field in fields_of(card)] == ["q1", "q2", "q3", "q4", "q5", "comment"]
    assert [option.value for option in fields_of(card)[0].options] == ["1", "2", "3", "4", "5"]
    said = words(card)
    assert "anonymt" in said
    assert "innen mandag 23. november 2026" in said
    assert "Du får denne fordi du er med i styret" in said


async def test_an_answer_is_thanked_for_and_not_shown_again(opened: House) -> None:
    thanks = await answer(opened, MEMBER, comment="Bare for urnen")
    assert "Takk. Svaret er tatt imot." in words(thanks)
    assert "1 av 7 har svart" in words(thanks)
    assert "Bare for urnen" not in words(thanks)
    assert not [block for block in thanks.blocks if isinstance(block, Inputs)]
    copy = await opened.chat(MEMBER).drawn(NoticeKind.EVALUATION_ASKED, THIS, copy=True)
    assert copy is not None
    assert "Du har svart. Takk." in words(copy)
    assert await opened.chat(MEMBER).drawn(NoticeKind.EVALUATION_ASKED, THIS) is None


async def test_a_second_answer_is_kindly_refused(opened: House) -> None:
    card = await asked(opened, MEMBER)
    chat = opened.chat(MEMBER)
    await chat.click(card, "evaluation.answer", **GIVEN)
    again = await chat.click(card, "evaluation.answer", **{**GIVEN, "q1": "5"})
    assert "Svaret er anonymt, så det kan ikke finnes igjen og endres" in words(again)
    assert "1 av 7 har svart" in words(again)


async def test_what_was_typed_stands_where_something_is_missing(opened: House) -> None:
    card = await asked(opened, MEMBER)
    again = await opened.chat(MEMBER).click(
        card, "evaluation.answer", **{**GIVEN, "q2": "", "q4": "9", "comment": "Står her"}
    )
    assert "Velg et svar på påstand 2 og 4" in words(again)
    assert {field.id: field.value for field in fields_of(again)} == {
        **GIVEN,
        "q2": "",
        "q4": "9",
        "comment": "Står her",
    }
    assert [field.id for field in fields_of(again) if field.error] == ["q2", "q4"]


@pytest.mark.parametrize("who", [OFFICE, DEPUTY, LEAD], ids=lambda who: who.id)
async def test_others_see_how_many_never_who(opened: House, who: Actor) -> None:
    await answer(opened, MEMBER)
    card = await opened.chat(who).say("evaluering")
    assert "1 av 7 har svart" in words(card)
    assert MEMBER.person.name not in words(card)
    assert not fields_of(card)
    refused = await opened.chat(who).press("evaluation.answer", {"id": THIS, **GIVEN})
    assert "Det kan bare" in words(refused)


async def test_the_office_does_not_learn_who_has_not_answered(opened: House) -> None:
    await answer(opened, MEMBER)
    opened.clock.set(datetime(2026, 12, 1, 7, tzinfo=UTC))
    tasks = words(await opened.chat(OFFICE).say("oppgaver"))
    assert CHAIR.person.name not in tasks
    duty = f"evaluation.answer:{THIS}:{CHAIR.id}"
    for verb in ("task.open", "task.why", "task.done", "task.snooze"):
        said = words(await opened.chat(OFFICE).press(verb, {"id": duty, "duty": duty}))
        assert "Jeg finner ikke oppgaven" in said, verb


async def test_ones_own_task_opens_the_question(opened: House) -> None:
    chat = opened.chat(MEMBER)
    tasks = await chat.say("oppgaver")
    assert "Svar på evalueringen 2026" in words(tasks)
    assert "Send vara" not in words(tasks)
    await chat.click(tasks, "task.open")
    assert fields_of(chat.all[0])
    await chat.click(tasks, "task.why")
    assert "mandatet § 8" in words(chat.all[0])


async def test_the_result_has_figures_comments_and_a_picture(opened: House) -> None:
    await closed(opened)
    chat = opened.chat(MEMBER)
    picture = await chat.say("evaluering")
    card = chat.all[0]
    assert "5 av 7 har svart" in words(card)
    assert "1,0 i snitt. Antall svar på 1: 5, 2: 0, 3: 0, 4: 0, 5: 0." in words(card)
    assert "tilfeldig rekkefølge" in words(card)
    assert picture.picture is not None
    assert "5,0 i snitt" in picture.picture.alt
    for kind in (NoticeKind.EVALUATION_RESULT, NoticeKind.EVALUATION_CHART):
        assert await opened.chat(MEMBER).drawn(kind, THIS, 2) is not None
        assert await opened.chat(SUBMITTER).drawn(kind, THIS, 2) is None


async def test_the_case_says_the_result_and_goes_to_the_office(opened: House) -> None:
    await closed(opened)
    chat = opened.chat(OFFICE)
    await chat.say("evaluering")
    case = await chat.click(chat.all[0], "case.open")
    assert "Evaluering 2026 av Regionalt porteføljestyre" in words(case)
    assert button(case, "case.accept").label
    async with opened.work.read() as work:
        (line,) = [one for one in await work.cases.lines_for(OFFICE, 20) if one.case_type == "evaluation"]
        found = await work.cases.get(line.id)
    assert found is not None
    assert "1,0 i snitt" in found.content.assessment
    assert "Fra tove" in found.content.background
    assert found.content.wanted_meeting is None, "no meeting is planned yet whose intake is open"


async def test_too_few_answers_show_nothing_to_anybody(opened: House) -> None:
    await closed(opened, answers=4)
    for who in (MEMBER, OFFICE):
        chat = opened.chat(who)
        card = await chat.say("evaluering")
        assert "Færre enn 5 svarte" in words(card)
        assert "snitt" not in words(card)
        assert card.picture is None
    assert await opened.chat(OFFICE).drawn(NoticeKind.EVALUATION_RESULT, THIS, 2) is not None
    assert await opened.chat(OFFICE).drawn(NoticeKind.EVALUATION_CHART, THIS, 2) is None


async def test_a_guest_sees_no_result(opened: House) -> None:
    await closed(opened)
    chat = opened.chat(SUBMITTER)
    card = await chat.say("evaluering")
    assert "Resultatet er for styret" in words(card)
    assert "snitt" not in words(card)
    assert "snitt" not in words(await chat.press("evaluation.chart", {"id": THIS}))


async def test_the_office_closes_it_early_having_said_it_is_sure(opened: House) -> None:
    chat = opened.chat(OFFICE)
    card = await chat.say("evaluering")
    asked_again = await chat.click(card, "evaluation.close")
    assert "Kryss av" in words(asked_again)
    done = await chat.click(card, "evaluation.close", sure="true")
    assert "Evalueringen er lukket." in words(done)
    assert "Det kan bare" in words(await opened.chat(MEMBER).press("evaluation.close", {"id": THIS, "sure": "true"}))


async def test_the_office_opens_it_before_its_day(house: House) -> None:
    chat = house.chat(OFFICE)
    card = await chat.say("evaluering")
    assert "mandag 2. november 2026" in words(card)
    opened = await chat.click(card, "evaluation.open")
    assert "Bare 3 er spurt" in words(opened)
    assert "alt åpnet" in words(await chat.press("evaluation.open", {}))
    refused = await house.chat(MEMBER).press("evaluation.open", {})
    assert "Det kan bare" in words(refused)


async def test_the_year_wheel_shows_it(house: House) -> None:
    chat = house.chat(MEMBER)
    await chat.say("årshjul")
    card, picture = chat.all
    assert "mandag 2. november: Årlig evaluering åpner" in words(card)
    assert "Siste dag for å svare på evalueringen" in words(card)
    assert picture.picture is not None
    assert "Årlig evaluering åpner 2. november" in picture.picture.alt


async def test_an_unknown_round_is_not_found(opened: House) -> None:
    for about in ("evaluation:1999", "", "x" * 500):
        said = words(await opened.chat(MEMBER).press("evaluation.answer", {"id": about, **GIVEN}))
        assert "Jeg finner ikke evalueringen" in said
    chat = Chat(opened, MEMBER, scope="channel")
    assert "privat" in words(await chat.say("evaluering")).lower()

"""``meld sak`` by words alone: each case type's own questions, back, help, skip, cancel, a restart in the middle."""

from __future__ import annotations

import pytest

from board import case_intake
from board.case import completeness
from board.ids import CaseId
from board.states import CaseState
from cards.forms import CASE_QUESTIONS, case_questions
from dialogs.case_talk import DOCUMENTS, REVIEW
from tests.board.support import OWNER, mandate
from tests.dialogs.support import Chat, House, open_house, words, writes

NUMBERS = {"cost_investment": "12,5 mill", "cost_operation": "800 000 kr/år", "minutes": "et kvarter"}
CHOICES = {"project_owner": "Anne Ødegård", "wanted_meeting": "4. juni", "classification": "åpen"}
READ = {
    "cost_investment": 12_500_000,
    "cost_operation": 800_000,
    "minutes": 15,
    "project_owner": "anne",
    "wanted_meeting": "june",
    "classification": "open",
}


def said(field_id: str) -> str:
    return {**NUMBERS, **CHOICES}.get(field_id, f"Svaret på {field_id}")


async def begin(chat: Chat, case_type: str = "bp2") -> None:
    """The first page by words: the kind of case by the names of its choices, and no to all exclusions."""
    kind = mandate().case_type[case_type]
    form = mandate().delivery_form[kind.delivery_forms[0]].label["nb"]
    await chat.answer("meld sak", form, kind.label["nb"])
    if len(kind.sub_portfolios) > 1:
        await chat.answer(kind.sub_portfolios[0])
    await chat.answer("nei til alle")


async def open_question(house: House) -> str:
    talk = await house.talk()
    return talk.question if talk else ""


async def answer_all(house: House, chat: Chat, until: str = "") -> list[str]:
    """Answers each field that is asked; gives them in order."""
    asked: list[str] = []
    while (field_id := await open_question(house)) in CASE_QUESTIONS and field_id != until:
        asked.append(field_id)
        await chat.say(said(field_id))
        assert len(asked) < 40, "it goes in a circle"
    return asked


@pytest.mark.parametrize("case_type", [t.id for t in mandate().case_types])
async def test_each_case_type_asks_its_own_fields_and_no_others(case_type: str, house: House, chat: Chat) -> None:
    kind = mandate().case_type[case_type]
    await begin(chat, case_type)
    asked = await answer_all(house, chat)
    assert asked == [q for q in CASE_QUESTIONS if q in kind.required]
    if kind.documents:
        assert await open_question(house) == DOCUMENTS
        await chat.answer("ferdig", "Ettersendes.")
    assert await open_question(house) == REVIEW
    await chat.say("mer")
    more = await answer_all(house, chat)
    assert more == [q.id for q in case_questions(case_type, mandate()) if q.id in kind.optional and q.id in more]
    assert set(more) == set(kind.optional) - {"reason_incomplete", "reason_late"}
    content = (await house.only_case()).content
    for field_id in (*asked, *more):
        assert content.value(field_id) == READ.get(field_id, said(field_id)), field_id
    await chat.say("ja")
    assert (await house.only_case()).state is CaseState.AWAITING_OWNER


async def test_back_shows_the_answer_and_takes_a_new_one(house: House, chat: Chat) -> None:
    await begin(chat)
    await chat.answer("Regional kurve", "P-10")
    assert "Nå står det: P-10" in words(await chat.say("tilbake"))
    assert "Nå står det: Regional kurve" in words(await chat.say("Tilbake!"))
    await chat.say("Regional kurveløsning")
    assert (await house.only_case()).content.title == "Regional kurveløsning"
    assert await open_question(house) == "project_owner", "what was answered before is not asked anew"


async def test_back_before_the_first_field_opens_the_first_page_and_keeps_the_draft(house: House, chat: Chat) -> None:
    await begin(chat)
    await chat.answer("Regional kurve", "tilbake", "tilbake")
    assert "Sakstype" in words(chat.last)
    assert (await house.only_case()).content.title == "Regional kurve"


async def test_back_on_the_first_page_asks_the_question_before(house: House, chat: Chat) -> None:
    await chat.answer("meld sak", "prosjekt", "bp2", "tilbake")
    assert await open_question(house) == "case_type"
    await chat.answer("bp1")
    assert await open_question(house) == "scope_1", "a concept has its sub-portfolio already"


async def test_help_inside_a_question_explains_it_and_changes_nothing(house: House, chat: Chat) -> None:
    await begin(chat)
    await answer_all(house, chat, until="cost_investment")
    before = await house.only_case()
    for text in ("hjelp", "help"):
        assert "12,5 mill" in words(await chat.say(text))
    assert await house.only_case() == before
    assert await open_question(house) == "cost_investment"


async def test_reading_in_the_middle_leaves_the_question_open(house: House, chat: Chat) -> None:
    await begin(chat)
    before = await house.only_case()
    for text in ("frister", "mine saker", "hvor er saken kurve", "hei"):
        await chat.say(text)
        assert await open_question(house) == "title", text
    assert await house.only_case() == before


async def test_a_field_that_is_passed_over_comes_back_at_the_end(house: House, chat: Chat) -> None:
    await begin(chat, "orientation")
    assert "Det må fylles ut" in words(await chat.say("hopp over"))
    await chat.answer("Anne Ødegård", "Saken gjelder kurve.")
    assert "Tittel" in words(chat.last)
    assert "fortsett" in writes(chat.last)
    await chat.say("fortsett")
    assert await open_question(house) == "title"


async def test_passing_over_optional_fields_never_goes_in_a_circle(house: House, chat: Chat) -> None:
    await begin(chat, "orientation")
    await answer_all(house, chat)
    await chat.say("mer")
    seen: list[str] = []
    while (field_id := await open_question(house)) != REVIEW:
        assert field_id not in seen, seen
        seen.append(field_id)
        await chat.say(said(field_id) if len(seen) % 2 else "hopp over")
    assert set(seen) == set(mandate().case_type["orientation"].optional) - {"reason_incomplete", "reason_late"}


async def test_what_is_not_understood_is_kept_word_for_word_and_asked_again(house: House, chat: Chat) -> None:
    await begin(chat)
    await answer_all(house, chat, until="cost_investment")
    again = await chat.say("Ganske mye, rundt regnet 10–12 mill")
    assert "Dette forsto jeg ikke" in words(again)
    assert "Nå står det: Ganske mye" in words(again)
    assert (await house.only_case()).content.unread == {"cost_investment": "Ganske mye, rundt regnet 10–12 mill"}
    await chat.say("12 mill")
    assert (await house.only_case()).content.unread == {}
    assert (await house.only_case()).content.cost_investment == 12_000_000


async def test_passing_over_words_not_understood_keeps_the_sum_that_stood_there(house: House, chat: Chat) -> None:
    await begin(chat)
    await answer_all(house, chat, until="cost_operation")
    await chat.answer("tilbake", "litt mer", "hopp over")
    content = (await house.only_case()).content
    assert (content.cost_investment, content.unread) == (12_500_000, {})


async def test_an_optional_answer_not_understood_is_asked_again_by_words(house: House, chat: Chat) -> None:
    await begin(chat, "orientation")
    await answer_all(house, chat)
    await chat.say("mer")
    while await open_question(house) != "minutes":
        await chat.say("hopp over")
    await chat.answer("lenge", "tilbake")
    await chat.say("send inn")
    assert "Tid i møtet" in words(chat.last)
    assert await open_question(house) == "minutes"
    await chat.answer("20 min")
    await chat.say("send inn")
    assert (await house.only_case()).state is CaseState.AWAITING_OWNER


async def test_a_picture_without_words_empties_nothing(house: House, chat: Chat) -> None:
    await begin(chat)
    await chat.answer("Regional kurve", "tilbake", "", "   ")
    assert (await house.only_case()).content.title == "Regional kurve"
    assert await open_question(house) == "title"


async def test_several_people_of_that_name_are_offered_and_none_is_guessed(house: House, chat: Chat) -> None:
    await begin(chat, "orientation")
    await chat.say("Kurve")
    assert writes(await chat.say("dal")) == ["Ola Dal", "Ola Dal Hansen"]
    assert (await house.only_case()).content.project_owner is None
    await chat.say("Ola Dal")
    assert (await house.only_case()).content.project_owner == "ola-dal", "whose whole name it is"


async def test_two_of_the_same_name_are_told_apart_by_their_mail(house: House, chat: Chat) -> None:
    await begin(chat, "orientation")
    await chat.say("Kurve")
    assert writes(await chat.say("Kim Berg")) == ["kim1@example.org", "kim2@example.org"]
    await chat.say("kim2@example.org")
    assert (await house.only_case()).content.project_owner == "kim-2"


async def test_an_answer_that_begins_like_a_command_is_an_answer(house: House, chat: Chat) -> None:
    await begin(chat)
    await answer_all(house, chat, until="assessment")
    texts = {
        "assessment": "Status quo er vurdert som nullalternativet",
        "benefits": "Mål om færre papirskjema på sengepostene",
        "risks": "Tid er den største risikoen",
        "dependencies": "Språk i pasientportalen",
    }
    for field_id in ("assessment", "cost_investment", "cost_operation", "benefits", "risks", "dependencies"):
        assert await open_question(house) == field_id
        await chat.say(texts.get(field_id, said(field_id)))
    content = (await house.only_case()).content
    assert {f: content.value(f) for f in texts} == texts


async def test_stopped_and_taken_up_again(house: House, chat: Chat) -> None:
    await begin(chat)
    await chat.answer("Regional kurve", "avbryt")
    assert "tatt vare på" in words(chat.last)
    assert await open_question(house) == ""
    assert "kurve" in words(await chat.say("meld sak")).lower(), "the draft is offered again"
    await chat.say("fortsett")
    assert await open_question(house) == "project_ref"


async def test_stopped_on_the_first_page_its_answers_are_there_still(house: House, chat: Chat) -> None:
    await chat.answer("meld sak", "prosjekt", "bp3", "avbryt")
    assert await house.cases() == []
    await chat.answer("fortsett")
    assert await open_question(house) == "sub_portfolio"
    await chat.answer("kliniske løsninger", "nei til alle")
    assert (await house.only_case()).case_type == "bp3"


async def test_an_answer_never_lands_in_another_draft(house: House, chat: Chat) -> None:
    await begin(chat, "orientation")
    await chat.answer("Den første", "avbryt", "start ny", "prosjekt", "bp1", "nei til alle", "Den andre")
    second = next(c for c in await house.cases() if c.case_type == "bp1")
    async with house.work.write() as work:  # handed on by other means, while its question stands open
        ended = case_intake.withdraw(second, chat.who, "", house.clock.now())
        await work.cases.save(ended.case)  # type: ignore[union-attr]  # a draft can be withdrawn
        await work.commit()
    await chat.say("Anne Ødegård")
    first = next(c for c in await house.cases() if c.case_type == "orientation")
    assert first.content.project_owner is None


async def test_by_words_with_a_restart_after_each_answer(sqlite_url: str) -> None:
    steps = ["meld sak", "prosjekt", "bp1", "nei", "nei", "nei til alle", "Regional kurve", "dal", "Ola Vik"]
    steps += ["Styret godkjenner oppstart.", "Saken gjelder kurve.", "Bakgrunn.", "mye", "4,5 mill"]
    steps += ["https://example.org/Mandat.pdf", "ja"]
    for number, text in enumerate(steps):
        async with open_house(sqlite_url, new=number == 0, ids=f"run-{number}") as house:
            await house.chat().say(text)
    async with open_house(sqlite_url, new=False) as house:
        case = await house.only_case()
        assert case.state is CaseState.AWAITING_OWNER
        assert completeness(case, mandate()).may_be_sent
        assert (case.content.cost_investment, case.content.project_owner) == (4_500_000, "ola-vik")
        assert [d.type for d in case.documents] == ["concept_mandate"]
        assert str((await house.log(case.id))[0].what) == "case.started"
        assert await house.talk() is None
        assert (await house.cases(OWNER)) == []


async def test_the_words_of_another_language_are_understood(house: House) -> None:
    chat = house.chat(language="en")
    await chat.answer("submit case", "project", "dp1", "no to all", "A new chart", "Anne Ødegård")
    await chat.answer("The board approves.", "It is about charts.", "Background.", "NOK 4.5 million")
    await chat.answer("https://example.org/concept-mandate.pdf")
    assert "Shall I submit the case?" in words(chat.last)
    await chat.say("yes")
    case = await house.case((await house.cases())[0].id)
    assert (case.state, case.content.cost_investment) == (CaseState.AWAITING_OWNER, 4_500_000)
    assert case.id == CaseId("case-1")

"""*Meld som sak*: a message somebody wrote becomes the start of a case."""

from __future__ import annotations

from board.case_content import MAX_TEXT
from cards import actions
from cards.message import LongText, Message
from cards.plain import to_text
from tests.dialogs.support import Chat, House, button

WORDS = "Vi trenger ny brannmur ved Sørlandet sykehus: den er *utdatert* <https://x.example|her> og @alle vet det."
ANSWERS = {"delivery_form": "project", "case_type": "bp2", "sub_portfolio": "clinical"}
NO = {f"scope_{n}": "false" for n in range(1, 8)}


def _shown(card: Message) -> list[str]:
    return [block.text for block in card.blocks if isinstance(block, LongText)]


async def test_the_words_arrive_in_the_draft(chat: Chat, house: House) -> None:
    card = await chat.press(actions.CASE_BEGIN, {"text": WORDS})
    assert _shown(card) == [WORDS]
    assert "Meldingen er tatt med" in to_text(card)
    form = await chat.click(card, actions.CASE_START, **ANSWERS, **NO)
    case = await house.only_case()
    assert (case.content.summary, case.rev) == (WORDS, 1)
    assert WORDS in [f.value for block in form.blocks for f in getattr(block, "fields", ())]


async def test_they_outlast_a_page_that_was_not_filled_in_and_a_restart_in_words(chat: Chat, house: House) -> None:
    card = await chat.press(actions.CASE_BEGIN, {"text": WORDS})
    again = await chat.click(card, actions.CASE_START)
    assert _shown(again) == [WORDS]
    await chat.say("avbryt")
    assert _shown(await chat.say("meld sak")) == [WORDS]
    await chat.answer("prosjekt", "bp2", "klinisk", "nei til alt")
    assert (await house.only_case()).content.summary == WORDS


async def test_they_outlast_an_answer_that_ends_the_intake(chat: Chat, house: House) -> None:
    card = await chat.press(actions.CASE_BEGIN, {"text": WORDS})
    ended = await chat.click(card, actions.CASE_START, **ANSWERS, **{**NO, "scope_2": "true"})
    assert WORDS not in str(button(ended, actions.CASE_START).data)
    assert await house.cases() == []
    back = await chat.click(ended, actions.CASE_START)
    await chat.click(back, actions.CASE_START, **ANSWERS, **NO)
    assert (await house.only_case()).content.summary == WORDS


async def test_a_long_message_is_cut_to_the_field_and_kept_whole_until_then(chat: Chat, house: House) -> None:
    whole = "Lang tekst om brannmurer. " * 400
    card = await chat.press(actions.CASE_BEGIN, {"text": whole})
    talk = await house.talk()
    assert talk is not None
    assert talk.answers["summary"] == whole.strip()
    assert "4\N{NO-BREAK SPACE}000 tegnene" in to_text(card)
    await chat.click(card, actions.CASE_START, **ANSWERS, **NO)
    summary = (await house.only_case()).content.summary
    assert len(summary) <= MAX_TEXT
    assert summary.endswith("…")
    assert whole.startswith(summary[:-1])


async def test_a_nervous_finger_on_next_makes_one_draft(chat: Chat, house: House) -> None:
    card = await chat.press(actions.CASE_BEGIN, {"text": WORDS})
    for _ in range(3):
        await chat.click(card, actions.CASE_START, **ANSWERS, **NO)
    assert (await house.only_case()).content.summary == WORDS


async def test_what_was_answered_before_stays(chat: Chat) -> None:
    await chat.answer("meld sak", "prosjekt")
    card = await chat.press(actions.CASE_BEGIN, {"text": WORDS})
    assert next(f.value for block in card.blocks for f in getattr(block, "fields", ())) == "project"


async def test_a_message_without_words_begins_an_empty_case(chat: Chat, house: House) -> None:
    card = await chat.press(actions.CASE_BEGIN, {"text": " \u200b\n "})
    assert "ingen tekst" in to_text(card)
    await chat.click(card, actions.CASE_START, **ANSWERS, **NO)
    assert (await house.only_case()).content.summary == ""


async def test_words_that_are_no_text_do_nothing(chat: Chat) -> None:
    for odd in (None, 7, ["x"], {"a": "b"}, True):
        assert (await chat.press(actions.CASE_BEGIN, {"text": odd})).buttons  # type: ignore[dict-item]  # as other programs may send it


async def test_the_same_press_once_more_shows_the_page_as_it_is(chat: Chat) -> None:
    await chat.press(actions.CASE_BEGIN, {"text": WORDS})
    assert _shown(await chat.press_again(actions.CASE_BEGIN, {"text": WORDS})) == [WORDS]

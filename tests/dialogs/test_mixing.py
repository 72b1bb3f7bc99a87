"""Cards and words freely mixed: an old card overwrites nothing that was filled in since, and loses nothing typed."""

from __future__ import annotations

from board.ids import CaseId
from board.states import CaseState
from cards.message import Act
from tests.board.support import OFFICE, OWNER, STRANGER, answers, case_in, complete
from tests.dialogs.support import Chat, House, fields_of, words

BP2 = ("meld sak", "prosjekt", "bp2", "kliniske løsninger", "nei til alle")


async def test_an_old_card_overwrites_nothing_that_words_filled_since(house: House, chat: Chat) -> None:
    old = await chat.answer(*BP2)
    await chat.answer("Regional kurve", "P-10", "Anne Ødegård")
    await chat.click(old, "case.save", benefits="Færre feil.")
    content = (await house.only_case()).content
    assert (content.title, content.project_ref, content.project_owner) == ("Regional kurve", "P-10", "anne")
    assert content.benefits == "Færre feil."


async def test_what_was_typed_in_an_old_card_is_kept(house: House, chat: Chat) -> None:
    old = await chat.answer(*BP2)
    await chat.answer("Regional kurve")
    shown = await chat.click(old, "case.save", title="Kurve for alle", cost_investment="mye", minutes="20 min")
    content = (await house.only_case()).content
    assert (content.title, content.minutes) == ("Kurve for alle", 20)
    assert content.unread == {"cost_investment": "mye"}
    (cost,) = (f for f in fields_of(shown) if f.id == "cost_investment")
    assert (cost.value, "forsto jeg ikke" in cost.error) == ("mye", True)


async def test_a_form_begun_as_a_card_is_ended_in_words(house: House, chat: Chat) -> None:
    card = await chat.answer(*BP2)
    typed = {k: str(v) for k, v in answers("bp2", OWNER).items() if k not in ("risks", "project_owner")}
    await chat.click(card, "case.save", **typed)
    await chat.say("fortsett")
    await chat.answer("Anne Ødegård", "Leveransekapasitet.", "ferdig", "Ettersendes.", "send inn")
    case = await house.only_case()
    assert (case.state, case.content.risks, case.content.project_owner) == (
        CaseState.AWAITING_OWNER,
        "Leveransekapasitet.",
        "anne",
    )


async def test_a_first_page_begun_in_words_is_ended_on_the_card(house: House, chat: Chat) -> None:
    card = await chat.say("meld sak")
    await chat.answer("prosjekt", "bp3", "øvrige prosjekter")
    await chat.click(card, "case.start")
    case = await house.only_case()
    assert (case.case_type, case.sub_portfolio) == ("bp3", "other")


async def test_sending_an_unfinished_card_marks_everything_missing_and_keeps_the_rest(house: House, chat: Chat) -> None:
    card = await chat.answer(*BP2)
    shown = await chat.click(card, "case.submit", title="Kurve", cost_investment="mye")
    marked = {f.id for f in fields_of(shown) if f.error}
    required = set(answers("bp2")) - {"title"}
    assert required <= marked
    assert "title" not in marked
    assert "reason_incomplete" in marked
    content = (await house.only_case()).content
    assert (content.title, content.unread) == ("Kurve", {"cost_investment": "mye"})


async def test_a_text_too_long_for_its_field_stands_in_the_card(house: House, chat: Chat) -> None:
    card = await chat.answer(*BP2)
    long = "Kurve " * 60
    shown = await chat.click(card, "case.save", title=long, summary="Kort.")
    (title,) = (f for f in fields_of(shown) if f.id == "title")
    assert title.value.strip() == long.strip()
    assert "200" in title.error
    content = (await house.only_case()).content
    assert (content.title, content.summary) == ("", "Kort.")


async def test_emptying_a_field_on_the_card_empties_it(house: House, chat: Chat) -> None:
    await chat.answer(*BP2, "Regional kurve")
    form = await chat.say("fortsett")
    await chat.click(form, "case.save", title="")
    assert (await house.only_case()).content.title == ""


async def test_line_breaks_that_the_client_changed_are_no_change(house: House, chat: Chat) -> None:
    card = await chat.answer(*BP2)
    await chat.click(card, "case.save", summary="En.\nTo.")
    form = await chat.say("fortsett")
    await chat.click(form, "case.save", summary="En.\nTo.\nTre.")
    await chat.click(form, "case.save", summary="En.\r\nTo.", title="Kurve")
    content = (await house.only_case()).content
    assert (content.title, content.summary) == ("Kurve", "En.\nTo.\nTre.")


async def test_the_form_after_the_case_was_sent_answers_with_the_case(house: House, chat: Chat) -> None:
    form = await chat.answer(*BP2)
    typed = {k: str(v) for k, v in answers("bp2", OWNER).items()} | {"reason_incomplete": "Ettersendes."}
    await chat.click(form, "case.submit", **typed)
    sent = await house.only_case()
    assert sent.state is CaseState.AWAITING_OWNER
    shown = await chat.click(form, "case.submit", title="Et annet navn")
    assert "allerede" in words(shown)
    assert await house.only_case() == sent


async def _stored(house: House, state: CaseState) -> None:
    async with house.work.write() as work:
        await work.cases.add(case_in(state))
        await work.commit()


async def test_a_stranger_sees_nothing_and_the_log_does(house: House) -> None:
    async with house.work.write() as work:
        await work.people.add(STRANGER.person)
        await work.cases.add(complete())
        await work.commit()
    for number, verb in enumerate(
        ("case.open", "case.submit", "case.save", "case.edit", "case.text", "case.attach"), 1
    ):
        shown = words(await house.chat(STRANGER).press(verb, {"id": "case-1", "rev": 1}))
        assert "Svar om title" not in shown
        refusals = [e for e in await house.log("case-1") if e.what == "act.refused"]
        assert (len(refusals), refusals[-1].by) == (number, STRANGER.id), verb
    assert await house.case("case-1") == complete()


async def test_a_return_with_an_unclear_day_keeps_what_was_written(house: House) -> None:
    await _stored(house, CaseState.SUBMITTED)
    office = house.chat(OFFICE)
    card = await office.press("case.open", {"id": "case-1"})
    shown = await office.click(card, "case.return", reason="Gevinstene mangler tall.", deadline="snarest")
    assert "Skriv en ny frist" in words(shown)
    (act,) = (b for b in shown.buttons if getattr(b, "verb", "") == "case.return")
    assert isinstance(act, Act)
    assert {f.id: f.value for f in act.fields} == {"reason": "Gevinstene mangler tall.", "deadline": "snarest"}
    await office.click(shown, "case.return", reason="Gevinstene mangler tall.", deadline="neste torsdag")
    case = await house.case(CaseId("case-1"))
    assert (case.state, str(case.deadline)) == (CaseState.INCOMPLETE, "2026-03-05")

"""A meeting run from the chat: by cards, in words, half and half; what each one in the room sees meanwhile."""

from __future__ import annotations

from datetime import timedelta

from board.decision import Outcome
from cards import actions
from cards.message import Act, Json
from tests.board.pack_support import OBSERVER, exclude
from tests.board.sitting_support import (
    CASE,
    CHAIR,
    DEPUTY,
    FIRST,
    LEAD,
    MEMBER,
    OFFICE,
    ONE,
    OTHER,
    PROPOSAL,
    SECOND,
    STARTS,
    TWO,
    decision,
    seat,
    sitting,
)
from tests.board.support import OWNER, STRANGER
from tests.dialogs.meeting_support import banners, errors
from tests.dialogs.sitting_support import Meeting, meeting, values
from tests.dialogs.support import Chat, button, words

AMENDED = "Styret godkjenner overgang, og ber om en ny plan."


async def on(chat: Chat, name: str) -> None:
    """«Neste sak» until the card is about it."""
    for _turn in range(6):
        if name in chat.last.title:
            return
        await chat.say("neste sak")
    raise AssertionError(f"never came to {name}: {chat.last.title}")


# -- by cards ----------------------------------------------------------------------------------------------------------


async def test_a_whole_meeting_by_cards() -> None:
    held = await meeting()
    lead = await held.started()
    sheet = lead.last
    assert "Punkt 1 av 4" in sheet.title
    assert len(sheet.buttons) <= 6
    sheet = await lead.click(sheet, actions.DECISION_RECORD, outcome="adopted")
    assert "Lagret: vedtatt" in banners(sheet)
    sheet = await lead.click(sheet, actions.SITTING_CALL, "Neste sak")
    assert "001-2026 Felles meldingstjeneste" in sheet.title
    assert values(sheet)["text"] == PROPOSAL
    sheet = await lead.click(sheet, actions.DECISION_RECORD, outcome="adopted_amended", text=AMENDED,
                             left=SECOND.id, dissent=DEPUTY.id, statement="Vi er uenige.")  # fmt: skip
    assert "[lagt til:" in words(sheet)
    assert "Dissens: " in words(sheet)
    assert decision(held.desk).present == (CHAIR.id, DEPUTY.id)
    sheet = await lead.click(sheet, actions.SITTING_CALL, "Neste sak")
    line = f"Legg fram gevinstplan; {OWNER.person.name}; 4. mai"
    sheet = await lead.click(sheet, actions.DECISION_RECORD, outcome="vedtatt med vilkår", conditions=line)
    assert decision(held.desk, TWO).conditions[0].owner == OWNER.id
    sheet = await lead.click(sheet, actions.SITTING_CLOSE)
    assert "Ikke avgjort: 4. Eventuelt." in banners(sheet)
    sheet = await lead.click(await lead.say("neste sak"), actions.DECISION_RECORD, outcome="noted", text="Ingen ting.")
    assert "Alle punktene er avgjort" in words(sheet)
    closed = await lead.click(sheet, actions.SITTING_CLOSE)
    assert "er lukket" in closed.title
    assert {b.label for b in closed.buttons} >= {"Kunngjør vedtakene", "Skriv referat"}
    assert not sitting(held.desk).is_open


async def test_back_to_an_earlier_one_and_corrected() -> None:
    held = await meeting()
    lead = await held.started()
    await lead.click(lead.last, actions.DECISION_RECORD, outcome="adopted")
    sheet = await lead.click(lead.last, actions.SITTING_CALL, "Neste sak")
    back = await lead.click(sheet, actions.SITTING_CALL, "Forrige")
    assert "Punkt 1 av 4" in back.title
    assert values(back)["outcome"] == "adopted"
    await lead.click(back, actions.DECISION_RECORD, outcome="adopted_amended", text="Sak 2 tas først.")
    assert decision(held.desk, FIRST).rev == 2


async def test_nothing_typed_is_lost_when_it_is_refused_or_left() -> None:
    held = await meeting()
    lead = await held.started()
    sheet = await lead.say("neste sak")
    typed = {"outcome": "adopted", "text": AMENDED, "conditions": "Uten eier", "statement": "Husk dette."}
    sheet = await lead.click(sheet, actions.DECISION_RECORD, **typed)
    assert "Linje 1" in errors(sheet)["conditions"]
    assert {name: values(sheet)[name] for name in typed} == typed
    sheet = await lead.click(sheet, actions.DECISION_RECORD, **{**typed, "conditions": ""})
    assert "vedtatt med endringer" in errors(sheet)["outcome"]
    assert values(sheet)["statement"] == "Husk dette."
    sheet = await lead.click(sheet, actions.SITTING_CALL, "Neste sak")
    assert "ikke lagret" in banners(sheet)
    assert values(sheet)["text"] == AMENDED
    assert sitting(held.desk).current == ONE
    sheet = await lead.click(sheet, actions.SITTING_CALL, "Neste sak")
    assert sitting(held.desk).current == TWO
    assert held.decided(ONE) is None


async def test_an_old_form_shows_what_stands_there_with_what_was_typed() -> None:
    held = await meeting()
    lead, office = await held.started(), held.chat(OFFICE)
    mine = await lead.say("neste sak")
    theirs = await office.press(actions.SITTING_OPEN, {"id": "board-1", "sheet": True})
    await office.click(theirs, actions.DECISION_RECORD, outcome="adopted")
    sheet = await lead.click(mine, actions.DECISION_RECORD, outcome="adopted_amended", text=AMENDED)
    assert "Lise registrerte vedtaket" in banners(sheet)
    assert values(sheet)["text"] == AMENDED
    assert held.decided(ONE) is Outcome.ADOPTED
    await lead.click(sheet, actions.DECISION_RECORD)
    assert held.decided(ONE) is Outcome.ADOPTED_AMENDED


async def test_one_condition_at_a_time() -> None:
    held = await meeting()
    lead = await held.started()
    sheet = await lead.say("neste sak")
    sheet = await lead.click(sheet, actions.DECISION_CONDITION, condition="Vis plan", owner=OWNER.id, due="i morgen")
    sheet = await lead.click(sheet, actions.DECISION_CONDITION, condition="Vis mer", owner_name="Ola", due="aldri")
    assert errors_of_buttons(sheet)["due"]
    assert "Vis plan; Ola; 17.04.2026" in values(sheet)["conditions"]
    sheet = await lead.click(sheet, actions.DECISION_CONDITION, condition="Vis mer", owner_name="Ola", due="1. juni")
    await lead.click(sheet, actions.DECISION_RECORD)
    assert [one.text for one in decision(held.desk).conditions] == ["Vis plan", "Vis mer"]


def errors_of_buttons(card: object) -> dict[str, str]:
    return {f.id: f.error for b in card.buttons if isinstance(b, Act) for f in b.fields if f.error}  # type: ignore[attr-defined]  # a message


# -- who is there ------------------------------------------------------------------------------------------------------


async def test_presence_and_the_chairs_word() -> None:
    held = await meeting()
    lead, chair = await held.started(), held.chat(CHAIR)
    card = await lead.click(lead.last, actions.SITTING_OPEN, "Hvem er til stede")
    for person in (SECOND.person.name, DEPUTY.id):
        card = await lead.click(card, actions.SITTING_SEAT, "Har gått", person=person)
    assert "Vedtaksført: nei: 1 av 3" in words(card)
    sheet = await lead.say("neste sak")
    sheet = await lead.click(sheet, actions.DECISION_RECORD, outcome="adopted")
    assert "ikke vedtaksført: 1 er til stede, og 2 må til" in banners(sheet)
    own = await held.card(CHAIR)
    assert own is not None
    shown = await chair.click(own, actions.SITTING_GO_ON, reason="Saken haster.")
    assert "Saken haster." in words(shown)
    await lead.click(sheet, actions.DECISION_RECORD)
    assert held.decided(ONE) is Outcome.ADOPTED
    card = await lead.click(card, actions.SITTING_SEAT, "Har kommet", person=MEMBER.id)
    assert "Vedtaksført: ja: 2 av 3" in words(card)
    wrong = await lead.press(actions.SITTING_SEAT, {"id": "board-1", "person": "ingen", "present": "true"})
    assert "Velg hvem det gjelder" in banners(wrong)


# -- what the others see -----------------------------------------------------------------------------------------------


async def test_a_member_follows_it_and_has_no_buttons_of_others() -> None:
    held = await meeting()
    lead = await held.started()
    await lead.say("neste sak")
    await lead.click(lead.last, actions.DECISION_RECORD, outcome="adopted")
    await lead.say("neste sak")
    card = await held.card(SECOND)
    assert card is not None
    shown = words(card)
    assert "Nå: punkt 3 av 4" in shown
    assert "2. 001-2026 Felles meldingstjeneste: vedtatt" in shown
    assert "Du: til stede" in shown
    assert {b.verb for b in card.buttons if isinstance(b, Act)} == {actions.DECISION_OPEN}
    assert card.about is not None
    assert card.about.rev == sitting(held.desk).rev
    member = held.chat(SECOND)
    read = await member.click(card, actions.DECISION_OPEN, item="1")
    assert PROPOSAL in words(read)
    for verb in (actions.SITTING_CALL, actions.SITTING_CLOSE, actions.DECISION_RECORD, actions.SITTING_SEAT):
        refused = await member.press(verb, {"id": "board-1", "rev": 1, "item": str(ONE), "outcome": "rejected"})
        assert "Det kan bare" in words(refused), verb
    assert not {b.verb for b in read.buttons if isinstance(b, Act)} & {actions.DECISION_RECORD}


async def test_one_who_is_inhabil_is_told_nothing_of_the_case() -> None:
    held = await meeting()
    await exclude(held.desk, CASE, SECOND.id)
    await exclude(held.desk, CASE, OFFICE.id)
    lead = await held.started()
    await lead.say("neste sak")
    await lead.click(lead.last, actions.DECISION_RECORD, outcome="adopted")
    for who in (SECOND, OFFICE):
        card = await held.card(who)
        assert card is not None
        assert "Felles meldingstjeneste" not in words(card)
        assert "vedtatt" not in words(card)
        assert "Et punkt du ikke har tilgang til" in words(card)
    office = held.chat(OFFICE)
    sheet = await office.press(actions.SITTING_OPEN, {"id": "board-1", "sheet": True})
    assert not [b for b in sheet.buttons if isinstance(b, Act) and b.verb == actions.DECISION_RECORD]
    data: dict[str, Json] = {"id": "board-1", "rev": 1, "item": ONE, "outcome": "rejected", "text": "Nei."}
    assert "Jeg finner ikke" in words(await office.press(actions.DECISION_RECORD, data))
    assert "Jeg finner ikke" not in words(await office.press(actions.DECISION_OPEN, {"id": "board-1", "item": ONE}))
    assert held.decided(ONE) is Outcome.ADOPTED


async def test_a_stranger_sees_nothing_and_an_observer_follows() -> None:
    held = await meeting()
    await held.started()
    assert await held.card(STRANGER) is None
    shown = await held.chat(STRANGER).press(actions.SITTING_OPEN, {"id": "board-1"})
    assert "Jeg finner ikke møtet" in words(shown)
    card = await held.card(OBSERVER)
    assert card is not None
    assert "Du: " not in words(card)


async def test_the_deputy_reads_whom_it_is_for_and_late_news_of_a_closed_meeting_is_none() -> None:
    held = await meeting()
    lead = await held.started()
    card = await held.chat(DEPUTY).drawn("meeting.started", "sitting:board-1")
    assert card is not None
    assert f"til stede for {MEMBER.person.name}" in words(card)
    assert "Du får denne fordi du er med i møtet." in words(card)
    await _all_decided(held, lead)
    await lead.say("lukk møte")
    assert await held.chat(DEPUTY).drawn("meeting.started", "sitting:board-1") is None


async def _all_decided(held: Meeting, lead: Chat) -> None:
    for item, outcome in ((FIRST, "adopted"), (ONE, "adopted"), (TWO, "adopted"), (OTHER, "noted")):
        sheet = await lead.press(actions.SITTING_OPEN, {"id": "board-1", "sheet": True, "item": item})
        await lead.click(sheet, actions.DECISION_RECORD, outcome=outcome)
    assert len(held.desk.memory.state.decisions) == 4


# -- words -------------------------------------------------------------------------------------------------------------


async def test_start_says_why_not() -> None:
    held = await meeting()
    held.desk.clock.set(STARTS - timedelta(hours=2))
    assert "begynner torsdag 16. april 2026 kl. 09.00" in words(await held.chat(LEAD).say("start møte"))
    held.desk.clock.set(STARTS)
    assert "Det kan bare" in words(await held.chat(SECOND).say("start møte"))
    assert "ikke startet" in words(await held.chat(LEAD).say("neste sak"))
    assert "ikke startet" in words(await held.chat(LEAD).say("lukk møte"))
    assert "Det kan bare" in words(await held.chat(SECOND).say("neste sak"))
    await held.started()
    again = await held.chat(OFFICE).say("start møte")
    assert "alt i gang" in banners(again)


async def test_a_case_is_recorded_in_words_one_question_at_a_time() -> None:
    held = await meeting()
    lead = await held.started()
    await on(lead, "001-2026")
    assert "Eller svar i chatten: Hva ble utfallet av 2. 001-2026 Felles meldingstjeneste?" in words(lead.last)
    assert "Spørsmål 2 av" in words(await lead.say("vedtatt med vilkår"))
    await lead.say("hopp over")
    assert "Linje 1" in banners(await lead.say("Vis plan; Ingen Kjent; 1. juni"))
    assert "Gikk noen ut" in (await lead.say("Vis plan; Ola; 1. juni")).title
    assert "Jeg finner ikke «Per»" in banners(await lead.say("Per"))
    assert "Stemte noen imot" in (await lead.say("Mads")).title
    assert "protokolltilførsel" in (await lead.say("ingen")).title
    review = await lead.say("Fylkene må høres.")
    assert "Gikk ut: Mads" in words(review)
    assert "Fylkene må høres." in words(review)
    sheet = await lead.say("ja")
    assert "Lagret: vedtatt med vilkår" in banners(sheet)
    done = decision(held.desk)
    assert (done.text, done.left, done.statement) == (PROPOSAL, (SECOND.id,), "Fylkene må høres.")
    assert done.conditions[0].owner == OWNER.id
    assert await held.house.talk(LEAD) is None


async def test_what_does_not_fit_is_asked_again_and_back_goes_back() -> None:
    held = await meeting()
    lead = await held.started()
    await on(lead, "001-2026")
    assert "kjenner jeg ikke" in banners(await lead.say("kanskje i neste uke"))
    await lead.say("utsatt")
    for text in ("hopp over", "ingen", "ingen", "ingen"):
        await lead.say(text)
    asked = await lead.say("ja")
    assert "Skriv hvorfor saken utsettes" in banners(asked)
    await lead.say("tilbake")
    assert "Hva ble utfallet" in lead.last.title
    await lead.say("vedtatt")
    await lead.say("ferdig")
    assert "Skal jeg lagre" in lead.last.title
    await lead.say("nei")
    assert "Hva ble utfallet" in lead.last.title
    await lead.answer("ikke vedtatt", "Styret går ikke inn for det.", "ferdig", "ja")
    assert held.decided(ONE) is Outcome.REJECTED


async def test_half_in_words_and_the_rest_on_the_card() -> None:
    held = await meeting()
    lead = await held.started()
    await on(lead, "001-2026")
    sheet = lead.last
    await lead.say("vedtatt")
    await lead.click(sheet, actions.DECISION_RECORD, outcome="adopted", dissent=SECOND.id)
    assert await held.house.talk(LEAD) is None, "what was asked is answered"
    assert decision(held.desk).dissent == (SECOND.id,)
    assert "002-2026" in (await lead.say("neste sak")).title


async def test_a_meeting_in_words_to_its_end() -> None:
    held = await meeting()
    lead = await held.started(OFFICE)
    await lead.answer("vedtatt", "ferdig", "ja", "neste sak", "vedtatt", "ferdig", "ja", "neste sak")
    await lead.answer("utgår", "ferdig", "ja")
    unfinished = await lead.say("lukk møtet")
    assert "Ikke avgjort: 4. Eventuelt." in banners(unfinished)
    await lead.answer("neste sak", "tatt til orientering", "Neste møte i juni.", "ferdig", "ja")
    assert "er lukket" in (await lead.say("lukk møtet")).title
    assert decision(held.desk, OTHER).text == "Neste møte i juni."


async def test_words_that_stand_open_elsewhere_are_not_taken_over_by_a_press() -> None:
    held = await meeting()
    lead = held.chat(LEAD)
    await lead.say("meld sak")
    await lead.press(actions.SITTING_START, {"id": "board-1"})
    assert "Eller svar i chatten" not in words(lead.last)
    talk = await held.house.talk(LEAD)
    assert talk is not None
    assert talk.form == "start"


async def test_a_crafted_press_of_what_is_not_there() -> None:
    held = await meeting()
    lead = await held.started()
    for verb in (actions.SITTING_OPEN, actions.SITTING_START, actions.SITTING_CALL, actions.SITTING_CLOSE,
                 actions.SITTING_SEAT, actions.SITTING_GO_ON, actions.DECISION_OPEN, actions.DECISION_RECORD,
                 actions.DECISION_CONDITION):  # fmt: skip
        for data in ({}, {"id": "x" * 500}, {"id": "board-1", "item": "x" * 500, "rev": "a"}, {"id": 7, "item": []}):
            await lead.press(verb, data)  # type: ignore[arg-type]  # crafted
    assert button(
        await lead.press(actions.SITTING_OPEN, {"id": "board-1", "sheet": True}), actions.DECISION_RECORD
    ).label
    assert not held.desk.memory.state.decisions


async def test_who_was_seated_by_another_hand_sees_it_on_the_card() -> None:
    held = await meeting()
    await held.started()
    await seat(held.desk, SECOND.id, OFFICE, present=False)
    card = await held.card(SECOND)
    assert card is not None
    assert "ikke registrert som til stede" in words(card)

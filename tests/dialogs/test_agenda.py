"""The agenda in the chat: built, arranged and approved by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from board.people import Actor
from board.states import CaseState
from cards.message import Json, Message
from tests.board.agenda_support import case
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER
from tests.dialogs.agenda_support import SECRET, approved, drafted, item, keep, stored, three
from tests.dialogs.meeting_support import APRIL, JUNE, banners, facts
from tests.dialogs.support import CHAIR, DEPUTY, MEMBER, REP, Chat, House, button, words, writes

# -- building ----------------------------------------------------------------------------------------------------------


async def test_the_office_builds_it_and_sees_order_numbers_clock_and_time(house: House) -> None:
    card = await drafted(house)
    said = words(card)
    assert "Sakslisten til styremøtet torsdag 16. april 2026" in said
    assert "Satt opp nå: 001-2026, 002-2026 og 003-2026. Leder er bedt om å godkjenne den." in banners(card)
    assert "B – Beslutningssaker" in said
    assert "O – Orienteringssaker" in said
    assert "1. Godkjenning av innkalling og saksliste\nkl. 09.00 · 5 minutter" in said
    assert "2. 001-2026 Ny journal\nkl. 09.05 · 15 minutter" in said
    assert f"3. 002-2026 {SECRET}\nkl. 09.20" in said
    assert "4. 003-2026 Avslutning av portal\nkl. 09.35 · 10 minutter" in said
    assert "5. Eventuelt\nkl. 09.45" in said
    assert "Sakene tar 50 minutter av møtets 120 minutter." in said
    assert "Utkast: lederen har ikke godkjent" in said
    assert [b.label for b in card.buttons] == [
        *("Send til leder for godkjenning", "Endre et punkt", "Ta med nye saker"),
    ]


async def test_what_is_left_out_is_named_with_its_paragraph_and_the_way_forward(house: House) -> None:
    late = replace(case("late", title="Sen sak", wants=APRIL), submitted_at=datetime(2026, 3, 20, tzinfo=UTC))
    await keep(house, *three(), late, case("u", CaseState.READY_FOR_WG, title="Ubehandlet sak", wants=APRIL))
    card = await house.chat(OFFICE).say("lag saksliste styret 16. april")
    said = words(card)
    assert "Ubehandlet sak: er ikke behandlet i arbeidsutvalget (mandatet § 5)." in said
    assert "Sen sak: kom etter fristen, og er ikke godtatt (mandatet § 7)." in said
    ask = button(card, "pack.ask_dispensation")
    assert ask.data == {"id": APRIL, "gate": "wg_treatment"}
    assert [(f.id, f.required) for f in ask.fields] == [("case", True), ("reason", True)]
    assert [o.value for o in ask.fields[0].options] == ["u"]
    assert button(card, "case.late_ask").data["id"] == "late"
    assert len(card.buttons) <= 6


async def test_an_agenda_that_is_too_long_says_so_in_words(house: House) -> None:
    await keep(house, *(case(f"c{n}", minute=n) for n in range(9)))
    card = await house.chat(OFFICE).say("lag saksliste")
    assert (
        "For lang saksliste: sakene tar 145 minutter, og møtet er satt til 120 minutter. Det er 25 minutter"
        in words(card)
    )


async def test_building_again_says_that_nothing_is_new(house: House) -> None:
    card = await drafted(house)
    again = await house.chat(OFFICE).click(card, "agenda.build")
    assert "ingen nye saker" in banners(again)
    assert (await stored(house)).rev == 1


@pytest.mark.parametrize("who", [SUBMITTER, OWNER, CHAIR, MEMBER, DEPUTY, REP], ids=lambda one: str(one.id))
async def test_others_are_refused_in_words_and_by_a_crafted_press_and_it_is_logged(house: House, who: Actor) -> None:
    await keep(house, *three())
    chat = house.chat(who)
    assert "Det kan bare porteføljekontoret og porteføljeansvarlig gjøre" in words(await chat.say("lag saksliste"))
    assert "Det kan bare" in words(await chat.press("agenda.build", {"id": APRIL}))
    assert (await house.case("a")).state is CaseState.WG_TREATED
    assert [(e.what, e.by) for e in await house.log(APRIL)] == [("act.refused", who.id)] * 2


@pytest.mark.parametrize("text", ["lag saksliste 4. juni", "lag saksliste styret 04.06.2026", "build agenda 4 June"])
async def test_a_day_says_which_meeting(house: House, text: str) -> None:
    await house.chat(OFFICE).say(text)
    assert (await stored(house, JUNE)).rev == 1


@pytest.mark.parametrize("text", ["lag saksliste juni", "lag saksliste for heliks", "saksliste heliks"])
async def test_what_is_no_day_is_never_taken_for_the_next_meeting(house: House, text: str) -> None:
    card = await house.chat(OFFICE).say(text)
    assert card.title == "Jeg finner ikke det møtet"
    async with house.work.read() as work:
        assert await work.agendas.get(APRIL) is None


async def test_a_day_without_a_meeting_offers_those_there_are(house: House) -> None:
    card = await house.chat(OFFICE).say("lag saksliste 20. mai")
    assert card.title == "Jeg finner ikke det møtet"
    assert writes(card) == ["lag saksliste 16.04.2026", "lag saksliste 04.06.2026"]


# -- one item ----------------------------------------------------------------------------------------------------------


async def _opened(house: House, name: str = "a") -> tuple[Chat, Message]:
    office = house.chat(OFFICE)
    card = await drafted(house)
    return office, await office.click(card, "agenda.item", item=(await item(house, name)).id)


async def test_an_item_can_be_moved_down_and_up_and_says_where_it_is(house: House) -> None:
    office, card = await _opened(house)
    assert card.title == "Punkt 2: 001-2026 Ny journal"
    assert [b.label for b in card.buttons] == ["Ned", "Endre", "Flytt til annet møte", "Tilbake til sakslisten"]
    down = await office.click(card, "agenda.down")
    assert down.title == "Punkt 3: 001-2026 Ny journal"
    assert "Leder må godkjenne" in banners(down)
    again = await office.click(card, "agenda.down")
    assert "Sakslisten er endret siden du så den" in banners(again), "the old button has no second effect"
    up = await office.click(down, "agenda.up")
    assert up.title == "Punkt 2: 001-2026 Ny journal"


async def test_time_and_presenter_are_changed_and_what_is_wrong_stands_there_still(house: House) -> None:
    office, card = await _opened(house)
    wrong = await office.click(card, "agenda.edit", minutes="lenge", presenter="Anne", kind="decision")
    edit = button(wrong, "agenda.edit")
    assert [(f.value, bool(f.error)) for f in edit.fields] == [("lenge", True), ("Anne", False), ("decision", False)]
    right = await office.click(wrong, "agenda.edit", minutes="et kvarter", presenter="Anne", kind="diskusjonssak")
    assert facts(right)["Legges fram av"] == "Anne"
    assert facts(right)["Type"] == "D – diskusjonssak"
    assert (await item(house, "a")).minutes == 15
    too_much = await office.click(right, "agenda.edit", minutes="300", presenter="", kind="decision")
    assert "passer ikke til skjemaet" in banners(too_much)
    assert button(too_much, "agenda.edit").fields[0].value == "300"


async def test_a_case_is_moved_to_another_meeting(house: House) -> None:
    office, card = await _opened(house)
    wrong = await office.click(card, "agenda.move", meeting="i morgen")
    assert "Møtet kan ikke brukes" in banners(wrong)
    assert button(wrong, "agenda.move").fields[0].error
    moved = await office.click(wrong, "agenda.move", meeting=JUNE)
    assert "001-2026 er flyttet til møtet torsdag 4. juni 2026, og kommer på sakslisten når den lages" in banners(moved)
    assert "Ny journal" not in words(moved)
    assert (await house.case("a")).board_meeting == JUNE


async def test_an_item_is_chosen_by_its_number_too(house: House) -> None:
    card = await drafted(house)
    assert (await house.chat(OFFICE).click(card, "agenda.item", item="2")).title == "Punkt 2: 001-2026 Ny journal"
    whole = await house.chat(OFFICE).click(card, "agenda.item", item="finnes ikke")
    assert whole.title.startswith("Sakslisten til")


@pytest.mark.parametrize("verb", ["agenda.up", "agenda.down", "agenda.edit", "agenda.move", "agenda.ask"])
@pytest.mark.parametrize("who", [SUBMITTER, CHAIR, MEMBER, REP], ids=lambda one: str(one.id))
async def test_crafted_presses_of_others_are_refused_and_logged(house: House, verb: str, who: Actor) -> None:
    await drafted(house)
    before = await stored(house)
    data: dict[str, Json] = {
        "id": APRIL,
        "rev": 1,
        "item": (await item(house, "a")).id,
        "minutes": "5",
        "meeting": JUNE,
    }
    card = await house.chat(who).press(verb, data)
    assert "Det kan bare" in words(card)
    assert await stored(house) == before
    assert [e.by for e in await house.log(APRIL) if e.what == "act.refused"] == [who.id]
    if who != CHAIR:
        assert "Ny journal" not in words(card)


# -- approval ----------------------------------------------------------------------------------------------------------


async def test_the_chair_gets_it_approves_it_and_the_office_learns(house: House) -> None:
    await drafted(house)
    chair, office = house.chat(CHAIR), house.chat(OFFICE)
    asked = await chair.drawn("agenda.ready", f"agenda:{APRIL}")
    assert asked is not None
    assert asked.summary == (
        "Sakslisten til styremøtet torsdag 16. april 2026 venter på din godkjenning: 3 saker, 50 minutter"
    )
    assert asked.why == "Du får denne fordi du er leder og godkjenner sakslisten."
    done = await chair.click(asked, "agenda.approve")
    assert "Takk. Sakslisten er godkjent" in banners(done)
    assert "Godkjent av Tove mandag 2. mars 2026 kl. 08.00." in words(done)
    assert await chair.drawn("agenda.ready", f"agenda:{APRIL}") is None
    told = await office.drawn("agenda.approved", f"agenda:{APRIL}", rev=2)
    assert told is not None
    assert "send pakke" in writes(told)
    twice = await chair.click(asked, "agenda.approve")
    assert "Sakslisten er endret siden du så den. Sist: Tove godkjente sakslisten" in banners(twice)
    assert (await stored(house)).rev == 2


async def test_a_change_takes_it_away_and_the_office_sends_it_again(house: House) -> None:
    await approved(house)
    office = house.chat(OFFICE)
    card = await office.click(await office.say("saksliste"), "agenda.item", item=(await item(house, "a")).id)
    await office.click(card, "agenda.down")
    assert await office.drawn("agenda.approved", f"agenda:{APRIL}", rev=2) is None
    whole = await office.say("saksliste")
    assert "Utkast" in words(whole)
    sent = await office.click(whole, "agenda.ask")
    assert "Sendt til leder" in banners(sent)
    assert "Leder er alt bedt" in banners(await office.click(whole, "agenda.ask"))


@pytest.mark.parametrize("who", [OFFICE, LEAD, MEMBER, SUBMITTER], ids=lambda one: str(one.id))
async def test_nobody_else_approves(house: House, who: Actor) -> None:
    await drafted(house)
    card = await house.chat(who).press("agenda.approve", {"id": APRIL, "rev": 1})
    assert "Det kan bare leder gjøre" in words(card)
    assert not (await stored(house)).is_approved

"""Before papers go out, in a chat: every gate with its paragraph and what settles it; the chair's dispensation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.ids import MeetingId
from board.people import Role
from cards.message import Act
from tests.board.pack_support import (
    CHAIR,
    DAY,
    MEMBER,
    at,
    board_case,
    filed,
)
from tests.board.support import (
    BOARD_MEETING,
    OFFICE,
    STRANGER,
    SUBMITTER,
    WG_MEETING,
)
from tests.dialogs.meeting_support import banners, facts
from tests.dialogs.pack_support import EVERYBODY, HANDLERS, labels, papers
from tests.dialogs.support import Chat, button, words

BEFORE = MeetingId("before")


# -- the gates -----------------------------------------------------------------------------------------------------


async def test_send_pakke_shows_that_nothing_is_missing_and_sends_only_by_the_button() -> None:
    room = await papers()
    card = await room.chat(OFFICE).say("send pakke")
    assert card.title == "Sakspapirene til styremøtet torsdag 16. april 2026 kan sendes"
    assert labels(card)[0] == "Send til 4 mottakere"
    assert "Sendes senest mandag 6. april 2026 (mandatet § 7)" in words(card)
    assert not room.desk.memory.state.packs


async def test_everything_that_stands_in_the_way_is_listed_with_its_paragraph_and_what_settles_it() -> None:
    bare = replace(board_case(), documents=(), wg_outcome=None, submitted_at=at(date(2026, 3, 20)))
    room = await papers(bare, approved=False, finished=False)
    room.desk.clock.set(at(DAY - timedelta(days=9)))
    card = await room.chat(OFFICE).say("send pakke")
    said = words(card)
    assert card.title.startswith("Dette mangler før sakspapirene")
    for sentence in (
        "Leder må godkjenne sakslisten",
        "behandles i arbeidsutvalget før den settes på sakslisten til styret (mandatet § 5)",
        "Dokumenter mangler uten begrunnelse",
        "Saken kom etter fristen",
        "Siste dag for å sende sakspapirene var mandag 6. april 2026 (mandatet § 7)",
        "Det gjelder 001-2026 Felles meldingstjeneste.",
    ):
        assert sentence in said
    assert len(card.buttons) <= 6
    verbs = [b.verb for b in card.buttons if isinstance(b, Act)]
    assert {"agenda.open", "pack.ask_dispensation", "case.open"} <= set(verbs)
    assert "pack.send" not in verbs


@pytest.mark.parametrize("crafted", [{"id": BOARD_MEETING}, {"id": BOARD_MEETING, "rev": 99, "force": True}])
async def test_a_crafted_press_is_refused_by_the_gate_itself(crafted: dict[str, object]) -> None:
    room = await papers(finished=False)
    card = await room.chat(OFFICE).press("pack.send", crafted)  # type: ignore[arg-type]  # as it comes from outside
    assert "Ingenting er sendt" in banners(card)
    assert "Referatet fra arbeidsutvalget må være ferdig og med i sakspapirene (mandatet § 5)." in words(card)
    assert "møtet i arbeidsutvalget onsdag 1. april 2026" in words(card)
    assert button(card, "wg.minutes").data == {"id": WG_MEETING, "preview": True}
    assert not room.desk.memory.state.packs


async def test_minutes_from_before_saksgang_are_offered_to_be_filed_and_a_gate_once_they_should_be_there() -> None:
    room = await papers()
    state = room.desk.memory.state
    state.meetings["before"] = replace(state.meetings[BOARD_MEETING], id=BEFORE, starts_at=at(date(2026, 1, 15)))
    card = await room.chat(OFFICE).say("send pakke")
    assert "Referatet fra styremøtet torsdag 15. januar 2026 er ikke lagt inn." in words(card)
    assert button(card, "minutes.file").data["id"] == "before"
    assert "pack.send" in [b.verb for b in card.buttons if isinstance(b, Act)]
    state = room.desk.memory.state
    state.agendas["before"] = replace(state.agendas[BOARD_MEETING], meeting=BEFORE)
    card = await room.chat(OFFICE).say("send pakke")
    assert "Referatet fra forrige styremøte må være med" in words(card)
    assert button(card, "minutes.file").data["id"] == "before"
    room.desk.memory.state.minutes_book[BEFORE] = filed(BEFORE)
    assert (await room.chat(OFFICE).say("send pakke")).title.endswith("kan sendes")


async def test_whoever_is_not_of_the_office_is_refused_in_words_and_by_press_and_that_is_in_the_log() -> None:
    for who in (CHAIR, MEMBER, SUBMITTER, STRANGER):
        room = await papers()
        said = await room.chat(who).say("send pakke")
        assert "Det kan bare porteføljekontoret og porteføljeansvarlig gjøre" in said.title
        await room.chat(who).press("pack.send", {"id": BOARD_MEETING})
        refusals = [about for what, about, by in room.desk.log if what == "act.refused" and by == who.id]
        assert refusals == ["pack", BOARD_MEETING]


# -- dispensation --------------------------------------------------------------------------------------------------


async def _asked(chat: Chat) -> str:
    card = await chat.say("send pakke")
    act = button(card, "pack.ask_dispensation")
    assert act.label == "Be om dispensasjon (§ 7)"
    card = await chat.press(act.verb, {**act.data, "reason": "Leverandøren ble forsinket."})
    assert "Leder er spurt" in banners(card)
    return words(card)


async def test_from_the_gate_to_the_chairs_word_and_out_with_the_reason_printed() -> None:
    room = await papers()
    room.desk.clock.set(at(DAY - timedelta(days=9)))
    said = await _asked(room.chat(OFFICE))
    assert "Leder er spurt om dispensasjon, og har ikke svart ennå." in said
    (asked,) = room.desk.memory.state.dispensations.values()
    card = await room.chat(CHAIR).drawn("dispensation.asked", BOARD_MEETING, 1, asked.id)
    assert card is not None
    assert card.title == "Dispensasjon fra fristen for å sende sakspapirene, styremøtet torsdag 16. april 2026"
    assert "Leverandøren ble forsinket." in words(card)
    assert facts(card)["Fra"] == "mandatet § 7"
    assert card.why == "Du får denne fordi bare leder kan gi dispensasjon."
    grant = button(card, "pack.grant")
    ruled = await room.chat(CHAIR).press(grant.verb, {**grant.data, "reason": "Saken haster for pasientene."})
    assert "ga dispensasjon" in words(ruled)
    news = await room.chat(OFFICE).drawn("dispensation.ruled", BOARD_MEETING, 2, asked.id)
    assert news is not None
    assert "Leders begrunnelse\nSaken haster for pasientene." in words(news)
    await room.send()
    (pack,) = room.press.packs
    assert pack.agenda.notes == (
        (
            "Dispensasjon fra fristen for å sende sakspapirene (mandatet § 7), gitt av Other-Chair "
            "tirsdag 7. april 2026. Begrunnelse: Saken haster for pasientene."
        ),
    )


async def test_without_a_reason_nothing_is_asked_or_ruled_and_what_was_typed_stands() -> None:
    room = await papers()
    room.desk.clock.set(at(DAY - timedelta(days=9)))
    data = {"id": BOARD_MEETING, "gate": "ten_days"}
    card = await room.chat(OFFICE).press("pack.ask_dispensation", {**data, "reason": "  "})
    assert "Skriv en begrunnelse" in banners(card)
    long = "lang " * 801
    card = await room.chat(OFFICE).press("pack.ask_dispensation", {**data, "reason": long})
    assert button(card, "pack.ask_dispensation").fields[0].value == long.strip()
    await _asked(room.chat(OFFICE))
    (asked,) = room.desk.memory.state.dispensations.values()
    card = await room.chat(CHAIR).press("pack.refuse", {"id": asked.id, "rev": 1, "reason": long})
    assert button(card, "pack.refuse").fields[0].value == long.strip()
    assert room.desk.memory.state.dispensations[asked.id].is_open


async def test_a_copy_of_the_chairs_card_shows_the_ruling_afterwards() -> None:
    room = await papers()
    room.desk.clock.set(at(DAY - timedelta(days=9)))
    await _asked(room.chat(OFFICE))
    (asked,) = room.desk.memory.state.dispensations.values()
    await room.chat(CHAIR).press("pack.refuse", {"id": asked.id, "rev": 1, "reason": "For sent."})
    card = await room.chat(CHAIR).drawn("", f"dispensation:{asked.id}", 2, copy=True)
    assert card is not None
    assert card.about is not None
    assert card.about.rev == 2
    assert "sa nei til dispensasjon" in words(card)
    assert "pack.grant" not in [b.verb for b in card.buttons if isinstance(b, Act)]


async def test_a_dispensation_shows_itself_to_the_chair_and_the_office_alone() -> None:
    room = await papers()
    room.desk.clock.set(at(DAY - timedelta(days=9)))
    await _asked(room.chat(OFFICE))
    (asked,) = room.desk.memory.state.dispensations.values()
    for who in EVERYBODY:
        card = await room.chat(who).drawn("dispensation.asked", BOARD_MEETING, 1, asked.id)
        assert (card is not None) is bool(who.roles & (HANDLERS | {Role.CHAIR})), who.id

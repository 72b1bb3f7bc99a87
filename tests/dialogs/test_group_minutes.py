"""Treatment and minutes in chat: from the first outcome to finished minutes; older minutes taken in as a PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.notices import NoticeKind
from board.people import Actor
from board.states import CaseState
from board.treatment import WgOutcome
from cards import actions
from cards.message import Act, Json
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER
from tests.dialogs.group_support import (
    ID,
    OTHER_TITLE,
    TITLE,
    WG,
    opened,
    prepare,
    scheduled,
    titled,
)
from tests.dialogs.meeting_support import banners, errors, facts, standing
from tests.dialogs.support import REP, House, button, fields_of, words
from tests.dialogs.task_support import labels

S = CaseState


# -- treatment and minutes ---------------------------------------------------------------------------------------------


async def test_from_the_treatment_of_the_last_case_to_finished_minutes(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG), titled(S.READY_FOR_WG, OTHER_TITLE, "case-2"))
    await scheduled(house)
    await scheduled(house, "case-2")
    lead = house.chat(LEAD)
    assert not [b for b in (await opened(house, LEAD)).buttons if isinstance(b, Act) and b.verb == actions.WG_TREAT]
    house.clock.set(WG.starts_at)
    done = await lead.click(
        await opened(house, LEAD), actions.WG_TREAT, outcome="recommended_with_remarks", remarks="Vis drift for seg."
    )
    assert "Behandlingen er registrert" in banners(done)
    assert facts(done)["Arbeidsutvalget"] == "anbefalt med merknader, torsdag 26. mars 2026"
    assert "Vis drift for seg." in words(done)
    assert not lead.all, "another case of the meeting is still to be treated"
    await lead.click(await opened(house, LEAD, "case-2"), actions.WG_TREAT, outcome="anbefalt")
    (minutes,) = lead.all
    assert "Alle sakene på møtet er behandlet" in banners(minutes)
    assert "AU 001-2026 Felles kurve" in words(minutes)
    assert "Vis drift for seg." in words(minutes)
    present = standing(minutes)["present"]
    assert set(present.split("\n")) == {"Per", "Rolf"}
    finished = await lead.click(minutes, actions.WG_MINUTES, present="Per\nLise, rolf", remarks="Neste møte i april.")
    assert "Referatet er ferdig" in banners(finished)
    assert facts(finished)["Til stede"] == "Per, Lise og Rolf"
    assert fields_of(finished) == []
    notice = await house.chat(REP).drawn(NoticeKind.WG_MINUTES, WG.id)
    assert notice is not None
    assert TITLE not in words(notice), "what it says is read by pressing"
    read = await house.chat(REP).click(notice, actions.WG_MINUTES)
    assert "AU 002-2026 Vaktplan på tvers" in words(read)
    assert "Neste møte i april." in words(read)


async def test_minutes_with_a_name_nobody_has_keep_what_was_typed(house: House) -> None:
    await prepare(house)
    house.clock.set(WG.starts_at)
    lead = house.chat(LEAD)
    card = await lead.press(actions.WG_MINUTES, {"id": WG.id, "rev": 1, "preview": True})
    wrong = await lead.click(card, actions.WG_MINUTES, present="Per\nIngen Kjent", remarks="Kort møte.")
    assert "Ingen Kjent" in errors(wrong)["present"]
    assert standing(wrong) == {"present": "Per\nIngen Kjent", "remarks": "Kort møte."}
    async with house.work.read() as work:
        assert not await work.minutes_book.finished([WG.id])


async def test_minutes_name_what_is_untreated_and_hide_what_the_reader_may_not_see(house: House) -> None:
    hidden = replace(titled(S.READY_FOR_WG, OTHER_TITLE, "case-2"), excluded=frozenset({OFFICE.id}))
    await prepare(house, titled(S.READY_FOR_WG), hidden)
    await scheduled(house)
    await scheduled(house, "case-2")
    house.clock.set(WG.starts_at)
    card = await house.chat(OFFICE).press(actions.WG_MINUTES, {"id": WG.id, "rev": 1})
    assert "før alle sakene på møtet er behandlet" in banners(card)
    assert TITLE in words(card)
    assert OTHER_TITLE not in words(card)
    assert "AU 002-2026" not in words(card)
    assert "Én sak vises ikke" in words(card)


@pytest.mark.parametrize("who", [SUBMITTER, OWNER])
async def test_minutes_are_the_working_groups_own(who: Actor, house: House) -> None:
    await prepare(house)
    house.clock.set(WG.starts_at)
    for preview in (True, False):
        card = await house.chat(who).press(actions.WG_MINUTES, {"id": WG.id, "rev": 1, "preview": preview})
        assert "ikke tilgang" in card.title or "Det kan bare" in card.title
    assert {e.by for e in await house.log(WG.id) if e.what == "act.refused"} == {who.id}


async def test_the_meetings_own_card_leads_to_the_minutes(house: House) -> None:
    await prepare(house)
    before = await house.chat(LEAD).press(actions.MEETING_OPEN, {"id": WG.id})
    assert "Referat" not in labels(before)
    house.clock.set(WG.starts_at)
    after = await house.chat(REP).press(actions.MEETING_OPEN, {"id": WG.id})
    assert "Referat" in labels(after)


@pytest.mark.parametrize("outcome", ["", "bra", "publisert"])
async def test_an_outcome_that_is_none_is_asked_again_with_the_remarks_kept(outcome: str, house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await scheduled(house)
    house.clock.set(WG.starts_at)
    rev = (await house.case(ID)).rev
    data: dict[str, Json] = {"id": ID, "rev": rev, "outcome": outcome, "remarks": "Se bort fra tabellen."}
    card = await house.chat(LEAD).press(actions.WG_TREAT, data)
    assert {f.id: f.value for f in button(card, actions.WG_TREAT).fields}["remarks"] == "Se bort fra tabellen."
    assert (await house.case(ID)).state is S.ON_WG_AGENDA
    refused = await house.chat(REP).press(actions.WG_TREAT, data)
    assert "Det kan bare" in banners(refused)
    assert [(e.what, e.by) for e in await house.log(ID)][-1] == ("act.refused", REP.id)


@pytest.mark.parametrize("outcome", WgOutcome)
async def test_the_submitter_hears_of_each_outcome_at_once(outcome: WgOutcome, house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await scheduled(house)
    house.clock.set(WG.starts_at)
    rev = (await house.case(ID)).rev
    data: dict[str, Json] = {"id": ID, "rev": rev, "outcome": str(outcome), "remarks": "Se merknaden."}
    await house.chat(LEAD).press(actions.WG_TREAT, data)
    card = await house.chat(SUBMITTER).drawn(NoticeKind.CASE_TREATED, ID)
    assert card is not None
    said = {
        WgOutcome.RECOMMENDED: "anbefalt av arbeidsutvalget",
        WgOutcome.WITH_REMARKS: "med merknader",
        WgOutcome.NOT_RECOMMENDED: "ikke anbefalt",
        WgOutcome.POSTPONED: "utsatt",
        WgOutcome.SENT_BACK: "send den inn igjen",  # what is asked of the reader comes first
    }[outcome]
    assert said in card.summary
    assert "Se merknaden." in words(card)

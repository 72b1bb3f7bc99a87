"""The working group in chat: scheduling, triage, statements; real presses and the state they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from board.duty import DutyKind
from board.notices import NoticeKind
from board.states import CaseState
from cards import actions
from cards.message import Act, LongText
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER
from tests.dialogs.group_support import (
    EARLIER_WG,
    ID,
    TITLE,
    WG,
    opened,
    prepare,
    pressed,
    scheduled,
    titled,
)
from tests.dialogs.meeting_support import APRIL, banners, facts
from tests.dialogs.support import CHAIR, REP, House, button, words, writes
from tests.dialogs.task_support import duty, keep

S = CaseState


# -- scheduling --------------------------------------------------------------------------------------------------------


async def test_the_meeting_that_prepares_the_wanted_board_meeting_is_offered_first(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    card = await opened(house, LEAD)
    (field,) = button(card, actions.WG_SCHEDULE).fields
    assert field.value == WG.id, "not the next one, but the one that serves the meeting the case wants"
    assert [option.value for option in field.options] == [WG.id, EARLIER_WG.id]
    done = await house.chat(LEAD).click(card, actions.WG_SCHEDULE, meeting=field.value)
    assert "konserntillitsvalgte er spurt" in banners(done)
    case = await house.case(ID)
    assert (case.state, case.wg_meeting, case.wg_number) == (S.ON_WG_AGENDA, WG.id, "AU 001-2026")
    assert facts(done)["Nummer i arbeidsutvalget"] == "AU 001-2026"
    again = await house.chat(OFFICE).press(actions.WG_SCHEDULE, {"id": ID, "rev": case.rev, "meeting": WG.id})
    assert "allerede avgjort" in banners(again)
    assert (await house.case(ID)).wg_number == "AU 001-2026"


async def test_without_a_meeting_ahead_one_is_to_be_set_up(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG), meetings=())
    card = await opened(house, LEAD)
    assert "ingen er satt opp" in banners(card)
    assert "nytt møte arbeidsutvalget" in writes(card)
    asked = await house.chat(LEAD).say("nytt møte arbeidsutvalget")
    assert asked.title, "the words of the button are understood"


async def test_an_old_button_gets_a_fresh_card_and_takes_no_number(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    card = await house.chat(LEAD).press(actions.WG_SCHEDULE, {"id": ID, "rev": 1, "meeting": WG.id})
    assert "endret siden du så den" in banners(card)
    await scheduled(house)
    assert (await house.case(ID)).wg_number == "AU 001-2026"


# -- triage ------------------------------------------------------------------------------------------------------------


async def test_the_triage_card_tells_what_it_is_and_asks_for_habilitet(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    card = await house.chat(REP).drawn(NoticeKind.WG_TRIAGE, ID)
    assert card is not None
    assert card.title == TITLE
    assert "klar for arbeidsutvalget" in card.summary
    assert card.why == "Du får denne fordi du er med i arbeidsutvalget."
    assert "16. april 2026" in facts(card)["Ønsket møte"]
    texts = {block.label for block in card.blocks if isinstance(block, LongText)}
    assert {"Forslag til vedtak", "Hva saken gjelder"} <= texts
    declare = button(card, actions.CONFLICT_DECLARE)
    assert [(f.id, [o.value for o in f.options]) for f in declare.fields] == [
        ("answer", ["possible", "none"]),
        ("note", []),
    ]
    assert not [b for b in card.buttons if isinstance(b, Act) and b.verb == actions.WG_SCHEDULE]
    lead = await house.chat(LEAD).drawn(NoticeKind.WG_TRIAGE, ID)
    assert lead is not None
    assert button(lead, actions.WG_SCHEDULE).label == "Sett på saksliste"


async def test_a_triage_card_that_is_no_longer_so_shows_how_it_is(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await scheduled(house)
    card = await house.chat(REP).drawn(NoticeKind.WG_TRIAGE, ID)
    assert card is not None
    assert "Uttal deg om saken innen mandag 30. mars 2026" in banners(card)


# -- statements --------------------------------------------------------------------------------------------------------


async def test_a_representative_states_and_changes_it(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await scheduled(house)
    rep = house.chat(REP)
    asked = await rep.drawn(NoticeKind.STATEMENT_REQUESTED, ID)
    assert asked is not None
    assert asked.why == "Du får denne fordi du er konserntillitsvalgt."
    done = await rep.click(asked, actions.WG_STATEMENT, statement="Vi savner en plan for opplæring.")
    assert "Uttalelsen er registrert" in banners(done)
    assert "Uttalelse fra Rolf" in words(done)
    assert "Uttal deg om saken innen" not in banners(done), "what is done is not asked"
    change = button(done, actions.WG_STATEMENT)
    assert (change.label, change.fields[0].value) == ("Endre uttalelsen", "Vi savner en plan for opplæring.")
    for who in (SUBMITTER, OWNER, OFFICE):
        assert "Vi savner en plan for opplæring." in words(await opened(house, who)), who.id
    assert "Vi savner" not in repr(await house.log(ID))


async def test_a_statement_that_is_refused_stands_there_still(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await scheduled(house)
    rep = house.chat(REP)
    empty = await rep.press(actions.WG_STATEMENT, {"id": ID, "rev": 0, "statement": "  "})
    assert "Skriv uttalelsen" in banners(empty)
    house.clock.set(datetime(2026, 3, 30, 22, tzinfo=UTC))
    late = await rep.press(actions.WG_STATEMENT, {"id": ID, "rev": 0, "statement": "For sent."})
    assert "Fristen for å uttale seg er ute" in banners(late)
    assert not [b for b in late.buttons if isinstance(b, Act) and b.verb == actions.WG_STATEMENT]


async def test_a_statement_is_no_business_of_others(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await scheduled(house)
    card = await house.chat(LEAD).press(actions.WG_STATEMENT, {"id": ID, "statement": "Jeg mener …"})
    assert "Det kan bare konserntillitsvalgt gjøre" in banners(card)
    assert [(e.what, e.by) for e in await house.log(ID)][-1] == ("act.refused", LEAD.id)


# -- duties ------------------------------------------------------------------------------------------------------------


async def test_the_new_duties_are_listed_and_opened(house: House) -> None:
    case = titled(S.READY_FOR_WG)
    await prepare(house, case)
    await scheduled(house)
    listed = await house.chat(REP).say("oppgaver")
    assert f"Uttal deg om {TITLE}" in words(listed)
    opened_card = await pressed(house.chat(REP), actions.TASK_OPEN, button(listed, actions.TASK_OPEN).data)
    assert button(opened_card, actions.WG_STATEMENT).label == "Uttal deg"
    await keep(house, duty(DutyKind.LATE, ID, CHAIR))
    chair = await house.chat(CHAIR).say("oppgaver")
    assert "en sak" in words(chair)
    assert TITLE not in words(chair), "the chair may not know of it yet"


async def test_an_inhabil_representative_sees_no_title_in_the_list(house: House) -> None:
    await prepare(house, replace(titled(S.ON_WG_AGENDA), excluded=frozenset({REP.id})))
    await keep(house, duty(DutyKind.STATEMENT, ID, REP))
    assert TITLE not in words(await house.chat(REP).say("oppgaver"))


async def test_a_statement_can_only_be_handed_to_another_representative(house: House) -> None:
    await prepare(house, titled(S.ON_WG_AGENDA))
    asked = duty(DutyKind.STATEMENT, ID, REP)
    await keep(house, asked)
    card = await house.chat(REP).press(actions.TASK_DELEGATE, {"id": asked.id, "rev": 0, "deputy": LEAD.id})
    assert "Vara må være en annen" in banners(card)


# -- the timeline ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "current"),
    [
        (S.READY_FOR_WG, "Behandlet i arbeidsutvalget porteføljeansvarlig"),
        (S.ON_WG_AGENDA, "Behandlet i arbeidsutvalget torsdag 26. mars 2026"),
        (S.WG_TREATED, "På sakslisten til styret"),
        (S.ON_BOARD_AGENDA, "Sendt ut til styret til styremøtet torsdag 16. april 2026"),
        (S.DISPATCHED, "Behandlet i styret torsdag 16. april 2026"),
    ],
)
async def test_where_is_the_case_says_who_has_it_and_by_when(state: CaseState, current: str, house: House) -> None:
    case = replace(titled(state), wg_meeting=WG.id, board_meeting=APRIL)
    await prepare(house, case)
    card = await house.chat(SUBMITTER).say(f"hvor er saken {TITLE}")
    assert current in words(card)

"""What the office learns in its digest: let pass by others, not reached, never sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.duty import DutyKind
from board.events import Happened
from board.ids import PersonId
from board.notices import Notice, NoticeKind
from board.planned import Does, PlannedState, PlannedStep
from board.states import CaseState
from cards import actions
from cards.message import Json
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER, case_in
from tests.dialogs.support import CHAIR, MEMBER, House, button, words
from tests.dialogs.task_support import APRIL, TODAY, digest, duty, keep, the_digest


async def test_the_office_sees_what_others_let_pass_and_the_lead_what_the_office_did(house: House) -> None:
    await keep(
        house,
        duty(DutyKind.CONFIRM, "case-1", OWNER, -2, asked_days_ago=9),
        duty(DutyKind.TASK, APRIL, OFFICE, -1, "pack", asked_days_ago=9),
        cases=(case_in(CaseState.AWAITING_OWNER),),
    )
    office = words(await the_digest(house, OFFICE))
    assert "Over fristen hos andre:" in office
    assert "Ola: Bekreft en sak" in office
    assert "Svar om title" not in office  # the case has not reached the office
    lead = await the_digest(house, LEAD)
    assert "Lise: Sakspapirene sendes ut" in words(lead)
    assert "Ola: Bekreft" not in words(lead)
    assert await digest(house, CHAIR) is None


async def _missed(house: House, *people: PersonId) -> None:
    """The meeting's move was told to some whom nothing can reach."""
    async with house.work.write() as work:
        moved = [Notice(NoticeKind.MEETING_MOVED, APRIL, 2, person) for person in people]
        await work.outbox.tell(moved, house.clock.now())
        await work.commit()
    for row in await house.queue.claim(house.clock.now(), 8, timedelta(minutes=1)):
        await house.queue.unreached(row, "403", house.clock.now())


async def test_the_office_registers_that_it_told_somebody_by_mouth(house: House) -> None:
    await _missed(house, MEMBER.id, CHAIR.id)
    chat = house.chat(OFFICE)
    card = await the_digest(house, OFFICE)
    assert "Møtet er flyttet: styremøtet torsdag 16. april 2026" in words(card)
    await chat.click(card, actions.NOTICE_MISSED)
    (table,) = chat.all
    assert table.title == "Ikke nådd: 2 av 2"
    tell = button(table, actions.NOTICE_TOLD)
    rows = {option.label: option.value for option in tell.fields[0].options}
    assert set(rows) == {"Mads", "Tove"}
    after = await chat.click(table, actions.NOTICE_TOLD, row=rows["Mads"])
    assert after.title == "Ikke nådd: 1 av 2"
    assert "Mads: sagt muntlig" in words(after)
    again = await chat.click(table, actions.NOTICE_TOLD, row=rows["Mads"])
    assert "allerede registrert" in words(again)
    assert "Velg hvem" in words(await chat.click(table, actions.NOTICE_TOLD, row="999999"))
    assert (await chat.click(after, actions.NOTICE_TOLD)).title == "Alle er nådd"
    assert await digest(house, OFFICE) is None


@pytest.mark.parametrize("verb", [actions.NOTICE_MISSED, actions.NOTICE_TOLD])
async def test_only_the_office_sees_who_was_told(house: House, verb: str) -> None:
    await _missed(house, MEMBER.id)
    data: dict[str, Json] = {"id": APRIL, "rev": 2, "kind": "meeting.moved", "part": "", "row": "1"}
    for who in (SUBMITTER, CHAIR, MEMBER):
        card = await house.chat(who).press(verb, data)
        assert "Det kan bare" in card.title
        assert "Mads" not in words(card)
    assert [e.what for e in await house.log(APRIL) if e.what is Happened.ACT_REFUSED]
    forgeries: tuple[dict[str, Json], ...] = (
        {"kind": "nonsense"},
        {"kind": ""},
        {"id": "x" * 5_000},
        {"rev": 9},
    )
    for forged in forgeries:
        card = await house.chat(OFFICE).press(verb, {**data, **forged})
        assert "Jeg finner ingen slik beskjed" in words(card), forged


async def test_what_expired_while_the_bot_was_down_is_listed(house: House) -> None:
    now = house.clock.now()
    step = PlannedStep(APRIL, "call", Does.TELL, TODAY, now - timedelta(days=2), now, PlannedState.EXPIRED, now)
    async with house.work.write() as work:
        await work.planned.put([step])
        await work.commit()
    said = words(await the_digest(house, OFFICE))
    assert "Gikk ikke ut:" in said
    assert "Innkalling til å melde saker, til styremøtet torsdag 16. april 2026" in said
    assert "skulle ut lørdag 28. februar 2026 kl. 08.00" in said

"""Who comes: the member, the deputy, the office on somebody's behalf; who sees it."""

from __future__ import annotations

from datetime import date

import pytest

from board.attendance import Coming
from board.duty import Duty, DutyKind, ask
from board.ids import DutyId, PersonId
from tests.board.support import LEAD, OFFICE, SUBMITTER
from tests.dialogs.meeting_support import (
    APRIL,
    OTHER_MEMBER,
    answers,
    banners,
    facts,
)
from tests.dialogs.support import (
    CHAIR,
    DEPUTY,
    MEMBER,
    REP,
    Chat,
    House,
    button,
    words,
)

# -- who comes -------------------------------------------------------------------------------------------------------


async def test_a_member_answers_and_may_change_the_answer(house: House, member: Chat) -> None:
    card = await member.press("meeting.open", {"id": APRIL})
    card = await member.click(card, "meeting.attend", "Kommer")
    assert "du kommer" in banners(card)
    assert facts(card)["Ditt svar"] == "kommer"
    assert [b.label for b in card.buttons] == ["Kommer ikke", "Vara"]
    await member.click(card, "meeting.attend", "Kommer ikke")
    assert await answers(house, APRIL) == {MEMBER.id: (Coming.NO, MEMBER.id)}


@pytest.mark.parametrize("typed", [{"deputy": "vigdis"}, {"deputy_name": "Vigdis"}, {"deputy_name": "VIGDIS"}])
async def test_a_deputy_is_chosen_or_named_asked_and_answers(house: House, member: Chat, typed: dict[str, str]) -> None:
    card = await member.press("meeting.open", {"id": APRIL})
    first = button(card, "meeting.attend", "Vara").fields[0]
    assert first.options[0].value == DEPUTY.id, "those registered as the member's deputies come first"
    assert MEMBER.id not in {o.value for o in first.options}
    card = await member.click(card, "meeting.attend", "Vara", **typed)
    assert facts(card)["Ditt svar"] == "Vigdis er spurt om å møte for deg"
    deputy = house.chat(DEPUTY)
    asked = await deputy.press("meeting.open", {"id": APRIL})
    assert "Mads kan ikke, og spør om du møter i stedet" in banners(asked)
    done = await deputy.click(asked, "meeting.attend", "Jeg kommer")
    assert "du møter for Mads" in banners(done)
    assert await answers(house, APRIL) == {MEMBER.id: (Coming.DEPUTY, DEPUTY.id)}
    assert facts(await member.press("meeting.open", {"id": APRIL}))["Ditt svar"] == "Vigdis møter for deg"


async def test_a_deputy_who_cannot_gives_it_back(house: House, member: Chat) -> None:
    card = await member.press("meeting.open", {"id": APRIL})
    await member.click(card, "meeting.attend", "Vara", deputy=DEPUTY.id)
    deputy = house.chat(DEPUTY)
    done = await deputy.click(await deputy.press("meeting.open", {"id": APRIL}), "meeting.attend", "Jeg kan ikke")
    assert "Mads får vite at du ikke kan" in banners(done)
    assert await answers(house, APRIL) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Velg hvem som møter"),
        ({"deputy_name": "Kim"}, "Flere passer: Kim Berg (kim1@example.org) og Kim Berg"),
        ({"deputy_name": "Ingen Slik"}, "finner ikke Ingen Slik"),
        ({"deputy": MEMBER.id}, "en annen enn den som er spurt"),
    ],
)
async def test_a_deputy_that_will_not_do_is_explained_and_stays_typed(
    member: Chat, typed: dict[str, str], said: str
) -> None:
    card = await member.click(await member.press("meeting.open", {"id": APRIL}), "meeting.attend", "Vara", **typed)
    assert said in banners(card)
    fields = {f.id: f for f in button(card, "meeting.attend", "Vara").fields}
    assert said in fields["deputy"].error
    assert {k: fields[k].value for k in typed} == typed


async def test_the_office_answers_for_somebody_who_sees_it_and_may_change_it(house: House, office: Chat) -> None:
    card = await office.press("meeting.open", {"id": APRIL})
    assert facts(card)["Oppmøte"] == "0 kommer, 0 sender vara, 0 kommer ikke, 3 har ikke svart"
    card = await office.click(card, "meeting.attend", "Svar for noen", person=MEMBER.id, answer="no")
    assert "Mads kommer ikke" in banners(card)
    assert "1 kommer ikke" in facts(card)["Oppmøte"]
    own = await house.chat(MEMBER).press("meeting.open", {"id": APRIL})
    assert facts(own)["Ditt svar"] == "kommer ikke (registrert av Lise)"
    await house.chat(MEMBER).click(own, "meeting.attend", "Kommer")
    assert await answers(house, APRIL) == {MEMBER.id: (Coming.YES, MEMBER.id)}


async def test_the_office_must_say_for_whom_what_and_which_deputy(office: Chat) -> None:
    card = await office.press("meeting.open", {"id": APRIL})
    wrong = await office.click(card, "meeting.attend", "Svar for noen", person=MEMBER.id, answer="deputy")
    fields = {f.id: f for f in button(wrong, "meeting.attend", "Svar for noen").fields}
    assert fields["deputy_name"].error
    assert (fields["person"].value, fields["answer"].value) == (MEMBER.id, "deputy")
    wrong = await office.click(card, "meeting.attend", "Svar for noen", person=MEMBER.id)
    assert banners(wrong) == "Velg ett svar."


async def test_whoever_is_not_asked_can_answer_nothing(house: House) -> None:
    for who in (SUBMITTER, REP):
        card = await house.chat(who).press("meeting.attend", {"id": APRIL, "answer": "yes"})
        assert "leder og medlem" in banners(card)
        card = await house.chat(who).press("meeting.attend", {"id": APRIL, "answer": "no", "person": MEMBER.id})
        assert "leder og medlem" in banners(card)
    assert await answers(house, APRIL) == {}


async def test_names_of_who_comes_are_for_those_who_arrange_and_the_chair(house: House, member: Chat) -> None:
    await member.click(await member.press("meeting.open", {"id": APRIL}), "meeting.attend", "Kommer")
    for who in (OFFICE, LEAD, CHAIR):
        assert "Mads: kommer" in words(await house.chat(who).press("meeting.open", {"id": APRIL}))
    for who in (OTHER_MEMBER, SUBMITTER, REP, DEPUTY):
        assert "Mads" not in words(await house.chat(who).press("meeting.open", {"id": APRIL}))


async def test_the_request_asks_once_and_not_when_it_is_answered(house: House, member: Chat) -> None:
    assert await member.drawn("duty.asked", APRIL, 1, "attendance") is None, "nobody has asked yet"
    await _ask(house, MEMBER.id)
    asked = await member.drawn("duty.asked", APRIL, 1, "attendance")
    assert asked is not None
    assert "Kommer du? Svar innen fredag 10. april 2026." in asked.summary
    assert [b.label for b in asked.buttons] == ["Kommer", "Kommer ikke", "Vara"]
    await member.click(asked, "meeting.attend", "Kommer ikke")
    assert await member.drawn("duty.asked", APRIL, 1, "attendance") is None
    copy = await member.drawn("", APRIL, 1, copy=True)
    assert copy is not None
    assert facts(copy)["Ditt svar"] == "kommer ikke"


async def _ask(house: House, person: PersonId) -> None:
    """The duty as the planner lays it."""
    duty = Duty(
        DutyId(f"d-{person}"), DutyKind.ATTEND, APRIL, person, house.clock.now(), date(2026, 4, 10), "attendance"
    )
    async with house.work.write() as work:
        await work.duties.add([ask(duty, house.rules.hours)], house.clock.now())
        await work.commit()

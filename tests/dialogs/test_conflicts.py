"""Habilitet by card: one's own questions, the chair's answer, and what is left of a card one has lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board.case import Case
from board.conflicts import Conflict, Declared, Ruling
from board.duty import DutyKind
from board.ids import CaseId, PersonId
from board.notices import NoticeKind
from board.pack import Pack, PackItem, PackState
from board.people import Actor
from board.states import CaseState
from cards import actions
from cards.message import Banner, Json
from tests.board.support import LEAD, NOW, OFFICE, OWNER, SUBMITTER, case_in
from tests.dialogs.meeting_support import APRIL, banners
from tests.dialogs.support import CHAIR, DEPUTY, MEMBER, REP, House, button, fields_of, words
from tests.dialogs.task_support import duty, keep

ONE, TWO = CaseId("case-1"), CaseId("case-2")
EVERYBODY = (SUBMITTER, OWNER, OFFICE, LEAD, CHAIR, MEMBER, DEPUTY, REP)


def sent_out(name: CaseId, title: str, state: CaseState = CaseState.DISPATCHED) -> Case:
    case = case_in(state)
    content = replace(case.content, title=title)
    case = replace(case, id=name, content=content)
    if not case.board_number:
        return case
    return replace(case, board_meeting=APRIL, board_number="001-2026" if name == ONE else "002-2026")


async def pack_out(house: House) -> None:
    """Two cases in a pack of April's meeting, and the member asked about them."""
    cases = (sent_out(ONE, "Kvantearkiv"), sent_out(TWO, "Radiologi"))
    await keep(house, duty(DutyKind.DECLARE, APRIL, MEMBER, 5), cases=cases)
    async with house.work.write() as work:
        items = tuple(PackItem(case.id, case.board_number, case.wg_number, "") for case in cases)
        pack = Pack("p", APRIL, 1, NOW, OFFICE.id, items, "", (), PackState.READY, ready_at=NOW)  # type: ignore[arg-type]  # an id
        await work.packs.add(pack, {})
        await work.packs.made(pack)
        await work.commit()


async def conflict(house: House, case: CaseId, who: Actor) -> Conflict | None:
    async with house.work.read() as work:
        return await work.conflicts.get(case, who.id)


async def open_duties(house: House, about: str) -> list[tuple[DutyKind, PersonId]]:
    async with house.work.read() as work:
        return [(d.kind, d.owed_by) for d in await work.duties.of_object(about) if d.is_open]


# -- one's own questions -----------------------------------------------------------------------------------------------


async def test_one_press_answers_for_every_case(house: House) -> None:
    await pack_out(house)
    member = house.chat(MEMBER)
    card = await member.press(actions.CONFLICT_OPEN, {"id": APRIL})
    assert "Er det forhold som kan gjøre deg inhabil i noen av sakene? Svar innen lørdag 7. mars 2026." in words(card)
    assert "001-2026 Kvantearkiv\nikke svart\n002-2026 Radiologi\nikke svart" in words(card)
    card = await member.click(card, actions.CONFLICT_DECLARE, "Ingen forhold i noen av sakene")
    assert banners(card) == "Takk. Svaret ditt er registrert."
    assert [(await conflict(house, case, MEMBER)).answer for case in (ONE, TWO)] == [Declared.NONE] * 2  # type: ignore[union-attr]  # both are there
    assert await open_duties(house, APRIL) == []
    again = await member.press(actions.CONFLICT_DECLARE, {"id": APRIL, "answer": "none"})
    assert banners(again) == "Du har alt svart for alle sakene. Ingenting er endret."


async def test_a_possible_conflict_in_one_case_then_none_in_the_others(house: House) -> None:
    await pack_out(house)
    member = house.chat(MEMBER)
    card = await member.press(actions.CONFLICT_OPEN, {"id": APRIL})
    card = await member.click(card, actions.CONFLICT_DECLARE, "Mulig forhold", case=ONE, note="Søsteren min.")
    assert "Den som avgjør habiliteten, har fått beskjed." in banners(card)
    assert "mulig forhold, ikke avgjort" in words(card)
    await member.click(card, actions.CONFLICT_DECLARE, "Ingen forhold i de andre")
    first, second = await conflict(house, ONE, MEMBER), await conflict(house, TWO, MEMBER)
    assert first
    assert first.note == "Søsteren min."
    assert first.answer is Declared.POSSIBLE, "what was said stands"
    assert second
    assert second.answer is Declared.NONE
    assert (DutyKind.RULE, CHAIR.id) in await open_duties(house, ONE)


async def test_an_answer_without_a_case_loses_nothing(house: House) -> None:
    await pack_out(house)
    member = house.chat(MEMBER)
    card = await member.press(actions.CONFLICT_DECLARE, {"id": APRIL, "answer": "possible", "note": "Slekt."})
    assert "Velg hvilken sak det gjelder" in banners(card)
    card = await member.press(
        actions.CONFLICT_DECLARE, {"id": APRIL, "answer": "possible", "case": "unknown", "note": "Slekt."}
    )
    possible = button(card, actions.CONFLICT_DECLARE, "Mulig forhold")
    assert [f.value for f in possible.fields] == ["unknown", "Slekt."]
    assert await conflict(house, ONE, MEMBER) is None


async def test_from_the_cases_own_card(house: House) -> None:
    await keep(house, cases=(sent_out(ONE, "Kvantearkiv", CaseState.READY_FOR_WG),))
    rep = house.chat(REP)
    card = await rep.press(actions.CONFLICT_DECLARE, {"id": ONE, "answer": "possible", "note": "Verv."})
    assert card.title == "Kvantearkiv"
    assert "Den som avgjør habiliteten, har fått beskjed." in banners(card)
    card = await rep.press(actions.CONFLICT_DECLARE, {"id": ONE, "answer": "perhaps"})
    assert "Ingenting er endret." in banners(card)
    found = await conflict(house, ONE, REP)
    assert found
    assert found.note == "Verv."


@pytest.mark.parametrize("who", EVERYBODY)
async def test_who_is_asked(house: House, who: Actor) -> None:
    await pack_out(house)
    card = await house.chat(who).press(actions.CONFLICT_OPEN, {"id": APRIL})
    asked = who not in (SUBMITTER, OWNER)
    assert ("Kvantearkiv" in words(card)) is asked
    assert ("act.refused" in [event.what for event in await house.log(APRIL)]) is not asked
    rules = [b for b in card.buttons if b.label == "Avgjør habilitet"]
    assert bool(rules) is (who == CHAIR)


# -- ruling ------------------------------------------------------------------------------------------------------------


async def test_the_chair_rules_from_the_notice(house: House) -> None:
    await pack_out(house)
    await house.chat(MEMBER).press(
        actions.CONFLICT_DECLARE, {"id": APRIL, "case": ONE, "answer": "possible", "note": "Søsteren min."}
    )
    chair = house.chat(CHAIR)
    card = await chair.drawn(NoticeKind.CONFLICT_DECLARED, ONE, part=MEMBER.id)
    assert card is not None
    assert "Søsteren min." in words(card)
    assert card.why == "Du får denne fordi du er leder og avgjør habilitet."
    for other in (MEMBER, OFFICE, DEPUTY):
        assert await house.chat(other).drawn(NoticeKind.CONFLICT_DECLARED, ONE, part=MEMBER.id) is None
    after = await chair.click(card, actions.CONFLICT_RULE, "Inhabil", reason="Nær slekt.")
    assert banners(after) == "Registrert: Mads er inhabil, og har fått beskjed."
    assert (await house.case(ONE)).excluded == {MEMBER.id}
    again = await chair.click(card, actions.CONFLICT_RULE, "Inhabil")
    assert "Det er allerede avgjort" in banners(again)
    assert len([e for e in await house.log(ONE) if e.what == "conflict.ruled"]) == 1


async def test_an_old_button_loses_no_reason(house: House) -> None:
    await pack_out(house)
    press = {"id": APRIL, "case": ONE, "answer": "possible"}
    await house.chat(MEMBER).press(actions.CONFLICT_DECLARE, {**press, "note": "Slekt."})
    chair = house.chat(CHAIR)
    old = await chair.drawn(NoticeKind.CONFLICT_DECLARED, ONE, part=MEMBER.id)
    await house.chat(MEMBER).press(actions.CONFLICT_DECLARE, {**press, "note": "Eier aksjer."})
    assert old is not None
    card = await chair.click(old, actions.CONFLICT_RULE, "Habil", reason="Fjern slekt.")
    assert "Ingenting er gjort nå." in banners(card)
    assert "Eier aksjer." in words(card)
    assert button(card, actions.CONFLICT_RULE, "Habil").fields[0].value == "Fjern slekt."


async def test_the_chair_rules_on_somebody_who_told_of_nothing(house: House) -> None:
    await pack_out(house)
    chair = house.chat(CHAIR)
    card = await chair.press(actions.CONFLICT_OPEN, {"id": APRIL})
    card = await chair.click(
        card, actions.CONFLICT_RULE, case=ONE, person=MEMBER.id, ruling="excluded", reason="Eier aksjer."
    )
    assert "Registrert: Mads er inhabil" in banners(card)
    assert "Mads: ikke svart, avgjort: inhabil – 001-2026 Kvantearkiv" in words(card)
    wrong = await chair.press(actions.CONFLICT_RULE, {"id": APRIL, "case": ONE, "reason": "Hm", "ruling": "able"})
    assert button(wrong, actions.CONFLICT_RULE).fields[-1].value == "Hm"
    of_oneself = {"id": APRIL, "case": ONE, "person": CHAIR.id, "ruling": "able"}
    assert "Om deg selv kan du bare" in banners(await chair.press(actions.CONFLICT_RULE, of_oneself))


@pytest.mark.parametrize("who", [one for one in EVERYBODY if one != CHAIR])
async def test_a_crafted_ruling_is_refused_and_logged(house: House, who: Actor) -> None:
    await pack_out(house)
    of_case: dict[str, Json] = {"id": ONE, "rev": 0}
    for data in (of_case, {"id": APRIL, "case": ONE}):
        crafted = {**data, "person": MEMBER.id, "ruling": "excluded"}
        card = await house.chat(who).press(actions.CONFLICT_RULE, crafted)
        assert "Det kan bare leder gjøre." in words(card) or "Jeg finner ikke" in words(card)
    assert (await house.case(ONE)).excluded == frozenset()
    assert [e.what for e in await house.log(ONE)] == ["act.refused"] * 2


# -- what is left ------------------------------------------------------------------------------------------------------


async def test_cards_that_showed_the_case_say_nothing_of_it_and_come_back_when_it_is_changed(house: House) -> None:
    await pack_out(house)
    member, chair = house.chat(MEMBER), house.chat(CHAIR)
    ruling = {"id": APRIL, "case": ONE, "person": MEMBER.id}
    await chair.press(actions.CONFLICT_RULE, {**ruling, "ruling": "excluded"})
    word = await member.drawn(NoticeKind.CONFLICT_RULED, ONE, part=MEMBER.id)
    assert word is not None
    assert "Du er vurdert som inhabil i en sak på styremøtet torsdag 16. april 2026." in words(word)
    gone = await member.drawn("", ONE, copy=True)
    assert gone is not None
    assert gone.title == "Du har ikke lenger tilgang til denne saken"
    questions = await member.drawn("", f"conflicts:{APRIL}", copy=True)
    assert questions is not None
    assert "Radiologi" in words(questions)
    for card in (word, gone, questions):
        assert "Kvantearkiv" not in words(card)
        assert "001-2026" not in words(card)
    assert await member.drawn(NoticeKind.CASE_DISPATCHED, ONE) is None, "what was in line is dropped"
    await chair.press(actions.CONFLICT_RULE, {**ruling, "ruling": "able"})
    back = await member.drawn("", ONE, copy=True)
    assert back is not None
    assert back.title == "Kvantearkiv"
    able = await member.drawn(NoticeKind.CONFLICT_RULED, ONE, part=MEMBER.id)
    assert able is not None
    assert "Du er vurdert som habil i 001-2026 Kvantearkiv." in words(able)


async def test_a_chair_without_a_deputy_is_told_that_nobody_can_rule(house: House) -> None:
    await pack_out(house)
    chair = house.chat(CHAIR)
    card = await chair.press(actions.CONFLICT_DECLARE, {"id": APRIL, "case": ONE, "answer": "possible"})
    assert "leder har ingen vara i registeret" in banners(card)


async def test_do_now_opens_the_questions_and_the_ruling(house: House) -> None:
    await pack_out(house)
    member, chair = house.chat(MEMBER), house.chat(CHAIR)
    await member.press(actions.TASK_OPEN, {"id": duty(DutyKind.DECLARE, APRIL, MEMBER, 5).id})
    assert "Svar innen" in words(member.all[0])
    await member.press(actions.CONFLICT_DECLARE, {"id": APRIL, "case": ONE, "answer": "possible"})
    async with house.work.read() as work:
        (ruling,) = [d for d in await work.duties.of_object(ONE) if d.kind is DutyKind.RULE]
    assert ruling.due == house.clock.now().date() + timedelta(days=1)
    await chair.press(actions.TASK_OPEN, {"id": ruling.id})
    assert "Avgjør om Mads er habil i saken." in words(chair.all[0])


# -- documents ---------------------------------------------------------------------------------------------------------


async def test_a_document_is_classified(house: House) -> None:
    await keep(house, cases=(sent_out(ONE, "Kvantearkiv", CaseState.WG_TREATED),))
    office = house.chat(OFFICE)
    card = await office.press(actions.CASE_CLASSIFY, {"id": ONE})
    first = (await house.case(ONE)).documents[0]
    answers = {"document": first.id, "classification": "exempt", "exempt_until": "01.01.2028"}
    wrong = await office.click(card, actions.CASE_CLASSIFY, **answers)
    assert {f.id: f.value for f in fields_of(wrong)}["exempt_until"] == "01.01.2028", "what was typed stands"
    assert [f.error for f in fields_of(wrong) if f.error] == ["Skriv hjemmelen for unntaket."]
    card = await office.click(wrong, actions.CASE_CLASSIFY, legal_basis="offl. § 23")
    assert Banner("Lagret.", "good") in card.blocks
    stored = (await house.case(ONE)).documents[0]
    assert (stored.exempt, stored.legal_basis, str(stored.exempt_until)) == (True, "offl. § 23", "2028-01-01")
    shown = await office.press(actions.CASE_OPEN, {"id": ONE})
    assert "unntatt offentlighet, offl. § 23, til og med lørdag 1. januar 2028" in words(shown)
    again = await office.click(card, actions.CASE_CLASSIFY, document=first.id, classification="open")
    assert "unntatt offentlighet, offl." not in words(again)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"classification": "exempt", "legal_basis": "§ 13", "exempt_until": "en gang"}, "exempt_until"),
        ({"classification": "exempt", "legal_basis": "§ 13", "exempt_until": "01.01.2020"}, "exempt_until"),
        ({"classification": "secret"}, "classification"),
        ({"classification": "open", "document": "none-such"}, "document"),
    ],
)
async def test_what_is_wrong_is_said_beside_it(house: House, answers: dict[str, str], field: str) -> None:
    await keep(house, cases=(sent_out(ONE, "Kvantearkiv", CaseState.WG_TREATED),))
    before = await house.case(ONE)
    data: dict[str, Json] = {"id": ONE, "save": True, "document": before.documents[0].id, **answers}
    card = await house.chat(OFFICE).press(actions.CASE_CLASSIFY, data)
    assert [f.id for f in fields_of(card) if f.error] == [field]
    assert await house.case(ONE) == before


@pytest.mark.parametrize("who", EVERYBODY)
async def test_who_may_classify(house: House, who: Actor) -> None:
    await keep(house, cases=(sent_out(ONE, "Kvantearkiv"),))
    before = await house.case(ONE)
    document = before.documents[0].id
    data: dict[str, Json] = {"id": ONE, "save": True, "document": document, "classification": "exempt"}
    await house.chat(who).press(actions.CASE_CLASSIFY, {**data, "legal_basis": "offl. § 23"})
    allowed = who in (SUBMITTER, OFFICE, LEAD)
    assert (await house.case(ONE)).documents[0].exempt is allowed
    assert ("act.refused" in [event.what for event in await house.log(ONE)]) is not allowed


async def test_ruled_able_without_an_answer_is_still_asked(house: House) -> None:
    await pack_out(house)
    ruling = {"id": APRIL, "case": ONE, "person": MEMBER.id, "ruling": str(Ruling.ABLE)}
    await house.chat(CHAIR).press(actions.CONFLICT_RULE, ruling)
    card = await house.chat(MEMBER).press(actions.CONFLICT_OPEN, {"id": APRIL})
    assert "001-2026 Kvantearkiv\nikke svart" in words(card)

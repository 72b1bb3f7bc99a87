"""A whole board meeting over HTTP: by cards, in words, half and half, with the server restarted in the middle of it."""

from __future__ import annotations

import asyncio

from board.decision import Outcome
from board.states import CaseState
from bot.demo import demo_id
from tests.scenarios.pack_steps import BOARD, Course, title
from tests.scenarios.sitting_steps import decisions, record, sheet_of, sitting, to_meeting
from tests.scenarios.world import MEMBER, World, inputs, shown, verbs, words

AMENDED = "Styret godkjenner overgang, og ber om en ny gevinstplan."


async def _outcomes(course: Course) -> list[Outcome]:
    return [one.outcome for one in await decisions(course)]


async def test_by_cards_with_a_restart_in_the_middle(world: World) -> None:
    course = await to_meeting(world)
    lead, member = course.lead, course.members[0]
    sheet = await lead.press_raw("sitting.start", {"id": BOARD})
    assert "Punkt 1 av 4" in words(sheet)
    follows = await member.sees("Styremøtet torsdag 16. april 2026 er i gang")
    assert "Du får denne fordi du er med i møtet." in words(follows)
    message = member.message_of("er i gang")
    await record(lead, sheet, "adopted")
    sheet = await lead.press_raw("sitting.call", {"id": BOARD})
    assert title(0) in words(sheet)
    inputs_ = {"text": AMENDED, "dissent": demo_id(MEMBER), "left": demo_id(12), "statement": "Vi er uenige."}
    sheet = await lead.press_raw("decision.record", {"id": BOARD, "rev": 0, "item": (await sitting(course)).current,
                                                     "outcome": "adopted_amended", **inputs_})  # fmt: skip
    assert "[lagt til:" in words(sheet)
    before = await sitting(course)
    await world.restart()
    assert await sitting(course) == before
    sheet = await lead.press_raw("sitting.open", {"id": BOARD, "sheet": True})
    assert title(0) in words(sheet)
    assert inputs(await lead.looks(sheet))["statement"]["value"] == "Vi er uenige."
    await lead.press_raw("sitting.call", {"id": BOARD})
    conditions = "Legg fram gevinstplan; Prosjekteier Demo; 4. mai"
    item = (await sitting(course)).current
    data = {"id": BOARD, "rev": 0, "item": item, "outcome": "adopted_with_conditions", "conditions": conditions}
    await lead.press_raw("decision.record", data)
    refused = await lead.press_raw("sitting.close", {"id": BOARD})
    assert "Ikke avgjort: 4. Eventuelt." in words(refused)
    await lead.press_raw("sitting.call", {"id": BOARD})
    item = (await sitting(course)).current
    await lead.press_raw("decision.record", {"id": BOARD, "rev": 0, "item": item, "outcome": "noted"})
    closed = await lead.press_raw("sitting.close", {"id": BOARD})
    assert "decision.publish" in verbs(closed)
    await world.quiet()
    assert f"2. 001-2026 {title(0)}: vedtatt med endringer" in words(member.cards[message]), "the same card all along"
    assert "er lukket" in words(member.cards[message])
    assert not {"decision.record", "sitting.close"} & set(verbs(member.cards[message]))
    assert sum("er lukket" in words(card) for card in member.cards.values()) == 1, "one card a person"
    await _as_recorded(course)


async def _as_recorded(course: Course) -> None:
    """What the log of the database has of the meeting above."""
    outcomes = [Outcome.ADOPTED, Outcome.ADOPTED_AMENDED, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.NOTED]
    assert await _outcomes(course) == outcomes
    done = (await decisions(course))[1]
    assert (done.dissent, done.left) == ((demo_id(MEMBER),), (demo_id(12),))
    assert len(done.present) == 11
    assert {(await course.world.case(case)).state for case in course.cases} == {CaseState.DECIDED}


async def test_in_words_alone_with_a_restart_after_every_few_answers(world: World) -> None:
    course = await to_meeting(world, cases=1)
    lead = course.lead
    said = [
        *("start møte", "vedtatt", "ingen", "ingen", "ingen", "ja"),
        *("neste sak", "vedtatt med vilkår", "hopp over", "Vis plan; Prosjekteier Demo; 1. juni", "ingen", "ingen"),
        *("Fylkene må høres.", "ja", "neste sak", "tatt til orientering", "Neste møte i juni.", "ferdig", "ja"),
    ]
    for number, text in enumerate(said):
        if number in (3, 9, 12, 15):
            await world.restart()
        await lead.say(text)
    assert "er lukket" in words(await lead.say("lukk møte"))
    assert await _outcomes(course) == [Outcome.ADOPTED, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.NOTED]
    case = (await decisions(course))[1]
    assert case.statement == "Fylkene må høres."
    assert case.conditions[0].owner == demo_id(2)


async def test_half_and_half(lite: World) -> None:
    course = await to_meeting(lite, cases=1)
    lead, office = course.lead, course.office
    await lead.say("start møte")
    await lead.say("vedtatt")
    await record(lead, sheet_of(lead), "adopted")
    assert title(0) in words(await lead.say("neste sak"))
    await lead.say("ikke vedtatt")
    await lite.restart()
    await office.press_raw("sitting.open", {"id": BOARD, "sheet": True})
    await office.sees("Punkt 2 av")
    await record(office, sheet_of(office), "rejected", text="Styret går ikke inn for det.")
    await lead.say_all("Styret sier nei.", "ferdig")
    told = await lead.say("ja")
    assert "Porteføljekontor Demo registrerte vedtaket" in words(told)
    assert "Styret sier nei." in words(told), "what was said is kept"
    await lead.say("ja")
    found = await decisions(course)
    assert (found[1].text, found[1].rev) == ("Styret sier nei.", 2)
    await lead.say("neste sak")
    await record(lead, sheet_of(lead), "noted")
    await office.say("lukk møte")
    assert not (await sitting(course)).is_open
    await lite.quiet()
    assert "er lukket" in shown(course.chair)


async def test_two_who_press_at_once_record_it_once(world: World) -> None:
    course = await to_meeting(world, cases=1)
    await course.lead.press_raw("sitting.start", {"id": BOARD})
    item = (await sitting(course)).items[1]
    press = {"id": BOARD, "rev": 0, "item": item, "outcome": "adopted"}
    posted = [chat.persona.presses("decision.record", press, "unknown") for chat in (course.lead, course.office)] * 3
    answers = await asyncio.gather(*(world.post(one) for one in posted))
    assert {status for status, _body in answers} == {200}
    found = await decisions(course)
    assert [one.rev for one in found] == [1]
    log = [e for e in await world.history(BOARD) if e.what.value == "decision.recorded"]
    assert len(log) == 1

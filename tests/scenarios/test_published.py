"""From the recorded decision to the next meeting over HTTP: told once, followed up, and back on the agenda."""

from __future__ import annotations

from board.ids import ItemId, MeetingId
from board.people import Body
from board.states import CaseState
from tests.scenarios.pack_steps import BOARD, Course, title
from tests.scenarios.sitting_steps import sitting, to_meeting
from tests.scenarios.world import Chat, World, shown, verbs, words

NEXT = MeetingId("styret-2")
TEXT, CONDITION = "Styret vedtar mammutbevilgning.", "Legg fram gevinstplanen"
SECRETS = ("mammutbevilgning", "gevinstplanen", "vedtatt", "utsatt", "ikke kunngjort", "behandlet av styret")


async def _item(course: Course, number: int) -> ItemId:
    agenda = await course.agenda()
    assert agenda is not None
    found = agenda.item_of(course.cases[number])
    assert found is not None
    return found.id


async def _decided(world: World) -> Course:
    """Two cases: one adopted on a condition, one postponed; nothing is told."""
    course = await to_meeting(world)
    lead = course.lead
    await lead.press_raw("sitting.start", {"id": BOARD})
    first, second = await _item(course, 0), await _item(course, 1)
    condition = f"{CONDITION}; Prosjekteier Demo; 1. juni"
    data = {"id": BOARD, "rev": 0, "item": first, "outcome": "adopted_with_conditions", "text": TEXT}
    await lead.press_raw("decision.record", {**data, "conditions": condition})
    data = {"id": BOARD, "rev": 0, "item": second, "outcome": "postponed", "text": "Vent på tallene."}
    await lead.press_raw("decision.record", data)
    await world.quiet()
    assert {(await world.case(case)).state for case in course.cases} == {CaseState.DECIDED}
    assert (await sitting(course)).body is Body.BOARD
    return course


async def _asks_everything(course: Course, chat: Chat) -> str:
    case = course.cases[0]
    asked = (
        *("mine saker", "vedtak", "oppfølging", "logg 001-2026"),
        f"vedtak {title(0)}",
        f"hvor er saken {title(0)}",
    )
    for text in asked:
        await chat.say(text)
    rev, item = (await course.world.case(case)).rev, await _item(course, 0)
    cards = [
        await chat.press_raw(verb, {"id": about, "rev": rev, "item": item, "of": "case", "outcome": "adopted"})
        for verb, about in (
            *(("case.open", case), ("case.text", case), ("log.open", case), ("sitting.open", BOARD)),
            *(("decision.open", BOARD), ("decision.publish", BOARD), ("followup.open", f"{BOARD}:{item}:1")),
        )
    ]
    return "\n".join([shown(chat), *(words(card) for card in cards)])


async def test_nobody_outside_learns_it_before_it_is_told_and_then_all_who_own_it_do(world: World) -> None:
    course = await _decided(world)
    submitter, owner = course.people.submitter, course.people.owner
    for chat in (submitter, owner):
        read = await _asks_everything(course, chat)
        assert not [secret for secret in SECRETS if secret in read]
        assert "sendt ut til styret" in read
    assert (await world.case(course.cases[0])).state is CaseState.DECIDED
    told = await course.lead.press_raw("decision.publish", {"id": BOARD})
    assert f"001-2026 {title(0)}: vedtatt med vilkår" in words(told)
    for chat in (submitter, owner):
        card = await chat.sees("Saken er behandlet av styret: vedtatt med vilkår.")
        assert TEXT in words(card)
        assert "Foreløpig: referatet er ikke godkjent." in words(card)
        await chat.sees("Saken er behandlet av styret: utsatt.")
    await owner.sees("Styret vedtok et vilkår som du er ansvarlig for.")
    again = await course.lead.press_raw("decision.publish", {"id": BOARD})
    assert "kunngjorde" in words(again)
    await world.quiet()
    news = [card for card in owner.cards.values() if "Saken er behandlet av styret: vedtatt" in words(card)]
    assert len(news) == 1, "told once"
    states = [(await world.case(case)).state for case in course.cases]
    assert states == [CaseState.PUBLISHED, CaseState.WG_TREATED]


async def test_what_was_asked_for_and_what_was_put_off_come_back_at_the_next_meeting(world: World) -> None:
    course = await _decided(world)
    await course.lead.press_raw("decision.publish", {"id": BOARD})
    owner, office = course.people.owner, course.office
    card = await owner.sees("Styret vedtok et vilkår som du er ansvarlig for.")
    await world.restart()
    reported = await owner.press(card, "followup.report", note="Planen er halvferdig.", new_date="3. juni")
    assert "Takk. Styret ser det i neste møte." in words(reported)
    await office.sees("Planen er halvferdig.")
    await course.meeting(NEXT, "board", "2026-06-04 09:00")
    built = words(await office.press_raw("agenda.build", {"id": NEXT}))
    assert "Oppfølging av vedtak" in built
    assert f"001-2026 {title(0)}: {CONDITION}" in built
    assert "«Planen er halvferdig.»" in built
    put_off = await world.case(course.cases[1])
    assert (put_off.board_number, put_off.earlier_numbers[-1]) == ("003-2026", "002-2026")
    found = words(await office.say("hvor er saken 002-2026"))
    assert "Tidligere nummer" in found
    assert "Nå er saken 003-2026." in found
    done = await owner.press(reported, "followup.done", note="Levert.")
    assert "meldt som utført" in words(done)
    log = words(await office.say("logg 001-2026"))
    assert "meldte oppfølgingen som utført" in log
    assert "kunngjorde vedtaket" in log
    assert "log.open" in verbs(office.last)
    refused = await owner.press_raw("log.open", {"id": course.cases[0], "of": "case"})
    assert "Det kan bare" in words(refused)

"""Until a decision is told nobody outside learns it, whatever is asked or crafted; then it reads as it was decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.case import Case
from board.case_outcome import minute
from board.decision import Outcome
from board.delivery import Address
from board.ids import CaseId, channel_recipient
from board.people import Actor, Person, Role
from board.planning_ports import ChannelPost
from board.sitting import sitting_object
from board.states import CaseState
from board.usecases._record import record
from cards.message import Json, LongText, Message
from tests.board.published_support import HELD, Held, condition, fill, item_of, sent_out
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OWNER, SUBMITTER
from tests.dialogs.support import CHAIR, MEMBER, Chat, House, words

SECRET, REASON = "Styret avslår hele greia.", "Vis papegøyene."
TRACES = (
    *(SECRET, "papegøy", "ikke vedtatt", "utsatt", "sendt tilbake", "vedtatt", "behandlet av styret", "ikke kunngjort"),
    *("Vedtak", "Protokoll", "Vilkår", "Oppfølging av vedtak 00"),
)
OUTCOMES = (Outcome.REJECTED, Outcome.POSTPONED, Outcome.SENT_BACK, Outcome.ADOPTED_WITH_CONDITIONS)

OF_CASE = (
    *("case.open", "case.text", "case.edit", "case.confirm", "case.submit", "case.withdraw", "case.paper"),
    *("late.ask", "wg.treat", "benefit.show"),
)
OF_MEETING = (
    *("sitting.open", "sitting.call", "sitting.close", "decision.open", "decision.record", "decision.publish"),
    *("anchor.text", "anchor.open", "anchor.map", "meeting.open", "agenda.open", "agenda.item", "pack.open"),
    *("minutes.open", "minutes.draft", "minutes.versions"),
)


async def meeting_held(house: House, *cases: Case) -> Held:
    async with house.work.write() as work:
        await fill(work, *(cases or (sent_out("a", "001-2026"), sent_out("b", "002-2026"))))
        await work.commit()
    return Held(house.work, house.rules)


async def everything(chat: Chat, house: House, name: str = "a", *, acts: bool = True) -> list[Message]:
    """All that somebody can ask, press or craft about a case and its meeting; ``acts``: also what would change it."""
    case = await house.case(name)
    found = [
        await chat.say(text)
        for text in (
            *(
                "mine saker",
                f"hvor er saken {case.board_number}",
                "hvor er saken SakAAA",
                "hvor er saken Sak",
                "frister",
            ),
            *("saksliste", "sakspapirer", "oppgaver", "oppfølging", "vedtak", f"vedtak {case.board_number}", "årshjul"),
            *(f"vedtak {case.content.title}", f"logg {case.board_number}", "logg", "referat", "hjelp", "neste sak"),
            *("start møte", "lukk møte", "forankring", "arkiver møte"),
        )
    ]
    meeting, item = str(BOARD_MEETING), str(item_of(name))
    on_meeting: dict[str, Json] = {"id": meeting, "rev": 1, "item": item, "outcome": "adopted", "reason": "x"}
    on_case: dict[str, Json] = {"id": case.id, "rev": case.rev, "reason": "x"}
    old: dict[str, Json] = {"id": case.id, "rev": 1}
    logs: list[dict[str, Json]] = [{"id": case.id, "of": "case"}, {"id": meeting, "of": "meeting"}]
    presses: list[tuple[str, dict[str, Json]]] = [
        *((verb, on_case) for verb in OF_CASE),
        *((verb, old) for verb in ("case.open", "case.text", "case.edit")),
        *((verb, on_meeting) for verb in OF_MEETING),
        *(("log.open", one) for one in logs),
        ("followup.open", {"id": f"{meeting}:{item}:1"}),
        ("followup.done", {"id": f"{meeting}:{item}:1", "rev": 1, "note": "x"}),
    ]
    for verb, data in presses:
        if verb == "case.withdraw" and not acts:
            continue
        found.append(await chat.press(verb, data))
        found += chat.all
    told = {"decision.published": case.id, "case.dispatched": case.id, "follow_up.opened": f"{meeting}:{item}:1"}
    told |= dict.fromkeys(("meeting.started", "decision.milestone"), sitting_object(BOARD_MEETING))
    for kind, about in told.items():
        for copy in (False, True):
            drawn = await chat.drawn(kind, about, case.rev, copy=copy)
            found += [drawn] if drawn else []
    return found


def leaks(messages: list[Message]) -> list[str]:
    return [trace for trace in TRACES for shown in messages if trace in f"{words(shown)}\n{shown.summary}"]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("person", [SUBMITTER, OWNER], ids=lambda one: one.id)
async def test_nothing_that_can_be_asked_or_crafted_tells_what_was_decided(
    house: House, person: Actor, outcome: Outcome
) -> None:
    at = await meeting_held(house)
    chat = house.chat(person)
    before = leaks(await everything(chat, house, acts=False))
    conditions = (condition(REASON),) if outcome is Outcome.ADOPTED_WITH_CONDITIONS else ()
    await at.decide("a", outcome, *conditions, text=SECRET)
    told = await everything(chat, house)
    assert leaks(told) == before
    assert (await house.case("a")).state is CaseState.DECIDED
    card = await chat.say("hvor er saken SakAAA")
    assert "sendt ut til styret" in words(card)
    assert "Sendt ut til styret" in words(card)


@pytest.mark.parametrize("person", [OFFICE, LEAD, CHAIR, MEMBER], ids=lambda one: one.id)
async def test_those_of_the_meeting_read_it_at_once(house: House, person: Actor) -> None:
    at = await meeting_held(house)
    await at.decide("a", Outcome.REJECTED, text=SECRET)
    chat = house.chat(person)
    card = await chat.press("case.open", {"id": "a", "rev": 1})
    assert SECRET in words(card)
    assert "Ikke kunngjort ennå." in words(card)


async def test_once_told_they_read_number_outcome_text_and_conditions_as_provisional(house: House) -> None:
    at = await meeting_held(house)
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition(REASON), text=SECRET)
    await at.told("a")
    card = await house.chat().drawn("decision.published", "a", (await house.case("a")).rev)
    assert card is not None
    for part in ("001-2026", "SakAAA", "vedtatt med vilkår", SECRET, REASON, "Foreløpig: referatet er ikke godkjent."):
        assert part in words(card), part
    assert card.summary == "SakAAA er behandlet av styret: vedtatt med vilkår."
    assert "Tekst du kan sende videre" in words(card)
    assert "Åpen, frist mandag 1. juni 2026: " + REASON in words(card)


async def test_approved_minutes_take_the_mark_away(house: House) -> None:
    at = await meeting_held(house)
    await at.decide("a")
    await at.told("a")
    async with house.work.write() as work:
        case = await work.cases.get(CaseId("a"))
        assert case is not None
        await record(minute(case, OFFICE.id, house.clock.now()), OFFICE, case.id, work, house.rules)
        await work.commit()
    card = await house.chat().say("hvor er saken SakAAA")
    assert "Referatet er godkjent." in words(card)
    assert "Foreløpig" not in words(card)


async def test_a_postponed_case_shows_both_numbers(house: House) -> None:
    at = await meeting_held(house)
    await at.decide("a", Outcome.POSTPONED, text="Vent på tallene.")
    await at.told("a")
    card = words(await house.chat().say("hvor er saken 001-2026"))
    assert "Sak 001-2026 i styret" in card
    assert "utsatt" in card
    assert "Den får et nytt nummer på neste saksliste." in card


async def test_an_exempt_decision_is_no_text_to_send_on(house: House) -> None:
    case = sent_out("a", "001-2026")
    content = replace(case.content, classification="exempt", legal_basis="offl. § 23", public_title="Anskaffelse")
    at = await meeting_held(house, replace(case, content=content))
    await at.decide("a", Outcome.REJECTED, text=SECRET)
    await at.told("a")
    card = await house.chat().drawn("decision.published", "a", (await house.case("a")).rev)
    assert card is not None
    (ready,) = [b.text for b in card.blocks if isinstance(b, LongText) and b.label == "Tekst du kan sende videre"]
    assert SECRET not in ready
    assert "SakAAA" not in ready
    assert "Anskaffelse" in ready


# -- the press, and the channels -----------------------------------------------------------------------------------


async def test_the_press_says_what_was_told_and_what_is_next(house: House) -> None:
    at = await meeting_held(house)
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition(), text=SECRET)
    await at.decide("b")
    chat = house.chat(OFFICE)
    card = await chat.press("decision.publish", {"id": BOARD_MEETING})
    assert "001-2026 SakAAA: vedtatt med vilkår" in words(card)
    assert "002-2026 SakBBB: vedtatt" in words(card)
    assert "1 oppfølginger er opprettet." in words(card)
    again = await chat.press("decision.publish", {"id": BOARD_MEETING})
    assert "kunngjorde" in words(again)
    assert len(await house.log("a")) == 2


CHANNEL = channel_recipient("teams", "19:x@thread")


async def _channel(house: House) -> Chat:
    address = Address("teams", "tenant", "https://example.org/", "19:x@thread", "channel", "bot", "team")
    async with house.work.write() as work:
        await work.channels.open(ChannelPost(CHANNEL, "nb", OFFICE.id, HELD.starts_at), address)
        await work.commit()
    return house.chat(Actor(Person(CHANNEL, ""), frozenset[Role]()))


async def test_a_channel_reads_public_titles_and_outcomes_and_nothing_else(house: House) -> None:
    open_, exempt, conflicted = (sent_out(name, f"00{n}-2026") for n, name in enumerate("abc", 1))
    open_ = replace(open_, content=replace(open_.content, public_title="Ny løsning"))
    exempt = replace(exempt, content=replace(exempt.content, classification="exempt", legal_basis="offl. § 23"))
    at = await meeting_held(house, open_, exempt, replace(conflicted, excluded=frozenset({MEMBER.id})))
    channel = await _channel(house)
    for name in "abc":
        await at.decide(name, Outcome.REJECTED, text=SECRET)
    about = sitting_object(BOARD_MEETING)
    assert await channel.drawn("decision.milestone", about, 2) is None
    await at.told()
    for copy in (False, True):
        card = await channel.drawn("decision.milestone", about, 2, copy=copy)
        assert card is not None
        assert "001-2026 Ny løsning: ikke vedtatt" in words(card)
        assert "Foreløpig" in words(card)
        for hidden in (SECRET, "SakAAA", "SakBBB", "SakCCC", "002-2026", "003-2026"):
            assert hidden not in words(card) + card.summary
        assert not card.buttons
    assert await house.chat().drawn("decision.milestone", about, 2) is None

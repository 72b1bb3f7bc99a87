"""«logg»: who saw, sent, answered and decided what, and when, for those who may know; nothing for anybody else."""

from __future__ import annotations

import pytest

from board.decision import Outcome
from board.events import Event, Happened
from board.ids import CaseId
from board.notices import Notice, NoticeKind
from board.people import Actor
from cards.message import Json, Paragraph
from cards.templates.log_card import SHOWN
from tests.board.published_support import Held, condition, fill, sent_out
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OWNER, SUBMITTER
from tests.dialogs.support import CHAIR, DEPUTY, MEMBER, REP, House, button, words

READERS = (OFFICE, LEAD, CHAIR)
NOTE = "Min bror leder leverandøren."


async def decided(house: House) -> Held:
    async with house.work.write() as work:
        await fill(work, sent_out("a", "001-2026"), sent_out("b", "002-2026"))
        await work.commit()
    at = Held(house.work, house.rules)
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition())
    await at.decide("b", Outcome.POSTPONED)
    await at.told()
    await at.report((await at.follow_ups("a"))[0].id)
    return at


async def write(house: House, *events: Event, notices: tuple[Notice, ...] = ()) -> None:
    async with house.work.write() as work:
        await work.history.append(events)
        await work.outbox.tell(notices, house.clock.now())
        await work.commit()


@pytest.mark.parametrize("person", READERS, ids=lambda one: one.id)
@pytest.mark.parametrize("asked", ["logg 001-2026", "logg sak 1-2026", "logg SakAAA"])
async def test_a_case_by_number_or_title(house: House, person: Actor, asked: str) -> None:
    await decided(house)
    shown = words(await house.chat(person).say(asked))
    assert "Logg: 001-2026 SakAAA" in shown
    assert "Lise kunngjorde vedtaket mandag 2. mars 2026 kl. 08.00. Utfall: vedtatt med vilkår." in shown
    assert "Ola meldte om oppfølgingen" in shown
    assert "Til Kari: SakAAA er behandlet av styret." in shown
    assert "Til Ola: Ny oppfølging av et vedtak." in shown
    assert "SakBBB" not in shown


async def test_also_by_a_number_it_had_before(house: House) -> None:
    await decided(house)
    shown = words(await house.chat(OFFICE).say("logg 002-2026"))
    assert "SakBBB" in shown
    assert "Utfall: utsatt." in shown


@pytest.mark.parametrize("asked", ["logg", "logg styret", "logg styret 2. mars 2026", "logg møtet 2. mars 2026"])
async def test_a_meeting_by_body_and_day_or_the_last_one(house: House, asked: str) -> None:
    await decided(house)
    house.clock.move(hours=1)
    opened = Event(Happened.PACK_READ, BOARD_MEETING, house.clock.now(), MEMBER.id, 2, details={"version": "2"})
    await write(house, opened)
    shown = words(await house.chat(OFFICE).say(asked))
    assert "Logg: styremøtet mandag 2. mars 2026" in shown
    assert "Mads åpnet sakspapirene mandag 2. mars 2026 kl. 09.00. Versjon 2." in shown
    case = words(await house.chat(OFFICE).say("logg 001-2026"))
    assert "Mads åpnet sakspapirene" in case


async def test_minutes_have_their_own(house: House) -> None:
    await decided(house)
    await write(house, Event(Happened.MINUTES_DRAFTED, f"minutes:{BOARD_MEETING}", house.clock.now(), OFFICE.id))
    shown = words(await house.chat(OFFICE).say("logg referat 2. mars 2026"))
    assert "Logg: referatet fra styremøtet" in shown
    assert "Lise laget utkast til referat" in shown
    assert "kunngjorde" not in shown


async def test_page_by_page_the_newest_first_and_each_row_once(house: House) -> None:
    await decided(house)
    for n in range(40):
        house.clock.move(minutes=1)
        await write(house, Event(Happened.CASE_SAVED, "a", house.clock.now(), SUBMITTER.id, n))
    house.clock.move(minutes=1)
    await write(house, notices=(Notice(NoticeKind.CASE_DISPATCHED, "a", 3, OWNER.id),))
    chat, seen = house.chat(OFFICE), []
    card = await chat.say("logg 001-2026")
    while True:
        lines = [b.text for b in card.blocks if isinstance(b, Paragraph) and not b.small]
        assert len(lines) <= SHOWN
        seen += lines
        if "Vis flere" not in words(card):
            break
        card = await chat.click(card, "log.open", "Vis flere")
    assert seen[0].startswith("Til Ola: SakAAA er sendt ut til styret")
    assert [line for line in seen if "endret saken" in line] == [
        f"Kari endret saken mandag 2. mars 2026 kl. 08.{minute:02}." for minute in range(40, 0, -1)
    ]
    assert sum("kunngjorde" in line for line in seen) == 1
    assert (await chat.press_again("log.open", {"id": "a", "of": "case"})).title == card.title


@pytest.mark.parametrize("person", [SUBMITTER, OWNER, MEMBER, DEPUTY, REP], ids=lambda one: one.id)
async def test_nobody_else_reads_it_and_the_attempt_is_in_it(house: House, person: Actor) -> None:
    await decided(house)
    chat = house.chat(person)
    for of, about in (("case", "a"), ("meeting", BOARD_MEETING), ("minutes", BOARD_MEETING)):
        card = await chat.press("log.open", {"id": about, "of": of})
        assert "Det kan bare" in words(card)
        assert "SakAAA" not in words(card)
        assert [(e.by, e.details["act"]) for e in await house.log(about) if e.what is Happened.ACT_REFUSED][-1] == (
            person.id, "log",
        )  # fmt: skip
    assert "Det kan bare" in words(await chat.say("logg 001-2026"))
    assert [e.by for e in await house.log("log")] == [person.id]


async def test_one_who_is_inhabil_finds_no_trace(house: House) -> None:
    at = await decided(house)
    await at.exclude("a", OFFICE.id)
    chat = house.chat(OFFICE)
    for card in (
        await chat.say("logg 001-2026"),
        await chat.say("logg SakAAA"),
        await chat.press("log.open", {"id": "a", "of": "case"}),
        await chat.say("logg styret"),
    ):
        assert "vedtatt med vilkår" not in words(card)
        assert "SakAAA" not in words(card).replace("«SakAAA»", "")
    assert "Utfall: utsatt." in words(await chat.say("logg styret"))


async def test_nor_of_a_case_that_has_left_the_meeting(house: House) -> None:
    at = await decided(house)
    await at.exclude("b", OFFICE.id)
    shown = words(await house.chat(OFFICE).say("logg styret"))
    assert "vedtatt med vilkår" in shown
    assert "utsatt" not in shown
    assert "utsatt" in words(await house.chat(LEAD).say("logg styret"))


async def test_what_is_between_a_person_and_the_chair_stays_there(house: House) -> None:
    await decided(house)
    now = house.clock.now()
    details = {"person": MEMBER.id, "answer": "possible"}
    await write(
        house,
        Event(Happened.CONFLICT_DECLARED, "a", now, MEMBER.id, details=details),
        Event(Happened.CONFLICT_RULED, "a", now, CHAIR.id, reason=NOTE, details=details),
        notices=(Notice(NoticeKind.CONFLICT_DECLARED, "a", 1, CHAIR.id, MEMBER.id),),
    )
    for person in READERS:
        shown = words(await house.chat(person).say("logg 001-2026"))
        assert NOTE not in shown
        assert "Melding om habilitet" not in shown
        assert ("Mads svarte om habilitet" in shown) is (person is CHAIR)


@pytest.mark.parametrize(
    "data",
    [{}, {"id": "nothing"}, {"id": "a", "of": "secrets"},
     {"id": "a", "seq": "-1", "row": "x"}, {"id": "a", "of": "case", "seq": "9" * 40, "row": "0"},
     {"id": "x" * 5000, "of": "minutes"}],
)  # fmt: skip
async def test_what_is_crafted_is_answered(house: House, data: dict[str, Json]) -> None:
    await decided(house)
    assert (await house.chat(OFFICE).press("log.open", data)).title


async def test_words_that_fit_nothing_or_several_are_asked_about(house: House) -> None:
    await decided(house)
    chat = house.chat(OFFICE)
    assert "Jeg finner ingen logg for «papegøye»" in words(await chat.say("logg papegøye"))
    several = await chat.say("logg AU")
    assert "Hvilken sak vil du se loggen for?" in words(several)
    card = await chat.click(several, "log.open", "SakBBB")
    assert "Logg: AU 902-2026 SakBBB" in words(card)
    assert CaseId("b") == button(several, "log.open", "SakBBB").data["id"]

"""An agenda as each reader sees it: as much as is theirs, with its stamps; its copies; who comes to the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from board.delivery import Address, Copy
from board.dispensation import Dispensation, DispensationState, GateId
from board.ids import CaseId, DispensationId, PersonId, channel_recipient
from board.late import Late
from board.people import Actor, Person
from board.states import CaseState
from cards.message import Act
from cards.templates import system
from tests.board.agenda_support import case
from tests.board.support import LEAD, NOW, OFFICE, OWNER, SUBMITTER
from tests.dialogs.agenda_support import GROUP, PUBLIC, SECRET, approved, drafted, item, keep, three
from tests.dialogs.meeting_support import APRIL, errors, facts, standing
from tests.dialogs.support import CHAIR, DEPUTY, MEMBER, REP, Chat, House, words

# -- who sees what -----------------------------------------------------------------------------------------------------


async def test_a_draft_is_for_the_office_its_lead_and_the_chair(house: House) -> None:
    await drafted(house)
    for who in (OFFICE, LEAD, CHAIR):
        assert SECRET in words(await house.chat(who).say("saksliste"))
    for who in (MEMBER, DEPUTY, REP, SUBMITTER, OWNER):
        card = await house.chat(who).say("saksliste")
        assert card.title == "Sakslisten til styremøtet torsdag 16. april 2026 er ikke klar ennå"
        assert "Den kommer senest onsdag 1. april 2026" in words(card)
        assert "Ny journal" not in words(await house.chat(who).press("agenda.open", {"id": APRIL}))


async def test_an_approved_one_is_whole_for_the_board_and_open_for_everybody(house: House) -> None:
    await approved(house)
    for who in (MEMBER, DEPUTY):
        assert SECRET in words(await house.chat(who).say("saksliste"))
    for who in (REP, SUBMITTER, OWNER):
        card = await house.chat(who).say("saksliste")
        said = words(card)
        assert "Den offentlige sakslisten til styremøtet torsdag 16. april 2026" in said
        assert f"3. 002-2026 {PUBLIC}" in said
        assert SECRET not in said
        assert "minutter" not in said
        assert not [b for b in card.buttons if isinstance(b, Act)]


async def test_without_a_public_title_an_exempt_case_is_no_more_than_its_paragraph(house: House) -> None:
    hidden = replace(case("x", title=SECRET).content, classification="exempt", legal_basis="offl. § 13")
    await keep(house, replace(case("x"), content=hidden))
    await house.chat(OFFICE).say("lag saksliste")
    await house.chat(CHAIR).press("agenda.approve", {"id": APRIL, "rev": 1})
    said = words(await house.chat(SUBMITTER).say("saksliste"))
    assert "2. 001-2026 Unntatt offentlighet (offl. § 13)" in said
    assert SECRET not in said


async def test_one_who_is_inhabil_finds_no_trace_of_the_case(house: House) -> None:
    first, second, third = three()
    await keep(house, first, replace(second, excluded=frozenset({MEMBER.id, OFFICE.id})), third)
    await house.chat(LEAD).say("lag saksliste")
    await house.chat(CHAIR).press("agenda.approve", {"id": APRIL, "rev": 1})
    hidden = await item(house, "b")
    for who in (MEMBER, OFFICE):
        chat = house.chat(who)
        shown = [await chat.say("saksliste"), await chat.press("agenda.open", {"id": APRIL})]
        shown.append(await chat.press("agenda.item", {"id": APRIL, "rev": 2, "item": hidden.id}))
        copy = await chat.drawn("", f"agenda:{APRIL}", copy=True)
        assert copy is not None
        for card in (*shown, copy):
            everything = words(card) + repr(card)
            for trace in (SECRET, PUBLIC, "002-2026", hidden.id):
                assert trace not in everything
    said = words(await house.chat(MEMBER).say("saksliste"))
    assert "4. 003-2026 Avslutning av portal\nkl. 09.35" in said, "the others keep their places and times"


async def test_a_channel_reads_the_open_one_without_a_case_that_anybody_is_inhabil_for(house: House) -> None:
    first, second, third = three()
    await keep(house, replace(first, excluded=frozenset({MEMBER.id})), second, third)
    await house.chat(OFFICE).say("lag saksliste")
    channel = Chat(house, CHAIR, scope="channel")
    assert "er ikke klar ennå" in (await channel.say("saksliste")).title, "a draft is no business of a channel"
    await house.chat(CHAIR).press("agenda.approve", {"id": APRIL, "rev": 1})
    card = await channel.say("saksliste")
    assert PUBLIC in words(card)
    for trace in (SECRET, "Ny journal", "001-2026"):
        assert trace not in words(card)
    assert (card.buttons, card.about) == ((), None), "nothing to press, and never redrawn for the one who asked"
    assert (await channel.say("saksliste au")).title == system.in_private().title


async def test_the_working_group_sees_its_own_and_nobody_else_does(house: House) -> None:
    async with house.work.write() as work:
        await work.meetings.add(GROUP)
        await work.commit()
    await keep(house, case("w", CaseState.ON_WG_AGENDA, title="Til AU"))
    card = await house.chat(OFFICE).say("lag saksliste au")
    assert "AU 001-2026 Til AU" in words(card)
    assert "godkjenn" not in words(card).replace("Godkjenning av", "")
    assert "AU 001-2026 Til AU" in words(await house.chat(REP).say("saksliste au"))
    assert "AU 001-2026 Til AU" in words(await house.chat(REP).say("saksliste")), "there is none of the board's yet"
    for who in (MEMBER, SUBMITTER):
        chat = house.chat(who)
        assert "Til AU" not in words(await chat.say("saksliste au"))
        assert "Til AU" not in words(await chat.press("agenda.open", {"id": GROUP.id}))
        assert ("act.refused", who.id) in [(e.what, e.by) for e in await house.log(GROUP.id)]


# -- stamps ------------------------------------------------------------------------------------------------------------


async def test_late_cases_and_dispensations_are_stamped_with_their_reasons(house: House) -> None:
    accepted = Late(APRIL, "Ny lov fra mai.", SUBMITTER.id, NOW, LEAD.id, NOW, CHAIR.id, NOW)
    late = replace(case("late", title="Sen sak"), submitted_at=datetime(2026, 3, 20, tzinfo=UTC), late=accepted)
    await keep(house, late, case("d", CaseState.READY_FOR_WG, title="Rett til styret"))
    async with house.work.write() as work:
        for gate, name in ((GateId.WG_TREATMENT, CaseId("d")), (GateId.TEN_DAYS, None)):
            given = Dispensation(
                DispensationId(f"x-{gate}"), 1, gate, APRIL, name, "Haster.", OFFICE.id, NOW,
                DispensationState.GRANTED, f"Loven krever det ({gate}).", CHAIR.id, NOW,
            )  # fmt: skip
            await work.dispensations.add(given)
        await work.commit()
    said = words(await house.chat(OFFICE).say("lag saksliste"))
    assert (
        "Ettersendt. Godtatt av Per og Tove mandag 2. mars 2026; bekreftes under punkt 1. Begrunnelse: Ny lov fra mai."
        in said
    )
    assert "Ettersendte saker som bekreftes her: 001-2026." in said
    assert (
        "Ikke behandlet i arbeidsutvalget: leder har gitt dispensasjon (mandatet § 5). "
        "Begrunnelse: Loven krever det (wg_treatment)." in said
    )
    assert "dispensasjon fra fristen for å sende sakspapirene (mandatet § 7). Begrunnelse: Loven krever det" in said
    await house.chat(CHAIR).press("agenda.approve", {"id": APRIL, "rev": 1})
    public = words(await house.chat(SUBMITTER).say("saksliste"))
    assert "Begrunnelse" not in public


# -- copies ------------------------------------------------------------------------------------------------------------


async def test_copies_are_redrawn_for_each_reader_as_it_is_now(house: House) -> None:
    await drafted(house)
    waits = await house.chat(MEMBER).drawn("", f"agenda:{APRIL}", copy=True)
    assert waits is not None
    assert waits.about is not None
    assert waits.about.object_id == f"agenda:{APRIL}"
    await house.chat(CHAIR).press("agenda.approve", {"id": APRIL, "rev": 1})
    shown = await house.chat(MEMBER).drawn("", f"agenda:{APRIL}", copy=True)
    assert shown is not None
    assert "Ny journal" in words(shown)
    assert shown.about is not None
    assert shown.about.rev == 2
    in_channel = Actor(Person(channel_recipient("teams", "19:x"), ""))
    assert await house.chat(in_channel).drawn("", f"agenda:{APRIL}", copy=True) is None


async def test_a_withdrawn_case_is_off_the_agenda_at_once(house: House) -> None:
    await approved(house)
    await house.chat().press("case.withdraw", {"id": "a", "rev": (await house.case("a")).rev, "reason": "Utgår."})
    shown = await house.chat(MEMBER).drawn("", f"agenda:{APRIL}", copy=True)
    assert shown is not None
    assert "Ny journal" not in words(shown)
    assert "001-2026" not in words(shown)


# -- who comes ---------------------------------------------------------------------------------------------------------


async def test_the_meeting_card_counts_against_the_quorum(house: House) -> None:
    chair, member = house.chat(CHAIR), house.chat(MEMBER)
    shown = facts(await chair.press("meeting.open", {"id": APRIL}))
    assert shown["Vedtaksført"] == "ikke ennå: 0 av 3 kommer, vedtaksført fra 2"
    await member.press("meeting.attend", {"id": APRIL, "rev": 1, "answer": "deputy", "deputy": DEPUTY.id})
    await house.chat(DEPUTY).press("meeting.attend", {"id": APRIL, "rev": 1, "answer": "yes", "person": MEMBER.id})
    card = await chair.press("meeting.attend", {"id": APRIL, "rev": 1, "answer": "yes"})
    assert facts(card)["Vedtaksført"] == "ja: 2 av 3 kommer, vedtaksført fra 2"
    assert "Vedtaksført" not in facts(await member.press("meeting.open", {"id": APRIL}))
    assert not errors(card)
    assert standing(card) == {}


async def test_the_count_is_live_in_the_cards_that_show_it(house: House) -> None:
    """Whoever sees who comes has the card drawn anew when somebody answers; nobody else has."""
    cards = {}
    for who in (CHAIR, OFFICE, MEMBER):
        cards[who.id] = Address("teams", "tenant", "https://example.org/", f"chat-{who.id}", "personal", "bot")
    async with house.work.write() as work:
        for person, at in cards.items():
            await work.addresses.remember(PersonId(person), at, house.clock.now())
            await work.addresses.keep_copy(Copy(at, "m1", PersonId(person), "", APRIL, 1), house.clock.now())
        await work.commit()
    await house.chat(MEMBER).press("meeting.attend", {"id": APRIL, "rev": 1, "answer": "yes"})
    due = await house.queue.claim(house.clock.now(), 50, timedelta(minutes=2))
    redrawn = {one.person for one in due if one.copy}
    assert redrawn == {CHAIR.id, OFFICE.id}


@pytest.mark.parametrize(
    ("verb", "title"),
    [
        *(("meeting.attend", "Styremøte"), ("agenda.build", "Sakslisten"), ("agenda.up", "Sakslisten")),
        *(
            ("pack.ask_dispensation", "Dette mangler"),
            ("task.done", "venter på deg"),
            ("conflict.declare", "venter på deg"),
        ),
    ],
)
async def test_a_press_that_was_taken_in_before_shows_its_object_and_is_no_refusal(
    house: House, verb: str, title: str
) -> None:
    await drafted(house)
    before = await house.log(APRIL)
    card = await house.chat(OFFICE).press_again(verb, {"id": APRIL, "rev": 1})
    assert title.lower() in words(card).lower()
    assert await house.log(APRIL) == before

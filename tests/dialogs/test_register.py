"""«Vedtak …» in a chat: what is found, how it is shown, what is offered where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from board.decision import Outcome
from board.ids import PersonId
from board.people import Actor, Person
from board.register import RegisterEntry
from cards import actions
from cards.message import LongText, Paragraph, Say
from tests.board.support import OFFICE, SUBMITTER
from tests.contracts.register_samples import decided, decision, on_board
from tests.dialogs.support import MEMBER, Chat, House, button, words, writes

FEBRUARY, NOVEMBER = date(2026, 2, 12), date(2025, 11, 20)
GUEST = Actor(Person(PersonId("kim-1"), "Kim Berg"))
LONG = "Styret ber om en ny vurdering. " * 40


def kurve(**given: Any) -> RegisterEntry:
    return decision("kurve", **{"number": "007-2026", "title": "Heliks kurveløsning", "decided_on": FEBRUARY, **given})


async def kept(house: House, *entries: RegisterEntry, **case: Any) -> None:
    cases = [
        replace(on_board(entry.case), submitter=SUBMITTER.id, sub_portfolio="clinical", delivery_form="project", **case)
        for entry in entries
    ]
    await decided(house.work, entries, cases)


def many(count: int) -> list[RegisterEntry]:
    return [
        decision(
            f"c{n:02d}", number=f"{n + 1:03d}-2025", title=f"Arkiv del {n}", decided_on=NOVEMBER + timedelta(days=n)
        )
        for n in range(count)
    ]


async def test_one_decision_is_shown_whole(house: House, member: Chat) -> None:
    conditions = "Risikovurdering innen mai"
    outcome = Outcome.ADOPTED_WITH_CONDITIONS
    entry = kurve(text=LONG, conditions=conditions, outcome=outcome, minutes_approved=False, open_follow_ups=True)
    await kept(house, entry)
    card = await member.say("vedtak heliks")
    assert card.title == "007-2026 Heliks kurveløsning"
    said = words(card)
    assert "Dato: torsdag 12. februar 2026" in said
    assert "Status: vedtatt med vilkår, foreløpig, referat ikke godkjent, åpen oppfølging" in said
    texts = {block.label: block.text for block in card.blocks if isinstance(block, LongText)}
    assert texts == {"Vedtak": LONG, "Vilkår": conditions}
    assert writes(card) == ["hvor er saken 007-2026", "vedtak"]


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "vedtak 007-2026",
            "vis vedtak 007-2026",
            "vedtak sak 7",
            "Vedtak om kurveløsningene?",
            "vedtak kurve løsning",
            "vedtak siste møte",
        ),
        *("vedtak 12. februar", "vedtak i februar", "vedtak vedtatt i år", "finn vedtak heliks", "decisions heliks"),
        *("vedtaka i februar 2026", "vedtak forløpig heliks", "styrevedtak heliks"),
    ],
)
async def test_it_is_found_as_people_ask(house: House, member: Chat, asked: str) -> None:
    other = decision("arkiv", number="031-2025", title="Arkiv", outcome=Outcome.REJECTED, decided_on=NOVEMBER)
    await kept(house, kurve(text="Forløpig"), other)
    assert (await member.say(asked)).title == "007-2026 Heliks kurveløsning"


async def test_a_list_is_short_lines_and_goes_on_at_a_press(house: House, member: Chat) -> None:
    await kept(house, *many(19), kurve(text=LONG))
    first = await member.say("vedtak")
    assert first.title == "De siste vedtakene"
    titles = [b.text for b in first.blocks if isinstance(b, Paragraph) and b.strong]
    assert titles == ["007-2026 Heliks kurveløsning", *(f"{n + 1:03d}-2025 Arkiv del {n}" for n in range(18, 11, -1))]
    (folded,) = [block for block in first.blocks if isinstance(block, LongText)]
    assert folded.folded
    assert len(folded.text) < len(LONG)
    assert len(first.buttons) == 3
    second = await member.click(first, actions.REGISTER_FIND, "Vis flere")
    third = await member.click(second, actions.REGISTER_FIND, "Vis flere")
    assert [b.text for b in third.blocks if isinstance(b, Paragraph) and b.strong][-1] == "001-2025 Arkiv del 0"
    assert "Vis flere" not in words(third)
    assert (await member.click(third, actions.REGISTER_FIND, "Til de nyeste")).title == first.title
    again = await member.press_again(actions.REGISTER_FIND, button(first, actions.REGISTER_FIND).data)
    assert again == second


async def test_what_the_button_carries_is_a_request_and_no_right(house: House, member: Chat) -> None:
    await kept(house, *many(9), kurve())
    data = button(await member.say("vedtak"), actions.REGISTER_FIND).data
    guest = await house.chat(GUEST).press(actions.REGISTER_FIND, {**data, "asked": "heliks", "before": ""})
    assert "Heliks" not in words(guest).replace("«heliks»", "")
    for before in ("", "x", "2026-02-12", "2026-02-12.x", "9999-12-31.99999999999999999999", "0001-01-01.1", 7, None):
        card = await member.press(actions.REGISTER_FIND, {**data, "before": before, "asked": "arkiv"})
        assert card.title in ("Vedtak: arkiv", "Ingen vedtak du kan se, passer med «arkiv»")


async def test_a_guest_sees_the_public_title_after_approval_and_no_exempt_case(house: House) -> None:
    entries = [
        kurve(public_title="Ny kurve"),
        decision("a", number="008-2026", decided_on=FEBRUARY, public_title="Ikke godkjent", minutes_approved=False),
        decision("b", number="009-2026", decided_on=FEBRUARY, public_title="Hemmelig", exempt=True),
    ]
    await kept(house, *entries)
    guest = house.chat(GUEST)
    card = await guest.say("vedtak 2026")
    assert card.title == "007-2026 Ny kurve"
    assert writes(card) == ["vedtak"]
    for asked in ("heliks", "hemmelig", "008-2026", "009-2026", "foreløpig"):
        assert "Ingen vedtak du kan se" in (await guest.say(f"vedtak {asked}")).title


async def test_the_submitter_sees_the_own_decision_once_it_is_published(house: House, chat: Chat, office: Chat) -> None:
    await kept(house, kurve(published=False, minutes_approved=False))
    assert (
        (await chat.say("vedtak")).title == (await house.chat(MEMBER).say("vedtak")).title == "Ingen vedtak å vise ennå"
    )
    assert "ikke kunngjort" in words(await office.say("vedtak ikke kunngjort heliks"))
    assert (await chat.say("vedtak siste møte")).title.startswith("Ingen vedtak du kan se")


async def test_one_who_is_inhabil_finds_nothing(house: House, member: Chat, office: Chat) -> None:
    await kept(house, kurve(), excluded=frozenset({MEMBER.id, OFFICE.id}))
    for chat in (member, office):
        assert (await chat.say("vedtak")).title == "Ingen vedtak å vise ennå"
        none = await chat.say("vedtak helix")
        assert none.title == "Ingen vedtak du kan se, passer med «helix»"
        assert writes(none) == ["vedtak"]


async def test_a_slip_is_put_right_and_too_much_is_taken_away(house: House, member: Chat) -> None:
    await kept(house, kurve(), *many(2))
    slip = await member.say("vedtak helikss i februar")
    assert "Mente du «heliks i februar»?" in words(slip)
    assert writes(slip) == ["vis vedtak heliks i februar", "vedtak"]
    assert (await member.say(writes(slip)[0])).title == "007-2026 Heliks kurveløsning"
    much = await member.say("vedtak avslått heliks i fjor")
    assert writes(much) == ["vis vedtak heliks", "vedtak"]


async def test_a_year_may_be_part_of_what_it_is_called(house: House, member: Chat) -> None:
    await kept(house, kurve(title="Budsjett 2027"), *many(2))
    assert (await member.say("vedtak budsjett 2027")).title == "007-2026 Budsjett 2027"


async def test_words_that_are_nowhere_together_tell_how_far_back_it_was_looked(house: House, member: Chat) -> None:
    entries = [
        decision(f"c{n}", title=f"Sak {'rød' if n % 2 else 'blå'} felles", decided_on=NOVEMBER + timedelta(days=n // 4))
        for n in range(300)
    ]
    await kept(house, *entries)
    card = await member.say("vedtak rød blå")
    assert card.title == "Ingen treff så langt"
    assert "Jeg har sett gjennom vedtakene tilbake til" in words(card)
    last = await member.click(card, actions.REGISTER_FIND, "Søk lenger tilbake")
    assert "Ingen vedtak du kan se" in last.title


async def test_in_a_channel_nothing_is_told(house: House) -> None:
    await kept(house, kurve())
    channel = replace(house.chat(MEMBER), scope="channel")
    assert "Heliks" not in words(await channel.say("vedtak heliks"))


async def test_an_answer_that_begins_so_is_no_command(house: House, chat: Chat) -> None:
    await chat.say("meld sak")
    card = await chat.say("Vedtak fattes i møtet")
    assert "Ingen vedtak" not in card.title


async def test_from_where_a_case_is_to_its_decision(house: House, member: Chat) -> None:
    await kept(house, kurve(), board_number="007-2026", published_at=house.clock.now(), decided_at=house.clock.now())
    card = await member.say("hvor er saken 007-2026")
    assert "vis vedtak 007-2026" in [b.text for b in card.buttons if isinstance(b, Say)]

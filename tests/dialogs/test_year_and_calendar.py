"""The year wheel, a channel's milestones, one's own calendar."""

from __future__ import annotations

import pytest

from board.ids import PersonId
from board.usecases.open_calendar import secret_hash
from cards.i18n import LANGUAGES, Language
from cards.message import Open
from tests.board.support import OFFICE, STRANGER
from tests.dialogs.meeting_support import (
    APRIL,
    IN_CHANNEL,
    facts,
    standing,
)
from tests.dialogs.support import (
    MEMBER,
    SITE,
    Chat,
    House,
    button,
    words,
    writes,
)

# -- year, channel, calendar -----------------------------------------------------------------------------------------


async def test_the_year_wheel_is_a_card_and_a_picture(house: House, office: Chat) -> None:
    await office.click(await office.say("nytt møte kontoret 9. mars 2026 kl 9"), "meeting.create", "Opprett")
    await office.click(await office.say("avlys møte styret 4. juni fordi det er for få saker"), "meeting.cancel")
    await office.say("årshjul")
    card, picture = office.all
    assert "Styremøte kl. 09.00 (avlyst)" in words(card)
    assert "Mars – nå" in words(card)
    assert "Din frist: Sakspapirene sendes ut, til møtet 16.04.2026" in words(card)
    assert writes(card) == ["årshjul 2025", "årshjul 2027"]
    assert picture.picture is not None
    assert "16.\\u{a0}april" in picture.picture.source
    assert "torsdag 16. april 2026 kl. 09.00" in picture.picture.alt
    member = house.chat(MEMBER)
    await member.say("årshjul")
    assert "Kontormøte" not in words(member.all[0])
    await member.say("årshjul 2027")
    assert "ikke satt opp noen møter i 2027" in words(member.all[0])


async def test_a_channel_is_opened_and_closed_by_the_office_in_the_channel(house: House) -> None:
    there = Chat(house, OFFICE, scope="channel")
    opened = await there.say("kanal")
    assert "fra nå av" in opened.title
    assert "aldri" in words(opened)
    assert "allerede" in (await there.say("kanal")).title
    async with house.work.read() as work:
        assert [c.recipient for c in await work.channels.all()] == [IN_CHANNEL.id]
    assert "ikke flere" in (await there.say("kanal av")).title
    assert "fikk ikke" in (await there.say("kanal av")).title
    refused = await Chat(house, MEMBER, scope="channel").say("kanal")
    assert "porteføljekontoret" in refused.title
    assert "Skriv det i kanalen" in (await house.chat(OFFICE).say("kanal")).title


async def test_a_calendar_address_is_made_on_demand_told_once_and_revoked(house: House, member: Chat) -> None:
    offer = await member.say("kalender")
    assert writes(offer) == ["kalender ny", "kalender av"]
    made = await member.say("kalender ny")
    address = standing(made)["address"]
    assert address.startswith(f"{SITE}/calendar/")
    assert address.endswith(".ics")
    assert [b.url for b in made.buttons if isinstance(b, Open)] == [address]
    secret = address.rpartition("/")[2].removesuffix(".ics")

    async def whose(text: str) -> PersonId | None:
        async with house.work.read() as work:
            return await work.calendars.whose(secret_hash(text))

    assert await whose(secret) == MEMBER.id
    again = standing(await member.say("kalender på"))["address"]
    assert again != address
    assert await whose(secret) is None
    assert "virker ikke lenger" in (await member.say("kalender av")).title
    assert "hadde ingen" in (await member.say("kalender av")).title
    house.site = ""
    assert "SAKSGANG_PUBLIC_URL" in words(await member.say("kalender ny"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_commands_of_every_language_reach_the_same_cards(house: House, language: Language) -> None:
    office = house.chat(OFFICE, language)
    texts = {
        "nb": ("nytt møte styret 2026-09-24 09:00", "flytt møte 16. april til 23. april", "avlys møte 4. juni"),
        "nn": ("nytt møte styret 24. september kl 9", "flytt møtet 16. april til 23. april", "avlys møtet 4. juni"),
        "en": (
            "new meeting board 24 September 9am",
            "move meeting 16 April to 23 April",
            "cancel meeting 4 June because of illness",
        ),
    }[language]
    verbs = ("meeting.create", "meeting.move", "meeting.cancel")
    for text, verb in zip(texts, verbs, strict=True):
        assert button(await office.say(text), verb).verb == verb


async def test_a_guest_may_see_when_the_board_meets_and_nothing_more(house: House) -> None:
    async with house.work.write() as work:
        await work.people.add(STRANGER.person)
        await work.commit()
    card = await house.chat(STRANGER).press("meeting.open", {"id": APRIL})
    assert set(facts(card)) == {"Når", "Slutter"}
    assert writes(card) == ["frister", "årshjul"]

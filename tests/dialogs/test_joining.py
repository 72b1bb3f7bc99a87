"""«kode» and «koble» in words and by buttons, the words of both notices, and what a guest gets to know."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from board.events import Happened
from board.ids import PersonId
from board.joining import MOST_WRONG, make_code
from board.notices import NoticeKind
from board.people import Actor, Body, Holding, Person, Role
from board.ports import Account
from cards import actions
from cards.i18n import Language
from dialogs.commands import Command
from dialogs.understand import Meant, understand
from tests.board.support import LEAD, OFFICE, OWNER
from tests.dialogs.support import CHAIR, MEMBER, Chat, House, fields_of, words

CODE = "CDFGH-JKMNP"
SLACK = Account("slack", "T1", "U1")


@pytest.fixture
async def guest(house: House) -> Chat:
    person = Person(PersonId("gjest"), "Ola i Slack")
    async with house.work.write() as work:
        await work.people.add(person, SLACK)
        await work.commit()
    return house.chat(Actor(person))


async def code_for(house: House, name: str, giver: Actor = OFFICE) -> str:
    office = house.chat(giver)
    offered = await office.say(f"kode {name}")
    given = await office.click(offered, actions.JOIN_GIVE)
    found = re.search(r"[3-9A-Z]{5}-[3-9A-Z]{5}", words(given))
    assert found, words(given)
    return found[0]


async def whose(house: House) -> PersonId:
    async with house.work.read() as work:
        found = await work.people.actor(SLACK, house.clock.now().date())
    assert found is not None
    return found.id


# -- what is understood ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"koble {CODE}", f"Koble: {CODE.lower()}", "koble cdfgh jkmnp", "kople CDFGH - JKMNP.", f"join {CODE}",
        f"kobble {CODE}", "kobl c d f g h j k m n p", f"koble meg {CODE}", f"KOPLE KONTO {CODE}",
    ],
)  # fmt: skip
def test_a_code_is_understood_however_it_is_written(text: str) -> None:
    meant = understand(text)
    assert isinstance(meant, Meant)
    assert meant.command is Command.JOIN
    assert "".join(s for s in meant.rest.upper() if s.isalnum()) == CODE.replace("-", "")


@pytest.mark.parametrize("text", ["Koble sammen journalsystemene i regionen", "Kode til fagsystemet må lages på nytt"])
def test_prose_that_begins_so_is_no_command_inside_a_question(text: str) -> None:
    meant = understand(text)
    assert not (isinstance(meant, Meant) and meant.exact)


# -- the office --------------------------------------------------------------------------------------------------------


async def test_the_office_sees_who_it_is_before_the_code_is_made(house: House) -> None:
    office = house.chat(OFFICE)
    asked = await office.say("kode")
    assert "Hvem skal ha koden" in asked.title
    offered = await office.say("kode ola dal")
    assert [b.label for b in offered.buttons] == ["Lag kode til Ola Dal"]
    assert "ola.dal@example.org" in words(offered)
    assert "prosjekteier" in words(offered)
    given = await office.click(offered, actions.JOIN_GIVE)
    assert "Kode til Ola Dal" in given.title
    assert "torsdag 5. mars 2026" in words(given)
    assert [(e.what, e.by) for e in await house.log("ola-dal")] == [(Happened.JOIN_CODE_GIVEN, OFFICE.id)]


async def test_those_of_one_name_are_told_apart_and_guests_are_left_out(house: House, guest: Chat) -> None:
    office = house.chat(OFFICE)
    offered = await office.say("kode ola")
    told = words(offered)
    assert "Ola i Slack" not in told
    assert "Ola Dal Hansen" not in told, "somebody without a role"
    assert {b.label for b in offered.buttons} == {f"Lag kode til {n}" for n in ("Ola", "Ola Dal", "Ola Vik")}
    assert "heter «Kim Berg»" in words(await office.say("kode Kim Berg")), "two without any role"
    assert "heter «xyzzy»" in words(await office.say("kode xyzzy"))


@pytest.mark.parametrize("who", [MEMBER, CHAIR, OWNER])
async def test_others_make_no_code_in_words_or_by_an_old_button(who: Actor, house: House) -> None:
    chat = house.chat(who)
    for answer in (await chat.say("kode ola dal"), await chat.press(actions.JOIN_GIVE, {"id": "ola-dal"})):
        assert "porteføljekontoret" in answer.title
    assert [e.what for e in await house.log("ola-dal")] == [Happened.ACT_REFUSED]
    assert [e.what for e in await house.log("join_code")] == [Happened.ACT_REFUSED]


async def test_the_chairs_code_is_the_leads_to_give(house: House, guest: Chat) -> None:
    office = house.chat(OFFICE)
    refused = await office.click(await office.say(f"kode {CHAIR.person.name}"), actions.JOIN_GIVE)
    assert "porteføljeansvarlig" in refused.title
    own = await office.click(await office.say(f"kode {OFFICE.person.name}"), actions.JOIN_GIVE)
    assert "annen på kontoret" in own.title
    await guest.say(f"koble {await code_for(house, CHAIR.person.name, LEAD)}")
    assert await whose(house) == CHAIR.id


async def test_the_person_is_told_that_a_code_was_made_and_nobody_else(house: House) -> None:
    await code_for(house, "ola dal")
    chat = house.chat(Actor(Person(PersonId("ola-dal"), "Ola Dal")))
    drawn = await chat.drawn(NoticeKind.CODE_GIVEN, "ola-dal", 0, OFFICE.id)
    assert drawn is not None
    assert OFFICE.person.name in words(drawn)
    assert "Har du ikke bedt om den?" in words(drawn)
    assert await house.chat(MEMBER).drawn(NoticeKind.CODE_GIVEN, "ola-dal", 0, OFFICE.id) is None


@pytest.mark.parametrize("why", ["shared", "taken"])
async def test_the_office_is_told_how_a_doubtful_account_is_joined(why: str, house: House, guest: Chat) -> None:
    async with house.work.write() as work:
        await work.people.add(replace(guest.who.person, email="ola@example.org"))
        await work.commit()
    about = (NoticeKind.ACCOUNT_UNCLEAR, guest.who.id, 0, f"{why}:slack")
    drawn = await house.chat(OFFICE).drawn(*about)
    assert drawn is not None
    assert drawn.title == "Hvem er Ola i Slack i Slack?"
    assert "ola@example.org" in words(drawn)
    assert "«kode» og navnet" in words(drawn)
    assert await house.chat(MEMBER).drawn(*about) is None
    await guest.say(f"koble {await code_for(house, 'ola dal')}")
    assert await house.chat(OFFICE).drawn(*about) is None, "it has found its person"


# -- the one who is joined ---------------------------------------------------------------------------------------------


async def test_the_code_in_words_makes_a_guest_the_person(house: House, guest: Chat) -> None:
    code = await code_for(house, "ola dal")
    card = await guest.say(f"koble {code.lower().replace('-', ' ')}")
    assert card.title == "Kontoen er koblet til deg, Ola Dal"
    assert await whose(house) == "ola-dal"


async def test_the_code_in_its_field(house: House, guest: Chat) -> None:
    code = await code_for(house, "ola dal")
    asked = await guest.say("koble")
    assert [(f.id, f.required) for f in fields_of(asked)] == [("code", True)]
    wrong = await guest.click(asked, actions.JOIN_USE, code=make_code("wrong"))
    assert f"Forsøk igjen i dag: {MOST_WRONG - 1}" in words(wrong)
    assert fields_of(wrong)[0].value == make_code("wrong")
    short = await guest.click(wrong, actions.JOIN_USE, code="abc")
    assert "ti tegn" in words(short)
    assert "koblet til deg" in (await guest.click(short, actions.JOIN_USE, code=code)).title
    used = await house.chat(MEMBER).press(actions.JOIN_USE, {"code": code})
    assert "Jeg vet hvem du er" in used.title


async def test_too_many_wrong_codes_are_said_to_be_too_many(house: House, guest: Chat) -> None:
    code = await code_for(house, "ola dal")
    for n in range(MOST_WRONG):
        await guest.say(f"koble {make_code(str(n))}")
    assert "for mange koder" in words(await guest.say(f"koble {code}"))
    assert await whose(house) == "gjest"
    assert code.replace("-", "") not in str(await house.log("gjest"))


@pytest.mark.parametrize(("language", "title"), [("nn", "Kontoen er kopla"), ("en", "The account is joined")])
async def test_the_answer_is_in_the_persons_language(language: Language, title: str, house: House, guest: Chat) -> None:
    async with house.work.write() as work:
        await work.people.set_language(PersonId("ola-dal"), language)
        await work.commit()
    card = await guest.say(f"koble {await code_for(house, 'ola dal')}")
    assert card.title.startswith(title)


async def test_inside_a_question_the_code_is_a_code_and_the_draft_goes_on(house: House, guest: Chat) -> None:
    code = await code_for(house, "ola dal")
    await guest.answer("meld sak")
    before = await house.talk(guest.who)
    assert before is not None
    assert before.question
    assert "koblet til deg" in (await guest.say(f"koble {code}")).title
    ola = Actor(Person(PersonId("ola-dal"), "Ola Dal"))
    after = await house.talk(ola)
    assert after is not None
    assert (after.question, after.answers) == (before.question, before.answers)
    assert await house.talk(guest.who) is None


async def test_in_a_channel_the_code_is_not_used_up(house: House, guest: Chat) -> None:
    code = await code_for(house, "ola dal")
    there = Chat(house, guest.who, scope="channel")
    assert "privat" in (await there.say(f"koble {code}")).title
    assert "privat" in (await Chat(house, OFFICE, scope="channel").say("kode ola dal")).title
    assert "koblet til deg" in (await guest.say(f"koble {code}")).title


async def test_who_is_in_the_register_sees_the_accounts_that_are_theirs(house: House) -> None:
    async with house.work.write() as work:
        await work.people.join(SLACK, MEMBER.id)
        await work.commit()
    assert "Slack og Teams" in words(await house.chat(MEMBER).say("koble"))


async def test_a_press_that_comes_again_makes_no_second_code(house: House) -> None:
    await code_for(house, "ola dal")
    again = await house.chat(OFFICE).press_again(actions.JOIN_GIVE, {"id": "ola-dal"})
    assert "Jeg vet hvem du er" in again.title
    assert len(await house.log("ola-dal")) == 1


async def test_a_guest_learns_of_it_from_the_help(house: House, guest: Chat) -> None:
    assert "koble:" in words(await guest.say("hjelp"))
    assert "koble:" not in words(await house.chat(MEMBER).say("hjelp"))
    async with house.work.write() as work:
        await work.people.hold(Holding(guest.who.id, Role.OBSERVER, Body.BOARD, house.clock.now().date()))
        await work.commit()
    assert "koble:" not in words(await guest.say("hjelp"))

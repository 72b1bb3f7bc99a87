"""«kode» and «koble» through the whole bot, over HTTP; and who may press what, whichever button is forged."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from board.events import Event, Happened
from board.joining import MOST_WRONG, make_code
from board.people import Role
from board.ports import Account
from bot.demo import demo_id
from bot.teams_settings import LOCAL_TENANT
from cards import actions
from tests.scenarios.steps import case_of, data_of, joined, submitted
from tests.scenarios.world import CHAIR, LEAD, MEMBER, OFFICE, OWNER, SUBMITTER, Chat, World, a_world, verbs, words

STRANGER, OTHER = 900, 901
GROUP, DEPUTY, ARCHIVIST = 7, 31, 41
CODE = re.compile(r"\b[34679CDFGHJKMNPQRTWX]{5}-[34679CDFGHJKMNPQRTWX]{5}\b")
NAME = "Direktør Akershus universitetssykehus"


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(sqlite_url, tmp_path) as running:
        yield running


async def code_for(giver: Chat, name: str = NAME) -> str:
    given = await giver.press(await giver.say(f"kode {name}"), actions.JOIN_GIVE)
    found = CODE.search(words(given))
    assert found, words(given)
    return found[0]


async def newcomer(town: World, digits: int = STRANGER) -> Chat:
    chat = town.person(digits, "Ukjent Konto")
    await chat.join()
    await chat.say("meld sak")
    return chat


async def whose(town: World, chat: Chat) -> str:
    assert town.bot is not None
    async with town.bot.store.work.read() as work:
        owners = await work.people.owners_of([Account("teams", LOCAL_TENANT, chat.id)])
    return next(iter(owners.values()), "")


async def happened(town: World, about: str, what: Happened) -> list[Event]:
    return [event for event in await town.history(about) if event.what is what]


async def test_a_guest_becomes_somebody_of_the_register_with_all_that_was_made(town: World) -> None:
    people = await joined(town)
    member = town.person(MEMBER, NAME)
    await member.join()
    guest = town.person(STRANGER, "Ukjent Konto")
    await guest.join()
    case = case_of(await submitted(guest))
    before = await whose(town, guest)
    await people.owner.sees("Bekreft at du står bak")

    code = await code_for(people.office)
    told = await member.sees("Det er laget en kode som kobler en konto til deg")
    assert "Porteføljekontor Demo" in words(told)
    assert f"Kontoen er koblet til deg, {NAME}" in words(await guest.say(f"koble {code.lower()}"))
    assert await whose(town, guest) == await whose(town, member) == demo_id(MEMBER)
    assert (await town.case(case)).submitter == demo_id(MEMBER)
    (followed,) = await happened(town, case, Happened.CASE_FOLLOWED)
    assert (followed.by, followed.details) == (demo_id(MEMBER), {"guest": before})
    (used,) = await happened(town, demo_id(MEMBER), Happened.JOIN_CODE_USED)
    assert (used.by, used.details) == (before, {"given_by": demo_id(OFFICE)})

    await town.quiet()
    # What comes of the case reaches the chat that was used last, and the card there is the one that is redrawn.
    await people.owner.press(await people.owner.sees("Bekreft at du står bak"), "case.decline", reason="Må rettes.")
    await town.quiet()
    assert "fordi du har meldt saken" in words(await guest.sees("sendte saken tilbake"))
    assert not [card for card in member.cards.values() if "sendte saken tilbake" in words(card)]
    await member.say("hjelp")
    assert "Regional radiologi" in words(await member.say("mine saker")), "the same person in both chats"
    assert "case.submit" in verbs(await guest.press_raw("case.edit", {"id": case}))


async def test_when_the_chat_used_last_is_taken_away_the_other_gets_what_comes(town: World) -> None:
    people = await joined(town)
    member = town.person(MEMBER, NAME)
    await member.join()
    guest = await newcomer(town)
    await guest.say(f"koble {await code_for(people.office)}")
    await town.post(guest.persona.installs("remove"))
    await town.settled()
    await code_for(people.office)
    await town.quiet()
    assert len([card for card in member.cards.values() if "Det er laget en kode" in words(card)]) == 2


async def test_a_code_typed_ten_times_at_once_by_two_joins_one_account_once(town: World) -> None:
    people = await joined(town)
    first, second = await newcomer(town), await newcomer(town, OTHER)
    code = await code_for(people.office)
    typed = [chat.persona.says(f"koble {code}") for chat in (first, second) for _ in range(5)]
    answers = await asyncio.gather(*(town.post(payload) for payload in typed))
    assert {status for status, _ in answers} <= {200, 202}
    await town.settled()
    owners = [await whose(town, chat) for chat in (first, second)]
    assert owners.count(demo_id(MEMBER)) == 1
    assert len(await happened(town, demo_id(MEMBER), Happened.PERSON_JOINED)) == 1


async def test_guessing_is_stopped_logged_and_never_holds_the_code(town: World) -> None:
    people = await joined(town)
    guest = await newcomer(town)
    code = await code_for(people.office)
    for n in range(MOST_WRONG + 2):
        said = words(await guest.say(f"koble {make_code(f'guess {n}')}"))
        assert ("for mange koder" in said) is (n >= MOST_WRONG)
    assert "for mange koder" in words(await guest.say(f"koble {code}"))
    refused = await happened(town, await whose(town, guest), Happened.JOIN_CODE_REFUSED)
    assert [event.details["why"] for event in refused] == ["unknown"] * MOST_WRONG + ["locked"] * 3
    assert code.replace("-", "") not in str(refused)
    assert await whose(town, guest) != demo_id(MEMBER)
    other = await newcomer(town, OTHER)  # another account is not locked by it
    assert "koblet til deg" in words(await other.say(f"koble {code}"))


ROLES = {
    "submitter": (SUBMITTER, frozenset({Role.SUBMITTER})),
    "owner": (OWNER, frozenset({Role.PROJECT_OWNER})),
    "office": (OFFICE, frozenset({Role.OFFICE})),
    "lead": (LEAD, frozenset({Role.PORTFOLIO_LEAD})),
    "chair": (CHAIR, frozenset({Role.CHAIR})),
    "wg_member": (GROUP, frozenset({Role.WG_MEMBER})),
    "member": (MEMBER, frozenset({Role.MEMBER})),
    "deputy": (DEPUTY, frozenset({Role.DEPUTY})),
    "archivist": (ARCHIVIST, frozenset({Role.ARCHIVIST, Role.ADMIN})),
    "guest": (STRANGER, frozenset[Role]()),
}
LEADS = {"chair", "lead", "archivist"}
"""Whose code only the lead gives; the archivist of the demo board is its administrator too."""


@pytest.mark.parametrize("role", ROLES)
async def test_who_gives_a_code_to_whom(role: str, town: World) -> None:
    """Each role presses the button for each other, whether it was ever offered or not."""
    chat = town.person(ROLES[role][0], role)
    await chat.join()
    await chat.say("hjelp")
    me = await whose(town, chat)
    for other, (digits, _roles) in ROLES.items():
        to = demo_id(digits) if other != "guest" else me if role == "guest" else "nobody"
        said = words(await chat.press_raw(actions.JOIN_GIVE, {"id": to}))
        may = role in ("office", "lead") and other not in (role, "guest") and (role == "lead" or other not in LEADS)
        assert bool(CODE.search(said)) is may, (role, other, said)
        assert len(await happened(town, to, Happened.JOIN_CODE_GIVEN)) == int(may), (role, other)
        no_right = role not in ("office", "lead") or (role == "office" and other in LEADS)
        assert len(await happened(town, to, Happened.ACT_REFUSED)) == int(no_right), (role, other)


@pytest.mark.parametrize("role", ROLES)
async def test_who_is_joined_by_a_code(role: str, town: World) -> None:
    """Only somebody whom the register does not know; nobody comes by another's rights, or loses what is theirs."""
    people = await joined(town)
    chat = town.person(ROLES[role][0], role)
    await chat.join()
    await chat.say("hjelp")
    before = await whose(town, chat)
    code = await code_for(people.lead, "Vara Akershus universitetssykehus")
    asked = await chat.press_raw(actions.JOIN_SHOW, {})
    assert (actions.JOIN_USE in verbs(asked)) is (role == "guest")
    said = words(await chat.press_raw(actions.JOIN_USE, {"code": code, "id": demo_id(CHAIR)}))
    assert ("koblet til deg" in said) is (role == "guest"), said
    assert await whose(town, chat) == (demo_id(DEPUTY) if role == "guest" else before)


async def test_the_office_is_asked_who_it_is_for_before_anything_is_made(town: World) -> None:
    people = await joined(town)
    offered = await people.office.say("kode vara akershus")
    assert data_of(offered, actions.JOIN_GIVE) == {"id": demo_id(DEPUTY)}
    assert await happened(town, demo_id(DEPUTY), Happened.JOIN_CODE_GIVEN) == []

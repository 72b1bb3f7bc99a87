"""Where the bot is spoken to: in channels and personal chats, installed twice, blocked and back, by strangers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.faults import Fault
from tests.scenarios.steps import case_of, confirmed, data_of, joined, opened, submitted
from tests.scenarios.world import FIELDS, Chat, World, elements, shown, words

pytestmark = pytest.mark.teams  # a channel and an installation as Teams tells of them; Slack: test_slack_places

CHANNEL = "19:channel@thread.tacv2;messageid=1700000000000"
TITLE = FIELDS["title"]


async def in_channel(chat: Chat, text: str, *, mention: bool = True) -> list[dict[str, Any]]:
    """Says it in a channel; the cards that came there because of it."""
    before = len(chat.world.platform.ledger.of(CHANNEL))
    status, _ = await chat.world.post(chat.persona.in_channel(text, mention=mention))
    assert status in (200, 202)
    await chat.world.settled()
    return [call.card for call in chat.world.platform.ledger.of(CHANNEL)[before:] if call.card]


async def test_without_a_mention_a_channel_is_left_alone(lite: World) -> None:
    people = await joined(lite)
    rows = await lite.rows()
    for text in ("frister", "hjelp", "meld sak", "Skal vi ta lunsj?"):
        assert await in_channel(people.submitter, text, mention=False) == []
    assert await lite.rows() == rows


async def test_in_a_channel_nobody_sees_what_is_somebodys_own(world: World) -> None:
    people = await joined(world)
    await confirmed(people)
    await people.office.press(await people.office.sees("Vurder saken"), "case.return", reason="Tynn.", deadline="16.4.")
    await people.submitter.sees("Tynn.")
    for said in ("mine saker", f"hvor er saken {TITLE}", "meld sak", "fortsett", "send inn", "frister", "hjelp", "ja"):
        (card,) = await in_channel(people.submitter, said)
        assert TITLE not in words(card), said
        assert "venter" not in words(card), said
    (card,) = await in_channel(people.submitter, "mine saker")
    assert "privat chat" in words(card)
    assert "frister" in words((await in_channel(people.submitter, "frister"))[0]).lower()


async def test_a_press_in_a_channel_shows_the_channel_nothing(lite: World) -> None:
    """A button belongs in the chat it was sent to; a press that claims to come from a channel gets no case there."""
    people = await joined(lite)
    case = case_of(await submitted(people.submitter))
    place = {k: people.submitter.persona.in_channel("x")[k] for k in ("conversation", "channelData")}
    for verb in ("case.open", "case.withdraw", "case.text"):
        press = people.submitter.persona.presses(verb, {"id": case, "rev": 3, "reason": "Nei."}, "m1", **place)
        _, body = await lite.post(press)
        await lite.settled()
        assert TITLE not in str(body), verb
    assert all(TITLE not in words(card) for card in lite.platform.ledger.cards.get(CHANNEL, {}).values())
    assert (await lite.case(case)).state == "awaiting_owner"


async def test_the_same_channel_message_again_tells_the_channel_nothing(lite: World) -> None:
    """A question that stands open in somebody's own chat is not asked again in the channel."""
    people = await joined(lite)
    for answer in ("meld sak", "prosjekt", "bp1", "nei til alle", "Hemmelig tittel"):
        await people.submitter.say(answer)
    payload = people.submitter.persona.in_channel("språk bokmål")
    await lite.post(payload)
    await lite.restart()
    before = len(lite.platform.ledger.of(CHANNEL))
    await lite.post(payload)
    await lite.settled()
    assert len(lite.platform.ledger.of(CHANNEL)) == before


async def test_installed_again_and_again_it_welcomes_once(world: World) -> None:
    chat = world.person(1)
    for _ in range(3):
        await world.post(chat.persona.installs())
        await world.post(chat.persona.joins())
    await world.restart()
    await world.post(chat.persona.installs())
    await world.settled()
    assert len([card for card in chat.cards.values() if "Hei! Jeg er Saksgang." in words(card)]) == 1


async def test_removed_and_installed_anew_it_welcomes_again(lite: World) -> None:
    chat = lite.person(1)
    await chat.join()
    await lite.post(chat.persona.installs("remove"))
    await chat.join()
    await lite.settled()
    assert len([card for card in chat.cards.values() if "Hei! Jeg er Saksgang." in words(card)]) == 2


async def test_a_stranger_is_a_guest_who_may_ask_and_submit(lite: World) -> None:
    people = await joined(lite)
    guest = lite.person(777, "Gjest Gjestesen")
    await guest.join()
    assert "Dette kan jeg hjelpe deg med" in words(await guest.say("hjelp"))
    case = case_of(await submitted(guest))
    assert "Gjest Gjestesen sendte inn saken" in words(await people.owner.sees("Bekreft at du står bak"))
    assert "Du har ingen saker ennå" in words(await people.lead.say("mine saker"))
    assert "Jeg finner ingen sak" in words(await people.lead.say(f"hvor er saken {TITLE}"))
    assert (await lite.case(case)).state == "awaiting_owner"


async def test_blocked_it_waits_and_heals_when_the_person_writes(world: World) -> None:
    people = await joined(world)
    world.platform.faults.add(Fault(status=403), conversation=people.owner.persona.chat)
    await submitted(people.submitter)
    await world.platform.wait_for(lambda _: world.platform.faults.played == 1)
    await world.quiet()
    assert TITLE not in shown(people.owner)
    await people.owner.say("hjelp")
    asked = await people.owner.sees("Bekreft at du står bak")
    await people.owner.press(asked, "case.confirm")
    await people.submitter.sees("er bekreftet av prosjekteier")


async def test_somebody_without_the_app_gets_what_waited_when_they_install(lite: World) -> None:
    submitter, owner = lite.person(1), lite.person(2, "Prosjekteier Demo")
    await submitter.join()
    await submitted(submitter)
    await lite.restart()
    await owner.join()
    await owner.sees("Bekreft at du står bak")


async def test_a_busy_platform_is_waited_for(lite: World) -> None:
    people = await joined(lite)
    chat = people.owner.persona.chat
    lite.platform.faults.add(Fault(status=429, retry_after="0"), Fault(status=502, retry_after="0"), conversation=chat)
    await submitted(people.submitter)
    await people.owner.sees("Bekreft at du står bak")
    assert lite.platform.ledger.doubled() == []


async def test_words_that_are_nearly_right_and_words_that_are_not(lite: World) -> None:
    submitter = (await joined(lite)).submitter
    assert "case.start" in str(await submitter.say("medl sak"))
    await submitter.say("avbryt")
    assert "Det forsto jeg ikke" in words(await submitter.say("xyzzy plugh"))


async def test_user_text_makes_no_link_mention_or_format(lite: World) -> None:
    """What was typed stands in runs, which no client parses; the heading is text that parses to itself."""
    people = await joined(lite)
    evil = "[klikk](https://evil.example) <at>alle</at> **fet** {{DATE(2026-01-01)}}"
    form = await opened(people.submitter)
    await people.submitter.press(form, "case.submit", **{**FIELDS, "title": evil, "reason_incomplete": evil})
    asked = await people.owner.sees("Bekreft at du står bak")
    for element in elements(asked):
        if element.get("type") == "TextBlock":
            assert "evil.example" not in element["text"]
        assert not (element.get("type") == "Action.OpenUrl" and "evil" in element["url"])
    assert data_of(asked, "case.confirm")

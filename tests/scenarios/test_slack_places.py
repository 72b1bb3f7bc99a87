"""Where the bot is spoken to in Slack: channels, the slash command, the home, a shortcut; installed and removed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.persona import CHANNEL
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.shapes import event_callback
from tests.fakes.slack.workspace import BOT_USER
from tests.scenarios.pack_steps import SITE, a_course, title
from tests.scenarios.slack_chat import SlackChat
from tests.scenarios.slack_reading import message_card
from tests.scenarios.slack_steps import sent
from tests.scenarios.slack_town import SlackTown, a_slack_world
from tests.scenarios.steps import case_of, confirmed, joined, submitted
from tests.scenarios.world import FIELDS, OFFICE, elements, shown, verbs, words

TITLE = FIELDS["title"]


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    async with a_slack_world(sqlite_url, tmp_path, public_url=SITE) as running:
        yield running


def hands(chat: Any) -> SlackChat:
    assert isinstance(chat, SlackChat)
    return chat


async def given(town: SlackTown, request: SlackRequest) -> list[dict[str, Any]]:
    """Sends it; the cards that came to the channel because of it."""
    before = len(town.channel_posts())
    await sent(town, request)
    await town.settled()
    await town.quiet()
    return town.channel_posts()[before:]


async def test_without_a_mention_a_channel_is_left_alone(town: SlackTown) -> None:
    people = await joined(town)
    rows = await town.rows()
    for text in ("frister", "hjelp", "meld sak", "Skal vi ta lunsj?"):
        said = hands(people.submitter).persona.persona.says(text, channel=CHANNEL, channel_type="channel")
        assert await given(town, said) == []
    assert await town.rows() == rows


async def test_in_a_channel_nobody_sees_what_is_somebodys_own(town: SlackTown) -> None:
    people = await joined(town)
    await confirmed(people)
    await people.office.press(await people.office.sees("Vurder saken"), "case.return", reason="Tynn.", deadline="16.4.")
    await people.submitter.sees("Tynn.")
    person = hands(people.submitter).persona.persona
    for said in ("mine saker", f"hvor er saken {TITLE}", "meld sak", "fortsett", "send inn", "frister", "hjelp", "ja"):
        (card,) = await given(town, person.mentions(said))
        assert TITLE not in words(card), said
        assert "venter" not in words(card), said
    (card,) = await given(town, person.mentions("mine saker"))
    assert "privat chat" in words(card)


async def test_the_slash_command_answers_in_ones_own_chat_wherever_it_is_typed(town: SlackTown) -> None:
    people = await joined(town)
    await submitted(people.submitter)
    person = hands(people.submitter).persona.persona
    before = len(person.messages)
    assert await given(town, person.command("mine saker", CHANNEL)) == []
    assert len(person.messages) == before + 1
    assert TITLE in words(message_card(person.messages[-1].body))
    (whispered,) = town.slack.ledger.whispered(person.id)
    assert TITLE not in whispered.text
    assert whispered.text
    await given(town, person.command("mine saker"))
    assert len(person.messages) == before + 2
    assert len(town.slack.ledger.whispered(person.id)) == 1, "in that chat nothing needs to be said of it"


async def test_milestones_come_to_the_channel_that_the_command_names(town: SlackTown) -> None:
    course = await a_course(town)
    office = hands(course.office).persona.persona
    assert await given(town, hands(course.people.submitter).persona.persona.command("kanal au", CHANNEL))
    await course.accepted(0)
    assert title(0) not in _posted(town), "only the office may say so"
    assert await given(town, office.command("kanal au", CHANNEL))
    case = await course.accepted(1)
    exempt = {"classification": "exempt", "legal_basis": "offl. § 13", "public_title": "Sak om personvern"}
    await course.accepted(2, **exempt)
    await town.quiet()
    assert f"Til arbeidsutvalget: {title(1)}" in _posted(town)
    assert "Sak om personvern" in _posted(town)
    assert title(2) not in _posted(town)
    assert all("conflict.declare" not in verbs(card) for card in town.channel_cards())
    before = len(town.channel_posts())
    await course.on_group(case)
    await town.quiet()
    assert "AU 001-2026" in _posted(town)
    assert len(town.channel_posts()) == before, "drawn anew as the case moves on"


def _posted(town: SlackTown) -> str:
    return "\n".join(words(card) for card in town.channel_cards())


async def test_a_press_in_a_channel_shows_the_channel_nothing(town: SlackTown) -> None:
    people = await joined(town)
    case = case_of(await submitted(people.submitter))
    person = hands(people.submitter)
    for verb in ("case.open", "case.withdraw", "case.text"):
        crafted = person.persona.presses(verb, {"id": case, "rev": 3, "reason": "Nei."})
        payload = crafted.payload | {"channel": {"id": CHANNEL, "name": "fondsstyret"}}
        payload["container"] = payload["container"] | {"channel_id": CHANNEL}
        posts = await given(town, SlackRequest(crafted.kind, payload, crafted.user))
        assert all(TITLE not in words(card) for card in posts), verb
    assert TITLE not in _posted(town)
    assert (await town.case(case)).state == "awaiting_owner"


async def test_opened_again_and_again_it_welcomes_once(town: SlackTown) -> None:
    chat = hands(town.person(1))
    for _ in range(3):
        await chat.join()
    await town.restart()
    await chat.join()
    assert len([card for card in chat.cards.values() if "Hei! Jeg er Saksgang." in words(card)]) == 1


async def test_put_out_of_a_channel_it_says_nothing_more_there(town: SlackTown) -> None:
    course = await a_course(town)
    office = hands(course.office).persona.persona
    assert await given(town, office.command("kanal au", CHANNEL))
    event = {"type": "member_left_channel", "user": BOT_USER, "channel": CHANNEL, "channel_type": "C"}
    left = event_callback(event | {"team": office.user.team, "event_ts": "1767225600.000009"}, 1767225600)
    assert await given(town, SlackRequest("event", left, BOT_USER)) == []
    before = len(town.channel_posts())
    await course.accepted(0)
    await town.quiet()
    assert len(town.channel_posts()) == before
    assert title(0) in shown(course.rep), "the people are told as before"


async def test_the_home_shows_ones_own_and_is_drawn_anew(town: SlackTown) -> None:
    people = await joined(town)
    case = case_of(await submitted(people.submitter))
    owner = hands(people.owner).persona.persona
    await given(town, owner.opens_home())
    assert owner.home is not None
    assert TITLE in owner.home.words
    guest = hands(town.person(99, "Gjest")).persona.persona
    await given(town, guest.opens_home())
    assert guest.home is not None
    assert TITLE not in guest.home.words
    await people.owner.press(await people.owner.sees("Bekreft at du står bak"), "case.confirm")
    await given(town, owner.opens_home())
    assert "Bekreft" not in owner.home.words
    assert (await town.case(case)).state == "submitted"


async def test_a_message_becomes_the_beginning_of_a_case(town: SlackTown) -> None:
    people = await joined(town)
    submitter = hands(people.submitter)
    text = "Vi trenger en felles løsning for kvantekryptering."
    assert await given(town, submitter.persona.persona.shortcut(text)) == []
    window = submitter.persona.persona.modal
    assert window is not None
    assert "Meldingen er tatt med som begynnelsen på saken" in window.words
    kind = {"delivery_form": "project", "case_type": "bp1"}
    ack = await town.slack.deliver(
        town.session, f"{town.url}/slack/events", submitter.persona.persona.submits(window, kind)
    )
    assert ack.action == "update"
    await town.settled()
    second = submitter.persona.persona.modal
    assert second is not None
    assert text in str(second.values)


async def test_user_text_makes_no_link_mention_or_format(town: SlackTown) -> None:
    """In mrkdwn it is escaped and broken up; elsewhere it is plain text, which Slack does not read."""
    people = await joined(town)
    evil = "<https://evil.example|klikk> <!channel> <@U0P1> *fet* https://evil.example/x & :tada:"
    await submitted(people.submitter, title=evil, summary=evil)
    await people.owner.sees("Bekreft at du står bak")
    posted = hands(people.owner).persona.persona.messages
    for text in _mrkdwn(posted):
        for harmful in ("<https://evil", "<!channel>", "<@U0P1>", "*fet*"):
            assert harmful not in text, text
    assert all("evil" not in str(e.get("url", "")) for m in posted for e in elements(m.blocks))
    asked = [m for m in posted if "Bekreft" in m.text]
    assert asked
    assert all("<!channel>" not in m.text for m in posted)


def _mrkdwn(posted: list[Posted]) -> list[str]:
    return [str(e["text"]) for m in posted for e in elements(m.blocks) if e.get("type") == "mrkdwn"]


async def test_the_office_is_known_in_slack_by_the_register_alone(town: SlackTown) -> None:
    """A name proves nothing: somebody who calls themselves the office gets what a guest gets."""
    people = await joined(town)
    case = await confirmed(people)
    impostor = hands(town.person(600, "Porteføljekontor Demo"))
    await impostor.join()
    refused = await impostor.press_raw("case.accept", {"id": case, "rev": (await town.case(case)).rev})
    assert "Saken er klar" not in words(refused)
    assert (await town.case(case)).state == "submitted"
    assert OFFICE == 3

"""Messages, as the real SDK posts them."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.faults import Fault
from tests.fakes.slack.conftest import client_of
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import APP_TOKEN, Channel

SECTION = {"type": "section", "text": {"type": "plain_text", "text": "Saken er meldt"}}


async def test_a_message_stands_in_the_conversation_and_is_redrawn_in_place(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    opened = await client.conversations_open(users=kari.id)
    assert opened["channel"]["id"] == kari.dm
    posted = await client.chat_postMessage(channel=kari.dm, text="Saken er meldt", blocks=[SECTION])
    await client.chat_postMessage(channel=kari.dm, text="En til")
    await client.chat_update(channel=kari.dm, ts=posted["ts"], text="Godkjent")
    assert [message.text for message in kari.messages] == ["Godkjent", "En til"]
    assert [call.method for call in slack.ledger.calls] == [
        "conversations.open",
        "chat.postMessage",
        "chat.postMessage",
        "chat.update",
    ]
    assert slack.violations == []


async def test_a_held_message_keeps_its_old_look(client: AsyncWebClient, kari: Persona) -> None:
    posted = await client.chat_postMessage(channel=kari.id, text="Før", blocks=[SECTION])
    held = kari.messages[0]
    await client.chat_update(channel=kari.dm, ts=posted["ts"], text="Etter")
    assert held.words == "Saken er meldt"
    assert kari.messages[0].words == "Etter"


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-another", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type"), ("", "not_authed")]
)
async def test_the_token_must_be_the_bots(
    slack: FakeSlack, session: aiohttp.ClientSession, kari: Persona, token: str, error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client_of(slack, session, token).chat_postMessage(channel=kari.id, text="Hei")
    assert kari.messages == []


async def test_where_a_message_cannot_go(slack: FakeSlack, client: AsyncWebClient, kari: Persona) -> None:
    slack.workspace.add_channel(Channel("C0ARKIV", "arkiv", archived=True))
    slack.workspace.add_channel(Channel("C0UTEN", "uten", has_bot=False))
    kari.changed(deleted=True)
    expected = {
        "C0UKJENT": "channel_not_found",
        "C0ARKIV": "is_archived",
        "C0UTEN": "not_in_channel",
        kari.dm: "channel_not_found",
        kari.id: "user_disabled",
    }
    for channel, error in expected.items():
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel=channel, text="Hei")
        assert refused.value.response["error"] == error, channel


async def test_blocks_beyond_the_limits_are_refused_and_a_violation(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=kari.id, text="Mye", blocks=[SECTION] * 51)
    assert len(slack.violations) == 1
    assert slack.violations[0].startswith("chat.postMessage: ")
    assert kari.messages == []


async def test_update_and_delete_of_what_is_gone(client: AsyncWebClient, kari: Persona) -> None:
    posted = await client.chat_postMessage(channel=kari.id, text="Hei")
    await client.chat_delete(channel=kari.dm, ts=posted["ts"])
    assert kari.messages == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel=kari.dm, ts=posted["ts"], text="Hei igjen")


async def test_only_one_person_sees_an_ephemeral_answer(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    await client.chat_postMessage(channel=kari.id, text="Hei")
    await client.chat_postEphemeral(channel=kari.dm, user=kari.id, text="Bare du ser dette")
    assert [posted.text for posted in slack.ledger.whispered(kari.id)] == ["Bare du ser dette"]
    assert slack.ledger.whispered("U0ANNEN") == []


async def test_faults_are_played_by_method_and_by_channel(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    await client.chat_postMessage(channel=kari.id, text="Først")
    slack.faults.add(Fault(error="internal_error"), Fault(status=503), conversation="chat.postMessage")
    slack.faults.add(Fault(status=429, retry_after="7"), conversation=kari.dm)
    with pytest.raises(SlackApiError) as throttled:
        await client.chat_postMessage(channel=kari.dm, text="Hei")
    assert throttled.value.response.headers["Retry-After"] == "7"
    with pytest.raises(SlackApiError, match="internal_error"):
        await client.chat_postMessage(channel=kari.dm, text="Hei")
    with pytest.raises(SlackApiError, match="503"):
        await client.chat_postMessage(channel=kari.dm, text="Hei")
    await client.chat_postMessage(channel=kari.dm, text="Hei")
    assert [posted.text for posted in kari.messages] == ["Først", "Hei"]


async def test_a_connection_that_breaks_before_and_after_the_message_is_accepted(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    slack.workspace.open_dm(kari.id)
    slack.faults.add(Fault(reset="before"), Fault(reset="after"))
    for text in ("tapt", "kom fram"):
        with pytest.raises(ClientConnectionError):
            await client.chat_postMessage(channel=kari.dm, text=text)
    assert [posted.text for posted in kari.messages] == ["kom fram"]


async def test_the_same_message_twice_is_seen(slack: FakeSlack, client: AsyncWebClient, kari: Persona) -> None:
    for text in ("En", "To", "En"):
        await client.chat_postMessage(channel=kari.id, text=text)
    assert slack.ledger.doubled() == [f"{kari.dm} En None"]


async def test_a_scope_that_was_not_granted(slack: FakeSlack, client: AsyncWebClient, kari: Persona) -> None:
    slack.workspace.scopes = frozenset({"users:read"})
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=kari.id, text="Hei")
    assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", "chat:write")
    assert "email" not in (await client.users_info(user=kari.id))["user"]["profile"]

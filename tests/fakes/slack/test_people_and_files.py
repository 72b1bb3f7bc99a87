"""Who is in the workspace, and the files of it, through the real SDK."""

from __future__ import annotations

import asyncio
import sys

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.persona import Persona
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, BOT_USER, TEAM


async def test_a_person_is_shown_with_what_decides_whether_to_trust_the_address(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    plain = (await client.users_info(user=kari.id))["user"]
    assert (plain["team_id"], plain["profile"]["email"], plain["is_email_confirmed"]) == (
        TEAM,
        "kari@example.org",
        True,
    )
    assert "locale" not in plain
    assert (await client.users_info(user=kari.id, include_locale=True))["user"]["locale"] == "nb-NO"
    kari.changed(email_confirmed=False, restricted=True, stranger=True, team="T0ANDRE")
    changed = (await client.users_info(user=kari.id))["user"]
    assert (changed["is_email_confirmed"], changed["is_restricted"]) == (False, True)
    assert (changed["is_stranger"], changed["team_id"]) == (True, "T0ANDRE")
    kari.changed(deleted=True)
    gone = (await client.users_info(user=kari.id))["user"]
    assert gone["deleted"] is True
    assert "is_email_confirmed" not in gone


async def test_people_are_found_by_address_unless_they_are_gone(client: AsyncWebClient, kari: Persona) -> None:
    assert (await client.users_lookupByEmail(email="KARI@example.org"))["user"]["id"] == kari.id
    kari.changed(deleted=True)
    with pytest.raises(SlackApiError, match="users_not_found"):
        await client.users_lookupByEmail(email="kari@example.org")


async def test_a_conversation_is_opened_once_and_not_with_everybody(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    assert "already_open" not in (await client.conversations_open(users=kari.id)).data
    assert (await client.conversations_open(users=kari.id))["already_open"] is True
    assert (await client.conversations_info(channel=kari.dm))["channel"]["user"] == kari.id
    stubborn = slack.persona("per", refuses="user_not_visible")
    for user, error in ((BOT_USER, "cannot_dm_bot"), (stubborn.id, "user_not_visible"), ("U0X", "user_not_found")):
        with pytest.raises(SlackApiError, match=error):
            await client.conversations_open(users=user)


async def test_who_the_bot_is(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (BOT_USER, TEAM)


async def test_a_method_that_is_not_there_is_a_violation(slack: FakeSlack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.api_call("chat.shout")
    assert slack.violations == ["unknown method chat.shout"]


async def test_a_file_is_uploaded_in_three_steps(slack: FakeSlack, client: AsyncWebClient, kari: Persona) -> None:
    await client.conversations_open(users=kari.id)
    await client.files_upload_v2(
        channel=kari.dm, filename="referat.pdf", content=b"%PDF-1.7", title="Referat", initial_comment="Her er det"
    )
    [stored] = slack.ledger.files.values()
    assert (stored.name, stored.title, stored.content, stored.shared_in) == (
        "referat.pdf",
        "Referat",
        b"%PDF-1.7",
        kari.dm,
    )
    assert kari.messages[-1].text == "Her er det"
    assert slack.violations == []


async def test_an_upload_of_another_length_is_refused(
    slack: FakeSlack, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    asked = await client.files_getUploadURLExternal(filename="a.txt", length=5)
    async with session.post(asked["upload_url"], data=b"for langt") as response:
        assert response.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": asked["file_id"], "title": "a"}])
    assert len(slack.violations) == 1


async def test_a_file_that_a_person_sent_is_fetched_with_the_bots_token_alone(
    slack: FakeSlack, session: aiohttp.ClientSession, kari: Persona
) -> None:
    [sent] = kari.sends_file("sak.pdf", b"%PDF-1.7", "her").payload["event"]["files"]
    url = sent["url_private_download"]
    async with session.get(url) as response:
        assert (response.status, response.content_type) == (200, "text/html")
    assert len(slack.violations) == 1
    async with session.get(url, headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as response:
        assert (await response.read(), response.content_type) == (b"%PDF-1.7", "application/pdf")


async def test_it_runs_as_a_program() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.slack", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().removeprefix("listening on ").strip()
    async with aiohttp.ClientSession() as session:
        await session.post(f"{url}/_users", json=[{"id": "U0KARI", "name": "kari"}])
        client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{url}/api/", session=session, retry_handlers=[])
        await client.chat_postMessage(channel="U0KARI", text="Hei")
        async with session.get(f"{url}/_messages/D0KARI") as response:
            assert [message["body"]["text"] for message in await response.json()] == ["Hei"]
        asked = await client.files_getUploadURLExternal(filename="a.txt", length=5)
        assert asked["upload_url"].startswith(url)
    process.terminate()
    assert await process.wait() == 0

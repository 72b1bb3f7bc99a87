"""Slack as one way to reach people: sent, redrawn, opened, pictured."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from board.delivery import Address
from bot.channels.base import Channel, Halted, Retry, Sent
from bot.channels.slack.config import NAME
from cards.message import Act, Field, Message, Paragraph, Picture
from tests.bot.channels.slack.outgoing import Outgoing, outgoing
from tests.bot.channels.slack.strange import Strange
from tests.fakes.clock import MONDAY
from tests.fakes.faults import Fault
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_USER, TEAM
from tests.fakes.slack.workspace import Channel as Place

NOTICE = Message("Saken er sendt")
ASKING = Message("Bekreft", buttons=(Act("case.decline", "Avslå", fields=(Field("reason", "text", "Grunn"),)),))
PICTURED = Message("Årshjulet 2026", picture=Picture("typst source", "Møtene i 2026, måned for måned"))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def out(slack: FakeSlack) -> AsyncIterator[Outgoing]:
    async with outgoing(slack) as running:
        yield running


async def test_a_notice_is_sent_and_redrawn(out: Outgoing) -> None:
    channel: Channel = out.channel
    person = out.slack.persona("kari").user
    address = await channel.open(TEAM, person.id, "")
    assert address == Address(NAME, TEAM, "", person.dm, "personal", BOT_USER, TEAM)
    sent = await channel.send(address, Message("first", blocks=(Paragraph("more"),)))
    assert isinstance(sent, Sent)
    (call,) = out.slack.ledger.of("chat.postMessage")
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert call.arguments["text"] == "first"
    assert await channel.update(address, sent.message_id, Message("second")) == sent
    (posted,) = out.slack.ledger.messages(person.dm)
    assert (posted.text, posted.words) == ("second", "second")
    assert out.slack.ledger.doubled() == []


async def test_a_notice_in_a_channel(out: Outgoing) -> None:
    out.slack.workspace.add_channel(Place("C0STYRET", "styret"))
    address = Address(NAME, TEAM, "", "C0STYRET", "channel", BOT_USER, TEAM)
    assert isinstance(await out.channel.send(address, NOTICE), Sent)
    assert out.slack.ledger.latest("C0STYRET").text == "Saken er sendt"


async def test_a_message_that_asks_lies_on_the_shelf(out: Outgoing) -> None:
    drawn = await out.channel.drawn(ASKING)
    ((id_, body),) = out.shelf.bodies.items()
    assert body == "Bekreft"
    assert drawn["blocks"][-1]["text"]["text"] == id_
    assert out.shelf.kept == [MONDAY]
    assert drawn["text"] == "Bekreft"
    await out.channel.drawn(NOTICE)
    assert len(out.shelf.kept) == 1


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"deleted": True}, "user_disabled"),
        ({"refuses": "cannot_dm_bot"}, "cannot_dm_bot"),
        ({"is_bot": True}, "cannot_dm_bot"),
    ],
)
async def test_somebody_who_cannot_be_written_to(out: Outgoing, changes: dict[str, object], word: str) -> None:
    address = out.dm("kari")
    out.slack.workspace.change("U0KARI", **changes)
    assert await out.channel.send(address, NOTICE) == Halted("forbidden", word)
    assert await out.channel.open(TEAM, "U0KARI", "") == Halted("forbidden", word)


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (Place("C0X", "x", archived=True), "is_archived"),
        (Place("C0X", "x", has_bot=False), "not_in_channel"),
        (Place("C0OTHER", "other"), "channel_not_found"),
    ],
)
async def test_a_channel_that_cannot_be_written_in(out: Outgoing, place: Place, word: str) -> None:
    out.slack.workspace.add_channel(place)
    address = Address(NAME, TEAM, "", "C0X", "channel", BOT_USER, TEAM)
    assert await out.channel.send(address, NOTICE) == Halted("forbidden", word)


async def test_a_message_that_is_gone(out: Outgoing) -> None:
    address = out.dm("kari")
    assert await out.channel.update(address, "1.000001", NOTICE) == Halted("gone", "message_not_found")
    nowhere = Address(NAME, TEAM, "", "D0NOBODY", "personal", BOT_USER, TEAM)
    assert await out.channel.update(nowhere, "1.000001", NOTICE) == Halted("gone", "channel_not_found")


async def test_one_try_a_call(out: Outgoing) -> None:
    address = out.dm("kari")
    out.slack.faults.add(Fault(status=429, retry_after="3"), Fault(error="internal_error"))
    assert await out.channel.send(address, NOTICE) == Retry(3.0, throttled=True, detail="ratelimited")
    assert await out.channel.update(address, "1", NOTICE) == Retry(None, throttled=False, detail="internal_error")
    assert out.slack.ledger.calls == []


async def test_nobody_of_another_workspace_is_written_to(out: Outgoing) -> None:
    assert await out.channel.open("T0OTHER", "U0KARI", "") == Halted("forbidden", "another workspace")
    assert await out.channel.open(TEAM, "U0NOBODY", "") == Halted("forbidden", "user_not_found")
    out.slack.bot_token = "xoxb-another"
    async with outgoing(out.slack) as late:
        assert await late.channel.open(TEAM, "U0KARI", "") == Retry(None, throttled=False, detail="invalid_auth")


async def test_a_picture_is_shared_with_words_for_those_who_do_not_see_it(out: Outgoing) -> None:
    address = out.dm("kari")
    assert await out.channel.send(address, PICTURED) == Sent("")
    (stored,) = out.slack.ledger.files.values()
    assert (stored.content, stored.shared_in) == (b"typst source", address.conversation)
    assert stored.title == "Årshjulet 2026"
    (asked,) = out.slack.ledger.of("files.getUploadURLExternal")
    assert asked.arguments["alt_txt"] == "Møtene i 2026, måned for måned"
    assert await out.channel.update(address, "1", PICTURED) == Halted("gone", "a picture cannot be redrawn")


async def test_words_for_a_picture_are_never_too_many(out: Outgoing) -> None:
    wordy = Message("x" * 400, picture=Picture("s", "måned " * 400))
    assert isinstance(await out.channel.send(out.dm("kari"), wordy), Sent)
    (asked,) = out.slack.ledger.of("files.getUploadURLExternal")
    assert 900 < len(asked.arguments["alt_txt"]) <= 1_000
    assert len(out.slack.ledger.of("files.completeUploadExternal")[0].arguments["files"][0]["title"]) <= 250


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_picture_that_did_not_go_out_is_tried_again(out: Outgoing, method: str) -> None:
    address = out.dm("kari")
    out.slack.faults.add(Fault(status=429, retry_after="7"), conversation=method)
    assert await out.channel.send(address, PICTURED) == Retry(7.0, throttled=True, detail="ratelimited")
    assert await out.channel.send(address, PICTURED) == Sent("")
    assert len([file for file in out.slack.ledger.files.values() if file.shared_in]) == 1


async def test_a_picture_goes_to_slacks_own_place_only_and_without_the_token(slack: FakeSlack) -> None:
    async with Strange(200, b"OK", "text/plain") as elsewhere:
        answer = f'{{"ok": true, "file_id": "F1", "upload_url": "{elsewhere.url}/upload"}}'.encode()
        async with Strange(200, answer, "application/json") as api, outgoing(slack, api_url=f"{api.url}/api/") as out:
            refused = await out.channel.send(out.dm("kari"), PICTURED)
            assert refused == Retry(None, throttled=False, detail="upload_host")
        assert elsewhere.came == []


async def test_the_upload_carries_no_token(slack: FakeSlack) -> None:
    answer = b'{"ok": true, "file_id": "F1", "upload_url": "http://127.0.0.1:%d/upload/v1/F1", "files": [%s]}'
    shown = b'{"shares": {"private": {"D0KARI": [{"ts": "5.000001"}]}}}'
    async with Strange(200, b"", "application/json") as api:
        api.answers(answer % (api.port, shown))
        async with outgoing(slack, api_url=f"{api.url}/api/") as out:
            assert await out.channel.send(out.dm("kari"), PICTURED) == Sent("5.000001")
    assert [(path, token is not None) for path, token in api.came] == [
        ("/api/files.getUploadURLExternal", True),
        ("/upload/v1/F1", False),
        ("/api/files.completeUploadExternal", True),
    ]

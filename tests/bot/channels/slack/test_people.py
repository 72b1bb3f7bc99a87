"""Who stands behind an account: only what Slack itself vouches for; and the chat that a person has with the bot."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from board.delivery import Address
from bot.channels.base import Halted, Introduce, Introduced, Retry, Sender
from bot.channels.slack import people as module
from bot.channels.slack.config import NAME
from tests.bot.channels.slack.outgoing import Outgoing, outgoing
from tests.bot.channels.slack.strange import Strange
from tests.fakes.faults import Fault
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_USER, TEAM

KARI = Sender(TEAM, "U0KARI", "U0KARI", "kari", "")
EMAIL = "kari@example.org"
MEMBER: dict[str, object] = {
    "id": "U0KARI",
    "team_id": TEAM,
    "deleted": False,
    "is_email_confirmed": True,
    "profile": {"email": EMAIL},
}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        running.persona("kari", "Kari Nordmann", email=EMAIL)
        yield running


@pytest.fixture
async def out(slack: FakeSlack) -> AsyncIterator[Outgoing]:
    async with outgoing(slack) as running:
        yield running


async def test_a_full_member_with_a_confirmed_address(out: Outgoing) -> None:
    introduce: Introduce = out.people.introduce
    assert await introduce(KARI) == Introduced("Kari Nordmann", EMAIL, "nb-NO")


@pytest.mark.parametrize(
    "changes",
    [
        {"email_confirmed": False},
        {"is_bot": True},
        {"deleted": True},
        {"restricted": True},
        {"ultra_restricted": True},
        {"stranger": True},
        {"team": "T0OTHER"},
    ],
)
async def test_an_address_that_nobody_vouches_for_is_none(out: Outgoing, changes: dict[str, object]) -> None:
    out.slack.workspace.change("U0KARI", **changes)
    assert (await out.people.introduce(KARI)).email == ""


async def test_nobody_of_another_workspace_is_asked_for(out: Outgoing) -> None:
    assert await out.people.introduce(Sender("T0OTHER", "U0KARI", "U0KARI", "kari", "")) == Introduced()
    assert out.slack.ledger.calls == []


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (Fault(error="user_not_found"), "user_not_found"),
        (Fault(error="token_revoked"), "token_revoked"),
        (Fault(status=429, retry_after="3600"), "ratelimited"),
    ],
)
async def test_what_is_not_known_stays_empty(out: Outgoing, fault: Fault, word: str) -> None:
    out.slack.faults.add(fault)
    with capture_logs() as logs:
        assert await out.people.introduce(KARI) == Introduced()
    assert logs[-1]["problem"] == word
    assert "U0KARI" not in str(logs)


async def test_a_hiccup_is_waited_out(out: Outgoing) -> None:
    out.slack.faults.add(Fault(status=429, retry_after="0"))
    assert (await out.people.introduce(KARI)).email == EMAIL


@pytest.mark.parametrize(
    "user",
    [
        None,
        [],
        {},
        MEMBER | {"id": "U0OTHER"},
        MEMBER | {"is_email_confirmed": "true"},
        MEMBER | {"deleted": None},
        MEMBER | {"team_id": None},
        MEMBER | {"profile": []},
        MEMBER | {"profile": {"email": ["kari@example.org"]}},
        MEMBER | {"is_workflow_bot": True},
    ],
)
async def test_an_answer_that_does_not_say_so_plainly_vouches_for_nothing(slack: FakeSlack, user: object) -> None:
    answer = json.dumps({"ok": True, "user": user}).encode()
    async with Strange(200, answer, "application/json") as api, outgoing(slack, api_url=f"{api.url}/api/") as out:
        assert (await out.people.introduce(KARI)).email == ""
        api.answers(json.dumps({"ok": True, "user": MEMBER}).encode())
        assert (await out.people.introduce(KARI)).email == EMAIL


async def test_a_name_is_one_line(out: Outgoing) -> None:
    out.slack.workspace.change("U0KARI", real_name="Kari\n\u202eNordmann " + "x" * 300)
    name = (await out.people.introduce(KARI)).name
    assert name.startswith("Kari Nordmann")
    assert len(name) <= 100


async def test_a_chat_is_opened_once(out: Outgoing) -> None:
    address = await out.people.chat_with("U0KARI")
    assert address == Address(NAME, TEAM, "", "D0KARI", "personal", BOT_USER, TEAM)
    assert await out.people.chat_with("U0KARI") == address
    assert len(out.slack.ledger.of("conversations.open")) == 1


async def test_a_chat_that_could_not_be_opened_is_asked_for_again(out: Outgoing) -> None:
    out.slack.faults.add(Fault(status=429, retry_after="3600"), conversation="conversations.open")
    assert await out.people.chat_with("U0KARI") == Retry(3600.0, throttled=True, detail="ratelimited")
    assert await out.people.chat_with("U0NOBODY") == Halted("forbidden", "user_not_found")
    assert isinstance(await out.people.chat_with("U0KARI"), Address)


async def test_the_chats_that_are_remembered_are_bounded(out: Outgoing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHATS", 2)
    for name in ("ola", "per"):
        out.slack.persona(name)
    for user in ("U0KARI", "U0OLA", "U0KARI", "U0PER", "U0KARI", "U0OLA"):
        await out.people.chat_with(user)
    asked = [call.arguments["users"] for call in out.slack.ledger.of("conversations.open")]
    assert asked == ["U0KARI", "U0OLA", "U0PER", "U0OLA"]

"""What really goes out: the bot's own drawings, judged by a Slack that holds its limits."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channels.base import Sent
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.files import Pictures
from bot.rendering import slack_renderer
from cards.blockkit import load
from cards.message import Act, Banner, Facts, Field, Inputs, Message, Open, Paragraph, Say
from tests.bot.channels.slack.outgoing import Outgoing, outgoing
from tests.fakes.clock import SetClock
from tests.fakes.slack.blocks import elements
from tests.fakes.slack.server import FakeSlack

NASTY = "<!channel> & <@U0KARI> *x* _y_ ~z~ `k` <http://evil.example|klikk> :wave: www.evil.example"
REASON = Field("reason", "long_text", "Grunn", required=True)
CASE = Message(
    "Sak 012-2026: bekreft",
    blocks=(Banner("Frist torsdag 2. april"), Facts((("Sak", "012-2026"), ("Av", NASTY))), Paragraph(NASTY)),
    buttons=(
        Act("case.confirm", "Bekreft", {"id": "c1", "rev": 2}, style="positive"),
        Act("case.decline", "Avslå", {"id": "c1", "rev": 2}, fields=(REASON,)),
        Say("Hjelp", "hjelp"),
        Open("Se saken", "https://example.org/sak"),
    ),
    why="Du får denne fordi du er prosjekteier",
)


@pytest.fixture
async def out() -> AsyncIterator[Outgoing]:
    async with FakeSlack() as slack, outgoing(slack) as running:
        channel = SlackChannel(
            running.web,
            Pictures(running.web, running.session, running.config),
            slack_renderer(),
            running.shelf,
            SetClock(),
            running.config,
        )
        yield replace(running, channel=channel)
        assert slack.violations == []


async def test_a_case_in_slack_with_the_form_of_the_button_that_asks(out: Outgoing) -> None:
    address = out.dm("kari")
    assert isinstance(await out.channel.send(address, CASE), Sent)
    posted = out.slack.ledger.latest(address.conversation)
    values = {element["action_id"]: element.get("value", "") for _, element in elements(posted.blocks)}
    assert json.loads(values["case.confirm"]) == {"id": "c1", "rev": 2}
    asking = json.loads(values["case.decline"])
    assert (asking["id"], asking["rev"], asking["act"]) == ("c1", 2, 1)
    shelved = await out.shelf.get(asking["form"])
    assert shelved is not None
    assert load(shelved).title == CASE.title


async def test_the_line_on_a_phone_can_neither_mention_nor_format_nor_link(out: Outgoing) -> None:
    address = out.dm("kari")
    assert isinstance(await out.channel.send(address, Message(NASTY)), Sent)
    text = out.slack.ledger.latest(address.conversation).text
    assert "<" not in text
    assert "&lt;!channel&gt;" in text.replace("\u2060", "")
    assert "www.evil.example" not in text


@pytest.mark.parametrize(("language", "word"), [("nb", "Må fylles ut"), ("en", "Must be filled in")])
async def test_it_is_drawn_in_the_readers_language(out: Outgoing, language: str, word: str) -> None:
    form = Message("Skjema", blocks=(Inputs((REASON,)),), buttons=(Act("case.save", "OK"),), language=language)  # type: ignore[arg-type]  # one of them
    drawn = await out.channel.drawn(form)
    assert word in json.dumps(drawn["blocks"], ensure_ascii=False)

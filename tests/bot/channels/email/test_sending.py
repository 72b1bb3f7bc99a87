"""What the server gets when all goes well, and the connections it gets it over."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from board.delivery import Address
from bot.channels.base import Channel, Halted, Sent
from bot.channels.email import line
from bot.channels.email.channel import EmailChannel
from cards.message import Message
from tests.bot.channels.email.support import MESSAGE, SENDER, channel_to, to
from tests.fakes.clock import SetClock
from tests.fakes.smtp import FakeSmtp


async def test_a_mail_arrives_whole(smtp: FakeSmtp) -> None:
    async with channel_to(smtp.port, chat_url="https://chat.example/") as running:
        channel: Channel = running
        outcome = await channel.send(to("eier@example.org"), replace(MESSAGE, language="nb"))
    (delivery,) = smtp.deliveries
    mail = delivery.message
    assert outcome == Sent(mail["Message-ID"])
    assert (delivery.sender, delivery.recipients) == (SENDER, ("eier@example.org",))
    assert (mail["From"], mail["To"]) == (f"Styret <{SENDER}>", "eier@example.org")
    assert mail["Subject"] == "Bekreft sak 012-2026"
    assert mail["Date"].datetime == SetClock().now()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Content-Language"] == "nb"
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert {part.get_content_charset() for part in (text, html)} == {"utf-8"}
    for part in (text, html):
        content = part.get_content()
        for words in ("Bekreft sak 012-2026", "Saken venter på deg.", "torsdag 16. april", "fordi du er prosjekteier"):
            assert words in content
    assert not mail.defects
    delivery.raw.decode("ascii")
    assert max(map(len, delivery.raw.split(b"\r\n"))) <= 998


async def test_lines_that_start_with_a_dot_arrive(channel: EmailChannel, smtp: FakeSmtp) -> None:
    await channel.send(to("a@example.org"), Message("Sak", why=".\n..\n.slutt"))
    (mail,) = smtp.mails
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[-3:] == [".", "..", ".slutt"]


async def test_the_same_delivery_has_the_same_id(smtp: FakeSmtp) -> None:
    clock = SetClock()
    async with channel_to(smtp.port, clock) as channel:
        first = await channel.send(to("a@example.org"), MESSAGE)
        clock.move(hours=1)
        again = await channel.send(to("a@example.org"), MESSAGE)
        others = [
            await channel.send(to("b@example.org"), MESSAGE),
            await channel.send(to("a@example.org"), replace(MESSAGE, title="Bekreft sak 013-2026")),
            await channel.send(to("a@example.org"), replace(MESSAGE, why="Du får denne fordi du spurte.")),
        ]
        clock.move(days=1)
        others.append(await channel.send(to("a@example.org"), MESSAGE))
    assert isinstance(first, Sent)
    assert first == again
    assert len({first, *others}) == 5
    assert first.message_id.endswith("@styret.example>")


async def test_a_mail_is_neither_redrawn_nor_opened(channel: EmailChannel, smtp: FakeSmtp) -> None:
    updated = await channel.update(to("a@example.org"), "<x@y>", MESSAGE)
    assert updated == Halted("gone", "a mail cannot be redrawn")
    opened = await channel.open("tenant", "user", "")
    assert opened == Halted("refused", "a mail address is needed")
    assert channel.address_of("a@example.org") == Address("email", "", "", "a@example.org", "personal", SENDER)
    assert smtp.connections == 0


async def test_twenty_at_once_go_over_two_connections(channel: EmailChannel, smtp: FakeSmtp) -> None:
    people = [f"person{number}@example.org" for number in range(20)]
    outcomes = await asyncio.gather(*(channel.send(to(person), MESSAGE) for person in people))
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert sorted(mail["To"] for mail in smtp.mails) == sorted(people)
    assert smtp.connections == smtp.most_at_once == 2


async def test_one_after_the_other_goes_over_one_connection(channel: EmailChannel, smtp: FakeSmtp) -> None:
    for _ in range(3):
        assert isinstance(await channel.send(to("a@example.org"), MESSAGE), Sent)
    assert smtp.connections == 1
    await channel.close()
    await smtp.wait_for(lambda server: server.open_now == 0)
    assert smtp.commands[-1] == "QUIT"


async def test_a_connection_carries_only_so_many(channel: EmailChannel, smtp: FakeSmtp) -> None:
    for _ in range(line.MOST_MAILS + 1):
        await channel.send(to("a@example.org"), MESSAGE)
    assert len(smtp.mails) == line.MOST_MAILS + 1
    assert smtp.connections == 2
    assert smtp.most_at_once == 1


async def test_an_idle_connection_is_let_go(
    channel: EmailChannel, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "IDLE_SECONDS", 0.01)
    assert isinstance(await channel.send(to("a@example.org"), MESSAGE), Sent)
    await smtp.wait_for(lambda server: server.open_now == 0)
    assert isinstance(await channel.send(to("a@example.org"), MESSAGE), Sent)
    assert smtp.connections == 2

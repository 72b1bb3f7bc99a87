"""What may go wrong between us and the server, and what is said of it: again, never, or not just now."""

from __future__ import annotations

import asyncio
import json
import logging
import socket

import pytest
from structlog.testing import capture_logs

from bot.channels.base import Halted, Outcome, Retry, Sent
from bot.channels.email import channel as channel_module
from bot.channels.email import line
from bot.channels.email.channel import EmailChannel
from tests.bot.channels.email.support import MESSAGE, PASSWORD, SENDER, channel_to, to
from tests.fakes.clock import SetClock
from tests.fakes.faults import Fault
from tests.fakes.smtp import FakeSmtp

ONE = to("kari.nordmann@example.org")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def retry(outcome: Outcome) -> Retry:
    assert isinstance(outcome, Retry), outcome
    return outcome


async def test_a_refused_recipient_is_final_and_stops_nobody_else(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.refuse("kari.nordmann@example.org", 550, "5.1.1 no such user")
    assert await channel.send(ONE, MESSAGE) == Halted("refused", "smtp 550")
    assert isinstance(await channel.send(to("b@example.org"), MESSAGE), Sent)
    assert smtp.connections == 1
    smtp.refuse("kari.nordmann@example.org", 0)
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        (450, "4.2.1 mailbox busy", Retry(None, False, "smtp 450")),
        (451, "try later", Retry(None, False, "smtp 451")),
        (452, "4.2.2 full", Retry(None, False, "smtp 452")),
        (450, "4.7.1 greylisted", Retry(60.0, True, "smtp 450")),
        (451, "4.7.500 server busy", Retry(60.0, True, "smtp 451")),
        (421, "4.3.2 closing", Retry(60.0, True, "smtp 421")),
        (553, "5.1.3 bad address", Halted("refused", "smtp 553")),
    ],
)
async def test_the_reply_says_what_to_do(
    channel: EmailChannel, smtp: FakeSmtp, code: int, words: str, expected: Outcome
) -> None:
    smtp.refuse("*", code, words)
    assert await channel.send(ONE, MESSAGE) == expected


async def test_a_temporary_refusal_passes(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.faults.add(Fault(status=451))
    assert await channel.send(ONE, MESSAGE) == Retry(None, throttled=False, detail="smtp 451")
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)


@pytest.mark.parametrize(
    "mailbox",
    [
        "", "kari", "kari@", "@example.org", "a@b@example.org", "Kari <a@example.org>", "<a@example.org>",
        "a@example.org\r\nRCPT TO:<b@example.org>", "a@example.org\n", "a b@example.org", "a..b@example.org",
        '"a b"@example.org', "a@exa mple.org", "a@-example.org", "kåre@example.org", "a@example.org,b@example.org",
        "a@[127.0.0.1]", "=?utf-8?q?a?=@example.org", "a" * 65 + "@example.org", "a@" + "b." * 126 + "no",
    ],
)  # fmt: skip
async def test_a_malformed_mailbox_never_reaches_the_server(
    channel: EmailChannel, smtp: FakeSmtp, mailbox: str
) -> None:
    assert await channel.send(to(mailbox), MESSAGE) == Halted("refused", "not a plain mail address")
    assert smtp.connections == 0


@pytest.mark.parametrize("mailbox", ["a@example.org", "ola.o'hara+x@post.hso.example", "a@localhost"])
async def test_a_plain_mailbox_does(channel: EmailChannel, smtp: FakeSmtp, mailbox: str) -> None:
    assert isinstance(await channel.send(to(mailbox), MESSAGE), Sent)
    assert smtp.deliveries[0].recipients == (mailbox,)
    assert smtp.mails[0]["To"] == mailbox


async def test_a_connection_lost_before_the_mail_was_taken(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.faults.add(Fault(reset="before"))
    assert retry(await channel.send(ONE, MESSAGE)) == Retry(None, False, "the connection to the mail server was lost")
    assert smtp.mails == []
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)
    assert len(smtp.mails) == 1


async def test_a_mail_doubled_by_a_lost_answer_is_known_by_its_id(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.faults.add(Fault(reset="after"))
    retry(await channel.send(ONE, MESSAGE))
    again = await channel.send(ONE, MESSAGE)
    first, second = smtp.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert again == Sent(first["Message-ID"])


async def test_a_server_that_closed_is_called_again(channel: EmailChannel, smtp: FakeSmtp) -> None:
    await channel.send(ONE, MESSAGE)
    await smtp.break_all()
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)
    assert (smtp.connections, len(smtp.mails)) == (2, 2)


async def test_a_server_that_is_down_and_comes_back() -> None:
    clock, port = SetClock(), free_port()
    async with channel_to(port, clock) as channel:
        assert await channel.send(ONE, MESSAGE) == Retry(None, False, "the mail server cannot be reached")
        meanwhile = retry(await channel.send(ONE, MESSAGE))
        assert (meanwhile.after, meanwhile.throttled) == (5.0, True)
        clock.move(hours=-1)
        assert not retry(await channel.send(ONE, MESSAGE)).throttled
    async with FakeSmtp() as smtp, channel_to(smtp.port, clock) as channel:
        smtp.greeting = "421 4.3.2 not now"
        assert retry(await channel.send(ONE, MESSAGE)).throttled
        smtp.greeting = "220 back"
        retry(await channel.send(ONE, MESSAGE))
        assert smtp.connections == 1
        clock.move(seconds=5)
        assert isinstance(await channel.send(ONE, MESSAGE), Sent)
        assert isinstance(await channel.send(ONE, MESSAGE), Sent)


async def test_a_server_that_falls_silent(
    channel: EmailChannel, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "COMMAND_SECONDS", 0.05)
    smtp.faults.add(Fault(delay=30))
    assert await channel.send(ONE, MESSAGE) == Retry(None, False, "the mail server does not answer")
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)
    assert smtp.connections == 2


async def test_a_whole_send_has_an_end(channel: EmailChannel, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_module, "WHOLE_SEND_SECONDS", 0.2)
    smtp.faults.add(*[Fault(delay=30)] * 6, conversation="slow@example.org")
    outcomes = await asyncio.gather(*(channel.send(to("slow@example.org"), MESSAGE) for _ in range(6)))
    assert {retry(outcome).detail for outcome in outcomes} == {"the mail server does not answer"}
    monkeypatch.undo()
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)


async def test_a_caller_that_gives_up_leaves_no_half_mail(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.faults.add(Fault(delay=30), conversation="slow@example.org")
    sending = asyncio.create_task(channel.send(to("slow@example.org"), MESSAGE))
    await smtp.wait_for(lambda server: "." in server.commands)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await smtp.wait_for(lambda server: server.open_now == 0)  # the next answer would be the given-up mail's
    assert isinstance(await channel.send(ONE, MESSAGE), Sent)
    assert [mail["To"] for mail in smtp.mails] == ["kari.nordmann@example.org"]


async def test_the_logs_and_the_outcomes_hold_nothing_of_anybody(
    smtp: FakeSmtp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outcomes: list[Outcome] = []
    smtp.users = {"bot": "another"}
    said = "550 5.1.1 <kari.nordmann@example.org> unknown"
    with capture_logs() as lines:
        async with channel_to(smtp.port, user="bot", password=PASSWORD) as channel:
            outcomes.append(await channel.send(ONE, MESSAGE))
        smtp.users = {}
        async with channel_to(smtp.port) as channel:
            smtp.refuse("*", 550, said)
            outcomes.append(await channel.send(ONE, MESSAGE))
            smtp.refuse("*", 451, said)
            outcomes.append(await channel.send(ONE, MESSAGE))
            smtp.refuse("*", 0)
            smtp.faults.add(Fault(reset="before"))
            outcomes.append(await channel.send(ONE, MESSAGE))
            outcomes.append(await channel.send(to("Kari Nordmann"), MESSAGE))
    seen = json.dumps(lines, default=repr) + caplog.text + repr(outcomes)
    assert seen.count("mail_not_sent") == 3
    for secret in ("nordmann", "Nordmann", SENDER, PASSWORD, "another", "012-2026", "unknown"):
        assert secret not in seen

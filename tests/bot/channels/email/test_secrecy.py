"""The way to the server: encrypted where the settings say so, or not at all; and the login."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from bot.channels.base import Retry, Sent
from bot.channels.email.config import EmailConfig
from tests.bot.channels.email.support import MESSAGE, PASSWORD, channel_to, config, to
from tests.fakes.certificates import tls_for
from tests.fakes.smtp import FakeSmtp

ONE = to("a@example.org")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return tls_for("localhost", tmp_path_factory.mktemp("tls"))


Contexts = tuple[ssl.SSLContext, ssl.SSLContext]


async def test_starttls_then_login(tls: Contexts) -> None:
    server, client = tls
    async with (
        FakeSmtp(tls=server, users={"bot": PASSWORD}) as smtp,
        channel_to(
            smtp.port, host="localhost", security="starttls", tls=client, user="bot", password=PASSWORD
        ) as channel,
    ):
        for _ in range(2):
            assert isinstance(await channel.send(ONE, MESSAGE), Sent)
        assert [(d.encrypted, d.user, d.connection) for d in smtp.deliveries] == [(True, "bot", 1)] * 2
        assert smtp.commands.index("STARTTLS") < smtp.commands.index("AUTH")


async def test_tls_from_the_first_byte(tls: Contexts) -> None:
    server, client = tls
    async with (
        FakeSmtp(tls=server, implicit=True) as smtp,
        channel_to(smtp.port, host="localhost", security="tls", tls=client) as channel,
    ):
        assert isinstance(await channel.send(ONE, MESSAGE), Sent)
        assert smtp.deliveries[0].encrypted
        assert "STARTTLS" not in smtp.commands


async def test_a_server_without_starttls_gets_no_mail_and_no_password() -> None:
    async with (
        FakeSmtp(users={"bot": PASSWORD}) as smtp,
        channel_to(smtp.port, security="starttls", user="bot", password=PASSWORD) as channel,
    ):
        outcome = await channel.send(ONE, MESSAGE)
        assert outcome == Retry(
            None, throttled=False, detail="the mail server lacks STARTTLS or AUTH, which the settings ask for"
        )
        assert set(smtp.commands) <= {"EHLO", "QUIT"}
        assert smtp.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_stranger_with_another_certificate_gets_nothing(tls: Contexts, tmp_path: Path, security: str) -> None:
    _, client = tls
    stranger, _ = tls_for("localhost", tmp_path)
    async with (
        FakeSmtp(tls=stranger, implicit=security == "tls") as smtp,
        channel_to(smtp.port, host="localhost", security=security, tls=client) as channel,
    ):
        outcome = await channel.send(ONE, MESSAGE)
        assert isinstance(outcome, Retry)
        assert "certificate" in outcome.detail
        assert smtp.mails == []
        assert "MAIL" not in smtp.commands


async def test_a_certificate_for_another_name_is_not_believed(tls: Contexts) -> None:
    server, client = tls
    async with (
        FakeSmtp(tls=server) as smtp,
        channel_to(smtp.port, host="127.0.0.1", security="starttls", tls=client) as channel,
    ):
        outcome = await channel.send(ONE, MESSAGE)
        assert isinstance(outcome, Retry)
        assert "certificate" in outcome.detail


async def test_a_refused_login_names_the_settings() -> None:
    async with (
        FakeSmtp(users={"bot": PASSWORD}) as smtp,
        channel_to(smtp.port, user="bot", password="wrong") as channel,
    ):
        outcome = await channel.send(ONE, MESSAGE)
        assert outcome == Retry(
            None,
            throttled=False,
            detail="the mail server refused SAKSGANG_SMTP_USER and SAKSGANG_SMTP_PASSWORD (smtp 535)",
        )


def test_a_password_is_never_shown() -> None:
    assert PASSWORD not in repr(config(25, user="bot", password=PASSWORD))


@pytest.mark.parametrize("sender", ["", "Styret", "a@b\r\nBcc: c@d", "Styret <a@example.org>"])
def test_no_edge_without_a_sender(sender: str) -> None:
    with pytest.raises(ValueError, match="plain mail address"):
        EmailConfig("localhost", 25, "none", sender)

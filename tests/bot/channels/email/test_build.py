"""From the settings to a channel, and what the settings may not say."""

from __future__ import annotations

import email
from dataclasses import replace
from email.policy import default
from typing import Any

import pytest

from board.mandate import Mandate
from board.mandate_file import read_mandate
from bot.channels.base import Sent
from bot.channels.email.build import build_email, email_config
from bot.settings import SHIPPED_MANDATE, Problems, Settings, load_settings, mail_problems
from tests.bot.channels.email.support import MESSAGE, PASSWORD, to
from tests.fakes.clock import SetClock
from tests.fakes.smtp import FakeSmtp

HOST = "smtp.hso.example"
FROM = "saksgang@hso.example"


@pytest.fixture(scope="module")
def mandate() -> Mandate:
    return read_mandate(SHIPPED_MANDATE.read_text(encoding="utf-8"))


def given_settings(**values: Any) -> Settings:
    return load_settings(**values)


async def test_a_mail_from_the_settings(mandate: Mandate) -> None:
    async with FakeSmtp(users={"bot": PASSWORD}) as smtp:
        settings = given_settings(
            app_id="app-1", smtp_host="127.0.0.1", smtp_port=smtp.port, smtp_security="none", mail_from=FROM,
            smtp_user="bot", smtp_password=PASSWORD,
        )  # fmt: skip
        channel = build_email(settings, mandate, SetClock())
        assert channel is not None
        outcome = await channel.send(to("a@example.org"), replace(MESSAGE, language="nb"))
        await channel.close()
        (delivery,) = smtp.deliveries
    assert outcome == Sent(delivery.message["Message-ID"])
    assert delivery.user == "bot"
    assert delivery.message["From"] == f"Regionalt porteføljestyre <{FROM}>"
    body = email.message_from_bytes(delivery.raw, policy=default).get_body(("plain",))
    assert body is not None
    assert "Svar i Teams: https://teams.microsoft.com/l/chat/0/0?users=28:app-1" in body.get_content()


def test_no_server_no_mail(mandate: Mandate) -> None:
    assert build_email(given_settings(), mandate, SetClock()) is None
    assert email_config(given_settings(smtp_host=HOST, mail_from=FROM), mandate).chat_url == ""


@pytest.mark.parametrize(
    ("values", "local", "named"),
    [
        ({}, False, ()),
        ({"mail_from": FROM}, True, ()),
        ({"smtp_host": HOST, "mail_from": FROM}, False, ()),
        ({"smtp_host": HOST, "mail_from": FROM, "smtp_security": "tls"}, False, ()),
        ({"smtp_host": "localhost", "mail_from": FROM, "smtp_security": "none"}, False, ()),
        ({"smtp_host": "127.0.0.1", "mail_from": FROM, "smtp_security": "none"}, True, ()),
        ({"smtp_host": HOST}, False, ("SAKSGANG_MAIL_FROM",)),
        ({"smtp_host": HOST, "mail_from": "Styret <a@b.no>"}, False, ("SAKSGANG_MAIL_FROM",)),
        ({"smtp_host": f"{HOST}\r\nX", "mail_from": FROM}, False, ("SAKSGANG_SMTP_HOST",)),
        ({"smtp_host": HOST, "mail_from": FROM, "smtp_security": "none"}, False, ("SAKSGANG_SMTP_SECURITY",)),
        ({"smtp_host": HOST, "mail_from": FROM, "smtp_user": "u"}, False, ("SAKSGANG_SMTP_PASSWORD",)),
        ({"smtp_host": HOST, "mail_from": FROM, "smtp_password": PASSWORD}, False, ("SAKSGANG_SMTP_USER",)),
        ({"smtp_host": HOST, "mail_from": FROM}, True, ("--local",)),
        ({"smtp_host": HOST, "smtp_user": "u"}, True, ("SAKSGANG_MAIL_FROM", "SAKSGANG_SMTP_PASSWORD", "--local")),
    ],
)
def test_every_problem_is_named_at_once(values: dict[str, Any], local: bool, named: tuple[str, ...]) -> None:
    problems = mail_problems(given_settings(**values), local=local)
    assert len(problems) == len(named)
    for problem, name in zip(problems, named, strict=True):
        assert name in problem
        assert PASSWORD not in problem


def test_the_password_is_not_in_the_settings_words() -> None:
    assert PASSWORD not in repr(given_settings(smtp_password=PASSWORD))


@pytest.mark.parametrize(("name", "value"), [("smtp_port", 0), ("smtp_port", 70000), ("smtp_security", "ssl")])
def test_a_setting_that_cannot_be_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(Problems, match=f"SAKSGANG_{name.upper()}"):
        given_settings(**{name: value})

"""Where a mail says that one answers: on the page, in the chats one has, or to the office. In both halves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cards.i18n import use
from cards.mail import Mail, to_mail
from cards.message import Act, Answering, Language, Message, Say

CHAT = "https://teams.example/l/chat"
URL = "https://saksgang.example.org/answer/abc-_1"
UNTIL = datetime(2026, 4, 9, 22, tzinfo=UTC)
ASKS = Message("Kommer du?", buttons=(Act("meeting.attend", "Kommer"), Say("Frister", "frister")))


def mail(answering: Answering | None, chat_url: str = CHAT, language: Language = "nb") -> Mail:
    with use(language):
        return to_mail(replace(ASKS, answering=answering), chat_url=chat_url)


def test_with_a_page_it_is_named_first_with_how_long_it_lives_and_what_it_takes() -> None:
    drawn = mail(Answering(("teams",), URL, UNTIL, ("Kommer", "Vara (Hvem?)")))
    assert f"Svar her: {URL}\n" in drawn.text
    assert "én gang, til og med torsdag 9. april 2026" in drawn.text, "the last whole day in Oslo"
    assert "Dette kan du svare:\n- Kommer\n- Vara (Hvem?)" in drawn.text
    assert f"Du kan også svare i Teams: {CHAT}" in drawn.text
    assert "Frister" not in drawn.text
    assert f'<a href="{URL}" rel="noopener noreferrer">Svar her</a>' in drawn.html
    assert "torsdag 9. april 2026" in drawn.html


def test_what_the_page_asks_beside_the_message_is_said() -> None:
    assert "Habilitet: Styremøte\n- Ingen" in mail(Answering((), URL, UNTIL, ("Ingen",), "Habilitet: Styremøte")).text


@pytest.mark.parametrize(
    ("chats", "chat_url", "said"),
    [
        (("teams",), CHAT, f"Svar i Teams: {CHAT}"),
        (("teams",), "", "Svar i Teams."),
        (("slack",), CHAT, "Svar i Slack."),
        (("slack", "teams"), CHAT, f"Svar i Slack, eller i Teams: {CHAT}"),
        (("slack", "teams"), "", "Svar i Teams eller Slack."),
        ((), CHAT, "Svar til porteføljekontoret."),
    ],
)
def test_without_a_page_it_names_the_chats_that_the_reader_has(
    chats: tuple[str, ...], chat_url: str, said: str
) -> None:
    drawn = mail(Answering(chats), chat_url)
    assert f"\n\n{said}\n" in drawn.text
    assert ("Teams" in drawn.text) == ("teams" in chats)
    assert ("Frister" in drawn.text) == bool(chats), "who has no chat can write no command"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org/answer/x", "https://a b\nc"])
def test_an_address_that_is_no_link_is_none(url: str) -> None:
    drawn = mail(Answering(("teams",), url, UNTIL, ("Kommer",)))
    assert "Svar her" not in drawn.text + drawn.html
    assert "Svar i Teams" in drawn.text

"""Nothing that anybody typed gets out of the header it was put in, and every header reads back as it was."""

from __future__ import annotations

import email
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.email.compose import compose
from cards.mail import to_mail
from cards.message import Message
from cards.safe import WORD_JOINER, one_line
from tests.bot.channels.email.support import SENDER, config
from tests.fakes.clock import MONDAY

HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
    "Content-Type", "Content-Language",
]  # fmt: skip
HOSTILE = (
    "Sak\r\nBcc: spion@evil.example",
    "Sak\nContent-Type: text/html\n\n<script>",
    "Sak\u2028Bcc: spion@evil.example",
    "Sak\x00\x0b\x0cBcc: x",
    "=?utf-8?q?Sak=0D=0ABcc:_spion=40evil.example?=",
    "=?utf-8?b?U2FrDQpCY2M6IHg=?=",
    "=?iso-8859-1?q?=E6?= og =?utf-8?q?=E2=80=AE?=",
    'Styret" <spion@evil.example>, "',
    "Styret, Leder <a@b>; (x) \\",
    "\u202egpj.exe",
    "ærlig " * 60,
    "x" * 300,
    "😀" * 120,
)


def composed(title: str, name: str = "Styret") -> bytes:
    message = Message(title, why=title)
    data = compose(to_mail(message), message, "a@example.org", config(25, sender_name=name), MONDAY).data
    head = data.split(b"\r\n\r\n", 1)[0]
    assert all(len(row) <= 120 for row in head.split(b"\r\n"))
    data.decode("ascii")
    return data


def read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=default)


def words_of(data: bytes, header: str) -> str:
    """As the older reader has it: the newer puts a blank between two encoded words of a name."""
    return str(make_header(decode_header(email.message_from_bytes(data)[header].replace("\r\n", ""))))


def assert_as_it_should_be(mail: EmailMessage, title: str) -> None:
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["To"] == "a@example.org"
    assert [address.addr_spec for address in mail["From"].addresses] == [SENDER]
    subject = str(mail["Subject"]).replace(WORD_JOINER, "")
    shown = one_line(title).replace(WORD_JOINER, "")
    assert subject == shown or (len(shown) > 250 and shown.startswith(subject.removesuffix("…").rstrip()))
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_and_names_stay_where_they_are(text: str) -> None:
    data = composed(text, name=text)
    assert_as_it_should_be(read(data), text)
    assert words_of(data, "From") == f"{one_line(text)} <{SENDER}>"
    assert "\n" not in words_of(data, "Subject")


@given(st.text(max_size=200), st.text(max_size=60))
@example("a" * 70 + " =?utf-8?q?", "b")
@example("", "0000¡¡¡¡¡¡¡¡ࠀשׁ𐀀𐀀𐀀𐀀")
@settings(max_examples=200, deadline=None)
def test_any_title_and_name_make_a_mail(title: str, name: str) -> None:
    data = composed(title, name=name)
    assert_as_it_should_be(read(data), title)
    assert words_of(data, "From") == f"{one_line(name)} <{SENDER}>".strip()


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_reads_back_as_it_was_drawn(text: str) -> None:
    message = Message("Sak", why=text)
    data = compose(to_mail(message), message, "a@example.org", config(25), MONDAY).data
    body = read(data).get_body(("plain",))
    assert body is not None
    assert "\n".join(str(body.get_content()).splitlines()).split() == to_mail(message).text.split()

"""A message as a mail that can be read everywhere, with the same content as the card.

Nothing can be pressed in a mail: what could be done is told in words, with where to do it (``cards.mail_answer``).
"""

from __future__ import annotations

from dataclasses import dataclass

from cards.i18n import _
from cards.mail_answer import Way, ways_to_answer
from cards.mail_html import to_html
from cards.message import Message, Open
from cards.plain import block_text, to_summary
from cards.safe import is_https, one_line, unlinked, unstyled


@dataclass(frozen=True, slots=True)
class Mail:
    """``subject`` is one line; ``text`` and ``html`` say the same."""

    subject: str
    text: str
    html: str


def to_mail(message: Message, *, chat_url: str = "") -> Mail:
    """The mail in the current language. ``chat_url`` (https) opens the chat where the person can answer."""
    url = chat_url if is_https(chat_url) else ""
    return Mail(unlinked(to_summary(message)), _text(message, url), to_html(message, url))


def _text(message: Message, chat_url: str) -> str:
    parts = [
        unstyled(one_line(message.title)),
        unstyled(message.picture.alt) if message.picture else "",
        *(unstyled(block_text(block)) for block in message.blocks),
        _what_to_do(message, chat_url),
        _links(message),
        _("Boten leser ikke svar på e-post."),
        unstyled(message.why),
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _what_to_do(message: Message, chat_url: str) -> str:
    return "\n\n".join(_way(way) for way in ways_to_answer(message, chat_url))


def _way(way: Way) -> str:
    where = f"{way.words}: {way.url}" if way.url else way.words
    items = [f"- {unstyled(one_line(item))}" for item in way.items]
    return "\n".join([where, *way.notes, *([unstyled(way.heading)] if items else []), *items])


def _links(message: Message) -> str:
    return "\n".join(_link(button) for button in message.buttons if isinstance(button, Open))


def _link(button: Open) -> str:
    url = button.url.replace(" ", "%20") if is_https(button.url) else unstyled(one_line(button.url))
    return f"{unstyled(one_line(button.label))}: {url}"

"""Where the reader of a mail answers: the page behind its link, a chat, or the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from board.answer_link import last_day
from cards.formats import weekday_date
from cards.i18n import _
from cards.message import Act, Answering, Message, Open
from cards.plain import button_text
from cards.safe import may_be_opened

_ANYWHERE: Final = Answering()


@dataclass(frozen=True, slots=True)
class Way:
    """``words`` before a list of what can be done there; ``url`` opens it, where it is not empty.

    ``notes`` stand below. Nothing is made harmless yet.
    """

    words: str
    url: str = ""
    notes: tuple[str, ...] = ()
    heading: str = ""
    items: tuple[str, ...] = ()


def ways_to_answer(message: Message, chat_url: str) -> tuple[Way, ...]:
    """Empty where nothing can be done. ``chat_url`` (https) opens the chat in Teams."""
    answering = message.answering or _ANYWHERE
    if answering.url and may_be_opened(answering.url):
        also = _also(answering.chats, chat_url)
        return (_page(answering), *((also,) if also else ()))
    buttons = [button for button in message.buttons if not isinstance(button, Open)]
    if not answering.chats:
        asked = tuple(button_text(button) for button in buttons if isinstance(button, Act))
        return (Way(_("Svar til porteføljekontoret."), heading=_("Dette kan du svare:"), items=asked),) if asked else ()
    items = tuple(button_text(button) for button in buttons)
    words, url = _chat(answering.chats, chat_url)
    return (Way(words, url, heading=_("Dette kan du gjøre der:"), items=items),) if items else ()


def _page(answering: Answering) -> Way:
    notes = [_("Du ser hva du svarer, og bekrefter det, før svaret gjelder. Du trenger ikke logge inn.")]
    if answering.until is not None:
        day = weekday_date(last_day(answering.until))
        notes.append(_("Lenken er din egen, og kan brukes én gang, til og med {day}. Ikke send den videre.", day=day))
    heading = answering.asks or _("Dette kan du svare:")
    return Way(_("Svar her"), answering.url, tuple(notes), heading, answering.offers)


def _chat(chats: Sequence[str], chat_url: str) -> tuple[str, str]:
    """The words, and the address where there is one."""
    if "slack" not in chats:
        return (_("Svar i Teams"), chat_url) if chat_url else (_("Svar i Teams."), "")
    if "teams" not in chats:
        return _("Svar i Slack."), ""
    return (_("Svar i Slack, eller i Teams"), chat_url) if chat_url else (_("Svar i Teams eller Slack."), "")


def _also(chats: Sequence[str], chat_url: str) -> Way | None:
    """Beside the page."""
    if not chats:
        return None
    if "slack" not in chats:
        return Way(_("Du kan også svare i Teams"), chat_url) if chat_url else Way(_("Du kan også svare i Teams."))
    return Way(_("Du kan også svare i Slack.") if "teams" not in chats else _("Du kan også svare i Teams eller Slack."))

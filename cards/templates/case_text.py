"""The long texts of a case in full, which its card had to fold or cut, and its links; as many messages as it takes."""

from __future__ import annotations

from typing import Final

from cards.i18n import _
from cards.message import Block, Message, Paragraph
from cards.templates.case_buttons import MOST_BUTTONS, open_buttons
from cards.templates.case_card import long_texts
from cards.views import CaseView

ROOM: Final = 9_000
"""Bytes of text in one message, so that it keeps within Teams' 25 kB and Slack's 12,000 characters."""


def full_text(view: CaseView) -> tuple[Message, ...]:
    pages: list[list[Block]] = [[]]
    used = 0
    for long in long_texts(view):
        size = len(long.text.encode())
        if used and used + size > ROOM:
            pages.append([])
            used = 0
        used += size
        pages[-1] += [Paragraph(long.label, strong=True), Paragraph(long.text)]
    title = _("Teksten i {title}", title=view.title)
    texts = tuple(Message(title=title, blocks=tuple(page)) for page in pages if page)
    links = open_buttons(view)
    documents = _("Dokumentene i {title}", title=view.title)
    return texts + tuple(
        Message(title=documents, buttons=links[start : start + MOST_BUTTONS])
        for start in range(0, len(links), MOST_BUTTONS)
    )

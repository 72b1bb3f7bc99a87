"""Answers in words about papers, where there is no card to show."""

from __future__ import annotations

from cards.i18n import _
from cards.message import Message, Paragraph, Say


def no_meeting() -> Message:
    return Message(
        title=_("Jeg finner ikke et slikt møte"),
        blocks=(Paragraph(_("Skriv for eksempel «sakspapirer», «sakspapirer au» eller «sakspapirer 24. september».")),),
        buttons=(Say(_("Frister"), _("frister")), Say(_("Årshjul"), _("årshjul"))),
    )

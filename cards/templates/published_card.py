"""Decisions that were told, as a whole channel reads them: public titles and outcomes, no name and no text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.decision import Decision
from board.meeting import Meeting
from cards.formats import weekday_date
from cards.i18n import _, ngettext_
from cards.labels import decided_name, the_meeting
from cards.message import Block, Message, Paragraph
from cards.safe import cut

_SHOWN: Final = 40
_TITLE: Final = 160


def milestone_card(meeting: Meeting, told: Sequence[tuple[Decision, str]], *, approved: bool) -> Message:
    """``told``: each decision with its public title. ``approved``: the minutes of the meeting are."""
    held = _("{what} {day}", what=the_meeting(meeting.body), day=weekday_date(meeting.day))
    lines: list[Block] = [
        Paragraph(f"{one.number} {cut(title, _TITLE)}: {decided_name(one.outcome)}".strip())
        for one, title in told[:_SHOWN]
    ]
    if left := len(told) - _SHOWN:
        lines += [Paragraph(_("… og {n} til", n=left), small=True)] if left > 0 else []
    standing = _("Referatet er godkjent.") if approved else _("Foreløpig: referatet er ikke godkjent.")
    title = _("Vedtak fra {meeting}", meeting=held)
    return Message(
        title=title,
        blocks=(*lines, Paragraph(standing, small=True)),
        why=_("Kanalen får milepæler fordi porteføljekontoret skrev «kanal» her. «kanal av» stopper dem."),
        summary=f"{title}: {ngettext_('{n} sak', '{n} saker', len(told))}",
    )

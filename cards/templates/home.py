"""One's own page with the bot, where a channel has one: what waits, one's cases, the next meeting. Each a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from board.duty import Duty
from board.ids import PersonId
from board.meeting import Meeting
from cards import actions
from cards.i18n import _
from cards.message import Act, Block, Button, Json, Message, Paragraph, Say
from cards.safe import cut
from cards.task_views import Names
from cards.templates.duty_texts import due_words, subject, what
from cards.templates.meeting_card import meeting_title
from cards.templates.task_list import BUTTON_TITLE, DO_NOW

SHOWN: Final = 6


def waiting(duties: Sequence[Duty], names: Names, reader: PersonId, today: date) -> Message:
    """What the reader owes, the earliest day first, and how one answers from here."""
    blocks: list[Block] = []
    for duty in duties[:SHOWN]:
        due = due_words(duty.due, today)
        said = due if duty.person == reader else _("{due}, for {who}", due=due, who=names.person(duty.person))
        blocks.append(Paragraph(what(duty, names), strong=True))
        blocks.append(Paragraph(said, "warning" if duty.due < today else "default", small=True))
    if len(duties) > SHOWN:
        blocks.append(Paragraph(_("… og {n} til", n=len(duties) - SHOWN), small=True))
    if not duties:
        blocks.append(Paragraph(_("Når noe venter på deg, kommer det her.")))
    blocks.append(Paragraph(_("Trykker du på en knapp her, svarer jeg i chatten vår."), small=True))
    first = tuple(_do_now(duty, names) for duty in duties[:DO_NOW])
    rest = Say(_("Oppgaver"), _("oppgaver")) if duties else Say(_("Hjelp"), _("hjelp"))
    return Message(title=_title(len(duties)), blocks=tuple(blocks), buttons=(*first, rest))


def cases(listed: Message) -> Message:
    """«Mine saker» with the way to a new one."""
    new = Say(_("Meld sak"), _("meld sak"))
    return listed if new in listed.buttons else replace(listed, buttons=(*listed.buttons[:5], new))


def next_meeting(meeting: Meeting | None) -> Message:
    if meeting is None:
        return Message(
            title=_("Neste møte"),
            blocks=(Paragraph(_("Det er ikke satt opp noen styremøter ennå.")),),
            buttons=(Say(_("Årshjul"), _("årshjul")),),
        )
    blocks: list[Block] = [Paragraph(meeting_title(meeting), strong=True)]
    if meeting.place:
        blocks.append(Paragraph(meeting.place, small=True))
    buttons: tuple[Button, ...] = (
        Act(actions.MEETING_OPEN, _("Vis møtet"), {"id": meeting.id, "rev": meeting.rev}, with_inputs=False),
        Say(_("Frister"), _("frister")),
    )
    return Message(title=_("Neste møte"), blocks=tuple(blocks), buttons=buttons)


def _title(count: int) -> str:
    if count > 1:
        return _("{n} ting venter på deg", n=count)
    return _("Én ting venter på deg") if count else _("Ingenting venter på deg")


def _do_now(duty: Duty, names: Names) -> Act:
    title = cut(subject(duty, names), BUTTON_TITLE)
    data: dict[str, Json] = {"id": duty.id, "rev": 0}
    return Act(actions.TASK_OPEN, _("Gjør nå: {title}", title=title), data, "positive", with_inputs=False)

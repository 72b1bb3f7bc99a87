"""Sentences that several cards of a pack share: which papers, what is new, why its reader gets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.attendance import INVITED
from board.meeting import Meeting
from board.pack import Change, ChangeKind
from board.people import BOARD, HANDLERS, Body
from cards.formats import weekday_date
from cards.i18n import _, noop
from cards.labels import label, role_name, the_meeting
from cards.message import Block, Paragraph
from cards.pack_views import PackView

_CHANGES: Final = {
    ChangeKind.ADDED: noop("{number}: ny sak"),
    ChangeKind.REMOVED: noop("{number}: tatt ut"),
    ChangeKind.TEXT: noop("{number}: teksten er endret"),
    ChangeKind.DOCUMENTS: noop("{number}: vedlegg er lagt til eller byttet"),
    ChangeKind.AGENDA: noop("Sakslisten: rekkefølge, tid eller hvem som legger fram"),
    ChangeKind.MINUTES: noop("Referat er lagt til eller oppdatert"),
}
_MOST_CHANGES: Final = 12


def papers_of(meeting: Meeting) -> str:
    """«Sakspapirer til styremøtet torsdag 24. september 2026»."""
    return _("Sakspapirer til {meeting}", meeting=meeting_day(meeting))


def meeting_day(meeting: Meeting) -> str:
    """«styremøtet torsdag 24. september 2026»."""
    return _("{what} {day}", what=the_meeting(meeting.body), day=weekday_date(meeting.day))


def minutes_title(meeting: Meeting) -> str:
    """«Referat fra styremøtet torsdag …»: a heading of the pack."""
    return _("Referat fra {meeting}", meeting=meeting_day(meeting))


def change_words(change: Change) -> str:
    """«012-2026: teksten er endret»."""
    return _(_CHANGES[change.kind], number=change.number)


def news_blocks(heading: str, changes: Sequence[Change]) -> list[Block]:
    """What came since, a line a change."""
    if not changes:
        return []
    lines = [f"• {change_words(change)}" for change in changes[:_MOST_CHANGES]]
    if len(changes) > _MOST_CHANGES:
        lines.append(_("… og {n} endringer til", n=len(changes) - _MOST_CHANGES))
    return [Paragraph(heading, strong=True), Paragraph("\n".join(lines))]


def why(view: PackView) -> str:
    """«Du får denne fordi …», from what the reader is to the meeting."""
    roles = view.viewer.roles
    if view.meeting.body is Body.BOARD and (own := roles & INVITED):
        return _("Du får denne fordi du er {role} i styret.", role=role_name(sorted(own)[0]))
    if view.meeting.body is Body.WORKING_GROUP and roles - HANDLERS:
        return _("Du får denne fordi du er med i arbeidsutvalget.")
    if roles & HANDLERS:
        return _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
    if own := roles & BOARD:
        return _("Du får denne fordi du er {role} i styret.", role=role_name(sorted(own)[0]))
    return _("Du får denne fordi du er spurt om å møte for noen.")

"""What the office must know besides its own duties: past their day elsewhere, not reached, never sent."""

from __future__ import annotations

from typing import Final

from board.duty import Duty, DutyKind
from board.planned import PlannedStep
from cards.formats import date_time, join_words
from cards.i18n import _
from cards.labels import deadline_name
from cards.task_views import Names, OfficeNews, TaskList
from cards.templates.duty_texts import due_words, meeting_of, told_of, what

OTHERS_SHOWN: Final = 8
NEWS_SHOWN: Final = 5

Row = tuple[str, str, bool]
"""What, what more is said of it, and whether it is late."""


def news(view: TaskList) -> list[tuple[str, list[Row]]]:
    """Its sections: heading and rows, those with rows only."""
    office, names = view.office, view.names
    sections = (
        (_("Over fristen hos andre:"), _overdue(office, view)),
        (_("Ikke nådd:"), [_missed(m.missed, m.total, told_of(m.about, names)) for m in office.unreached[:NEWS_SHOWN]]),
        (_("Gikk ikke ut:"), _lapsed(office, names)),
    )
    return [(heading, rows) for heading, rows in sections if rows]


def _missed(missed: int, total: int, said: str) -> Row:
    return said, _("ikke nådd: {missed} av {total}", missed=missed, total=total), False


def _overdue(office: OfficeNews, view: TaskList) -> list[Row]:
    """One row for what several were asked together."""
    people: dict[tuple[DutyKind, str, str], list[str]] = {}
    first: dict[tuple[DutyKind, str, str], Duty] = {}
    for duty in office.overdue:
        asked = (duty.kind, duty.object_id, duty.part)
        first.setdefault(asked, duty)
        people.setdefault(asked, []).append(_who(duty, view.names))
    return [
        (f"{join_words(who[:NEWS_SHOWN])}: {what(duty, view.names)}", due_words(duty.due, view.today), True)
        for duty, who in list(zip(first.values(), people.values(), strict=True))[:OTHERS_SHOWN]
    ]


def _who(duty: Duty, names: Names) -> str:
    if duty.deputy:
        return _("{deputy} for {who}", deputy=names.person(duty.deputy), who=names.person(duty.person))
    return names.person(duty.person)


def _lapsed(office: OfficeNews, names: Names) -> list[Row]:
    """A step that was for people and for channels is one row."""
    rows = [_missed(m.missed, m.total, told_of(m.about, names)) for m in office.lapsed[:NEWS_SHOWN]]
    return rows + list(dict.fromkeys(_step(step, names) for step in office.steps))[:NEWS_SHOWN]


def _step(step: PlannedStep, names: Names) -> Row:
    said = _("{task}, til {meeting}", task=deadline_name(step.deadline), meeting=meeting_of(step.meeting, names))
    return said, _("skulle ut {when}", when=date_time(step.at)), False

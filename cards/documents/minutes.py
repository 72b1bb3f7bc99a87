"""Minutes of a working-group meeting (referat fra arbeidsutvalget), alone or in the board's pack."""

from __future__ import annotations

from collections.abc import Iterator

from cards.documents.content import GroupMinutes, MinutesSheet, Treated
from cards.documents.markup import bullets, call, prose, words
from cards.documents.names import case_title, facts, heading, meeting_facts, statements
from cards.formats import weekday_date
from cards.i18n import _


def group_minutes_name(minutes: GroupMinutes, *, dated: bool = False) -> str:
    """``dated``: with the day, where a pack has the minutes of several meetings."""
    if dated:
        return _("Referat fra arbeidsutvalget {day}", day=weekday_date(minutes.head.starts_at))
    return _("Referat fra arbeidsutvalget")


def group_minutes(minutes: GroupMinutes, level: int, *, dated: bool = False) -> Iterator[str]:
    yield heading(level, group_minutes_name(minutes, dated=dated), outlined=True)
    yield facts(((_("Organ"), minutes.head.body), *meeting_facts(minutes.head)))
    if minutes.present:
        yield heading(level + 1, _("Til stede"), bookmarked=False)
        yield bullets(minutes.present)
    for case in minutes.cases:
        yield from _treated(case, level + 1)
    if minutes.remarks.strip():
        yield heading(level + 1, _("Merknader"), bookmarked=False)
        yield prose(minutes.remarks)
    if minutes.finished:
        yield call("block", call("par", call("quiet", words(minutes.finished))), above="1.6em")


def minutes_sheet(sheet: MinutesSheet, level: int) -> Iterator[str]:
    """Every section in its order; a decision with a line beside it."""
    yield heading(level, sheet.name, outlined=True)
    yield call("lead", words(sheet.standing)) if sheet.approved else call("stamp", call("par", words(sheet.standing)))
    if not sheet.tells_head:
        yield facts(((_("Organ"), sheet.head.body), *meeting_facts(sheet.head)))
    for part in sheet.parts:
        if part.heading.strip():
            yield heading(level + part.level, part.heading, bookmarked=level == part.level)
        if part.decision and part.text.strip():
            yield call("apart", prose(part.text))
        elif part.text.strip():
            yield prose(part.text)


def _treated(case: Treated, level: int) -> Iterator[str]:
    yield heading(level, case_title(case.number, case.title), bookmarked=False)
    yield facts(((_("Utfall"), case.outcome),))
    if case.remarks.strip():
        yield prose(case.remarks)
    if case.notes:
        yield bullets(case.notes)
    if case.statements:
        yield heading(level + 1, _("Uttalelser fra konserntillitsvalgte"), bookmarked=False)
        yield from statements(case.statements)

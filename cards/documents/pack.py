"""The pack (sakspapirer): cover and contents, the agenda, every case paper with its enclosures, minutes. One PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cards.documents.agenda import agenda
from cards.documents.content import EnclosedPage, FiledMinutes, Pack
from cards.documents.enclosed import Named, enclosed
from cards.documents.markup import bullets, call, words
from cards.documents.minutes import group_minutes, minutes_sheet
from cards.documents.names import facts, heading, meeting_facts
from cards.documents.paper import Placed, paper
from cards.formats import date_time
from cards.i18n import _

_PART: Final = 2
"""The level of the agenda, of each case and of each minutes under the pack's title."""
_NEW_PAGE: Final = "pagebreak(weak: true)"


def pack_name(pack: Pack) -> str:
    return _("Sakspapirer: {meeting}", meeting=pack.head.meeting)


def pack_parts(pack: Pack, pages: Mapping[str, Sequence[EnclosedPage]]) -> Iterator[str]:
    anchors = _anchors(pack)
    yield from _cover(pack)
    yield _NEW_PAGE
    yield from agenda(pack.agenda, _PART, anchors)
    for position, case in enumerate(pack.papers, start=1):
        yield _NEW_PAGE
        yield from paper(case, Placed(_PART, _anchor(position), in_pack=True), pages)
    for minutes in pack.group_minutes:
        yield _NEW_PAGE
        yield from group_minutes(minutes, _PART, dated=True)
    for sheet in pack.minutes:
        yield _NEW_PAGE
        yield from minutes_sheet(sheet, _PART)
    for filed in pack.previous:
        yield from _filed(filed, pages)


def _anchors(pack: Pack) -> dict[str, str]:
    """By case number, the label of its paper; a number that two papers bear points to the first."""
    numbered = reversed([*enumerate(pack.papers, start=1)])
    return {case.number: _anchor(position) for position, case in numbered if case.number}


def _anchor(position: int) -> str:
    return f"case-{position}"


def _cover(pack: Pack) -> Iterator[str]:
    yield call("eyebrow", words(pack.head.body))
    yield heading(1, pack_name(pack))
    rows = (*meeting_facts(pack.head), (_("Sendt ut"), date_time(pack.sent_at)), (_("Versjon"), str(pack.version)))
    yield facts(rows)
    if pack.changes:
        yield heading(_PART, _("Endret siden forrige versjon"), bookmarked=False)
        yield bullets(pack.changes)
    yield heading(_PART, _("Innhold"), bookmarked=False)
    yield call("outline", title="none", indent="0pt", target=f"heading.where(level: {_PART}, outlined: true)")


def _filed(filed: FiledMinutes, pages: Mapping[str, Sequence[EnclosedPage]]) -> Iterator[str]:
    there = pages.get(filed.sha256, ())
    if there:
        yield from enclosed(Named(filed.title, filed.title, _PART, outlined=True), there)
        return
    yield _NEW_PAGE
    yield heading(_PART, filed.title, outlined=True)
    yield call("stamp", call("par", words(_("Referatet kunne ikke tas inn: {name}", name=filed.title))))

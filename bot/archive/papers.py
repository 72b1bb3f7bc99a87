"""The papers of a meeting as the archive has them: made anew from what was frozen when they were sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from board.case import Case
from board.ids import CaseId
from board.people import Body
from bot.archive.codes import RegistrationType
from bot.archive.facts import Facts
from cards.archive_texts import exempt_case
from cards.documents.content import AgendaLine, AgendaSheet, Pack, Printed
from cards.i18n import use
from dialogs.pack_papers import NUMBERS
from dialogs.pack_variants import whole


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: of the meeting, or of one ``case``."""

    kind: RegistrationType
    printed: Printed
    case: CaseId | None = None


def papers(facts: Facts) -> tuple[Paper, ...]:
    """The agenda, the open agenda, each case's paper; none where nothing was sent."""
    if facts.pack is None:
        return ()
    sent = whole(facts.frozen)
    document = sent.document
    if not isinstance(document, Pack):
        return ()
    found = [Paper(RegistrationType.AGENDA, replace(sent, document=document.agenda))]
    if facts.meeting.body is Body.BOARD:
        with use(sent.language):
            sheet = open_sheet(document.agenda, _by_number(facts))
        found.append(Paper(RegistrationType.PUBLIC_AGENDA, replace(sent, document=sheet)))
    by_number = {paper.number: paper for paper in document.papers}
    for item in facts.pack.items:
        numbers = facts.frozen.get(NUMBERS, {}).get(item.case, ())
        paper = next((by_number[number] for number in numbers if number in by_number), None)
        if paper is not None and item.case in facts.cases:
            found.append(Paper(RegistrationType.CASE_PAPER, replace(sent, document=paper), item.case))
    return tuple(found)


def open_sheet(sheet: AgendaSheet, cases: Mapping[str, Case]) -> AgendaSheet:
    """The agenda for the public: of an exempt case its public title and number, and nothing else.

    The chair's dispensations may tell of a case: they are left out.
    """
    groups = tuple((name, tuple(_open_line(line, cases) for line in lines)) for name, lines in sheet.groups)
    return replace(sheet, groups=groups, notes=(), public=True)


def _open_line(line: AgendaLine, cases: Mapping[str, Case]) -> AgendaLine:
    if not line.number:
        return line
    case = cases.get(line.number)
    if case is not None and case.content.classification != "exempt":
        return replace(line, stamps=())
    public = case.content.public_title if case else ""
    return replace(line, title=public or exempt_case(), presenter="", stamps=())


def _by_number(facts: Facts) -> dict[str, Case]:
    """By every number it has or had: what is not known by its number is treated as exempt."""
    return {
        number: case
        for case in facts.cases.values()
        for number in (*case.earlier_numbers, case.wg_number, case.board_number)
        if number
    }

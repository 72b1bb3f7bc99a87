"""The working group's minutes in words, in the board's language: what its meeting did with each case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board.case import Case
from board.editable import Section
from board.ids import CaseId, PersonId
from board.meeting import Meeting
from board.minutes_sections import ATTENDANCE, HEAD, REMARKS
from board.treatment import Statement, Treatment
from cards.formats import date_time
from cards.i18n import _, use
from cards.labels import body_name, outcome_name
from dialogs.pack_papers import board_language
from dialogs.papers import Known
from dialogs.room import Room


async def group_sections(
    room: Room, meeting: Meeting, present: Sequence[PersonId], remarks: str
) -> tuple[Section, ...]:
    """As they are finished: who was there, every case that was treated, and what else there was to say."""
    work = room.work
    treated = await work.treatments.of_meetings([meeting.id])
    cases = {case.id: case for case in await work.cases.on_agenda(meeting.id)}
    for gone in sorted({one.case for one in treated} - set(cases)):
        if case := await work.cases.get(gone):
            cases[gone] = case
    said = await work.treatments.statements(sorted(one.case for one in treated)) if treated else {}
    named = {*present, *(statement.person for given in said.values() for statement in given)}
    known = Known(room.mandate, room.today, await work.people.get(sorted(named)))
    with use(board_language(room)):
        there = "\n".join(f"– {known.name(person)}" for person in present)
        head = "\n".join((_("Organ: {body}", body=body_name(meeting.body)),
                          _("Tid: {began}", began=date_time(meeting.starts_at))))  # fmt: skip
        return (
            Section(HEAD, _("Møtet"), head, editable=False),
            *((Section(ATTENDANCE, _("Til stede"), there, editable=False),) if there else ()),
            *(part for one in treated for part in _case(one, cases.get(one.case), said.get(one.case, ()), known)),
            *((Section(REMARKS, _("Andre merknader"), remarks),) if remarks else ()),
        )


def section_of(case: CaseId) -> str:
    return f"case:{case}:text"


def _case(one: Treatment, case: Case | None, said: Sequence[Statement], known: Known) -> Iterator[Section]:
    title = (case.content.title if case else "") or _("Sak uten tittel")
    lines = [_("Arbeidsutvalget: {outcome}", outcome=outcome_name(one.outcome)), one.remarks]
    lines += [_("Uttalelse fra {who}: {text}", who=known.name(given.person), text=given.text) for given in said]
    yield Section(section_of(one.case), f"{one.number} {title}", "\n".join(line for line in lines if line))

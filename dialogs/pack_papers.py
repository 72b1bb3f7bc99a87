"""A whole pack in words, frozen as it is sent: agenda, every case paper, the minutes that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from board.agenda import CASE_KINDS, ORDER, Agenda, Item, ItemKind
from board.case import Case
from board.clock import local_day
from board.dispensation import GateId
from board.editable import Section
from board.gates import Basis, changes, late_accepted
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.minutes import MinutesState
from board.pack import Change, Pack
from board.people import Body
from board.treatment import Statement
from cards.documents import content as print_
from cards.documents.codec import to_json
from cards.formats import date_time
from cards.i18n import Language, _, use
from cards.labels import item_name
from cards.templates.pack_texts import change_words, minutes_title
from dialogs.follow_up_lines import for_papers
from dialogs.minutes_sheets import minutes_sheet
from dialogs.pack_minutes import PackedMinutes, packed_minutes
from dialogs.papers import Known, dispensed, head_of, letter, named_in, paper_of
from dialogs.room import Room

LANGUAGE: Final = "language"
DOCUMENT: Final = "document"
NUMBERS: Final = "numbers"
"""Of each case that the document names, by its id: how what is about it is found, and left out for somebody."""
CHANGES: Final = "changes"
"""[case or "", words]: what is new since the version before."""


def board_language(room: Room) -> Language:
    language: Language = room.mandate.language  # type: ignore[assignment]  # checked when the mandate file is read
    return language


async def freeze(room: Room, basis: Basis, pack: Pack) -> Mapping[str, Any]:
    """What ``send_pack`` keeps of a version, in the board's language."""
    made = await _Material.read(room, basis)
    with use(board_language(room)):
        follow_ups = await for_papers(room, basis.meeting)
        new = [(change.case or "", change_words(change)) for change in _changes(basis)]
        document = made.pack(pack, tuple(words for _case, words in new), follow_ups)
    return {
        LANGUAGE: board_language(room),
        DOCUMENT: to_json(document),
        NUMBERS: {case: sorted(numbers) for case, numbers in made.numbers().items()},
        CHANGES: [list(one) for one in new],
    }


def _changes(basis: Basis) -> Sequence[Change]:
    return changes(basis.sent, basis) if basis.sent else ()


class _Material:
    """All that was read for one pack."""

    def __init__(
        self,
        basis: Basis,
        known: Known,
        texts: Mapping[MeetingId, PackedMinutes],
        cases: Mapping[str, Case],
        room: Room,
    ) -> None:
        self._basis, self._known, self._texts, self._cases, self._room = basis, known, texts, cases, room

    @classmethod
    async def read(cls, room: Room, basis: Basis) -> _Material:
        work, ids = room.work, list(basis.wg_meetings)
        texts = await packed_minutes(basis, work)
        cases: dict[str, Case] = {str(case.id): case for case in basis.cases.values()}
        for meeting in ids:
            cases |= {case.id: case for case in await work.cases.on_agenda(meeting)}
        for case_id in sorted({case for text in texts.values() for case in text.numbers} - set(cases)):
            if case := await work.cases.get(case_id):
                cases[case_id] = case
        statements = await work.treatments.statements(sorted(case.id for case in cases.values()))
        said: dict[str, Sequence[Statement]] = {str(case): those for case, those in statements.items()}
        people = named_in(cases.values(), said, basis.dispensations) | _named(basis)
        names = await work.people.get(sorted(people))
        meetings = await work.meetings.named([*ids, *([basis.previous.id] if basis.previous else [])])
        known = Known(room.mandate, room.today, names, meetings, said, basis.dispensations)
        return cls(basis, known, texts, cases, room)

    def pack(self, pack: Pack, new: tuple[str, ...], follow_ups: tuple[print_.FollowUpLine, ...] = ()) -> print_.Pack:
        basis = self._basis
        return print_.Pack(
            head=self._head(basis.meeting),
            version=pack.version,
            sent_at=pack.sent_at,
            agenda=replace(self._sheet(basis.agenda), follow_ups=follow_ups),
            papers=tuple(self._paper(item) for item in _items(basis.agenda) if item.case in basis.cases),
            previous=self._previous(),
            minutes=self._minutes(),
            changes=new,
        )

    def numbers(self) -> dict[str, set[str]]:
        """Every number by which the document calls a case."""
        found: dict[str, set[str]] = {}
        for case in self._basis.on_agenda:
            found.setdefault(case.id, set()).add(self._number(case))
        for text in self._texts.values():
            for case_id, number in text.numbers.items():
                found.setdefault(case_id, set()).add(number)
        return found

    def _head(self, meeting: Meeting) -> print_.Head:
        return head_of(meeting, self._room.mandate, self._room.now)

    def _number(self, case: Case) -> str:
        return case.board_number if self._basis.meeting.body is Body.BOARD else case.wg_number

    def _paper(self, item: Item) -> print_.Paper:
        case = self._basis.cases[item.case]  # type: ignore[index]  # the caller looks
        return paper_of(case, self._head(self._basis.meeting), item, self._number(case), self._known)

    # -- the agenda ----------------------------------------------------------------------------------------------

    def _sheet(self, agenda: Agenda | None) -> print_.AgendaSheet:
        lines: dict[ItemKind, list[print_.AgendaLine]] = {}
        for position, item in enumerate(_items(agenda), start=1):
            lines.setdefault(item.kind, []).append(self._line(position, item))
        groups = tuple((item_name(k) if k in CASE_KINDS else "", tuple(lines[k])) for k in ORDER if k in lines)
        notes = tuple(
            dispensed(one, self._known)
            for one in self._basis.dispensations
            if one.is_granted and one.gate is GateId.TEN_DAYS
        )
        return print_.AgendaSheet(self._head(self._basis.meeting), groups, notes, self._approved(agenda))

    def _approved(self, agenda: Agenda | None) -> str:
        if agenda is None or agenda.approved_at is None:
            return ""
        who, when = self._known.name(agenda.approved_by), date_time(agenda.approved_at)
        return _("Godkjent av {who} {when}", who=who, when=when)

    def _line(self, position: int, item: Item) -> print_.AgendaLine:
        case = self._basis.cases.get(item.case) if item.case else None
        if case is None:
            return print_.AgendaLine(position, item_name(item.kind), presenter=item.presenter, minutes=item.minutes)
        kind = letter(case, item, self._room.mandate)
        title, number = case.content.title, self._number(case)
        stamps = self._stamps(case)
        return print_.AgendaLine(position, title, number, kind, item.presenter, item.minutes, stamps)

    def _stamps(self, case: Case) -> tuple[str, ...]:
        late = late_accepted(case, self._basis.meeting.id)
        found = [_("Ettersendt; bekreftes under punkt 1")] if late else []
        given = (one for one in self._basis.dispensations if one.is_granted and one.case == case.id)
        return (*found, *(dispensed(one, self._known) for one in given))

    # -- minutes -------------------------------------------------------------------------------------------------

    def _minutes(self) -> tuple[print_.MinutesSheet, ...]:
        """The working group's that treated its cases, and those of the meeting before, each with how final it is."""
        meetings = [*self._basis.wg_meetings, *([self._basis.previous.id] if self._basis.previous else [])]
        return tuple(self._sheet_of(self._texts[meeting]) for meeting in meetings if meeting in self._texts)

    def _sheet_of(self, text: PackedMinutes) -> print_.MinutesSheet:
        """Of an exempt case that is not in this pack, that it was treated, and no more."""
        sheet = minutes_sheet(text.minutes, text.version, text.meeting, self._room.rules, text.approved_in)
        pairs = zip(text.version.sections, sheet.parts, strict=True)
        parts = [self._part(text, section, part) for section, part in pairs]
        return replace(sheet, name=minutes_title(text.meeting), parts=tuple(part for part in parts if part))

    def _part(self, text: PackedMinutes, section: Section, part: print_.MinutesPart) -> print_.MinutesPart | None:
        about = text.case_of(section.id)
        if about is None:
            return part
        case, number = self._cases.get(about), text.numbers.get(about, "")
        exempt = case is not None and case.content.classification == "exempt"
        if case is not None and (about in self._basis.cases or not exempt):
            return replace(part, number=number)
        if section.id not in text.firsts:
            return None
        public = (case.content.public_title if case else "") or _("En sak som er unntatt offentlighet")
        return print_.MinutesPart(f"{number} {public}".strip(), "", number=number)

    def _previous(self) -> tuple[print_.FiledMinutes, ...]:
        previous = self._basis.previous
        minutes = self._basis.finished.get(previous.id) if previous else None
        if previous is None or minutes is None or minutes.state is not MinutesState.FILED:
            return ()
        return (print_.FiledMinutes(minutes_title(previous), minutes.sha256),)


def _items(agenda: Agenda | None) -> tuple[Item, ...]:
    return agenda.items if agenda else ()


def _named(basis: Basis) -> set[PersonId]:
    found: set[PersonId | None] = {basis.agenda.approved_by if basis.agenda else None}
    return {person for person in found if person}


async def draft_paper(room: Room, case: Case) -> print_.Printed:
    """The paper of a case that has not been sent, as the case is now."""
    wanted = case.board_meeting or case.wg_meeting or case.content.wanted_meeting
    ids = [meeting for meeting in (wanted, case.wg_meeting) if meeting]
    meetings = await room.work.meetings.named(ids)
    meeting = meetings.get(wanted) if wanted else None
    said = {str(c): those for c, those in (await room.work.treatments.statements([case.id])).items()}
    granted = [d for d in await room.work.dispensations.of_meeting(wanted) if d.case == case.id] if wanted else []
    agenda = await room.work.agendas.get(wanted) if wanted else None
    people = await room.work.people.get(sorted(named_in([case], said, granted)))
    known = Known(room.mandate, local_day(room.now), people, meetings, said, granted)
    item = agenda.item_of(case.id) if agenda else None
    number = case.board_number or case.wg_number
    with use(board_language(room)):
        head = head_of(meeting, room.mandate, room.now)
        return print_.Printed(paper_of(case, head, item, number, known, draft=True), board_language(room))

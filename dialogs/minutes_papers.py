"""Reads all that was recorded of a meeting, and words the first draft of its minutes in the board's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from board.agenda import Item, ItemKind
from board.attendance import quorum
from board.case import Case
from board.decision import Decision, Outcome
from board.dispensation import Dispensation, GateId
from board.editable import Section
from board.gates import late_accepted
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Body, Role
from board.sitting import Sitting
from board.treatment import Statement, Treatment
from board.usecases._minutes import OWES
from cards.i18n import _, use
from cards.labels import body_name, label
from cards.record_views import Attendee, CaseFollowUps, FollowedUp, Record, RecordedItem
from cards.templates.minutes_record import record_sections
from dialogs.pack_papers import board_language
from dialogs.papers import Known, dispensed
from dialogs.room import Room

_MOST_FOLLOW_UPS = 200


async def drafted_sections(room: Room, meeting: Meeting, sitting: Sitting) -> tuple[Section, ...]:
    """The record of a closed meeting as the sections of its minutes. The minutes' own lock must be held."""
    material = await _Material.read(room, meeting, sitting)
    with use(board_language(room)):
        return record_sections(material.record())


class _Material:
    """All that was read for one record."""

    def __init__(self, room: Room, meeting: Meeting, sitting: Sitting) -> None:
        self._room, self._meeting, self._sitting = room, meeting, sitting
        self._items: tuple[Item, ...] = ()
        self._cases: Mapping[CaseId, Case] = {}
        self._decisions: Mapping[ItemId, Decision] = {}
        self._treatments: Mapping[CaseId, Treatment] = {}
        self._statements: Mapping[CaseId, Sequence[Statement]] = {}
        self._dispensations: Sequence[Dispensation] = ()
        self._follow_ups: tuple[CaseFollowUps, ...] = ()
        self._roles: Mapping[PersonId, Role] = {}
        self._known = Known(room.mandate, room.today, {})
        self._organisations: Mapping[str, str] = {}
        self._following: Meeting | None = None

    @classmethod
    async def read(cls, room: Room, meeting: Meeting, sitting: Sitting) -> _Material:
        made, work = cls(room, meeting, sitting), room.work
        agenda = await work.agendas.get(meeting.id)
        by_id = {item.id: item for item in agenda.items} if agenda else {}
        made._items = tuple(by_id[item] for item in sitting.items if item in by_id)
        made._decisions = {one.item: one for one in await work.decisions.of_meeting(meeting.id)}
        made._cases = await _cases(room, meeting.id, made._items)
        if meeting.body is Body.WORKING_GROUP:
            made._treatments = {one.case: one for one in await work.treatments.of_meetings([meeting.id])}
            made._statements = await work.treatments.statements(sorted(made._treatments))
        made._dispensations = [one for one in await work.dispensations.of_meeting(meeting.id) if one.is_granted]
        made._follow_ups = await _followed_up(room, sitting) if meeting.body is Body.BOARD else ()
        made._roles = await _roles(room, meeting)
        made._following = next(iter(await work.meetings.upcoming(meeting.body, room.now, 1)), None)
        await made._names()
        return made

    async def _names(self) -> None:
        work = self._room.work
        people = await work.people.get(sorted(self._people()))
        self._known = Known(self._room.mandate, self._room.today, people)
        homes = sorted({person.organisation for person in people.values() if person.organisation})
        found = await work.people.organisations(homes) if homes else {}
        self._organisations = {home: organisation.name for home, organisation in found.items()}

    def _people(self) -> set[PersonId]:
        sitting = self._sitting
        found: set[PersonId | None] = {sitting.started_by, sitting.quorum_by, *self._roles, *self._standing()}
        for one in self._decisions.values():
            found |= {*one.present, *one.left, *one.dissent, *(condition.owner for condition in one.conditions)}
        found |= {said.person for those in self._statements.values() for said in those}
        found |= {person for case in self._cases.values() for person in case.excluded}
        found |= {one.owner for case in self._follow_ups for one in case.follow_ups}
        found |= {one.ruled_by for one in self._dispensations}
        return {person for person in found if person}

    def _standing(self) -> dict[PersonId, PersonId]:
        """Who sat in a seat, with whose it was."""
        return {seat.person: seat.member for seat in self._sitting.seats}

    # -- the record ------------------------------------------------------------------------------------------------

    def record(self) -> Record:
        meeting, mandate = self._meeting, self._room.mandate
        members = tuple(person for person, role in self._roles.items() if role in OWES[meeting.body])
        seats = len({seat.member for seat in self._sitting.seats})
        items = tuple(self._item(n, item) for n, item in enumerate(self._items, start=1))
        present = self._present(items)
        taken = {one.stands_for or one.person for one in present}
        return Record(
            meeting=meeting,
            body_name=label(mandate.board) if meeting.body is Body.BOARD else body_name(meeting.body),
            sitting=self._sitting,
            items=items,
            present=present,
            absent=tuple(self._attendee(person) for person in members if person not in taken),
            quorum=quorum(len(members), seats, mandate.quorum),
            people=self._known.people,
            following=self._following,
            notes=tuple(dispensed(one, self._known) for one in self._dispensations if one.gate is GateId.TEN_DAYS),
            late=self._late(),
            withdrawn=self._withdrawn(),
        )

    def _late(self) -> tuple[str, ...]:
        late = {case.id for case in self._cases.values() if late_accepted(case, self._meeting.id)}
        return tuple(item.number for item in self._items if item.case in late and item.number)

    def _withdrawn(self) -> tuple[str, ...]:
        gone = {item for item, one in self._decisions.items() if one.outcome is Outcome.WITHDRAWN}
        return tuple(item.number for item in self._items if item.id in gone and item.number)

    def _item(self, position: int, item: Item) -> RecordedItem:
        made = RecordedItem(item.id, position, item.kind, presenter=item.presenter)
        made = replace(made, decision=self._decisions.get(item.id))
        if item.kind is ItemKind.FOLLOW_UP:
            return replace(made, follow_ups=self._follow_ups)
        case = self._cases.get(item.case) if item.case else None
        if case is None:
            return made
        given = [one for one in self._dispensations if one.case == case.id]
        late = [_("Ettersendt; bekreftet under punkt 1.")] if late_accepted(case, self._meeting.id) else []
        return replace(
            made,
            is_case=True,
            number=item.number or (made.decision.number if made.decision else ""),
            title=case.content.title or _("Sak uten tittel"),
            exempt=case.content.legal_basis if case.content.classification == "exempt" else "",
            notes=(*late, *(dispensed(one, self._known) for one in given)),
            treatment=self._treatments.get(case.id),
            statements=tuple(self._statements.get(case.id, ())),
            excluded=tuple(sorted(case.excluded, key=self._known.name)),
        )

    # -- who was there ---------------------------------------------------------------------------------------------

    def _present(self, items: Sequence[RecordedItem]) -> tuple[Attendee, ...]:
        """Everybody who was in the room for some of it, in the order of their seats."""
        standing = self._standing()
        seen = [person for one in self._decisions.values() for person in (*one.present, *one.left)]
        people = dict.fromkeys([*standing, *seen])
        return tuple(
            replace(self._attendee(person), stands_for=_other(person, standing), missed=_missed(person, items))
            for person in people
        )

    def _attendee(self, person: PersonId) -> Attendee:
        known = self._known.people.get(person)
        home = self._organisations.get(known.organisation, "") if known and known.organisation else ""
        return Attendee(person, self._roles.get(person), home)


def _other(person: PersonId, standing: Mapping[PersonId, PersonId]) -> PersonId | None:
    member = standing.get(person, person)
    return member if member != person else None


def _missed(person: PersonId, items: Sequence[RecordedItem]) -> tuple[str, ...]:
    """Who went out for an item, or is inhabil in it, is named there."""
    return tuple(
        one.number or _("punkt {n}", n=one.position)
        for one in items
        if one.decision and person not in (*one.decision.present, *one.decision.left, *one.excluded)
    )


async def _cases(room: Room, meeting: MeetingId, items: Sequence[Item]) -> Mapping[CaseId, Case]:
    """Also those that have left it since: postponed, sent back, withdrawn."""
    found = {case.id: case for case in await room.work.cases.on_agenda(meeting)}
    for case_id in sorted({item.case for item in items if item.case} - set(found)):
        if case := await room.work.cases.get(case_id):
            found[case.id] = case
    return found


async def _roles(room: Room, meeting: Meeting) -> Mapping[PersonId, Role]:
    """The members of the body and their roles on the day; the leading role of who has several."""
    wanted = [role for role in Role if role in OWES[meeting.body]]
    holders = await room.work.people.holders(wanted, meeting.day)
    found: dict[PersonId, Role] = {}
    for role in wanted:
        for person in holders.get(role, ()):
            found.setdefault(person, role)
    return found


async def _followed_up(room: Room, sitting: Sitting) -> tuple[CaseFollowUps, ...]:
    """Those open from earlier meetings, by case."""
    earlier = [one for one in await room.work.follow_ups.open(_MOST_FOLLOW_UPS) if one.meeting != sitting.meeting]
    found: list[CaseFollowUps] = []
    for case_id in sorted({one.case for one in earlier}):
        mine = [one for one in earlier if one.case == case_id]
        case = await room.work.cases.get(case_id)
        told = tuple(FollowedUp(o.text, o.owner, o.due, o.reports[-1].note if o.reports else "") for o in mine)
        found.append(CaseFollowUps(case_id, mine[0].number, case.content.title if case else "", told))
    return tuple(found)

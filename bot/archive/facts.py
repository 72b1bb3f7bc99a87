"""All that is stored of one meeting, read in one consistent view: as many queries for fifty cases as for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from board.agenda import Agenda
from board.case import Case
from board.conflicts import Conflict
from board.decision import Decision
from board.dispensation import Dispensation
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting
from board.minutes import Minutes
from board.minutes_ports import LockedFile
from board.minutes_text import Version
from board.pack import Pack, PackFile
from board.people import Body, Person, Role
from board.ports import UnitOfWork
from board.sitting import Sitting
from board.treatment import Statement, Treatment


@dataclass(slots=True)
class Facts:
    """``cases`` by id, in the agenda's order. ``treated``: the working group's, of this meeting where it is its own,
    else of those that prepared it. ``group`` are those meetings, ``group_minutes`` where their minutes stand.
    ``locked``: the approved text's file last, those it corrects before it.
    """

    meeting: Meeting
    roles: Mapping[Role, Sequence[PersonId]]
    agenda: Agenda | None = None
    sitting: Sitting | None = None
    cases: dict[CaseId, Case] = field(default_factory=dict)
    decisions: dict[CaseId, Decision] = field(default_factory=dict)
    treated: Sequence[Treatment] = ()
    statements: Mapping[CaseId, Sequence[Statement]] = field(default_factory=dict)
    conflicts: Sequence[Conflict] = ()
    dispensations: Sequence[Dispensation] = ()
    pack: Pack | None = None
    frozen: Mapping[str, Any] = field(default_factory=dict)
    whole: PackFile | None = None
    minutes: Minutes | None = None
    version: Version | None = None
    locked: Sequence[LockedFile] = ()
    group: Sequence[Meeting] = ()
    group_minutes: Mapping[MeetingId, Minutes] = field(default_factory=dict)
    previous: Meeting | None = None
    next: Meeting | None = None
    people: Mapping[PersonId, Person] = field(default_factory=dict)

    @property
    def latest(self) -> datetime:
        """The last thing that happened to any of it."""
        return max(self._moments())

    def _moments(self) -> Iterable[datetime]:
        held = self.sitting
        some = [self.meeting.changed_at, self.agenda.changed_at if self.agenda else None]
        some += [held.started_at, held.closed_at] if held else []
        some += [self.pack.sent_at, self.pack.ready_at] if self.pack else []
        some += [self.minutes.at, self.minutes.approved_at, self.minutes.circulated_at] if self.minutes else []
        some += [file.at for file in self.locked]
        some += [case.updated_at for case in self.cases.values()]
        some += [moment for one in self.decisions.values() for moment in (one.recorded_at, one.published_at)]
        some += [one.at for one in self.treated]
        return [moment for moment in some if moment is not None] or [self.meeting.starts_at]


async def read_facts(meeting_id: MeetingId, work: UnitOfWork) -> Facts | None:
    """None for a meeting that does not exist."""
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        return None
    facts = Facts(meeting, await work.people.holders(sorted(Role), meeting.day))
    facts.agenda = await work.agendas.get(meeting.id)
    facts.sitting = await work.sittings.get(meeting.id)
    facts.dispensations = await work.dispensations.of_meeting(meeting.id)
    facts.previous = await work.meetings.previous(meeting.body, meeting.starts_at)
    after = await work.meetings.upcoming(meeting.body, meeting.starts_at + timedelta(seconds=1), 1)
    facts.next = after[0] if after else None
    await _read_cases(facts, work)
    await _read_pack(facts, work)
    await _read_minutes(facts, work)
    facts.people = await work.people.get(sorted(_named(facts)))
    return facts


async def _read_cases(facts: Facts, work: UnitOfWork) -> None:
    meeting = facts.meeting
    known = {case.id: case for case in await work.cases.on_agenda(meeting.id)}
    first = [case for case in (facts.agenda.cases if facts.agenda else ()) if case in known]
    facts.cases = {case: known[case] for case in dict.fromkeys((*first, *sorted(known)))}
    facts.decisions = {one.case: one for one in await work.decisions.of_meeting(meeting.id) if one.case}
    ids = sorted(facts.cases)
    facts.statements = await work.treatments.statements(ids) if ids else {}
    facts.conflicts = await work.conflicts.of_cases(ids) if ids else ()
    group = {case.wg_meeting for case in facts.cases.values() if case.wg_meeting and case.wg_meeting != meeting.id}
    if meeting.body is Body.BOARD:
        group |= {one.id for one in await work.meetings.serving([meeting.id])}
        named = await work.meetings.named(sorted(group)) if group else {}
        facts.group = sorted(named.values(), key=lambda one: one.starts_at)
    treating = [meeting.id] if meeting.body is Body.WORKING_GROUP else sorted(one.id for one in facts.group)
    facts.treated = await work.treatments.of_meetings(treating) if treating else ()


async def _read_pack(facts: Facts, work: UnitOfWork) -> None:
    facts.pack = await work.packs.ready(facts.meeting.id)
    if facts.pack is not None:
        facts.frozen = await work.packs.frozen(facts.pack.id)
        facts.whole = await work.packs.file(facts.pack.id, None, ())


async def _read_minutes(facts: Facts, work: UnitOfWork) -> None:
    book, meeting = work.minutes_book, facts.meeting.id
    known = await book.named([meeting, *(one.id for one in facts.group)])
    facts.minutes = known.get(meeting)
    facts.group_minutes = {one.id: known[one.id] for one in facts.group if one.id in known}
    if facts.minutes is None:
        return
    versions = await book.versions(meeting)
    facts.version = versions[-1] if versions else None
    approved = {one.corrects for one in versions if one.corrects} | {facts.minutes.approved_version}
    files = [await book.file(meeting, one) for one in sorted(one for one in approved if one)]  # a correction is rare
    facts.locked = [file for file in files if file is not None]


def _named(facts: Facts) -> set[PersonId]:
    """Everybody whom the archive names."""
    found: set[PersonId | None] = {facts.meeting.changed_by}
    if facts.sitting:
        found |= {facts.sitting.closed_by, facts.sitting.started_by, *facts.sitting.present}
        found |= {seat.stands_for for seat in facts.sitting.seats}
    if facts.agenda:
        found |= {facts.agenda.approved_by, facts.agenda.built_by}
    for case in facts.cases.values():
        found |= {case.submitter, case.owner, *(document.by for document in case.documents)}
    for decision in facts.decisions.values():
        found |= {decision.recorded_by, decision.published_by, *decision.present, *decision.left, *decision.dissent}
        found |= {condition.owner for condition in decision.conditions}
    found |= {one.by for one in facts.treated} | {one.person for those in facts.statements.values() for one in those}
    found |= {one.person for one in facts.conflicts} | {one.ruled_by for one in facts.dispensations}
    found |= {facts.pack.by} if facts.pack else set()
    found |= {facts.minutes.by, facts.minutes.approved_by} if facts.minutes else set()
    return {person for person in found if person}

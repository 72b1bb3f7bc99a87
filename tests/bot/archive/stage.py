"""A board meeting that was held, in any store: two cases, one exempt and sent back, enclosures, minutes, a deputy."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from board.agenda import Agenda, ItemKind
from board.case import Case
from board.conflicts import Conflict, Declared, Ruling
from board.decision import Condition, Decision, Outcome
from board.documents import Document
from board.editable import Section
from board.ids import CaseId, DocumentId, ItemId, MeetingId, PackId, PersonId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.minutes_ports import LockedFile
from board.minutes_text import Source, Version
from board.pack import Pack, PackFile, PackItem, PackState
from board.people import Body, Holding, Role
from board.ports import Account, Rules, UnitOfWork, Work
from board.sitting import Seat, Sitting, SittingState
from board.states import CaseState
from bot.archive.archiving import Archiver
from bot.calendar import NorwegianCalendar
from bot.documents.press import Built
from bot.stored import keep, stored_path
from cards.documents import content as print_
from cards.documents.codec import printed_to_json, to_json
from cards.documents.content import Printed
from tests.board.pack_support import agenda_of, at
from tests.board.support import (
    BOARD_MEETING,
    LEAD,
    NOW,
    OFFICE,
    OTHERS,
    REGISTER,
    WG_MEETING,
    actor,
    case_in,
    mandate,
)
from tests.fakes.clock import CountedIds, SetClock

DAY = date(2026, 4, 16)
HELD = at(DAY)
AFTER = at(date(2026, 6, 5))
ARCHIVIST, CHAIR, MEMBER, DEPUTY = (
    next(one for one in OTHERS if role in one.roles) for role in (Role.ARCHIVIST, Role.CHAIR, Role.MEMBER, Role.DEPUTY)
)
SECOND = actor("mads", Role.MEMBER)
SECRET = "Forhandlinger med Helseleverandøren"
ENCLOSED = b"%PDF-1.7 styringsdokument"
LOCKED = b"%PDF-1.7 laast referat"


class PlainPress:
    """Prints a document as what it was given, without a worker: for what is archived, not how it looks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def build(self, printed: Printed) -> Built:
        content = b"%PDF-1.7 " + json.dumps(printed_to_json(printed), ensure_ascii=False, sort_keys=True).encode()
        return Built(keep(self._folder, content), 1, len(content), ())

    def path(self, sha256: str) -> Path:
        return stored_path(self._folder, sha256)


@dataclass
class Stage:
    work: Work
    rules: Rules
    clock: SetClock
    files: Path

    def archiver(self) -> Archiver:
        return Archiver(self.work, self.rules, PlainPress(self.files))


async def stage(work: Work, files: Path, *, extra_cases: int = 0, approved: bool = True) -> Stage:
    """The meeting is over, and everything about it is stored. ``approved``: its minutes are, and locked."""
    clock = SetClock(AFTER)
    cases = [_open_case(files), _exempt_case(), *(_plain_case(n) for n in range(extra_cases))]
    async with work.write() as unit:
        await _people(unit)
        await unit.meetings.add(Meeting(BOARD_MEETING, Body.BOARD, HELD, 120, "Hamar", changed_at=NOW))
        await unit.meetings.add(Meeting(WG_MEETING, Body.WORKING_GROUP, at(date(2026, 4, 1)), serves=BOARD_MEETING))
        for number, day in enumerate((date(2026, 2, 12), date(2026, 6, 4))):
            await unit.meetings.add(Meeting(MeetingId(f"beside-{number}"), Body.BOARD, at(day)))
        await unit.agendas.add(_agenda(cases))
        for case in sorted(cases, key=lambda one: one.id):
            await unit.cases.add(case)
        await unit.commit()
    async with work.write() as unit:
        await _held(unit, cases)
        await _pack(unit, cases, files)
        await _minutes(unit, files, approved=approved)
        await unit.commit()
    return Stage(work, Rules(mandate(), clock, CountedIds(), NorwegianCalendar()), clock, files)


async def _people(unit: UnitOfWork) -> None:
    for one in (*REGISTER, SECOND):
        await unit.people.add(one.person, Account("teams", "tenant", f"aad-{one.id}"))
        for role in one.roles:
            await unit.people.hold(Holding(one.id, role, Body.BOARD, date(2022, 1, 1)))


def _case(case: str, number: str, title: str) -> Case:
    made = case_in(CaseState.DECIDED)
    content = replace(made.content, title=title)
    return replace(made, id=CaseId(case), board_number=number, wg_number=f"AU {number}", content=content, documents=())


def _open_case(files: Path) -> Case:
    kept = Document(
        DocumentId("kept"), "governing_document", "Styringsdokument.pdf", OFFICE.id, NOW,
        sha256=keep(files, ENCLOSED), size=len(ENCLOSED),
    )  # fmt: skip
    link = Document(DocumentId("link"), "benefit_plan", "Gevinstplan", OFFICE.id, NOW, url="https://example.org/plan")
    lost = Document(DocumentId("lost"), "other", "Notat.docx", OFFICE.id, NOW, sha256="f" * 64, size=9)
    made = _case("case-1", "012-2026", "Felles meldingstjeneste")
    return replace(made, documents=(kept, link, lost), earlier_numbers=("004-2026",))


def _exempt_case() -> Case:
    made = _case("case-2", "013-2026", SECRET)
    content = replace(made.content, classification="exempt", legal_basis="offl. § 23", public_title="Avtale om drift")
    return replace(made, content=content, board_number="", board_meeting=None, earlier_numbers=("013-2026",))


def _plain_case(number: int) -> Case:
    return _case(f"more-{number:02}", f"{100 + number}-2026", f"Sak nummer {number}")


def _agenda(cases: list[Case]) -> Agenda:
    made: Agenda = agenda_of(tuple(cases), approved=True)
    return made


async def _held(unit: UnitOfWork, cases: list[Case]) -> None:
    seats = (Seat(CHAIR.id), Seat(MEMBER.id), Seat(DEPUTY.id, stands_for=SECOND.id))
    items = (ItemId("agenda"), *(ItemId(f"i-{case.id}") for case in cases), ItemId("other"))
    sitting = Sitting(
        BOARD_MEETING, Body.BOARD, 1, items, HELD, LEAD.id, items[-1], seats, SittingState.CLOSED,
        closed_at=HELD + timedelta(hours=2), closed_by=LEAD.id,
    )  # fmt: skip
    await unit.sittings.add(sitting)
    ruled = Conflict(CaseId("case-1"), SECOND.id, 1, Declared.POSSIBLE, "", NOW, Ruling.EXCLUDED, CHAIR.id, NOW)
    await unit.conflicts.put(ruled)
    for case in cases:
        await unit.decisions.put(_decision(case))


def _decision(case: Case) -> Decision:
    sent_back = case.id == "case-2"
    number = "013-2026" if sent_back else case.board_number
    conditions = (Condition("Rapporter om økonomien", OFFICE.id, date(2026, 9, 1)),) if case.id == "case-1" else ()
    outcome = Outcome.ADOPTED_WITH_CONDITIONS if conditions else Outcome.ADOPTED_AMENDED
    return Decision(
        BOARD_MEETING, ItemId(f"i-{case.id}"), 1, ItemKind.DECISION, Outcome.SENT_BACK if sent_back else outcome,
        LEAD.id, HELD + timedelta(minutes=30), case.id, number, "Styret gir sin tilslutning.",
        "Styret gir sin tilslutning, med følgende vilkår.", conditions, (CHAIR.id, MEMBER.id, DEPUTY.id), (),
        (MEMBER.id,) if case.id == "case-1" else (), "Medlemmet ønsker en annen rekkefølge.",
    )  # fmt: skip


async def _pack(unit: UnitOfWork, cases: list[Case], files: Path) -> None:
    sent = at(date(2026, 4, 1))
    items = tuple(PackItem(case.id, _number(case), case.wg_number, "d") for case in cases)
    pack = Pack(PackId("pack-1"), BOARD_MEETING, 1, sent, OFFICE.id, items, "a", (), PackState.READY, 10, 5, sent)
    head = print_.Head("Regionalt porteføljestyre", "Styremøte 16. april 2026", HELD, 120, "Hamar")
    lines = tuple(
        print_.AgendaLine(position, case.content.title, _number(case), "B", "Ola", 15, ("Ettersendt",))
        for position, case in enumerate(cases, start=2)
    )
    first = print_.AgendaLine(1, "Godkjenning av innkalling og saksliste", minutes=5)
    sheet = print_.AgendaSheet(head, (("", (first,)), ("Beslutningssaker", lines)), (f"Om {SECRET}",), "Godkjent av T.")
    papers = tuple(
        print_.Paper(_number(case), "B", case.content.title, head, case.content.proposed_decision) for case in cases
    )
    document = print_.Pack(head, 1, sent, sheet, papers)
    numbers = {case.id: [_number(case)] for case in cases}
    frozen = {"language": "nb", "document": to_json(document), "numbers": numbers, "changes": []}
    await unit.packs.add(pack, frozen)
    whole = b"%PDF-1.7 hele pakken"
    await unit.packs.put_file(PackFile(pack.id, None, (), keep(files, whole), 10, len(whole)))


def _number(case: Case) -> str:
    return case.board_number or case.earlier_numbers[-1]


async def _minutes(unit: UnitOfWork, files: Path, *, approved: bool) -> None:
    made = at(date(2026, 4, 20))
    text = Version(
        BOARD_MEETING, 1, (Section("s1", "Sak 012-2026", f"Vedtatt. {SECRET}"),), OFFICE.id, made, Source.RECORD
    )
    minutes = Minutes(BOARD_MEETING, Body.BOARD, 1, MinutesState.CIRCULATED, 1, OFFICE.id, made)
    if approved:
        when = at(date(2026, 6, 4))
        sha256 = keep(files, LOCKED)
        minutes = replace(
            minutes, state=MinutesState.APPROVED, approved_version=1, approved_at=when, approved_by=CHAIR.id,
            sha256=sha256, pages=3,
        )  # fmt: skip
        await unit.minutes_book.add(minutes, text)
        await unit.minutes_book.put_file(LockedFile(BOARD_MEETING, 1, sha256, 3, len(LOCKED), when))
        return
    await unit.minutes_book.add(minutes, text)


async def exclude(stage: Stage, case: str, person: PersonId) -> None:
    """As after the chair's ruling."""
    async with stage.work.write() as unit:
        found = await unit.cases.get(CaseId(case))
        assert found is not None
        await unit.cases.save(replace(found, rev=found.rev + 1, excluded=found.excluded | {person}))
        await unit.commit()


async def moved(stage: Stage) -> None:
    """A case that was sent out goes to another meeting, and no new version of the papers is made."""
    async with stage.work.write() as unit:
        found = await unit.cases.get(CaseId("case-1"))
        assert found is not None
        gone = replace(found, rev=found.rev + 1, state=CaseState.ON_BOARD_AGENDA, board_meeting=MeetingId("later"))
        await unit.cases.save(gone)
        await unit.commit()

"""Minutes of a meeting in February, circulated, and the meeting in April that approves them, over the double."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from board.agenda import AgendaChanged, Item, ItemKind, build
from board.approval import Approval, Conclusion, Said
from board.case import Case
from board.decision import Decision, Outcome
from board.editable import Section
from board.errors import Refusal
from board.events import Happened
from board.ids import ItemId, MeetingId, PersonId, RemarkId
from board.meeting import Meeting
from board.minutes import Minutes, MinutesState
from board.minutes_commands import AcceptRemark, ApproveMinutes, ConcludeMinutes
from board.minutes_text import Source, Version
from board.notices import NoticeKind
from board.people import Actor, Body, Holding, Role
from board.ports import Account, UnitOfWork
from board.remarks import Remark, RemarkClass
from board.sitting import Seat, Sitting, SittingState
from board.sitting_commands import CallItem
from board.usecases.approve_minutes import Answered, approve_minutes
from board.usecases.call_item import call_item
from board.usecases.conclude_minutes import conclude_minutes
from board.usecases.stage_remark import stage_remark
from tests.board.agenda_support import APRIL, CHAIR, FEBRUARY, JUNE
from tests.board.support import LEAD, NOW, OFFICE, Desk, actor, desk

MEMBERS = tuple(actor(f"m{n:02}", Role.MEMBER) for n in range(1, 12))
DEPUTY = actor("vara", Role.DEPUTY)
ABSENT = MEMBERS[10]
"""Sits at home."""
STOOD_FOR = MEMBERS[9]
"""The member whose seat the deputy has."""
SEATS = (*(Seat(one.id) for one in MEMBERS[:9]), Seat(DEPUTY.id, STOOD_FOR.id), Seat(CHAIR.id))
IN_ROOM = (*MEMBERS[:9], DEPUTY, CHAIR)
TEXT = "item:i1:text"
AGREED = "item:i1:decision"
SECTIONS = (
    Section("head", "Møtet", "Styremøte 5. februar 2026", editable=False),
    Section(TEXT, "Sak 001-2026", "Styret drøftet saken."),
    Section(AGREED, "Vedtak", "Styret godkjenner.", editable=False),
)
HELD_AT = datetime(2026, 4, 16, 7, 30, tzinfo=UTC)
ITEMS = {kind: ItemId(str(kind)) for kind in (ItemKind.AGENDA, ItemKind.MINUTES, ItemKind.OTHER)}


def circulated(meeting: MeetingId = FEBRUARY.id, body: Body = Body.BOARD) -> Minutes:
    return Minutes(
        meeting, body, 2, MinutesState.CIRCULATED, 1, OFFICE.id, NOW, circulated_at=NOW, remarks_due=date(2026, 3, 20)
    )


def first_text(meeting: MeetingId = FEBRUARY.id) -> Version:
    return Version(meeting, 1, SECTIONS, OFFICE.id, NOW, Source.RECORD)


@dataclass
class Table:
    """The meeting in April, with the acts on the minutes that lie before it."""

    desk: Desk
    held: MeetingId = APRIL.id
    about: MeetingId = FEBRUARY.id

    @property
    def minutes(self) -> Minutes:
        return self.desk.memory.state.minutes_book[self.about]

    @property
    def digest(self) -> str:
        return self.minutes.called_digest

    @property
    def approvals(self) -> Sequence[Approval]:
        return list(self.desk.memory.state.approvals.values())

    def decision(self, meeting: MeetingId | None = None) -> Decision | None:
        return self.desk.memory.state.decisions.get((meeting or self.held, ITEMS[ItemKind.MINUTES]))

    async def open(self, meeting: Meeting = APRIL, seats: Sequence[Seat] = SEATS) -> None:
        """The meeting begins; its first item is the agenda."""
        self.held = meeting.id
        self.desk.clock.set(meeting.starts_at)
        items = [Item(id_, kind, 5) for kind, id_ in ITEMS.items()]
        built = build(meeting.id, OFFICE, items, NOW)
        assert isinstance(built, AgendaChanged)
        order = tuple(item.id for item in built.agenda.items)
        sitting = Sitting(meeting.id, meeting.body, 1, order, HELD_AT, LEAD.id, order[0], tuple(seats))
        async with self.desk.memory.work.write() as work:
            await work.agendas.add(replace(built.agenda, rev=1))
            await work.sittings.add(sitting)
            await work.commit()

    async def close(self) -> None:
        async with self.desk.memory.work.write() as work:
            sitting = await work.sittings.get(self.held)
            assert sitting is not None
            await work.sittings.save(replace(sitting, rev=sitting.rev + 1, state=SittingState.CLOSED))
            await work.commit()

    async def call(self, kind: ItemKind = ItemKind.MINUTES) -> None:
        async with self.desk.memory.work.write() as work:
            result = await call_item(CallItem(self.held, ITEMS[kind]), LEAD, work, self.desk.rules)
            assert not isinstance(result, Refusal), result
            await work.commit()

    async def answer(
        self, who: Actor, said: Said = Said.APPROVE, note: str = "", digest: str | None = None
    ) -> Answered | Refusal:
        command = ApproveMinutes(self.about, self.digest if digest is None else digest, said, note)
        async with self.desk.memory.work.write() as work:
            result = await approve_minutes(command, who, work, self.desk.rules)
            await work.commit()
        return result

    async def all_approve(self, *but: Actor) -> None:
        for who in IN_ROOM:
            if who not in but:
                assert isinstance(await self.answer(who), Answered)

    async def stage(
        self, remark: RemarkId, text: str, who: Actor = LEAD, section: str = TEXT
    ) -> Minutes | Refusal:  # fmt: skip
        async with self.desk.memory.work.write() as work:
            result = await stage_remark(AcceptRemark(remark, section, text), who, work, self.desk.rules)
            await work.commit()
        return result

    async def conclude(
        self, result: Conclusion = Conclusion.APPROVED, who: Actor = CHAIR, digest: str | None = None
    ) -> Minutes | Refusal:
        command = ConcludeMinutes(self.about, result, self.digest if digest is None else digest)
        async with self.desk.memory.work.write() as work:
            concluded = await conclude_minutes(command, who, work, self.desk.rules)
            await work.commit()
        return concluded


async def table(*, opened: bool = True, called: bool = True, minutes: Minutes | None = None) -> Table:
    made = Table(await desk())
    async with made.desk.memory.work.write() as work:
        for meeting in (FEBRUARY, APRIL, JUNE):
            await work.meetings.add(meeting)
        await register(work)
        await work.minutes_book.add(minutes or circulated(), first_text())
        await work.commit()
    if opened:
        await made.open()
        if called:
            await made.call()
    return made


async def register(work: UnitOfWork) -> None:
    for one in (*MEMBERS, DEPUTY):
        role = next(iter(one.roles))
        await work.people.add(one.person, Account("teams", "tenant", f"aad-{one.id}"))
        whom = STOOD_FOR.id if role is Role.DEPUTY else None
        await work.people.hold(Holding(one.id, role, Body.BOARD, date(2022, 1, 1), deputy_for=whom))


async def remarked(made: Table, name: str = "r1", person: PersonId = MEMBERS[0].id, section: str = TEXT) -> RemarkId:
    """An open substantive remark from the round."""
    remark = RemarkId(name)
    async with made.desk.memory.work.write() as work:
        await work.minutes_book.put_remark(
            Remark(remark, made.about, 1, person, RemarkClass.SUBSTANTIVE, "Saken ble utsatt.", NOW, section)
        )
        await work.commit()
    return remark


async def decided_in_february(made: Table, case: Case, outcome: Outcome = Outcome.ADOPTED) -> None:
    """The meeting whose minutes it is has decided this case, and told it."""
    decision = Decision(
        FEBRUARY.id, ItemId(f"i-{case.id}"), 1, ItemKind.DECISION, outcome, OFFICE.id, NOW, case.id, case.board_number,
        text="Styret godkjenner.", published_at=NOW, published_by=OFFICE.id,
    )  # fmt: skip
    await made.desk.keep(case)
    async with made.desk.memory.work.write() as work:
        await work.decisions.put(decision)
        await work.commit()


def told(made: Table, kind: NoticeKind = NoticeKind.MINUTES_CALLED) -> set[str]:
    return {person for one, person in made.desk.told if one == kind}


def events(made: Table, what: Happened) -> list[tuple[str, str]]:
    return [(about, by) for one, about, by in made.desk.log if one == what]

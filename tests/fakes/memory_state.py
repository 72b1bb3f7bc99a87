"""What the double of the store keeps: plain dictionaries of values that never change, so that a copy is a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Literal, Self

from board.agenda import Agenda
from board.agenda_ports import Link
from board.anchoring import Anchor
from board.answer_link import AnswerLink
from board.approval import Approval
from board.attendance import Attendance
from board.benefits import BenefitReport
from board.case import Case
from board.conflicts import Conflict
from board.decision import Decision
from board.delivery import Address, Copy, Way
from board.dispensation import Dispensation
from board.duty import Duty
from board.evaluation import Ballot, Round
from board.events import Event
from board.follow_up import FollowUp
from board.ids import PersonId
from board.joining import JoinCode
from board.later import LaterStep
from board.meeting import Meeting
from board.minutes import Minutes as BookedMinutes
from board.minutes_ports import LockedFile
from board.minutes_text import Version
from board.pack import Pack, PackFile, PackRead
from board.people import Holding, Organisation, Person
from board.planned import PlannedStep
from board.planning_ports import ChannelPost
from board.ports import Account, Talk
from board.remarks import Remark, RoundAnswer
from board.sitting import Sitting
from board.treatment import Statement, Treatment

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """An address, whose it is, whether it works, and whether it is that person's latest."""

    address: Address
    person: str | None
    in_use: bool = True
    latest: bool = False
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox."""

    id: int
    key: str
    kind: str
    object_id: str
    rev: int
    person: str
    lane: str
    state: Literal["queued", "leased", "waiting", "sent", "failed", "expired", "told", "dropped"]
    due_at: datetime
    created_at: datetime
    copy: tuple[str, str, str] | None = None
    attempts: int = 0
    last_error: str = ""
    part: str = ""
    way: Way = "chat"
    expires_at: datetime | None = None
    done_at: datetime | None = None
    listed_at: datetime | None = None
    told_by: str | None = None

    @property
    def open(self) -> bool:
        return self.state in ("queued", "leased")

    def of_use(self, now: datetime) -> bool:
        return self.expires_at is None or self.expires_at > now


@dataclass(slots=True)
class State:
    cases: dict[str, Case] = field(default_factory=dict)
    state_since: dict[str, datetime] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[Account, str] = field(default_factory=dict)
    holdings: dict[tuple[object, ...], Holding] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    task_lists: dict[str, int] = field(default_factory=dict)
    planned: dict[str, PlannedStep] = field(default_factory=dict)
    attendance: dict[tuple[str, str], Attendance] = field(default_factory=dict)
    agendas: dict[str, Agenda] = field(default_factory=dict)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    treatments: list[Treatment] = field(default_factory=list)
    statements: dict[tuple[str, str], Statement] = field(default_factory=dict)
    conflicts: dict[tuple[str, str], Conflict] = field(default_factory=dict)
    dispensations: dict[str, Dispensation] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    told_of: dict[tuple[str, str], Case] = field(default_factory=dict)
    follow_ups: dict[str, FollowUp] = field(default_factory=dict)
    minutes_book: dict[str, BookedMinutes] = field(default_factory=dict)
    minutes_versions: dict[tuple[str, int], Version] = field(default_factory=dict)
    minutes_leases: dict[str, datetime] = field(default_factory=dict)
    minutes_answers: dict[tuple[str, str], RoundAnswer] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    approvals: dict[tuple[str, str, str, str], Approval] = field(default_factory=dict)
    locked_files: dict[tuple[str, int], LockedFile] = field(default_factory=dict)
    packs: dict[str, Pack] = field(default_factory=dict)
    frozen: dict[str, Any] = field(default_factory=dict)
    pack_leases: dict[str, datetime] = field(default_factory=dict)
    pack_files: dict[tuple[object, ...], PackFile] = field(default_factory=dict)
    pack_reads: dict[tuple[str, str], PackRead] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    answer_links: dict[str, AnswerLink] = field(default_factory=dict)
    signing_keys: dict[str, str] = field(default_factory=dict)
    later: dict[str, LaterStep] = field(default_factory=dict)
    anchors: dict[tuple[str, str, str], Anchor] = field(default_factory=dict)
    benefits: dict[tuple[str, int], BenefitReport] = field(default_factory=dict)
    evaluations: dict[int, Round] = field(default_factory=dict)
    evaluation_voters: set[tuple[str, str]] = field(default_factory=set)
    evaluation_urns: dict[str, tuple[Ballot, ...]] = field(default_factory=dict)
    channels: dict[str, ChannelPost] = field(default_factory=dict)
    calendars: dict[PersonId, str] = field(default_factory=dict)
    history: list[Event] = field(default_factory=list)
    inbox: dict[tuple[str, str], datetime] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    addresses: dict[Place, Known] = field(default_factory=dict)
    join_codes: dict[str, JoinCode] = field(default_factory=dict)
    copies: dict[tuple[str, str, str], Copy] = field(default_factory=dict)
    outbox: dict[int, Waiting] = field(default_factory=dict)
    last_id: list[int] = field(default_factory=lambda: [0])

    def snapshot(self) -> Self:
        return replace(self, **{f.name: getattr(self, f.name).copy() for f in fields(self)})

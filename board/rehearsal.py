"""What would go out, to whom, when and why, if nobody answered: the planner run ahead over a copy of what is stored."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from board.clock import local_day
from board.duty import Duty
from board.hours import Hours
from board.ids import DutyId, MeetingId, PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.notices import Notice
from board.people import Holding, Role
from board.planned import PlannedState, PlannedStep
from board.planner import Draft, Standing, plan


@dataclass(frozen=True, slots=True)
class Stored:
    """All that the planner goes by. ``duties`` and ``steps`` are the open ones."""

    duties: Sequence[Duty]
    steps: Sequence[PlannedStep]
    meetings: Mapping[MeetingId, Meeting]
    holdings: Sequence[Holding]
    drafts: Mapping[MeetingId, Sequence[Draft]]
    prepared: frozenset[MeetingId]
    channels: Sequence[PersonId]


@dataclass(frozen=True, slots=True)
class WouldGo:
    """``notice.because`` says why."""

    at: datetime
    notice: Notice


def rehearse(
    stored: Stored, mandate: Mandate, hours: Hours, until: datetime, start: datetime | None = None
) -> Iterator[WouldGo]:
    """Every notice that the planner would put in line up to and including ``until``, in the order of time.

    ``start``: when it begins; what fell due before is said then, as after a time when nobody was there to say it.
    """
    future = _Future(stored, mandate, hours, start)
    while (now := future.next_time()) is not None and now <= until:
        yield from (WouldGo(now, notice) for notice in future.happens(now))


class _Future:
    """Duties and steps by the time when they are next due; each change of one makes its older entry void."""

    def __init__(self, stored: Stored, mandate: Mandate, hours: Hours, start: datetime | None) -> None:
        self._stored, self._mandate, self._hours, self._start = stored, mandate, hours, start
        self._said: set[str] = set()
        self._duties: dict[DutyId, Duty] = {}
        self._steps: dict[str, PlannedStep] = {}
        self._line: list[tuple[datetime, str, str]] = []
        for duty in stored.duties:
            self._put_duty(duty)
        for step in stored.steps:
            self._put_step(step)

    def next_time(self) -> datetime | None:
        while self._line and not self._is_current(self._line[0]):
            heapq.heappop(self._line)
        if not self._line:
            return None
        due = self._line[0][0]
        return self._hours.first_open(max(due, self._start) if self._start else due)

    def happens(self, now: datetime) -> list[Notice]:
        duties, steps = self._take(now)
        made = plan(duties, steps, self._standing(local_day(now)), now)
        for step in made.steps:
            self._put_step(step)
        for duty in (*made.asked, *made.duties):
            self._put_duty(duty)
        new = [notice for notice in made.notices if notice.key not in self._said]
        self._said.update(notice.key for notice in new)
        return new

    def _take(self, now: datetime) -> tuple[list[Duty], list[PlannedStep]]:
        duties, steps = [], []
        while self._line and self._line[0][0] <= now:
            entry = heapq.heappop(self._line)
            if not self._is_current(entry):
                continue
            _, kind, key = entry
            if kind == "duty":
                duties.append(self._duties[DutyId(key)])
            else:
                steps.append(self._steps[key])
        return duties, steps

    def _is_current(self, entry: tuple[datetime, str, str]) -> bool:
        at, kind, key = entry
        if kind == "duty":
            return self._duties[DutyId(key)].next_at == at
        step = self._steps[key]
        return step.state is PlannedState.OPEN and step.at == at

    def _put_duty(self, duty: Duty) -> None:
        self._duties[duty.id] = duty
        if duty.next_at is not None:
            heapq.heappush(self._line, (duty.next_at, "duty", duty.id))

    def _put_step(self, step: PlannedStep) -> None:
        self._steps[step.key] = step
        if step.state is PlannedState.OPEN:
            heapq.heappush(self._line, (step.at, "step", step.key))

    def _standing(self, day: date) -> Standing:
        held = [holding for holding in self._stored.holdings if holding.holds_on(day)]
        holders: dict[Role, list[PersonId]] = {}
        deputies: dict[PersonId, list[PersonId]] = {}
        for holding in sorted(held, key=lambda h: h.person):
            people = holders.setdefault(holding.role, [])
            if holding.person not in people:
                people.append(holding.person)
            if holding.role is Role.DEPUTY and holding.deputy_for:
                deputies.setdefault(holding.deputy_for, []).append(holding.person)
        return Standing(
            hours=self._hours,
            offsets={offset.id: offset for offset in self._mandate.offsets},
            holders=holders,
            deputies=deputies,
            meetings=self._stored.meetings,
            drafts=self._stored.drafts,
            prepared=self._stored.prepared,
            channels=self._stored.channels,
        )

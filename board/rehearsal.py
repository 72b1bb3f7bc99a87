"""What would go out, to whom, when and why, if nobody answered: the planner run ahead over a copy of what is stored."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from board import later_notices
from board.clock import local_day
from board.duty import Duty
from board.evaluation import Round, RoundState, duties_of, is_to_open, open_round, opens_at
from board.evaluation_notices import requests, results, told
from board.hours import Hours
from board.ids import DutyId, MeetingId, PersonId
from board.later import LaterStep
from board.mandate import Mandate
from board.meeting import Meeting
from board.notices import Notice
from board.people import Body, Holding, Role
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
    evaluation: Round | None = None
    """The latest round of the yearly evaluation."""
    later: Sequence[tuple[LaterStep, Sequence[PersonId]]] = ()
    """What is asked long after a meeting, and whom it would be asked of today."""


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
        self._round = stored.evaluation
        self._later = {step.key: (step, people) for step, people in stored.later}
        for one, _ in stored.later:
            heapq.heappush(self._line, (one.at, "later", one.key))
        if start is not None and mandate.evaluation is not None:
            self._put_opening(local_day(start).year)
            self._put_closing()

    def next_time(self) -> datetime | None:
        while self._line and not self._is_current(self._line[0]):
            heapq.heappop(self._line)
        if not self._line:
            return None
        due = self._line[0][0]
        return self._hours.first_open(max(due, self._start) if self._start else due)

    def happens(self, now: datetime) -> list[Notice]:
        duties, steps, rounds = self._take(now)
        known = self._standing(local_day(now))
        of_rounds = [notice for kind, key in rounds for notice in self._of_round(kind, key, known, now)]
        made = plan(duties, steps, known, now)
        for step in made.steps:
            self._put_step(step)
        for duty in (*made.asked, *made.duties):
            self._put_duty(duty)
        new = [notice for notice in (*made.notices, *of_rounds) if notice.key not in self._said]
        self._said.update(notice.key for notice in new)
        return new

    def _take(self, now: datetime) -> tuple[list[Duty], list[PlannedStep], list[tuple[str, str]]]:
        duties, steps, rounds = [], [], []
        while self._line and self._line[0][0] <= now:
            entry = heapq.heappop(self._line)
            if not self._is_current(entry):
                continue
            _, kind, key = entry
            if kind == "duty":
                duties.append(self._duties[DutyId(key)])
            elif kind == "step":
                steps.append(self._steps[key])
            else:
                rounds.append((kind, key))
        return duties, steps, rounds

    def _is_current(self, entry: tuple[datetime, str, str]) -> bool:
        at, kind, key = entry
        if kind == "duty":
            return self._duties[DutyId(key)].next_at == at
        if kind != "step":
            return True
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

    def _put_opening(self, year: int) -> None:
        """That year's evaluation (mandatet § 8); the next year's comes when this one's day has."""
        at = self._opens_at(year)
        if at is not None:
            heapq.heappush(self._line, (at, "open", str(year)))

    def _opens_at(self, year: int) -> datetime | None:
        plan = self._mandate.evaluation
        return opens_at(plan, year, self._first_meeting(year), self._hours) if plan else None

    def _first_meeting(self, year: int) -> date | None:
        planned = (m.day for m in self._stored.meetings.values() if m.body is Body.BOARD and m.is_planned)
        return min((day for day in planned if day.year == year), default=None)

    def _put_closing(self) -> None:
        if self._round is not None and self._round.is_open:
            heapq.heappush(self._line, (self._round.closes_at, "close", self._round.id))

    def _of_round(self, kind: str, key: str, known: Standing, now: datetime) -> tuple[Notice, ...]:
        """A round that opens asks everybody; one that nobody answered has no result. Or a step of long after."""
        if kind == "later":
            step, people = self._later[key]
            for duty in later_notices.duties_of(step, people, now, self._hours):
                self._put_duty(duty)
            return later_notices.requests(step, people)
        if kind == "close":
            return self._closed(self._round, known) if self._round else ()
        year, evaluation = int(key), self._mandate.evaluation
        self._put_opening(year + 1)
        if evaluation is None or not is_to_open(
            evaluation, year, self._round, self._first_meeting(year), self._hours, now
        ):
            return ()
        people = known.holding(evaluation.asks)
        self._round = open_round(evaluation, year, len(people), now, self._hours)
        for duty in duties_of(self._round, people, self._hours):
            self._put_duty(duty)
        self._put_closing()
        return requests(self._round, people)

    def _closed(self, round_: Round, known: Standing) -> tuple[Notice, ...]:
        self._round = replace(round_, rev=round_.rev + 1, state=RoundState.CLOSED)
        return results(self._round, known.holding(sorted(told(self._round))))

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
            anchorers=self._mandate.anchoring.asks if self._mandate.anchoring else (),
            evaluators=self._mandate.evaluation.asks if self._mandate.evaluation else (),
        )

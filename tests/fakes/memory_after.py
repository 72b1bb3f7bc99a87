"""The double's later steps, anchoring receipts and benefit reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from board.anchoring import Anchor
from board.benefits import BenefitReport
from board.ids import CaseId, MeetingId
from board.later import LaterStep
from tests.fakes.memory_state import State


class MemoryLater:
    def __init__(self, state: State) -> None:
        self._steps = state.later

    async def put(self, steps: Sequence[LaterStep]) -> None:
        for step in steps:
            self._steps.setdefault(step.key, step)

    async def due(self, now: datetime, limit: int) -> Sequence[LaterStep]:
        due = [step for step in self._steps.values() if step.at <= now and step.done_at is None]
        return sorted(due, key=lambda step: (step.at, step.key))[:limit]

    async def done(self, steps: Sequence[LaterStep], now: datetime) -> None:
        for step in steps:
            self._steps[step.key] = replace(step, done_at=now)

    async def of_object(self, object_id: str) -> Sequence[LaterStep]:
        found = [step for step in self._steps.values() if step.object_id == object_id]
        return sorted(found, key=lambda step: (step.at, step.key))


class MemoryAnchors:
    def __init__(self, state: State) -> None:
        self._anchors = state.anchors

    async def put(self, anchor: Anchor) -> None:
        self._anchors[anchor.meeting, anchor.item, anchor.unit] = anchor

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Anchor]:
        return [anchor for (about, *_), anchor in sorted(self._anchors.items()) if about == meeting]


class MemoryBenefits:
    def __init__(self, state: State) -> None:
        self._reports = state.benefits

    async def add(self, report: BenefitReport) -> bool:
        new = (report.case, report.months) not in self._reports
        self._reports.setdefault((report.case, report.months), report)
        return new

    async def of_case(self, case: CaseId) -> Sequence[BenefitReport]:
        return [report for (about, _), report in sorted(self._reports.items()) if about == case]

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[BenefitReport]]:
        return {case: reports for case in cases if (reports := await self.of_case(case))}

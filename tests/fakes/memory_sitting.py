"""The double's meetings under way, decisions and follow-ups: the rules of their repositories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board.decision import Decision
from board.follow_up import FollowUp
from board.ids import CaseId, FollowUpId, ItemId, MeetingId, PersonId
from board.sitting import Sitting
from tests.fakes.memory_state import State


class MemorySittings:
    """Implements ``board.sitting_ports.SittingRepository``."""

    def __init__(self, state: State) -> None:
        self._sittings = state.sittings

    async def get(self, meeting: MeetingId) -> Sitting | None:
        return self._sittings.get(meeting)

    async def add(self, sitting: Sitting) -> bool:
        new = sitting.meeting not in self._sittings
        self._sittings.setdefault(sitting.meeting, sitting)
        return new

    async def save(self, sitting: Sitting) -> None:
        before = self._sittings.get(sitting.meeting)
        if before is None or before.rev != sitting.rev - 1:
            raise ValueError(f"the sitting of {sitting.meeting} is not at revision {sitting.rev - 1}")
        self._sittings[sitting.meeting] = sitting

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Sitting]:
        return {meeting: self._sittings[meeting] for meeting in meetings if meeting in self._sittings}


class MemoryDecisions:
    """Implements ``board.sitting_ports.DecisionRepository``."""

    def __init__(self, state: State) -> None:
        self._decisions = state.decisions

    async def get(self, meeting: MeetingId, item: ItemId) -> Decision | None:
        return self._decisions.get((meeting, item))

    async def put(self, decision: Decision) -> None:
        key = (decision.meeting, decision.item)
        before = self._decisions.get(key)
        if decision.rev - 1 != (before.rev if before else 0):
            raise ValueError(f"the decision {key} is not at revision {decision.rev - 1}")
        if any(k != key and (d.meeting, d.case) == (decision.meeting, decision.case) for k, d in self._of_a_case()):
            raise ValueError(f"unique: {decision.meeting} has a decision on {decision.case}")
        self._decisions[key] = decision

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Decision]:
        return [decision for decision in self._decisions.values() if decision.meeting == meeting]

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Decision]]:
        found: dict[CaseId, list[Decision]] = {}
        for decision in self._decisions.values():
            if decision.case is not None and decision.case in cases:
                found.setdefault(decision.case, []).append(decision)
        return found

    def _of_a_case(self) -> list[tuple[tuple[str, str], Decision]]:
        return [(key, decision) for key, decision in self._decisions.items() if decision.case]


class MemoryFollowUps:
    """Implements ``board.sitting_ports.FollowUpRepository``."""

    def __init__(self, state: State) -> None:
        self._follow_ups = state.follow_ups

    async def get(self, follow_up: FollowUpId) -> FollowUp | None:
        return self._follow_ups.get(follow_up)

    async def add(self, follow_ups: Sequence[FollowUp]) -> None:
        for one in follow_ups:
            self._follow_ups.setdefault(one.id, one)

    async def save(self, follow_up: FollowUp) -> None:
        before = self._follow_ups.get(follow_up.id)
        if before is None or before.rev != follow_up.rev - 1:
            raise ValueError(f"follow-up {follow_up.id} is not at revision {follow_up.rev - 1}")
        self._follow_ups[follow_up.id] = follow_up

    async def open(self, limit: int) -> Sequence[FollowUp]:
        return self._earliest()[:limit]

    async def of_owner(self, owner: PersonId, limit: int) -> Sequence[FollowUp]:
        return [one for one in self._earliest() if one.owner == owner][:limit]

    async def of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[FollowUp]]:
        found: dict[CaseId, list[FollowUp]] = {}
        for one in self._follow_ups.values():
            if one.case in cases:
                found.setdefault(one.case, []).append(one)
        return found

    def _earliest(self) -> list[FollowUp]:
        return sorted((one for one in self._follow_ups.values() if one.is_open), key=lambda one: one.due)

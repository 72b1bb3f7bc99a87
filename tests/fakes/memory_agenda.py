"""The double's agendas, numbers, treatments, conflicts, dispensations and minutes: the rules of their repositories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board.agenda import Agenda
from board.conflicts import Conflict
from board.dispensation import Dispensation
from board.ids import CaseId, DispensationId, MeetingId, PersonId
from board.treatment import Statement, Treatment
from tests.fakes.memory_state import State


class MemoryAgendas:
    def __init__(self, state: State) -> None:
        self._agendas = state.agendas

    async def get(self, meeting: MeetingId) -> Agenda | None:
        return self._agendas.get(meeting)

    async def add(self, agenda: Agenda) -> bool:
        new = agenda.meeting not in self._agendas
        self._agendas.setdefault(agenda.meeting, agenda)
        return new

    async def save(self, agenda: Agenda) -> None:
        before = self._agendas.get(agenda.meeting)
        if before is None or before.rev != agenda.rev - 1:
            raise ValueError(f"the agenda of {agenda.meeting} is not at revision {agenda.rev - 1}")
        self._agendas[agenda.meeting] = agenda


class MemoryNumbers:
    def __init__(self, state: State) -> None:
        self._last = state.numbers

    async def take(self, series: str, year: int, count: int) -> int:
        last = self._last.get((series, year), 0)
        self._last[series, year] = last + count
        return last + 1


class MemoryTreatments:
    def __init__(self, state: State) -> None:
        self._treatments, self._statements = state.treatments, state.statements

    async def add(self, treatment: Treatment) -> None:
        self._treatments.append(treatment)

    async def of_meetings(self, meetings: Sequence[MeetingId]) -> Sequence[Treatment]:
        return [treatment for treatment in self._treatments if treatment.meeting in meetings]

    async def state(self, statement: Statement) -> None:
        self._statements[statement.case, statement.person] = statement

    async def statements(self, cases: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Statement]]:
        found: dict[CaseId, list[Statement]] = {}
        for statement in sorted(self._statements.values(), key=lambda s: (s.at, s.person)):
            if statement.case in cases:
                found.setdefault(statement.case, []).append(statement)
        return found


class MemoryConflicts:
    def __init__(self, state: State) -> None:
        self._conflicts = state.conflicts

    async def get(self, case: CaseId, person: PersonId) -> Conflict | None:
        return self._conflicts.get((case, person))

    async def put(self, conflict: Conflict) -> None:
        self._conflicts[conflict.case, conflict.person] = conflict

    async def of_cases(self, cases: Sequence[CaseId]) -> Sequence[Conflict]:
        return [conflict for (case, _), conflict in sorted(self._conflicts.items()) if case in cases]


class MemoryDispensations:
    def __init__(self, state: State) -> None:
        self._dispensations = state.dispensations

    async def get(self, dispensation: DispensationId) -> Dispensation | None:
        return self._dispensations.get(dispensation)

    async def add(self, dispensation: Dispensation) -> None:
        if dispensation.id in self._dispensations:
            raise ValueError(f"dispensation {dispensation.id} is there already")
        self._dispensations[dispensation.id] = dispensation

    async def save(self, dispensation: Dispensation) -> None:
        before = self._dispensations.get(dispensation.id)
        if before is None or before.rev != dispensation.rev - 1:
            raise ValueError(f"dispensation {dispensation.id} is not at revision {dispensation.rev - 1}")
        self._dispensations[dispensation.id] = dispensation

    async def of_meeting(self, meeting: MeetingId) -> Sequence[Dispensation]:
        return [dispensation for dispensation in self._dispensations.values() if dispensation.meeting == meeting]

"""The double's cases: the rules of ``storage.repositories.cases``, over dicts and ``Case.may_be_seen_by``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from board.case import Case
from board.case_outcome import state_known_to
from board.case_ports import CaseLine, WantingCase
from board.ids import CaseId, MeetingId, PersonId
from board.people import Actor
from board.states import AFTER_BOARD, AWAITING_OFFICE, EDITABLE, ENDED, CaseState
from tests.fakes.memory_state import State


class MemoryCases:
    def __init__(self, state: State) -> None:
        self._state, self._cases = state, state.cases

    async def get(self, case: CaseId) -> Case | None:
        return self._cases.get(case)

    async def add(self, case: Case) -> None:
        if case.id in self._cases:
            raise ValueError(f"case {case.id} is there already")
        self._cases[case.id] = case
        self._state.state_since[case.id] = case.last.at

    async def save(self, case: Case) -> None:
        before = self._cases.get(case.id)
        if before is None or before.rev != case.rev - 1:
            raise ValueError(f"case {case.id} is not at revision {case.rev - 1}")
        self._cases[case.id] = case
        if before.state is not case.state:
            self._state.state_since[case.id] = case.last.at

    async def lines_for(self, actor: Actor, limit: int) -> Sequence[CaseLine]:
        def listed(case: Case) -> bool:
            waits = actor.is_handler and case.state in AWAITING_OFFICE and case.received_at is not None
            return case.may_be_seen_by(actor) and (waits or _own(case, actor))

        return self._lines(listed, limit, actor)

    async def drafts_of(self, person: PersonId, limit: int) -> Sequence[CaseLine]:
        def listed(case: Case) -> bool:
            return case.submitter == person and person not in case.excluded and case.state in EDITABLE

        return self._lines(listed, limit)

    async def wanting(self, meetings: Sequence[MeetingId]) -> Sequence[WantingCase]:
        cases = [c for _, c in sorted(self._cases.items()) if c.state not in (*AFTER_BOARD, *ENDED)]
        wanted = [(c.content.wanted_meeting, c) for c in cases if c.content.wanted_meeting in meetings]
        return [WantingCase(c.id, meeting, c.state, c.submitter, c.owner) for meeting, c in wanted if meeting]

    async def on_agenda(self, meeting: MeetingId) -> Sequence[Case]:
        treated = {treatment.case for treatment in self._state.treatments if treatment.meeting == meeting}
        treated |= {d.case for d in self._state.decisions.values() if d.case and d.meeting == meeting}
        cases = [c for _, c in sorted(self._cases.items())]
        return [c for c in cases if meeting in (c.wg_meeting, c.board_meeting) or c.id in treated]

    async def submitted_by(self, person: PersonId) -> Sequence[Case]:
        return [case for _, case in sorted(self._cases.items()) if case.submitter == person]

    async def in_state(self, state: CaseState, limit: int) -> Sequence[Case]:
        found = [(self._state.state_since[c.id], n, c) for n, c in enumerate(self._cases.values()) if c.state is state]
        return [c for *_, c in sorted(found, key=lambda f: f[:2])][:limit]

    async def titles(self, actor: Actor, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        known = (self._cases[case] for case in cases if case in self._cases)
        return {c.id: c.content.title for c in known if c.may_be_seen_by(actor)}

    async def find(self, actor: Actor, words: str, limit: int) -> Sequence[CaseLine]:
        wanted = words.casefold().split()
        return self._lines(
            lambda c: bool(wanted) and c.may_be_seen_by(actor) and all(w in _searched(c) for w in wanted), limit, actor
        )

    def _lines(self, chosen: Callable[[Case], bool], limit: int, actor: Actor | None = None) -> Sequence[CaseLine]:
        found = [(c.state not in ENDED, c.updated_at, n, c) for n, c in enumerate(self._cases.values()) if chosen(c)]
        lines = [_line(c) for *_, c in sorted(found, key=lambda f: f[:3], reverse=True)[:limit]]
        return [replace(x, state=state_known_to(CaseState(x.state), actor)) for x in lines] if actor else lines


def _own(case: Case, actor: Actor) -> bool:
    return actor.id in (case.submitter, case.owner, case.submitter_deputy, case.owner_deputy)


def _searched(case: Case) -> str:
    numbers = (case.board_number, case.wg_number, *case.earlier_numbers)
    return "\n".join((case.content.title, case.content.project_ref, *numbers)).casefold()


def _line(c: Case) -> CaseLine:
    title, owner, number = c.content.title, c.content.project_owner, c.board_number or c.wg_number
    return CaseLine(c.id, c.rev, title, c.state, c.case_type, c.submitter, owner, c.updated_at, c.deadline, number)

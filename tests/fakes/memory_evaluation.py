"""The double's evaluations: rounds by year, who has answered, and the urn, which nothing here has to seal."""

from __future__ import annotations

from collections.abc import Sequence

from board.evaluation import Ballot, Round
from board.ids import EvaluationId, PersonId
from tests.fakes.memory_state import State


class MemoryEvaluations:
    def __init__(self, state: State) -> None:
        self._rounds, self._voters, self._urns = state.evaluations, state.evaluation_voters, state.evaluation_urns

    async def get(self, evaluation: EvaluationId) -> Round | None:
        return next((one for one in self._rounds.values() if one.id == evaluation), None)

    async def latest(self) -> Round | None:
        return self._rounds[max(self._rounds)] if self._rounds else None

    async def of_year(self, year: int) -> Round | None:
        return self._rounds.get(year)

    async def add(self, round_: Round) -> bool:
        new = round_.year not in self._rounds
        self._rounds.setdefault(round_.year, round_)
        return new

    async def save(self, round_: Round) -> None:
        self._rounds[round_.year] = round_

    async def has_answered(self, evaluation: EvaluationId, person: PersonId) -> bool:
        return (evaluation, person) in self._voters

    async def answered(self, evaluation: EvaluationId, person: PersonId) -> None:
        self._voters.add((evaluation, person))

    async def urn(self, evaluation: EvaluationId) -> Sequence[Ballot]:
        return self._urns.get(evaluation, ())

    async def fill(self, evaluation: EvaluationId, urn: Sequence[Ballot]) -> None:
        self._urns[evaluation] = tuple(urn)

    async def destroy(self, evaluation: EvaluationId) -> None:
        self._urns.pop(evaluation, None)

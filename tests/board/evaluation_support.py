"""A board of twelve that answers its yearly evaluation, over the double of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from board.after_commands import AnswerEvaluation, CloseEvaluation
from board.errors import Refusal
from board.evaluation import Ballot, Round, round_id
from board.people import Actor, Body, Holding, Role
from board.usecases.answer_evaluation import answer_evaluation
from board.usecases.close_evaluation import close_evaluation
from board.usecases.keep_evaluation import keep_evaluation
from tests.board.support import OFFICE, Desk, actor, desk

NOVEMBER = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
"""The first working day of the month, at the opening."""
THIS = round_id(2026)
DIRECTORS = tuple(actor(f"director-{n}", Role.MEMBER) for n in range(8))
ALL_FIVE = {f"q{n}": 4 for n in range(1, 6)}


@dataclass
class Evaluated:
    desk: Desk

    async def tick(self) -> None:
        async with self.desk.memory.work.write() as unit:
            await keep_evaluation(words, unit, self.desk.rules)
            await unit.commit()

    async def answer(
        self, who: Actor, marks: Mapping[str, int] = ALL_FIVE, comment: str = "", *, commit: bool = True
    ) -> Round | Refusal:
        async with self.desk.memory.work.write() as unit:
            result = await answer_evaluation(AnswerEvaluation(THIS, marks, comment), who, unit, self.desk.rules)
            if commit:
                await unit.commit()
        return result

    async def close(self, who: Actor = OFFICE) -> Round | Refusal:
        async with self.desk.memory.work.write() as unit:
            result = await close_evaluation(CloseEvaluation(THIS), who, words, unit, self.desk.rules)
            await unit.commit()
        return result

    @property
    def round(self) -> Round:
        return self.desk.memory.state.evaluations[2026]

    @property
    def urn(self) -> Sequence[Ballot]:
        return self.desk.memory.state.evaluation_urns.get(THIS, ())


def words(round_: Round) -> Mapping[str, str]:
    texts = dict.fromkeys(("title", "summary", "proposed_decision"), f"Evaluering {round_.year}")
    return {**texts, "assessment": "Tall"}


async def a_board() -> Evaluated:
    """Opened by itself: the register's chair and member, and eight directors more, are asked."""
    at = await desk()
    async with at.memory.work.write() as unit:
        for one in DIRECTORS:
            await unit.people.add(one.person)
            await unit.people.hold(Holding(one.id, Role.MEMBER, Body.BOARD, date(2022, 1, 1)))
        await unit.commit()
    at.clock.set(NOVEMBER)
    found = Evaluated(at)
    await found.tick()
    return found

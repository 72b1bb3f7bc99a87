"""Looking at what one is asked of habilitet for a meeting: the cases, and what one has answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.case import Case
from board.conflicts import RECIPIENTS, Conflict
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, MeetingId
from board.meeting import Meeting
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._conflict import answers_of, asked_about, settle_with
from board.usecases._record import refuse
from board.usecases.look_at_meeting import look_at_meeting


@dataclass(frozen=True, slots=True)
class Asked:
    """``cases``: those that the person may see and is asked about; ``answers``: the person's own, by case."""

    meeting: Meeting
    cases: tuple[Case, ...]
    answers: Mapping[CaseId, Conflict]

    @property
    def unanswered(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.id not in self.answers)


async def asked_conflicts(meeting: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> Asked | Refusal:
    """Ends the question, too, where nothing of it is left: its last unanswered case may have been withdrawn."""
    found = await look_at_meeting(meeting, actor, work, rules)
    if isinstance(found, Refusal):
        return found
    if not actor.roles & RECIPIENTS:
        refusal = Refusal(RefusalCode.NOT_ALLOWED, {"act": "declare", "roles": tuple(sorted(RECIPIENTS))})
        await refuse(refusal, actor, meeting, work, rules)
        return refusal
    cases = await asked_about(meeting, actor, work)
    await settle_with(cases, meeting, actor, work, rules)
    return Asked(found, cases, await answers_of(actor.id, [case.id for case in cases], work))

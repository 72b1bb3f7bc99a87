"""Whether a document of a case is open, or exempt from public access, under which paragraph and until when."""

from __future__ import annotations

from board.case import Case, Changed, Result
from board.case_course import classify
from board.clock import local_day
from board.commands import ClassifyDocument
from board.errors import Refusal, RefusalCode
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def classify_document(command: ClassifyDocument, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    over = command.exempt and command.until is not None and command.until < local_day(now)

    def act(case: Case) -> Result:
        result = classify(case, actor, command.document, command.legal_basis, command.until, now, exempt=command.exempt)
        if over and isinstance(result, Changed):
            return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": command.until})
        return result

    return await on_case(command.case, None, actor, work, rules, act)

"""The office asks that what came too late for a board meeting is taken in (ettersending), with a reason."""

from __future__ import annotations

from board.case import Case, Result
from board.case_course import ask_late as ask
from board.commands import AskLate
from board.errors import Refusal, RefusalCode
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case


async def ask_late(command: AskLate, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    meeting = (await work.meetings.named([command.meeting])).get(command.meeting)
    fits = meeting is not None and meeting.body is Body.BOARD and meeting.is_planned and meeting.starts_at > now

    def asked(case: Case) -> Result:
        result = ask(case, actor, command.meeting, command.reason, now)
        if isinstance(result, Refusal) or fits:
            return result
        return Refusal(RefusalCode.MEETING_UNFIT, {"fields": ("meeting",)})

    return await on_case(command.case, command.rev, actor, work, rules, asked)

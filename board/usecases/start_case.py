"""``meld sak``: what kind of case it is, and that none of the seven exclusions holds (mandatet § 3)."""

from __future__ import annotations

from board import case_intake
from board.case import Result
from board.case_content import too_long
from board.commands import StartCase
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import CaseId
from board.mandate import Mandate
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case
from board.usecases._record import record


async def start_case(command: StartCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    if not rules.mandate.anyone_may_submit and not actor.roles:
        refusal = Refusal(RefusalCode.MEMBERS_ONLY, {"act": "start"})
        return await record(refusal, actor, actor.id, work, rules)
    if excluded := [e for e in rules.mandate.exclusions if command.scope.get(e.id)]:
        return await _refuse(excluded[0].id, command, actor, work, rules)
    sub_portfolio = settle_sub_portfolio(command, rules.mandate)
    if missing := missing_answers(command, sub_portfolio, rules.mandate):
        return Refusal(RefusalCode.INCOMPLETE, {"fields": missing, "unread": (), "documents": ()})
    kind = (command.delivery_form, command.case_type, sub_portfolio)
    if command.case is not None:
        now = rules.clock.now()
        return await on_case(
            command.case, None, actor, work, rules, lambda case: case_intake.retype(case, actor, kind, now)
        )
    if long := too_long({"summary": command.summary}):
        return Refusal(RefusalCode.TOO_LONG, {"fields": long})
    case_id = CaseId(rules.ids.new())
    started = case_intake.start(case_id, actor, kind, None, rules.clock.now(), command.summary)
    return await record(started, actor, case_id, work, rules)


def settle_sub_portfolio(command: StartCase, mandate: Mandate) -> str:
    """The sub-portfolio answered, or the only one that the case type can have."""
    if command.case_type not in mandate.case_type:
        return command.sub_portfolio
    return mandate.settled_sub_portfolio(command.case_type) or command.sub_portfolio


def missing_answers(command: StartCase, sub_portfolio: str, mandate: Mandate) -> tuple[str, ...]:
    """The input ids whose answer is not there or is no choice of the mandate file, all at once."""
    case_type = mandate.case_type.get(command.case_type)
    missing = []
    if command.delivery_form not in mandate.delivery_form:
        missing.append("delivery_form")
    if case_type is None or (not missing and command.delivery_form not in case_type.delivery_forms):
        missing.append("case_type")
    if case_type is not None and sub_portfolio not in case_type.sub_portfolios:
        missing.append("sub_portfolio")
    missing += [f"scope_{n}" for n, e in enumerate(mandate.exclusions, 1) if e.id not in command.scope]
    return tuple(missing)


async def _refuse(exclusion: str, command: StartCase, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    """Ends the intake kindly, whatever else is unanswered: nothing is kept but that it was asked and refused.

    A draft that was there before stays as it was, so that a wrong answer can be corrected.
    """
    now = rules.clock.now()
    if command.case is not None:
        draft = await on_case(
            command.case, None, actor, work, rules, lambda case: case_intake.retype(case, actor, case.kind, now)
        )
        if isinstance(draft, Refusal):
            return draft
    about = command.case or actor.id
    event = Event(Happened.INTAKE_REFUSED, about, now, actor.id, details={"exclusion": exclusion})
    await work.history.append([event])
    paragraph = rules.mandate.exclusion[exclusion].paragraph
    return Refusal(RefusalCode.OUT_OF_SCOPE, {"exclusion": exclusion}, paragraph)

"""The benefit owner says how the benefits go; the board gets it as an orientation case (mandatet § 2, § 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from board.after_commands import ReportBenefit
from board.benefits import BenefitReport, BenefitStatus, report_refusal
from board.case import Case
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.usecases._automatic import make_case
from board.usecases._record import refuse

CASE_TYPE = "benefits"

BenefitWorder: TypeAlias = Callable[[Case, BenefitReport], Mapping[str, str]]
"""Words the case that is made of a report, in the language of the board's papers."""


async def report_benefit(
    command: ReportBenefit, actor: Actor, worder: BenefitWorder, work: UnitOfWork, rules: Rules
) -> BenefitReport | Refusal:
    case = await work.cases.get(command.case)
    if case is None or not await may_report(case, command.months, actor, work):
        right = case is not None and case.may_be_seen_by(actor)
        roles = (Role.BENEFIT_OWNER, Role.PROJECT_OWNER)
        refusal = Refusal(
            RefusalCode.NOT_ALLOWED if right else RefusalCode.NOT_FOUND, {"act": "report", "roles": roles}
        )
        await refuse(refusal, actor, command.case, work, rules)
        return refusal
    if earlier := next((r for r in await work.benefits.of_case(case.id) if r.months == command.months), None):
        return Refusal(RefusalCode.ALREADY, {"what": Happened.BENEFIT_REPORTED, "by": earlier.person, "at": earlier.at})
    if wrong := report_refusal(command.status, command.text):
        return wrong
    now = rules.clock.now()
    report = BenefitReport(
        case.id, command.months, actor.id, now, command.status or BenefitStatus.NOT, command.text.strip(),
        command.expected, command.realised,
    )  # fmt: skip
    return await _kept(case, report, actor, worder, work, rules)


async def _kept(
    case: Case, report: BenefitReport, actor: Actor, worder: BenefitWorder, work: UnitOfWork, rules: Rules
) -> BenefitReport:
    made = await make_case(CASE_TYPE, case.sub_portfolio, worder(case, report), work, rules, like=case)
    kept = replace(report, made=made.id if made else None)
    await work.benefits.add(kept)
    await work.duties.end(case.id, [DutyKind.BENEFIT], actor.id, report.at, str(report.months))
    details = {"months": str(report.months), "status": str(report.status), "case": made.id if made else ""}
    await work.history.append([Event(Happened.BENEFIT_REPORTED, case.id, report.at, actor.id, details=details)])
    return kept


async def may_report(case: Case, months: int, actor: Actor, work: UnitOfWork) -> bool:
    """Who was asked at this checkpoint, or stands in; once it was asked also the project owner."""
    asked = [d for d in await work.duties.of_object(case.id) if d.kind is DutyKind.BENEFIT and d.part == str(months)]
    if not asked or actor.id in case.excluded:
        return False
    return actor.id in (case.owner, case.owner_deputy) or any(duty.concerns(actor.id) for duty in asked)

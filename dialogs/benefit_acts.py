"""Benefit checkpoints: the question, the report, and the course in a case's card (mandatet § 2, § 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.after_commands import ReportBenefit
from board.benefits import BenefitReport, BenefitStatus
from board.case import Case
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.mandate import Mandate
from board.usecases.report_benefit import BenefitWorder, may_report, report_benefit
from cards import actions
from cards.after_views import BenefitView
from cards.i18n import Language, _, current, use
from cards.message import Banner, Message
from cards.templates.benefit_card import benefit_card, benefit_case
from cards.templates.refusals import plain_refusal, refusal_banner
from dialogs.amounts import read_yearly
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, case_id, text
from dialogs.room import Reply, Room, Wanted, show

_SUMS: Final = ("expected", "realised")


def worder(mandate: Mandate) -> BenefitWorder:
    """Words the case that is made of a report, in the language of the board's papers."""

    def words(case: Case, report: BenefitReport) -> Mapping[str, str]:
        language: Language = mandate.language  # type: ignore[assignment]  # checked when the mandate file was read
        with use(language):
            return benefit_case(case, report)

    return words


async def card(room: Room, about: CaseId, months: int, note: Banner | None = None) -> Message | None:
    """None where there is no such case, or nothing of it for this reader."""
    view = await _view(room, about, months, {}, {})
    return benefit_card(view, note) if view else None


async def _view(
    room: Room, about: CaseId, months: int, typed: Mapping[str, str], errors: Mapping[str, str]
) -> BenefitView | None:
    case = await room.work.cases.get(about)
    if case is None:
        return None
    seen, asked = case.may_be_seen_by(room.actor), await may_report(case, months, room.actor, room.work)
    if not (seen or asked):
        return None
    report = next((one for one in await room.work.benefits.of_case(about) if one.months == months), None)
    people = await room.work.people.get([report.person]) if report else {}
    made = await room.work.cases.get(report.made) if report and report.made else None
    duties = [d for d in await room.work.duties.of_object(about) if d.kind is DutyKind.BENEFIT and d.is_open]
    due = next((duty.due for duty in duties if duty.part == str(months)), None)
    return BenefitView(
        case,
        months,
        room.mandate,
        room.today,
        due,
        asked and report is None,
        report,
        people[report.person].name if report and report.person in people else "",
        made is not None and made.may_be_seen_by(room.actor),
        seen,
        typed,
        errors,
    )


def _months(data: Data) -> int:
    written = text(data, "months")
    return int(written) if written.isdecimal() and len(written) <= 3 else 0


async def _show(room: Room, data: Data) -> Reply:
    found = await card(room, case_id(data), _months(data))
    return show(found or plain_refusal(refusal_banner(Refusal(RefusalCode.NOT_FOUND), {}, room.mandate)))


async def _report(room: Room, data: Data) -> Reply:
    typed = {name: text(data, name) for name in ("status", "text", *_SUMS)}
    sums = {name: read_yearly(typed[name], english=current() == "en") for name in _SUMS if typed[name]}
    unread = {
        name: _("Skriv en sum, for eksempel «12,5 mill» eller «800 000».") for name, nok in sums.items() if nok is None
    }
    about, months = case_id(data), _months(data)
    if unread and (view := await _view(room, about, months, typed, unread)) and view.may_report:
        note = Banner(_("Jeg forsto ikke beløpet. Det du skrev, står her fremdeles."), "attention")
        return show(benefit_card(view, note))
    status = BenefitStatus(typed["status"]) if typed["status"] in list(BenefitStatus) else None
    command = ReportBenefit(about, months, status, typed["text"], sums.get("expected"), sums.get("realised"))
    result = await report_benefit(command, room.actor, worder(room.mandate), room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _again(room, command, result, typed))
    thanks = Banner(_("Takk. Porteføljekontoret har fått det som en orienteringssak til styret."), "good")
    return show(await card(room, about, months, thanks) or plain_refusal(thanks))


async def _again(room: Room, command: ReportBenefit, refusal: Refusal, typed: Mapping[str, str]) -> Message:
    fields = refusal.params.get("fields", ())
    if refusal.code is RefusalCode.INCOMPLETE and isinstance(fields, tuple):
        errors = {str(name): _("Må fylles ut.") for name in fields}
        note = Banner(_("Fyll ut det som mangler. Det du skrev, står her fremdeles."), "attention")
    else:
        errors, note = {}, await refusal_note(room, refusal)
    view = await _view(room, command.case, command.months, typed, errors)
    return benefit_card(view, note) if view else plain_refusal(note)


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where it is answered, or asked of somebody else now."""
    view = await _view(room, CaseId(wanted.object_id), int(wanted.part or 0), {}, {})
    if view is None or (not view.may_report and not wanted.copy):
        return None
    return benefit_card(view)


HANDLERS: Final[dict[str, Handler]] = {actions.BENEFIT_SHOW: _show, actions.BENEFIT_REPORT: _report}

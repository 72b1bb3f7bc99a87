"""Benefit checkpoints: the question to the benefit owner, what was reported, and the course in the case's card."""

from __future__ import annotations

from typing import Final

from board.benefits import BenefitReport, BenefitStatus
from board.case import Case
from board.case_content import MAX_TEXT
from board.clock import local_day
from cards import actions
from cards.after_views import BenefitCourse, BenefitView
from cards.formats import date_time, money, weekday_date
from cards.i18n import _, noop
from cards.message import (
    Act,
    Banner,
    Block,
    Button,
    Facts,
    Field,
    Inputs,
    Json,
    LongText,
    Message,
    Option,
    Paragraph,
    Say,
    Step,
    Steps,
)
from cards.templates.duty_texts import due_words

_STATUS: Final = {
    BenefitStatus.ON_TRACK: noop("i rute"),
    BenefitStatus.PARTLY: noop("delvis i rute"),
    BenefitStatus.NOT: noop("ikke i rute"),
}


def status_words(status: BenefitStatus) -> str:
    return _(_STATUS[status])


def benefit_card(view: BenefitView, note: Banner | None = None) -> Message:
    title = _("Gevinster etter {n} måneder: {case}", n=view.months, case=_name(view.case))
    blocks: list[Block] = [note] if note else []
    if view.report:
        blocks += _reported(view, view.report)
    elif view.may_report:
        blocks += _asked(view)
    else:
        blocks.append(Paragraph(_("Det er ikke meldt noe om gevinstene ennå.")))
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view),
        why=_why(view),
        summary=_summary(view, title),
    )


def _name(case: Case) -> str:
    return f"{case.board_number} {case.content.title}".strip()


def _why(view: BenefitView) -> str:
    if not view.may_report:
        return ""
    return _("Du får denne fordi du har ansvaret for gevinstene i saken (mandatet § 2 og § 4).")


def _summary(view: BenefitView, title: str) -> str:
    if view.report:
        return _("{title}: {status}.", title=title, status=status_words(view.report.status))
    return _("{title}: svar {due}.", title=title, due=due_words(view.due, view.today)) if view.due else title


def _asked(view: BenefitView) -> list[Block]:
    due = due_words(view.due, view.today) if view.due else ""
    asks = _("Hvordan går det med gevinstene? Svar {due}. Svaret blir en orienteringssak til styret.", due=due)
    expected = view.case.content.benefits
    texts: list[Block] = [LongText(_("Gevinstene som saken la til grunn"), expected)] if expected else []
    return [Paragraph(asks), *texts, Inputs(_fields(view))]


def _fields(view: BenefitView) -> tuple[Field, ...]:
    typed, errors = view.typed, view.errors
    options = tuple(Option(str(status), _(words).capitalize()) for status, words in _STATUS.items())
    year = _("Kroner per år, for eksempel «12,5 mill». Valgfritt.")
    return (
        Field("status", "choice", _("Status"), typed.get("status", ""), required=True, options=options,
              error=errors.get("status", "")),
        Field("text", "long_text", _("Hvordan går det, og hva gjøres videre?"), typed.get("text", ""), required=True,
              error=errors.get("text", ""), max_length=MAX_TEXT),
        Field("expected", "money", _("Forventet gevinst"), typed.get("expected", ""), hint=year,
              error=errors.get("expected", ""), max_length=60),
        Field("realised", "money", _("Realisert gevinst så langt"), typed.get("realised", ""), hint=year,
              error=errors.get("realised", ""), max_length=60),
    )  # fmt: skip


def _reported(view: BenefitView, report: BenefitReport) -> list[Block]:
    rows = [
        (_("Status"), status_words(report.status)),
        *amounts(report),
        (_("Meldt"), _("{who}, {when}", who=view.reporter, when=date_time(report.at))),
    ]
    return [Facts(tuple(rows)), LongText(_("Hvordan det går"), report.text)]


def amounts(report: BenefitReport) -> list[tuple[str, str]]:
    rows = []
    if report.expected is not None:
        rows.append((_("Forventet per år"), money(report.expected)))
    if report.realised is not None:
        rows.append((_("Realisert per år"), money(report.realised)))
    return rows


def _buttons(view: BenefitView) -> tuple[Button, ...]:
    found: list[Button] = []
    if view.may_report:
        key: dict[str, Json] = {"id": view.case.id, "months": str(view.months)}
        found.append(Act(actions.BENEFIT_REPORT, _("Send"), key, "positive"))
    if view.report and view.report.made and view.made_seen:
        made: dict[str, Json] = {"id": view.report.made}
        found.append(Act(actions.CASE_OPEN, _("Vis orienteringssaken"), made, with_inputs=False))
    if view.case_seen:
        found.append(Act(actions.CASE_OPEN, _("Vis saken"), {"id": view.case.id}, with_inputs=False))
    return tuple(found) or (Say(_("Oppgaver"), _("oppgaver")),)


def course(seen: BenefitCourse) -> tuple[Block, ...]:
    """The checkpoints of a decided case, for its card."""
    if not seen.steps:
        return ()
    return (Paragraph(_("Gevinster"), strong=True), Steps(tuple(_step(seen, n) for n in range(len(seen.steps)))))


def _step(seen: BenefitCourse, number: int) -> Step:
    step = seen.steps[number]
    name = _("Etter {n} måneder", n=step.part)
    report = seen.reports.get(int(step.part))
    if report is not None:
        told = [status_words(report.status), *(f"{label} {value}" for label, value in amounts(report))]
        return Step(name, "done", ", ".join(told))
    if step.done_at is not None:
        return Step(name, "current", _("spurt, ikke svart"))
    return Step(name, "ahead", weekday_date(local_day(step.at)))


# -- the orientation case ----------------------------------------------------------------------------------------------


def benefit_case(case: Case, report: BenefitReport) -> dict[str, str]:
    """Each field of the case that is made of a report."""
    rows = [(_("Status"), status_words(report.status)), *amounts(report)]
    figures = "\n".join(f"{name}: {value}" for name, value in rows)
    about = _("Gevinstoppfølging {n} måneder etter vedtaket i sak {case}.", n=report.months, case=_name(case))
    return {
        "title": _("Gevinster etter {n} måneder: {case}", n=report.months, case=case.content.title),
        "summary": f"{about}\n\n{figures}",
        "benefits": report.text,
        "proposed_decision": _("Styret tar gevinstoppfølgingen til orientering."),
    }

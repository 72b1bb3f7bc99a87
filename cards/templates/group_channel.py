"""What a channel of the working group is told of a case: everybody in it reads it, whoever they are."""

from __future__ import annotations

from board.case import Case
from board.treatment import TAKES_STATEMENTS
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import label, outcome_name, state_name
from cards.message import About, Facts, Message, Paragraph
from cards.views import CaseView


def channel_card(view: CaseView) -> Message:
    """Without buttons. Of a case that somebody is inhabil for it says nothing by which it could be known."""
    case = view.case
    name = public_name(case)
    state = _("Status: {state}.", state=state_name(case.state))
    return Message(
        title=_("Til arbeidsutvalget: {name}", name=name),
        blocks=(Paragraph(state, strong=True), Facts(_facts(view))),
        why=_("Kanalen får saker til arbeidsutvalget fordi noen skrev «kanal au» her. «kanal av» stopper dem."),
        summary=f"{name}: {state_name(case.state)}",
        about=About(case.id, case.rev),
    )


def public_name(case: Case) -> str:
    if case.excluded:
        return _("en sak")
    if case.content.classification == "open":
        return case.content.title or _("Sak uten tittel")
    return case.content.public_title or _("En sak som er unntatt offentlighet")


def _facts(view: CaseView) -> tuple[tuple[str, str], ...]:
    case = view.case
    if case.excluded:
        return ()
    stated = case.statements_due if case.state in TAKES_STATEMENTS else None
    rows = (
        (_("Sakstype"), label(view.mandate.case_type[case.case_type].label)),
        (_("Nummer i arbeidsutvalget"), case.wg_number),
        (_("Arbeidsutvalgets møte"), weekday_date(view.group_meeting.day) if view.group_meeting else ""),
        (_("Ønsket styremøte"), weekday_date(view.meeting.day) if view.meeting else ""),
        (_("Uttalelser innen"), weekday_date(stated) if stated else ""),
        (_("Arbeidsutvalget"), outcome_name(case.wg_outcome) if case.wg_outcome else ""),
    )
    return tuple((name, value) for name, value in rows if value)

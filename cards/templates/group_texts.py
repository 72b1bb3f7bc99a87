"""What a case's card says of the working group, of the board's agenda, and of having come late."""

from __future__ import annotations

from board.case import Case
from board.late import Late
from board.people import Role
from board.states import CaseAct, CaseState
from cards.formats import join_words, weekday_date
from cards.i18n import _
from cards.labels import outcome_name
from cards.message import LongText
from cards.views import CaseView

TYPED_BYTES = 6_000
"""Of an earlier statement, to stand in the input it can be changed in; a longer one would fill the card."""


# -- what is asked -----------------------------------------------------------------------------------------------------


def group_asked(view: CaseView) -> str:
    """What the reader is asked to do now; empty where nothing is asked."""
    acts = view.acts
    if CaseAct.LATE_ACCEPT in acts and view.case.late:
        return _late_asked(view, view.case.late)
    if view.may_state and view.own_statement is None and view.case.statements_due:
        day = weekday_date(view.case.statements_due)
        return _("Uttal deg om saken innen {day}. Har du ingenting å si, skriv «ingen merknad».", day=day)
    if view.may_treat:
        return _("Møtet i arbeidsutvalget er i gang. Registrer hva arbeidsutvalget sa om saken.")
    if CaseAct.WG_SCHEDULE in acts and not view.group_meetings:
        return _("Saken venter på et møte i arbeidsutvalget, og ingen er satt opp. Sett opp et, så kan saken tas med.")
    if CaseAct.WG_SCHEDULE in acts:
        return _("Sett saken på sakslisten til et møte i arbeidsutvalget.")
    return ""


def _late_asked(view: CaseView, late: Late) -> str:
    meeting = _meeting_words(view, late)
    if late.awaits is Role.CHAIR:
        return _("Saken kom etter fristen til {meeting}. Porteføljeansvarlig har sagt ja. Godtar du?", meeting=meeting)
    return _("Saken kom etter fristen til {meeting}. Godtar du, går spørsmålet til leder.", meeting=meeting)


# -- facts -------------------------------------------------------------------------------------------------------------


def group_facts(view: CaseView) -> tuple[tuple[str, str], ...]:
    """Numbers, meetings, what the working group said; rows without a value are left to the caller."""
    case = view.case
    return (
        (_("Nummer i arbeidsutvalget"), case.wg_number),
        (_("Arbeidsutvalgets møte"), _day_of(view) if case.state is CaseState.ON_WG_AGENDA else ""),
        (_("Arbeidsutvalget"), _outcome(view)),
        (_("Uttalelser"), _statements_due(view)),
        (_("Saksnummer"), case.board_number),
        (_("Styremøte"), weekday_date(view.board_meeting.day) if view.board_meeting else ""),
        (_("Tidligere nummer"), join_words(case.earlier_numbers)),
        (_("Etter fristen"), late_words(view)),
    )


def _outcome(view: CaseView) -> str:
    """«anbefalt med merknader, torsdag 16. april 2026»."""
    if view.case.wg_outcome is None:
        return ""
    name = outcome_name(view.case.wg_outcome)
    return f"{name}, {_day_of(view)}" if view.group_meeting else name


def _day_of(view: CaseView) -> str:
    return weekday_date(view.group_meeting.day) if view.group_meeting else ""


def _statements_due(view: CaseView) -> str:
    case = view.case
    if case.statements_due is None or case.state not in (CaseState.ON_WG_AGENDA, CaseState.WG_TREATED):
        return ""
    return _("{n} gitt, frist {day}", n=len(view.statements), day=weekday_date(case.statements_due))


def late_words(view: CaseView) -> str:
    """How it stands with a case that came late; empty for one that did not."""
    late = view.case.late
    if late is None:
        return ""
    meeting = _meeting_words(view, late)
    if late.refused_by:
        return _("ikke tatt inn til {meeting}: {reason}", meeting=meeting, reason=late.ruling)
    if late.is_accepted:
        return _("tatt inn til {meeting}, godtatt av {who}", meeting=meeting, who=view.name(late.chair))
    waits = _("leder") if late.awaits is Role.CHAIR else _("porteføljeansvarlig")
    return _("bedt tatt inn til {meeting}, venter på {who}", meeting=meeting, who=waits)


def _meeting_words(view: CaseView, late: Late) -> str:
    meeting = view.meetings.get(late.meeting)
    return _("styremøtet {day}", day=weekday_date(meeting.day)) if meeting else _("et styremøte")


# -- long texts --------------------------------------------------------------------------------------------------------


def group_long_texts(view: CaseView) -> tuple[LongText, ...]:
    """Why it is late, the working group's remarks, and each statement with who gave it."""
    case = view.case
    found = []
    if reason := late_reason(case):
        found.append(LongText(_("Hvorfor saken kommer etter fristen"), reason))
    if case.wg_remarks and case.wg_remarks != case.reason:
        found.append(LongText(_("Arbeidsutvalgets merknader"), case.wg_remarks))
    for statement in view.statements:
        who = view.name(statement.person)
        found.append(LongText(_("Uttalelse fra {who}", who=who), statement.text, folded=True))
    return tuple(found)


def late_reason(case: Case) -> str:
    return case.late.reason if case.late else case.content.reason_late

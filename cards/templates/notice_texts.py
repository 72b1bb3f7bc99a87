"""The sentence a notice brings, what it asks, and why its reader gets it."""

from __future__ import annotations

from typing import Final

from board.case import Case, completeness
from board.events import Happened
from board.notices import NoticeKind
from board.people import HANDLERS, WORKING_GROUP, Role
from board.states import EDITABLE, CaseAct, CaseState
from board.treatment import WgOutcome
from cards.formats import weekday_date
from cards.i18n import _, noop
from cards.labels import decided_name, label
from cards.message import Banner
from cards.templates.group_texts import group_asked
from cards.views import CaseView

_NEWS: Final = {
    NoticeKind.CONFIRM_REQUESTED: noop("{title} venter på at du bekrefter den."),
    NoticeKind.REVIEW_REQUESTED: noop("{title} er meldt inn og venter på kontoret."),
    NoticeKind.CASE_SUBMITTED: noop("{title} er sendt til porteføljekontoret."),
    NoticeKind.CASE_CONFIRMED: noop("{title} er bekreftet av prosjekteier og ligger hos porteføljekontoret."),
    NoticeKind.CASE_DECLINED: noop("{title} er sendt tilbake av prosjekteier."),
    NoticeKind.CASE_ACCEPTED: noop("{title} er tatt imot og er klar for arbeidsutvalget."),
    NoticeKind.CASE_RETURNED: noop("{title} er returnert av porteføljekontoret."),
    NoticeKind.CASE_OUT_OF_SCOPE: noop("{title} er avsluttet: den faller utenfor mandatet."),
    NoticeKind.CASE_WITHDRAWN: noop("{title} er trukket av den som meldte den."),
    NoticeKind.WG_TRIAGE: noop("{title} er klar for arbeidsutvalget."),
    NoticeKind.CASE_SCHEDULED_WG: noop("{title} er satt på sakslisten til arbeidsutvalget."),
    NoticeKind.STATEMENT_REQUESTED: noop("{title} skal til arbeidsutvalget, og du kan uttale deg."),
    NoticeKind.CASE_TREATED: noop("{title} er behandlet i arbeidsutvalget."),
    NoticeKind.CASE_RELEASED: noop("Møtet i arbeidsutvalget er avlyst. {title} venter på et nytt møte."),
    NoticeKind.CASE_SCHEDULED: noop("{title} er satt på sakslisten til styret."),
    NoticeKind.CASE_MOVED: noop("{title} er flyttet til et annet styremøte."),
    NoticeKind.CASE_DISPATCHED: noop("{title} er sendt ut til styret."),
    NoticeKind.DECISION_PUBLISHED: noop("{title} er behandlet av styret."),
    NoticeKind.LATE_REQUESTED: noop("{title} kom etter fristen og venter på ja eller nei."),
    NoticeKind.LATE_RULED: noop("Det er avgjort om {title} tas inn etter fristen."),
}
_OUTCOMES: Final = {
    WgOutcome.RECOMMENDED: noop("{title} er anbefalt av arbeidsutvalget."),
    WgOutcome.WITH_REMARKS: noop("{title} er anbefalt av arbeidsutvalget, med merknader."),
    WgOutcome.NOT_RECOMMENDED: noop("{title} er ikke anbefalt av arbeidsutvalget. Saken går til styret med det rådet."),
    WgOutcome.POSTPONED: noop("{title} er utsatt av arbeidsutvalget."),
    WgOutcome.SENT_BACK: noop("{title} er sendt tilbake av arbeidsutvalget."),
}
_LATE_TAKEN: Final = noop("{title} tas inn etter fristen.")
_LATE_NOT_TAKEN: Final = noop("{title} tas ikke inn etter fristen.")


_STATE_OF: Final = {
    NoticeKind.CONFIRM_REQUESTED: CaseState.AWAITING_OWNER,
    NoticeKind.REVIEW_REQUESTED: CaseState.SUBMITTED,
    NoticeKind.CASE_SUBMITTED: CaseState.SUBMITTED,
    NoticeKind.CASE_CONFIRMED: CaseState.SUBMITTED,
    NoticeKind.CASE_DECLINED: CaseState.DRAFT,
    NoticeKind.CASE_ACCEPTED: CaseState.READY_FOR_WG,
    NoticeKind.CASE_RETURNED: CaseState.INCOMPLETE,
    NoticeKind.CASE_OUT_OF_SCOPE: CaseState.OUT_OF_SCOPE,
    NoticeKind.CASE_WITHDRAWN: CaseState.WITHDRAWN,
    NoticeKind.WG_TRIAGE: CaseState.READY_FOR_WG,
    NoticeKind.CASE_RELEASED: CaseState.READY_FOR_WG,
    NoticeKind.CASE_SCHEDULED_WG: CaseState.ON_WG_AGENDA,
    NoticeKind.STATEMENT_REQUESTED: CaseState.ON_WG_AGENDA,
    NoticeKind.CASE_SCHEDULED: CaseState.ON_BOARD_AGENDA,
    NoticeKind.CASE_MOVED: CaseState.ON_BOARD_AGENDA,
    NoticeKind.CASE_DISPATCHED: CaseState.DISPATCHED,
}
_LAST_OF: Final = {
    NoticeKind.CASE_TREATED: frozenset({Happened.CASE_TREATED}),
    NoticeKind.DECISION_PUBLISHED: frozenset({Happened.CASE_PUBLISHED, Happened.CASE_MINUTED}),
    NoticeKind.LATE_RULED: frozenset({Happened.LATE_ACCEPTED, Happened.LATE_REFUSED}),
}
"""News that holds as long as nothing has happened to the case since, in whichever state it is."""


_THANKS: Final = {
    (Happened.CASE_SUBMITTED, CaseState.AWAITING_OWNER): noop(
        "Sendt til prosjekteier, som bekrefter saken før porteføljekontoret får den."
    ),
    (Happened.CASE_SUBMITTED, CaseState.SUBMITTED): noop("Sendt til porteføljekontoret."),
    (Happened.CASE_CONFIRMED, CaseState.SUBMITTED): noop("Takk. Porteføljekontoret har fått saken."),
    (Happened.CASE_DECLINED, CaseState.DRAFT): noop("Saken er sendt tilbake, og innmelderen har fått beskjed."),
    (Happened.CASE_ACCEPTED, CaseState.READY_FOR_WG): noop("Saken er klar for arbeidsutvalget."),
    (Happened.CASE_RETURNED, CaseState.INCOMPLETE): noop("Saken er returnert, og innmelderen har fått beskjed."),
    (Happened.CASE_OUT_OF_SCOPE, CaseState.OUT_OF_SCOPE): noop(
        "Saken er avsluttet, og de som eier den, har fått beskjed."
    ),
    (Happened.CASE_WITHDRAWN, CaseState.WITHDRAWN): noop("Saken er trukket."),
    (Happened.CASE_SCHEDULED_WG, CaseState.ON_WG_AGENDA): noop(
        "Saken står på sakslisten til arbeidsutvalget. De som eier den, har fått beskjed, og de konserntillitsvalgte "
        "er spurt om å uttale seg."
    ),
    (Happened.CASE_TREATED, CaseState.WG_TREATED): noop(
        "Behandlingen er registrert. Innmelderen kan nå gjøre papirene endelige."
    ),
    (Happened.CASE_TREATED, CaseState.READY_FOR_WG): noop(
        "Saken er utsatt. Den får et nytt nummer når den settes opp igjen."
    ),
    (Happened.CASE_TREATED, CaseState.INCOMPLETE): noop("Saken er sendt tilbake, og innmelderen har fått beskjed."),
}
_THANKS_IN_ANY_STATE: Final = {
    Happened.LATE_ASKED: noop("Det er bedt om at saken tas inn etter fristen. De som avgjør det, er spurt."),
    Happened.LATE_REFUSED: noop("Saken tas ikke inn etter fristen. De det gjelder, har fått beskjed."),
}
_LATE_TO_CHAIR: Final = noop("Takk. Nå er leder spurt.")
_LATE_ACCEPTED: Final = noop("Takk. Saken tas inn etter fristen.")


def thanks(view: CaseView) -> Banner | None:
    """What came of the reader's own act, as long as nobody has done anything since."""
    last = view.case.last
    if last.by != view.viewer.id:
        return None
    words = _THANKS.get((last.what, view.case.state)) or _THANKS_IN_ANY_STATE.get(last.what)
    if last.what is Happened.LATE_ACCEPTED and view.case.late:
        words = _LATE_ACCEPTED if view.case.late.is_accepted else _LATE_TO_CHAIR
    return Banner(_(words), "good") if words else None


def news(kind: NoticeKind, title: str, case: Case | None = None) -> str:
    """``case``: to say also what came of it, where its reader sees the case itself."""
    words = _NEWS[kind]
    if case and kind is NoticeKind.CASE_TREATED and case.wg_outcome:
        words = _OUTCOMES[case.wg_outcome]
    if case and kind is NoticeKind.DECISION_PUBLISHED and case.board_outcome:
        return _("{title} er behandlet av styret: {outcome}.", title=title, outcome=decided_name(case.board_outcome))
    if case and kind is NoticeKind.LATE_RULED and case.late:
        words = _LATE_TAKEN if case.late.is_accepted else _LATE_NOT_TAKEN
    return _(words, title=title)


def still_news(kind: NoticeKind, case: Case) -> bool:
    """Whether what the notice told is still how it stands; its card is redrawn when the case moves on."""
    if kind is NoticeKind.LATE_REQUESTED:
        return case.late is not None and case.late.is_open
    if happened := _LAST_OF.get(kind):
        return case.last.what in happened
    return _STATE_OF[kind] is case.state


def asked_of(view: CaseView) -> str:
    """What the reader is asked to do now, with what it means; empty where nothing is asked."""
    acts = view.acts
    if CaseAct.CONFIRM in acts:
        return _("Bekreft at du står bak saken, eller send den tilbake. Kontoret får den først når du har bekreftet.")
    if CaseAct.LATE_ACCEPT in acts:
        return group_asked(view)
    if CaseAct.ACCEPT in acts:
        missing = len(completeness(view.case, view.mandate).documents)
        if missing:
            return _(
                "Vurder saken: ta imot, returner, eller avslutt som utenfor mandatet. Dokumenter som mangler: {n}.",
                n=missing,
            )
        return _("Vurder saken: ta imot, returner, eller avslutt som utenfor mandatet. Alle dokumenter er på plass.")
    if CaseAct.SAVE in acts and view.case.state is CaseState.INCOMPLETE and view.case.deadline:
        return _("Rett opp det som mangler, og send saken inn igjen innen {day}.", day=weekday_date(view.case.deadline))
    if CaseAct.SAVE in acts and view.case.submitted_at and view.case.state in EDITABLE:
        return _("Rett saken og send den inn igjen. Alt du har skrevet, er tatt vare på.")
    return group_asked(view)


def why(kind: NoticeKind | None, view: CaseView) -> str:
    """«Du får denne fordi …», from what the reader is to this case."""
    if kind is None:
        return ""
    roles = view.roles
    if Role.PROJECT_OWNER in roles and Role.SUBMITTER not in roles:
        return _("Du får denne fordi du er prosjekteier.")
    if Role.SUBMITTER in roles:
        return _("Du får denne fordi du har meldt saken.")
    if kind is NoticeKind.STATEMENT_REQUESTED and Role.EMPLOYEE_REP in roles:
        return _("Du får denne fordi du er konserntillitsvalgt.")
    if kind is NoticeKind.LATE_REQUESTED and Role.CHAIR in roles:
        return _("Du får denne fordi du er leder i styret.")
    if kind is NoticeKind.WG_TRIAGE and roles & WORKING_GROUP:
        return _("Du får denne fordi du er med i arbeidsutvalget.")
    if roles & HANDLERS:
        return _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
    return _("Du får denne fordi saken angår deg.")

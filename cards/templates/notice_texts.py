"""The sentence a notice brings, what it asks, and why its reader gets it."""

from __future__ import annotations

from typing import Final

from board.case import completeness
from board.events import Happened
from board.notices import NoticeKind
from board.people import HANDLERS, Role
from board.states import CaseAct, CaseState
from cards.formats import weekday_date
from cards.i18n import _, noop
from cards.labels import label
from cards.message import Banner
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
}


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
}


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
}


def thanks(view: CaseView) -> Banner | None:
    """What came of the reader's own act, as long as nobody has done anything since."""
    last = view.case.last
    words = _THANKS.get((last.what, view.case.state)) if last.by == view.viewer.id else None
    return Banner(_(words), "good") if words else None


def news(kind: NoticeKind, title: str) -> str:
    return _(_NEWS[kind], title=title)


def still_news(kind: NoticeKind, state: CaseState) -> bool:
    """Whether what the notice told is still how it stands; its card is redrawn when the case moves on."""
    return _STATE_OF[kind] is state


def asked_of(view: CaseView) -> str:
    """What the reader is asked to do now, with what it means; empty where nothing is asked."""
    acts = view.acts
    if CaseAct.CONFIRM in acts:
        return _("Bekreft at du står bak saken, eller send den tilbake. Kontoret får den først når du har bekreftet.")
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
    if CaseAct.SAVE in acts and view.case.submitted_at:
        return _("Rett saken og send den inn igjen. Alt du har skrevet, er tatt vare på.")
    return ""


def why(kind: NoticeKind | None, view: CaseView) -> str:
    """«Du får denne fordi …», from what the reader is to this case."""
    if kind is None:
        return ""
    roles = view.roles
    if Role.PROJECT_OWNER in roles and Role.SUBMITTER not in roles:
        return _("Du får denne fordi du er prosjekteier.")
    if Role.SUBMITTER in roles:
        return _("Du får denne fordi du har meldt saken.")
    if roles & HANDLERS:
        return _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
    return _("Du får denne fordi saken angår deg.")

"""A case as one reader sees it now: what it is, what is asked, by when, who has it, and the buttons that work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from board.case import Document, completeness
from board.clock import local_day
from board.mandate import Mandate
from board.notices import NoticeKind
from board.people import HANDLERS
from board.states import CaseAct, CaseState
from cards import actions
from cards.formats import date_time, money, weekday_date
from cards.forms import sub_portfolio_name
from cards.i18n import _
from cards.labels import happened, label, state_name
from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Facts,
    Field,
    Json,
    LongText,
    Message,
    Meter,
    MeterItem,
    Open,
    Option,
    Paragraph,
    Step,
    Steps,
    Tone,
)
from cards.safe import cut
from cards.templates.notice_texts import asked_of, news, still_news, why
from cards.views import CaseView

LONG_FIELDS = (
    "proposed_decision",
    "summary",
    "background",
    "assessment",
    "benefits",
    "risks",
    "dependencies",
    "reason_incomplete",
)
OPEN_FIELDS = frozenset(("proposed_decision", "summary", "reason_incomplete"))
"""What one must read to answer; the other texts unfold one by one."""


MOST_BUTTONS = 6

Typed = Mapping[str, Mapping[str, str]]
"""What was written in a button's inputs, by verb, where it was not taken in: it stands there still."""


def case_card(
    view: CaseView, kind: NoticeKind | None = None, note: Banner | None = None, typed: Typed | None = None
) -> Message:
    """``kind`` is the notice this card goes out as, if any; ``note`` is a sentence about what the reader just did."""
    case = view.case
    asked = asked_of(view)
    blocks: list[Block] = []
    if note:
        blocks.append(note)
    if asked:
        blocks.append(Banner(asked, "accent"))
    elif kind and still_news(kind, case.state):
        blocks.append(Paragraph(news(kind, _("Saken"))))
    blocks.append(Paragraph(status(view), strong=True, tone=_tone(case.state)))
    blocks.append(Paragraph(last_event(view), small=True))
    if case.reason:
        blocks.append(Paragraph(_("Begrunnelse: {reason}", reason=case.reason)))
    blocks.append(Steps(steps(view)))
    blocks.append(Facts(facts(view)))
    blocks.extend(long_texts(view))
    if case.state is not CaseState.DRAFT or case.documents:
        blocks.append(documents_meter(view))
    return Message(
        title=view.title,
        blocks=tuple(blocks),
        buttons=buttons(view, typed or {}),
        why=why(kind, view),
        summary=_notification(view, kind, asked),
        about=About(case.id, case.rev),
    )


def _notification(view: CaseView, kind: NoticeKind | None, asked: str) -> str:
    if kind and not asked and still_news(kind, view.case.state):
        return news(kind, view.title)
    return f"{view.title}: {asked or status(view)}"


def status(view: CaseView) -> str:
    """«Status: i retur, mangler noe. Frist: torsdag 5. mars 2026.»"""
    case = view.case
    words = _("Status: {state}.", state=state_name(case.state))
    return f"{words} {_('Frist: {day}.', day=weekday_date(case.deadline))}" if case.deadline else words


def last_event(view: CaseView) -> str:
    """«Kari tok imot saken torsdag 16. april 2026 kl. 09.00.»"""
    last = view.case.last
    return happened(last.what, view.name(last.by), date_time(last.at)) + "."


def steps(view: CaseView) -> tuple[Step, ...]:
    """Where the case has been, who has it now, and what lies ahead."""
    case = view.case
    ended = case.state in (CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE)
    reached = {
        CaseState.DRAFT: 0,
        CaseState.AWAITING_OWNER: 1,
        CaseState.INCOMPLETE: 2,
        CaseState.SUBMITTED: 2,
        CaseState.READY_FOR_WG: 3,
    }.get(case.state, 1 if case.received_at is None else 2)
    owner = view.name(case.content.project_owner)
    office = label(view.mandate.office)
    way = (
        (_("Meldt inn"), _when(case.submitted_at), view.name(case.submitter)),
        (_("Bekreftet av prosjekteier"), _when(case.received_at), owner),
        (_("Vurdert av porteføljekontoret"), "", office),
        (_("Klar for arbeidsutvalget"), "", _("porteføljeansvarlig")),
    )
    found = []
    for number, (name, when, who) in enumerate(way):
        if number < reached or (number == reached == 3):
            found.append(Step(name, "done", when))
        elif number == reached:
            found.append(Step(name, "stopped" if ended else "current", state_name(case.state) if ended else who))
        else:
            found.append(Step(name, "ahead"))
    return tuple(found)


def facts(view: CaseView) -> tuple[tuple[str, str], ...]:
    """Only what is filled in: an empty row tells nobody anything."""
    case, content, mandate = view.case, view.case.content, view.mandate
    meeting = weekday_date(view.meeting.day) if view.meeting else ""
    rows = (
        (_("Sakstype"), label(mandate.case_type[case.case_type].label)),
        (_("Behandles som"), treatment(view)),
        (_("Delportefølje"), sub_portfolio_name(case.sub_portfolio, mandate)),
        (_("Prosjekt"), content.project_ref),
        (_("Meldt av"), view.name(case.submitter)),
        (_("Prosjekteier"), view.name(content.project_owner) if content.project_owner else ""),
        (_("Legges fram av"), content.presenter),
        (_("Investering"), money(content.cost_investment) if content.cost_investment is not None else ""),
        (_("Drift per år"), money(content.cost_operation) if content.cost_operation is not None else ""),
        (_("Ønsket møte"), meeting),
        (_("Tid i møtet"), _("{n} minutter", n=content.minutes) if content.minutes else ""),
        (_("Offentlighet"), exemption(view)),
        (_("Utenfor mandatet"), excluded_by(case.exclusion, mandate) if case.exclusion else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def treatment(view: CaseView) -> str:
    """«Beslutning i Regionalt porteføljestyre (mandatet § 4)», from the authority table, or an orientation."""
    case, mandate = view.case, view.mandate
    kind = mandate.case_type[case.case_type]
    if kind.treated_as == "orientation":
        return _("orientering")
    row = mandate.decided_by(case.case_type, local_day(case.updated_at), case.content.cost_investment)
    body = label(row.label) if row and row.label else label(mandate.board)
    return _("beslutning, {body} (mandatet {paragraph})", body=body, paragraph=kind.paragraph)


def exemption(view: CaseView) -> str:
    content = view.case.content
    if content.classification == "open":
        return ""
    return _("Unntatt: {basis}", basis=content.legal_basis or _("hjemmel mangler"))


def excluded_by(exclusion: str, mandate: Mandate) -> str:
    found = mandate.exclusion[exclusion]
    return _("{exclusion} (mandatet {paragraph})", exclusion=label(found.label), paragraph=found.paragraph)


def long_texts(view: CaseView) -> tuple[LongText, ...]:
    names = {
        "proposed_decision": _("Forslag til vedtak"),
        "summary": _("Hva saken gjelder"),
        "background": _("Bakgrunn"),
        "assessment": _("Vurdering og alternativer"),
        "benefits": _("Gevinster"),
        "risks": _("Risiko"),
        "dependencies": _("Avhengigheter"),
        "reason_incomplete": _("Hvorfor dokumenter mangler"),
    }
    return tuple(
        LongText(names[f], str(text), folded=f not in OPEN_FIELDS)
        for f in LONG_FIELDS
        if (text := view.case.content.value(f))
    )


def documents_meter(view: CaseView) -> Meter:
    """«5 av 8 på plass», each named, with what it is called where it was given another name."""
    complete = completeness(view.case, view.mandate)
    given = {d.type: d for d in view.case.documents}
    items = [MeterItem(_document_line(d, given.get(d), view), d in given) for d in complete.asked]
    items += [
        MeterItem(_("Annet vedlegg: {name}", name=d.name), present=True)
        for d in view.case.documents
        if d.type not in complete.asked
    ]
    return Meter(_("Dokumenter"), tuple(items))


def _document_line(document_type: str, document: Document | None, view: CaseView) -> str:
    name = label(view.mandate.document_type[document_type].label)
    return f"{name}: {document.name}" if document and document.name else name


def buttons(view: CaseView, typed: Typed) -> tuple[Button, ...]:
    """What the reader may do now, the likeliest first. What is no longer possible has no button."""
    case = view.case
    found: list[Button] = [button for act in view.acts if (button := _button(act, view, typed))]
    if _is_asked(view):
        found.append(_cannot(view))
    links = open_buttons(view)
    if len(found) + len(links) < MOST_BUTTONS:
        found += links
    if (long_texts(view) or links) and len(found) < MOST_BUTTONS:
        found.append(Act(actions.CASE_TEXT, _("Les alt"), {"id": case.id}, with_inputs=False))
    return tuple(sorted(found, key=lambda button: isinstance(button, Act) and button.verb == actions.CASE_WITHDRAW))


def _is_asked(view: CaseView) -> bool:
    """Whether the case waits for the reader to take a stand; who stands in for somebody passes it on no further."""
    owner = CaseAct.CONFIRM in view.acts and view.viewer.id == view.case.owner
    return owner or CaseAct.ACCEPT in view.acts


def _cannot(view: CaseView) -> Act:
    """*Kan ikke*: somebody of the register answers instead."""
    who = Field("deputy_name", "text", _("Hvem kan svare i stedet? Skriv navn eller e-post."), required=True)
    return Act(
        actions.TASK_DELEGATE, _("Kan ikke"), {"id": view.case.id, "rev": view.case.rev}, fields=(who,), send=_("Spør")
    )


def open_buttons(view: CaseView) -> tuple[Open, ...]:
    """One for each document that is a link, called what it is."""
    kinds = view.mandate.document_type
    links = [d for d in view.case.documents if d.url.startswith("https://")]
    names = [label(kinds[d.type].label) if d.type in kinds else d.name or _("dokumentet") for d in links]
    return tuple(Open(_("Åpne {name}", name=cut(name, 28)), d.url) for name, d in zip(names, links, strict=True))


def _button(act: CaseAct, view: CaseView, typed: Typed) -> Act | None:
    data: dict[str, Json] = {"id": view.case.id, "rev": view.case.rev}
    reason = Field("reason", "long_text", "", required=True)
    match act:
        case CaseAct.CONFIRM:
            return Act(actions.CASE_CONFIRM, _("Bekreft saken"), data, "positive")
        case CaseAct.DECLINE:
            fields = (replace(reason, label=_("Hva må rettes?")),)
            button = Act(actions.CASE_DECLINE, _("Send tilbake"), data, "destructive", fields)
        case CaseAct.ACCEPT:
            return Act(actions.CASE_ACCEPT, _("Ta imot"), data, "positive")
        case CaseAct.RETURN:
            day = Field(
                "deadline", "date", _("Ny frist"), required=True, hint=_("For eksempel «neste torsdag» eller 16.04.")
            )
            button = Act(
                actions.CASE_RETURN, _("Returner"), data, fields=(replace(reason, label=_("Hva mangler?")), day)
            )
        case CaseAct.OUT_OF_SCOPE if view.roles & HANDLERS:
            options = tuple(Option(e.id, label(e.label)) for e in view.mandate.exclusions)
            which = Field(
                "exclusion", "choice", _("Hvilket unntak i mandatet gjelder?"), required=True, options=options
            )
            button = Act(actions.CASE_OUT_OF_SCOPE, _("Utenfor mandatet"), data, "destructive", (which,))
        case CaseAct.SAVE:
            return Act(actions.CASE_EDIT, _("Fyll ut og send inn"), data, "positive")
        case CaseAct.WITHDRAW:
            fields = (replace(reason, label=_("Hvorfor trekkes saken?")),)
            button = Act(actions.CASE_WITHDRAW, _("Trekk saken"), data, "destructive", fields)
        case _:
            return None
    was = typed.get(button.verb, {})
    return replace(button, fields=tuple(replace(f, value=was.get(f.id, f.value)) for f in button.fields))


def _when(moment: datetime | None) -> str:
    return weekday_date(local_day(moment)) if moment else ""


def _tone(state: CaseState) -> Tone:
    tones: dict[CaseState, Tone] = {CaseState.READY_FOR_WG: "good", CaseState.INCOMPLETE: "warning"}
    return tones.get(state, "default")

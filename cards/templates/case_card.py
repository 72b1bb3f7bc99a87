"""A case as one reader sees it now: what it is, what is asked, by when, who has it, and the buttons that work."""

from __future__ import annotations

from collections.abc import Sequence

from board.case import completeness
from board.clock import local_day
from board.documents import Document
from board.mandate import Mandate
from board.notices import NoticeKind
from board.states import AFTER_BOARD, CaseState
from cards import actions
from cards.event_words import happened
from cards.formats import date_time, money, weekday_date
from cards.forms import sub_portfolio_name
from cards.i18n import _
from cards.labels import label, state_name
from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Facts,
    LongText,
    Message,
    Meter,
    MeterItem,
    Paragraph,
    Steps,
    Tone,
)
from cards.templates.benefit_card import course
from cards.templates.case_buttons import buttons, kept_buttons
from cards.templates.case_steps import steps
from cards.templates.classify_card import classification
from cards.templates.decision_blocks import decision_blocks
from cards.templates.group_buttons import Typed
from cards.templates.group_texts import group_facts, group_long_texts
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


def case_card(
    view: CaseView, kind: NoticeKind | None = None, note: Banner | None = None, typed: Typed | None = None
) -> Message:
    """``kind`` is the notice this card goes out as, if any; ``note`` is a sentence about what the reader just did.

    ``typed``: what was written in a button's inputs, by verb, where it was not taken in: it stands there still.
    """
    case = view.case
    if typed and (kept := kept_buttons(view, typed)):
        return _short(view, note, kept)
    asked = asked_of(view)
    blocks: list[Block] = []
    if note:
        blocks.append(note)
    if asked:
        blocks.append(Banner(asked, "accent"))
    elif kind and still_news(kind, case):
        blocks.append(Paragraph(news(kind, _("Saken"), case)))
    blocks.append(Paragraph(status(view), strong=True, tone=_tone(case.state)))
    blocks.append(Paragraph(last_event(view), small=True))
    if case.reason:
        blocks.append(Paragraph(_("Begrunnelse: {reason}", reason=case.reason)))
    texts = long_texts(view)
    documents = documents_meter(view)
    papers = [documents] if documents.items and (case.state is not CaseState.DRAFT or case.documents) else []
    way, table = Steps(steps(view)), Facts(facts(view))
    decided = decision_blocks(view, to_send_on=kind is NoticeKind.DECISION_PUBLISHED)
    blocks += [*decided, *texts, *papers, table, way] if asked else [*decided, way, table, *texts, *papers]
    blocks += course(view.benefits)
    return Message(
        title=view.title,
        blocks=tuple(blocks),
        buttons=buttons(view, typed or {}, has_texts=bool(texts)),
        why=why(kind, view),
        summary=_notification(view, kind, asked),
        about=About(case.id, case.rev),
    )


def _short(view: CaseView, note: Banner | None, kept: Sequence[Button]) -> Message:
    """Where what was typed fills a card: nothing of it is cut, and the case itself is one press away."""
    case = view.case
    shown = Act(actions.CASE_OPEN, _("Vis saken"), {"id": case.id, "rev": case.rev}, with_inputs=False)
    status_line = Paragraph(status(view), strong=True, tone=_tone(case.state))
    return Message(
        title=view.title,
        blocks=(*((note,) if note else ()), status_line),
        buttons=(*kept, shown),
        summary=f"{view.title}: {note.text if note else status(view)}",
        about=About(case.id, case.rev),
    )


def _notification(view: CaseView, kind: NoticeKind | None, asked: str) -> str:
    if kind and not asked and still_news(kind, view.case):
        return news(kind, view.title, view.case)
    return f"{view.title}: {asked or status(view)}"


def status(view: CaseView) -> str:
    """«Status: i retur, mangler noe. Frist: torsdag 5. mars 2026.»"""
    case = view.case
    words = _("Status: {state}.", state=state_name(case.state))
    if case.deadline is None:
        return words
    due = _("Frist: {day}.", day=weekday_date(case.deadline))  # the extraction reads nothing inside an f-string
    return f"{words} {due}"


def last_event(view: CaseView) -> str:
    """«Kari tok imot saken torsdag 16. april 2026 kl. 09.00.»"""
    last = view.case.last
    return happened(last.what, view.name(last.by), date_time(last.at)) + "."


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
        *group_facts(view),
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
    own = (
        LongText(names[f], str(text), folded=f not in OPEN_FIELDS)
        for f in LONG_FIELDS
        if (text := view.case.content.value(f))
    )
    return (*own, *group_long_texts(view))


def documents_meter(view: CaseView) -> Meter:
    """«5 av 8 på plass», each named, with what it is called where it was given another name."""
    complete = completeness(view.case, view.mandate)
    given = {d.type: d for d in view.case.documents}
    items = [MeterItem(_document_line(d, given.get(d), view), d in given) for d in complete.asked]
    items += [
        MeterItem(_("Annet vedlegg: {name}", name=d.name) + _exempt(d, view), present=True)
        for d in view.case.documents
        if d.type not in complete.asked
    ]
    return Meter(_("Dokumenter"), tuple(items))


def _document_line(document_type: str, document: Document | None, view: CaseView) -> str:
    name = label(view.mandate.document_type[document_type].label)
    given = f"{name}: {document.name}" if document and document.name else name
    return given + _exempt(document, view)


def _exempt(document: Document | None, view: CaseView) -> str:
    """« (unntatt offentlighet, offl. § 23)»; what is open says nothing of it."""
    day = local_day(view.now or view.case.updated_at)
    if document is None or not document.is_exempt_on(day):
        return ""
    return f" ({classification(document, day)})"


def _tone(state: CaseState) -> Tone:
    tones: dict[CaseState, Tone] = {
        **dict.fromkeys((CaseState.READY_FOR_WG, CaseState.WG_TREATED, CaseState.DISPATCHED), "good"),
        **dict.fromkeys(AFTER_BOARD, "good"),
        CaseState.INCOMPLETE: "warning",
    }
    return tones.get(state, "default")

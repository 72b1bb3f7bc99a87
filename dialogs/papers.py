"""A case paper in words, from what was entered and what was said of the case: in the board's language, as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from board.agenda import Item, ItemKind
from board.case import Case, completeness
from board.clock import local_day
from board.dispensation import Dispensation, GateId
from board.documents import OTHER_DOCUMENT, Document
from board.ids import MeetingId, PersonId
from board.late import Late
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Person
from board.treatment import Statement, WgOutcome
from cards.documents import content as print_
from cards.formats import day_and_month, join_words, money, short_date, weekday_date
from cards.forms import sub_portfolio_name
from cards.i18n import _
from cards.labels import LETTERS, body_name, label, meeting_name, outcome_name

_TREATED_AS: Final = {
    "decision": ItemKind.DECISION,
    "discussion": ItemKind.DISCUSSION,
    "orientation": ItemKind.ORIENTATION,
}
_PDF: Final = ".pdf"


@dataclass(frozen=True, slots=True)
class Known:
    """What a paper is written from. ``people`` and ``meetings`` are those it may name; ``today`` judges exemptions."""

    mandate: Mandate
    today: date
    people: Mapping[PersonId, Person]
    meetings: Mapping[MeetingId, Meeting] = field(default_factory=dict)
    statements: Mapping[str, Sequence[Statement]] = field(default_factory=dict)
    dispensations: Sequence[Dispensation] = ()

    def name(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.name if known else _("en tidligere bruker")

    def day(self, moment: datetime | None) -> str:
        return weekday_date(local_day(moment)) if moment else ""


def named_in(
    cases: Iterable[Case], statements: Mapping[str, Sequence[Statement]], granted: Iterable[Dispensation]
) -> set[PersonId]:
    """Everybody whom the papers of these cases may name."""
    found: set[PersonId | None] = {one.person for said in statements.values() for one in said}
    for case in cases:
        found |= {case.submitter, case.content.project_owner}
        if case.late:
            found |= {case.late.lead, case.late.chair, case.late.by}
    found |= {one.ruled_by for one in granted}
    return {person for person in found if person}


def head_of(meeting: Meeting | None, mandate: Mandate, now: datetime) -> print_.Head:
    """``meeting`` None: the case is on no agenda yet."""
    if meeting is None:
        return print_.Head(label(mandate.board), _("ikke satt opp på noe møte ennå"), now, 0)
    body = label(mandate.board) if meeting.body == "board" else body_name(meeting.body)
    day = meeting.day
    named = f"{meeting_name(meeting.body)} {day_and_month(day)} {day.year}"
    return print_.Head(body, named, meeting.starts_at, meeting.minutes, meeting.place)


def paper_of(
    case: Case, head: print_.Head, item: Item | None, number: str, known: Known, *, draft: bool = False
) -> print_.Paper:
    """``item``: its place on the agenda, where it has one. ``draft``: not sent; the paper says so."""
    content = case.content
    return print_.Paper(
        number=number,
        kind=letter(case, item, known.mandate),
        title=content.title or _("Sak uten tittel"),
        head=head,
        proposed_decision=content.proposed_decision,
        facts=_facts(case, item, known),
        sections=_sections(case),
        advice=_advice(case, known),
        statements=statements_of(known.statements.get(case.id, ()), known),
        enclosures=tuple(_enclosure(document, known) for document in case.documents),
        stamps=stamps_of(case, head, known, draft=draft),
        missing=_missing(case, known.mandate),
        before=case.earlier_numbers[-1] if case.earlier_numbers else "",
    )


def kind_of(case: Case, item: Item | None, mandate: Mandate) -> ItemKind:
    return item.kind if item else _TREATED_AS[mandate.case_type[case.case_type].treated_as]


def letter(case: Case, item: Item | None, mandate: Mandate) -> print_.ItemKind:
    found: print_.ItemKind = LETTERS[kind_of(case, item, mandate)]  # type: ignore[assignment]  # the table's letters
    return found


def statements_of(said: Sequence[Statement], known: Known) -> tuple[print_.Statement, ...]:
    return tuple(print_.Statement(known.name(one.person), one.text, local_day(one.at)) for one in said)


# -- parts ---------------------------------------------------------------------------------------------------------


def _facts(case: Case, item: Item | None, known: Known) -> tuple[tuple[str, str], ...]:
    content, mandate = case.content, known.mandate
    presenter = item.presenter if item and item.presenter else content.presenter
    minutes = item.minutes if item else content.minutes
    rows = (
        (_("Sakstype"), label(mandate.case_type[case.case_type].label)),
        (_("Delportefølje"), sub_portfolio_name(case.sub_portfolio, mandate)),
        (_("Prosjekt"), content.project_ref),
        (_("Prosjekteier"), known.name(content.project_owner) if content.project_owner else ""),
        (_("Meldt av"), known.name(case.submitter)),
        (_("Legges fram av"), presenter),
        (_("Tid i møtet"), _("{n} minutter", n=minutes) if minutes else ""),
        (_("AU-nummer"), case.wg_number),
    )
    return tuple((name, value) for name, value in rows if value)


def _sections(case: Case) -> tuple[tuple[str, str], ...]:
    content = case.content
    return (
        (_("Hva saken gjelder"), content.summary),
        (_("Bakgrunn"), content.background),
        (_("Vurdering og alternativer"), content.assessment),
        (_("Økonomi"), _economy(case)),
        (_("Gevinster"), content.benefits),
        (_("Risiko"), content.risks),
        (_("Avhengigheter"), content.dependencies),
    )


def _economy(case: Case) -> str:
    content = case.content
    lines = []
    if content.cost_investment is not None:
        lines.append(_("- Investering: {sum}", sum=money(content.cost_investment)))
    if content.cost_operation is not None:
        lines.append(_("- Drift per år: {sum}", sum=money(content.cost_operation)))
    return "\n".join(lines)


def _advice(case: Case, known: Known) -> str:
    if case.wg_outcome is None:
        return ""
    meeting = known.meetings.get(case.wg_meeting) if case.wg_meeting else None
    said = outcome_name(WgOutcome(case.wg_outcome))
    sentence = _("Arbeidsutvalget behandlet saken som {number}: {outcome}.", number=case.wg_number, outcome=said)
    if meeting:
        sentence = _(
            "Arbeidsutvalget behandlet saken som {number} {day}: {outcome}.",
            number=case.wg_number, day=weekday_date(meeting.day), outcome=said,
        )  # fmt: skip
    return f"{sentence}\n\n{case.wg_remarks}".strip()


def _enclosure(document: Document, known: Known) -> print_.Enclosure:
    kinds = known.mandate.document_type
    other = _("Annet vedlegg") if document.type == OTHER_DOCUMENT else document.type
    is_pdf = document.name.lower().endswith(_PDF)
    return print_.Enclosure(
        name=document.name or other,
        kind=label(kinds[document.type].label) if document.type in kinds else other,
        sha256=document.sha256 if is_pdf else "",
        url=document.url,
        exempt=exemption(document, known.today),
    )


def exemption(document: Document, today: date) -> str:
    """«offl. § 23, til 1. januar 2028»; empty for what is open today."""
    if not document.is_exempt_on(today):
        return ""
    if document.exempt_until is None:
        return document.legal_basis
    return _("{basis}, til {day}", basis=document.legal_basis, day=short_date(document.exempt_until))


def stamps_of(case: Case, head: print_.Head, known: Known, *, draft: bool = False) -> tuple[str, ...]:
    content, found = case.content, []
    if draft:
        found.append(_("Utkast. Saken er ikke sendt ut."))
    if content.classification == "exempt":
        found.append(_("Unntatt offentlighet: {basis}", basis=content.legal_basis))
    if case.late and case.late.is_accepted and case.board_meeting in (None, case.late.meeting):
        found.append(_late(case.late, known))
    found += [dispensed(one, known) for one in known.dispensations if one.is_granted and one.case == case.id]
    return tuple(found)


def _late(late: Late, known: Known) -> str:
    return _(
        "Ettersendt. Godtatt av {lead} og {chair} {day}. Begrunnelse: {reason}",
        lead=known.name(late.lead), chair=known.name(late.chair), day=known.day(late.chair_at), reason=late.reason,
    )  # fmt: skip


def dispensed(one: Dispensation, known: Known) -> str:
    """What the chair dispensed from, who did and why, as agenda, papers and minutes print it."""
    cite = known.mandate.gates.get(one.gate, "")
    words = {
        GateId.TEN_DAYS: _("Dispensasjon fra fristen for å sende sakspapirene"),
        GateId.WG_TREATMENT: _("Dispensasjon fra behandling i arbeidsutvalget"),
    }[one.gate]
    what = _("{what} (mandatet {paragraph})", what=words, paragraph=cite) if cite else words
    return _(
        "{what}, gitt av {who} {day}. Begrunnelse: {reason}",
        what=what, who=known.name(one.ruled_by), day=known.day(one.ruled_at), reason=one.ruling,
    )  # fmt: skip


def _missing(case: Case, mandate: Mandate) -> str:
    lacking = completeness(case, mandate).documents
    if not lacking:
        return ""
    names = join_words([label(mandate.document_type[kind].label) for kind in lacking])
    reason = case.content.reason_incomplete.strip()
    return f"{names}.\n\n{_('Begrunnelse: {reason}', reason=reason)}" if reason else f"{names}."

"""Each form once. A card draws its fields as inputs; the conversation asks the same fields one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Person
from cards.formats import weekday_date
from cards.i18n import _, noop
from cards.labels import label
from cards.message import FieldKind, Option


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form: how it is named on a card, how it is asked in words, and what helps to answer it.

    ``id`` is a fixed input id (``conversation.md``). The texts are bokmål sources, translated where they are shown.
    """

    id: str
    kind: FieldKind
    name: str
    ask: str
    help: str = ""
    max_length: int = 4000


def _long(field_id: str, name: str, ask: str, help_text: str = "") -> Question:
    return Question(field_id, "long_text", name, ask, help_text)


def _line(field_id: str, name: str, ask: str, help_text: str = "") -> Question:
    return Question(field_id, "text", name, ask, help_text, max_length=200)


START_QUESTIONS: Final = (
    Question(
        "delivery_form",
        "choice",
        noop("Leveranseform"),
        noop("Gjelder saken et prosjekt eller en forbedring?"),
        noop("Prosjekter følger beslutningspunktene BP1–BP5. Forbedringer leveres av Sykehuspartner."),
    ),
    Question(
        "case_type",
        "choice",
        noop("Sakstype"),
        noop("Hva slags sak er det?"),
        noop("Velg beslutningspunktet, eller det saken ber styret om."),
    ),
    Question(
        "sub_portfolio",
        "choice",
        noop("Delportefølje"),
        noop("Hvilken delportefølje hører saken til?"),
    ),
)

CASE_QUESTIONS: Final[Mapping[str, Question]] = {
    q.id: q
    for q in (
        _line("title", noop("Tittel"), noop("Hva heter saken?"), noop("Kort, slik den skal stå på sakslisten.")),
        _line(
            "public_title",
            noop("Offentlig tittel"),
            noop("Hva skal saken hete på den offentlige sakslisten?"),
            noop("Må fylles ut når saken er unntatt offentlighet. Ellers brukes tittelen."),
        ),
        _line(
            "project_ref",
            noop("Prosjektnummer eller -navn"),
            noop("Hvilket prosjekt gjelder det (nummer eller navn)?"),
        ),
        Question(
            "project_owner",
            "choice",
            noop("Prosjekteier"),
            noop("Hvem er prosjekteier?"),
            noop("Prosjekteier bekrefter saken før porteføljekontoret får den."),
        ),
        _line("presenter", noop("Hvem legger fram saken"), noop("Hvem legger fram saken i møtet?")),
        Question(
            "minutes",
            "number",
            noop("Tid i møtet (minutter)"),
            noop("Hvor mange minutter trenger saken i møtet?"),
            noop("Et helt tall, for eksempel 15."),
        ),
        _long(
            "proposed_decision",
            noop("Forslag til vedtak"),
            noop("Hva foreslår du at styret vedtar?"),
            noop("Skriv det slik det kan vedtas: «Styret godkjenner …»"),
        ),
        _long("summary", noop("Hva saken gjelder"), noop("Hva gjelder saken? Kort, i noen få setninger.")),
        _long("background", noop("Bakgrunn"), noop("Hva er bakgrunnen?")),
        _long(
            "assessment",
            noop("Vurdering og alternativer"),
            noop("Hvordan er saken vurdert, og hvilke alternativer er det?"),
        ),
        Question(
            "cost_investment",
            "money",
            noop("Investering (kroner)"),
            noop("Hva er investeringskostnaden, i kroner?"),
            noop("For eksempel 12,5 mill eller 12 500 000. Skriv 0 hvis det ikke er noen."),
        ),
        Question(
            "cost_operation",
            "money",
            noop("Drift per år (kroner)"),
            noop("Hva koster det i drift per år, i kroner?"),
            noop("For eksempel 800 000 eller 0,8 mill. Skriv 0 hvis det ikke er noen."),
        ),
        _long("benefits", noop("Gevinster"), noop("Hvilke gevinster gir det, og hvem får dem?")),
        _long("risks", noop("Risiko"), noop("Hva er de viktigste risikoene?")),
        _long(
            "dependencies",
            noop("Avhengigheter"),
            noop("Hva avhenger saken av?"),
            noop("Skriv «ingen» hvis det ikke er noen."),
        ),
        Question(
            "wanted_meeting",
            "choice",
            noop("Ønsket møte"),
            noop("Hvilket styremøte ønsker du saken i?"),
            noop("Står det åpent, velges det første møtet saken rekker."),
        ),
        Question(
            "classification",
            "choice",
            noop("Offentlighet"),
            noop("Er saken åpen, eller unntatt offentlighet?"),
        ),
        _line(
            "legal_basis",
            noop("Hjemmel for unntak"),
            noop("Hvilken hjemmel er saken unntatt etter?"),
            noop("For eksempel offentleglova § 23. Må fylles ut når saken er unntatt."),
        ),
        _long(
            "reason_incomplete",
            noop("Hvorfor dokumenter mangler"),
            noop("Hvorfor sendes saken uten alle dokumentene?"),
            noop("Kontoret ser begrunnelsen."),
        ),
        _long(
            "reason_late",
            noop("Hvorfor saken kommer etter fristen"),
            noop("Hvorfor kommer saken etter fristen?"),
            noop("Porteføljeansvarlig og leder avgjør om den tas inn, og begrunnelsen trykkes i sakslisten."),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the choice fields can be answered with right now, besides what the mandate says."""

    owners: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()


def case_questions(case_type: str, mandate: Mandate) -> tuple[Question, ...]:
    """Only the fields that this decision point needs, in the form's order."""
    kind = mandate.case_type[case_type]
    asked = {*kind.required, *kind.optional}
    return tuple(q for field_id, q in CASE_QUESTIONS.items() if field_id in asked)


def start_options(question: str, mandate: Mandate, answers: Mapping[str, str]) -> tuple[Option, ...]:
    """The choices of one field on the first page, narrowed by what is answered already."""
    if question == "delivery_form":
        return tuple(Option(f.id, label(f.label)) for f in mandate.delivery_forms)
    if question == "case_type":
        form = answers.get("delivery_form", "")
        types = mandate.case_types_for(form) if form in mandate.delivery_form else mandate.case_types
        return tuple(Option(t.id, label(t.label)) for t in types)
    case_type = mandate.case_type.get(answers.get("case_type", ""))
    allowed = case_type.sub_portfolios if case_type else _all_sub_portfolios(mandate)
    return tuple(Option(s, sub_portfolio_name(s, mandate)) for s in allowed)


def _all_sub_portfolios(mandate: Mandate) -> tuple[str, ...]:
    """Where the case type is open; «none» last, where some case type leaves the choice."""
    is_choice = any("none" in t.sub_portfolios and len(t.sub_portfolios) > 1 for t in mandate.case_types)
    return (*(s.id for s in mandate.sub_portfolios), *(("none",) if is_choice else ()))


def sub_portfolio_name(sub_portfolio: str, mandate: Mandate) -> str:
    if sub_portfolio == "none":
        return _("Ingen delportefølje")
    return label(mandate.sub_portfolio[sub_portfolio].label)


def case_options(question: str, choices: Choices) -> tuple[Option, ...]:
    """The choices of one field on the second page."""
    if question == "project_owner":
        return tuple(Option(p.id, p.name) for p in choices.owners)
    if question == "wanted_meeting":
        return tuple(Option(m.id, weekday_date(m.day)) for m in choices.meetings)
    if question == "classification":
        return (Option("open", _("Åpen")), Option("exempt", _("Unntatt offentlighet")))
    return ()

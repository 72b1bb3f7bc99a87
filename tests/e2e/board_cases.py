"""Six cases as people write them: long compounds, long texts, nynorsk, one exempt, one late, one for orientation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from board.case_content import Value

LONG_TITLE: Final = (
    "Konseptutredning for fylkesgrenseoverskridende pasienttransportkoordineringstjenester i spesialisthelsetjenesten"
)
RADIOLOGY: Final = "Felles radiologiløsning for helseforetakene"
EXEMPT: Final = "Forhandlingsstrategi for anskaffelse av nytt personal- og arbeidsplanleggingssystem"
CLOSING: Final = "Sluttrapport frå innføringa av elektronisk legemiddelkurve på barneavdelingane"
STRATEGY: Final = "Porteføljestrategi 2027–2030: føringar for kva vi vel bort"
LATE: Final = "Eskalering: laboratoriedataløsningen er ni måneder forsinket"
WHY_LATE: Final = "Leverandøren varslet forsinkelsen først 24. august, etter at fristen var ute."
PUBLIC_TITLE: Final = "Anskaffelse av et administrativt system"
LEGAL_BASIS: Final = "offentleglova § 23 første ledd"

ON_TIME: Final = datetime.fromisoformat("2026-08-14T10:00:00+02:00")
TOO_LATE: Final = datetime.fromisoformat("2026-08-25T10:00:00+02:00")

_PARAGRAPH: Final = (
    "Helseforetakene bruker i dag fem ulike løsninger for bildediagnostikk. Bilder og svar må sendes mellom dem på "
    "minnepenner, per post eller ved at undersøkelsen tas på nytt. Radiologene ved de minste sykehusene sitter uten "
    "tilgang til tidligere undersøkelser når pasienten kommer om natten, og tilsynsmyndighetene har pekt på det i tre "
    "rapporter siden 2023."
)
LONG_TEXT: Final = "\n\n".join(
    (
        _PARAGRAPH,
        (
            "Tre alternativer er vurdert:\n"
            "- videreføre dagens løsninger og bygge integrasjoner mellom dem\n"
            "- oppgradere de to største løsningene og fase ut de tre minste\n"
            "- anskaffe en felles regional løsning med felles arkiv"
        ),
        _PARAGRAPH.replace("fem ulike", "til sammen fem"),
        (
            "Det første alternativet har lavest investering, men gir ikke ett felles arkiv. Det andre løser behovet "
            "for om lag to tredeler av undersøkelsene. Det tredje er dyrest de første fire årene og rimeligst etter "
            "det sjette."
        ),
        *(_PARAGRAPH for _again in range(6)),
    )
)
"""About as much as one answer may hold."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A PDF of so many pages, as the document of that type."""

    type: str
    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class Seeded:
    """A case as it was handed in. ``kind`` is (delivery form, case type, sub-portfolio)."""

    kind: tuple[str, str, str]
    content: Mapping[str, Value | None]
    enclosed: tuple[Enclosed, ...] = ()
    at: datetime = field(default=ON_TIME)


CASES: Final = (
    Seeded(
        ("project", "bp1", "concept"),
        {
            "title": LONG_TITLE,
            "presenter": "Ragnhild Øyehaug Kjærstad-Sæther",
            "proposed_decision": "Styret godkjenner oppstart av konseptfasen.\n"
            "Styret ber om at minst to helseforetak utenfor Oslo er med i utredningen.",
            "summary": "Pasienter som bor nær fylkesgrensene, venter i snitt 48 minutter lenger på transport.",
            "background": "Behovet er meldt av fire helseforetak.",
            "cost_investment": 4_500_000,
        },
        (Enclosed("concept_mandate", "Mandat for konseptfasen.pdf", 3),),
    ),
    Seeded(
        ("project", "bp2", "clinical"),
        {
            "title": RADIOLOGY,
            "project_ref": "2024-117 radiologi",
            "presenter": "Prosjekteier Demo",
            "minutes": 30,
            "proposed_decision": "Styret godkjenner overgang til planleggingsfasen innenfor en ramme på 12,5 mill. "
            "kroner.\nStyret forutsetter at alle helseforetak deltar i kravarbeidet.",
            "summary": "Dagens løsninger er ved slutten av levetiden, og avtalene løper ut i 2028.",
            "background": _PARAGRAPH,
            "assessment": LONG_TEXT,
            "cost_investment": 12_500_000,
            "cost_operation": 800_000,
            "benefits": "Raskere svar til fastlegen, færre dobbeltundersøkelser og ett felles arkiv.",
            "risks": "Kapasitet hos leverandøren.\nForsinket nettutbygging i tre helseforetak.",
            "dependencies": "Regional bildeplattform og nytt autorisasjonsregister.",
            "reason_incomplete": "Konseptrapporten kvalitetssikres og ettersendes før møtet.",
        },
        (
            Enclosed("project_proposal", "Prosjektforslag felles radiologi v1.3 endelig signert.pdf", 6),
            Enclosed("business_case", "Prosjektbegrunnelse.pdf", 3),
            Enclosed("stage_plan", "Faseplan for planleggingsfasen.pdf", 2),
        ),
    ),
    Seeded(
        ("project", "bp3", "corporate"),
        {
            "title": EXEMPT,
            "public_title": PUBLIC_TITLE,
            "project_ref": "2025-041",
            "minutes": 20,
            "proposed_decision": "Styret godkjenner forhandlingsstrategien og gir prosjekteier fullmakt til å "
            "gjennomføre forhandlingene.",
            "summary": "Tre tilbydere er kvalifisert. Strategien sier hva vi kan gi avkall på.",
            "assessment": "Øvre smertegrense er satt etter samråd med økonomidirektørene.",
            "cost_investment": 186_000_000,
            "cost_operation": 22_400_000,
            "benefits": "Ett system i stedet for elleve.",
            "risks": "Lekkasje av strategien svekker forhandlingene.",
            "dependencies": "Lønnssystemet.",
            "classification": "exempt",
            "legal_basis": LEGAL_BASIS,
            "reason_incomplete": "De øvrige dokumentene er delt i forhandlingsrommet.",
        },
        (Enclosed("project_directive", "Styringsdokument.pdf", 4),),
    ),
    Seeded(
        ("project", "bp5", "clinical"),
        {
            "title": CLOSING,
            "project_ref": "2021-008 kurve",
            "presenter": "Gudbjørg Aasgårdstrand Øvreås",
            "proposed_decision": "Styret tek sluttrapporten til orientering.",
            "summary": "Innføringa er ferdig på alle barneavdelingane. Kurva er teken i bruk av 1 240 tilsette, og "
            "dei fleste seier at dei ikkje vil attende til papir.",
            "cost_investment": 31_200_000,
            "benefits": "Færre feil ved blanding av legemiddel, målt kvart kvartal.",
            "reason_incomplete": "Erfaringsloggen kjem når siste avdeling har svart.",
        },
        (Enclosed("final_report", "Sluttrapport.pdf", 5),),
    ),
    Seeded(
        ("project", "strategy", "none"),
        {
            "title": STRATEGY,
            "presenter": "Porteføljeansvarlig Demo",
            "proposed_decision": "Styret vedtek porteføljestrategien.",
            "summary": "Strategien seier kva vi vel bort når pengane ikkje strekk til.",
            "assessment": "Utkastet har vore på høyring hjå alle helseføretaka. Sju av elleve svara.",
        },
        (Enclosed("other", "Høyringssvar frå helseføretaka.pdf", 4),),
    ),
    Seeded(
        ("project", "escalation", "clinical"),
        {
            "title": LATE,
            "project_ref": "2023-066 laboratorium",
            "proposed_decision": "Styret ber prosjekteier legge fram en revidert plan innen 1. desember.",
            "summary": "Leverandøren har varslet ni måneders forsinkelse.",
            "assessment": "Forsinkelsen kan tas igjen hvis omfanget reduseres.",
            "risks": "Dagens løsning mister støtte 31. mars 2027.",
            "reason_late": WHY_LATE,
        },
        (),
        TOO_LATE,
    ),
)

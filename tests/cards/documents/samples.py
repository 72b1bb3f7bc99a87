"""Documents as a real board would have them, for tests that print: long texts, lists, late and exempt cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from PIL import Image

from cards.documents.content import (
    AgendaLine,
    AgendaSheet,
    EnclosedPage,
    Enclosure,
    FiledMinutes,
    GroupMinutes,
    Head,
    ItemKind,
    Pack,
    Paper,
    Statement,
    Treated,
)

A4 = (595.28, 841.89)
SLIDE = (960.0, 540.0)

HEAD = Head(
    body="Regionalt porteføljestyre",
    meeting="Styremøte 16. april 2026",
    starts_at=datetime(2026, 4, 16, 7, 0, tzinfo=UTC),
    minutes=120,
    place="Helse Sør-Øst RHF, Parkgata 36, Hamar, og Teams",
)
GROUP_HEAD = Head(
    body="Arbeidsutvalget",
    meeting="Møte i arbeidsutvalget 27. mars 2026",
    starts_at=datetime(2026, 3, 27, 8, 0, tzinfo=UTC),
    minutes=180,
    place="Teams",
)

DECISION = """Regionalt porteføljestyre vedtar:

1. Prosjektet Felles meldingstjeneste går over til gjennomføring (BP3) med en ramme på 42,5 mill. kr.
2. Gevinstrealiseringsplanen legges til grunn, og helseforetakene melder status hvert halvår.
3. Porteføljestyret ber om en ny vurdering av avhengighetene til kjernejournal før kl. 12.00 den 1. oktober, jf. § 7."""

SUMMARY = """Saken gjelder overgang fra planlegging til gjennomføring for Felles meldingstjeneste.

Prosjektet skal:
- erstatte elleve lokale løsninger med én felles
- gi pasienter svar innen to virkedager
- redusere forvaltningskostnadene i informasjonssikkerhetsarkitekturen"""

ASSESSMENT = " ".join(
    [
        "Prosjektet har vurdert tre alternativer, og anbefaler alternativ 2, trinnvis innføring per helseforetak.",
        "Virksomhetsarkitekturprinsippene er lagt til grunn for alternativvurderingen.",
        "Alternativ 1 gir raskest effekt, men binder opp flere nøkkelpersoner enn helseforetakene kan avgi samtidig.",
    ]
    * 5
)

STATEMENTS = (
    Statement(
        "Tillitsvalgt Demo",
        "Vi støtter forslaget.\n\nVi forutsetter at de ansatte får opplæring før innføringen, og at tidsbruken følges.",
        date(2026, 3, 25),
    ),
    Statement(
        "Konserntillitsvalgt Demo", "Ingen merknader utover det som er sagt i arbeidsutvalget.", date(2026, 3, 26)
    ),
)


def digest(name: str) -> str:
    """The hash by which an enclosure called ``name`` is known in these samples."""
    return sha256(name.encode()).hexdigest()


def case_paper(number: str, kind: ItemKind = "B", title: str = "Felles meldingstjeneste: gjennomføring (BP3)") -> Paper:
    """A case paper with everything in it."""
    return Paper(
        number=number,
        kind=kind,
        title=title,
        head=HEAD,
        proposed_decision=DECISION,
        facts=(
            ("Prosjekteier", "Prosjekteier Demo, Oslo universitetssykehus"),
            ("Legges fram av", "Prosjektleder Demo"),
            ("Delportefølje", "Kliniske løsninger"),
            ("Investering", "42,5 mill. kr"),
            ("Årlig drift", "6,1 mill. kr"),
        ),
        sections=(
            ("Hva saken gjelder", SUMMARY),
            ("Bakgrunn", "Konseptet ble behandlet i sak 065-2025.\nDet er gjennomført to piloter siden."),
            ("Vurdering og alternativer", ASSESSMENT),
            ("Økonomi", "Investering: 42,5 mill. kr over tre år.\nDrift: 6,1 mill. kr per år fra 2028."),
            ("Gevinster", "• 14 årsverk frigjort i pasientadministrasjon\n• færre feilsendte meldinger"),
            ("Risiko", "Den største risikoen er samtidige innføringer. Tiltak: felles innføringsplan."),
            ("Avhengigheter", ""),
        ),
        advice="Arbeidsutvalget anbefaler saken med merknad: innføringsplanen må avklares med Sykehuspartner.",
        statements=STATEMENTS,
        enclosures=enclosures(number),
    )


def enclosures(number: str) -> tuple[Enclosure, ...]:
    return (
        Enclosure("Styringsdokument.pdf", "Styringsdokument", digest(f"{number}/1")),
        Enclosure(
            "Gevinstkart.pdf", "Gevinstrealiseringsplan", digest(f"{number}/2"), exempt="offl. § 23, til 1. januar 2028"
        ),
        Enclosure("Usikkerhetsanalyse.pdf", "Usikkerhetsanalyse", digest(f"{number}/unreadable")),
        Enclosure(
            "Faseplan",
            "Faseplan",
            url="https://samarbeid.example.no/sites/portefolje/delte%20dokumenter/faseplan-2026-04-01-versjon-3.xlsx",
        ),
    )


def agenda_sheet(*, public: bool = False) -> AgendaSheet:
    line = AgendaLine
    return AgendaSheet(
        head=HEAD,
        groups=(
            ("Godkjenning av innkalling og saksliste", (line(1, "Godkjenning av innkalling og saksliste", minutes=5),)),
            ("Godkjenning av referat", (line(2, "Referat fra styremøtet 5. mars 2026", minutes=5),)),
            ("Oppfølging av vedtak", (line(3, "Status for vedtak", presenter="Porteføljeansvarlig Demo", minutes=10),)),
            (
                "Beslutningssaker",
                (
                    line(4, "Felles meldingstjeneste: gjennomføring (BP3)", "012-2026", "B", "Prosjekteier Demo", 40),
                    line(
                        5,
                        "Unntatt offentlighet" if public else "Identitets- og tilgangsstyring: avvik på leveranse",
                        "013-2026",
                        "B",
                        "Kommunikasjons- og samfunnskontaktdirektør Demo",
                        45,
                        ("Ettersendt", "Unntatt offentlighet, offl. § 23"),
                    ),
                ),
            ),
            ("Diskusjonssaker", (line(6, "Porteføljestrategi 2027–2030", "014-2026", "D", "Leder Demo", 30),)),
            ("Orienteringssaker", (line(7, "Sluttrapport for legemiddelkurve", "015-2026", "O", "Leder Demo", 10),)),
            ("Eventuelt", (line(8, "Eventuelt"),)),
        ),
        notes=(
            "Sak 013-2026 er ettersendt. Lederen har gitt dispensasjon fra fristen i mandatet § 7: leveransen stoppet.",
        ),
        approved="Godkjent av Leder Demo torsdag 2. april 2026 kl. 10.15",
        public=public,
    )


def working_group_minutes() -> GroupMinutes:
    return GroupMinutes(
        head=GROUP_HEAD,
        present=("Porteføljeansvarlig Demo, leder", "AU-medlem Demo", "Tillitsvalgt Demo, konserntillitsvalgt"),
        cases=(
            Treated(
                "AU 007-2026",
                "Felles meldingstjeneste: gjennomføring (BP3)",
                "Anbefalt med merknad",
                "Innføringsplanen må avklares med Sykehuspartner før styremøtet.",
                STATEMENTS,
                ("AU-medlem Demo var inhabil og fratrådte.",),
            ),
            Treated("AU 008-2026", "Porteføljestrategi 2027–2030", "Anbefalt"),
        ),
        remarks="Neste møte er 8. mai.",
        finished="Ferdigstilt av Porteføljeansvarlig Demo mandag 30. mars 2026",
    )


def pack() -> Pack:
    """Cover, agenda, four cases of which one is late and exempt, minutes of two meetings."""
    late = replace(
        case_paper("013-2026", title="Identitets- og tilgangsstyring: avvik på leveranse"),
        stamps=(
            "Ettersendt sak: sendt ut etter fristen i mandatet § 7",
            "Unntatt offentlighet, offl. § 23, til 1. januar 2028",
        ),
        missing="Personvern- og sikkerhetsvurdering: ligger hos personvernombudet, ventes 20. april.",
        before="009-2026",
        statements=(),
    )
    return Pack(
        head=HEAD,
        version=2,
        sent_at=datetime(2026, 4, 6, 8, 0, tzinfo=UTC),
        agenda=agenda_sheet(),
        papers=(
            case_paper("012-2026"),
            late,
            case_paper("014-2026", "D", "Porteføljestrategi 2027–2030"),
            replace(case_paper("015-2026", "O", "Sluttrapport for legemiddelkurve"), enclosures=()),
        ),
        group_minutes=(working_group_minutes(),),
        previous=(FiledMinutes("Referat fra styremøtet 5. mars 2026", digest("minutes")),),
        changes=("Sak 013-2026 er ny.", "Sak 012-2026: oppdatert gevinstkart."),
    )


def enclosed_pages(folder: Path) -> Mapping[str, Sequence[EnclosedPage]]:
    """Pages of the pack's PDFs, each a picture of its own in ``folder``; «unreadable» is left out."""
    pages: dict[str, Sequence[EnclosedPage]] = {}
    for number in ("012-2026", "013-2026", "014-2026"):
        pages[digest(f"{number}/1")] = [enclosed_page(folder, f"{number}-{page}", A4) for page in range(1, 4)]
        pages[digest(f"{number}/2")] = [enclosed_page(folder, f"{number}-slide", SLIDE, text="")]
    pages[digest("minutes")] = [enclosed_page(folder, f"minutes-{page}", A4) for page in range(1, 3)]
    return pages


def enclosed_page(folder: Path, name: str, size: tuple[float, float], text: str | None = None) -> EnclosedPage:
    """A page with a picture of a colour of its own, as typst draws equal pictures only once."""
    colour = tuple(200 + byte % 50 for byte in sha256(name.encode()).digest()[:3])
    Image.new("RGB", (16, 16), colour).save(folder / f"{name}.png")
    return EnclosedPage(f"{name}.png", f"Innholdet på siden {name}." if text is None else text, *size)

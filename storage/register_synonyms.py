"""Word data of the decision register: nynorsk beside bokmål, parts of compounds, words that tell nothing."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPELLINGS: Final = (
    ("sjuk", "syk"),
    ("føretak", "foretak"),
    ("løysing", "løsning"),
    ("teneste", "tjeneste"),
    ("tenest", "tjenest"),
    ("tryggleik", "sikkerhet"),
    ("trygging", "sikring"),
    ("utgreiing", "utredning"),
    ("verksemd", "virksomhet"),
    ("lækjemiddel", "legemiddel"),
    ("lækjar", "lege"),
    ("rekneskap", "regnskap"),
    ("utval", "utvalg"),
    ("utvalgg", "utvalg"),  # what the line above makes of bokmål's own word
    ("eigar", "eier"),
    ("leiar", "leder"),
    ("leiing", "ledelse"),
    ("høyring", "høring"),
    ("skule", "skole"),
    ("heime", "hjemme"),
    ("framdrift", "fremdrift"),
    ("framtid", "fremtid"),
    ("røynsle", "erfaring"),
    ("naud", "nød"),
    ("berekraft", "bærekraft"),
    ("kjøpar", "kjøper"),
    ("brukar", "bruker"),
    ("rådgjev", "rådgiv"),
    ("oppgåve", "oppgave"),
    ("forvalting", "forvaltning"),
    ("avgjerd", "avgjørelse"),
    ("auke", "øke"),
)
"""(nynorsk or older spelling, bokmål), replaced wherever in a word: «sjukehusa» is read as «sykehusa»."""

STEMS: Final = {
    "godkjent": "godkjenn",
    "utsatt": "utsett",
    "vedtatt": "vedtak",
    "vedtek": "vedtak",
    "vedta": "vedtak",
    "avslåt": "avslag",
    "avslå": "avslag",
    "finansiert": "finansier",
    "etablert": "etabler",
    "innført": "innfør",
    "innføring": "innfør",
    "etablering": "etabler",
    "finansiering": "finansier",
    "hospital": "sykehus",
    "løysing": "løsning",
    "budget": "budsjett",
    "project": "prosjekt",
    "byggj": "bygg",
}
"""Stem by stem: forms that the rules of inflection do not bring together, and a few words of two languages."""

PARTS: Final = _words(
    """
    administrasjon analyse anbud anlegg anskaffelse ansvar apotek arbeid arkiv arkitektur avdeling avtale avvik
    behandling behov beredskap beslutning bestilling bilde blod bruker budsjett bygg data database digital direktør
    dokument drift dose endring enhet epikrise erfaring etablering evaluering fag felles finans forbedring foretak
    forsking forskning forsyning forvaltning fremdrift fødsel gevinst gjennomføring gruppe helse hendelse henvisning
    hjemme hund hus ikt informasjon infrastruktur innføring innkjøp innsikt innsyn integrasjon investering journal
    kapasitet kart kirurgi klient klinikk kommunikasjon kompetanse konsept kontrakt kontroll kostnad kreft kurve
    kvalitet lab laboratorie laboratorium lager ledelse leder legemiddel leveranse leverandør lisens logg logistikk
    lokal løsning mandat medisin melding mikrobiologi migrering mobil modell mottak mål møte nett nettverk nød
    nødnett opplæring oppgave oppfølging operasjon organisasjon overvåking pakke pasient patologi person personal
    personvern pilot plan planlegging plattform portefølj post prehospital presentasjon prioritering program
    programvare prosess prosjekt prøve prøvesvar psykiatri radiologi ramme rapport rapportering reform regional
    register registrering regnskap rekvisisjon rekruttering resept ressurs resultat risiko rolle rom rus røntgen sak
    samarbeid samhandling senter server service sikkerhet sikring sky skjema smittevern spesialist sporing
    statistikk sted sterilforsyning strategi strøm struktur strålebehandling styring støtte svar syk sykehus
    sykepleier system talegjenkjenning teknologi tele telefoni telemedisin test tid tilgang tilsyn tiltak tjeneste
    transport turnus ultralyd utbygging utredning utstyr utvalg utvikling vakt vare varsling vedlikehold verktøy
    video virksomhet vurdering økonomi
    """
)
"""Words that compounds of this field are made of, uninflected: «pasientjournalsystem» is also found by its parts."""

EMPTY_WORDS: Final = _words(
    """
    og eller men om i på av til for fra frå ved med uten utan under over mot mellom etter før som at å er var blir
    ble vert vart bli har hadde skal skulle vil ville kan kunne må en ei et ein eit den det de dei dette denne disse
    desse der her da når hvor kvar hva kva hvem kven vi vår våre han hun ho seg sin sitt sine sin ikke ikkje så også
    òg samt mer meir innen innan hver kvart hvert the a an of in on at by for to from with and or is are was were be
    been as its this that these those not no we our they their which
    """
)
"""Words that nearly every text has: neither kept nor looked for."""

"""Why something had no effect, in words a person can act on, citing the mandate where one of its rules refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import PersonId
from board.mandate import Mandate
from board.people import Person, Role
from cards import actions
from cards.event_words import happened
from cards.formats import date_time, join_words, weekday_date
from cards.forms import CASE_QUESTIONS, START_QUESTIONS
from cards.i18n import _, noop
from cards.labels import label, role_name
from cards.message import Act, Banner, Json, Message, Paragraph, Say


def refusal_banner(refusal: Refusal, people: Mapping[PersonId, Person], mandate: Mandate) -> Banner:
    """One sentence for the top of a fresh card."""
    if refusal.code in (RefusalCode.ALREADY, RefusalCode.STALE):
        return Banner(_moved_on(refusal, people), "warning")
    if refusal.code is RefusalCode.INCOMPLETE:
        return Banner(_incomplete(refusal, mandate), "attention")
    if refusal.code is RefusalCode.NOT_ALLOWED:
        roles = refusal.params.get("roles", ())
        names = join_words([role_name(Role(str(r))) for r in roles]) if isinstance(roles, tuple) else ""
        return Banner(_("Det kan bare {roles} gjøre. Ingenting er endret.", roles=names), "attention")
    if refusal.code in _GATES:
        return Banner(_gate(refusal), "attention")
    if refusal.code is RefusalCode.REASON_NEEDED and (wanted := _wanted(refusal)):
        return Banner(_(wanted), "attention")
    return Banner(_(_SENTENCES[refusal.code], **_numbers(refusal)), "attention")


_SENTENCES = {
    RefusalCode.NOT_FOUND: noop("Jeg finner ikke saken, eller du har ikke tilgang til den."),
    RefusalCode.REASON_NEEDED: noop("Skriv en begrunnelse, så den andre vet hva som skal til. Ingenting er endret."),
    RefusalCode.DEADLINE_NEEDED: noop("Skriv en ny frist, for eksempel «neste torsdag» eller «16. april»."),
    RefusalCode.DEADLINE_PASSED: noop("Fristen er allerede passert. Velg en dag fra og med i dag."),
    RefusalCode.EXCLUSION_NEEDED: noop("Velg hvilket unntak i mandatet som gjelder."),
    RefusalCode.UNKNOWN_CHOICE: noop("Svaret passer ikke til skjemaet. Ingenting er endret."),
    RefusalCode.TOO_LONG: noop("Et svar er for langt. Kort det ned; det du skrev, står i skjemaet."),
    RefusalCode.OWNER_UNFIT: noop(
        "Prosjekteier må stå i styrets register, og bare den som er prosjekteier der, kan eie en sak hen selv melder. "
        "Velg en annen, eller spør porteføljekontoret. Alt du har skrevet, er tatt vare på."
    ),
    RefusalCode.DOCUMENT_UNKNOWN: noop("Den dokumenttypen finnes ikke. Velg en fra listen."),
    RefusalCode.DOCUMENT_LIMIT: noop("Saken har allerede {limit} dokumenter, som er grensen."),
    RefusalCode.ADDRESS_REFUSED: noop("Lenken må være en fullstendig nettadresse som begynner med https://."),
    RefusalCode.MEMBERS_ONLY: noop("Bare de som står i styrets register, kan melde saker her."),
    RefusalCode.OUT_OF_SCOPE: noop("Saken faller utenfor mandatet."),
    RefusalCode.NOT_BEGUN: noop("Møtet har ikke begynt ennå. Registrer det når møtet er i gang. Ingenting er endret."),
    RefusalCode.MEETING_UNFIT: noop("Møtet kan ikke brukes til dette. Velg et møte fram i tid. Ingenting er endret."),
    RefusalCode.STATEMENTS_CLOSED: noop("Fristen for å uttale seg er ute. Ta kontakt med porteføljekontoret."),
    RefusalCode.UNTREATED: noop("Referatet kan ikke ferdigstilles før alle sakene på møtet er behandlet."),
    RefusalCode.NOTHING_NEW: noop("Sakspapirene som er sendt, sier det samme. Ingenting er sendt nå."),
    RefusalCode.NOT_READY: noop("Sakspapirene lages nå. Prøv igjen om et øyeblikk."),
    RefusalCode.NOT_SENT: noop("Sakspapirene til møtet er ikke sendt ennå."),
    RefusalCode.CONFLICTED: noop("Du er inhabil i en av sakene. En annen på porteføljekontoret må gjøre det."),
    RefusalCode.UNDECIDED: noop("Møtet kan ikke lukkes før alle punktene er avgjort. Ingenting er endret."),
    RefusalCode.NOT_STARTED: noop("Møtet er ikke startet. Skriv «start møte» når det er i gang."),
    RefusalCode.NOT_CLOSED: noop("Møtet er ikke lukket ennå. Skriv «lukk møte» når alle punktene er avgjort."),
    RefusalCode.NO_QUORUM: noop(
        "Styret er ikke vedtaksført: {coming} er til stede, og {needed} må til. Leder kan la møtet gå videre."
    ),
    RefusalCode.NOT_PRESENT: noop("Bare de som er til stede i møtet, kan svare på dette."),
    RefusalCode.NOT_CALLED: noop("Godkjenning av referatet er ikke tatt opp i møtet ennå. Ingenting er endret."),
    RefusalCode.OTHER_VERSION: noop("Teksten er endret siden du så den. Les den slik den er nå, og svar på den."),
    RefusalCode.NOT_CARRIED: noop(
        "Bare {approved} har godkjent, og {needed} må til. Taushet er ikke godkjenning (mandatet § 7)."
    ),
    RefusalCode.NO_CORRECTIONS: noop("Ingen rettelse er lagt inn. Velg «godkjent», eller ta inn en merknad først."),
    RefusalCode.ROUND_CLOSED: noop("Merknadsrunden er over. Ta det opp når referatet skal godkjennes i neste møte."),
    RefusalCode.SUBSTANTIVE: noop("En innholdsmessig merknad avgjøres av møtet som godkjenner referatet."),
    RefusalCode.SECTION_LOCKED: noop("Den delen er hentet fra det som ble registrert, og kan ikke skrives om her."),
    RefusalCode.ANSWERED: noop(
        "Du har svart. Svaret er anonymt, så det kan ikke finnes igjen og endres. Ingenting er endret."
    ),
    RefusalCode.EVALUATION_CLOSED: noop("Evalueringen er lukket, så svaret ble ikke tatt med."),
    RefusalCode.URN_LOST: noop("Svaret kunne ikke tas imot: nøkkelen til svarene mangler. Si fra til kontoret."),
    RefusalCode.NOT_REGISTERED: noop("Vedkommende står ikke i styrets register, så det er ingen å koble til."),
    RefusalCode.OWN_CODE: noop("Koden din må en annen på kontoret lage, så to vet om den. Ingen kode er laget."),
    RefusalCode.CODE_UNFIT: noop("Koden virker ikke. Be porteføljekontoret om en ny."),
    RefusalCode.CODE_UNREAD: noop("Det er ikke en kode. Den har ti tegn, bare bokstaver og tall."),
    RefusalCode.JOINED_ALREADY: noop("Du står i registeret alt, så det er ingenting å koble."),
    RefusalCode.LAST_DAY: noop("Det er siste dag, så det kan ikke vente til i morgen. Gjør det nå, eller send vara."),
    RefusalCode.TIME_PASSED: noop("Tidspunktet er passert. Velg en dag og et klokkeslett fram i tid."),
    RefusalCode.TIME_TAKEN: noop("Det er alt et møte på den tiden. Velg en annen tid. Ingenting er endret."),
    RefusalCode.DEPUTY_UNFIT: noop(
        "Vara må være en annen enn den som er spurt, og stå i styrets register. Velg en annen. Ingenting er endret."
    ),
}


_WANTED = {
    "remarks": noop("Skriv arbeidsutvalgets merknader: de forklarer utfallet. Ingenting er endret."),
    "note": noop("Skriv hvordan det står til, så de andre vet det. Ingenting er endret."),
    "remark": noop("Skriv merknaden. Har du ingen, velg «ingen merknad». Ingenting er endret."),
    "statement": noop("Skriv uttalelsen. Har du ingenting å si, skriv «ingen merknad». Ingenting er endret."),
}
"""What is wanted where it is no reason given to somebody, by the field that is empty."""

_GATES = {
    RefusalCode.WG_TREATMENT: noop(
        "Saken må behandles i arbeidsutvalget før den settes på sakslisten til styret{cite}. Bare leder kan gi "
        "dispensasjon."
    ),
    RefusalCode.WG_MINUTES: noop("Referatet fra arbeidsutvalget må være ferdig og med i sakspapirene{cite}."),
    RefusalCode.PREVIOUS_MINUTES: noop("Referatet fra forrige styremøte må være med, for det skal godkjennes{cite}."),
    RefusalCode.TEN_DAYS: noop(
        "Siste dag for å sende sakspapirene var {day}{cite}. Bare leder kan gi dispensasjon fra fristen."
    ),
    RefusalCode.AGENDA_APPROVAL: noop("Leder må godkjenne sakslisten før sakspapirene sendes{cite}."),
    RefusalCode.DOCUMENTS: noop("Dokumenter mangler uten begrunnelse{cite}. Legg dem ved, eller skriv hvorfor."),
    RefusalCode.LATE: noop("Saken kom etter fristen. Porteføljeansvarlig og leder må godta den før den tas med{cite}."),
}
"""What must hold first. «{cite}» becomes « (mandatet § 7)» where the gate is the mandate's."""


def _wanted(refusal: Refusal) -> str:
    return next((_WANTED[name] for name in _texts(refusal, "fields") if name in _WANTED), "")


def _gate(refusal: Refusal) -> str:
    day = refusal.params.get("deadline")
    cite = _(" (mandatet {paragraph})", paragraph=refusal.paragraph) if refusal.paragraph else ""
    return _(_GATES[refusal.code], cite=cite, day=weekday_date(day) if isinstance(day, date) else "")


def _numbers(refusal: Refusal) -> dict[str, object]:
    return {name: refusal.params.get(name, "") for name in ("limit", "coming", "needed", "approved")}


def _moved_on(refusal: Refusal, people: Mapping[PersonId, Person]) -> str:
    what, by, at = (refusal.params.get(k) for k in ("what", "by", "at"))
    known = people.get(PersonId(str(by)))
    who = known.name if known else _("en annen")
    if not isinstance(what, Happened) or not isinstance(at, datetime):
        return _("Saken er endret siden denne knappen ble laget. Her er den slik den er nå.")
    told = happened(what, who, date_time(at))
    if refusal.code is RefusalCode.STALE:
        return _("Saken er endret siden du så den. Sist: {told}. Ingenting er gjort nå.", told=told)
    return _("Det er allerede avgjort: {told}. Ingenting er gjort nå.", told=told)


def _incomplete(refusal: Refusal, mandate: Mandate) -> str:
    """Everything that is missing, at once."""
    fields = [field_name(f) for f in _texts(refusal, "fields") + _texts(refusal, "unread")]
    documents = [label(mandate.document_type[d].label) for d in _texts(refusal, "documents")]
    sentences = []
    if fields:
        sentences.append(_("Mangler svar: {fields}.", fields=join_words(fields)))
    if documents:
        sentences.append(
            _(
                "Mangler dokument: {documents}. Legg dem ved, eller skriv hvorfor de mangler.",
                documents=join_words(documents),
            )
        )
    return " ".join([*sentences, _("Alt du har skrevet, er tatt vare på.")])


def _texts(refusal: Refusal, key: str) -> list[str]:
    values = refusal.params.get(key, ())
    return [str(v) for v in values] if isinstance(values, tuple) else []


def field_name(field_id: str) -> str:
    """What a field is called, on either page of the form."""
    if field_id.startswith("scope_"):
        return _("spørsmål {n} om mandatet", n=field_id.removeprefix("scope_"))
    known = {q.id: q.name for q in START_QUESTIONS} | {q.id: q.name for q in CASE_QUESTIONS.values()}
    return _(known[field_id])


def out_of_scope(exclusion: str, mandate: Mandate, answers: Mapping[str, str], case_id: str = "") -> Message:
    """The kind end of an intake: which exclusion, the paragraph, where to turn, and the way back."""
    found = mandate.exclusion[exclusion]
    kept = _("Ingenting om saken er lagret. Svarte du feil, kan du rette svaret.")
    if case_id:
        kept = _("Alt du har skrevet, er tatt vare på.")
    data: dict[str, Json] = {"id": case_id, "rev": 0, "again": True, **answers}
    return Message(
        title=_("Denne saken hører ikke til hos {board}", board=label(mandate.board)),
        blocks=(
            Paragraph(
                _(
                    "{exclusion} er ikke styrets ansvar (mandatet {paragraph}).",
                    exclusion=label(found.label),
                    paragraph=found.paragraph,
                )
            ),
            Paragraph(_("Lurer du på hvem som kan hjelpe, skriv til {email}.", email=mandate.office_email)),
            Paragraph(kept, small=True),
        ),
        buttons=(
            Act(actions.CASE_START, _("Rett svaret"), data, with_inputs=False),
            Say(_("Hjelp"), _("hjelp")),
        ),
    )


def plain_refusal(banner: Banner) -> Message:
    """A refusal where there is no card to show."""
    return Message(
        title=banner.text,
        buttons=(Say(_("Mine saker"), _("mine saker")), Say(_("Hjelp"), _("hjelp"))),
        tone="attention",
    )

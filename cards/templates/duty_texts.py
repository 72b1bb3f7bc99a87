"""What a duty is called, by when, what ends it, which rule asks for it; and what a notice was about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from board.delivery import About
from board.duties import ABOUT_CASES
from board.duty import Duty, DutyKind
from board.errors import Refusal, RefusalCode
from board.evaluation import is_round, year_of
from board.events import Happened
from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.notices import CASE_NOTICES, NoticeKind, meeting_behind, person_of_tasks
from board.people import Person
from cards.event_words import happened
from cards.formats import date_time, short_date, weekday_date
from cards.i18n import _, noop
from cards.labels import deadline_name, the_meeting
from cards.message import Banner
from cards.task_views import Names
from cards.templates.notice_texts import news
from cards.templates.refusals import refusal_banner

_OF_CASES: Final = {
    DutyKind.CONFIRM: noop("Bekreft {title}"),
    DutyKind.REVIEW: noop("Vurder {title}"),
    DutyKind.COMPLETE: noop("Rett og send inn igjen: {title}"),
    DutyKind.SUBMIT: noop("Send inn {title}"),
    DutyKind.STATEMENT: noop("Uttal deg om {title}"),
    DutyKind.BENEFIT: noop("Meld om gevinstene: {title}"),
    DutyKind.LATE: noop("Si ja eller nei til å ta inn {title} etter fristen"),
    DutyKind.RULE: noop("Avgjør habiliteten i {title}"),
}
_OF_MEETINGS: Final = {
    DutyKind.ATTEND: noop("Svar om du kommer: {meeting}"),
    DutyKind.DECLARE: noop("Svar om habiliteten din i sakene: {meeting}"),
    DutyKind.ANCHOR: noop("Svar om forankring av vedtakene: {meeting}"),
    DutyKind.DISPENSE: noop("Svar på spørsmålet om dispensasjon: {meeting}"),
    DutyKind.REMARK: noop("Svar om du har merknader til referatet: {meeting}"),
}

_SUBJECTS: Final = {
    DutyKind.ATTEND: noop("svar for {day}"),
    DutyKind.DECLARE: noop("habilitet {day}"),
    DutyKind.DISPENSE: noop("dispensasjon {day}"),
    DutyKind.ANCHOR: noop("forankring {day}"),
    DutyKind.REMARK: noop("referat {day}"),
}

_ENDS: Final = {
    DutyKind.CONFIRM: noop("Når saken er bekreftet, sendt tilbake eller trukket."),
    DutyKind.REVIEW: noop("Når én på kontoret har tatt imot, returnert eller avsluttet saken."),
    DutyKind.COMPLETE: noop("Når saken er sendt inn igjen, eller trukket."),
    DutyKind.SUBMIT: noop("Når saken er sendt inn, eller trukket."),
    DutyKind.ATTEND: noop("Når du, varaen din eller kontoret har svart."),
    DutyKind.TASK: noop("Når én av dem som er spurt, trykker «Gjort»."),
    DutyKind.STATEMENT: noop("Når du har uttalt deg, også om du bare skriver «ingen merknad»."),
    DutyKind.LATE: noop("Når saken er godtatt eller avslått, eller trukket."),
    DutyKind.RULE: noop("Når du har avgjort om vedkommende er habil."),
    DutyKind.DECLARE: noop("Når du har svart for alle sakene i sakspapirene."),
    DutyKind.DISPENSE: noop("Når du har gitt eller avslått dispensasjonen."),
    DutyKind.FOLLOW_UP: noop("Når du, eller kontoret for deg, har meldt status eller at det er utført."),
    DutyKind.REMARK: noop("Når du har svart «ingen merknad» eller gitt en merknad, eller runden er over."),
    DutyKind.ANCHOR: noop("Når du har svart for alle vedtakene."),
    DutyKind.BENEFIT: noop("Når du, eller prosjekteieren, har meldt om gevinstene."),
    DutyKind.EVALUATE: noop("Når du har svart, eller evalueringen lukkes. Ingen andre får vite om du har svart."),
}

_ENDS_BY: Final[Mapping[str, str]] = {
    "scheduling": noop("Når arbeidsutvalgets møte er satt opp, eller én av dem som er spurt, trykker «Gjort»."),
    "wg_papers": noop("Når papirene til arbeidsutvalget er sendt, eller én av dem som er spurt, trykker «Gjort»."),
    "wg_minutes": noop(
        "Når referatet fra arbeidsutvalget er ferdigstilt, eller én av dem som er spurt, trykker «Gjort»."
    ),
    "agenda": noop("Når sakslisten er godkjent, eller én av dem som er spurt, trykker «Gjort»."),
    "pack": noop("Når sakspapirene er sendt, eller én av dem som er spurt, trykker «Gjort»."),
    "minutes": noop("Når utkastet til referat er laget, eller én av dem som er spurt, trykker «Gjort»."),
}
"""What ends a task of the back-plan besides somebody's word that it is done."""

_RULES: Final = {
    DutyKind.CONFIRM: noop("Prosjekteieren går god for saken før kontoret får den (Prosjektveiviseren)."),
    DutyKind.REVIEW: noop("Kontoret forbereder sakene til styret (mandatet § 5)."),
    DutyKind.COMPLETE: noop("En sak som er returnert, må være komplett før den kan settes opp."),
    DutyKind.STATEMENT: noop("De konserntillitsvalgte er med i arbeidsutvalget (mandatet § 5)."),
    DutyKind.LATE: noop("En sak som kommer etter fristen, må godtas av porteføljeansvarlig og leder (mandatet § 7)."),
    DutyKind.RULE: noop("Leder avgjør habiliteten når noen melder et mulig forhold."),
    DutyKind.DECLARE: noop("Den som er inhabil i en sak, skal ikke ha papirene i den."),
    DutyKind.DISPENSE: noop("Bare leder kan gi dispensasjon (mandatet § 5 og § 7)."),
    DutyKind.FOLLOW_UP: noop("Vilkårene i et vedtak følges opp til de er utført."),
    DutyKind.REMARK: noop("Referatet godkjennes i det neste styremøtet (mandatet § 7). Taushet godkjenner ikke."),
    DutyKind.ANCHOR: noop("Medlemmene sørger for at vedtakene forankres i egen virksomhet (mandatet § 4)."),
    DutyKind.BENEFIT: noop("Styret følger opp at tiltakene gir de ønskede gevinstene (mandatet § 2 og § 4)."),
    DutyKind.EVALUATE: noop("Styret og porteføljestyringen evalueres årlig (mandatet § 8)."),
}

_NOTICES: Final = {
    NoticeKind.MEETING_MOVED: noop("Møtet er flyttet: {what}"),
    NoticeKind.MEETING_CANCELLED: noop("Møtet er avlyst: {what}"),
    NoticeKind.DUTY_ASKED: noop("Spørsmål om hvem som kommer: {what}"),
    NoticeKind.DUTY_DELEGATED: noop("Spørsmål til vara: {what}"),
    NoticeKind.DUTY_ANSWERED: noop("Beskjed om et svar: {what}"),
    NoticeKind.DUTY_HANDED_ON: noop("Til vara etter fristen: {what}"),
    NoticeKind.STANDS_IN: noop("Til vara for en som ikke ble nådd: {what}"),
    NoticeKind.WG_MINUTES: noop("Referatet fra arbeidsutvalget er ferdig: {what}"),
    NoticeKind.AGENDA_READY: noop("Sakslisten venter på godkjenning: {what}"),
    NoticeKind.AGENDA_APPROVED: noop("Sakslisten er godkjent: {what}"),
    NoticeKind.DISPENSATION_ASKED: noop("Spørsmål om dispensasjon: {what}"),
    NoticeKind.DISPENSATION_RULED: noop("Svar om dispensasjon: {what}"),
    NoticeKind.PACK_SENT: noop("Sakspapirene er sendt: {what}"),
    NoticeKind.PACK_CHANGED: noop("Nytt i sakspapirene: {what}"),
    NoticeKind.PACK_FAILED: noop("Sakspapirene kunne ikke lages: {what}"),
    NoticeKind.PACK_MILESTONE: noop("Sakspapirene er sendt: {what}"),
    NoticeKind.ANCHOR_ASKED: noop("Spørsmål om forankring av vedtakene: {what}"),
    NoticeKind.BENEFIT_ASKED: noop("Spørsmål om gevinstene: {what}"),
    NoticeKind.EVALUATION_ASKED: noop("Spørsmålene i evalueringen {what}"),
    NoticeKind.EVALUATION_RESULT: noop("Resultatet av evalueringen {what}"),
    NoticeKind.EVALUATION_CHART: noop("Diagram over evalueringen {what}"),
    NoticeKind.MEETING_STARTED: noop("Møtet er i gang: {what}"),
    NoticeKind.DECISION_MILESTONE: noop("Vedtakene er kunngjort: {what}"),
    NoticeKind.FOLLOW_UP_OPENED: noop("Ny oppfølging av et vedtak"),
    NoticeKind.FOLLOW_UP_REQUESTED: noop("Spørsmål om status på en oppfølging"),
    NoticeKind.FOLLOW_UP_REPORTED: noop("Status på en oppfølging"),
    NoticeKind.MINUTES_CIRCULATED: noop("Referatet er sendt til merknader: {what}"),
    NoticeKind.REMARK_GIVEN: noop("Merknad til referatet: {what}"),
    NoticeKind.REMARK_RULED: noop("Svar på merknaden til referatet: {what}"),
    NoticeKind.ROUND_CLOSED: noop("Merknadsrunden er over: {what}"),
    NoticeKind.MINUTES_CALLED: noop("Godkjenning av referatet: {what}"),
    NoticeKind.MINUTES_LOCKED: noop("Referatet er godkjent og låst: {what}"),
    NoticeKind.MINUTES_CORRECTED: noop("Det godkjente referatet er rettet: {what}"),
    NoticeKind.CODE_GIVEN: noop("Beskjed om en kode som kobler en konto"),
    NoticeKind.ACCOUNT_UNCLEAR: noop("Spørsmål om hvem en ny konto tilhører"),
    NoticeKind.CONFLICT_DECLARED: noop("Melding om habilitet: {what}"),
    NoticeKind.CONFLICT_RULED: noop("Leders svar om habilitet: {what}"),
}


# -- duties ------------------------------------------------------------------------------------------------------------


def what(duty: Duty, names: Names) -> str:
    """What is to be done, with the case's title or the meeting's body and day."""
    if duty.kind is DutyKind.EVALUATE:
        return _("Svar på evalueringen {year}", year=year_of(duty.object_id))
    if duty.kind is DutyKind.FOLLOW_UP:
        return _("Meld status på oppfølgingen av et vedtak")
    if source := _OF_CASES.get(duty.kind):
        return _(source, title=names.case(duty.object_id))
    meeting = meeting_of(duty.object_id, names)
    if source := _OF_MEETINGS.get(duty.kind):
        return _(source, meeting=meeting)
    return _("{task}, til {meeting}", task=deadline_name(duty.part), meeting=meeting)


def subject(duty: Duty, names: Names) -> str:
    """What it is about in few words, for a button."""
    if duty.kind is DutyKind.EVALUATE:
        return _("evalueringen {year}", year=year_of(duty.object_id))
    if duty.kind is DutyKind.FOLLOW_UP:
        return _("oppfølging av vedtak")
    if duty.kind in _OF_CASES:
        return names.case(duty.object_id)
    meeting = names.meetings.get(meeting_behind(duty.object_id))
    if duty.kind in _OF_MEETINGS and meeting:
        return _(_SUBJECTS[duty.kind], day=short_date(meeting.day))
    return deadline_name(duty.part)


def meeting_of(meeting_id: str, names: Names) -> str:
    meeting = names.meetings.get(meeting_behind(meeting_id))
    return meeting_name(meeting) if meeting else _("et møte")


def meeting_name(meeting: Meeting) -> str:
    """«styremøtet torsdag 16. april 2026»."""
    return _("{what} {day}", what=the_meeting(meeting.body), day=weekday_date(meeting.day))


def day_words(day: date, today: date) -> str:
    """«i dag, mandag 2. mars 2026»."""
    if day == today:
        return _("i dag, {day}", day=weekday_date(day))
    if day == today + timedelta(days=1):
        return _("i morgen, {day}", day=weekday_date(day))
    return weekday_date(day)


def due_words(due: date, today: date) -> str:
    """By when; for one that is past its day, that it is."""
    if due < today:
        return _("over fristen, som var {day}", day=weekday_date(due))
    return _("innen {day}", day=day_words(due, today))


def done_words(duty: Duty, names: Names) -> str:
    """Who ended it and when."""
    if duty.ended_at is None:
        return ""
    who = names.person(duty.ended_by)
    return _("tatt hånd om av {who} {when}", who=who, when=date_time(duty.ended_at))


def ends(duty: Duty, mandate: Mandate) -> str:
    offset = next((o for o in mandate.offsets if o.id == duty.part), None)
    act = _ENDS_BY.get(offset.ends_by) if offset and duty.kind is DutyKind.TASK else None
    return _(act or _ENDS[duty.kind])


def rule(duty: Duty, mandate: Mandate) -> str:
    """The paragraph or the plan that asks for it."""
    offset = next((o for o in mandate.offsets if o.id == duty.part), None)
    if offset and offset.paragraph:
        return _("{deadline} (mandatet {paragraph})", deadline=deadline_name(duty.part), paragraph=offset.paragraph)
    if source := _RULES.get(duty.kind):
        return _(source)
    return _("Fristplanen foran hvert møte: {deadline}", deadline=deadline_name(duty.part))


def refusal_of_duty(refusal: Refusal, people: Mapping[PersonId, Person], mandate: Mandate) -> Banner:
    """Why an act on a duty had no effect, in words that fit a duty."""
    if refusal.code is RefusalCode.NOT_FOUND:
        return Banner(_("Jeg finner ikke oppgaven, eller den er ikke din. Ingenting er endret."), "attention")
    return refusal_banner(refusal, people, mandate)


def ended_already(duty: Duty, names: Names) -> Banner | None:
    """What an old button answers where the duty is over."""
    if duty.ended_at is None:
        return None
    told = happened(Happened.DUTY_DONE, names.person(duty.ended_by), date_time(duty.ended_at))
    return Banner(_("Det er allerede avgjort: {told}. Ingenting er gjort nå.", told=told), "warning")


# -- notices -----------------------------------------------------------------------------------------------------------


def told_of(about: About, names: Names) -> str:
    """What a group of notices said, in one line: for whoever must know that it did not arrive."""
    kind = NoticeKind(about.kind)
    if kind in CASE_NOTICES:
        return news(kind, names.case(about.object_id)).removesuffix(".")
    if kind is NoticeKind.DIGEST:
        person = person_of_tasks(about.object_id)
        return _("Dagens oppgaver til {who}", who=names.person(person))
    if is_round(about.object_id):
        return _(_NOTICES[kind], what=year_of(about.object_id))
    of_case = any(about.part.startswith(f"{kind}:") for kind in ABOUT_CASES)
    of_case = of_case or kind in (NoticeKind.BENEFIT_ASKED, NoticeKind.CONFLICT_DECLARED, NoticeKind.CONFLICT_RULED)
    subject = names.case(about.object_id) if of_case else meeting_of(about.object_id, names)
    if kind is NoticeKind.MEETING_WORD:
        return _("{task}, til {meeting}", task=deadline_name(about.part), meeting=subject)
    return _(_NOTICES[kind], what=subject)

"""What a duty is called, by when, what ends it, which rule asks for it; and what a notice was about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from board.delivery import About
from board.duties import ABOUT_CASES
from board.duty import Duty, DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.notices import CASE_NOTICES, NoticeKind, meeting_behind, person_of_tasks
from board.people import Person
from cards.formats import date_time, short_date, weekday_date
from cards.i18n import _, noop
from cards.labels import deadline_name, happened, the_meeting
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
    DutyKind.LATE: noop("Si ja eller nei til å ta inn {title} etter fristen"),
    DutyKind.RULE: noop("Avgjør habiliteten i {title}"),
}
_OF_MEETINGS: Final = {
    DutyKind.ATTEND: noop("Svar om du kommer: {meeting}"),
    DutyKind.DECLARE: noop("Svar om habiliteten din i sakene: {meeting}"),
    DutyKind.DISPENSE: noop("Svar på spørsmålet om dispensasjon: {meeting}"),
}

_SUBJECTS: Final = {
    DutyKind.ATTEND: noop("svar for {day}"),
    DutyKind.DECLARE: noop("habilitet {day}"),
    DutyKind.DISPENSE: noop("dispensasjon {day}"),
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
}

_ENDS_BY: Final[Mapping[str, str]] = {
    "scheduling": noop("Når arbeidsutvalgets møte er satt opp, eller én av dem som er spurt, trykker «Gjort»."),
    "wg_papers": noop("Når papirene til arbeidsutvalget er sendt, eller én av dem som er spurt, trykker «Gjort»."),
    "wg_minutes": noop(
        "Når referatet fra arbeidsutvalget er ferdigstilt, eller én av dem som er spurt, trykker «Gjort»."
    ),
    "agenda": noop("Når sakslisten er godkjent, eller én av dem som er spurt, trykker «Gjort»."),
    "pack": noop("Når sakspapirene er sendt, eller én av dem som er spurt, trykker «Gjort»."),
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
    NoticeKind.CONFLICT_DECLARED: noop("Melding om habilitet: {what}"),
    NoticeKind.CONFLICT_RULED: noop("Leders svar om habilitet: {what}"),
}


# -- duties ------------------------------------------------------------------------------------------------------------


def what(duty: Duty, names: Names) -> str:
    """What is to be done, with the case's title or the meeting's body and day."""
    if source := _OF_CASES.get(duty.kind):
        return _(source, title=names.case(duty.object_id))
    meeting = meeting_of(duty.object_id, names)
    if source := _OF_MEETINGS.get(duty.kind):
        return _(source, meeting=meeting)
    return _("{task}, til {meeting}", task=deadline_name(duty.part), meeting=meeting)


def subject(duty: Duty, names: Names) -> str:
    """What it is about in few words, for a button."""
    if duty.kind in _OF_CASES:
        return names.case(duty.object_id)
    meeting = names.meetings.get(duty.object_id)
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
    of_case = any(about.part.startswith(f"{kind}:") for kind in ABOUT_CASES)
    of_case = of_case or kind in (NoticeKind.CONFLICT_DECLARED, NoticeKind.CONFLICT_RULED)
    subject = names.case(about.object_id) if of_case else meeting_of(about.object_id, names)
    if kind is NoticeKind.MEETING_WORD:
        return _("{task}, til {meeting}", task=deadline_name(about.part), meeting=subject)
    return _(_NOTICES[kind], what=subject)

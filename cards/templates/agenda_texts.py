"""Sentences of an agenda: what an item is called, its stamps, the time it all takes, why an act had no effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from board.agenda import ItemKind
from board.case import Case
from board.clock import local_day
from board.dispensation import GateId
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import PersonId
from board.mandate import Mandate
from board.people import Person
from cards.agenda_views import AgendaLine, AgendaView
from cards.documents.names import minutes
from cards.event_words import happened
from cards.formats import date_time, join_words, weekday_date
from cards.i18n import _
from cards.labels import LETTERS, item_name, the_meeting
from cards.message import Banner
from cards.templates.refusals import refusal_banner


def the_agenda(view: AgendaView) -> str:
    """«Sakslisten til styremøtet torsdag 24. september 2026»."""
    held, day = the_meeting(view.meeting.body), weekday_date(view.meeting.day)
    if view.is_open:
        return _("Den offentlige sakslisten til {meeting} {day}", meeting=held, day=day)
    return _("Sakslisten til {meeting} {day}", meeting=held, day=day)


def group_heading(kind: ItemKind) -> str:
    """«B – Beslutningssaker»."""
    return f"{LETTERS[kind]} – {item_name(kind)}" if kind in LETTERS else item_name(kind)


def title_of(line: AgendaLine, view: AgendaView) -> str:
    """What the reader may call it."""
    if line.case is None:
        return item_name(line.item.kind)
    return public_title(line.case) if view.is_open else line.case.content.title or _("Sak uten tittel")


def public_title(case: Case) -> str:
    """As the open agenda has it: never the title of a case that is exempt from public access (offentleglova)."""
    content = case.content
    if content.public_title:
        return content.public_title
    if content.classification == "open":
        return content.title or _("Sak uten tittel")
    return _("Unntatt offentlighet ({basis})", basis=content.legal_basis or _("hjemmel mangler"))


# -- stamps ------------------------------------------------------------------------------------------------------------


def stamps(line: AgendaLine, view: AgendaView) -> tuple[str, ...]:
    """Late, and treated by the board alone: printed with the item. The open agenda has none."""
    if view.is_open:
        return ()
    if line.case is None:
        return _confirmed_here(line, view)
    return tuple(stamp for stamp in (late_stamp(line.case, view), dispensed_stamp(line.case, view)) if stamp)


def _confirmed_here(line: AgendaLine, view: AgendaView) -> tuple[str, ...]:
    numbers = [item.number for case in view.late if (item := view.agenda.item_of(case.id))]
    if line.item.kind is not ItemKind.AGENDA or not numbers:
        return ()
    return (_("Ettersendte saker som bekreftes her: {numbers}.", numbers=join_words(numbers)),)


def late_stamp(case: Case, view: AgendaView) -> str:
    late = case.late
    if late is None or late.meeting != view.meeting.id or not late.is_accepted:
        return ""
    chair_day = weekday_date(local_day(late.chair_at)) if late.chair_at else ""
    who = {"lead": view.name(late.lead), "chair": view.name(late.chair), "day": chair_day, "reason": late.reason}
    return _(
        "Ettersendt. Godtatt av {lead} og {chair} {day}; bekreftes under punkt 1. Begrunnelse: {reason}", **who
    )  # fmt: skip


def dispensed_stamp(case: Case, view: AgendaView) -> str:
    """Before the working group has treated it, with the chair's reason (mandatet § 5)."""
    found = [d for d in view.dispensations if d.gate is GateId.WG_TREATMENT and d.case == case.id]
    if not found or case.is_wg_treated:
        return ""
    return _(
        "Ikke behandlet i arbeidsutvalget: leder har gitt dispensasjon{cite}. Begrunnelse: {reason}",
        cite=_cite(GateId.WG_TREATMENT, view.mandate),
        reason=found[-1].ruling,
    )


def notes(view: AgendaView) -> tuple[str, ...]:
    """What concerns the whole agenda."""
    if view.is_open:
        return ()
    return tuple(
        _(
            "Leder har gitt dispensasjon fra fristen for å sende sakspapirene{cite}. Begrunnelse: {reason}",
            cite=_cite(GateId.TEN_DAYS, view.mandate),
            reason=dispensation.ruling,
        )
        for dispensation in view.dispensations
        if dispensation.gate is GateId.TEN_DAYS
    )


def _cite(gate: GateId, mandate: Mandate) -> str:
    paragraph = mandate.gates.get(gate, "")
    return _(" (mandatet {paragraph})", paragraph=paragraph) if paragraph else ""


# -- where it stands ---------------------------------------------------------------------------------------------------


def status(view: AgendaView) -> str:
    """Draft or approved, by whom and when; the working group's needs nobody's approval."""
    agenda = view.agenda
    if not view.is_board:
        return ""
    if agenda.is_approved and agenda.approved_at:
        return _("Godkjent av {who} {when}.", who=view.name(agenda.approved_by), when=date_time(agenda.approved_at))
    if view.sent:
        return _("Endret etter at sakspapirene ble sendt: venter på at leder godkjenner den på nytt.")
    return _("Utkast: lederen har ikke godkjent sakslisten ennå.")


def is_too_long(view: AgendaView) -> bool:
    return view.agenda.minutes > view.meeting.minutes


def time_words(view: AgendaView) -> str:
    """The time that is asked for against the time there is."""
    total, there = view.agenda.minutes, view.meeting.minutes
    if not is_too_long(view):
        return _("Sakene tar {total} av møtets {there}.", total=minutes(total), there=minutes(there))
    return _(
        "For lang saksliste: sakene tar {total}, og møtet er satt til {there}. Det er {over} for mye.",
        total=minutes(total), there=minutes(there), over=minutes(total - there),
    )  # fmt: skip


# -- why nothing happened ----------------------------------------------------------------------------------------------


def agenda_refusal(refusal: Refusal, people: Mapping[PersonId, Person], mandate: Mandate) -> Banner:
    """Why an act on an agenda had no effect, in words that fit an agenda."""
    if refusal.code is RefusalCode.NOT_FOUND:
        return Banner(_("Jeg finner ikke sakslisten eller punktet. Ingenting er endret."), "attention")
    if refusal.code not in (RefusalCode.STALE, RefusalCode.ALREADY):
        return refusal_banner(refusal, people, mandate)
    what, by, at = (refusal.params.get(key) for key in ("what", "by", "at"))
    if not isinstance(what, Happened) or not isinstance(at, datetime):
        return Banner(_("Sakslisten er endret. Her er den slik den er nå. Ingenting er gjort."), "warning")
    known = people.get(PersonId(str(by)))
    told = happened(what, known.name if known else _("en annen"), date_time(at))
    if refusal.code is RefusalCode.ALREADY:
        return Banner(_("Det er allerede gjort: {told}. Ingenting er gjort nå.", told=told), "warning")
    return Banner(_("Sakslisten er endret siden du så den. Sist: {told}. Ingenting er gjort nå.", told=told), "warning")

"""Around an agenda: that it waits or is approved, what came of building it, that there is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from board.agenda import agenda_object
from board.case import Case
from board.dispensation import GateId
from board.errors import RefusalCode
from board.meeting import Meeting
from board.people import Body
from cards import actions
from cards.agenda_views import AgendaView, LeftOut, Outcome
from cards.formats import join_words, weekday_date
from cards.i18n import _
from cards.labels import label, the_meeting
from cards.message import About, Act, Banner, Button, Field, Json, Message, Option, Paragraph, Say
from cards.safe import cut
from cards.templates.agenda_card import agenda_card
from cards.templates.meeting_card import meeting_title

_CASES_SHOWN: Final = 5
_CHOICES: Final = 12
_TITLE: Final = 60
_BUTTON_TITLE: Final = 26


def ready(view: AgendaView) -> Message:
    """To the chair."""
    return agenda_card(view, why=_("Du får denne fordi du er leder og godkjenner sakslisten."))


def approved(view: AgendaView) -> Message:
    """To those who prepare the pack."""
    note = Banner(
        _("Sakslisten er godkjent. Skriv «send pakke», så ser du om noe mangler før sakspapirene kan sendes."), "good"
    )
    why = _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
    return agenda_card(view, note, why=why)


# -- built -------------------------------------------------------------------------------------------------------------


def built(view: AgendaView, came: Outcome) -> Message:
    """The agenda after it was built: what came on it, what was left out, why, and the way forward."""
    card = agenda_card(view, Banner(_came_on(view, came), "good"), first=_ways_forward(view, came))
    if not came.left_out:
        return card
    said = [Paragraph(_left_out(one)) for one in came.left_out[:_CASES_SHOWN]]
    if len(came.left_out) > _CASES_SHOWN:
        rest = len(came.left_out) - _CASES_SHOWN
        said.append(Paragraph(_("… og {n} til", n=rest), small=True))
    heading = Paragraph(_("Ikke tatt med"), tone="warning", strong=True)
    note, *blocks = card.blocks
    return replace(card, blocks=(note, heading, *said, *blocks))


def _came_on(view: AgendaView, came: Outcome) -> str:
    if not came.is_new and not came.numbers:
        return _("Det er ingen nye saker å ta med. Sakslisten er som før.")
    said = [_("Sakslisten er laget.")] if came.is_new else []
    if came.numbers:
        said.append(_("Satt opp nå: {numbers}.", numbers=join_words(came.numbers)))
    if view.is_board and came.is_new:
        said.append(_("Leder er bedt om å godkjenne den."))
    elif view.is_board and not view.agenda.is_approved:
        said.append(_("Leder må godkjenne den på nytt."))
    return " ".join(said)


def _left_out(one: LeftOut) -> str:
    cite = _(" (mandatet {paragraph})", paragraph=one.refusal.paragraph) if one.refusal.paragraph else ""
    words = {"title": cut(one.case.content.title or _("Sak uten tittel"), _TITLE), "cite": cite}
    if one.refusal.code is RefusalCode.WG_TREATMENT and one.waits:
        return _("{title}: venter på svar fra leder om dispensasjon{cite}.", **words)
    if one.refusal.code is RefusalCode.WG_TREATMENT:
        return _("{title}: er ikke behandlet i arbeidsutvalget{cite}.", **words)
    if one.case.late and one.case.late.is_open:
        return _("{title}: kom etter fristen, og venter på å bli godtatt{cite}.", **words)
    return _("{title}: kom etter fristen, og er ikke godtatt{cite}.", **words)


def _ways_forward(view: AgendaView, came: Outcome) -> tuple[Button, ...]:
    """A dispensation asked for by a choice among the cases that need one; the first late case by name."""
    untreated = [o.case for o in came.left_out if o.refusal.code is RefusalCode.WG_TREATMENT and not o.waits]
    late = [o.case for o in came.left_out if o.refusal.code is RefusalCode.LATE]
    askable = [case for case in late if not (case.late and case.late.is_open)]
    found: list[Button] = [_dispensation(view, untreated)] if untreated else []
    return (*found, *(_late(view, case) for case in askable[:1]))


def _dispensation(view: AgendaView, cases: Sequence[Case]) -> Act:
    options = tuple(Option(c.id, cut(c.content.title or _("Sak uten tittel"), _TITLE)) for c in cases[:_CHOICES])
    which = Field("case", "choice", _("For hvilken sak?"), options[0].value, required=True, options=options)
    reason = Field("reason", "long_text", _("Hvorfor kan den ikke vente på arbeidsutvalget?"), required=True)
    data: dict[str, Json] = {"id": view.meeting.id, "gate": GateId.WG_TREATMENT.value}
    return Act(
        actions.PACK_ASK_DISPENSATION, _("Be leder om dispensasjon"), data, fields=(which, reason), send=_("Spør leder")
    )  # fmt: skip


def _late(view: AgendaView, case: Case) -> Act:
    title = cut(case.content.title or _("Sak uten tittel"), _BUTTON_TITLE)
    reason = Field("reason", "long_text", _("Hvorfor bør saken tas inn nå?"), required=True)
    data: dict[str, Json] = {"id": case.id, "rev": case.rev, "meeting": view.meeting.id}
    label_ = _("Ta inn etter fristen: {title}", title=title)
    return Act(actions.CASE_LATE_ASK, label_, data, fields=(reason,), send=_("Spør"))


# -- none --------------------------------------------------------------------------------------------------------------


def none_yet(meeting: Meeting, due: date | None, *, arranges: bool, own: bool = True, note: Banner | None = None
             ) -> Message:  # fmt: skip
    """There is no agenda for this reader yet. ``due``: the day on which the papers go out at the latest."""
    day = weekday_date(meeting.day)
    title = _("Sakslisten til {meeting} {day} er ikke klar ennå", meeting=the_meeting(meeting.body), day=day)
    blocks = [note] if note else []
    said = [Paragraph(_("Den kommer senest {day}, med sakspapirene.", day=weekday_date(due)))] if due else []
    buttons: tuple[Button, ...] = (Say(_("Frister"), _("frister")), Say(_("Årshjul"), _("årshjul")))
    if arranges:
        build = Act(actions.AGENDA_BUILD, _("Lag saksliste"), {"id": meeting.id}, "positive", with_inputs=False)
        buttons = (build, *buttons)
    about = About(agenda_object(meeting.id), 0) if own else None
    return Message(title, (*blocks, *said), buttons if own else (), about=about)


def no_meeting(body: Body, meetings: Sequence[Meeting], command: str) -> Message:
    """No such meeting ahead; ``command`` («saksliste») with the day of each that is."""
    title = _("Jeg finner ikke det møtet") if meetings else _("Det er ingen møter framover å lage saksliste til")
    if not meetings:
        return Message(title, buttons=(Say(_("Årshjul"), _("årshjul")), Say(_("Hjelp"), _("hjelp"))))
    group = f" {_('au')}" if body is Body.WORKING_GROUP else ""
    buttons = tuple(Say(weekday_date(m.day), f"{command}{group} {m.day:%d.%m.%Y}") for m in meetings[:3])
    listed = "\n".join(meeting_title(m) for m in meetings[:6])
    return Message(title, (Paragraph(_("Møtene framover:")), Paragraph(listed)), buttons)

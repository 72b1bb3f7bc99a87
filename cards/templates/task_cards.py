"""One task by itself, why somebody was asked, and the buttons that every duty has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from board.clock import local_day
from board.duty import Duty, DutyKind, Rung
from board.mandate import Mandate
from board.people import Person, Role
from cards import actions
from cards.formats import date_time, weekday_date
from cards.i18n import _, noop
from cards.labels import deadline_name
from cards.message import Act, Banner, Block, Button, Facts, Field, Json, Message, Option, Paragraph, Say, Step, Steps
from cards.safe import cut
from cards.task_views import Names, TaskView
from cards.templates.duty_texts import done_words, due_words, ends, meeting_of, rule, what

_NAME: Final = 80
"""Characters of one choice among duties."""


def task_card(view: TaskView, note: Banner | None = None) -> Message:
    """A step of a meeting's plan that is done when somebody says so."""
    duty, names = view.duty, view.names
    name = deadline_name(duty.part)
    meeting = meeting_of(duty.object_id, names)
    rows = [(_("Gjelder"), meeting), (_("Frist"), due_words(duty.due, view.today))]
    if duty.person != view.reader.id:
        rows.append((_("Spurt"), names.person(duty.person)))
    if duty.deputy:
        rows.append((_("Vara"), names.person(duty.deputy)))
    if duty.ended_at:
        rows.append((_("Gjort"), done_words(duty, names)))
    return Message(
        title=name,
        blocks=(*((note,) if note else ()), Facts(tuple(rows))),
        buttons=_task_buttons(view),
        summary=f"{name}, {due_words(duty.due, view.today)}" if duty.is_open else f"{name}: {done_words(duty, names)}",
    )


def _task_buttons(view: TaskView) -> tuple[Button, ...]:
    duty = view.duty
    if not duty.is_open or not (duty.concerns(view.reader.id) or view.reader.is_handler):
        return (Say(_("Oppgaver"), _("oppgaver")),)
    data: dict[str, Json] = {"id": duty.id, "rev": 0}
    found: list[Button] = [Act(actions.TASK_DONE, _("Gjort"), data, "positive", with_inputs=False)]
    if view.can_wait:
        found.append(Act(actions.TASK_SNOOZE, _("I morgen"), data, with_inputs=False))
    found.append(send_deputy([duty], view.deputies, data, view.names))
    found.append(why_button([duty], data, view.names))
    return tuple(found)


# -- why ---------------------------------------------------------------------------------------------------------------

_RUNGS: Final = {
    Rung.UNDERWAY: noop("Når det meste av tiden er gått"),
    Rung.LAST_DAY: noop("Siste virkedag"),
    Rung.HANDED_ON: noop("Er det ikke gjort da, får vara og kontoret vite det"),
}
_OF_THE_OFFICE: Final = noop("Er det ikke gjort da, får vara og porteføljeansvarlig vite det")


def why_card(view: TaskView) -> Message:
    """Who asked and when, what ends it, when reminders come, how to stop it, and the rule behind it."""
    duty, names = view.duty, view.names
    asked = names.person(view.asked_by) if view.asked_by else _("fristplanen for {what}", what=_plan_of(view))
    rows = (
        (_("Hva"), what(duty, names)),
        (_("Spurt av"), asked),
        (_("Spurt"), date_time(duty.asked_at)),
        (_("Frist"), due_words(duty.due, view.today)),
        *(((_("Vara"), names.person(duty.deputy)),) if duty.deputy else ()),
        (_("Slutter"), ends(duty, view.mandate)),
        (_("Regel"), rule(duty, view.mandate)),
    )
    limit = _(
        "Høyst én påminnelse per virkedag, mellom {opens} og {closes}, og ingen når det er gjort.",
        **hours(view.mandate),
    )
    blocks: tuple[Block, ...] = (
        Facts(rows),
        Paragraph(_("Slik blir du minnet på det"), strong=True),
        Steps(tuple(_steps(view))),
        *_next(view),
        Paragraph(limit),
        Paragraph(_("Slik slutter det: gjør det, eller send vara. «I morgen» utsetter, men ikke forbi siste dag.")),
    )
    return Message(
        title=_("Hvorfor du får denne"),
        blocks=blocks,
        buttons=(Say(_("Oppgaver"), _("oppgaver")),),
        summary=_("Hvorfor du får denne: {what}", what=what(duty, names)),
    )


def _plan_of(view: TaskView) -> str:
    if view.duty.kind is DutyKind.EVALUATE:
        return _("den årlige evalueringen")
    if view.duty.kind is DutyKind.BENEFIT:
        return _("oppfølgingen av gevinster")
    if view.duty.object_id in view.names.meetings:
        return meeting_of(view.duty.object_id, view.names)
    return _("styremøtet saken skal til")


def _steps(view: TaskView) -> Iterable[Step]:
    yield Step(_("Spurt"), "done", _day(view.duty.asked_at))
    own = Role.OFFICE in view.reader.roles and view.duty.person == view.reader.id
    for rung, at in view.ladder:
        words = _OF_THE_OFFICE if own and rung is Rung.HANDED_ON else _RUNGS[rung]
        yield Step(_(words), "done" if at <= view.now or not view.duty.is_open else "ahead", _day(at))


def _next(view: TaskView) -> tuple[Block, ...]:
    """Where it was put off, the next reminder is not a rung of the ladder."""
    at = view.duty.next_at
    if at is None or any(at == rung_at for _rung, rung_at in view.ladder):
        return ()
    return (Paragraph(_("Neste påminnelse: {day}", day=_day(at))),)


def _day(moment: datetime) -> str:
    return weekday_date(local_day(moment))


# -- buttons of every duty ---------------------------------------------------------------------------------------------


def send_deputy(duties: Sequence[Duty], deputies: Sequence[Person], data: dict[str, Json], names: Names) -> Act:
    """Asks which of them, where there are several, and who instead."""
    which, known = _which(duties, data, names)
    options = tuple(Option(person.id, _apart(person, deputies)) for person in deputies)
    who = Field("deputy", "choice", _("Hvem kan gjøre det i stedet?"), options=options)
    name = Field("deputy_name", "text", _("Eller skriv navnet"), max_length=120)
    fields = (*which, *((who,) if options else ()), name)
    return Act(actions.TASK_DELEGATE, _("Send vara"), known, fields=fields, send=_("Spør vara"))


def _apart(person: Person, among: Sequence[Person]) -> str:
    shared = sum(other.name == person.name for other in among) > 1
    return f"{person.name} ({person.email})" if shared and person.email else person.name


def why_button(duties: Sequence[Duty], data: dict[str, Json], names: Names) -> Act:
    which, known = _which(duties, data, names)
    return Act(actions.TASK_WHY, _("Hvorfor får jeg denne?"), known, fields=which, with_inputs=False)


def _which(duties: Sequence[Duty], data: dict[str, Json], names: Names) -> tuple[tuple[Field, ...], dict[str, Json]]:
    """A choice where there are several; the only one goes with the button."""
    if len(duties) == 1:
        return (), {**data, "duty": duties[0].id}
    options = tuple(Option(duty.id, cut(what(duty, names), _NAME)) for duty in duties)
    return (Field("duty", "choice", _("Hva gjelder det?"), duties[0].id, options=options),), data


def hours(mandate: Mandate) -> dict[str, object]:
    """When reminders come, for texts that say so."""
    return {"opens": f"{mandate.reminders.opens:%H.%M}", "closes": f"{mandate.reminders.closes:%H.%M}"}

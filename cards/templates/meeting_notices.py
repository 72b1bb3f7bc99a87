"""What goes out about a meeting: that it moved or is cancelled, that a deadline's day has come, whether one comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from board.attendance import INVITED, Coming
from board.case_ports import CaseLine
from board.deadlines import Deadline, Shift
from board.people import Body
from board.states import EDITABLE, CaseState
from cards import actions
from cards.formats import date_time, join_words, time_of_day, weekday_date
from cards.i18n import _
from cards.labels import deadline_name, label, role_name, the_meeting
from cards.meeting_views import MeetingView
from cards.message import About, Act, Banner, Block, Button, Facts, Json, Message, Paragraph, Say
from cards.safe import cut
from cards.templates.lists import BUTTON_TITLE, name
from cards.templates.meeting_card import (
    MOST_BUTTONS,
    asked_of,
    attend_buttons,
    key,
    meeting_title,
    place_facts,
)
from cards.templates.meeting_previews import shift_rows

_CASES_SHOWN = 3


def moved(view: MeetingView, before: datetime, changes: Sequence[Shift]) -> Message:
    """One message of all that the move means to this reader. ``changes`` are the reader's own deadlines."""
    meeting = view.meeting
    what = the_meeting(meeting.body, first=True)
    blocks: list[Block] = []
    if asked := asked_of(view):
        blocks.append(Banner(_("Svaret ditt gjaldt den gamle dagen. {question}", question=asked), "warning"))
    elif view.may_answer:
        blocks.append(Paragraph(_("Kommer du til den nye tiden? Et svar for den gamle dagen gjelder ikke lenger.")))
    blocks.append(Facts(((_("Før"), date_time(before)), (_("Nå"), date_time(meeting.starts_at)), *_place(view))))
    if changes:
        heading = _("Fristene som posteres her") if view.is_public else _("Fristene dine")
        blocks += [Paragraph(heading, strong=True), Facts(shift_rows(changes, meeting.day.year))]
    if view.cases:
        blocks += _cases(view, _("Sakene dine som ønsker dette møtet"))
    title = _("{what} er flyttet til {when}", what=what, when=date_time(meeting.starts_at))
    return _message(view, title, blocks, [*attend_buttons(view), *_case_buttons(view.cases)])


def cancelled(view: MeetingView) -> Message:
    meeting = view.meeting
    what = the_meeting(meeting.body, first=True)
    blocks: list[Block] = []
    buttons: list[Button] = []
    if not view.is_public:
        if view.change and view.change.reason:
            blocks.append(Paragraph(_("Begrunnelse: {reason}", reason=view.change.reason)))
        if view.change:
            blocks.append(Paragraph(_("Avlyst av {who}.", who=view.name(view.change.by)), small=True))
        blocks += _cases_without(view)
        buttons = [*_case_buttons(view.cases), Say(_("Frister"), _("frister"))]
    blocks.append(Paragraph(_("Fristene fram til møtet gjelder ikke lenger.")))
    title = _("{what} {when} er avlyst", what=what, when=date_time(meeting.starts_at))
    return _message(view, title, blocks, buttons)


def word(view: MeetingView, part: str) -> Message | None:
    """A deadline's day has come; None where the meeting has no such deadline any more."""
    deadline = next((d for d in view.plan if d.offset.id == part), None)
    if deadline is None:
        return None
    if part == "call":
        return _call(view)
    if part == "intake_closes":
        return _intake_closes(view, deadline)
    if part in ("practical", "wg_practical", "office_practical"):
        return _practical(view)
    title = _(
        "{deadline}: {day}, til {meeting}",
        deadline=deadline_name(part),
        day=weekday_date(deadline.planned),
        meeting=_the_meeting_of(view),
    )
    return _message(view, title, [Facts(place_facts(view))], [])


def asked(view: MeetingView) -> Message:
    """Whether one comes: the question of a request, with its buttons."""
    meeting = view.meeting
    title = _("Kommer du? {meeting}", meeting=meeting_title(meeting))
    blocks: list[Block] = [Facts(place_facts(view))]
    if question := asked_of(view):
        only_when = view.duty if not view.stands_in_for else None  # the title asks the rest
        blocks.insert(0, Banner(_("Svar innen {day}.", day=weekday_date(only_when.due)) if only_when else question))
    paragraph = Paragraph(
        _("Kan du ikke, velg «Vara» og hvem som møter for deg. Vara får samme spørsmål, og du får vite svaret."),
        small=True,
    )
    summary = f"{meeting_title(meeting)}: {question}" if question else title
    return replace(_message(view, title, [*blocks, paragraph], [*attend_buttons(view)]), summary=summary)


# -- single words --------------------------------------------------------------------------------------------------


def _call(view: MeetingView) -> Message:
    closes = next((d for d in view.plan if d.offset.id == "intake_closes"), None)
    title = _("Meld saker til {meeting}", meeting=_the_meeting_of(view))
    rows = [(_("Siste frist"), weekday_date(closes.planned))] if closes else []
    summary = _("{title}. Siste frist er {day}.", title=title, day=weekday_date(closes.planned)) if closes else title
    blocks: list[Block] = [Facts((*rows, *place_facts(view)))]
    if not view.is_public:
        blocks.append(Paragraph(_("Prosjekteier bekrefter saken før porteføljekontoret får den: regn med noen dager.")))
    buttons: list[Button] = [Say(_("Meld sak"), _("meld sak")), Say(_("Frister"), _("frister"))]
    return replace(_message(view, title, blocks, buttons), summary=summary)


def _intake_closes(view: MeetingView, deadline: Deadline) -> Message:
    day = weekday_date(deadline.planned)
    title = _("Siste frist for å melde saker til {meeting} er {day}", meeting=_the_meeting_of(view), day=day)
    return _message(view, title, [Facts(place_facts(view))], [Say(_("Meld sak"), _("meld sak"))])


def _practical(view: MeetingView) -> Message:
    """The day before, or the last working day before."""
    meeting = view.meeting
    what = the_meeting(meeting.body, first=True)
    if meeting.day == view.today + timedelta(days=1):
        title = _("{what} er i morgen {time}", what=what, time=time_of_day(meeting.starts_at))
    else:
        title = _("{what} er {when}", what=what, when=date_time(meeting.starts_at))
    blocks: list[Block] = [Facts(place_facts(view))]
    if question := asked_of(view):
        blocks.insert(0, Banner(question, "warning"))
    blocks += [Paragraph(line) for line in _deputies(view)]
    if not meeting.place:
        blocks.append(Paragraph(_("Det er ikke sagt hvor møtet er. Spør {email}.", email=view.mandate.office_email)))
    own = view.own
    buttons = [*attend_buttons(view)] if own is None or own.answer is not Coming.DEPUTY else []
    return replace(_message(view, title, blocks, buttons), summary=f"{title}. {meeting.place}".strip(". "))


def _deputies(view: MeetingView) -> list[str]:
    """Who comes in whose place: to the reader it concerns, and to those who see all answers."""
    return [
        _("{deputy} møter for {member}.", deputy=view.name(answer.deputy), member=view.name(answer.person))
        for answer in view.answers
        if answer.answer is Coming.DEPUTY and answer.deputy
    ]


# -- shared --------------------------------------------------------------------------------------------------------


def _message(view: MeetingView, title: str, blocks: Sequence[Block], buttons: Sequence[Button]) -> Message:
    shown = () if view.is_public else tuple(buttons[:MOST_BUTTONS])
    if not shown and not view.is_public:
        shown = (Act(actions.MEETING_OPEN, _("Vis møtet"), key(view), with_inputs=False),)
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=shown,
        why=why(view),
        summary=title,
        about=About(view.meeting.id, view.meeting.rev),
    )


def why(view: MeetingView) -> str:
    """«Du får denne fordi …», from what the reader is to this meeting."""
    roles = view.viewer.roles
    if view.is_public:
        return _("Kanalen får milepæler fordi porteføljekontoret skrev «kanal» her. «kanal av» stopper dem.")
    if view.meeting.body is Body.BOARD and (own := roles & INVITED):
        return _("Du får denne fordi du er {role} i styret.", role=role_name(sorted(own)[0]))
    if view.stands_in_for:
        return _("Du får denne fordi du er spurt om å møte for noen.")
    if view.viewer.is_handler:
        return _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
    if view.cases:
        return _("Du får denne fordi du har en sak som ønsker dette møtet.")
    if view.meeting.body is Body.WORKING_GROUP:
        return _("Du får denne fordi du er med i arbeidsutvalget.")
    if roles:
        names = join_words([role_name(role) for role in sorted(roles)])
        return _("Du får denne fordi du står som {roles} i styrets register.", roles=names)
    return _("Du får denne fordi møtet angår deg.")


def _place(view: MeetingView) -> tuple[tuple[str, str], ...]:
    return ((_("Sted"), view.meeting.place),) if view.meeting.place else ()


def _the_meeting_of(view: MeetingView) -> str:
    return _("{meeting} {day}", meeting=the_meeting(view.meeting.body), day=weekday_date(view.meeting.day))


def _cases(view: MeetingView, heading: str) -> list[Block]:
    return [Paragraph(heading, strong=True), *(Paragraph(name(line)) for line in view.cases[:_CASES_SHOWN])]


def _cases_without(view: MeetingView) -> list[Block]:
    """What becomes of the reader's cases."""
    if not view.cases:
        return []
    said = _cases(view, _("Sakene dine som ønsket dette møtet"))
    if any(CaseState(line.state) in EDITABLE for line in view.cases):
        said.append(Paragraph(_("Velg et annet møte i skjemaet, eller la det stå åpent.")))
    if any(CaseState(line.state) not in EDITABLE for line in view.cases):
        said.append(Paragraph(_("For saker som er sendt inn, finner porteføljekontoret et nytt møte.")))
    return said


def _case_buttons(cases: Sequence[CaseLine]) -> list[Button]:
    found: list[Button] = []
    for line in cases[:_CASES_SHOWN]:
        data: dict[str, Json] = {"id": line.id, "rev": line.rev}
        title = cut(name(line), BUTTON_TITLE)
        if CaseState(line.state) in EDITABLE:
            found.append(Act(actions.CASE_EDIT, _("Fyll ut: {title}", title=title), data, with_inputs=False))
        else:
            found.append(Act(actions.CASE_OPEN, _("Vis {title}", title=title), data, with_inputs=False))
    return found

"""The buttons of a case in the working group, and of one that came late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from board.meeting import Meeting
from board.people import HANDLERS, WORKING_GROUP
from board.states import BEFORE_WG, CaseAct
from board.treatment import WgOutcome
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import outcome_name
from cards.message import Act, Button, Field, Json, Option, Say
from cards.templates.case_fields import conflict_fields
from cards.templates.group_texts import TYPED_BYTES
from cards.views import CaseView

Typed = Mapping[str, Mapping[str, str]]


def group_buttons(view: CaseView, typed: Typed) -> tuple[Button, ...]:
    """What is to be done now."""
    found = (make(view, typed.get(verb, {})) for verb, make in _NOW.items())
    return tuple(button for button in found if button)


def group_side_buttons(view: CaseView, typed: Typed) -> tuple[Button, ...]:
    """What may be done besides."""
    found = (make(view, typed.get(verb, {})) for verb, make in _BESIDES.items())
    return tuple(button for button in found if button)


def key(view: CaseView) -> dict[str, Json]:
    return {"id": view.case.id, "rev": view.case.rev}


# -- now ---------------------------------------------------------------------------------------------------------------


def _schedule(view: CaseView, typed: Mapping[str, str]) -> Button | None:
    if CaseAct.WG_SCHEDULE not in view.acts:
        return None
    if not view.group_meetings:
        return Say(_("Nytt møte …"), _("nytt møte arbeidsutvalget"))
    field = meeting_field(view.group_meetings, _("Hvilket møte i arbeidsutvalget?"), typed)
    return Act(actions.WG_SCHEDULE, _("Sett på saksliste"), key(view), "positive", (field,), send=_("Sett opp"))


def _statement(view: CaseView, typed: Mapping[str, str]) -> Button | None:
    if not view.may_state:
        return None
    own = view.own_statement.text if view.own_statement else ""
    known = own if len(own.encode()) <= TYPED_BYTES else ""
    text = Field(
        "statement",
        "long_text",
        _("Uttalelsen din"),
        typed.get("statement", known),
        required=True,
        hint=_("Den trykkes i saksfremlegget og i referatet. «Ingen merknad» er også et svar."),
    )
    name = _("Endre uttalelsen") if view.own_statement else _("Uttal deg")
    return Act(actions.WG_STATEMENT, name, key(view), "positive", (text,), send=_("Send uttalelsen"))


def _treat(view: CaseView, typed: Mapping[str, str]) -> Button | None:
    if not view.may_treat:
        return None
    fields = treat_fields(typed)
    return Act(actions.WG_TREAT, _("Registrer behandlingen"), key(view), "positive", fields, send=_("Registrer"))


def treat_fields(typed: Mapping[str, str]) -> tuple[Field, ...]:
    options = tuple(Option(str(outcome), outcome_name(outcome)) for outcome in WgOutcome)
    return (
        Field(
            *("outcome", "choice", _("Hva sa arbeidsutvalget?"), typed.get("outcome", "")),
            required=True,
            options=options,
        ),
        Field(
            *("remarks", "long_text", _("Merknader"), typed.get("remarks", "")),
            hint=_("Må fylles ut når saken ikke er anbefalt uten merknader."),
        ),
    )


def _accept_late(view: CaseView, _typed: Mapping[str, str]) -> Button | None:
    if CaseAct.LATE_ACCEPT not in view.acts:
        return None
    return Act(actions.CASE_LATE_ACCEPT, _("Godta ettersending"), key(view), "positive", with_inputs=False)


def _refuse_late(view: CaseView, typed: Mapping[str, str]) -> Button | None:
    if CaseAct.LATE_REFUSE not in view.acts:
        return None
    reason = Field("reason", "long_text", _("Hvorfor tas den ikke inn?"), typed.get("reason", ""), required=True)
    return Act(actions.CASE_LATE_REFUSE, _("Avslå ettersending"), key(view), "destructive", (reason,))


# -- besides -----------------------------------------------------------------------------------------------------------


def _ask_late(view: CaseView, typed: Mapping[str, str]) -> Button | None:
    if CaseAct.LATE_ASK not in view.acts or not view.late_meetings:
        return None
    return late_button(view.case.id, view.case.rev, view.late_meetings, _("Be om ettersending"), typed)


def _conflict(view: CaseView, typed: Mapping[str, str]) -> Button | None:
    """Habilitet covers preparing a case too (``process.md``)."""
    if view.case.state not in BEFORE_WG or not view.roles & (WORKING_GROUP | HANDLERS):
        return None
    return Act(actions.CONFLICT_DECLARE, _("Meld habilitet"), key(view), fields=conflict_fields(typed))


def _paper(view: CaseView, _typed: Mapping[str, str]) -> Button | None:
    """The case paper as it would be, for those who prepare it; as it was sent out, for everybody else."""
    of_office = bool(view.roles & HANDLERS) and view.case.accepted_at is not None
    if not of_office and view.case.dispatched_at is None:
        return None
    return Act(actions.CASE_PAPER, _("Saksfremlegg"), key(view), with_inputs=False)


_Make = Callable[[CaseView, Mapping[str, str]], Button | None]
_NOW: Final[Mapping[str, _Make]] = {
    actions.CASE_LATE_ACCEPT: _accept_late,
    actions.CASE_LATE_REFUSE: _refuse_late,
    actions.WG_STATEMENT: _statement,
    actions.WG_TREAT: _treat,
    actions.WG_SCHEDULE: _schedule,
}
_BESIDES: Final[Mapping[str, _Make]] = {
    actions.CONFLICT_DECLARE: _conflict,
    actions.CASE_LATE_ASK: _ask_late,
    actions.CASE_PAPER: _paper,
}


# -- shared ------------------------------------------------------------------------------------------------------------


def meeting_field(meetings: Iterable[Meeting], words: str, typed: Mapping[str, str]) -> Field:
    """A choice of meetings, the first one chosen until somebody says otherwise."""
    options = tuple(Option(meeting.id, weekday_date(meeting.day)) for meeting in meetings)
    return Field("meeting", "choice", words, typed.get("meeting", options[0].value), required=True, options=options)


def late_button(
    case: str, rev: int, meetings: Iterable[Meeting], name: str, typed: Mapping[str, str] | None = None
) -> Act:
    """Asks that the case is taken in although it came too late."""
    was = typed or {}
    fields = (
        meeting_field(meetings, _("Til hvilket styremøte?"), was),
        Field(
            *("reason", "long_text", _("Hvorfor må saken tas inn etter fristen?"), was.get("reason", "")),
            required=True,
        ),
    )
    return Act(actions.CASE_LATE_ASK, name, {"id": case, "rev": rev}, fields=fields, send=_("Be om det"))

"""Where a case has been, who has it now, and what lies ahead: a line for each step on its way to the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from board.clock import local_day
from board.meeting import Meeting
from board.states import AFTER_BOARD, CaseState
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import decided_name, label, outcome_name, state_name
from cards.message import Step
from cards.views import CaseView

_REACHED: Final = {
    CaseState.DRAFT: 0,
    CaseState.AWAITING_OWNER: 1,
    CaseState.SUBMITTED: 2,
    CaseState.INCOMPLETE: 2,
    CaseState.READY_FOR_WG: 4,
    CaseState.ON_WG_AGENDA: 4,
    CaseState.WG_TREATED: 5,
    CaseState.ON_BOARD_AGENDA: 6,
    CaseState.DISPATCHED: 7,
    CaseState.DECIDED: 8,
    CaseState.PUBLISHED: 9,
    CaseState.MINUTED: 10,
    CaseState.CLOSED: 11,
}
"""The step that is going on."""
_STOPPED: Final = frozenset({CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class _OnTheWay:
    """``done`` is told once it is over, ``now`` while it goes on: who has it, or when it is."""

    name: str
    done: str
    now: str


def steps(view: CaseView) -> tuple[Step, ...]:
    case = view.case
    reached = _REACHED.get(case.state, _where_it_ended(view))
    found = []
    for number, step in enumerate(_way(view)):
        if number < reached:
            found.append(Step(step.name, "done", step.done))
        elif number == reached:
            found.append(Step(step.name, *_now(view, step)))
        else:
            found.append(Step(step.name, "ahead"))
    return tuple(found)


def _now(view: CaseView, step: _OnTheWay) -> tuple[Literal["stopped", "current"], str]:
    if view.case.state in _STOPPED:
        return "stopped", state_name(view.case.state)
    return "current", step.now


def _where_it_ended(view: CaseView) -> int:
    case = view.case
    if case.accepted_at is None:
        return 1 if case.received_at is None else 2
    if case.dispatched_at:
        return 7
    return 5 if case.wg_outcome else 4


def _way(view: CaseView) -> tuple[_OnTheWay, ...]:
    case = view.case
    owner = view.name(case.content.project_owner)
    office = label(view.mandate.office)
    return (
        _OnTheWay(_("Meldt inn"), _when(case.submitted_at), view.name(case.submitter)),
        _OnTheWay(_("Bekreftet av prosjekteier"), _when(case.received_at), owner),
        _OnTheWay(_("Vurdert av porteføljekontoret"), "", office),
        _OnTheWay(_("Klar for arbeidsutvalget"), _when(case.accepted_at), _("porteføljeansvarlig")),
        _OnTheWay(_("Behandlet i arbeidsutvalget"), _treated(view), _at_group(view)),
        _OnTheWay(_("På sakslisten til styret"), case.board_number, office),
        _OnTheWay(_("Sendt ut til styret"), _when(case.dispatched_at), _before(view)),
        _OnTheWay(_("Behandlet i styret"), _decided(view), _held(view.board_meeting)),
        *(_after_board(view) if case.state in AFTER_BOARD else ()),
    )


def _after_board(view: CaseView) -> tuple[_OnTheWay, ...]:
    left = sum(one.is_open for one in view.follow_ups)
    return (
        _OnTheWay(_("Vedtaket kunngjort"), _when(view.case.published_at), label(view.mandate.office)),
        _OnTheWay(_("Referatet godkjent"), "", _("neste styremøte")),
        _OnTheWay(_("Oppfølgingen utført") if view.follow_ups else _("Saken avsluttet"), "", _("{n} åpne", n=left)),
    )


def _decided(view: CaseView) -> str:
    outcome = view.case.board_outcome
    day = _held(view.board_meeting)
    return ", ".join(part for part in (decided_name(outcome) if outcome else "", day) if part)


def _at_group(view: CaseView) -> str:
    """The meeting it waits for; who finds one where it has none."""
    if view.case.state is CaseState.ON_WG_AGENDA and view.group_meeting:
        return _day(view.group_meeting.day)
    return _("porteføljeansvarlig")


def _treated(view: CaseView) -> str:
    """The outcome and its day; a case that the chair let pass by says so."""
    if view.case.wg_outcome is None:
        return _("dispensasjon fra leder")
    day = _held(view.group_meeting)
    return f"{outcome_name(view.case.wg_outcome)}, {day}" if day else outcome_name(view.case.wg_outcome)


def _before(view: CaseView) -> str:
    """The meeting that it is sent out for."""
    if view.board_meeting is None:
        return ""
    return _("til styremøtet {day}", day=weekday_date(view.board_meeting.day))


def _when(moment: datetime | None) -> str:
    return _day(moment and local_day(moment))


def _held(meeting: Meeting | None) -> str:
    return weekday_date(meeting.day) if meeting else ""


def _day(day: date | None) -> str:
    return weekday_date(day) if day else ""

"""Which duties begin and end with what happens to a case. One row of the table per event and state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from board.case import Case
from board.clock import local_day
from board.deadlines import working_day_after
from board.duty import Duty, DutyKind, ask
from board.events import Event, Happened
from board.hours import Hours
from board.ids import DutyId, PersonId
from board.mandate import Mandate
from board.people import Role
from board.states import CaseState

_K, _S = DutyKind, CaseState

CASE_DUTIES: Final = frozenset({_K.CONFIRM, _K.REVIEW, _K.COMPLETE, _K.SUBMIT})

_ARISES: Final[Mapping[CaseState, DutyKind]] = {
    _S.AWAITING_OWNER: _K.CONFIRM,
    _S.SUBMITTED: _K.REVIEW,
    _S.INCOMPLETE: _K.COMPLETE,
}


def roles_asked(event: Event) -> frozenset[Role]:
    """The roles whose holders must be known before :func:`arising` can name people."""
    return frozenset({Role.OFFICE}) if _begins(event) is _K.REVIEW else frozenset()


def ending(event: Event) -> frozenset[DutyKind]:
    """The duties about the case that are over with this event: all of them whenever it takes a step."""
    return CASE_DUTIES if event.from_state != event.to_state else frozenset()


def arising(
    event: Event, case: Case, holders: Mapping[Role, Iterable[PersonId]], mandate: Mandate, hours: Hours
) -> tuple[Duty, ...]:
    """The duties that begin with this event, each with its first reminder planned."""
    kind = _begins(event)
    return duties_for(kind, case, holders, mandate, hours) if kind else ()


def duties_for(
    kind: DutyKind, case: Case, holders: Mapping[Role, Iterable[PersonId]], mandate: Mandate, hours: Hours
) -> tuple[Duty, ...]:
    """One duty for each who owes it."""
    asked_at = case.updated_at
    due = _due(kind, case, mandate, hours)
    return tuple(
        ask(
            Duty(
                DutyId(f"{kind}:{case.id}:{case.rev}:{person}"),
                kind,
                case.id,
                person,
                asked_at,
                due,
                deputy=_deputy(kind, case),
            ),
            hours,
        )
        for person in _owers(kind, case, holders)
    )


def _begins(event: Event) -> DutyKind | None:
    if not event.to_state or event.from_state == event.to_state:
        return None
    if event.what is Happened.CASE_DECLINED:
        return _K.COMPLETE
    return _ARISES.get(CaseState(event.to_state))


def _owers(kind: DutyKind, case: Case, holders: Mapping[Role, Iterable[PersonId]]) -> tuple[PersonId, ...]:
    match kind:
        case DutyKind.CONFIRM:
            return (case.owner,) if case.owner else ()
        case DutyKind.REVIEW:
            return tuple(holders.get(Role.OFFICE, ()))
        case _:
            return (case.submitter,)


def _deputy(kind: DutyKind, case: Case) -> PersonId | None:
    """Who was named to stand in for the owner of this case before keeps doing so."""
    return case.owner_deputy if kind is _K.CONFIRM else None


def _due(kind: DutyKind, case: Case, mandate: Mandate, hours: Hours) -> date:
    if case.deadline is not None and kind is _K.COMPLETE:
        return case.deadline
    days = {
        _K.CONFIRM: mandate.reminders.confirm_days,
        _K.REVIEW: mandate.reminders.review_days,
    }.get(kind, mandate.reminders.complete_days)
    return working_day_after(local_day(case.updated_at), days, hours.calendar)
